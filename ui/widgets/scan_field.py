"""The line into which a pack's code is scanned or typed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from needlelog.i18n import Words
from ui.toolkit.labels import IconMark
from ui.toolkit.theme import Theme

LEAST_WIDTH = 200
LIMIT = 4096


class ScanField(QLineEdit):
    """Says ``entered`` on Enter and is empty again; Esc empties it."""

    entered = Signal(str)

    def __init__(self, theme: Theme, words: Words, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        name = name or words("Scan or type code")
        self.setAccessibleName(name)
        self.setPlaceholderText(name)
        self.setMinimumHeight(48)
        self.setMaxLength(LIMIT)
        self._theme = theme
        self._mark = IconMark(theme, "barcode", "muted", 24)
        self._mark.setParent(self)
        theme.changed.connect(self._lay_out)
        self._lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            text = self.text().strip()
            self.clear()
            if text:
                self.entered.emit(text)
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        side = self._theme.px(24)
        self.setMinimumWidth(self._theme.px(LEAST_WIDTH))
        self.setTextMargins(side + 8, 0, 0, 0)
        x = self.width() - side - 12 if self.isRightToLeft() else 12
        self._mark.setGeometry(x, (self.height() - side) // 2, side, side)
