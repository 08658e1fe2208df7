"""Enter on a button of the window clicks it, as it does in boxes: Qt itself clicks with Space alone there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QMainWindow, QWidget
from shiboken6 import isValid

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EnterKey(QObject):
    """Clicks the button of ``window`` on which Enter was pressed, once the button itself had no use for the key.

    An entry moves the focus to what follows it and hands Enter on: a button that gets the focus this way is not meant.
    """

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._held: QAbstractButton | None = None
        self._pressed: QAbstractButton | None = None
        window.installEventFilter(self)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or event.key() not in _ENTER:
            return False
        if watched is not self._window:
            # Held down it must not run through page after page.
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            self._pressed = self._held if plain and not event.isAutoRepeat() else None
            return False
        meant, self._pressed = self._pressed, None
        if meant is None or not isValid(meant) or not meant.isEnabled():
            return False
        meant.click()
        return True

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        self._pressed = None
        if self._held is not None and isValid(self._held):
            self._held.removeEventFilter(self)
        self._held = None
        if isinstance(new, QAbstractButton) and isValid(self._window) and new.window() is self._window:
            self._held = new
            new.installEventFilter(self)
