"""Time since the last visit against the usual course (``interval.toml``)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from needlelog.domain.findings import Finding, Level, StepId
from needlelog.domain.session import SessionDraft
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
    exempt = around.knowledge.interval.exempt_areas
    zones = around.knowledge.zones
    return tuple(depth for zone, depth in meant if zone not in zones or zones[zone].area not in exempt)


def _shortest(rule: IntervalRule, depths: tuple[Decimal | None, ...]) -> int:
    """The shortest interval for these depths; for an unknown one that of all but shallow passes."""
    if rule.shallow_to_mm is None or rule.shallow_shortest_days is None or not depths:
        return rule.shortest_days
    shallow = all(depth is not None and depth <= rule.shallow_to_mm for depth in depths)
    return rule.shallow_shortest_days if shallow else rule.shortest_days


def judge_interval(draft: SessionDraft, around: Circumstances) -> Iterator[Finding]:
    """At most one finding: a question when the last visit is too near, or a note when deep passes follow it early."""
    last = around.last_visit_on
    if last is None:
        return
    rule = around.knowledge.interval
    depths = depths_that_count(draft, around)
    planned_or_done = bool(draft.needling.passes or draft.consultation.plan.zones)
    if planned_or_done and not depths:
        return
    days = (around.visit_day(draft) - last).days
    shortest = _shortest(rule, depths)
    if 0 <= days < shortest:
        yield _short(days, shortest, last, rule, around)
        return
    deep = rule.deep_above_mm is not None and any(depth is not None and depth > rule.deep_above_mm for depth in depths)
    if deep and rule.deep_usual_from_days is not None and 0 <= days < rule.deep_usual_from_days:
        yield Finding(
            key=f"interval-deep:{last.isoformat()}",
            code="interval-deep",
            step=StepId.CONSULTATION,
            level=Level.NOTE,
            title=around.tr("{days} days since the last visit, and today goes deep", days=days),
            detail=around.tr(
                "Above {depth} mm, {first} days or more is usual.",
                depth=rule.deep_above_mm,
                first=rule.deep_usual_from_days,
            ),
            sources=rule.sources,
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
        sources=rule.sources,
    )
