"""Time since the last visit against the usual course (``interval.toml``)."""

from __future__ import annotations

from collections.abc import Iterator

from needlelog.domain.findings import Finding, Level, StepId
from needlelog.domain.session import SessionDraft
from needlelog.rules.circumstances import Circumstances


def judge_interval(draft: SessionDraft, around: Circumstances) -> Iterator[Finding]:
    """A note when the last visit is nearer than the shortest usual interval."""
    rule = around.knowledge.interval
    if around.last_visit_on is None:
        return
    days = (around.visit_day(draft) - around.last_visit_on).days
    if 0 <= days < rule.shortest_days:
        yield Finding(
            key=f"interval:{around.last_visit_on.isoformat()}",
            code="interval-short",
            step=StepId.CONSULTATION,
            level=Level.ASK,
            title=around.tr("Only {days} days since the last visit", days=days),
            detail=around.tr(
                "Usual: {first} to {last} days; sooner than {shortest} is early.",
                first=rule.usual_from_days,
                last=rule.usual_to_days,
                shortest=rule.shortest_days,
            ),
            sources=rule.sources,
        )
