"""Time since the last visit against the usual course (``interval.toml``), and against the series it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from needlelog.domain.findings import Finding, Level, StepId
from needlelog.domain.series import Series
from needlelog.domain.session import SessionDraft
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


def last_depths_that_count(around: Circumstances) -> tuple[Decimal | None, ...]:
    """The depths of the last visit outside the exempt areas; where none is known, one that is unknown."""
    return _outside_exempt(around.last_depths, around) or (None,)


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
    """At most one finding: a question when the last visit is too near, or a note when deep passes follow it early.

    A visit of a series is also held against what its concern asks for and what the series plans.
    """
    last = around.last_visit_on
    if last is not None:
        general = _general(draft, around, last)
        of_series = _of_series(draft, around)
        found = [one for one in (general, of_series) if one is not None]
        # One too early day is said once, by the weightiest rule that has something to say about it.
        yield from sorted(found, key=lambda one: one.level is not Level.ASK)[:1]


def _general(draft: SessionDraft, around: Circumstances, last: date) -> Finding | None:
    rule = around.knowledge.interval
    depths = depths_that_count(draft, around)
    planned_or_done = bool(draft.needling.passes or draft.consultation.plan.zones)
    if planned_or_done and not depths:
        return None
    days = (around.visit_day(draft) - last).days
    # The skin heals from the last visit: only where that one was shallow, and today is, the short interval is enough.
    then = last_depths_that_count(around)
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
            title=around.tr("{days} days since the last visit, which went deep", days=days)
            if deep_then
            else around.tr("{days} days since the last visit, and today goes deep", days=days),
            detail=around.tr(
                "Above {depth} mm, {first} days or more is usual.",
                depth=rule.deep_above_mm,
                first=rule.deep_usual_from_days,
            ),
            sources=sources_of(rule, "deep_usual_from_days"),
        )
    return None


def _deep(rule: IntervalRule, depths: Iterable[Decimal | None]) -> bool:
    limit = rule.deep_above_mm
    return limit is not None and any(depth is not None and depth > limit for depth in depths)


def series_of(draft: SessionDraft, around: Circumstances) -> Series | None:
    """The series that this visit is a session of."""
    said = draft.consultation.series
    return next((one for one in around.series if said and one.id == said.series_id), None)


def _of_series(draft: SessionDraft, around: Circumstances) -> Finding | None:
    series = series_of(draft, around)
    last = around.last_in_series.get(series.id) if series else None
    if series is None or last is None:
        return None
    days = (around.visit_day(draft) - last).days
    if not 0 <= days < series.interval_days:
        return None
    tr, concern = around.tr, around.knowledge.concerns.get(series.concern)
    least = concern.interval_min_days if concern else None
    name = tr(concern.name) if concern else series.concern
    detail = tr("{concern}: the series plans one every {planned} days.", concern=name, planned=series.interval_days)
    early = least is not None and days < least
    if early:
        detail = f"{detail} {tr('The sources say from {least} days.', least=least)}"
    return Finding(
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
        title=around.tr.plural("Only {count} day since the last visit", "Only {count} days since the last visit", days),
        detail=around.tr(
            "Usual: {first} to {last} days; less than {shortest} is early.",
            first=rule.usual_from_days,
            last=rule.usual_to_days,
            shortest=shortest,
        ),
        sources=sources_of(rule, "usual_from_days"),
    )
