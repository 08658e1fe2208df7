"""Ranges of a number on a line, with a pointer at the value."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QWidget

from ui.toolkit.theme import Theme

Band = tuple[Decimal, Decimal, str]
"""From, to, and the token it is painted in."""


class BandScale(QWidget):
    """The ranges on a line with the value as a pointer; it repeats what the words say."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._bands: Sequence[Band] = ()
        self._ends = (Decimal(0), Decimal(1))
        self._value: Decimal | None = None
        self.setFixedHeight(28)
        theme.changed.connect(self.update)

    def show_bands(self, bands: Sequence[Band], minimum: Decimal, maximum: Decimal) -> None:
        """Paint these ranges between the two ends; none hides the scale."""
        self._bands = tuple(bands)
        self._ends = (minimum, maximum)
        self.setVisible(bool(bands))
        self.update()

    def show_value(self, value: Decimal | None) -> None:
        """Point at this value, or at none."""
        self._value = value
        self.update()

    def _x(self, value: Decimal) -> float:
        low, high = self._ends
        share = float((min(max(value, low), high) - low) / (high - low)) if high > low else 0.0
        return 8 + share * (self.width() - 16)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("raised"))
        painter.drawRoundedRect(QRectF(8, 14, self.width() - 16, 10), 5, 5)
        for low, high, token in self._bands:
            painter.setBrush(self._theme.colour(token))
            left, right = self._x(low), self._x(high)
            painter.drawRoundedRect(QRectF(left, 14, max(2.0, right - left - 1), 10), 3, 3)
        if self._value is not None:
            x = self._x(self._value)
            painter.setBrush(self._theme.colour("ink"))
            painter.drawPolygon(QPolygonF([QPointF(x - 7, 1), QPointF(x + 7, 1), QPointF(x, 12)]))
            painter.drawRect(QRectF(x - 1, 10, 2, 16))
