"""A station of the timeline on an aftercare sheet: from when until when on its rail, and what holds meanwhile."""

from __future__ import annotations

from dataclasses import dataclass

from needlelog.documents import icons
from needlelog.documents.layout import Block, Placed
from needlelog.documents.pen import HAIRLINE, Pen

WHEN_WIDTH = 159.0
"""At 14 pt."""


@dataclass
class _PlacedStation(Placed):
    when: Placed
    items: Placed
    last: bool
    below: float
    scale: float
    stacked: bool

    def __post_init__(self) -> None:
        both = (self.when.height, self.items.height)
        self.height = (sum(both) if self.stacked else max(both)) + (0 if self.last else self.below)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        aside = 0 if self.stacked else WHEN_WIDTH * self.scale
        rail, dot = x + aside + 8 * self.scale, top + 9.2 * self.scale
        self.when.draw(pen, x + (24 * self.scale if self.stacked else 0), top)
        if not self.last:
            pen.stroke([(rail, dot + 9 * self.scale), (rail, top + self.height)], HAIRLINE, 2)
        icons.put(icons.stop, pen, rail, dot, 10 * self.scale)
        self.items.draw(pen, x + aside + 24 * self.scale, top + (self.when.height if self.stacked else 0))


@dataclass
class Station(Block):
    """A station of the timeline: its time on the left, a dot on the rail, and what holds on the right.

    ``stacked`` puts the time above what holds, where large print leaves no room for two columns.
    """

    when: Block
    items: Block
    last: bool
    below: float
    scale: float = 1
    stacked: bool = False

    def place(self, width: float) -> Placed:
        rail = 24 * self.scale
        aside = WHEN_WIDTH * self.scale
        when = self.when.place(width - rail if self.stacked else aside)
        items = self.items.place(width - rail - (0 if self.stacked else aside))
        return _PlacedStation(when, items, self.last, self.below, self.scale, self.stacked)
