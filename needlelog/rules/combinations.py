"""Other treatments of the same skin against the days of needling, both ways (``combinations.toml``)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from needlelog.clock import local
from needlelog.domain.findings import Finding, Level, StepId
from needlelog.domain.series import CombinedTreatment
from needlelog.domain.session import SessionDraft
from needlelog.i18n import Words, record_date
from needlelog.knowledge.entry import sources_of
from needlelog.knowledge.model import Combination, Knowledge
from needlelog.rules.circumstances import Circumstances


@dataclass(frozen=True, slots=True)
class Collision:
    """A treatment and a day of needling that stand ``days`` apart, where ``least`` are asked for.

    ``needled_first``: the treatment follows the needling.
    """

    treatment: CombinedTreatment
    entry: Combination
    needled_on: date
    days: int
    least: int
    needled_first: bool


def collides(treatment: CombinedTreatment, needled_on: date, knowledge: Knowledge) -> Collision | None:
    """What stands between this treatment and needling on this day, or None."""
    entry = knowledge.combinations.get(treatment.combination)
    if entry is None or entry.same_visit:
        return None
    needled_first = needled_on < treatment.on
    least = entry.after_days if needled_first else entry.before_days
    days = abs((treatment.on - needled_on).days)
    if least is None or days >= least:
        return None
    return Collision(treatment, entry, needled_on, days, least, needled_first)


def collisions(
    treatments: Collection[CombinedTreatment], needled_on: Collection[date], knowledge: Knowledge
) -> tuple[Collision, ...]:
    """Every treatment that stands too near to one of these days, by day."""
    found = (collides(one, day, knowledge) for one in treatments for day in needled_on)
    return tuple(sorted((one for one in found if one), key=lambda one: (one.needled_on, one.treatment.on)))


def collision_text(collision: Collision, tr: Words) -> str:
    """The collision in a sentence."""
    values = {
        "name": tr(collision.entry.name),
        "day": record_date(collision.treatment.on),
        "visit": record_date(collision.needled_on),
        "days": collision.days,
        "least": collision.least,
    }
    if collision.needled_first:
        return tr("{name} on {day} comes {days} days after needling on {visit}; {least} are asked for.", **values)
    return tr("Needling on {visit} comes {days} days after {name} on {day}; {least} are asked for.", **values)


def judge_combinations(draft: SessionDraft, around: Circumstances) -> Iterator[Finding]:
    """One question for each treatment on the client's plan that is too near to today or to the next visit."""
    treatments = tuple(one for series in around.series for one in series.treatments)
    yield from _judged(treatments, around.visit_day(draft), StepId.CONSULTATION, around)
    if draft.aftercare.next_visit_at is not None:
        day = local(draft.aftercare.next_visit_at, draft.time_zone).date()
        yield from _judged(treatments, day, StepId.AFTERCARE, around)


def _judged(
    treatments: Collection[CombinedTreatment], day: date, step: StepId, around: Circumstances
) -> Iterator[Finding]:
    for one in collisions(treatments, (day,), around.knowledge):
        title = around.tr("{name} is too near to this visit", name=around.tr(one.entry.name))
        if step is StepId.AFTERCARE:
            title = around.tr("{name} is too near to the next visit", name=around.tr(one.entry.name))
        yield Finding(
            key=f"combination:{one.entry.id}:{one.treatment.on.isoformat()}:{day.isoformat()}",
            code="combination",
            step=step,
            level=Level.ASK,
            title=title,
            detail=f"{collision_text(one, around.tr)} {around.tr(one.entry.text)}",
            sources=sources_of(one.entry, "after_days" if one.needled_first else "before_days"),
        )
