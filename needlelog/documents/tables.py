"""Tables as they are read aloud: each row with its cells, each cell with its heading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from needlelog.documents.layout import Block, Bound, Group, Row, Stack, Style, Text, facts

LABEL_WIDTH, BESIDE = 132.0, 8.0
"""The column of the labels, and what stays free beside it, in points."""


def headings(
    table: object, cells: Sequence[Block], widths: Sequence[float | None], gap: float = 0, *, centred: bool = False
) -> Block:
    """The first row of ``table``, which says what stands in each column."""
    return _row(table, Row([Group("TH", cell, scope="Column") for cell in cells], widths, gap, centred))


def row(
    table: object, cells: Sequence[Block], widths: Sequence[float | None], gap: float = 0, *, centred: bool = False
) -> Block:
    """One more row of ``table``; the first cell is what the row is about."""
    first, *others = cells
    told = [Group("TH", first, scope="Row"), *(Group("TD", each) for each in others)]
    return _row(table, Row(told, widths, gap, centred))


def _row(table: object, cells: Row) -> Block:
    return Group("Table", Group("TR", cells), key=table)


SMALL = 10.0
"""What is said in small letters, in points."""


@dataclass(frozen=True, slots=True)
class Told:
    """A value with what is said below it in small letters, each on lines of its own."""

    text: str
    small: tuple[str, ...] = ()


Value = str | Told
"""What stands beside a label."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """Labels and values below one another, the labels in ``quiet`` and the values in ``body``."""

    quiet: Style
    body: Style

    def rows(self, pairs: Iterable[tuple[str, Value]]) -> Iterator[Block]:
        """A row for each value that is not empty; the values of one label are one cell, which says it once."""
        table, line, cell, last = object(), object(), object(), ""
        for label, value in pairs:
            if not value:
                continue
            again = label == last
            if not again:
                line, cell, last = object(), object(), label
            name = Text("" if again else label, self.quiet)
            told = Group("TD", self._value(value), key=cell)

            def beside(name: Block, told: Block = told, line: object = line) -> Block:
                return Group(
                    "Table", Group("TR", Row((name, told), (LABEL_WIDTH, None), gap=BESIDE), key=line), key=table
                )

            first = name if again else Group("TH", name, scope="Row")
            # A page that begins among the values of one label says once more which.
            once_more = beside(Text(label, self.quiet.but(role=""))) if again else None
            yield Bound(beside(first), run=table, at_top=once_more)

    def _value(self, value: Value) -> Block:
        if isinstance(value, str):
            return facts(value, self.body)
        small = self.quiet.but(size=SMALL)
        return Stack((facts(value.text, self.body), *(facts(one, small) for one in value.small)))
