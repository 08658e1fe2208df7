"""The next visit against what the client said is to begin: a day that is free today may lie in its forbidden weeks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from needlelog.clock import local
from needlelog.domain.findings import Finding, Level, StepId
from needlelog.domain.session import ScreeningAnswer, SessionDraft
from needlelog.i18n import record_date
from needlelog.knowledge.entry import sources_of
from needlelog.knowledge.model import Contraindication
from needlelog.rules.circumstances import Circumstances
from needlelog.rules.screening import is_clear, told_of_begin

CODE = "next-visit-ahead"


def in_the_way(
    draft: SessionDraft, day: date, around: Circumstances
) -> tuple[tuple[Contraindication, ScreeningAnswer], ...]:
    """What begins too near to ``day``, or before it; nobody can tell today when that will have ended."""
    known = around.knowledge.contraindications
    answers = ((known.get(one.contraindication), one) for one in draft.consultation.screening)
    return tuple(
        (entry, answer)
        for entry, answer in answers
        if entry is not None and entry.ahead and answer.answer == "yes" and answer.ended is not None
        if not is_clear(entry, answer, day)
    )


def said_of(draft: SessionDraft, day: date, around: Circumstances) -> tuple[str, ...]:
    """What speaks against the next visit on ``day``, a sentence each."""
    tr, today = around.tr, around.visit_day(draft)
    return tuple(
        tr("{title}. {detail}", title=tr(entry.title), detail=told_of_begin(entry, answer, today, tr))
        for entry, answer in in_the_way(draft, day, around)
    )


def judge_next_visit(draft: SessionDraft, around: Circumstances) -> Iterator[Finding]:
    """One question for each thing that begins too near to the next visit as it is agreed."""
    at = draft.aftercare.next_visit_at
    if at is None:
        return
    tr, day, today = around.tr, local(at, draft.time_zone).date(), around.visit_day(draft)
    for entry, answer in in_the_way(draft, day, around):
        begins = f"{answer.ended_on}:{answer.ended_precision.value}"
        yield Finding(
            key=f"{CODE}:{entry.id}:{begins}:{day.isoformat()}",
            code=CODE,
            step=StepId.AFTERCARE,
            level=Level.ASK,
            title=tr("The next visit on {day} comes too near: {title}", day=record_date(day), title=tr(entry.title)),
            detail=told_of_begin(entry, answer, today, tr),
            sources=sources_of(entry, "wait.days"),
        )
