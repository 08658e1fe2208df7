"""Time since the same zones were last needled: the usual course (``interval.toml``), and the series of the visit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from needlelog.domain.findings import Finding, Level, StepId
from needlelog.domain.series import Series
from needlelog.domain.session import SessionDraft
from needlelog.i18n import record_date
from needlelog.knowledge.entry import sources_of
from needlelog.knowledge.model import IntervalRule
from needlelog.rules.circumstances import Circumstances
from needlelog.rules.same_skin import SOMEWHERE, SamePart, ZoneAgain, left_alone, parts_again, zones_again

NAMED_ZONES = 3
"""So many zones are named in a finding; of more it says how many."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A finding on the visit of a day, and the zones of today that it is about."""

    on: date
    zones: tuple[str, ...]
    finding: Finding


def shortest_interval(rule: IntervalRule, depths: tuple[Decimal | None, ...]) -> int:
    """The shortest interval for these depths; for an unknown one that of all but shallow passes."""
    if rule.shallow_to_mm is None or rule.shallow_shortest_days is None or not depths:
        return rule.shortest_days
    shallow = all(depth is not None and depth <= rule.shallow_to_mm for depth in depths)
    return rule.shallow_shortest_days if shallow else rule.shortest_days


def judge_interval(draft: SessionDraft, around: Circumstances) -> Iterator[Finding]:
    """A question for each group of zones that is too near to a needling; a note where deep passes follow it early.

    A visit of a series is also held against what its concern asks for and what the series plans; and where only other
    zones of the same part of the body were needled, that is noted.
    """
    alone = left_alone(draft)
    # A group keeps the zones that were left alone in the end beside others: an answer given for all of them stands.
    short = tuple(one for one in _too_short(draft, around) if not alone.issuperset(one.zones))
    asked = {zone for one in short for zone in one.zones}
    deep = tuple(one for one in _deep_early(draft, asked, around) if not alone.issuperset(one.zones))
    general = (*short, *deep)
    series = _of_series(draft, around)
    if series is not None and _is_said_by(series, general, draft, around):
        series = None
    if series is not None and series.finding.level is Level.ASK:
        # A day that is too early for the series is not said to be early for what went deep as well.
        general = tuple(one for one in general if one.on != series.on or one.finding.level is Level.ASK)
    yield from (one.finding for one in general)
    if series is not None:
        yield series.finding
    yield from _of_parts(draft, {one.on for one in general}, around)


def _is_said_by(series: _Told, general: Iterable[_Told], draft: SessionDraft, around: Circumstances) -> bool:
    """Whether the general rule says already that the day of the series is early, of every zone if it is a question."""
    same_day = [one for one in general if one.on == series.on]
    if series.finding.level is not Level.ASK:
        return bool(same_day)
    asked = {zone for one in same_day if one.finding.level is Level.ASK for zone in one.zones}
    visits = (visit for visit in around.needled if visit.on == series.on)
    return bool(asked) and asked >= {again.zone for visit in visits for again in zones_again(draft, visit, around)}


def _days_since(on: date, draft: SessionDraft, around: Circumstances) -> int:
    return (around.visit_day(draft) - on).days


# the general rule, zone by zone


def _too_short(draft: SessionDraft, around: Circumstances) -> tuple[_Told, ...]:
    """The zones that are too early, those of one visit and one shortest interval together.

    Each zone is held against every visit that needled it: what is shallow and lies near must not hide what went deep
    before it. Of a zone that is too early after several the last one is told.
    """
    rule = around.knowledge.interval
    groups: dict[tuple[date, int], list[str]] = {}
    asked: set[str] = set()
    for visit in around.needled:
        days = _days_since(visit.on, draft, around)
        for again in zones_again(draft, visit, around):
            shortest = _shortest(rule, again)
            if 0 <= days < shortest and again.zone not in asked:
                asked.add(again.zone)
                groups.setdefault((visit.on, shortest), []).append(again.zone)
    return tuple(_short(on, shortest, tuple(zones), draft, around) for (on, shortest), zones in groups.items())


def _shortest(rule: IntervalRule, again: ZoneAgain) -> int:
    # The skin heals from then on: only where that was shallow, and today is, the short interval is enough.
    return shortest_interval(rule, (*again.then, *again.today)) if again.today else rule.shortest_days


def _short(last: date, shortest: int, zones: tuple[str, ...], draft: SessionDraft, around: Circumstances) -> _Told:
    rule, days = around.knowledge.interval, _days_since(last, draft, around)
    usual = around.tr(
        "Usual: {first} to {last} days; less than {shortest} is early.",
        first=rule.usual_from_days,
        last=rule.usual_to_days,
        shortest=shortest,
    )
    finding = Finding(
        key=f"interval:{last.isoformat()}:{shortest}:{_in_key(zones)}",
        code="interval-short",
        step=StepId.CONSULTATION,
        level=Level.ASK,
        title=around.tr.plural("Only {count} day since the last visit", "Only {count} days since the last visit", days)
        if last == around.last_visit_on
        else around.tr.plural(
            "Only {count} day since the visit of {day}",
            "Only {count} days since the visit of {day}",
            days,
            day=record_date(last),
        ),
        detail=_where(zones, usual, around),
        sources=sources_of(rule, "usual_from_days"),
    )
    return _Told(last, zones, finding)


def _in_key(zones: Iterable[str]) -> str:
    return ",".join(sorted(zones))


def _named(zones: Iterable[str], around: Circumstances) -> str:
    names = [around.zone_name(zone) for zone in dict.fromkeys(zones) if zone != SOMEWHERE]
    more = len(names) - NAMED_ZONES
    said = ", ".join(names[:NAMED_ZONES])
    return around.tr("{zones} and {count} more", zones=said, count=more) if more > 0 else said


def _where(zones: tuple[str, ...], detail: str, around: Circumstances) -> str:
    """``detail`` with the zones that were needled then and are meant today; alone where nothing is planned yet."""
    names = _named(zones, around)
    return around.tr("{zones}. {detail}", zones=names, detail=detail) if names else detail


# what went or goes deep


def _deep_early(draft: SessionDraft, asked: set[str], around: Circumstances) -> tuple[_Told, ...]:
    """The zones that went or go deep within the longer interval, by visit; not those that are asked about anyway."""
    rule = around.knowledge.interval
    groups: dict[tuple[date, bool], list[str]] = {}
    told = set(asked)
    for visit in around.needled:
        days = _days_since(visit.on, draft, around)
        if rule.deep_usual_from_days is None or not 0 <= days < rule.deep_usual_from_days:
            continue
        for again in zones_again(draft, visit, around):
            deep_then = _is_deep(rule, again.then)
            if again.zone not in told and (deep_then or _is_deep(rule, again.today)):
                told.add(again.zone)
                groups.setdefault((visit.on, deep_then), []).append(again.zone)
    return tuple(_deep(on, deep_then, tuple(zones), draft, around) for (on, deep_then), zones in groups.items())


def _is_deep(rule: IntervalRule, depths: Iterable[Decimal | None]) -> bool:
    limit = rule.deep_above_mm
    return limit is not None and any(depth is not None and depth > limit for depth in depths)


def _deep(last: date, deep_then: bool, zones: tuple[str, ...], draft: SessionDraft, around: Circumstances) -> _Told:
    rule = around.knowledge.interval
    detail = around.tr(
        "Above {depth} mm, {first} days or more is usual.",
        depth=rule.deep_above_mm,
        first=rule.deep_usual_from_days,
    )
    finding = Finding(
        key=f"interval-deep:{last.isoformat()}:{_in_key(zones)}",
        code="interval-deep",
        step=StepId.CONSULTATION,
        level=Level.NOTE,
        title=_deep_title(_days_since(last, draft, around), last, around, deep_then=deep_then),
        detail=_where(zones, detail, around),
        sources=sources_of(rule, "deep_usual_from_days"),
    )
    return _Told(last, zones, finding)


def _deep_title(days: int, last: date, around: Circumstances, *, deep_then: bool) -> str:
    tr, day = around.tr, record_date(last)
    if last == around.last_visit_on:
        return (
            tr("{days} days since the last visit, which went deep", days=days)
            if deep_then
            else tr("{days} days since the last visit, and today goes deep", days=days)
        )
    return (
        tr("{days} days since the visit of {day}, which went deep", days=days, day=day)
        if deep_then
        else tr("{days} days since the visit of {day}, and today goes deep", days=days, day=day)
    )


# other zones of the same part of the body


def _of_parts(draft: SessionDraft, told: set[date], around: Circumstances) -> Iterator[Finding]:
    """A note for each part of today in which other zones were needled lately; not of a day that is told already."""
    rule = around.knowledge.interval
    noted: set[str] = set()
    for visit in around.needled:
        days = _days_since(visit.on, draft, around)
        for same in parts_again(draft, visit, around) if visit.on not in told else ():
            shortest = shortest_interval(rule, tuple(depth for _, depth in (*same.then, *same.today)))
            if 0 <= days < shortest and same.part.id not in noted:
                noted.add(same.part.id)
                yield _near(visit.on, days, same, around)


def _near(last: date, days: int, same: SamePart, around: Circumstances) -> Finding:
    tr, rule = around.tr, around.knowledge.interval
    zones = tuple(dict.fromkeys(zone for zone, _ in same.then))
    area = tr(same.part.name)
    return Finding(
        key=f"interval-area:{last.isoformat()}:{same.part.id}:{_in_key(zones)}",
        code="interval-area",
        step=StepId.CONSULTATION,
        level=Level.NOTE,
        title=tr.plural(
            "Other zones of {area} were needled {count} day ago",
            "Other zones of {area} were needled {count} days ago",
            days,
            area=area,
        )
        if days
        else tr("Other zones of {area} were needled today", area=area),
        detail=tr(
            "{zones}. The sources count days between sessions and name no zones; that each zone counts by itself, and "
            "which zones lie together, is our proposal.",
            zones=_named(zones, around),
        ),
        sources=sources_of(rule, "usual_from_days"),
    )


# the series


def series_of(draft: SessionDraft, around: Circumstances) -> Series | None:
    """The series that this visit is a session of."""
    said = draft.consultation.series
    return next((one for one in around.series if said and one.id == said.series_id), None)


def _of_series(draft: SessionDraft, around: Circumstances) -> _Told | None:
    series = series_of(draft, around)
    last = max((one.on for one in around.needled if series and one.series_id == series.id), default=None)
    if series is None or last is None:
        return None
    days = _days_since(last, draft, around)
    if not 0 <= days < series.interval_days:
        return None
    tr, concern = around.tr, around.knowledge.concerns.get(series.concern)
    least = concern.interval_min_days if concern else None
    name = tr(concern.name) if concern else series.concern
    detail = tr("{concern}: the series plans one every {planned} days.", concern=name, planned=series.interval_days)
    early = least is not None and days < least
    if early:
        detail = f"{detail} {tr('The sources say from {least} days.', least=least)}"
    finding = Finding(
        key=f"interval-series:{series.concern}:{last.isoformat()}",
        code="interval-series",
        step=StepId.CONSULTATION,
        level=Level.ASK if early else Level.NOTE,
        title=tr.plural("Only {count} day since the last session", "Only {count} days since the last session", days),
        detail=detail,
        sources=sources_of(concern, "interval_min_days") if concern else (),
    )
    return _Told(last, (), finding)
