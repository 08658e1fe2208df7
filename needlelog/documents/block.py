"""What a block is: how it looks, how high it is, and what holds it to others where a page ends. Lengths are points."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

from needlelog.documents.fonts import Face
from needlelog.documents.lines import Direction
from needlelog.documents.pen import HAIRLINE, INK, Pen


@dataclass(frozen=True, slots=True)
class Style:
    """How a text looks; ``size`` in points, ``leading`` as a multiple of it."""

    size: float = 14
    face: Face = Face.REGULAR
    colour: str = INK
    leading: float = 1.3
    align: Literal["start", "centre", "end"] = "start"
    paper: Direction = "L"
    """The direction of the paper: on one from right to left each text is a paragraph from right to left."""

    role: Literal["P", "H1", "H2", "H3", "LBody", ""] = "P"
    """What it is to those who have the paper read aloud: a paragraph, the title, a heading, an item of a list.

    Without one it is not read out: what says once more on a new page what was said before.
    """

    def but(self, **changes: Any) -> Style:
        """The same style with these fields replaced."""
        return replace(self, **changes)


PLAIN = Style()


class Placed(ABC):
    """A block that knows its height; ``split`` cuts it where a page ends. Left is where a line of the paper begins."""

    height: float = 0
    sticky: bool = False
    """A sticky block does not stay behind as the last one of a page."""
    follows: bool = False
    """Such a block does not go over to a page without what stands before it."""
    run: object = None
    """What is the same for all rows of a table, of which no page has a single low one."""
    at_top: Callable[[], Placed] | None = None
    """How it is laid out where a page begins with it, if that is another way."""
    blank: bool = False
    """Empty space, which no page begins with."""

    @abstractmethod
    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw with the top left corner at (``x``, ``top``)."""

    def split(self, room: float) -> tuple[Placed, Placed] | None:
        """What fits into ``room`` and the rest, or None where it cannot be cut."""
        del room
        return None

    def forced(self, room: float) -> tuple[Placed, Placed] | None:
        """The same for a block that is taller than a whole page, and is cut where it would rather not be."""
        return self.split(room)


class Block(ABC):
    """Something that can be placed into a width."""

    @abstractmethod
    def place(self, width: float) -> Placed:
        """This block, laid out into ``width``; raises ``Fault(CHARACTER_NOT_PRINTABLE)``."""


@dataclass
class Bound(Block):
    """A block with what it is bound to where pages end: see ``Placed``."""

    child: Block
    follows: bool = False
    run: object = None
    at_top: Block | None = None

    def place(self, width: float) -> Placed:
        placed = self.child.place(width)
        placed.follows, placed.run = self.follows, self.run
        if self.at_top is not None:
            # Laid out only where it is wanted, which is once a page.
            placed.at_top = replace(self, child=self.at_top, at_top=None)._placer(width)
        return placed

    def _placer(self, width: float) -> Callable[[], Placed]:
        return lambda: self.place(width)


@dataclass
class _PlacedDrawing(Placed):
    tall: float
    width: float
    paint: Callable[[Pen, float, float, float], None]

    def __post_init__(self) -> None:
        self.height = self.tall

    def draw(self, pen: Pen, x: float, top: float) -> None:
        self.paint(pen, x, top, self.width)


@dataclass
class Drawing(Block):
    """A piece of vector drawing; ``paint`` gets pen, left, top and width."""

    height: float
    paint: Callable[[Pen, float, float, float], None]

    def place(self, width: float) -> Placed:
        return _PlacedDrawing(self.height, width, self.paint)


@dataclass
class _PlacedGap(Placed):
    height: float
    blank: bool = True

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Nothing."""


@dataclass
class _Gap(Block):
    height: float

    def place(self, width: float) -> Placed:
        del width
        return _PlacedGap(self.height)


def gap(height: float) -> Block:
    """Empty space."""
    return _Gap(height)


def rule(colour: str = HAIRLINE, width: float = 0.75) -> Drawing:
    """A thin line over the whole width."""
    return Drawing(width, lambda pen, x, top, w: pen.stroke([(x, top), (x + w, top)], colour, width))
