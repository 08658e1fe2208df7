"""How much of a drawing is seen, and which part: enlarged in steps, moved about, never off the drawing."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QTransform

MARGIN = 10.0
STEP = 1.5
MOST = STEP**4


@dataclass(frozen=True)
class Lens:
    """``zoom`` times the size at which the whole drawing is seen; ``centre`` in the drawing's own units."""

    zoom: float = 1.0
    centre: QPointF | None = None

    def transform(self, box: QRectF, size: QSize) -> QTransform:
        """From the drawing's units to the pixels of a widget of this size."""
        scale = self._scale(box, size)
        centre = self._held(box, size)
        transform = QTransform()
        transform.translate(size.width() / 2, size.height() / 2)
        transform.scale(scale, scale)
        transform.translate(-centre.x(), -centre.y())
        return transform

    def zoomed(self, factor: float, about: QPointF, box: QRectF, size: QSize) -> Lens:
        """Larger or smaller by ``factor``, the point ``about`` (drawing's units) staying where it is seen."""
        zoom = min(max(self.zoom * factor, 1.0), MOST)
        if abs(zoom - 1.0) < 0.01:
            return Lens()
        centre = self._held(box, size)
        share = self.zoom / zoom
        return Lens(zoom, about - (about - centre) * share)._kept(box, size)

    def moved(self, by: QPointF, box: QRectF, size: QSize) -> Lens:
        """The drawing moved by so many pixels under the lens."""
        return Lens(self.zoom, self._held(box, size) - by / self._scale(box, size))._kept(box, size)

    def turned_to(self, spot: QPointF, box: QRectF, size: QSize) -> Lens:
        """This spot (drawing's units) in the middle, as far as the drawing reaches."""
        return Lens(self.zoom, spot)._kept(box, size)

    def _kept(self, box: QRectF, size: QSize) -> Lens:
        return Lens(self.zoom, self._held(box, size))

    def _scale(self, box: QRectF, size: QSize) -> float:
        room = (size.width() - 2 * MARGIN) / box.width(), (size.height() - 2 * MARGIN) / box.height()
        return max(min(room), 0.001) * self.zoom

    def _held(self, box: QRectF, size: QSize) -> QPointF:
        """The centre, held so that nothing but drawing is seen where there is drawing enough."""
        wanted = self.centre if self.centre is not None else box.center()
        scale = self._scale(box, size)
        return QPointF(
            _within(wanted.x(), box.left(), box.right(), size.width() / scale / 2),
            _within(wanted.y(), box.top(), box.bottom(), size.height() / scale / 2),
        )


def _within(wanted: float, low: float, high: float, half: float) -> float:
    if high - low <= 2 * half:
        return (low + high) / 2
    return min(max(wanted, low + half), high - half)
