"""The first part of the aftercare sheet: whose it is, the main message, and the days to come as a timeline."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta

from needlelog.clock import local
from needlelog.documents import icons
from needlelog.documents.aftercare_content import AftercareSheet
from needlelog.documents.fonts import Face
from needlelog.documents.layout import Block, Group, Stack, Text
from needlelog.documents.lines import Span
from needlelog.documents.pen import MUTED
from needlelog.documents.sheet_style import SheetStyle
from needlelog.documents.timeline_station import Station
from needlelog.i18n import Words
from needlelog.rules.aftercare import (
    AftercareGroup,
    Window,
    bounding_day,
    bounding_weekday,
    day_and_month,
    local_end,
    spoken_day,
)

FIRST_WEEK = 7
"""How many days, with that of the treatment, the sheet tells one by one."""

MIDNIGHT = time()
SIGNS = {"avoid": icons.leave, "do": icons.do}


class AftercareDays:
    """Builds the blocks of the first part."""

    def __init__(self, sheet: AftercareSheet, words: Words, style: SheetStyle) -> None:
        self.sheet = sheet
        self.words = words
        self.style = style
        self.zone = sheet.timeline.time_zone
        self.today = local(sheet.timeline.ended_at, self.zone).date()

    def blocks(self) -> list[Block]:
        """From the head to the last day."""
        sheet, style = self.sheet, self.style
        when = style.moment(sheet.timeline.ended_at, self.zone)
        return [
            style.head(sheet.clinic, when, sheet.texts.title, sheet.client_name),
            style.gap(12),
            style.main(sheet.texts.main),
            style.gap(14),
            *self._timeline(),
        ]

    def _timeline(self) -> Iterator[Block]:
        texts, style = self.sheet.texts, self.style
        stretches = self._stretches()
        if not stretches:
            return
        yield style.heading_block(texts.timeline, texts.timeline_note)
        for number, (title, detail, groups) in enumerate(stretches):
            if number:
                yield style.gap(8)
            yield style.band(title, detail)
            for place, group in enumerate(groups):
                if place and groups[place - 1].window == Window():
                    yield style.gap(7)
                signed = [style.item(one.brief, SIGNS[one.kind]) for one in group.items]
                items = Group("L", Stack(signed, gap=1.5 * style.air))
                if group.window == Window():
                    yield items
                else:
                    last = place == len(groups) - 1
                    yield Station(self._when(group.window), items, last, 7 * style.air, style.scale, style.stacked)

    def _stretches(self) -> list[tuple[str, str, list[AftercareGroup]]]:
        """Today, tomorrow, the rest of the week and the time after it, each with what changes for the client then."""
        words, groups = self.words, self.sheet.timeline.groups
        tomorrow = self.today + timedelta(days=1)
        week_ends = self.today + timedelta(days=FIRST_WEEK - 1)
        days = [(self._turns_on(group), group) for group in groups]
        third = tomorrow + timedelta(days=1)
        span = words("{first} to {last}", first=day_and_month(third, words), last=day_and_month(week_ends, words))
        later = words("until {day}", day=bounding_day(self.sheet.timeline.last_day, words))
        ends = [(day, group) for day, group in days if group.window.starts_at is None]
        begins = [(day, group) for day, group in days if group.window.starts_at is not None]
        # What ends on a day holds until then: under that day's bare name it would read as if it began there, and what
        # ends tomorrow matters most today.
        now = [g for day, g in days if day <= self.today] + [g for day, g in ends if day == tomorrow]
        found = (
            (words("From today on"), spoken_day(self.today, words), now),
            (words("From tomorrow on"), spoken_day(tomorrow, words), [g for day, g in begins if day == tomorrow]),
            (
                words("Ends in the first week"),
                span,
                [g for day, g in ends if tomorrow < day <= week_ends],
            ),
            (
                words("Days 3 to {last}", last=FIRST_WEEK),
                span,
                [g for day, g in begins if tomorrow < day <= week_ends],
            ),
            (words("Ends later"), later, [g for day, g in ends if day > week_ends]),
            (words("Then"), later, [g for day, g in begins if day > week_ends]),
        )
        return [stretch for stretch in found if stretch[2]]

    def _turns_on(self, group: AftercareGroup) -> date:
        """The local day on which something changes for the client by this group."""
        if group.window.starts_at is not None:
            return local(group.window.starts_at, self.zone).date()
        return local_end(group.window, self.zone) or self.today

    def _when(self, window: Window) -> Block:
        """The words for a window in short lines: what it is in quiet, the date in bold; on one line in large print."""
        words, style = self.words, self.style
        lines: list[Block] = []

        def add(quiet: str, day: date, time: str) -> None:
            strong = day_and_month(day, words)
            strong = words("{day}, {time}", day=strong, time=time) if time else strong
            if style.stacked:
                lines.append(Text([Span(f"{quiet} ", colour=MUTED), Span(strong, Face.BOLD)], style.body, base="L"))
            else:
                lines.extend((Text(quiet, style.quiet), Text(strong, style.strong)))

        if window.starts_at is not None:
            at = local(window.starts_at, self.zone)
            starts = "" if at.time() == MIDNIGHT else style.time(at)
            add(words("from {weekday}", weekday=bounding_weekday(at, words)), at.date(), starts)
        if window.last_day is not None:
            add(words("until end of {weekday}", weekday=bounding_weekday(window.last_day, words)), window.last_day, "")
        elif window.ends_at is not None:
            at = local(window.ends_at, self.zone)
            add(words("until {weekday}", weekday=bounding_weekday(at, words)), at.date(), style.time(at))
        return Stack(lines)
