"""An entry of several lines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit

from needlelog.i18n import Words
from ui.toolkit.theme import Theme
from ui.widgets.labelled_field import LabelledField, T, as_typed


class ParagraphField(LabelledField[T]):
    """Several lines; Tab goes on, Enter makes a line, Ctrl+Enter goes on."""

    def __init__(
        self,
        theme: Theme,
        words: Words,
        caption: str,
        parse: Callable[[str], T] = as_typed,
        *,
        lines: int = 3,
        placeholder: str = "",
        **options: Any,
    ) -> None:
        editor = _Lines()
        editor.setTabChangesFocus(True)
        editor.setPlaceholderText(placeholder)
        self._lines = lines
        super().__init__(theme, words, caption, editor, parse, **options)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress:
            key = cast("QKeyEvent", event)
            if (
                key.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
                and key.modifiers() & Qt.KeyboardModifier.ControlModifier
            ):
                self._next()
                return True
        if event.type() == QEvent.Type.FontChange:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        self.editor.setMinimumHeight(max(48, self.editor.fontMetrics().lineSpacing() * self._lines + 28))


class _Lines(QPlainTextEdit):
    """Wishes for no more height than its lines; Qt's own wish is the same for two lines and for ten."""

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumHeight())
