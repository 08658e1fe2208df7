"""What stands at the foot of each page of an aftercare sheet, and how the sheet says days and depths."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from needlelog.clock import local
from needlelog.documents.aftercare_content import AftercareSheet
from needlelog.documents.fonts import Face
from needlelog.documents.layout import Row, Style, Text
from needlelog.documents.lines import Span
from needlelog.documents.pen import CONTENT_WIDTH, HAIRLINE, INK, MUTED, Pen
from needlelog.i18n import Words
from needlelog.rules.aftercare import MONTHS


def spoken_date(day: date, words: Words) -> str:
    """A date in full words with its year: ``20 November 2026``."""
    return words("{day} {month} {year}", day=day.day, month=words(MONTHS[day.month - 1]), year=day.year)


def spoken_depth(shallowest_mm: Decimal, deepest_mm: Decimal, words: Words) -> str:
    """A depth, or the span between two, without needless zeros: ``0.5 mm``, ``0.5 to 0.75 mm``."""
    deepest = f"{deepest_mm.normalize():f}"
    if shallowest_mm == deepest_mm:
        return words("{depth}\u00a0mm", depth=deepest)
    return words("{from_depth} to {depth}\u00a0mm", from_depth=f"{shallowest_mm.normalize():f}", depth=deepest)


class SheetFooter:
    """Who, when, which page: on every page, so that a lost page finds its way back."""

    def __init__(self, sheet: AftercareSheet, words: Words) -> None:
        self._words = words
        self._style = Style(size=14 if sheet.form.large else 12, colour=MUTED)
        identity = words(
            " · born {birth} · {number}", birth=spoken_date(sheet.client_birth_date, words), number=sheet.client_label
        )
        who = [Span(sheet.client_name, Face.BOLD, INK), Span(identity, colour=MUTED)]
        self._who = Text(who, self._style, base="L").place(CONTENT_WIDTH)
        visit = local(sheet.timeline.ended_at, sheet.timeline.time_zone).date()
        self._visit = words(
            "Visit {day} · sheet {version}", day=spoken_date(visit, words), version=sheet.texts.template_version
        )
        self.height = self._who.height + self._style.size * self._style.leading + 7

    def draw(self, pen: Pen, left: float, bottom: float, page: int, pages: int) -> None:
        """Draw it above ``bottom``."""
        top = bottom - self.height
        pen.stroke([(left, top), (left + CONTENT_WIDTH, top)], HAIRLINE, 0.75)
        self._who.draw(pen, left, top + 7)
        number = self._words("Page {page} of {pages}", page=page, pages=pages)
        line = Row((Text(self._visit, self._style), Text(number, self._style.but(align="end"))), (None, 100))
        line.place(CONTENT_WIDTH).draw(pen, left, top + 7 + self._who.height)
