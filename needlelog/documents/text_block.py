"""A text as a block: broken into lines, drawn line by line, and cut between pages where it is long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from needlelog.documents.block import PLAIN, Block, Placed, Style
from needlelog.documents.emphasis import emphasised, unmarked
from needlelog.documents.lines import Direction, Line, Span, break_lines, reads_both_ways
from needlelog.documents.pen import Pen

BETWEEN = " · "
"""Stands between facts in one line."""

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
    style: Style = PLAIN
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


def natural_width(text: str, style: Style) -> float:
    """How wide ``text`` is on one line."""
    spans, base = [Span(text, style.face, style.colour)], style.paper if style.paper == "R" else None
    return sum(line.width for line in break_lines(spans, _ONE_LINE, base)) * style.size


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
