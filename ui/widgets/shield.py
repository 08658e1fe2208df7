"""Keeps a double tap from meaning something on what has just come up under the finger."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget


class Shield(QWidget):
    """Unseen; lies over ``over`` for a moment and takes every tap that was meant for what stood there before."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._end = QTimer(self)
        self._end.setSingleShot(True)
        self._end.timeout.connect(self.hide)
        over.installEventFilter(self)
        self.hide()

    def cover(self, seconds: float) -> None:
        """Take every tap for so long; none for 0."""
        if seconds <= 0:
            return
        self.setGeometry(self._over.rect())
        self.show()
        self.raise_()
        self._end.start(round(seconds * 1000))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._over.rect())
        return super().eventFilter(watched, event)
