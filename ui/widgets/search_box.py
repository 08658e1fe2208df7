"""The line that one searches with."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from needlelog.i18n import Words
from ui.toolkit.labels import IconMark
from ui.toolkit.theme import Theme


class SearchBox(QLineEdit):
    """A search line that asks ``searched`` once typing rests, at once on Enter; Esc empties it."""

    searched = Signal(str)
    entered = Signal()
    """Enter was pressed: open the first hit."""
    moved = Signal(int)
    """Arrow down (+1) or up (-1): move in the list of hits."""
    REST_MS = 120

    def __init__(
        self, theme: Theme, words: Words, name: str, placeholder: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder or name)
        self.setMinimumHeight(48)
        self.setClearButtonEnabled(True)
        for clear in self.findChildren(QToolButton):
            clear.setAccessibleName(words("Clear: {name}", name=name))
            clear.setToolTip(words("Clear (Esc)"))
        self._mark = IconMark(theme, "search", "muted", 24)
        self._mark.setParent(self)
        self._theme = theme
        theme.changed.connect(self._lay_out)
        self._lay_out()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(self.REST_MS)
        self._rest.timeout.connect(self._ask)
        self.textChanged.connect(lambda _: self._rest.start())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask()
            self.entered.emit()
        elif key == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.moved.emit(1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def _ask(self) -> None:
        self._rest.stop()
        self.searched.emit(self.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        side = self._theme.px(24)
        self.setTextMargins(side + 8, 0, 0, 0)
        x = self.width() - side - 12 if self.isRightToLeft() else 12
        self._mark.setGeometry(x, (self.height() - side) // 2, side, side)
