"""One view of the zone map under hands and keys: tapped, pointed at, enlarged and moved."""

from __future__ import annotations

from collections.abc import Mapping
from math import log

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGestureEvent, QHBoxLayout, QPinchGesture, QSizePolicy, QVBoxLayout, QWidget

from needlelog.i18n import Words
from ui.widgets.zone_map_drawing import Drawing
from ui.widgets.zone_map_ink import Inks
from ui.widgets.zone_map_lens import STEP, Lens
from ui.widgets.zone_map_marks import ZoneMark
from ui.widgets.zone_map_picture import ZonePicture

_ARROWS = {
    Qt.Key.Key_Left: QPointF(-1, 0),
    Qt.Key.Key_Right: QPointF(1, 0),
    Qt.Key.Key_Up: QPointF(0, -1),
    Qt.Key.Key_Down: QPointF(0, 1),
}
_ZOOM_KEYS = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}
_DRAG = 10.0
"""From so many pixels on, a press that moves is no tap but moves the enlarged drawing."""
_BY_KEYS = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)
_TAP_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Select)


class ZoneCanvas(QWidget):
    """The drawing of one view; a tap, Space or Enter on a zone says ``tapped``, moving over zones ``pointed``."""

    tapped = Signal(str)
    pointed = Signal(str)
    zoomed = Signal(float)
    """How many times larger the drawing is seen than as a whole."""

    def __init__(self, tr: Words, inks: Inks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = ZonePicture(tr, inks)
        self._lens = Lens()
        self._hovered = ""
        self._focused = ""
        self._by_keys = False
        self._pressed = ""
        self._pressed_at: QPointF | None = None
        self._dragged = False
        self.corner = QHBoxLayout()
        self.corner.addStretch(1)
        above = QVBoxLayout(self)
        above.setContentsMargins(0, 4, 0, 0)
        above.addLayout(self.corner)
        above.addStretch(1)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def minimumSizeHint(self) -> QSize:
        return QSize(260, 240)

    def sizeHint(self) -> QSize:
        return QSize(560, 640)

    # what is shown

    def set_inks(self, inks: Inks) -> None:
        """Paint in these colours from now on."""
        self._picture.inks = inks
        self._picture.forget()
        self.update()

    def set_drawing(self, drawing: Drawing) -> None:
        """Show this view."""
        if drawing is self._picture.drawing:
            return
        self._picture.drawing = drawing
        self._hovered = self._pressed = ""
        self._look_through(Lens())
        if self._focused not in drawing.zones:
            self._focused = ""
        self._place()

    def set_marks(self, marks: Mapping[str, ZoneMark]) -> None:
        """Show these marks; a zone without one is bare."""
        self._picture.marks = marks
        self.update()

    def set_selected(self, selected: frozenset[str]) -> None:
        """Show these zones as selected."""
        self._picture.selected = selected
        self.update()

    def focused_zone(self) -> str:
        """The zone that the keys act on, or nothing."""
        return self._focused

    def set_focused_zone(self, zone: str) -> None:
        """Let the keys act on this zone next."""
        if self._picture.drawing and zone in self._picture.drawing.zones and zone != self._focused:
            self._focused = zone
            self.update()

    def set_pointed(self, zone: str) -> None:
        """Show this zone as if the pointer were over it."""
        if zone != self._hovered:
            self._hovered = zone
            self.update()

    # how large

    def zoom(self) -> float:
        """How many times larger the drawing is seen than as a whole; 1 is the whole."""
        return self._lens.zoom

    def zoom_by(self, steps: float, at: QPointF | None = None) -> None:
        """So many steps larger (or smaller) around a point of the widget; else around the zone in hand."""
        if not self._picture.drawing or not self._picture.placed:
            return
        if at is None:
            in_hand = self._picture.placed.get(self._focused)
            at = in_hand.label if in_hand else QPointF(self.rect().center())
        about = self._picture.transform.inverted()[0].map(at)
        self._look_through(self._lens.zoomed(STEP**steps, about, self._picture.drawing.view_box, self.size()))

    def move_by(self, way: QPointF) -> None:
        """Move the enlarged drawing by so many pixels, as far as it reaches."""
        if self._picture.drawing:
            self._look_through(self._lens.moved(way, self._picture.drawing.view_box, self.size()))

    def _look_through(self, lens: Lens) -> None:
        if lens != self._lens:
            self._lens = lens
            self._place()
            self.zoomed.emit(lens.zoom)

    def _bring(self, zone: str) -> None:
        """Move the enlarged drawing so that this zone is seen."""
        drawn = self._picture.drawing.zones.get(zone) if self._picture.drawing else None
        if self._picture.drawing and drawn and not QRectF(self.rect()).contains(self._picture.placed[zone].label):
            self._look_through(self._lens.turned_to(drawn.label, self._picture.drawing.view_box, self.size()))

    # where things are

    def centre_of(self, zone: str) -> QPointF:
        """The point of the widget where the zone's text stands, which lies inside the zone."""
        return self._picture.placed[zone].label

    def zone_at(self, point: QPointF) -> str:
        """The zone at a point of the widget; in the gaps the nearest one within a finger's reach, else nothing."""
        return self._picture.zone_at(point)

    def _place(self) -> None:
        """Bring the drawing to the present size."""
        self._picture.place(self._lens, self.size(), self.devicePixelRatioF())
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        focused = self._focused if self.hasFocus() and self._by_keys else ""
        self._picture.paint(painter, self.font(), hovered=self._hovered, focused=focused)
        painter.end()

    # pointer and keys

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._place()
        if event.type() == QEvent.Type.FontChange:
            self._picture.forget_texts()
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._pressed_at is None or self._lens.zoom <= 1.0 or not self._picture.drawing:
            self._point(self.zone_at(at))
            return
        way = at - self._pressed_at
        if self._dragged or abs(way.x()) + abs(way.y()) > _DRAG:
            self._dragged = True
            self._pressed_at = at
            self.move_by(way)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(event.angleDelta().y() / 120, event.position())
            event.accept()
        else:
            super().wheelEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                self._dragged = True
                at = QPointF(self.mapFromGlobal(pinch.centerPoint().toPoint()))
                self.zoom_by(log(max(pinch.scaleFactor(), 0.01), STEP), at)
                return True
        return super().event(event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point("")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = self.zone_at(event.position())
            self._pressed_at = event.position()
            self._dragged = False
            self._by_keys = False

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, ""
        self._pressed_at = None
        if self._dragged:
            self._dragged = False
        elif event.button() == Qt.MouseButton.LeftButton and pressed:
            if self.zone_at(event.position()) == pressed:
                self._focused = pressed
                self.tapped.emit(pressed)
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _ARROWS:
            self._by_keys = True
            self._move(_ARROWS[key])
        elif key in _ZOOM_KEYS:
            self.zoom_by(_ZOOM_KEYS[key])
        elif key in _TAP_KEYS and self._focused:
            seen = self._by_keys or self._focused in self._picture.selected
            self._by_keys = True
            if seen:
                self.tapped.emit(self._focused)
            else:
                self._point(self._focused)  # no key chooses a zone that nobody was shown
            self.update()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        # Put here by the program, or back from another window: the ring stays what the last hand on the map made it.
        if event.reason() in _BY_KEYS:
            self._by_keys = True
        elif event.reason() == Qt.FocusReason.MouseFocusReason:
            self._by_keys = False
        if not self._focused and self._picture.placed:
            placed = self._picture.placed
            self._focused = min(placed, key=lambda zone: placed[zone].label.y())
        if self._by_keys:
            self._point(self._focused)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _move(self, way: QPointF) -> None:
        """Go to the nearest zone in a direction, zones straight ahead before those aside."""
        here = self._picture.placed[self._focused].label if self._focused else QPointF(self.width() / 2, 0)
        best, best_cost = "", float("inf")
        for zone, placed in self._picture.placed.items():
            step = placed.label - here
            ahead = QPointF.dotProduct(step, way)
            aside = abs(step.x() * way.y()) + abs(step.y() * way.x())
            if zone == self._focused or ahead < 2 or aside > 3 * ahead:
                continue
            if (cost := ahead + 2 * aside) < best_cost:
                best, best_cost = zone, cost
        if best:
            self._focused = best
            self._bring(best)
            self._point(best)
            self.update()

    def _point(self, zone: str) -> None:
        if zone != self._hovered:
            self._hovered = zone
            self.setCursor(Qt.CursorShape.PointingHandCursor if zone else Qt.CursorShape.ArrowCursor)
            self.pointed.emit(zone)
            self.update()
