"""The sheet the client takes home: this visit's real values and the days to come, on at most two pages.

The rules it keeps (plain words, one boxed main message, computed days, 14 pt) come from PEMAT, the CDC Clear
Communication Index and the RNIB clear print guide.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from needlelog.clock import local
from needlelog.documents import icons
from needlelog.documents.aftercare_texts import AftercareTexts, aftercare_texts
from needlelog.documents.fonts import Face
from needlelog.documents.layout import (
    ACCENT,
    CONTENT_HEIGHT,
    CONTENT_WIDTH,
    HAIRLINE,
    INK,
    MUTED,
    Block,
    Drawing,
    Page,
    Panel,
    PaperInfo,
    Pen,
    Placed,
    Row,
    Stack,
    Style,
    Text,
    flow,
    gap,
    paint,
    rule,
)
from needlelog.documents.lines import Span
from needlelog.domain.client import Client
from needlelog.domain.clinic import Clinic
from needlelog.domain.materials import Product
from needlelog.domain.session import ClientAsSigned, SessionDraft
from needlelog.errors import Fault, FaultCode
from needlelog.i18n import Words
from needlelog.knowledge.model import Knowledge
from needlelog.rules.aftercare import (
    MONTHS,
    AftercareGroup,
    AftercareItem,
    Timeline,
    end_of_treatment,
    make_timeline,
    radio_frequency_used,
    spoken_day,
)

PAGE_LIMIT = 2
DIARY_DAYS = 7
SHORT_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

Icon = Callable[[Pen, float, float, float], None]


@dataclass(frozen=True, slots=True)
class TreatedZone:
    """One zone by the name people call it, with its deepest depth and all its passes."""

    name: str
    deepest_mm: Decimal
    passes: int


@dataclass(frozen=True, slots=True)
class AppliedMaterial:
    """What touched the skin, with its lot; ``lot`` is empty where none was recorded."""

    name: str
    lot: str = ""


@dataclass(frozen=True, slots=True)
class AftercareSheet:
    """Everything one aftercare sheet says. Times are moments in UTC, shown in ``timeline.time_zone``."""

    clinic: Clinic
    client_name: str
    client_birth_date: date
    client_label: str
    practitioner: str
    zones: tuple[TreatedZone, ...]
    materials: tuple[AppliedMaterial, ...]
    timeline: Timeline
    texts: AftercareTexts
    emergency_number: str = ""
    next_visit_at: datetime | None = None
    home_products: tuple[str, ...] = ()
    note: str = ""


def sheet_for(
    draft: SessionDraft,
    client: Client | ClientAsSigned,
    clinic: Clinic,
    knowledge: Knowledge,
    products: Mapping[UUID, Product],
    words: Words,
) -> AftercareSheet:
    """The sheet for this visit, from what was recorded. Raises ``Fault(TIME_ZONE_UNKNOWN)``."""
    areas = frozenset(knowledge.zones[zone].area for zone in draft.treated_zones if zone in knowledge.zones)
    timeline = make_timeline(
        knowledge.aftercare.values(),
        ended_at=end_of_treatment(draft),
        time_zone=draft.time_zone,
        areas=areas,
        radio_frequency=radio_frequency_used(draft, products),
        tr=words,
    )
    emergency = next(
        (entry.number for entry in knowledge.emergency_numbers.values() if entry.country == clinic.country), ""
    )
    language = client.language if isinstance(client, Client) else clinic.language
    return AftercareSheet(
        clinic=clinic,
        client_name=client.full_name,
        client_birth_date=client.birth_date,
        client_label=f"C-{client.number:04d}",
        practitioner=draft.practitioner,
        zones=_treated_zones(draft, knowledge, words),
        materials=_applied(draft, words),
        timeline=timeline,
        texts=aftercare_texts(language),
        emergency_number=emergency,
        next_visit_at=draft.aftercare.next_visit_at,
        home_products=draft.aftercare.products,
        note=draft.aftercare.note,
    )


def _treated_zones(draft: SessionDraft, knowledge: Knowledge, words: Words) -> tuple[TreatedZone, ...]:
    treated: list[TreatedZone] = []
    for zone in draft.treated_zones:
        passes = [needling_pass for needling_pass in draft.needling.passes if needling_pass.zone == zone]
        entry = knowledge.zones.get(zone)
        treated.append(
            TreatedZone(
                words(entry.name) if entry else zone,
                max(needling_pass.depth_mm for needling_pass in passes),
                sum(needling_pass.count for needling_pass in passes),
            )
        )
    return tuple(treated)


def _applied(draft: SessionDraft, words: Words) -> tuple[AppliedMaterial, ...]:
    cartridges = [
        AppliedMaterial(words("Needles: {name}", name=each.cartridge or each.device), each.lot)
        for each in draft.needling.passes
    ]
    numbing = [
        AppliedMaterial(f"{each.name} {each.strength}".strip(), each.lot)
        for each in draft.numbing
        if each.on_at is not None
    ]
    used = [AppliedMaterial(use.name, use.lot) for use in (*draft.cleansing.uses,)]
    after = [AppliedMaterial(use.name, use.lot) for use in (*draft.serums, *draft.cooling)]
    return tuple(dict.fromkeys((*used, *numbing, *cartridges, *after)))


def spoken_date(day: date, words: Words) -> str:
    """A date in full words with its year: ``20 November 2026``."""
    return words("{day} {month} {year}", day=day.day, month=words(MONTHS[day.month - 1]), year=day.year)


def spoken_depth(depth_mm: Decimal, words: Words) -> str:
    """A depth without needless zeros: ``0.5 mm``."""
    return words("{depth} mm", depth=f"{depth_mm.normalize():f}")


def make_aftercare_sheet(sheet: AftercareSheet, words: Words) -> bytes:
    """The sheet as PDF, at least 14 pt, on at most two pages; equal input gives equal bytes.

    Raises ``Fault(CHARACTER_NOT_PRINTABLE)`` before anything is drawn, and ``Fault(PAPER_TOO_LONG)``.
    """
    footer = _Footer(sheet, words)
    room = CONTENT_HEIGHT - footer.height - 10
    for air in (1.0, 0.8, 0.6, 0.45, 0.3):
        pages = flow(_Builder(sheet, words, air).blocks(), room)
        if len(pages) <= PAGE_LIMIT:
            return _painted(sheet, words, pages, footer)
    raise Fault(FaultCode.PAPER_TOO_LONG, pages=PAGE_LIMIT)


def _painted(sheet: AftercareSheet, words: Words, pages: Sequence[Page], footer: _Footer) -> bytes:
    info = PaperInfo(
        size=sheet.clinic.page_size,
        title=words("Aftercare"),
        author=sheet.clinic.name,
        language=sheet.texts.language,
        made_at=sheet.timeline.ended_at,
        subject=sheet.texts.template_version,
    )
    return paint(info, pages, footer.draw)


class _Footer:
    """Who, when, which page: on every page, so that a lost page finds its way back."""

    _STYLE = Style(size=12, colour=MUTED, leading=1.3)

    def __init__(self, sheet: AftercareSheet, words: Words) -> None:
        self._sheet = sheet
        self._words = words
        visit = local(sheet.timeline.ended_at, sheet.timeline.time_zone).date()
        who = [
            Span(sheet.client_name, Face.BOLD, INK),
            Span(
                words(
                    " · born {birth} · {number}",
                    birth=spoken_date(sheet.client_birth_date, words),
                    number=sheet.client_label,
                ),
                colour=MUTED,
            ),
        ]
        self._who = Text(who, self._STYLE, base="L").place(CONTENT_WIDTH)
        self._visit = words("Visit {day}", day=spoken_date(visit, words))
        self.height = self._who.height + self._STYLE.size * self._STYLE.leading + 7

    def draw(self, pen: Pen, left: float, bottom: float, page: int, pages: int) -> None:
        words = self._words
        top = bottom - self.height
        pen.stroke([(left, top), (left + CONTENT_WIDTH, top)], HAIRLINE, 0.75)
        self._who.draw(pen, left, top + 7)
        line = Row(
            (
                Text(f"{self._visit} · {self._sheet.texts.template_version}", self._STYLE),
                Text(words("Page {page} of {pages}", page=page, pages=pages), self._STYLE.but(align="end")),
            ),
            (None, 100),
        ).place(CONTENT_WIDTH)
        line.draw(pen, left, top + 7 + self._who.height)


class _Builder:
    """Builds the blocks of a sheet; ``air`` scales white space, never the type."""

    def __init__(self, sheet: AftercareSheet, words: Words, air: float) -> None:
        self.sheet = sheet
        self.words = words
        self.air = air
        self.body = Style(leading=1.34 if air > 0.7 else 1.26)
        self.strong = self.body.but(face=Face.BOLD)
        self.quiet = self.body.but(colour=MUTED)
        self.heading = Style(size=17, face=Face.BOLD, leading=1.3)

    def blocks(self) -> list[Block]:
        """Everything in reading order."""
        found: list[Block] = [self._head(), self._gap(14), self._main(), self._gap(18), *self._timeline()]
        sections = (
            self._normal(),
            self._call(),
            self._treatment(),
            self._note(),
            self._diary(),
            self._closing(),
        )
        for section in sections:
            if section is not None:
                found += [self._gap(18), section]
        return found

    def _gap(self, height: float) -> Block:
        return gap(height * self.air)

    def _titled(self, title: str, content: Block) -> Block:
        return Stack((Text(title, self.heading), self._gap(5), content))

    def _listed(self, items: Sequence[str], icon: Icon, space: float) -> Block:
        return Stack([self._item(text, icon) for text in items], gap=space * self.air)

    def _item(self, text: str, icon: Icon) -> Block:
        step = self.body.size * self.body.leading
        sign = Drawing(step, lambda pen, x, top, width: icon(pen, x + 7.5, top + step / 2, 13))
        return Row((sign, Text(text, self.body)), (23, None))

    def _when(self, moment: datetime) -> str:
        at = local(moment, self.sheet.timeline.time_zone)
        return self.words(
            "{day} {year}, {time}", day=spoken_day(at.date(), self.words), year=at.year, time=f"{at:%H:%M}"
        )

    def _head(self) -> Block:
        sheet, words = self.sheet, self.words
        clinic = Text(sheet.clinic.name, self.strong.but(colour=ACCENT))
        phone = Text(sheet.clinic.phone, self.quiet.but(align="end"), base="L")
        who = [
            Span(words("For "), colour=MUTED),
            Span(sheet.client_name, Face.BOLD),
            Span(words(" · treated {when}", when=self._when(sheet.timeline.ended_at)), colour=MUTED),
        ]
        return Stack(
            (
                Row((clinic, phone), (None, 170)),
                gap(4),
                rule(ACCENT, 1.5),
                self._gap(14),
                Text(sheet.texts.title, Style(size=26, face=Face.BOLD, leading=1.25)),
                self._gap(2),
                Text(who, self.quiet, base="L"),
            )
        )

    def _main(self) -> Block:
        text = Text(self.sheet.texts.main, Style(size=16, face=Face.BOLD, leading=1.36))
        return Panel(text, pad_x=16, pad_y=12 * max(self.air, 0.7), edge=ACCENT)

    def _timeline(self) -> list[Block]:
        groups = self.sheet.timeline.groups
        if not groups:
            return []
        title = Text(self.sheet.texts.timeline, self.heading)
        found: list[Block] = [Stack((title, self._gap(7)), sticky=True)]
        for index, group in enumerate(groups):
            found.append(_Railed(self._group(group), last=index == len(groups) - 1, below=11 * self.air))
        return found

    def _group(self, group: AftercareGroup) -> Block:
        signs = {"avoid": icons.leave, "do": icons.do}
        rows = [self._item(item.brief, signs[item.kind]) for item in group.items]
        return Stack((Text(group.title, self.strong.but(colour=ACCENT)), gap(1.5), Stack(rows, gap=2 * self.air)))

    def _normal(self) -> Block | None:
        items = self.sheet.timeline.normal
        if not items:
            return None
        return self._titled(self.sheet.texts.normal, self._listed(_texts(items), icons.point, 1))

    def _call(self) -> Block:
        sheet, words = self.sheet, self.words
        number = Style(size=25, face=Face.BOLD, leading=1.2)
        reach = Stack(
            (
                Text(sheet.clinic.phone or "…………………………", number, base="L"),
                Text(sheet.clinic.phone_hours or sheet.clinic.name, self.quiet),
            )
        )
        sign = Drawing(34, lambda pen, x, top, width: icons.phone(pen, x + 17, top + 17, 34))
        cells: list[Block] = [sign, reach]
        widths: list[float | None] = [34, None]
        if sheet.emergency_number:
            cells.append(Stack((Text(sheet.emergency_number, number), Text(words("Emergency"), self.quiet))))
            widths.append(110)
        parts: list[Block] = [
            self._titled(sheet.texts.call, self._listed(_texts(sheet.timeline.call), icons.warning, 1)),
            self._gap(8),
            rule(HAIRLINE),
            self._gap(8),
            Row(cells, widths, gap=14, centred=True),
        ]
        urgent = sheet.clinic.emergency_text
        if not urgent and not sheet.emergency_number:
            urgent = words("In an emergency, dial your local emergency number.")
        if urgent:
            parts += [self._gap(6), Text(urgent, self.strong)]
        return Panel(Stack(parts), pad_x=16, pad_y=11 * max(self.air, 0.6), fill=None, edge=INK, line=2)

    def _treatment(self) -> Block:
        sheet, words = self.sheet, self.words
        places: list[Block] = [
            self._pair(
                zone.name,
                words.plural(
                    "{depth}, {count} pass",
                    "{depth}, {count} passes",
                    zone.passes,
                    depth=spoken_depth(zone.deepest_mm, words),
                ),
            )
            for zone in sheet.zones
        ]
        places.append(Text(words("Treated by {name}", name=sheet.practitioner), self.quiet))
        used = [self._pair(each.name, words("lot {lot}", lot=each.lot) if each.lot else "") for each in sheet.materials]
        columns = Row((Stack(places), Stack(used)), (200, None), gap=24)
        return self._titled(sheet.texts.treatment, columns)

    def _pair(self, name: str, detail: str) -> Block:
        """A name and what belongs to it, the latter kept to itself so that a name in any script stays in place."""
        if not detail:
            return Text(name, self.body)
        return Text([Span(name), Span("  "), Span(detail, colour=MUTED)], self.body, base="L")

    def _note(self) -> Block | None:
        if not self.sheet.note:
            return None
        return self._titled(self.words("A note for you"), Text(self.sheet.note, self.body))

    def _diary(self) -> Block:
        visit = local(self.sheet.timeline.ended_at, self.sheet.timeline.time_zone).date()
        days = [visit + timedelta(days=after) for after in range(1, DIARY_DAYS + 1)]
        widths: list[float | None] = [None, *[50.0] * DIARY_DAYS]
        labels = [
            Text(
                self.words("{weekday} {day}", weekday=self.words(SHORT_DAYS[day.weekday()]), day=day.day),
                self.quiet.but(align="centre"),
            )
            for day in days
        ]
        rows: list[Block] = [Row((Text(self.sheet.texts.diary, self.strong), *labels), widths)]
        for row in self.sheet.texts.diary_rows:
            boxes = [Drawing(22, lambda pen, x, top, w: icons.tick_box(pen, x + w / 2, top + 11, 15))] * DIARY_DAYS
            rows.append(Row((Text(row, self.body), *boxes), widths, centred=True))
        return Stack(rows, gap=3 * self.air)

    def _closing(self) -> Block:
        sheet, words = self.sheet, self.words
        short = Stack(
            (
                Text(sheet.texts.summary, self.strong.but(colour=ACCENT)),
                *(Text(line, self.body) for line in sheet.texts.summary_lines),
            )
        )
        ahead: list[Block] = []
        if sheet.next_visit_at:
            ahead += [
                Text(words("Your next visit"), self.strong.but(colour=ACCENT)),
                Text(self._when(sheet.next_visit_at), self.strong),
            ]
        if sheet.home_products:
            home = [Span(words("For home: "), colour=MUTED), Span(", ".join(sheet.home_products))]
            ahead.append(Text(home, self.body, base="L"))
        columns = Row((short, Stack(ahead)), (None, 230), gap=20) if ahead else short
        return Panel(columns, pad_x=16, pad_y=10 * max(self.air, 0.6))


def _texts(items: Sequence[AftercareItem]) -> list[str]:
    return [item.text for item in items]


@dataclass
class _PlacedRail(Placed):
    inner: Placed
    last: bool
    below: float

    def __post_init__(self) -> None:
        self.height = self.inner.height + (0 if self.last else self.below)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        centre, dot = x + 6, top + 9.5
        if not self.last:
            pen.stroke([(centre, dot + 10), (centre, top + self.height + 1)], HAIRLINE, 2)
        pen.circle(centre, dot, 5.5, fill=ACCENT)
        pen.circle(centre, dot, 2.2, fill="#FFFFFF")
        self.inner.draw(pen, x + 24, top)


@dataclass
class _Railed(Block):
    """A station of the timeline: a dot on a rail, and what holds from or until there."""

    child: Block
    last: bool
    below: float

    def place(self, width: float) -> Placed:
        return _PlacedRail(self.child.place(width - 24), self.last, self.below)
