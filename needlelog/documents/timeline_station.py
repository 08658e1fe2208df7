"""A station of the timeline on an aftercare sheet: from when until when on its rail, and what holds meanwhile."""

from __future__ import annotations

from dataclasses import dataclass

from needlelog.documents import icons
from needlelog.documents.layout import Block, Placed
from needlelog.documents.pen import HAIRLINE, Pen

WHEN_WIDTH = 159.0


@dataclass
class _PlacedStation(Placed):
    when: Placed
    items: Placed
    last: bool
    below: float

    def __post_init__(self) -> None:
        self.height = max(self.when.height, self.items.height) + (0 if self.last else self.below)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        self.when.draw(pen, x, top)
        rail, dot = x + WHEN_WIDTH + 8, top + 9.2
        if not self.last:
            pen.stroke([(rail, dot + 9), (rail, top + self.height)], HAIRLINE, 2)
        icons.put(icons.stop, pen, rail, dot, 10)
        self.items.draw(pen, x + WHEN_WIDTH + 24, top)


@dataclass
class Station(Block):
    """A station of the timeline: its time on the left, a dot on the rail, and what holds on the right."""

    when: Block
    items: Block
    last: bool
    below: float

    def place(self, width: float) -> Placed:
        return _PlacedStation(
            self.when.place(WHEN_WIDTH), self.items.place(width - WHEN_WIDTH - 24), self.last, self.below
        )
