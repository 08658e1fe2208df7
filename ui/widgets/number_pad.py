"""Big keys for hands that cannot reach a keyboard."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QWidget

from needlelog.i18n import Words
from ui.toolkit.buttons import button, icon_button
from ui.toolkit.theme import Theme


class NumberPad(QFrame):
    """A pad of big keys in a popup, for hands that cannot reach a keyboard."""

    key_typed = Signal(str)
    erased = Signal()
    finished = Signal()

    def __init__(
        self, theme: Theme, words: Words, name: str, with_mark: bool, with_sign: bool, parent: QWidget
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(words("{name}: number pad", name=name))
        self.setProperty("surface", "card")
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 12, 12, 12)
        grid.setSpacing(8)
        for place, key in enumerate("789456123"):
            grid.addWidget(self._key(theme, key), place // 3, place % 3)
        corner = "." if with_mark else "-" if with_sign else ""
        if corner:
            grid.addWidget(self._key(theme, corner), 3, 0)
        grid.addWidget(self._key(theme, "0"), 3, 1)
        erase = icon_button(theme, "back", words("Erase the last digit"), size=64)
        erase.setProperty("kind", "stepper")
        erase.setFixedSize(QSize(72, 64))
        erase.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        erase.clicked.connect(self.erased)
        grid.addWidget(erase, 3, 2)
        done = button(theme, words("Set"), "primary")
        done.setMinimumHeight(56)
        done.clicked.connect(self.close)
        grid.addWidget(done, 4, 0, 1, 3)

    def open_under(self, line: QWidget) -> None:
        """Show below ``line``, or above it where the screen ends."""
        size = self.sizeHint()
        place = line.mapToGlobal(QPoint((line.width() - size.width()) // 2, line.height() + 4))
        area = line.screen().availableGeometry()
        if place.y() + size.height() > area.bottom():
            place.setY(max(area.top(), line.mapToGlobal(QPoint(0, -4)).y() - size.height()))
        place.setX(min(max(place.x(), area.left()), max(area.left(), area.right() - size.width())))
        self.move(place)
        self.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close()
        elif event.key() == Qt.Key.Key_Backspace:
            self.erased.emit()
        elif event.text() and (event.text().isdecimal() or event.text() in ".,-"):
            self.key_typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def closeEvent(self, _event: QCloseEvent) -> None:
        self.finished.emit()

    def _key(self, theme: Theme, key: str) -> QPushButton:
        made = button(theme, key)
        made.setProperty("kind", "key")
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.clicked.connect(self._sender(key))
        return made

    def _sender(self, key: str) -> Callable[[], None]:
        return lambda: self.key_typed.emit(key)
