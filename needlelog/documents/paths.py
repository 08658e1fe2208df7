"""Paths in the operators of PDF, y upwards: what recurs on papers and is more than a line."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

_CIRCLE = 0.5523
"""How far along its radius a quarter of a circle pulls as a Bezier curve."""


def rounded(x: float, y: float, width: float, height: float, radius: float) -> str:
    """A rectangle with round corners, anticlockwise from the lower left."""
    right, top, pull = x + width, y + height, radius * (1 - _CIRCLE)
    return (
        f"{x + radius:.3f} {y:.3f} m {right - radius:.3f} {y:.3f} l "
        f"{right - pull:.3f} {y:.3f} {right:.3f} {y + pull:.3f} {right:.3f} {y + radius:.3f} c "
        f"{right:.3f} {top - radius:.3f} l "
        f"{right:.3f} {top - pull:.3f} {right - pull:.3f} {top:.3f} {right - radius:.3f} {top:.3f} c "
        f"{x + radius:.3f} {top:.3f} l "
        f"{x + pull:.3f} {top:.3f} {x:.3f} {top - pull:.3f} {x:.3f} {top - radius:.3f} c "
        f"{x:.3f} {y + radius:.3f} l "
        f"{x:.3f} {y + pull:.3f} {x + pull:.3f} {y:.3f} {x + radius:.3f} {y:.3f} c"
    )


@lru_cache(maxsize=4)
def square_code(text: str) -> tuple[str, int]:
    """The dark squares of a QR code, one unit a square and y downwards, and how many stand in a row."""
    from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

    made: Any = QRCode(None, QRErrorCorrectLevel.M)
    made.addData(text)
    made.make()
    count = made.getModuleCount()
    path: list[str] = []
    for row in range(count):
        start: int | None = None
        for column in range(count + 1):
            dark = column < count and made.isDark(row, column)
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                path.append(f"{start} {row} {column - start} 1 re")
                start = None
    return "\n".join(path), count
