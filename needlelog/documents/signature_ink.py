"""A drawn signature on paper: the strokes of the pen as lines, never as a picture."""

from __future__ import annotations

from needlelog.documents.layout import Drawing
from needlelog.documents.pen import EDGE, INK, Pen
from needlelog.domain.consent import Signature

TALL = 60.0
_INK = 1.1


def drawn_signature(signature: Signature, room: float, indent: float = 0, tall: float = TALL, *, alt: str) -> Drawing:
    """The strokes above a line, as high as ``tall`` where ``room`` after ``indent`` allows; lengths are points."""
    width, height = tall * signature.aspect, tall
    if width > room - indent:
        width, height = room - indent, (room - indent) / signature.aspect

    def draw(pen: Pen, x: float, top: float, _room: float) -> None:
        left = x + indent
        pen.stroke([(left, top + height), (left + width, top + height)], EDGE, 0.5)
        with pen.figure(alt, left, top, width, height):
            for stroke in signature.strokes:
                # A pen that draws as in a mirror must not turn the ink round.
                points = [
                    (left + (1 - across if pen.direction == "R" else across) * width, top + down * height)
                    for across, down, _ in stroke
                ]
                if len(points) > 1:
                    pen.stroke(points, INK, _INK)
                elif points:
                    pen.circle(*points[0], _INK / 2, fill=INK)

    return Drawing(height + 4, draw)
