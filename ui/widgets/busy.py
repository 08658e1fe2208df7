"""That something is under way, said only when it takes long enough to be noticed."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.toolkit.labels import label
from ui.toolkit.theme import Theme


class Busy(QWidget):
    """A turning ring with a word; appears ``DELAY_MS`` after ``start`` and goes at once on ``stop``."""

    DELAY_MS = 200

    def __init__(self, theme: Theme, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = label(text, "body", muted=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addStretch(1)
        row.addWidget(_Ring(theme))
        row.addWidget(self._text)
        row.addStretch(1)
        self.setAccessibleName(text)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(self.DELAY_MS)
        self._delay.timeout.connect(self.show)
        self.hide()

    def start(self, text: str = "") -> None:
        """Something began; ``text`` says what."""
        if text:
            self._text.setText(text)
            self.setAccessibleName(text)
        self._delay.start()

    def stop(self) -> None:
        """It ended."""
        self._delay.stop()
        self.hide()


class _Ring(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._angle = 0
        self._turn = QTimer(self)
        self._turn.setInterval(60)
        self._turn.timeout.connect(self._step)
        self.setFixedSize(QSize(28, 28))

    def showEvent(self, _event: QShowEvent) -> None:
        self._turn.start()

    def hideEvent(self, _event: QHideEvent) -> None:
        self._turn.stop()

    def _step(self) -> None:
        self._angle = (self._angle - 20) % 360
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(3, 3, -3, -3)
        painter.setPen(QPen(self._theme.colour("hairline"), 3))
        painter.drawEllipse(box)
        pen = QPen(self._theme.colour("accent"), 3)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawArc(box, self._angle * 16, 100 * 16)
