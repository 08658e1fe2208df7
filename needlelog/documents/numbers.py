"""Where the numbers of zones stand in a small picture, so that none covers another."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot

Point = tuple[float, float]

_ROUNDS = 40


def apart(points: Sequence[Point], least: float) -> list[Point]:
    """The points, those nearer to one another than ``least`` pushed from one another until they are not."""
    placed = list(points)
    for _ in range(_ROUNDS):
        moved = False
        for one in range(len(placed)):
            for other in range(one):
                (x, y), (other_x, other_y) = placed[one], placed[other]
                across, down = x - other_x, y - other_y
                far = hypot(across, down)
                if far >= least - 0.01:
                    continue
                if far < 0.01:
                    across, down, far = 0.0, 1.0, 1.0
                    push = least / 2
                else:
                    push = (least - far) / 2
                step_x, step_y = across / far * push, down / far * push
                placed[one], placed[other] = (x + step_x, y + step_y), (other_x - step_x, other_y - step_y)
                moved = True
        if not moved:
            break
    return placed
