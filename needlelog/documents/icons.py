"""Small drawn signs for paper. Each differs in shape, so that it reads without colour."""

from __future__ import annotations

from needlelog.documents.layout import ACCENT, INK, WHITE, Pen


def leave(pen: Pen, x: float, y: float, size: float) -> None:
    """A ring with a cross around (``x``, ``y``): do not."""
    arm = size * 0.2
    pen.circle(x, y, size / 2, edge=INK, width=size * 0.1)
    pen.stroke([(x - arm, y - arm), (x + arm, y + arm)], INK, size * 0.12)
    pen.stroke([(x - arm, y + arm), (x + arm, y - arm)], INK, size * 0.12)


def do(pen: Pen, x: float, y: float, size: float) -> None:
    """A filled disc with a tick: do."""
    pen.circle(x, y, size / 2, fill=ACCENT, edge=ACCENT, width=size * 0.1)
    pen.stroke(
        [(x - size * 0.24, y + size * 0.01), (x - size * 0.07, y + size * 0.19), (x + size * 0.25, y - size * 0.18)],
        WHITE,
        size * 0.13,
    )


def point(pen: Pen, x: float, y: float, size: float) -> None:
    """A small dot before an item of a list."""
    pen.circle(x, y, size * 0.17, fill=ACCENT)


def warning(pen: Pen, x: float, y: float, size: float) -> None:
    """A triangle with an exclamation mark: a sign to call about."""
    half = size * 0.56
    top, bottom = y - size * 0.5, y + size * 0.44
    pen.stroke([(x, top), (x + half, bottom), (x - half, bottom)], INK, size * 0.1, closed=True)
    pen.stroke([(x, y - size * 0.16), (x, y + size * 0.1)], INK, size * 0.12)
    pen.circle(x, y + size * 0.28, size * 0.07, fill=INK)


def tick_box(pen: Pen, x: float, y: float, size: float) -> None:
    """An empty box to tick with a pen."""
    pen.rectangle(x - size / 2, y - size / 2, size, size, edge=INK, line=1.1, radius=3)


def phone(pen: Pen, x: float, y: float, size: float, colour: str = WHITE) -> None:
    """A telephone handset in a disc."""
    pen.circle(x, y, size / 2, fill=ACCENT)
    radius = size * 0.42
    pen.arc(x + size * 0.16, y - size * 0.16, radius, 180 + 14, 62, colour, size * 0.1)
    for dx, dy in ((-0.24, -0.2), (0.2, 0.24)):
        pen.stroke(
            [(x + size * (dx - 0.03), y + size * (dy + 0.03)), (x + size * (dx + 0.05), y + size * (dy - 0.05))],
            colour,
            size * 0.16,
        )


def calendar(pen: Pen, x: float, y: float, size: float) -> None:
    """A leaf of a calendar."""
    half = size / 2
    pen.rectangle(x - half, y - half * 0.84, size, size * 0.9, edge=ACCENT, line=size * 0.09, radius=size * 0.12)
    pen.stroke([(x - half, y - half * 0.28), (x + half, y - half * 0.28)], ACCENT, size * 0.09)
    for side in (-1, 1):
        pen.stroke(
            [(x + side * half * 0.5, y - half * 1.08), (x + side * half * 0.5, y - half * 0.68)], ACCENT, size * 0.1
        )
    pen.circle(x + half * 0.4, y + half * 0.4, size * 0.1, fill=ACCENT)
