"""The second part of the aftercare sheet: what is normal, when to call, what was done, and what comes next."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from needlelog.clock import local
from needlelog.documents import icons, tables
from needlelog.documents.aftercare_content import AftercareSheet
from needlelog.documents.call_box import CallBox
from needlelog.documents.fonts import Face
from needlelog.documents.layout import Block, Drawing, Group, Panel, Row, Stack, Text, natural_width
from needlelog.documents.lines import Span, direction_of
from needlelog.documents.pen import MUTED, Pen
from needlelog.documents.sheet_style import SheetStyle
from needlelog.documents.zone_picture import picture_beside
from needlelog.i18n import Words
from needlelog.rules.aftercare import AftercareItem, bounding_day, local_end

DIARY_DAYS = 7
TICK_BOX = "\u2610"
"""How a box to tick is read aloud."""

SHORT_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
NORMAL_WIDTH, MOST_NORMAL_WIDTH, BESIDE = 214.0, 264.0, 8.0
"""The column that says until when something is normal, at least and at most, and what stays free beside its text."""

CLOSING_WIDTH = 252.0
EMERGENCY_TOPIC = "Emergency"


class AftercareRest:
    """Builds the blocks of the second part."""

    def __init__(self, sheet: AftercareSheet, words: Words, style: SheetStyle) -> None:
        self.sheet = sheet
        self.words = words
        self.style = style
        self.zone = sheet.timeline.time_zone

    def blocks(self) -> list[Block]:
        """From what is normal to the summary."""
        found: list[Block] = []
        sections: tuple[Block | None, ...] = (
            self._normal(),
            self._call(),
            self._treatment(),
            self._note(),
            self._ahead(),
            self._diary() if self.style.with_diary else None,
            self._closing(),
        )
        for section in sections:
            if section is not None:
                found += [self.style.gap(14), section]
        return found

    def _normal(self) -> Block | None:
        items = self.sheet.timeline.normal
        if not items:
            return None
        style = self.style
        by_day: dict[date | None, list[AftercareItem]] = {}
        for item in items:
            by_day.setdefault(local_end(item.window, self.zone), []).append(item)
        rows: list[Block] = []
        told = {day: self.words("until {day}", day=bounding_day(day, self.words)) if day else "" for day in by_day}
        # A day that breaks over two lines is hard to find again.
        widest = max(natural_width(until, style.strong) for until in told.values())
        aside = min(max(NORMAL_WIDTH, widest + BESIDE), MOST_NORMAL_WIDTH)
        for day, held in sorted(by_day.items(), key=lambda pair: pair[0] or date.max):
            until = told[day]
            if style.tight:
                rows.append(style.told(until, running(item.brief for item in held)))
                continue
            said = Text(until, style.strong)
            listed = style.listed([item.brief for item in held], icons.point)
            rows.append(Stack((said, listed)) if style.stacked else Row((said, listed), (aside, None)))
        heading = style.heading_block(self.sheet.texts.normal)
        return Stack((heading, *rows), gap=4 * style.air, splittable=style.cut)

    def _call(self) -> Block:
        sheet, words = self.sheet, self.words
        urgent = [item.brief for item in sheet.timeline.call if item.topic == EMERGENCY_TOPIC]
        if sheet.clinic.emergency_text:
            urgent.append(sheet.clinic.emergency_text)
        if not sheet.emergency_number:
            urgent.insert(0, words("Dial your local emergency number."))
        box = CallBox(sheet.clinic, sheet.texts.call, sheet.texts.scan, words, self.style)
        signs = [item for item in sheet.timeline.call if item.topic != EMERGENCY_TOPIC]
        lists = [[item.brief for item in signs if item.same_day is soon] for soon in (True, False)]
        return box.block(lists, urgent, sheet.emergency_number)

    # what was done

    def _treatment(self) -> Block:
        sheet, style = self.sheet, self.style
        told = Stack((*self._places(), *self._used()))
        by = self.words("by {name}", name=sheet.practitioner)
        pictures = picture_beside(told, sheet.views, sheet.zone_ids, sheet.texts.picture, style)
        return style.titled(sheet.texts.treatment, pictures, by)

    def _places(self) -> list[Block]:
        """Where and how deep, zones of one depth and count named together."""
        words = self.words
        alike: dict[str, list[str]] = {}
        for zone in self.sheet.zones:
            depth = spoken_depth(zone.shallowest_mm, zone.deepest_mm, words)
            passes = words.plural(
                "{depth}, {count}\u00a0pass", "{depth}, {count}\u00a0passes", zone.passes, depth=depth
            )
            alike.setdefault(passes, []).append(zone.name)
        return [self.style.pair(" · ".join(names), passes) for passes, names in alike.items()]

    def _used(self) -> list[Block]:
        """What touched the skin, with its lot: below one another, or as running text where room is scarce."""
        words, style = self.words, self.style
        if not style.running:
            return [
                style.pair(each.name, words("lot\u00a0{lot}", lot=each.lot) if each.lot else "")
                for each in self.sheet.materials
            ]
        spans: list[Span] = []
        for each in self.sheet.materials:
            # A blank within a name would stand on its far side where a name from the left is read from the right.
            spans += [Span("  "), Span(each.name)] if spans else [Span(each.name)]
            spans += [Span(" "), Span(words("lot\u00a0{lot}", lot=each.lot), colour=MUTED)] if each.lot else []
        return [Text(spans, style.body, base="L")] if spans else []

    def _note(self) -> Block | None:
        note, style = self.sheet.note, self.style
        if not note:
            return None
        if direction_of(note) != style.direction:
            return style.titled(self.words("A note for you"), Text(note, style.body, own=True))
        return Text([Span(self.words("A note for you: "), Face.BOLD), Span(note)], style.body, base="L")

    # what comes next

    def _ahead(self) -> Block | None:
        sheet, style = self.sheet, self.style
        lines: list[Block] = []
        if sheet.timeline.results:
            lines.append(style.item(running(item.text for item in sheet.timeline.results), icons.point))
        lines += [style.item(line, icons.leave) for line in self._left_before()]
        lines += [style.item(one.brief, icons.do) for one in sheet.preparing if one.kind == "do"]
        visit: tuple[Span, ...] = ()
        if sheet.next_visit_at:
            # What to mind before it stands below it: without its day nobody could tell what that is for.
            visit = (
                Span(f"{self.words('Your next visit')}  ", colour=MUTED),
                Span(style.moment(sheet.next_visit_at, self.zone), Face.BOLD),
            )
        if not lines and not visit:
            return None
        heading = style.heading_block(sheet.texts.ahead, visit)
        listed = Group("L", Stack(lines, gap=1.5 * style.air, splittable=style.cut))
        return Stack((heading, listed), gap=1.5 * style.air, splittable=style.cut)

    def _left_before(self) -> list[str]:
        """What to leave before the next visit, one line a day from which it is left."""
        by_day: dict[date, list[str]] = {}
        for one in self.sheet.preparing:
            if one.kind == "leave" and one.day is not None:
                by_day.setdefault(one.day, []).append(one.brief)
        words = self.words
        return [
            words("From {day} on: no {things}.", day=bounding_day(day, words), things=words(", ").join(things))
            for day, things in by_day.items()
        ]

    def _closing(self) -> Block | None:
        """The three lines to remember, and beside them what is for home."""
        sheet, style, words = self.sheet, self.style, self.words
        home: Block | None = None
        if sheet.home_products:
            products = [Span(words("For home: "), colour=MUTED), Span(words(", ").join(sheet.home_products))]
            home = Text(products, style.body, base="L")
        if not style.summed:
            return home
        short: Block = Stack([Text(line, style.body) for line in sheet.texts.summary_lines])
        if home and style.large:
            short = Stack((home, style.gap(8), short))
        elif home:
            short = Row((short, home), (None, CLOSING_WIDTH), gap=12)
        return Panel(short, pad_x=14, pad_y=9 * max(style.air, 0.5))

    def _diary(self) -> Block:
        style, words = self.style, self.words
        visit = local(self.sheet.timeline.ended_at, self.zone).date()
        days = [visit + timedelta(days=after) for after in range(1, DIARY_DAYS + 1)]
        cell = 48.0 if style.large else 53.0
        widths: list[float | None] = [None, *[cell] * DIARY_DAYS]
        text = "{weekday}\n{day}" if style.large else "{weekday} {day}"
        named = [words(text, weekday=words(SHORT_DAYS[day.weekday()]), day=day.day) for day in days]
        labels = [Text(name, style.quiet.but(align="centre")) for name in named]
        table = object()
        rows = [tables.headings(table, (Text(self.sheet.texts.diary, style.strong), *labels), widths, centred=True)]
        boxes = [Drawing(20, _tick_box)] * DIARY_DAYS
        for text in self.sheet.texts.diary_rows:
            rows.append(tables.row(table, (Text(text, style.body), *boxes), widths, centred=True))
        return Stack(rows, gap=2 * style.air)


def _tick_box(pen: Pen, x: float, top: float, width: float) -> None:
    pen.begin("P", None, TICK_BOX, reordered=True)
    icons.put(icons.tick_box, pen, x + width / 2, top + 10, 14)
    pen.end()


def running(sentences: Iterable[str]) -> str:
    """Sentences one after the other: with a blank between them, but for those that end in the full width of a line."""
    told = ""
    for sentence in sentences:
        told += f" {sentence}" if told and unicodedata.east_asian_width(told[-1]) not in "WF" else sentence
    return told


def spoken_depth(shallowest_mm: Decimal, deepest_mm: Decimal, words: Words) -> str:
    """A depth, or the span between two, without needless zeros: ``0.5 mm``, ``0.5 to 0.75 mm``."""
    deepest = words.number(deepest_mm)
    if shallowest_mm == deepest_mm:
        return words("{depth}\u00a0mm", depth=deepest)
    return words("{from_depth} to {depth}\u00a0mm", from_depth=words.number(shallowest_mm), depth=deepest)
