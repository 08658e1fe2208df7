"""Blocks below one another, side by side, in boxes and groups; the door to every kind of block. Lengths are points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from needlelog.documents.block import Block, Bound, Drawing, Placed, Style, gap, rule
from needlelog.documents.pen import TINT, Pen
from needlelog.documents.text_block import BETWEEN, Text, facts, natural_width

__all__ = [
    "BETWEEN",
    "Block",
    "Bound",
    "Drawing",
    "Group",
    "Lower",
    "Panel",
    "Placed",
    "Row",
    "Stack",
    "Style",
    "Text",
    "facts",
    "gap",
    "natural_width",
    "rule",
]


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
            pieces = (cell, gap(0).place(0)) if cell.height <= room else cell.forced(room)
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
