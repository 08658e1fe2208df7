"""A few kinds of blocks that papers are made of. Lengths are points."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from needlelog.documents.emphasis import emphasised, unmarked
from needlelog.documents.fonts import Face
from needlelog.documents.lines import Direction, Line, Span, break_lines, reads_both_ways
from needlelog.documents.pen import HAIRLINE, INK, TINT, Pen

BETWEEN = " · "
"""Stands between facts in one line."""


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


NEVER_CUT = 8
"""A text of no more lines goes over to the next page as a whole."""


@dataclass
class _PlacedText(Placed):
    lines: list[Line]
    style: Style
    width: float
    sticky: bool = False
    said: str = ""
    """The whole text in reading order, of each part of it too."""

    language: str = ""
    key: object = None
    """The same for all parts of a text that was cut."""

    def __post_init__(self) -> None:
        self.height = len(self.lines) * self.style.size * self.style.leading

    def draw(self, pen: Pen, x: float, top: float) -> None:
        if not any(line.runs for line in self.lines):
            return
        pen.begin(self.style.role, self.key, self.said, self.language, reordered=reads_both_ways(self.said))
        size = self.style.size
        step = size * self.style.leading
        # Capital height is close to 0.71 em in both families: centre the capitals in their line.
        baseline = top + step / 2 + 0.357 * size
        for line in self.lines:
            pen.line_of_text(line, x + self._indent(line, pen.direction), baseline, size)
            baseline += step
        pen.end()

    def _indent(self, line: Line, paper: Direction) -> float:
        align = self.style.align
        if align != "centre" and (align == "end") == (line.direction != paper):
            return 0
        free = self.width - line.width * self.style.size
        return free / 2 if align == "centre" else free

    def split(self, room: float) -> tuple[Placed, Placed] | None:
        return self._cut(room) if len(self.lines) > NEVER_CUT else None

    def forced(self, room: float) -> tuple[Placed, Placed] | None:
        return self._cut(room)

    def _cut(self, room: float) -> tuple[Placed, Placed] | None:
        """At least two lines on either side."""
        fitting = min(int(room / (self.style.size * self.style.leading)), len(self.lines) - 2)
        if fitting < 2:
            return None
        first = replace(self, lines=self.lines[:fitting], sticky=False, key=self.key or object())
        return first, replace(first, lines=self.lines[fitting:])


@dataclass
class Text(Block):
    """Plain text, or spans of it. ``base`` is the direction; without it the first letter decides.

    On a paper from right to left it is from right to left, unless it is somebody's ``own`` text.
    """

    content: str | Sequence[Span]
    style: Style = Style()
    base: Direction | None = None
    sticky: bool = False
    own: bool = False
    language: str = ""
    """The language of this text, where it is not the paper's."""

    def place(self, width: float) -> Placed:
        spans = (
            [Span(self.content, self.style.face, self.style.colour)] if isinstance(self.content, str) else self.content
        )
        spans = [piece for span in spans for piece in emphasised(span, self.style.paper)]
        base: Direction | None = "R" if self.style.paper == "R" and not self.own else self.base
        lines = break_lines(spans, width / self.style.size, base)
        said = self.content if isinstance(self.content, str) else "".join([span.text for span in spans])
        return _PlacedText(lines, self.style, width, self.sticky, unmarked(said), self.language)


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


def natural_width(text: str, style: Style) -> float:
    """How wide ``text`` is on one line."""
    base: Direction | None = "R" if style.paper == "R" else None
    return sum(line.width for line in break_lines([Span(text, style.face, style.colour)], _ONE_LINE, base)) * style.size


_ONE_LINE = 10_000.0
"""More em than any text needs."""


def facts(text: str, style: Style) -> Text:
    """Facts joined by middle dots, from left to right, each read in its own direction.

    A date beside a name in Arabic stays a date; one paragraph of both would turn its parts round.
    """
    parts = text.split(BETWEEN)
    if len(parts) == 1 or not reads_both_ways(text):
        return Text(text, style)
    spans: list[Span] = []
    for part in parts:
        if spans:
            spans.append(Span(BETWEEN, style.face, style.colour))
        spans.append(Span(part, style.face, style.colour))
    return Text(spans, style, base="L")


@dataclass
class _PlacedStack(Placed):
    children: list[Placed]
    gap: float
    splittable: bool
    sticky: bool = False

    def __post_init__(self) -> None:
        self.height = sum(child.height for child in self.children) + self.gap * max(0, len(self.children) - 1)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        for child in self.children:
            child.draw(pen, x, top)
            top += child.height + self.gap

    def split(self, room: float) -> tuple[Placed, Placed] | None:
        if not self.splittable:
            return None
        used, count = 0.0, 0
        for child in self.children:
            if used + child.height > room:
                break
            used += child.height + self.gap
            count += 1
        first, rest = self.children[:count], self.children[count:]
        if rest and (pieces := rest[0].split(room - used)):
            first, rest = [*first, pieces[0]], [pieces[1], *rest[1:]]
        while first and first[-1].sticky:
            rest.insert(0, first.pop())
        if not first or not rest:
            return None
        return _PlacedStack(first, self.gap, True), _PlacedStack(rest, self.gap, True)

    def forced(self, room: float) -> tuple[Placed, Placed] | None:
        return _PlacedStack(self.children, self.gap, True).split(room)


@dataclass
class Stack(Block):
    """Blocks below one another; cut between pages only if ``splittable``."""

    children: Sequence[Block]
    gap: float = 0
    splittable: bool = False
    sticky: bool = False

    def place(self, width: float) -> Placed:
        return _PlacedStack([child.place(width) for child in self.children], self.gap, self.splittable, self.sticky)


@dataclass
class _PlacedRow(Placed):
    cells: list[tuple[float, Placed]]
    centred: bool

    def __post_init__(self) -> None:
        self.height = max((cell.height for _, cell in self.cells), default=0)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        for offset, cell in self.cells:
            cell.draw(pen, x + offset, top + ((self.height - cell.height) / 2 if self.centred else 0))

    def forced(self, room: float) -> tuple[Placed, Placed] | None:
        upper: list[tuple[float, Placed]] = []
        lower: list[tuple[float, Placed]] = []
        for offset, cell in self.cells:
            pieces = (cell, _PlacedGap(0)) if cell.height <= room else cell.forced(room)
            if pieces is None:
                return None
            upper.append((offset, pieces[0]))
            lower.append((offset, pieces[1]))
        return _PlacedRow(upper, centred=False), _PlacedRow(lower, centred=False)


@dataclass
class Row(Block):
    """Blocks side by side. ``widths`` are points; None shares what is left."""

    cells: Sequence[Block]
    widths: Sequence[float | None]
    gap: float = 0
    centred: bool = False

    def place(self, width: float) -> Placed:
        fixed = [each for each in self.widths if each is not None]
        free = width - self.gap * (len(self.cells) - 1) - sum(fixed)
        share = free / max(1, len(self.widths) - len(fixed))
        placed: list[tuple[float, Placed]] = []
        offset = 0.0
        for cell, each in zip(self.cells, self.widths, strict=True):
            own = share if each is None else each
            placed.append((offset, cell.place(own)))
            offset += own + self.gap
        return _PlacedRow(placed, self.centred)


@dataclass
class Lower(Block):
    """The lower of two ways to say the same; the first where it is no taller than ``enough``."""

    first: Block
    other: Block
    enough: float = 0

    def place(self, width: float) -> Placed:
        first = self.first.place(width)
        if first.height <= self.enough:
            return first
        other = self.other.place(width)
        return other if other.height < first.height else first


@dataclass
class _PlacedGroup(Placed):
    group: Group
    inner: Placed
    key: object

    def __post_init__(self) -> None:
        self.height, self.sticky = self.inner.height, self.inner.sticky

    def draw(self, pen: Pen, x: float, top: float) -> None:
        with pen.group(self.group.role, self.key, self.group.scope):
            self.inner.draw(pen, x, top)

    def split(self, room: float) -> tuple[Placed, Placed] | None:
        return self._cut(self.inner.split(room))

    def forced(self, room: float) -> tuple[Placed, Placed] | None:
        return self._cut(self.inner.forced(room))

    def _cut(self, pieces: tuple[Placed, Placed] | None) -> tuple[Placed, Placed] | None:
        if pieces is None:
            return None
        first = replace(self, inner=pieces[0], key=self.key or object())
        return first, replace(first, inner=pieces[1])


@dataclass
class Group(Block):
    """A block whose parts belong together when the paper is read aloud: a list, a table, a row or a cell of one.

    Groups with the same ``key`` are one, however far apart their blocks are laid out.
    """

    role: Literal["L", "Table", "TR", "TH", "TD"]
    child: Block
    key: object = None
    scope: Literal["", "Row", "Column"] = ""
    """What a cell is the heading of."""

    def place(self, width: float) -> Placed:
        return _PlacedGroup(self, self.child.place(width), self.key)


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


@dataclass
class _PlacedPanel(Placed):
    inner: Placed
    width: float
    panel: Panel

    def __post_init__(self) -> None:
        self.height = self.inner.height + 2 * self.panel.pad_y

    def draw(self, pen: Pen, x: float, top: float) -> None:
        panel = self.panel
        half = panel.line / 2 if panel.edge else 0
        pen.rectangle(
            x + half,
            top + half,
            self.width - 2 * half,
            self.height - 2 * half,
            fill=panel.fill,
            edge=panel.edge,
            line=panel.line,
            radius=panel.radius,
        )
        self.inner.draw(pen, x + panel.pad_x, top + panel.pad_y)

    def forced(self, room: float) -> tuple[Placed, Placed] | None:
        pieces = self.inner.forced(room - 2 * self.panel.pad_y)
        return (replace(self, inner=pieces[0]), replace(self, inner=pieces[1])) if pieces else None


@dataclass
class Panel(Block):
    """A block in a box."""

    child: Block
    pad_x: float = 14
    pad_y: float = 11
    fill: str | None = TINT
    edge: str | None = None
    line: float = 1.5
    radius: float = 8

    def place(self, width: float) -> Placed:
        return _PlacedPanel(self.child.place(width - 2 * self.pad_x), width, self)
