"""From the end of the treatment to the client's next two weeks: when each aftercare rule begins and ends, in days and
clock times.

Hours are elapsed time, so 48 h over a change of clocks is still 48 h, counted from the next half hour on the wall
clock; whole days end when that local day ends.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Literal
from uuid import UUID

from needlelog.clock import local, next_half_hour, zone_of
from needlelog.domain.materials import DeviceKind, MaterialUse, Product, is_unreadable
from needlelog.domain.session import SessionDraft
from needlelog.i18n import Words
from needlelog.knowledge.model import AftercareRule, Knowledge, Occasion, ReactionEntry
from needlelog.knowledge.told import ToldRule

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

TimeWritten = Callable[[datetime], str]
"""How a local time is written."""

_FAR = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Window:
    """When a rule holds: moments in UTC, empty where it is open. ``last_day`` is set where it ends with a local day."""

    starts_at: datetime | None = None
    ends_at: datetime | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class AftercareItem:
    """One rule as this client reads it, with its days and times filled in."""

    rule: str
    kind: Literal["avoid", "do", "normal", "call", "results"]
    topic: str
    text: str
    brief: str
    """The same under a heading that names the end or whom to call: ``Do not swim.``, ``For blisters.``"""

    window: Window
    same_day: bool = False


@dataclass(frozen=True, slots=True)
class AftercareGroup:
    """What holds over the same time, under the words for that time."""

    title: str
    window: Window
    items: tuple[AftercareItem, ...]


@dataclass(frozen=True, slots=True)
class Needled:
    """What of a visit decides which rules its client needs; ``reactions`` are the names of those beyond expectation."""

    areas: frozenset[str]
    occasions: frozenset[Occasion] = frozenset()
    fitzpatrick: int | None = None
    deepest_mm: Decimal | None = None
    reactions: tuple[str, ...] = ()

    @property
    def radio_frequency(self) -> bool:
        """Whether radio frequency was used."""
        return "radio-frequency" in self.occasions

    def treats(self, areas: Collection[str]) -> bool:
        """Whether one of ``areas`` was treated; where none is named, all are meant."""
        return not areas or not self.areas.isdisjoint(areas)

    def needs(self, rule: AftercareRule) -> bool:
        """Whether ``rule`` belongs on the sheet of this visit."""
        return (
            self.treats(rule.areas)
            and (not rule.only_after or not self.occasions.isdisjoint(rule.only_after))
            and self.occasions.isdisjoint(rule.not_after)
            and (rule.fitzpatrick_from is None or (self.fitzpatrick or 0) >= rule.fitzpatrick_from)
            and (rule.deeper_than_mm is None or (self.deepest_mm or Decimal()) > rule.deeper_than_mm)
        )


@dataclass(frozen=True, slots=True)
class Timeline:
    """Everything the client should know, in order: what to do and leave by time, what is normal, when to call."""

    ended_at: datetime
    time_zone: str
    groups: tuple[AftercareGroup, ...]
    normal: tuple[AftercareItem, ...]
    call: tuple[AftercareItem, ...]
    results: tuple[AftercareItem, ...] = ()

    @property
    def last_day(self) -> date:
        """The local day on which the last rule ends; the day of the treatment if none has an end."""
        ends = [local_end(group.window, self.time_zone) for group in self.groups]
        return max((day for day in ends if day), default=local(self.ended_at, self.time_zone).date())


BOUND = "until"
"""The context of a weekday after words such as "from" and "until": some languages give it another ending there."""


FIRST = "first of the month"
"""The context of a date: French says "1er", and "2", "3" and so on."""


def spoken_day(day: date, tr: Words) -> str:
    """A day in full words: ``Sunday 22 November``."""
    return _day_with(tr(DAYS[day.weekday()]), day, tr)


def bounding_day(day: date, tr: Words) -> str:
    """The same after words such as "from" and "until"."""
    return _day_with(bounding_weekday(day, tr), day, tr)


def bounding_weekday(day: date, tr: Words) -> str:
    """Its weekday after words such as "from" and "until"."""
    return tr.within(BOUND, DAYS[day.weekday()])


def _day_with(weekday: str, day: date, tr: Words) -> str:
    return dated("{weekday} {day} {month}", day, tr, weekday=weekday)


def dated(text: str, day: date, tr: Words, **values: object) -> str:
    """``text`` with its fields ``day`` and ``month``; some languages say the first of a month in another way."""
    filled = {**values, "day": day.day, "month": tr(MONTHS[day.month - 1])}
    return tr.within(FIRST, text, **filled) if day.day == 1 else tr(text, **filled)


def day_and_month(day: date, tr: Words) -> str:
    """``22 November``."""
    return dated("{day} {month}", day, tr)


def twenty_four_hours(at: datetime) -> str:
    """``15:40``."""
    return f"{at:%H:%M}"


def spoken_moment(moment: datetime, zone: str, tr: Words, clock: TimeWritten = twenty_four_hours) -> str:
    """A moment on the wall clock of ``zone``, as ``clock`` writes it, until or from which something holds.

    ``Sunday 22 November, 15:40``.
    """
    at = local(moment, zone)
    return tr("{day}, {time}", day=bounding_day(at.date(), tr), time=clock(at))


def spoken_end(window: Window, zone: str, tr: Words, clock: TimeWritten = twenty_four_hours) -> str:
    """The words for the end of ``window``; empty where it has none."""
    if window.last_day is not None:
        return tr("the end of {day}", day=bounding_day(window.last_day, tr))
    return spoken_moment(window.ends_at, zone, tr, clock) if window.ends_at else ""


def local_end(window: Window, zone: str) -> date | None:
    """The local day on which ``window`` ends, or None where it is open."""
    if window.last_day is not None:
        return window.last_day
    return local(window.ends_at, zone).date() if window.ends_at else None


def end_of_treatment(draft: SessionDraft) -> datetime:
    """The moment aftercare counts from: the last thing done to the skin, as far as it was recorded."""
    done = [needling_pass.at for needling_pass in draft.needling.passes]
    done += [moment for moment in (draft.needling.ended_at,) if moment]
    done += [over_at(use) for use in (*draft.serums, *draft.cooling)]
    return max(done, default=draft.started_at)


def over_at(use: MaterialUse) -> datetime:
    """When the minutes of ``use`` are over; of one whose clock runs, when that was started."""
    return max(use.at, (use.started_at or use.at) + timedelta(seconds=use.duration_s or 0))


def on_beyond(draft: SessionDraft, now: datetime) -> tuple[MaterialUse, ...]:
    """What aftercare counts on although it is not over at ``now``: its minutes run on, or its clock does."""
    ahead = [one for one in (*draft.serums, *draft.cooling) if over_at(one) > now]
    return (*ahead, *(one for one in draft.cooling if one not in ahead and one.started_at and one.duration_s is None))


def radio_frequency_used(draft: SessionDraft, products: Mapping[UUID, Product]) -> bool:
    """Whether any pass was made with a radio-frequency device, or with one that cannot be read and may be one."""
    used = {one.device_id for one in draft.needling.passes if one.device_id}
    if any(is_unreadable(products, one) for one in used):
        return True
    devices = (products[one].device for one in used if one in products)
    return any(device is not None and device.kind is DeviceKind.RF for device in devices)


def needled(
    draft: SessionDraft,
    knowledge: Knowledge,
    products: Mapping[UUID, Product],
    *,
    fitzpatrick: int | None,
    tr: Callable[[str], str],
) -> Needled:
    """What was done at this visit, as far as the aftercare depends on it.

    ``fitzpatrick`` stands in where the visit states no skin type of its own.
    """
    occasions: set[Occasion] = set()
    if radio_frequency_used(draft, products):
        occasions.add("radio-frequency")
    if any(numbing.on_at is not None for numbing in draft.numbing):
        occasions.add("numbing")
    reactions = beyond_expected(draft, knowledge)
    if reactions:
        occasions.add("reaction")
    return Needled(
        areas=frozenset(knowledge.zones[zone].area for zone in draft.treated_zones if zone in knowledge.zones),
        occasions=frozenset(occasions),
        fitzpatrick=draft.consultation.fitzpatrick or fitzpatrick,
        deepest_mm=max((one.depth_mm for one in draft.needling.passes), default=None),
        reactions=tuple(tr(entry.name) for entry in reactions),
    )


def beyond_expected(draft: SessionDraft, knowledge: Knowledge) -> tuple[ReactionEntry, ...]:
    """The reactions seen at this visit that are never expected, or as strong as a follow-up would flag, each once."""
    least = {
        question.reaction: int(question.red_flag)
        for question in knowledge.follow_up_questions.values()
        if question.answer == "grade" and question.reaction and question.red_flag
    }
    found: dict[str, ReactionEntry] = {}
    for seen in draft.reactions.observations:
        entry = knowledge.reactions.get(seen.reaction)
        if entry is None or not seen.grade:
            continue
        flagged = seen.reaction in least and seen.grade >= least[seen.reaction]
        if entry.never_expected or flagged:
            found[entry.id] = entry
    return tuple(found.values())


def window_of(rule: AftercareRule, ended_at: datetime, zone: str, *, radio_frequency: bool) -> Window:
    """When ``rule`` holds after a treatment that ended at ``ended_at`` (aware), seen in ``zone``."""
    # Nobody minds 15:33. The next half hour keeps each duration at least as long as its rule says.
    ended_on, counted_from = local(ended_at, zone).date(), next_half_hour(ended_at, zone)
    starts_at = counted_from + timedelta(hours=rule.from_h) if rule.from_h else None
    hours = rule.until_h
    if radio_frequency and rule.rf_until_h is not None:
        hours = rule.rf_until_h
    elif rule.until_days is not None:
        last_day = ended_on + timedelta(days=rule.until_days)
        midnight = datetime.combine(last_day + timedelta(days=1), time.min, zone_of(zone))
        return Window(starts_at, midnight.astimezone(UTC), last_day)
    if hours is None:
        return Window(starts_at)
    ends_at = counted_from + timedelta(hours=hours)
    at = local(ends_at, zone)
    # "Until Sunday, 00:00" is read as the night before or the night after; the end of a day is one moment.
    return Window(starts_at, ends_at, at.date() - timedelta(days=1) if at.time() == time.min else None)


def make_timeline(
    rules: Iterable[AftercareRule],
    *,
    ended_at: datetime,
    time_zone: str,
    visit: Needled,
    told: Mapping[str, ToldRule],
    tr: Words,
    clock: TimeWritten = twenty_four_hours,
) -> Timeline:
    """The timeline after ``visit``, which ended at ``ended_at`` (aware); ``told`` are the sentences of the rules.

    ``clock`` writes their times as the rest of the paper does. Raises ``Fault(TIME_ZONE_UNKNOWN)``.
    """
    items: list[AftercareItem] = []
    for rule in sorted(rules, key=lambda rule: (rule.order, rule.id)):
        said = told[rule.id]
        if not said.text or not visit.needs(rule):
            continue
        window = window_of(rule, ended_at, time_zone, radio_frequency=visit.radio_frequency)
        last_day = local_end(window, time_zone)
        if rule.kind in {"avoid", "do"} or last_day is None:
            end = spoken_end(window, time_zone, tr, clock)
        elif rule.kind == "results":
            end = day_and_month(last_day, tr)
        else:
            # Nobody's skin keeps to the minute: what is normal, and what is not any more, is told by the day.
            end = bounding_day(last_day, tr)
        seen = tr(", ").join(visit.reactions)
        full, brief = (
            text.replace("{until}", end).replace("{reactions}", seen) for text in (said.text, said.brief or said.text)
        )
        if window.starts_at is not None and "{until}" not in said.text:
            # What begins later and names no end is told from its beginning on.
            window = Window(window.starts_at)
        items.append(AftercareItem(rule.id, rule.kind, rule.topic, full, brief, window, rule.same_day))
    return Timeline(
        ended_at,
        time_zone,
        _grouped([item for item in items if item.kind in {"avoid", "do"}], time_zone, tr, clock),
        tuple(item for item in items if item.kind == "normal"),
        tuple(item for item in items if item.kind == "call"),
        tuple(item for item in items if item.kind == "results"),
    )


def _grouped(items: list[AftercareItem], zone: str, tr: Words, clock: TimeWritten) -> tuple[AftercareGroup, ...]:
    by_window: dict[Window, list[AftercareItem]] = {}
    for item in items:
        by_window.setdefault(item.window, []).append(item)
    # Each group stands at the moment at which something changes for the client; what always holds comes first.
    ordered = sorted(by_window, key=_changes_at)
    return tuple(
        AftercareGroup(
            _title(window, zone, tr, clock),
            window,
            tuple(sorted(by_window[window], key=lambda item: item.kind)),
        )
        for window in ordered
    )


def _changes_at(window: Window) -> tuple[datetime, int, datetime]:
    if window.starts_at is not None:
        return window.starts_at, 1, window.ends_at or _FAR
    if window.ends_at is not None:
        return window.ends_at, 0, window.ends_at
    return datetime.min.replace(tzinfo=UTC), 0, _FAR


def _title(window: Window, zone: str, tr: Words, clock: TimeWritten) -> str:
    end = spoken_end(window, zone, tr, clock)
    start = spoken_moment(window.starts_at, zone, tr, clock) if window.starts_at else ""
    if start and end:
        return tr("From {start} to {end}", start=start, end=end)
    if start:
        return tr("From {start}", start=start)
    return tr("Until {end}", end=end) if end else tr("From today on")
