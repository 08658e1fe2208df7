"""Numbers in a picture of zones that lie close together."""

from __future__ import annotations

from itertools import combinations
from math import dist

from needlelog.documents.numbers import apart


def test_the_numbers_never_cover_one_another() -> None:
    crowded = [(10.0, 10.0), (10.0, 10.0), (14.0, 12.0), (60.0, 60.0)]
    placed = apart(crowded, 17)
    assert placed[3] == crowded[3]
    assert all(dist(one, other) >= 16.5 for one, other in combinations(placed, 2))
