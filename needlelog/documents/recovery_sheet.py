"""The recovery key on paper: the one way in when every passphrase is forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from needlelog.clock import local
from needlelog.documents.fonts import Face
from needlelog.documents.layout import Block, Drawing, Panel, Row, Stack, Style, Text, gap, rule
from needlelog.documents.lines import Span, break_lines
from needlelog.documents.pages import flow
from needlelog.documents.paper_file import CONTENT_HEIGHT, CONTENT_WIDTH, PaperInfo, paint
from needlelog.documents.pen import ACCENT, HAIRLINE, INK, MUTED, Pen
from needlelog.domain.clinic import Clinic
from needlelog.i18n import Words, record_date, record_time

TEMPLATE_VERSION = "recovery 1.0"
KEY_SIZE = 27.0
CELL = 26.0
GROUPS_A_LINE = 3
BODY = Style(size=14, leading=1.4)


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """The key in the groups in which it is read and typed, and whose it is."""

    clinic: Clinic
    groups: tuple[str, ...]
    made_at: datetime


def make_recovery_sheet(sheet: RecoverySheet, words: Words) -> bytes:
    """The printed recovery key as PDF. Nothing but the key lies on it that could open the data.

    Raises ``Fault(CHARACTER_NOT_PRINTABLE)``.
    """
    at = local(sheet.made_at, sheet.clinic.time_zone)
    made = words("Made {day} {time}", day=record_date(at.date()), time=record_time(at))
    steps = (
        words("Keep this page locked away, apart from the computer, for example in the clinic's safe."),
        words("It opens all records when every passphrase is forgotten. Whoever holds it can read them."),
        words("On the unlock screen choose “Use the recovery key” and type the groups in their order."),
        words("Capital or small letters, blanks and dashes make no difference."),
        words("When you make a new recovery key, destroy this page."),
    )
    blocks: list[Block] = [
        Text(sheet.clinic.name, BODY.but(face=Face.BOLD, colour=ACCENT)),
        gap(4),
        rule(ACCENT, 1.5),
        gap(22),
        Text(words("Recovery key"), Style(size=30, face=Face.BOLD, leading=1.2, role="H1")),
        gap(4),
        Text(made, BODY.but(colour=MUTED)),
        gap(24),
        Panel(_key(sheet.groups), pad_x=18, pad_y=22, edge=INK, line=2, fill=None),
        gap(26),
        Stack([_step(number, step) for number, step in enumerate(steps, start=1)], gap=9),
    ]

    def footer(pen: Pen, left: float, bottom: float, page: int, pages: int) -> None:
        pen.stroke([(left, bottom - 24), (left + CONTENT_WIDTH, bottom - 24)], HAIRLINE, 0.75)
        said = words("{version} · page {page} of {pages}", version=TEMPLATE_VERSION, page=page, pages=pages)
        Text(said, Style(size=12, colour=MUTED)).place(CONTENT_WIDTH).draw(pen, left, bottom - 17)

    info = PaperInfo(
        size=sheet.clinic.page_size,
        title=words("Recovery key"),
        author=sheet.clinic.name,
        language=sheet.clinic.language,
        made_at=sheet.made_at,
        subject=TEMPLATE_VERSION,
    )
    return paint(info, flow(blocks, CONTENT_HEIGHT - 32), footer)


def _step(number: int, text: str) -> Block:
    return Row((Text(f"{number}.", BODY.but(face=Face.BOLD)), Text(text, BODY)), (24, None))


def _key(groups: Sequence[str]) -> Block:
    """The groups in cells of one width, so that each character stands clear of the next."""
    rows = [groups[start : start + GROUPS_A_LINE] for start in range(0, len(groups), GROUPS_A_LINE)]
    height = 52.0
    # Lines are broken here, before anything is drawn, so that a missing glyph is refused in time.
    glyphs = {
        character: break_lines([Span(character, Face.BOLD, INK)], 10)[0] for group in groups for character in group
    }

    def draw(pen: Pen, x: float, top: float, width: float) -> None:
        pen.begin("P", tuple(groups), " ".join(groups))
        longest = max((len(group) for group in groups), default=1)
        column = width / GROUPS_A_LINE
        cell = min(CELL, (column - 14) / longest)
        size = KEY_SIZE * cell / CELL
        for line, row in enumerate(rows):
            baseline = top + line * height + height / 2 + 0.357 * size
            for place, group in enumerate(row):
                start = x + place * column + (column - cell * len(group)) / 2
                for index, character in enumerate(group):
                    glyph = glyphs[character]
                    left = start + index * cell + (cell - glyph.width * size) / 2
                    pen.line_of_text(glyph, left, baseline, size)
        pen.end()

    return Drawing(height * len(rows), draw)
