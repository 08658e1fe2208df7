"""The few characters inside a zone of the map, set as large as its shape allows."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from ui.widgets.zone_map_marks import ZoneMark, depth_text, span_text

TOLD_FROM = 2
"""From moderate on the grade of the worst reaction to the visit looked back on stands beside its depth."""


class ZoneText:
    """The few characters inside a zone, set as large as its shape allows."""

    def __init__(self, mark: ZoneMark, *, selected: bool) -> None:
        self.depth = "" if mark.deepest_mm is None else depth_text(mark.deepest_mm)
        self.span = ""
        """From the least deep pass to the deepest, where they differ."""
        if mark.deepest_mm is not None and mark.least_mm is not None and mark.least_mm < mark.deepest_mm:
            # No count stands beside the deepest depth as if all passes had reached it.
            self.span, self.depth = span_text(mark.least_mm, mark.deepest_mm), f"\u2264{self.depth}"
        self.count = f"\u00d7{mark.passes}" if mark.passes else ""
        taken = f"R{mark.ghost_grade}" if mark.ghost_severity >= TOLD_FROM else ""
        then = "" if mark.ghost_mm is None else depth_text(mark.ghost_mm)
        if mark.to_come_mm is not None:
            # The number on a zone is the depth of the pass to come: none of an earlier visit stands beside it.
            self.depth, then = depth_text(mark.to_come_mm), ""
        earlier = " ".join(part for part in (then, taken) if part)
        self.ghost = f"({earlier})" if earlier else ""
        self.selected = selected
        self.blocked = mark.blocked
        self.avoid = bool(mark.avoid)
        self.planned = mark.planned and not mark.passes

    @property
    def signs(self) -> int:
        """How many signs stand over the digits."""
        return self.selected + self.blocked + self.avoid + self.planned

    @property
    def on_pattern(self) -> bool:
        """Whether the digits need a plate to be read on what is strewn over the zone."""
        return self.blocked or self.avoid

    def __bool__(self) -> bool:
        return bool(self.depth or self.count or self.ghost or self.signs)

    def layouts(self, measured: Measured) -> Iterable[ZoneLayout]:
        """Settings from the most generous to the tightest."""
        if self.span:
            both = [part for part in (self.span, self.count, self.ghost) if part]
            yield from (measured.layout(both, factor, self.signs) for factor in (1.15, 1.0, 0.88))
        stacked = [part for part in (self.depth, self.count, self.ghost) if part]
        lead = " ".join(part for part in (self.depth, self.count) if part)
        two = [part for part in (lead, self.ghost) if part]
        for factor, rows in (
            (1.15, stacked),
            (1.0, stacked),
            (1.0, two),
            (0.88, two),
            (0.88, stacked),
            (0.74, two),
            (0.74, stacked),
            (0.88, [lead]),
            (0.74, [lead]),
            (0.74, [part for part in (self.depth, self.count) if part]),
        ):
            if lead or rows is stacked:
                yield measured.layout(rows, factor, self.signs)

    def outside(self, measured: Measured) -> ZoneLayout:
        """The setting for text that stands beside the figure."""
        parts = [part for part in (self.depth, self.count, self.ghost) if part]
        return measured.layout([" ".join(parts)] if parts else [], 0.78, self.signs)

    def over(self, measured: Measured) -> ZoneLayout:
        """The narrowest setting, for a plate over a zone that has no place beside the figure."""
        parts = [part for part in (self.depth, self.count) if part] or [part for part in (self.ghost,) if part]
        return measured.layout(parts, 0.74, self.signs)


class ZoneLayout:
    """Rows of text and signs measured at one size; the first row is the loudest."""

    def __init__(self, rows: list[str], factor: float, font: QFont, signs: int) -> None:
        self.rows: list[tuple[str, QFont, QRectF]] = []
        self.radius = 9.0 * factor
        self.signs = signs
        height = 2 * self.radius + 3 if signs else 0.0
        width = signs * (2 * self.radius + 3) if signs else 0.0
        for index, row in enumerate(rows):
            own = QFont(font)
            own.setPointSizeF(font.pointSizeF() * factor * (1.0 if index == 0 else 0.82))
            own.setWeight(QFont.Weight.DemiBold if index == 0 else QFont.Weight.Normal)
            box = QFontMetricsF(own).tightBoundingRect(row)
            self.rows.append((row, own, box))
            width = max(width, box.width())
            height += box.height() + (4 if index else 0)
        self.width, self.height = width, height

    def box(self, centre: QPointF) -> QRectF:
        """The rectangle that it covers around ``centre``."""
        return QRectF(
            centre.x() - self.width / 2 - 2, centre.y() - self.height / 2 - 2, self.width + 4, self.height + 4
        )

    def paint(self, painter: QPainter, centre: QPointF, ink: QColor) -> QPointF:
        """Write the rows; returns the centre of the first sign, which stands above them."""
        top = centre.y() - self.height / 2
        sign = QPointF(centre.x() - (self.signs - 1) * (self.radius + 1.5), top + self.radius)
        if self.signs:
            top += 2 * self.radius + 3
        painter.setPen(ink)
        for index, (row, font, box) in enumerate(self.rows):
            top += 4 if index else 0
            painter.setFont(font)
            painter.drawText(QPointF(centre.x() - box.width() / 2 - box.left(), top - box.top()), row)
            top += box.height()
        return sign


class Measured:
    """The layouts of one font, each measured once: zones of one depth and count have the same."""

    def __init__(self, font: QFont) -> None:
        self._font = QFont(font)
        self._known: dict[tuple[tuple[str, ...], float, int], ZoneLayout] = {}

    def layout(self, rows: list[str], factor: float, signs: int) -> ZoneLayout:
        """These rows at ``factor`` of the font's size under so many signs."""
        key = tuple(rows), factor, signs
        if key not in self._known:
            self._known[key] = ZoneLayout(rows, factor, self._font, signs)
        return self._known[key]
