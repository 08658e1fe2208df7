"""How the aftercare sheet looks: its blocks from the top of page one to the end of page two.

White space gives way before type does: body text is 14 pt at every density.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from needlelog.clock import local
from needlelog.documents import icons
from needlelog.documents.aftercare_content import AftercareSheet
from needlelog.documents.aftercare_footer import spoken_depth
from needlelog.documents.fonts import Face
from needlelog.documents.layout import Block, Drawing, Panel, Row, Stack, Style, Text, gap, rule
from needlelog.documents.lines import Span, direction_of
from needlelog.documents.pen import ACCENT, INK, MUTED, Picture
from needlelog.documents.timeline_station import Station
from needlelog.i18n import Words
from needlelog.rules.aftercare import DAYS, MONTHS, AftercareItem, Window, local_end, spoken_day

DIARY_DAYS = 7
SHORT_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
LOGO_WIDTH, LOGO_HEIGHT = 90.0, 24.0
NORMAL_WIDTH = 205.0


@dataclass(frozen=True, slots=True)
class Density:
    """How generous a sheet is: ``air`` scales white space, ``leading`` is a multiple of the type size."""

    air: float
    leading: float
    cut: bool = False
    """Whether a list may go on over the page end, which a note of some length needs."""

    bare: bool = False
    """Without diary and summary, what was done as running text: for many zones, long names or a long emergency text."""


DENSITIES = (
    Density(1.0, 1.34),
    Density(0.8, 1.3),
    Density(0.65, 1.26),
    Density(0.5, 1.25),
    Density(0.35, 1.25),
    Density(0.2, 1.25),
    Density(0.2, 1.25, cut=True),
)
BAREST = Density(0.2, 1.25, cut=True, bare=True)


class SheetBlocks:
    """Builds the blocks of one sheet at one density."""

    def __init__(self, sheet: AftercareSheet, words: Words, density: Density) -> None:
        self.sheet = sheet
        self.words = words
        self.zone = sheet.timeline.time_zone
        self.air = density.air
        self.cut = density.cut
        self.bare = density.bare
        self.body = Style(leading=density.leading)
        self.strong = self.body.but(face=Face.BOLD)
        self.quiet = self.body.but(colour=MUTED)
        self.heading = Style(size=17, face=Face.BOLD, leading=1.28)

    def days(self) -> list[Block]:
        """Page one: whose sheet, the main message, the days to come."""
        return [self._head(), self._gap(12), self._main(), self._gap(15), *self._timeline()]

    def rest(self) -> list[Block]:
        """Page two: what is normal, when to call, what was done, what comes next."""
        found: list[Block] = []
        for section in (
            self._normal(),
            self._call(),
            self._treatment(),
            self._note(),
            None if self.bare else self._diary(),
            self._closing(),
        ):
            if section is not None:
                found += [self._gap(15), section]
        return found

    def _gap(self, height: float) -> Block:
        return gap(height * self.air)

    def _titled(self, title: str, content: Block) -> Block:
        return Stack((Text(title, self.heading), self._gap(4), content))

    def _listed(self, texts: Sequence[str], icon: icons.Icon) -> Block:
        return Stack([self._item(text, icon) for text in texts], gap=2 * self.air)

    def _item(self, text: str, icon: icons.Icon) -> Block:
        step = self.body.size * self.body.leading
        sign = Drawing(step, lambda pen, x, top, _: icons.put(icon, pen, x + 6.5, top + step / 2, 12.5))
        return Row((sign, Text(text, self.body)), (20, None))

    def _moment(self, moment: datetime) -> str:
        at = local(moment, self.zone)
        return self.words(
            "{day} {year}, {time}", day=spoken_day(at.date(), self.words), year=at.year, time=f"{at:%H:%M}"
        )

    def _head(self) -> Block:
        sheet, words = self.sheet, self.words
        clinic = Text(sheet.clinic.name, self.strong.but(colour=ACCENT), base="L")
        when = Text(self._moment(sheet.timeline.ended_at), self.quiet.but(align="end"), base="L")
        who = [Span(words("For "), colour=MUTED), Span(sheet.client_name, Face.BOLD)]
        return Stack(
            (
                Row((self._logo(clinic), when), (None, 265), gap=10, centred=True),
                gap(3),
                rule(ACCENT, 1.5),
                self._gap(10),
                Text(sheet.texts.title, Style(size=26, face=Face.BOLD, leading=1.25)),
                self._gap(1),
                Text(who, self.body, base="L"),
            )
        )

    def _logo(self, clinic: Block) -> Block:
        if self.sheet.clinic.logo is None:
            return clinic
        picture = Picture(self.sheet.clinic.logo)
        height = LOGO_HEIGHT if picture.aspect <= LOGO_WIDTH / LOGO_HEIGHT else LOGO_WIDTH / picture.aspect
        width = height * picture.aspect
        logo = Drawing(height, lambda pen, x, top, _: pen.picture(picture, x, top, width, height))
        return Row((logo, clinic), (width, None), gap=8, centred=True)

    def _main(self) -> Block:
        text = Text(self.sheet.texts.main, Style(size=16, face=Face.BOLD, leading=1.32))
        return Panel(text, pad_x=16, pad_y=11 * max(self.air, 0.7), edge=ACCENT)

    # the days to come

    def _timeline(self) -> list[Block]:
        groups = self.sheet.timeline.groups
        if not groups:
            return []
        signs = {"avoid": icons.leave, "do": icons.do}
        title = Text(self.sheet.texts.timeline, self.heading)
        found: list[Block] = [Stack((title, self._gap(6)), sticky=True)]
        always = [group for group in groups if group.window == Window()]
        groups = tuple(group for group in groups if group not in always)
        for group in always:
            lines = [self._item(item.brief, signs[item.kind]) for item in group.items]
            found.append(Stack((Text(group.title, self.strong), *lines), gap=1.5 * self.air))
            found.append(self._gap(9))
        for index, group in enumerate(groups):
            items = Stack([self._item(item.brief, signs[item.kind]) for item in group.items], gap=1.5 * self.air)
            last = index == len(groups) - 1
            found.append(Station(self._when(group.window), items, last=last, below=9 * self.air))
        return found

    def _when(self, window: Window) -> Block:
        """The words for a window in short lines: what it is in quiet, the date in bold."""
        words = self.words
        lines: list[Block] = []

        def add(quiet: str, day: date, time: str) -> None:
            strong = words("{day} {month}", day=day.day, month=words(MONTHS[day.month - 1]))
            lines.append(Text(quiet, self.quiet))
            lines.append(Text(words("{day}, {time}", day=strong, time=time) if time else strong, self.strong))

        if window.starts_at is not None:
            at = local(window.starts_at, self.zone)
            add(words("from {weekday}", weekday=words(DAYS[at.weekday()])), at.date(), f"{at:%H:%M}")
        if window.last_day is not None:
            add(words("until end of {weekday}", weekday=words(DAYS[window.last_day.weekday()])), window.last_day, "")
        elif window.ends_at is not None:
            at = local(window.ends_at, self.zone)
            add(words("until {weekday}", weekday=words(DAYS[at.weekday()])), at.date(), f"{at:%H:%M}")
        return Stack(lines)

    def _normal(self) -> Block | None:
        items = self.sheet.timeline.normal
        if not items:
            return None
        by_day: dict[date | None, list[AftercareItem]] = {}
        for item in items:
            by_day.setdefault(local_end(item.window, self.zone), []).append(item)
        rows = []
        for day, held in sorted(by_day.items(), key=lambda pair: pair[0] or date.max):
            said = self.words("until {day}", day=spoken_day(day, self.words)) if day else ""
            rows.append(
                Row(
                    (Text(said, self.strong), self._listed([item.brief for item in held], icons.point)),
                    (NORMAL_WIDTH + (20 if self.bare else 0), None),
                )
            )
        title = Stack((Text(self.sheet.texts.normal, self.heading), self._gap(4)), sticky=True)
        return Stack((title, *rows), gap=4 * self.air, splittable=self.cut)

    # when to call

    def _call(self) -> Block:
        sheet, words = self.sheet, self.words
        calls = [item for item in sheet.timeline.call if item.topic != EMERGENCY_TOPIC]
        urgent = [item.brief for item in sheet.timeline.call if item.topic == EMERGENCY_TOPIC]
        if sheet.clinic.emergency_text:
            urgent.append(sheet.clinic.emergency_text)
        if not sheet.emergency_number:
            urgent.insert(0, words("Dial your local emergency number."))
        told = [Text(text, self.body) for text in urgent]
        number_width = 70 if self.bare else 130
        hours = [Text(sheet.clinic.phone_hours, self.quiet)] if sheet.clinic.phone_hours else []
        parts = [
            self._reach(sheet.texts.call, hours, sheet.clinic.phone or "…………………………", 250),
            self._gap(6),
            self._listed([item.brief for item in calls], icons.warning),
            self._gap(8),
            rule(INK, 0.75),
            self._gap(8),
            self._reach(words("Emergency"), told, sheet.emergency_number, number_width),
        ]
        return Panel(Stack(parts), pad_x=14, pad_y=10 * max(self.air, 0.6), fill=None, edge=INK, line=2)

    def _reach(self, title: str, lines: Sequence[Block], number: str, width: float) -> Block:
        """Whom to reach on the left, the number to dial in large type on the right."""
        said = Stack((Text(title, self.heading), *lines))
        if not number:
            return said
        dialled = Text(number, Style(size=24, face=Face.BOLD, leading=1.1, align="end"), base="L")
        return Row((said, dialled), (None, width), gap=10, centred=True)

    # what was done

    def _treatment(self) -> Block:
        if self.bare:
            return self._treatment_told()
        sheet, words = self.sheet, self.words
        places: list[Block] = []
        for zone in sheet.zones:
            depth = spoken_depth(zone.shallowest_mm, zone.deepest_mm, words)
            passes = words.plural("{depth}, {count} pass", "{depth}, {count} passes", zone.passes, depth=depth)
            places.append(self._pair(zone.name, passes))
        places.append(
            Text([Span(words("By "), colour=MUTED), Span(sheet.practitioner, colour=MUTED)], self.body, base="L")
        )
        if self._home_beside_zones():
            places.append(self._home())
        used = [self._pair(each.name, words("lot {lot}", lot=each.lot) if each.lot else "") for each in sheet.materials]
        return self._titled(sheet.texts.treatment, Row((Stack(places), Stack(used)), (228, None), gap=14))

    def _treatment_told(self) -> Block:
        """What was done as running text, zones of one depth and count named together."""
        sheet, words = self.sheet, self.words
        alike: dict[str, list[str]] = {}
        for zone in sheet.zones:
            depth = spoken_depth(zone.shallowest_mm, zone.deepest_mm, words)
            passes = words.plural("{depth}, {count} pass", "{depth}, {count} passes", zone.passes, depth=depth)
            alike.setdefault(passes, []).append(zone.name)
        told = [self._pair(", ".join(names), passes) for passes, names in alike.items()]
        used: list[Span] = []
        for each in sheet.materials:
            used.append(Span(f"{each.name} "))
            used.append(Span(words("lot {lot}", lot=each.lot) + "  " if each.lot else " ", colour=MUTED))
        by = [Span(words("By "), colour=MUTED), Span(sheet.practitioner, colour=MUTED)]
        content = Stack((*told, Text(used, self.body, base="L"), Text(by, self.body, base="L")))
        return self._titled(sheet.texts.treatment, content)

    def _home_beside_zones(self) -> bool:
        """Whether the zones leave room beside the longer list of materials."""
        return (
            not self.bare and bool(self.sheet.home_products) and len(self.sheet.zones) + 3 <= len(self.sheet.materials)
        )

    def _home(self) -> Block:
        products = [Span(self.words("For home: "), colour=MUTED), Span(", ".join(self.sheet.home_products))]
        return Text(products, self.body, base="L")

    def _pair(self, name: str, detail: str) -> Block:
        """A name and what belongs to it, kept apart so that a name in any script stays in its place."""
        if not detail:
            return Text(name, self.body)
        return Text([Span(name), Span("  "), Span(detail, colour=MUTED)], self.body, base="L")

    def _note(self) -> Block | None:
        note = self.sheet.note
        if not note:
            return None
        if direction_of(note) == "R":
            return self._titled(self.words("A note for you"), Text(note, self.body))
        return Text([Span(self.words("A note for you: "), Face.BOLD), Span(note)], self.body, base="L")

    def _diary(self) -> Block:
        visit = local(self.sheet.timeline.ended_at, self.zone).date()
        days = [visit + timedelta(days=after) for after in range(1, DIARY_DAYS + 1)]
        widths: list[float | None] = [None, *[53.0] * DIARY_DAYS]
        labels = [
            Text(
                self.words("{weekday} {day}", weekday=self.words(SHORT_DAYS[day.weekday()]), day=day.day),
                self.quiet.but(align="centre"),
            )
            for day in days
        ]
        rows: list[Block] = [Row((Text(self.sheet.texts.diary, self.strong), *labels), widths)]
        for row in self.sheet.texts.diary_rows:
            boxes = [
                Drawing(20, lambda pen, x, top, w: icons.put(icons.tick_box, pen, x + w / 2, top + 10, 14))
            ] * DIARY_DAYS
            rows.append(Row((Text(row, self.body), *boxes), widths, centred=True))
        return Stack(rows, gap=2 * self.air)

    def _closing(self) -> Block:
        sheet, words = self.sheet, self.words
        short: Block = Stack([Text(line, self.body) for line in sheet.texts.summary_lines])
        ahead: list[Block] = []
        if sheet.next_visit_at:
            ahead.append(Text(words("Your next visit"), self.quiet))
            ahead.append(Text(self._moment(sheet.next_visit_at), self.strong))
        if sheet.home_products and not self._home_beside_zones():
            ahead.append(self._home())
        if self.bare:
            # The short rules repeat page one: they go first when room is scarce.
            return Stack(ahead)
        columns = Row((short, Stack(ahead)), (None, 252), gap=12) if ahead else short
        return Panel(columns, pad_x=14, pad_y=9 * max(self.air, 0.6))


EMERGENCY_TOPIC = "Emergency"
