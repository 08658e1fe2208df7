"""One view of the zone map as it is painted: the figure, its zones with their marks, texts and letters."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap, QTransform

from needlelog.i18n import Words
from ui.widgets.zone_map_drawing import Drawing, Stroke
from ui.widgets.zone_map_ink import Inks
from ui.widgets.zone_map_lens import MARGIN, Lens
from ui.widgets.zone_map_marks import BARE, ZoneMark
from ui.widgets.zone_map_settings import PlacedZone, Setting, set_texts

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
        self._settings: dict[str, Setting] = {}
        self._under = QPixmap()
        self._over = QPixmap()
        self._hatch = QBrush()

    def place(self, lens: Lens, size: QSize) -> None:
        """Bring the drawing to this size."""
        self._size = size
        self.placed = {}
        if self.drawing and size.width() > 2 * MARGIN and size.height() > 2 * MARGIN:
            self.transform = lens.transform(self.drawing.view_box, size)
            for zone, drawn in self.drawing.zones.items():
                callout = self.transform.map(drawn.callout) if drawn.callout else None
                self.placed[zone] = PlacedZone(self.transform.map(drawn.path), self.transform.map(drawn.label), callout)
        self.forget()

    def forget(self) -> None:
        """Paint everything afresh the next time: other colours, or another size."""
        self._under = QPixmap()
        self._over = QPixmap()
        self.forget_texts()

    def forget_texts(self) -> None:
        """Set the texts afresh the next time: other marks, or another font."""
        self._settings = {}

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
        self, painter: QPainter, font: QFont, ratio: float, *, hovered: str = "", focused: str = "", plates: bool = True
    ) -> None:
        """Paint all of it; ``ratio`` is the device's, ``focused`` the zone with the ring of the keys.

        Without ``plates`` a text that does not fit into its zone is left out.
        """
        if not self.drawing or not self.placed:
            return
        if self._under.isNull() or self._under.devicePixelRatio() != ratio:
            self._under = self._picture(self.drawing.figure, ratio)
            self._over = self._picture(self.drawing.features, ratio)
            self._hatch = self.inks.hatch(ratio)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPixmap(0, 0, self._under)
        for zone, placed in self.placed.items():
            mark = self.marks.get(zone, BARE)
            self.inks.zone_shape(painter, placed.path, mark, hovered=zone == hovered, hatch=self._hatch)
        for zone, placed in self.placed.items():
            if zone in self.selected:
                self.inks.selection(painter, placed.path)
        painter.drawPixmap(0, 0, self._over)
        if focused:
            self.inks.focus(painter, self.placed[focused].path)
        if not self._settings:
            self._settings = set_texts(self.placed, self.marks, self.selected, font, self._size)
        for zone in self.placed:
            if plates or not self._settings[zone].plate:
                self._paint_text(painter, zone, hovered)
        self._paint_sides(painter, self.drawing, font)

    def _picture(self, strokes: tuple[Stroke, ...], ratio: float) -> QPixmap:
        picture = QPixmap(self._size * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setTransform(self.transform, combine=True)
        self.inks.stroke(painter, strokes, self.transform.m11())
        painter.end()
        return picture

    def _paint_text(self, painter: QPainter, zone: str, hovered: str) -> None:
        setting = self._settings[zone]
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
