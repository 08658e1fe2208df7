"""The foot of each page of a sheet for a client: who, when, which page, so that a lost page finds its way back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from needlelog.documents.fonts import Face
from needlelog.documents.layout import Placed, Row, Style, Text
from needlelog.documents.lines import Span
from needlelog.documents.paper_file import CONTENT_WIDTH
from needlelog.documents.pen import HAIRLINE, INK, MUTED, Pen
from needlelog.i18n import Words
from needlelog.rules.aftercare import dated

GAP = 8.0
"""Between the content and the foot, in points."""

MOST_LINES, LONGEST_NAME = 2, 36
"""How many lines a name may take at the foot of each page, and what is left of one that needs more, in letters."""


def spoken_date(day: date, words: Words) -> str:
    """A date in full words with its year: ``20 November 2026``."""
    return dated("{day} {month} {year}", day, words, year=day.year)


@dataclass(frozen=True, slots=True)
class Whose:
    """The client a sheet belongs to."""

    name: str
    birth_date: date
    label: str


class SheetFooter:
    """Drawn on every page."""

    def __init__(self, whose: Whose, about: str, words: Words, *, large: bool = False) -> None:
        self._words = words
        self._about = about
        self._style = Style(size=14 if large else 12, colour=MUTED, paper="R" if words.right_to_left else "L")
        identity = words(" · born {birth} · {number}", birth=spoken_date(whose.birth_date, words), number=whose.label)
        self._who = self._placed(whose.name, identity)
        if self._who.height > MOST_LINES * self._style.size * self._style.leading:
            # The whole name stands at the head of the sheet; here birth date and number are as good.
            self._who = self._placed(f"{whose.name[:LONGEST_NAME].rstrip()}…", identity)
        self.height = self._who.height + self._style.size * self._style.leading + 7

    def _placed(self, name: str, identity: str) -> Placed:
        who = [Span(name, Face.BOLD, INK), Span(identity, colour=MUTED)]
        return Text(who, self._style, base="L").place(CONTENT_WIDTH)

    def draw(self, pen: Pen, left: float, bottom: float, page: int, pages: int) -> None:
        """Draw it above ``bottom``."""
        top = bottom - self.height
        pen.stroke([(left, top), (left + CONTENT_WIDTH, top)], HAIRLINE, 0.75)
        self._who.draw(pen, left, top + 7)
        number = self._words("Page {page} of {pages}", page=page, pages=pages)
        line = Row((Text(self._about, self._style), Text(number, self._style.but(align="end"))), (None, 100))
        line.place(CONTENT_WIDTH).draw(pen, left, top + 7 + self._who.height)
