"""What lies under the texts of the zone map, kept as pixels: only what changed or came into sight is painted anew.

Filling and dashing large outlines takes longer than a frame on a busy visit, so neither a finger that moves the
enlarged drawing nor a pass on one zone paints all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPixmap, QRegion, QTransform

from ui.widgets.zone_map_drawing import Drawing, Stroke
from ui.widgets.zone_map_ink import Inks, Patterns
from ui.widgets.zone_map_marks import BARE, ZoneMark

_EDGE = 4.0
"""How far the thickest edge reaches beyond its outline, px."""

Paint = Callable[[QPainter, QRegion], None]


class Layer:
    """A transparent picture of the widget's size that moves with the drawing. Regions are in device pixels."""

    def __init__(self) -> None:
        self._pixels = QPixmap()
        self._stale = QRegion()
        self._way = QPoint()

    def forget(self) -> None:
        """Paint all of it the next time."""
        self._pixels = QPixmap()

    def move(self, way: QPoint) -> None:
        """What was painted now lies so far away."""
        self._way += way
        self._stale.translate(way)

    def touch(self, region: QRect) -> None:
        """What lies here is painted the next time."""
        self._stale += region

    def draw(self, onto: QPainter, size: QSize, ratio: float, paint: Paint) -> None:
        """Draw it, ``paint`` being asked for what is missing; its painter works in the widget's own pixels."""
        whole = QRect(QPoint(), size * ratio)
        if self._pixels.size() != whole.size() or self._pixels.devicePixelRatio() != ratio:
            self._pixels = QPixmap(whole.size())
            self._pixels.fill(Qt.GlobalColor.transparent)
            self._stale, self._way = QRegion(whole), QPoint()
        # In device pixels, without a ratio, nothing is smoothed.
        self._pixels.setDevicePixelRatio(1)
        if not self._way.isNull():
            self._pixels.scroll(self._way.x(), self._way.y(), whole)
            self._stale += QRegion(whole).subtracted(QRegion(whole.translated(self._way)))
        region = self._stale.intersected(whole)
        self._stale, self._way = QRegion(), QPoint()
        if not region.isEmpty():
            self._paint(region, ratio, paint)
        self._pixels.setDevicePixelRatio(ratio)
        onto.drawPixmap(0, 0, self._pixels)

    def _paint(self, region: QRegion, ratio: float, paint: Paint) -> None:
        painter = QPainter(self._pixels)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRegion(region)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
        painter.fillRect(region.boundingRect(), Qt.GlobalColor.transparent)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        painter.scale(ratio, ratio)
        paint(painter, region)
        painter.end()


class Ground:
    """The figure, its zones with their marks, and the lines over them."""

    def __init__(self, drawing: Drawing, size: QSize, ratio: float) -> None:
        """For a room of this size on a screen of this device pixel ratio."""
        self.drawing = drawing
        self.size = size
        self.ratio = ratio
        self._figure, self._zones, self._features = Layer(), Layer(), Layer()
        self._patterns: Patterns | None = None
        self._transform = QTransform()
        self._paths: Mapping[str, QPainterPath] = {}
        self._reaches: Mapping[str, QRect] = {}
        self._marks: Mapping[str, ZoneMark] = {}
        self._selected: frozenset[str] = frozenset()
        self._hovered = ""

    def forget(self) -> None:
        """Paint all of it the next time: other colours."""
        self._patterns = None
        for layer in (self._figure, self._zones, self._features):
            layer.forget()

    def place(self, paths: Mapping[str, QPainterPath], transform: QTransform) -> None:
        """See the drawing through ``transform``, its zones being ``paths`` in pixels."""
        by = QPoint(
            round((transform.dx() - self._transform.dx()) * self.ratio),
            round((transform.dy() - self._transform.dy()) * self.ratio),
        )
        if transform.m11() != self._transform.m11():
            self.forget()
        for layer in (self._figure, self._zones, self._features):
            layer.move(by)
        self._paths, self._transform = paths, transform
        self._reaches = {zone: self._reach(path.controlPointRect()) for zone, path in paths.items()}

    def show(self, marks: Mapping[str, ZoneMark], selected: frozenset[str], hovered: str) -> None:
        """Show these marks the next time."""
        touched = {zone for zone in self._paths if self._marks.get(zone, BARE) != marks.get(zone, BARE)}
        touched |= self._selected ^ selected
        if hovered != self._hovered:
            touched |= {hovered, self._hovered}
        self._marks, self._selected, self._hovered = dict(marks), selected, hovered
        for zone in touched & self._reaches.keys():
            self._zones.touch(self._reaches[zone])

    def draw(self, onto: QPainter, inks: Inks) -> None:
        """Draw all of it."""
        drawing, size, ratio = self.drawing, self.size, self.ratio
        patterns = self._patterns = self._patterns or inks.patterns(ratio)

        def figure(painter: QPainter, region: QRegion) -> None:
            self._paint_strokes(painter, inks, drawing.figure, region)

        def zones(painter: QPainter, region: QRegion) -> None:
            self._paint_zones(painter, inks, patterns, region)

        def features(painter: QPainter, region: QRegion) -> None:
            self._paint_strokes(painter, inks, drawing.features, region)

        self._figure.draw(onto, size, ratio, figure)
        self._zones.draw(onto, size, ratio, zones)
        self._features.draw(onto, size, ratio, features)

    def _paint_strokes(self, painter: QPainter, inks: Inks, strokes: Iterable[Stroke], region: QRegion) -> None:
        met = [
            one
            for one in strokes
            if region.intersects(self._reach(self._transform.mapRect(one.path.controlPointRect())))
        ]
        painter.setTransform(self._transform, combine=True)
        inks.stroke(painter, met, self._transform.m11())

    def _paint_zones(self, painter: QPainter, inks: Inks, patterns: Patterns, region: QRegion) -> None:
        met = [zone for zone, reach in self._reaches.items() if region.intersects(reach)]
        for zone in met:
            mark = self._marks.get(zone, BARE)
            inks.zone_shape(painter, self._paths[zone], mark, hovered=zone == self._hovered, patterns=patterns)
        for zone in met:
            if zone in self._selected:
                inks.selection(painter, self._paths[zone])

    def _reach(self, box: QRectF) -> QRect:
        """The device pixels that an outline in this box touches."""
        wide = box.adjusted(-_EDGE, -_EDGE, _EDGE, _EDGE)
        return QRectF(wide.topLeft() * self.ratio, wide.size() * self.ratio).toAlignedRect()
