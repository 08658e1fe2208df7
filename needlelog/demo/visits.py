"""Takes one made-up visit through the real session: opened, edited under its rules, overridden with reasons, signed."""

from __future__ import annotations

from datetime import datetime, timedelta

from needlelog.demo import parts
from needlelog.demo.clock import BuildingClock
from needlelog.demo.story_visit import Visit
from needlelog.domain.findings import Finding, Gate, Override, StepId
from needlelog.domain.papers import HandOver
from needlelog.domain.session import Aftercare, SessionDraft
from needlelog.domain.signed import SignedSession
from needlelog.rules.depth import asks_depth
from needlelog.services.desk import Desk
from needlelog.services.judging import DraftJudge
from needlelog.workflow.flow import SessionFlow
from needlelog.workflow.precautions import with_considered

TIME_OUT = "missing-time-out"


class VisitWriter:
    """Writes visits into the clinic; ``clock`` goes along with them."""

    def __init__(self, desk: Desk, clock: BuildingClock) -> None:
        self._desk = desk
        self._clock = clock

    def signed(self, visit: Visit, *, next_at: datetime | None, sheet: bool) -> SignedSession:
        """A whole visit, signed; ``sheet`` makes the real aftercare sheet, else it was shown on the screen only."""
        flow = self._treated(visit)
        self._closed(flow, visit, next_at=next_at, sheet=sheet)
        return self._desk.sessions.sign(flow)

    def in_numbing(self, visit: Visit) -> SessionDraft:
        """A visit that waits for the anaesthetic to take."""
        flow, _ = self._opened(visit)
        self._clock.moment = visit.at(21)
        flow.edit(
            lambda draft: draft.with_(
                consultation=parts.consultation(visit).with_(series=draft.consultation.series),
                consent=parts.consent(visit),
                cleansing=parts.cleansing(visit),
                numbing=parts.numbing(visit, still_on=True),
                step=StepId.NUMBING,
            )
        )
        return flow.draft

    def unsigned(self, visit: Visit) -> SessionDraft:
        """A visit treated and graded, left before the sheet was given and the record signed."""
        return self._treated(visit).draft

    def _opened(self, visit: Visit) -> tuple[SessionFlow, DraftJudge]:
        self._clock.moment = visit.started_at
        draft = self._desk.sessions.start(visit.client.id, repeat=visit.number > 1)
        return self._desk.sessions.resume(draft.id)

    def _treated(self, visit: Visit) -> SessionFlow:
        flow, judge = self._opened(visit)
        self._clock.moment = visit.at(visit.removed_min + 4)
        left_on = visit.twist("numbing-on") is not None
        flow.edit(
            lambda draft: draft.with_(
                consultation=parts.consultation(visit).with_(series=draft.consultation.series),
                consent=parts.consent(visit),
                cleansing=parts.cleansing(visit),
                numbing=parts.numbing(visit, still_on=left_on),
                price=parts.price(visit),
                skipped=parts.skipped(visit),
                step=StepId.NEEDLING,
            )
        )
        for finding in flow.findings:
            if finding.is_precaution and finding.step is StepId.CONSULTATION:
                flow.consider(finding)
        # Nothing is said at the time-out against what is known: the reason for it comes first.
        for finding in flow.open_findings(Gate.NEEDLING):
            if finding.code != TIME_OUT:
                flow.override(finding, visit.reason_against(finding.code))
        flow.edit(
            lambda draft: draft.with_(
                needling=draft.needling.with_(time_out=parts.time_out(visit, draft, judge.around))
            )
        )
        for finding in flow.open_findings(Gate.NEEDLING):
            # A reason against what was not done can answer for the time-out as well.
            if finding in flow.open_findings(Gate.NEEDLING):
                flow.override(finding, visit.reason_against(finding.code))
        self._needled(flow, judge, visit)
        return flow

    def _needled(self, flow: SessionFlow, judge: DraftJudge, visit: Visit) -> None:
        needling = parts.needling(visit)
        treated = flow.draft.with_(needling=needling)
        needling = needling.with_(time_out=parts.time_out(visit, treated, judge.around))
        ended_at = needling.ended_at or visit.started_at
        minutes = (ended_at - visit.started_at) / timedelta(minutes=1)
        self._clock.moment = visit.at(minutes + 26)
        said = flow.draft.with_(needling=flow.draft.needling.with_(time_out=needling.time_out))
        found = judge.of_passes(said, needling.passes)
        against = [one for one in found if one.gate is Gate.NEEDLING]
        overrides = {one.key: self._override(one, visit) for one in against if one.code != TIME_OUT}
        numbing = flow.draft.numbing
        if visit.twist("numbing-on"):
            numbing = tuple(one.with_(removed_at=needling.passes[-1].at) for one in numbing)
        meant, now = [one for one in found if asks_depth(one)], self._clock.now()
        flow.edit(
            lambda draft: with_considered(draft, meant, by=visit.by, at=now).with_(
                numbing=numbing,
                needling=needling,
                serums=parts.serums(visit, minutes + 2),
                cooling=parts.cooling(visit, minutes + 4),
                reactions=parts.reactions(visit, minutes + 25),
                overrides=(*draft.overrides, *overrides.values()),
                step=StepId.AFTERCARE,
            )
        )

    def _override(self, finding: Finding, visit: Visit) -> Override:
        return Override(finding=finding, reason=visit.reason_against(finding.code), by=visit.by, at=self._clock.now())

    def _closed(self, flow: SessionFlow, visit: Visit, *, next_at: datetime | None, sheet: bool) -> None:
        self._clock.moment += timedelta(minutes=4)
        aftercare = Aftercare(
            note=visit.now_and_then(visit.phrases.aftercare_notes),
            products=parts.home_products(visit),
            next_visit_at=next_at,
            sheet_shown_at=self._clock.now(),
        )
        flow.edit(lambda draft: draft.with_(aftercare=aftercare))
        if not visit.lacks("sheet") and sheet:
            made = self._desk.papers.aftercare(flow.draft, visit.client)
            self._desk.papers.give(flow, made, HandOver.PRINTED)
        self._clock.moment += timedelta(minutes=2)
        for finding in flow.open_findings(Gate.SIGNING):
            flow.override(finding, visit.reason_against(finding.code))
