"""What was just done, with ten seconds to undo it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from needlelog.i18n import Words
from ui.toolkit.buttons import button
from ui.toolkit.labels import label
from ui.toolkit.theme import Theme


class Toast(QFrame):
    """Lies at the bottom of ``over`` and goes by itself; a new one takes the place of the old."""

    SHOWN_MS = 10_000

    def __init__(self, theme: Theme, words: Words, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._undo: Callable[[], None] | None = None
        self.setProperty("surface", "toast")
        self._text = label("", "body")
        self._button = button(theme, words("Undo"))
        self._button.clicked.connect(self._take_back)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 8, 8, 8)
        row.setSpacing(16)
        row.addWidget(self._text, 1)
        row.addWidget(self._button)
        self._end = QTimer(self)
        self._end.setSingleShot(True)
        self._end.setInterval(self.SHOWN_MS)
        self._end.timeout.connect(self.hide)
        over.installEventFilter(self)
        self.hide()

    def offer(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Say ``text`` and, where it can be taken back, offer to."""
        self._undo = undo
        self._text.setText(text)
        self._button.setVisible(undo is not None)
        self.setAccessibleName(text)
        self._place()
        self.show()
        self.raise_()
        self._end.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._end.stop()
        self._undo = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show) and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)

    def _take_back(self) -> None:
        undo = self._undo
        self.hide()
        if undo is not None:
            undo()

    def _place(self) -> None:
        self._text.setWordWrap(False)
        room = self._over.width() - 32
        narrow = self.sizeHint().width() > room
        self._text.setWordWrap(narrow)
        width = room if narrow else min(max(320, self.sizeHint().width()), room)
        self.resize(width, max(64, self.heightForWidth(width) if narrow else self.sizeHint().height()))
        self.move((self._over.width() - self.width()) // 2, self._over.height() - self.height() - 24)
