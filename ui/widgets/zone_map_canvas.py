"""One view of the zone map, painted: the figure, its zones with their marks, hover, focus and selection."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QTransform,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from needlelog.i18n import Words
from ui.widgets.zone_map_drawing import Drawing, Stroke
from ui.widgets.zone_map_ink import Inks
from ui.widgets.zone_map_marks import BARE, ZoneMark
from ui.widgets.zone_map_settings import PlacedZone, Setting, set_texts

_MARGIN = 10.0
_REACH = 14.0
"""How far beside a zone a tap still counts for it, px."""
_ARROWS = {
    Qt.Key.Key_Left: QPointF(-1, 0),
    Qt.Key.Key_Right: QPointF(1, 0),
    Qt.Key.Key_Up: QPointF(0, -1),
    Qt.Key.Key_Down: QPointF(0, 1),
}
_TAP_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Select)


class ZoneCanvas(QWidget):
    """The drawing of one view; a tap, Space or Enter on a zone says ``tapped``, moving over zones ``pointed``."""

    tapped = Signal(str)
    pointed = Signal(str)

    def __init__(self, tr: Words, inks: Inks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        self._inks = inks
        self._drawing: Drawing | None = None
        self._marks: Mapping[str, ZoneMark] = {}
        self._selected: frozenset[str] = frozenset()
        self._hovered = ""
        self._focused = ""
        self._by_keys = False
        self._pressed = ""
        self._placed: dict[str, PlacedZone] = {}
        self._settings: dict[str, Setting] = {}
        self._under = QPixmap()
        self._over = QPixmap()
        self._hatch = QBrush()
        self._transform = QTransform()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def minimumSizeHint(self) -> QSize:
        return QSize(260, 300)

    def sizeHint(self) -> QSize:
        return QSize(560, 640)

    # what is shown

    def set_inks(self, inks: Inks) -> None:
        """Paint in these colours from now on."""
        self._inks = inks
        self._forget_pictures()

    def set_drawing(self, drawing: Drawing) -> None:
        """Show this view."""
        if drawing is self._drawing:
            return
        self._drawing = drawing
        self._hovered = self._pressed = ""
        if self._focused not in drawing.zones:
            self._focused = ""
        self._place()

    def set_marks(self, marks: Mapping[str, ZoneMark]) -> None:
        """Show these marks; a zone without one is bare."""
        self._marks = marks
        self._settings = {}
        self.update()

    def set_selected(self, selected: frozenset[str]) -> None:
        """Show these zones as selected."""
        self._selected = selected
        self._settings = {}
        self.update()

    def focused_zone(self) -> str:
        """The zone that the keys act on, or nothing."""
        return self._focused

    def set_focused_zone(self, zone: str) -> None:
        """Let the keys act on this zone next."""
        if self._drawing and zone in self._drawing.zones and zone != self._focused:
            self._focused = zone
            self.update()

    def set_pointed(self, zone: str) -> None:
        """Show this zone as if the pointer were over it."""
        if zone != self._hovered:
            self._hovered = zone
            self.update()

    # where things are

    def centre_of(self, zone: str) -> QPointF:
        """The point of the widget where the zone's text stands, which lies inside the zone."""
        return self._placed[zone].label

    def zone_at(self, point: QPointF) -> str:
        """The zone at a point of the widget; in the gaps the nearest one within a finger's reach, else nothing."""
        for zone in reversed(self._placed):
            if self._placed[zone].path.contains(point):
                return zone
        for reach in (3.0, 6.0, 10.0, _REACH):
            spot = QPainterPath()
            spot.addEllipse(point, reach, reach)
            for zone, placed in self._placed.items():
                if placed.path.intersects(spot):
                    return zone
        return ""

    def _place(self) -> None:
        """Bring the drawing to the present size."""
        self._placed = {}
        if self._drawing and self.width() > 2 * _MARGIN and self.height() > 2 * _MARGIN:
            box = self._drawing.view_box
            room = QSizeF(self.width() - 2 * _MARGIN, self.height() - 2 * _MARGIN)
            scale = min(room.width() / box.width(), room.height() / box.height())
            self._transform = QTransform()
            self._transform.translate(
                (self.width() - box.width() * scale) / 2, (self.height() - box.height() * scale) / 2
            )
            self._transform.scale(scale, scale)
            self._transform.translate(-box.left(), -box.top())
            for zone, drawn in self._drawing.zones.items():
                path = self._transform.map(drawn.path)
                callout = self._transform.map(drawn.callout) if drawn.callout else None
                self._placed[zone] = PlacedZone(path, self._transform.map(drawn.label), callout)
        self._forget_pictures()

    def _forget_pictures(self) -> None:
        self._under = QPixmap()
        self._over = QPixmap()
        self._settings = {}
        self.update()

    # painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._drawing or not self._placed:
            return
        ratio = self.devicePixelRatioF()
        if self._under.isNull() or self._under.devicePixelRatio() != ratio:
            self._under = self._picture(self._drawing.figure, ratio)
            self._over = self._picture(self._drawing.features, ratio)
            self._hatch = self._inks.hatch(ratio)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPixmap(0, 0, self._under)
        for zone, placed in self._placed.items():
            mark = self._marks.get(zone, BARE)
            self._inks.zone_shape(painter, placed.path, mark, hovered=zone == self._hovered, hatch=self._hatch)
        for zone, placed in self._placed.items():
            if zone in self._selected:
                self._inks.selection(painter, placed.path)
        painter.drawPixmap(0, 0, self._over)
        if self._focused and self.hasFocus() and self._by_keys:
            self._inks.focus(painter, self._placed[self._focused].path)
        if not self._settings:
            self._settings = set_texts(self._placed, self._marks, self._selected, self.font(), self.size())
        for zone in self._placed:
            self._paint_text(painter, zone)
        self._paint_sides(painter)
        painter.end()

    def _picture(self, strokes: tuple[Stroke, ...], ratio: float) -> QPixmap:
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setTransform(self._transform, combine=True)
        self._inks.stroke(painter, strokes, self._transform.m11())
        painter.end()
        return picture

    def _paint_text(self, painter: QPainter, zone: str) -> None:
        setting = self._settings[zone]
        if not setting.text:
            return
        mark = self._marks.get(zone, BARE)
        fill = self._inks.fill_of(mark, hovered=zone == self._hovered)
        centre, layout, colours = setting.centre, setting.layout, self._inks.colours
        anchor = self._placed[zone].label
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
            self._inks.tick(painter, sign, layout.radius)
            sign += step
        if setting.text.blocked:
            self._inks.stop_sign(painter, sign, layout.radius * 0.86)
            sign += step
        if setting.text.planned:
            self._inks.plan_ring(painter, sign, layout.radius * 0.62)

    def _paint_sides(self, painter: QPainter) -> None:
        if not self._drawing:
            return
        colours = self._inks.colours
        letters = {"left": self._tr("L"), "right": self._tr("R")}
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 1.15)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        for side in self._drawing.sides:
            at = self._transform.map(side.at)
            radius = 0.62 * QFontMetricsF(font).height() + 1
            box = QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius)
            painter.setPen(colours.edge)
            painter.setBrush(colours.surface)
            painter.drawEllipse(box)
            painter.setPen(colours.muted)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letters[side.side])

    # pointer and keys

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._settings = {}
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(self.zone_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point("")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = self.zone_at(event.position())
            self._by_keys = False

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, ""
        if event.button() == Qt.MouseButton.LeftButton and pressed:
            if self.zone_at(event.position()) == pressed:
                self._focused = pressed
                self.tapped.emit(pressed)
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _ARROWS:
            self._by_keys = True
            self._move(_ARROWS[key])
        elif key in _TAP_KEYS and self._focused:
            self._by_keys = True
            self.tapped.emit(self._focused)
            self.update()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._by_keys = event.reason() != Qt.FocusReason.MouseFocusReason
        if not self._focused and self._placed:
            self._focused = next(iter(sorted(self._placed, key=lambda zone: self._placed[zone].label.y())))
        if self._by_keys:
            self._point(self._focused)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _move(self, way: QPointF) -> None:
        """Go to the nearest zone in a direction, zones straight ahead before those aside."""
        here = self._placed[self._focused].label if self._focused else QPointF(self.width() / 2, 0)
        best, best_cost = "", float("inf")
        for zone, placed in self._placed.items():
            step = placed.label - here
            ahead = QPointF.dotProduct(step, way)
            aside = abs(step.x() * way.y()) + abs(step.y() * way.x())
            if zone == self._focused or ahead < 2 or aside > 3 * ahead:
                continue
            if (cost := ahead + 2 * aside) < best_cost:
                best, best_cost = zone, cost
        if best:
            self._focused = best
            self._point(best)
            self.update()

    def _point(self, zone: str) -> None:
        if zone != self._hovered:
            self._hovered = zone
            self.setCursor(Qt.CursorShape.PointingHandCursor if zone else Qt.CursorShape.ArrowCursor)
            self.pointed.emit(zone)
            self.update()
