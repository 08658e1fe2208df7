"""How each kind of path of the figure and each state of a zone is painted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPixmap

from ui.widgets.zone_map_drawing import Stroke
from ui.widgets.zone_map_marks import MapColours, ZoneMark, band_of, mix

_THIN = {"strand": 0.9, "fine": 1.1, "whorl": 1.1, "line": 1.7, "edge": 1.6, "skin edge": 1.6, "hair": 1.5, "eye": 0.9}
_TILE = 8
"""The side of one repeat of a pattern, px."""


@dataclass(frozen=True, slots=True)
class Patterns:
    """What is strewn over a zone, sharp at one device pixel ratio: lines where it is blocked, dots to go around."""

    blocked: QBrush
    avoid: QBrush


class Inks:
    """The pens and brushes of one set of colours."""

    def __init__(self, colours: MapColours, edges_mm: Sequence[Decimal]) -> None:
        if len(edges_mm) != len(colours.ramp) - 1:
            raise ValueError(f"{len(colours.ramp)} colours need {len(colours.ramp) - 1} edges, not {len(edges_mm)}")
        self.colours = colours
        self.edges_mm = tuple(edges_mm)
        surface, ink, muted = colours.surface, colours.ink, colours.muted
        dark = colours.dark
        self.skin = mix(surface, colours.ramp[0], 0.10 if dark else 0.30)
        self.zone = mix(surface, colours.accent, 0.13 if dark else 0.07)
        self.zone_hover = mix(surface, colours.accent, 0.30 if dark else 0.18)
        self.zone_planned = mix(surface, colours.accent, 0.26 if dark else 0.16)
        hair = mix(surface, muted, 0.30)
        outline = mix(muted, surface, 0.15)
        self._fills = {
            "skin": self.skin,
            "skin edge": self.skin,
            "hair": hair,
            "brow": mix(muted, ink, 0.15),
            "eye": mix(surface, ink, 0.80 if dark else 0.0),
            "iris": mix(muted, surface, 0.55 if dark else 0.15),
            "pupil": colours.ground if dark else ink,
            "glint": ink if dark else surface,
            "lash": mix(ink, surface, 0.25) if dark else ink,
            "lip": mix(self.skin, colours.ramp[2 if len(colours.ramp) > 2 else -1], 0.35),
        }
        self._lines = {
            "skin edge": outline,
            "edge": outline,
            "hair": outline,
            "strand": mix(hair, muted, 0.55),
            "fine": mix(self.skin, muted, 0.70),
            "whorl": mix(self.skin, muted, 0.70),
            "line": mix(muted, surface, 0.35) if dark else mix(muted, ink, 0.45),
            "eye": outline,
        }

    def stroke(self, painter: QPainter, strokes: Iterable[Stroke], scale: float) -> None:
        """Paint the figure's paths, given in the drawing's own units, with lines ``scale`` times finer."""
        for stroke in strokes:
            fill = self._fills.get(stroke.kind)
            line = self._lines.get(stroke.kind)
            painter.setBrush(fill if fill else Qt.BrushStyle.NoBrush)
            if line:
                width = max(0.8, _THIN[stroke.kind] * min(1.25, max(0.8, scale))) / scale
                painter.setPen(_pen(line, width))
            else:
                painter.setPen(Qt.PenStyle.NoPen)
            painter.drawPath(stroke.path)

    def fill_of(self, mark: ZoneMark, *, hovered: bool) -> QColor:
        """The ground colour of a zone."""
        if mark.deepest_mm is not None:
            fill = self.colours.ramp[band_of(mark.deepest_mm, self.edges_mm)]
            return mix(fill, self.colours.surface, 0.18) if hovered else fill
        if hovered:
            return self.zone_hover
        return self.zone_planned if mark.planned else self.zone

    def zone_shape(
        self, painter: QPainter, path: QPainterPath, mark: ZoneMark, *, hovered: bool, patterns: Patterns
    ) -> None:
        """Paint a zone's ground, edge, pattern and the last visit's dashes; ``path`` in pixels."""
        fill = self.fill_of(mark, hovered=hovered)
        edge = self.colours.stop if mark.blocked else self.colours.edge
        painter.setPen(_pen(edge, 1.4 if mark.blocked else 1.0))
        painter.setBrush(fill)
        painter.drawPath(path)
        if mark.blocked:
            painter.fillPath(path, patterns.blocked)
        elif mark.avoid:
            painter.fillPath(path, patterns.avoid)
        if mark.ghost_mm is not None:
            pen = _pen(self.colours.text_on(fill), 1.3)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            pen.setDashPattern([4.0, 3.0])
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(path)

    def selection(self, painter: QPainter, path: QPainterPath) -> None:
        """Paint the thick edge of a selected zone."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(_pen(self.colours.surface, 5.0))
        painter.drawPath(path)
        painter.setPen(_pen(self.colours.accent, 3.0))
        painter.drawPath(path)

    def focus(self, painter: QPainter, path: QPainterPath) -> None:
        """Paint the ring around the zone that the keys act on."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(_pen(self.colours.surface, 7.0))
        painter.drawPath(path)
        painter.setPen(_pen(self.colours.ink, 3.0))
        painter.drawPath(path)

    def tick(self, painter: QPainter, centre: QPointF, radius: float) -> None:
        """Paint the tick of a selected zone."""
        painter.setPen(_pen(self.colours.surface, 1.5))
        painter.setBrush(self.colours.accent)
        painter.drawEllipse(centre, radius, radius)
        painter.setPen(_pen(self.colours.text_on(self.colours.accent), max(1.6, radius * 0.24)))
        painter.drawPolyline(
            [
                centre + QPointF(-0.45, 0.02) * radius,
                centre + QPointF(-0.12, 0.36) * radius,
                centre + QPointF(0.48, -0.34) * radius,
            ]
        )

    def stop_sign(self, painter: QPainter, centre: QPointF, radius: float) -> None:
        """Paint the sign of a blocked zone: a ring with a bar."""
        painter.setPen(_pen(self.colours.stop, max(1.8, radius * 0.28)))
        painter.setBrush(self.colours.surface)
        painter.drawEllipse(centre, radius, radius)
        painter.drawLine(centre + QPointF(-0.62, 0.62) * radius, centre + QPointF(0.62, -0.62) * radius)

    def plan_ring(self, painter: QPainter, centre: QPointF, radius: float) -> None:
        """Paint the sign of a planned zone: a small open ring."""
        painter.setPen(_pen(self.colours.accent, 2.0))
        painter.setBrush(self.colours.surface)
        painter.drawEllipse(centre, radius, radius)

    def avoid_sign(self, painter: QPainter, centre: QPointF, radius: float) -> None:
        """Paint the sign of a zone with something to go around: a triangle with an exclamation mark."""
        painter.setPen(_pen(self.colours.ink, max(1.4, radius * 0.2)))
        painter.setBrush(self.colours.surface)
        corners = (QPointF(0.0, -0.92), QPointF(1.05, 0.82), QPointF(-1.05, 0.82))
        painter.drawPolygon([centre + corner * radius for corner in corners])
        painter.drawLine(centre + QPointF(0, -0.28) * radius, centre + QPointF(0, 0.2) * radius)
        painter.drawPoint(centre + QPointF(0, 0.54) * radius)

    def patterns(self, ratio: float) -> Patterns:
        """The patterns for a screen of this device pixel ratio."""
        return Patterns(self._lines_of_blocked(ratio), self._dots_to_avoid(ratio))

    def _lines_of_blocked(self, ratio: float) -> QBrush:
        tile, size = _tile(ratio), _TILE
        painter = QPainter(tile)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.colours.stop, 1.3))
        for shift in (-size, 0, size):
            painter.drawLine(QPointF(shift - 1, size + 1), QPointF(shift + size + 1, -1))
        painter.end()
        return QBrush(tile)

    def _dots_to_avoid(self, ratio: float) -> QBrush:
        tile, size = _tile(ratio), _TILE
        painter = QPainter(tile)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.colours.surface, 0.6))  # so that they are seen on the darkest depth too
        painter.setBrush(self.colours.ink)
        for at in (QPointF(size * 0.25, size * 0.25), QPointF(size * 0.75, size * 0.75)):
            painter.drawEllipse(at, 1.3, 1.3)
        painter.end()
        return QBrush(tile)


def _tile(ratio: float) -> QPixmap:
    tile = QPixmap(round(_TILE * ratio), round(_TILE * ratio))
    tile.setDevicePixelRatio(ratio)
    tile.fill(Qt.GlobalColor.transparent)
    return tile


def _pen(colour: QColor, width: float) -> QPen:
    return QPen(QBrush(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
