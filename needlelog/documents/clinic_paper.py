"""How the clinic's own papers look, whatever they say: their letters, their headings, and the foot of each page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from needlelog.documents.fonts import Face
from needlelog.documents.layout import Block, Row, Stack, Style, Text, gap, natural_width, rule
from needlelog.documents.lines import Span
from needlelog.documents.paper_file import CONTENT_WIDTH
from needlelog.documents.pen import ACCENT, HAIRLINE, MUTED, Pen
from needlelog.documents.tables import Labelled, Value
from needlelog.domain.client import client_label
from needlelog.i18n import Words, record_date

BODY = Style(size=10.5, leading=1.35)
STRONG = BODY.but(face=Face.BOLD)
QUIET = BODY.but(colour=MUTED)
TITLE = Style(size=20, face=Face.BOLD, leading=1.3, role="H1")
FOOT = 30.0
"""What the foot of a page takes, in points."""

_SMALL = QUIET.but(size=10, leading=1.2)
_PAGE_WIDTH = 90


def letterhead(left: Block, right: Block | None, right_width: float = 130) -> list[Block]:
    """The first line of a paper over its thick rule."""
    return [Row((left, right), (None, right_width)) if right else left, gap(3), rule(ACCENT, 1.5), gap(8)]


def section_heading(title: str, role: Literal["H2", "H3"] = "H2") -> list[Block]:
    """The heading of a part, which stays with what follows it; of a part of a part with the ``role`` H3."""
    named = Text(title, Style(size=12, face=Face.BOLD, role=role))
    return [gap(12), Stack((named, gap(2), rule(), gap(3)), sticky=True)]


def section(
    title: str, rows: Iterable[tuple[str, Value]], words: Words, role: Literal["H2", "H3"] = "H2"
) -> list[Block]:
    """A heading with labelled rows below it, or with the words that nothing was recorded."""
    made = list(Labelled(QUIET, BODY).rows(rows)) or [Text(words("Nothing recorded"), QUIET)]
    return [*section_heading(title, role), *made]


def whose(name: str, born: date, number: int, more: Sequence[str], words: Words) -> list[Span]:
    """Whose paper it is, for its foot: one line, in which a long name is cut."""
    identity = words(" · born {birth} · {number}", birth=record_date(born), number=client_label(number))
    rest = " · ".join((identity, *more))
    small = _SMALL.but(paper="R" if words.right_to_left else "L")
    room = CONTENT_WIDTH - _PAGE_WIDTH - natural_width(rest, small)
    return [Span(_shortened(name, room, small), colour=MUTED), Span(rest, colour=MUTED)]


def _shortened(name: str, room: float, style: Style) -> str:
    width = natural_width(name, style)
    if width <= room:
        return name
    kept = name[: int(len(name) * room / width) + 4]
    while kept and natural_width(f"{kept}…", style) > room:
        kept = kept[:-1]
    return f"{kept}…"


def draw_foot(
    pen: Pen, left: float, bottom: float, told: str | Sequence[Span], page: str, style: Style = QUIET
) -> None:
    """One line under a rule: what is ``told`` of the paper, and which ``page`` of how many it is."""
    small = style.but(size=_SMALL.size, leading=_SMALL.leading)
    pen.stroke([(left, bottom - 18), (left + CONTENT_WIDTH, bottom - 18)], HAIRLINE, 0.75)
    row = Row((Text(told, small, base="L"), Text(page, small.but(align="end"))), (None, _PAGE_WIDTH))
    row.place(CONTENT_WIDTH).draw(pen, left, bottom - 13)
