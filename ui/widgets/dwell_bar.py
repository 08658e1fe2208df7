"""A running time against the window a label gives: a bar that fills, with the window marked on it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.toolkit.theme import Theme

BAR_PX = 12
# The bar goes a little beyond the window's end, so that running over is seen as running over.
_BEYOND = 1.25


class DwellBar(QWidget):
    """Minutes on, and the window in minutes; without a window only the fill grows."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._minutes = 0.0
        self._least: int | None = None
        self._most: int | None = None
        self._tone = "accent"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_dwell(self, minutes: float, least: int | None, most: int | None, tone: str) -> None:
        """``minutes`` on so far, the window in minutes, and the token that the fill is painted in."""
        self._minutes, self._least, self._most, self._tone = max(0.0, minutes), least, most, tone
        self.update()

    def sizeHint(self) -> QSize:
        words = QFontMetrics(self._theme.font(12)).height() if self._least or self._most else 0
        return QSize(160, BAR_PX + 4 + words)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = max((self._most or self._least or 0) * _BEYOND, self._minutes * 1.05, 1.0)
        track = QRectF(0, 0, self.width(), BAR_PX)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("hairline"))
        painter.drawRoundedRect(track, BAR_PX / 2, BAR_PX / 2)
        fill = max(BAR_PX, self._x(self._minutes, whole)) if self._minutes else 0.0
        painter.setBrush(self._theme.colour(self._tone))
        if fill:
            painter.drawRoundedRect(QRectF(0, 0, fill, BAR_PX), BAR_PX / 2, BAR_PX / 2)
        for minutes in (self._least, self._most):
            if minutes is not None:
                self._paint_mark(painter, minutes, whole)

    def _x(self, minutes: float, whole: float) -> float:
        return self.width() * minutes / whole

    def _paint_mark(self, painter: QPainter, minutes: int, whole: float) -> None:
        x = self._x(minutes, whole)
        painter.setPen(QPen(self._theme.colour("ink"), 2))
        painter.drawLine(round(x), 0, round(x), BAR_PX + 3)
        painter.setPen(self._theme.colour("muted"))
        painter.setFont(self._theme.font(12))
        metrics = QFontMetrics(painter.font())
        text = str(minutes)
        width = metrics.horizontalAdvance(text)
        left = min(max(0.0, x - width / 2), self.width() - width)
        painter.drawText(QRectF(left, BAR_PX + 3, width + 1, metrics.height()), Qt.AlignmentFlag.AlignLeft, text)
