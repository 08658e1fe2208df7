"""What is still open from earlier visits: nobody is needled over a red flag or an adverse event without a reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from needlelog.clock import local
from needlelog.domain.adverse_events import EventHistory
from needlelog.domain.findings import Finding, Gate, Level, Source, StepId
from needlelog.domain.follow_up import FollowUpAnswer
from needlelog.domain.session import SessionDraft
from needlelog.domain.unsettled import Unsettled
from needlelog.i18n import record_date
from needlelog.rules.circumstances import Circumstances

RED_FLAG, ADVERSE_EVENT = "red-flag-open", "adverse-event-open"
"""The codes of the findings."""

KNOWN_FIELD = "known"
"""Where they are told: beside what is known before anybody asks."""


def judge_aftermath(_draft: SessionDraft, around: Circumstances) -> Iterator[Finding]:
    """One hold for each open red flag and each adverse event that is not over, of whatever earlier visit.

    It rests on the answer, or on the entries of the event: what is heard later asks for a new reason.
    """
    for one in around.unsettled:
        if one.red is not None:
            yield _red(one, one.red, around)
        elif one.event is not None:
            yield _event(one, one.event, around)


def _red(one: Unsettled, answer: FollowUpAnswer, around: Circumstances) -> Finding:
    tr = around.tr
    found = "; ".join(flag.title for flag in answer.flags)
    todo = ", ".join(dict.fromkeys(flag.action_title.lower() for flag in answer.flags if flag.action_title))
    asked = tr("Asked for then: {action}.", action=todo) if todo else ""
    sources: tuple[Source, ...] = tuple(dict.fromkeys(source for flag in answer.flags for source in flag.sources))
    return _hold(
        f"red-flag:{answer.id}",
        RED_FLAG,
        tr("A red flag of {day} is open", day=_day(answer.at, one)),
        tr("After the visit of {visit}: {found}", visit=_day(one.visit_at, one), found=found),
        f"{asked} {tr('Nobody has written yet what was done about it.')}".strip(),
        sources,
    )


def _event(one: Unsettled, event: EventHistory, around: Circumstances) -> Finding:
    tr = around.tr
    zones = ", ".join(around.zone_name(zone) for zone in event.zones)
    said = f"{event.opening.text} ({zones})" if zones else event.opening.text
    return _hold(
        f"adverse-event:{event.id}:{len(event.entries)}",
        ADVERSE_EVENT,
        tr("An adverse event of {day} is not over", day=_day(event.onset_at, one)),
        tr("After the visit of {visit}: {found}", visit=_day(one.visit_at, one), found=said),
        tr("Nobody has recorded that it has resolved."),
        (),
    )


def _hold(key: str, code: str, title: str, what: str, why: str, sources: tuple[Source, ...]) -> Finding:
    end = "" if what.endswith((".", "!", "?")) else "."
    return Finding(
        key=key,
        code=code,
        step=StepId.CONSULTATION,
        level=Level.HOLD,
        gate=Gate.NEEDLING,
        title=title,
        detail=f"{what}{end} {why}",
        sources=sources,
        overridable=True,
        field=KNOWN_FIELD,
    )


def _day(at: datetime, one: Unsettled) -> str:
    return record_date(local(at, one.time_zone).date())
