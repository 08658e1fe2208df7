"""Small drawn signs for paper. Each differs in shape, so that it reads without colour."""

from __future__ import annotations

from needlelog.documents.pen import ACCENT, INK, WHITE, Pen, Stamp


def put(icon: Stamp, pen: Pen, x: float, y: float, size: float) -> None:
    """``icon`` around (``x``, ``y``), kept once in the file however often it recurs."""
    pen.stamp(icon.__name__, size, icon, x, y)


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


def ask(pen: Pen, x: float, y: float, size: float) -> None:
    """A ring with a question mark around (``x``, ``y``): ask first."""
    pen.circle(x, y, size / 2, edge=ACCENT, width=size * 0.1)
    hook = [
        (-0.15, -0.13),
        (-0.1, -0.22),
        (0.0, -0.26),
        (0.11, -0.22),
        (0.15, -0.12),
        (0.09, -0.03),
        (0.0, 0.04),
        (0, 0.11),
    ]
    pen.stroke([(x + across * size, y + down * size) for across, down in hook], ACCENT, size * 0.11)
    pen.circle(x, y + size * 0.26, size * 0.065, fill=ACCENT)


def ask_from_right(pen: Pen, x: float, y: float, size: float) -> None:
    """The same with the question mark as it is written in Arabic script."""
    ask(pen.mirrored_around(x), x, y, size)


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


def stop(pen: Pen, x: float, y: float, size: float) -> None:
    """A station on the rail of the timeline."""
    pen.circle(x, y, size / 2, fill=ACCENT)
    pen.circle(x, y, size / 5, fill=WHITE)
