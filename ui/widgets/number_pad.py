"""Big keys for hands that cannot reach a keyboard; what a scanner types into them is no number."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QWidget

from needlelog.i18n import Words
from ui.toolkit.buttons import button, icon_button
from ui.toolkit.theme import Theme
from ui.widgets.scan_watch import GAP_S, LEAST

LONGEST = 9
"""Characters: so many as fast as a scanner types are no number that anybody sets here."""


class NumberPad(QFrame):
    """A pad of big keys in a popup, for hands that cannot reach a keyboard.

    It has the focus while it is open, so that a page that listens for scans hears them here too. Where none listens,
    or a code comes without its end, it takes nothing of it and says ``refused`` once it is closed.
    """

    key_typed = Signal(str)
    erased = Signal()
    finished = Signal()
    refused = Signal()

    def __init__(
        self,
        theme: Theme,
        words: Words,
        name: str,
        with_mark: bool,
        with_sign: bool,
        parent: QWidget,
        *,
        seconds: Callable[[], float] = perf_counter,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._seconds = seconds
        self._run = 0
        self._last_s = float("-inf")
        self._swallows = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(round(GAP_S * 1000) + 10)
        self._pause.timeout.connect(self._refuse)
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
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ends = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        running = self._is_running(event)
        if self._swallows or (ends and running and self._run >= LEAST):
            self._swallow(ended=ends)
            return
        if event.text() and event.text().isprintable() and not event.isAutoRepeat():
            self._run = self._run + 1 if running else 1
            if self._run >= LONGEST:
                self._swallow(ended=False)
                return
        if ends:
            self.close()
        elif event.key() == Qt.Key.Key_Backspace:
            self.erased.emit()
        elif event.text() and (event.text().isdecimal() or event.text() in ".,-"):
            self.key_typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def _is_running(self, event: QKeyEvent) -> bool:
        """Whether this key comes so fast after the last one as only a scanner types."""
        now = event.timestamp() / 1000 if event.timestamp() else self._seconds()
        running = now - self._last_s <= GAP_S
        self._last_s = now
        return running

    def _swallow(self, *, ended: bool) -> None:
        """Nothing of a code may fall into what has the focus next: the pad stays until the scanner is done."""
        self._swallows = True
        if ended:
            self._refuse()
        else:
            self._pause.start()

    def _refuse(self) -> None:
        self._pause.stop()
        self.refused.emit()
        self.close()

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
