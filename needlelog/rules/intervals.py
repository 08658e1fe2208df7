"""Time since the same zones were last needled: the usual course (``interval.toml``), and the series of the visit."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from needlelog.domain.findings import Finding, Level, StepId
from needlelog.domain.history import NeedledVisit
from needlelog.domain.series import Series
from needlelog.domain.session import SessionDraft
from needlelog.i18n import record_date
from needlelog.knowledge.entry import sources_of
from needlelog.knowledge.model import IntervalRule
from needlelog.rules.circumstances import Circumstances

_Depths = tuple[tuple[str, Decimal | None], ...]
"""Zones with their depths; None where the depth is unknown."""

NAMED_ZONES = 3
"""So many zones are named in a finding; of more it says how many."""


@dataclass(frozen=True, slots=True)
class SameSkin:
    """What today and an earlier visit have in common: zones with their depths then, and as meant or done today."""

    then: _Depths
    today: _Depths

    @property
    def depths(self) -> tuple[Decimal | None, ...]:
        """Every depth that the interval depends on."""
        return tuple(depth for _, depth in (*self.then, *self.today))


def depths_that_count(draft: SessionDraft, around: Circumstances) -> _Depths:
    """The depths of today outside the exempt areas: those of the passes, before the first pass those of the plan.

    A planned zone without a depth counts as None: unknown.
    """
    return _outside_exempt(_meant(draft), around)


def same_skin(draft: SessionDraft, visit: NeedledVisit, around: Circumstances) -> SameSkin:
    """The zones of an earlier visit that are meant today, outside the exempt areas; empty where it needled others.

    Zone by zone: no source in the reference data makes a zone wait for its neighbour. As long as nothing is planned,
    any zone may be meant; one that the reference data does not know may be anywhere.
    """
    today = _meant(draft)
    meant = {zone for zone, _ in today}
    anywhere = not meant or _any_unknown(meant, around)
    then = tuple(one for one in visit.depths if anywhere or one[0] in meant or _any_unknown({one[0]}, around))
    needled = {zone for zone, _ in then}
    everywhere = anywhere or _any_unknown(needled, around)
    again = tuple(one for one in today if everywhere or one[0] in needled)
    return SameSkin(_outside_exempt(then, around), _outside_exempt(again, around))


def _meant(draft: SessionDraft) -> _Depths:
    if draft.needling.passes:
        return tuple((one.zone, one.depth_mm) for one in draft.needling.passes)
    return tuple((planned.zone, planned.depth_mm) for planned in draft.consultation.plan.zones)


def _any_unknown(zones: Collection[str], around: Circumstances) -> bool:
    return any(zone not in around.knowledge.zones for zone in zones)


def _outside_exempt(meant: _Depths, around: Circumstances) -> _Depths:
    exempt = around.knowledge.interval.exempt_areas
    zones = around.knowledge.zones
    return tuple(one for one in meant if one[0] not in zones or zones[one[0]].area not in exempt)


def shortest_interval(rule: IntervalRule, depths: tuple[Decimal | None, ...]) -> int:
    """The shortest interval for these depths; for an unknown one that of all but shallow passes."""
    if rule.shallow_to_mm is None or rule.shallow_shortest_days is None or not depths:
        return rule.shortest_days
    shallow = all(depth is not None and depth <= rule.shallow_to_mm for depth in depths)
    return rule.shallow_shortest_days if shallow else rule.shortest_days


def judge_interval(draft: SessionDraft, around: Circumstances) -> Iterator[Finding]:
    """At most one finding: a question when a needling is too near, or a note when deep passes follow it early.

    A visit of a series is also held against what its concern asks for and what the series plans.
    """
    found = [*_general(draft, around), *_of_series(draft, around)]
    # One too early day is said once, by the weightiest rule that has something to say about it.
    yield from sorted(found, key=lambda one: one.level is not Level.ASK)[:1]


def _general(draft: SessionDraft, around: Circumstances) -> Iterator[Finding]:
    """What the general rule says of each earlier needling of the same zones, the one done last first.

    Not of the last alone: what is shallow and lies near must not hide what went deep in the same zones before it.
    """
    planned_or_done = bool(draft.needling.passes or draft.consultation.plan.zones)
    if planned_or_done and not depths_that_count(draft, around):
        return
    for visit in around.needled:
        same = same_skin(draft, visit, around)
        found = _after(visit.on, same, draft, around) if same.then else None
        if found is not None:
            yield found


def _after(last: date, same: SameSkin, draft: SessionDraft, around: Circumstances) -> Finding | None:
    rule = around.knowledge.interval
    days = (around.visit_day(draft) - last).days
    # The skin heals from then on: only where that was shallow, and today is, the short interval is enough.
    shortest = shortest_interval(rule, same.depths) if same.today else rule.shortest_days
    if 0 <= days < shortest:
        return _short(days, shortest, last, same, around)
    deep, deep_then = _deep(rule, same.today), _deep(rule, same.then)
    if (deep or deep_then) and rule.deep_usual_from_days is not None and 0 <= days < rule.deep_usual_from_days:
        detail = around.tr(
            "Above {depth} mm, {first} days or more is usual.",
            depth=rule.deep_above_mm,
            first=rule.deep_usual_from_days,
        )
        return Finding(
            key=f"interval-deep:{last.isoformat()}",
            code="interval-deep",
            step=StepId.CONSULTATION,
            level=Level.NOTE,
            title=_deep_title(days, last, around, deep_then=deep_then),
            detail=_where(same, detail, around),
            sources=sources_of(rule, "deep_usual_from_days"),
        )
    return None


def _where(same: SameSkin, detail: str, around: Circumstances) -> str:
    """``detail`` with the zones that were needled then and are meant today; alone where nothing is planned yet."""
    zones = [around.zone_name(zone) for zone in dict.fromkeys(zone for zone, _ in same.today)]
    if not zones:
        return detail
    more = len(zones) - NAMED_ZONES
    names = ", ".join(zones[:NAMED_ZONES])
    if more > 0:
        names = around.tr("{zones} and {count} more", zones=names, count=more)
    return around.tr("{zones}. {detail}", zones=names, detail=detail)


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


def _deep(rule: IntervalRule, depths: _Depths) -> bool:
    limit = rule.deep_above_mm
    return limit is not None and any(depth is not None and depth > limit for _, depth in depths)


def series_of(draft: SessionDraft, around: Circumstances) -> Series | None:
    """The series that this visit is a session of."""
    said = draft.consultation.series
    return next((one for one in around.series if said and one.id == said.series_id), None)


def _of_series(draft: SessionDraft, around: Circumstances) -> Iterator[Finding]:
    series = series_of(draft, around)
    last = max((one.on for one in around.needled if series and one.series_id == series.id), default=None)
    if series is None or last is None:
        return
    days = (around.visit_day(draft) - last).days
    if not 0 <= days < series.interval_days:
        return
    tr, concern = around.tr, around.knowledge.concerns.get(series.concern)
    least = concern.interval_min_days if concern else None
    name = tr(concern.name) if concern else series.concern
    detail = tr("{concern}: the series plans one every {planned} days.", concern=name, planned=series.interval_days)
    early = least is not None and days < least
    if early:
        detail = f"{detail} {tr('The sources say from {least} days.', least=least)}"
    yield Finding(
        key=f"interval-series:{series.concern}:{last.isoformat()}",
        code="interval-series",
        step=StepId.CONSULTATION,
        level=Level.ASK if early else Level.NOTE,
        title=tr.plural("Only {count} day since the last session", "Only {count} days since the last session", days),
        detail=detail,
        sources=sources_of(concern, "interval_min_days") if concern else (),
    )


def _short(days: int, shortest: int, last: date, same: SameSkin, around: Circumstances) -> Finding:
    rule = around.knowledge.interval
    usual = around.tr(
        "Usual: {first} to {last} days; less than {shortest} is early.",
        first=rule.usual_from_days,
        last=rule.usual_to_days,
        shortest=shortest,
    )
    return Finding(
        key=f"interval:{last.isoformat()}",
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
        detail=_where(same, usual, around),
        sources=sources_of(rule, "usual_from_days"),
    )
