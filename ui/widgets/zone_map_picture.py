"""One view of the zone map as it is painted: the figure, its zones with their marks, texts and letters."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QTransform

from needlelog.i18n import Words
from ui.widgets.zone_map_drawing import Drawing
from ui.widgets.zone_map_ground import Ground
from ui.widgets.zone_map_ink import Inks
from ui.widgets.zone_map_lens import MARGIN, Lens
from ui.widgets.zone_map_marks import BARE, ZoneMark
from ui.widgets.zone_map_numbers import paint_numbers
from ui.widgets.zone_map_settings import PlacedZone, Setting, Texts

_REACH = 14.0
"""How far beside a zone a tap still counts for it, px."""


class ZonePicture:
    """A drawing seen through a lens in a room of pixels; what does not change from paint to paint is kept."""

    def __init__(self, tr: Words, inks: Inks) -> None:
        self._letters = {"left": tr("L"), "right": tr("R")}
        self.inks = inks
        self.drawing: Drawing | None = None
        self.marks: Mapping[str, ZoneMark] = {}
        self.selected: frozenset[str] = frozenset()
        self.placed: dict[str, PlacedZone] = {}
        self.transform = QTransform()
        self._size = QSize()
        self._ground: Ground | None = None
        self._texts = Texts()

    def place(self, lens: Lens, size: QSize, ratio: float) -> None:
        """Bring the drawing to this size on a screen of this device pixel ratio."""
        self._size = size
        self.placed = {}
        if not self.drawing or size.width() <= 2 * MARGIN or size.height() <= 2 * MARGIN:
            self._ground = None
            return
        scale_before = self.transform.m11()
        self.transform = _on_pixels(lens.transform(self.drawing.view_box, size), ratio)
        for zone, drawn in self.drawing.zones.items():
            callout = self.transform.map(drawn.callout) if drawn.callout else None
            self.placed[zone] = PlacedZone(self.transform.map(drawn.path), self.transform.map(drawn.label), callout)
        ground = self._ground
        if ground is None or (ground.drawing, ground.size, ground.ratio) != (self.drawing, size, ratio):
            ground = self._ground = Ground(self.drawing, size, ratio)
            self._texts.forget()
        elif scale_before != self.transform.m11():
            self._texts.forget()
        ground.place({zone: placed.path for zone, placed in self.placed.items()}, self.transform)

    def forget(self) -> None:
        """Paint everything afresh the next time: other colours, or another size."""
        if self._ground:
            self._ground.forget()
        self.forget_texts()

    def forget_texts(self) -> None:
        """Fit the texts afresh the next time: another font."""
        self._texts.forget()

    def zone_at(self, point: QPointF) -> str:
        """The zone at a point; in the gaps the nearest one within a finger's reach, else nothing."""
        for zone in reversed(self.placed):
            if self.placed[zone].path.contains(point):
                return zone
        for reach in (3.0, 6.0, 10.0, _REACH):
            spot = QPainterPath()
            spot.addEllipse(point, reach, reach)
            for zone, placed in self.placed.items():
                if placed.path.intersects(spot):
                    return zone
        return ""

    def paint(
        self,
        painter: QPainter,
        font: QFont,
        *,
        hovered: str = "",
        focused: str = "",
        plates: bool = True,
        numbers: Mapping[str, int] | None = None,
    ) -> None:
        """Paint all of it; ``focused`` is the zone with the ring of the keys.

        Without ``plates`` a text that does not fit into its zone is left out; with ``numbers`` each of these zones
        bears its number instead of any text.
        """
        if not self.drawing or not self._ground:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground.show(self.marks, self.selected, hovered)
        self._ground.draw(painter, self.inks)
        if focused:
            self.inks.focus(painter, self.placed[focused].path)
        room = QRectF(QPointF(), self._size)
        seen = {zone: placed for zone, placed in self.placed.items() if room.contains(placed.label)}
        if numbers is not None:
            paint_numbers(
                painter,
                font,
                self.inks.colours,
                {zone: (placed.label, numbers[zone]) for zone, placed in seen.items() if zone in numbers},
            )
            self._paint_sides(painter, self.drawing, font)
            return
        for zone, setting in self._texts.set(seen, self.marks, self.selected, font, self._size).items():
            if plates or not setting.plate:
                self._paint_text(painter, zone, setting, hovered)
        self._paint_sides(painter, self.drawing, font)

    def _paint_text(self, painter: QPainter, zone: str, setting: Setting, hovered: str) -> None:
        if not setting.text:
            return
        mark = self.marks.get(zone, BARE)
        fill = self.inks.fill_of(mark, hovered=zone == hovered)
        centre, layout, colours = setting.centre, setting.layout, self.inks.colours
        anchor = self.placed[zone].label
        if centre != anchor:
            painter.setPen(QPen(colours.muted, 1.1))
            painter.drawLine(anchor, centre)
            painter.setBrush(colours.muted)
            painter.drawEllipse(anchor, 2.2, 2.2)
        if setting.plate:
            painter.setPen(QPen(colours.edge, 1.0) if centre != anchor else Qt.PenStyle.NoPen)
            painter.setBrush(fill)
            painter.drawRoundedRect(layout.box(centre).adjusted(-4, -2, 4, 2), 7, 7)
        sign = layout.paint(painter, centre, colours.text_on(fill))
        step = QPointF(2 * layout.radius + 3, 0)
        if setting.text.selected:
            self.inks.tick(painter, sign, layout.radius)
            sign += step
        if setting.text.blocked:
            self.inks.stop_sign(painter, sign, layout.radius * 0.86)
            sign += step
        if setting.text.avoid:
            self.inks.avoid_sign(painter, sign, layout.radius * 0.86)
            sign += step
        if setting.text.planned:
            self.inks.plan_ring(painter, sign, layout.radius * 0.62)

    def _paint_sides(self, painter: QPainter, drawing: Drawing, own: QFont) -> None:
        colours = self.inks.colours
        font = QFont(own)
        font.setPointSizeF(font.pointSizeF() * 1.15)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        for side in drawing.sides:
            at = self.transform.map(side.at)
            radius = 0.62 * QFontMetricsF(font).height() + 1
            box = QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius)
            painter.setPen(colours.edge)
            painter.setBrush(colours.surface)
            painter.drawEllipse(box)
            painter.setPen(colours.muted)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._letters[side.side])


def _on_pixels(transform: QTransform, ratio: float) -> QTransform:
    """Moved by less than a pixel of the screen so that one move is a whole number of them."""
    x, y = (round(shift * ratio) / ratio for shift in (transform.dx(), transform.dy()))
    return QTransform(transform.m11(), 0, 0, transform.m22(), x, y)
