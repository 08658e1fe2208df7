"""Time since the same skin was last needled: the usual course (``interval.toml``), and the series of the visit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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


def depths_that_count(draft: SessionDraft, around: Circumstances) -> tuple[Decimal | None, ...]:
    """The depths of today outside the exempt areas: those of the passes, before the first pass those of the plan.

    A planned zone without a depth counts as None: unknown.
    """
    meant: tuple[tuple[str, Decimal | None], ...] = tuple(
        (needling_pass.zone, needling_pass.depth_mm) for needling_pass in draft.needling.passes
    )
    if not meant:
        meant = tuple((planned.zone, planned.depth_mm) for planned in draft.consultation.plan.zones)
    return _outside_exempt(meant, around)


def depths_then(draft: SessionDraft, visit: NeedledVisit, around: Circumstances) -> tuple[Decimal | None, ...]:
    """The depths of an earlier visit in the areas meant today, outside the exempt ones; empty where it needled others.

    As long as nothing is planned, any area may be meant. A zone that the reference data does not know may be anywhere.
    """
    zones = around.knowledge.zones
    meant = [one.zone for one in draft.needling.passes] or [one.zone for one in draft.consultation.plan.zones]
    areas = {zones[zone].area for zone in meant if zone in zones}
    anywhere = any(zone not in zones for zone in meant) or not meant
    near = ((zone, depth) for zone, depth in visit.depths if anywhere or zone not in zones or zones[zone].area in areas)
    return _outside_exempt(near, around)


def _outside_exempt(meant: Iterable[tuple[str, Decimal | None]], around: Circumstances) -> tuple[Decimal | None, ...]:
    exempt = around.knowledge.interval.exempt_areas
    zones = around.knowledge.zones
    return tuple(depth for zone, depth in meant if zone not in zones or zones[zone].area not in exempt)


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
    """What the general rule says of each earlier needling, the one done last first.

    Not of the last alone: what is shallow and lies near must not hide what went deep in the same areas before it.
    """
    depths = depths_that_count(draft, around)
    planned_or_done = bool(draft.needling.passes or draft.consultation.plan.zones)
    if planned_or_done and not depths:
        return
    for visit in around.needled:
        then = depths_then(draft, visit, around)
        found = _after(visit.on, then, depths, draft, around) if then else None
        if found is not None:
            yield found


def _after(
    last: date,
    then: tuple[Decimal | None, ...],
    depths: tuple[Decimal | None, ...],
    draft: SessionDraft,
    around: Circumstances,
) -> Finding | None:
    rule = around.knowledge.interval
    days = (around.visit_day(draft) - last).days
    # The skin heals from then on: only where that was shallow, and today is, the short interval is enough.
    shortest = shortest_interval(rule, (*then, *depths)) if depths else rule.shortest_days
    if 0 <= days < shortest:
        return _short(days, shortest, last, rule, around)
    deep, deep_then = _deep(rule, depths), _deep(rule, then)
    if (deep or deep_then) and rule.deep_usual_from_days is not None and 0 <= days < rule.deep_usual_from_days:
        return Finding(
            key=f"interval-deep:{last.isoformat()}",
            code="interval-deep",
            step=StepId.CONSULTATION,
            level=Level.NOTE,
            title=_deep_title(days, last, around, deep_then=deep_then),
            detail=around.tr(
                "Above {depth} mm, {first} days or more is usual.",
                depth=rule.deep_above_mm,
                first=rule.deep_usual_from_days,
            ),
            sources=sources_of(rule, "deep_usual_from_days"),
        )
    return None


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


def _deep(rule: IntervalRule, depths: Iterable[Decimal | None]) -> bool:
    limit = rule.deep_above_mm
    return limit is not None and any(depth is not None and depth > limit for depth in depths)


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


def _short(days: int, shortest: int, last: date, rule: IntervalRule, around: Circumstances) -> Finding:
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
        detail=around.tr(
            "Usual: {first} to {last} days; less than {shortest} is early.",
            first=rule.usual_from_days,
            last=rule.usual_to_days,
            shortest=shortest,
        ),
        sources=sources_of(rule, "usual_from_days"),
    )
