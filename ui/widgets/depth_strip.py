"""Depth over time: one line for each zone, one dot for each visit, painted from shallow to deep with its number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from needlelog.i18n import Words, record_date
from ui.toolkit.theme import Theme
from ui.widgets.zone_map_marks import contrast


@dataclass(frozen=True, slots=True)
class ZoneDepths:
    """One zone with its deepest pass at each visit, None where it was not treated."""

    zone: str
    depths_mm: tuple[Decimal | None, ...]


class DepthStrip(QWidget):
    """Oldest visit on the left. Its accessible description says every number."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self._days: tuple[date, ...] = ()
        self._zones: tuple[ZoneDepths, ...] = ()
        self.setAccessibleName(words("Depth over time"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._fit)

    def show_depths(self, days: Sequence[date], zones: Sequence[ZoneDepths]) -> None:
        """Show these, ``days`` from oldest to newest."""
        self._days, self._zones = tuple(days), tuple(zones)
        said = [
            f"{zone.zone}: "
            + ", ".join(
                f"{record_date(day)} {depth} mm"
                for day, depth in zip(self._days, zone.depths_mm, strict=True)
                if depth is not None
            )
            for zone in self._zones
        ]
        self.setAccessibleDescription("; ".join(said))
        self._fit()

    def sizeHint(self) -> QSize:
        line = self._line()
        return QSize(480, line * len(self._zones) + QFontMetrics(self._theme.font(12)).height() + 8)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, self.sizeHint().height())

    def _line(self) -> int:
        return max(36, QFontMetrics(self._theme.font(12)).height() + 12)

    def _fit(self) -> None:
        self.updateGeometry()
        self.update()

    def _colour(self, depth: Decimal, deepest: Decimal) -> tuple[QColor, QColor]:
        """Ground and text of a dot; the deepest dot shown has the darkest step of the ramp."""
        step = min(4, int(depth / deepest * 5)) if deepest else 0
        ground = self._theme.colour(f"depth{step}")
        inks = (self._theme.colour("ink"), self._theme.colour("surface"))
        return ground, max(inks, key=lambda ink: contrast(ink, ground))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._zones:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font, small = self._theme.font(12), self._theme.font(12, bold=True)
        metrics = QFontMetrics(font)
        names = min(max(metrics.horizontalAdvance(zone.zone) for zone in self._zones) + 16, self.width() // 3)
        line = self._line()
        wide = (self.width() - names) / max(1, len(self._days))
        deepest = max((d for zone in self._zones for d in zone.depths_mm if d is not None), default=Decimal(0))
        pill = QFontMetrics(small).horizontalAdvance("0.00") + 18
        for row, zone in enumerate(self._zones):
            middle = row * line + line / 2
            painter.setFont(font)
            painter.setPen(self._theme.colour("ink"))
            box = QRectF(0, row * line, names - 12, line)
            shown = metrics.elidedText(zone.zone, Qt.TextElideMode.ElideRight, int(box.width()))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
            painter.setPen(QPen(self._theme.colour("hairline"), 2))
            painter.drawLine(QPointF(names + wide / 2, middle), QPointF(self.width() - wide / 2, middle))
            painter.setFont(small)
            for place, depth in enumerate(zone.depths_mm):
                if depth is None:
                    continue
                ground, text = self._colour(depth, deepest)
                dot = QRectF(names + (place + 0.5) * wide - pill / 2, middle - 13, pill, 26)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(ground)
                painter.drawRoundedRect(dot, 13, 13)
                painter.setPen(text)
                painter.drawText(dot, Qt.AlignmentFlag.AlignCenter, f"{depth:.2f}")
        self._paint_days(painter, names, wide, len(self._zones) * line)

    def _paint_days(self, painter: QPainter, names: int, wide: float, top: int) -> None:
        font = self._theme.font(12)
        painter.setFont(font)
        painter.setPen(self._theme.colour("muted"))
        metrics = QFontMetrics(font)
        for place, day in enumerate(self._days):
            text = record_date(day) if metrics.horizontalAdvance(record_date(day)) < wide - 8 else record_date(day)[:6]
            box = QRectF(names + place * wide, top, wide, self.height() - top)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
