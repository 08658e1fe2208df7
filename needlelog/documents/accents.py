"""Where accents and vowel points stand on their letters: by the ink of both, since paper needs no shaping engine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from needlelog.documents.fonts import Font


class Mark(NamedTuple):
    """An accent or vowel point: how far its origin lies right of and above that of its run, in em."""

    character: str
    right: float
    up: float


_AT_RIGHT_END, _AT_LEFT_END = "\u05c1", "\u05c2"
"""The dots of shin and sin stand over an arm of the letter, not over its middle."""


def placed_marks(font: Font, marks: str, letter: tuple[float, float, float, float], at: float) -> Iterator[Mark]:
    """The ``marks`` on a letter that begins at ``at``; its ink is ``letter`` (left, lowest, right, highest), in em."""
    left, lowest, right, highest = letter
    for mark in marks:
        ink = font.outlines.box(ord(mark))
        if ink is None:
            continue
        across = (left + right - ink[0] - ink[2]) / 2
        if mark == _AT_RIGHT_END:
            across = right - ink[2]
        elif mark == _AT_LEFT_END:
            across = left - ink[0]
        up = 0.0
        if ink[1] > _ABOVE:
            up = max(0.0, highest + _CLEAR - ink[1])
            highest = max(highest, ink[3] + up)
        elif ink[3] < _BELOW:
            up = min(0.0, lowest - _CLEAR - ink[3])
            lowest = min(lowest, ink[1] + up)
        yield Mark(mark, at + across, up)


_ABOVE, _BELOW, _CLEAR = 0.4, 0.05, 0.04
"""In em: where marks above begin, where marks below end, and how much paper stays between letter and mark."""
