"""The sheet that tells a client what to do, leave, ask and call about before the next visit, day by day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from needlelog.clock import local
from needlelog.documents import icons
from needlelog.documents.call_box import CallBox
from needlelog.documents.fitting import most_generous
from needlelog.documents.layout import Block, Drawing, Group, Panel, Row, Stack, Style, Text
from needlelog.documents.lines import lines_remembered
from needlelog.documents.pages import flow
from needlelog.documents.paper_file import PaperInfo, paint, tallest
from needlelog.documents.pen import Pen
from needlelog.documents.preparation_texts import PreparationTexts
from needlelog.documents.sheet_footer import GAP, SheetFooter, Whose, spoken_date
from needlelog.documents.sheet_style import DENSITIES, Density, SheetStyle
from needlelog.documents.zone_picture import picture_beside
from needlelog.domain.clinic import Clinic
from needlelog.domain.papers import SheetForm
from needlelog.errors import Fault, FaultCode
from needlelog.i18n import Words
from needlelog.rules.aftercare import bounding_day, spoken_day
from needlelog.rules.preparation import Advice

PAGE_LIMIT, LARGE_PAGE_LIMIT = 2, 4
ROOMY = DENSITIES[:5]
SIGNS = {"leave": icons.leave, "do": icons.do, "ask": icons.ask}
ARABIC_SIGNS = {**SIGNS, "ask": icons.ask_from_right}


@dataclass(frozen=True, slots=True)
class PreparationSheet:
    """Everything one preparation sheet says. ``visit_at`` is None where no date was agreed."""

    clinic: Clinic
    client_name: str
    client_birth_date: date
    client_label: str
    time_zone: str
    made_at: datetime
    visit_at: datetime | None
    advice: tuple[Advice, ...]
    texts: PreparationTexts
    concerns: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    """By the names people call them."""

    zone_ids: tuple[str, ...] = ()
    views: tuple[str, ...] = ()
    form: SheetForm = field(default_factory=SheetForm)


def make_preparation_sheet(sheet: PreparationSheet, words: Words) -> bytes:
    """The sheet as PDF, at least 14 pt; equal input gives equal bytes.

    Raises ``Fault`` (CHARACTER_NOT_PRINTABLE, PAPER_TOO_LONG).
    """
    size = sheet.form.paper or sheet.clinic.page_size
    limit = LARGE_PAGE_LIMIT if sheet.form.large else PAGE_LIMIT
    made_on = local(sheet.made_at, sheet.time_zone).date()
    about = words("Made {day} · sheet {version}", day=spoken_date(made_on, words), version=sheet.texts.template_version)
    whose = Whose(sheet.client_name, sheet.client_birth_date, sheet.client_label)
    footer = SheetFooter(whose, about, words, large=sheet.form.large)
    room = tallest(size) - footer.height - GAP

    def blocks(density: Density) -> list[Block]:
        style = SheetStyle(words, density, large=sheet.form.large, country=sheet.clinic.country)
        return list(_Blocks(sheet, words, style).all())

    with lines_remembered():
        # As few pages as can be had without cramming.
        fitted = (most_generous(blocks, ROOMY, room, few) for few in range(1, limit + 1))
        pages = next((found for found in fitted if found), []) or most_generous(blocks, DENSITIES, room, limit)
        needed = len(pages or flow(blocks(DENSITIES[-1]), room))
    if needed > limit:
        raise Fault(FaultCode.PAPER_TOO_LONG, pages=limit, needed=needed)
    info = PaperInfo(
        size=size,
        title=words("Before your visit"),
        author=sheet.clinic.name,
        language=sheet.texts.language,
        made_at=sheet.made_at,
        subject=sheet.texts.template_version,
        content_height=tallest(size),
        grey=sheet.form.grey,
        direction="R" if words.right_to_left else "L",
    )
    return paint(info, pages, footer.draw)


class _Blocks:
    """Builds the blocks of one sheet."""

    def __init__(self, sheet: PreparationSheet, words: Words, style: SheetStyle) -> None:
        self.sheet = sheet
        self.words = words
        self.style = style

    def all(self) -> Iterator[Block]:
        """From the head to the summary."""
        sheet, style, texts = self.sheet, self.style, self.sheet.texts
        visit = self.words("Visit: {at}", at=style.moment(sheet.visit_at, sheet.time_zone)) if sheet.visit_at else ""
        yield style.head(sheet.clinic, visit, texts.title, sheet.client_name)
        yield style.gap(12)
        yield style.main(texts.main)
        yield style.gap(14)
        yield style.heading_block(texts.timeline, texts.timeline_note)
        yield from self._days()
        if planned := self._planned():
            yield style.gap(14)
            yield planned
        yield style.gap(14)
        box = CallBox(sheet.clinic, texts.call, texts.scan, self.words, style)
        yield box.block([[one.told for one in sheet.advice if one.kind == "call"]])
        yield style.gap(14)
        yield style.titled(
            texts.ticks, Group("L", Stack([self._tick(row) for row in texts.tick_rows], gap=3 * style.air))
        )
        yield style.gap(12)
        yield Panel(Stack([Text(line, style.body) for line in texts.summary_lines]), pad_x=14, pad_y=9 * style.air)

    def _days(self) -> Iterator[Block]:
        """What begins on each day, then what holds until the visit."""
        style, words = self.style, self.words
        signs = ARABIC_SIGNS if words.language == "ar" else SIGNS
        asked = [one for one in self.sheet.advice if one.kind != "call"]
        begins = list(dict.fromkeys((one.day, one.days_before) for one in asked if one.days_before is not None))
        stretches = [
            (self._begins(day, days or 0), [one for one in asked if (one.day, one.days_before) == (day, days)])
            for day, days in begins
        ]
        until = (
            spoken_day(local(self.sheet.visit_at, self.sheet.time_zone).date(), words) if self.sheet.visit_at else ""
        )
        open_ended = [one for one in asked if one.days_before is None]
        stretches.append(((self.sheet.texts.until, until), open_ended))
        for number, ((title, detail), held) in enumerate(stretch for stretch in stretches if stretch[1]):
            if number:
                yield style.gap(8)
            yield style.band(title, detail)
            yield Stack([style.item(one.told, signs[one.kind]) for one in held], gap=2.5 * style.air)

    def _begins(self, day: date | None, days: int) -> tuple[str, str]:
        before = self.words.plural("{count} day before your visit", "{count} days before your visit", days)
        if day is None:
            return before, ""
        today = local(self.sheet.made_at, self.sheet.time_zone).date()
        if day == today:
            return self.words("From today on"), spoken_day(day, self.words)
        return self.words("From {day} on", day=bounding_day(day, self.words)), before

    def _planned(self) -> Block | None:
        sheet, style = self.sheet, self.style
        told = [Text(" · ".join(names), looks) for names, looks in _told(sheet, style) if names]
        if not told:
            return None
        pictured = picture_beside(Stack(told), sheet.views, sheet.zone_ids, sheet.texts.picture, style)
        return style.titled(sheet.texts.planned, pictured)

    def _tick(self, text: str) -> Block:
        step, scale = self.style.step, self.style.scale

        def sign(pen: Pen, x: float, top: float, _: float) -> None:
            icons.put(icons.tick_box, pen, x + 7 * scale, top + step / 2, 13 * scale)

        said = Text(text, self.style.listed_body)
        return Row((Drawing(step, sign), said), (24 * scale, None))


def _told(sheet: PreparationSheet, style: SheetStyle) -> Iterator[tuple[tuple[str, ...], Style]]:
    yield sheet.concerns, style.strong
    yield sheet.zones, style.body
