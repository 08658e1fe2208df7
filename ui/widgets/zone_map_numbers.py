"""The numbers of zones on a small picture, by which they are found in the list beside it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from needlelog.documents.numbers import apart
from ui.widgets.zone_map_marks import MapColours

_BETWEEN = 1.5
"""What stays free between two discs, px."""


def paint_numbers(
    painter: QPainter, own: QFont, colours: MapColours, numbered: Mapping[str, tuple[QPointF, int]]
) -> None:
    """A disc with its number at each of these points; those that would cover one another move aside, with a line."""
    font = QFont(own)
    font.setPointSizeF(font.pointSizeF() * 0.92)
    font.setWeight(QFont.Weight.Bold)
    metrics = QFontMetricsF(font)
    radius = max(metrics.height(), metrics.horizontalAdvance("00")) / 2 + 1
    anchors = [at for at, _ in numbered.values()]
    centres = [QPointF(*at) for at in apart([(at.x(), at.y()) for at in anchors], 2 * radius + _BETWEEN)]
    painter.setFont(font)
    for anchor, centre in zip(anchors, centres, strict=True):
        if QLineF(anchor, centre).length() > radius / 2:
            painter.setPen(QPen(colours.ink, 1.1))
            painter.drawLine(anchor, centre)
            painter.setBrush(colours.ink)
            painter.drawEllipse(anchor, 2.0, 2.0)
    for (_, number), centre in zip(numbered.values(), centres, strict=True):
        box = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
        painter.setPen(QPen(colours.ink, 1.0))
        painter.setBrush(colours.surface)
        painter.drawEllipse(box)
        painter.setPen(colours.ink)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(number))
