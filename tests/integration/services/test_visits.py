"""A visit from its start to what may be done to it once it is signed."""

from __future__ import annotations

import pytest

from needlelog.domain.client import Client
from needlelog.domain.findings import Finding, Gate, StepId
from needlelog.domain.papers import HandOver
from needlelog.domain.session import Needling, SessionDraft
from needlelog.domain.treatment import Direction, InHand
from needlelog.errors import Fault, FaultCode
from needlelog.rules.time_out import said
from needlelog.services.desk import Desk
from needlelog.workflow.flow import SessionFlow
from tests import builders
from tests.desks import StandingClock


def _client(desk: Desk) -> Client:
    return desk.clients.add(builders.a_client())


def _ready(desk: Desk, client: Client) -> SessionFlow:
    """A visit with everything but the sheet."""
    flow, _ = desk.sessions.resume(desk.sessions.start(client.id).id)
    full = builders.a_full_draft()

    def prepared(draft: SessionDraft) -> SessionDraft:
        needling = Needling(time_out=full.needling.time_out)
        same = {name: getattr(full, name) for name in ("consultation", "consent", "cleansing", "numbing")}
        return draft.with_(**same, needling=needling)

    flow.edit(prepared)
    late = {name: getattr(full, name) for name in ("needling", "serums", "cooling", "reactions")}
    flow.edit(lambda draft: draft.with_(**late))
    return flow


def _given(desk: Desk, flow: SessionFlow, clock: StandingClock) -> None:
    clock.moment = builders.ENDED
    sheet = desk.papers.aftercare(flow.draft, desk.clients.get(flow.draft.client_id))
    desk.papers.give(flow, sheet, HandOver.PRINTED)


def _time_out_open(flow: SessionFlow) -> list[Finding]:
    return [one for one in flow.open_findings(Gate.NEEDLING) if one.code == "missing-time-out"]


def test_a_reason_beside_the_time_out_outlives_a_corrected_time_but_no_removal_taken_back(desk: Desk) -> None:
    flow, judge = desk.sessions.resume(desk.sessions.start(_client(desk).id).id)
    full = builders.a_full_draft()
    (cream, *_) = full.numbing
    early = {name: getattr(full, name) for name in ("consultation", "consent", "cleansing", "numbing")}
    flow.edit(lambda draft: draft.with_(**early))
    around = judge.around
    items = around.knowledge.time_out.values()
    ticks = tuple(said(one, flow.draft, around, by="Mara", at=builders.a_moment(60)) for one in items)
    another = cream.with_(id=builders.an_id(640))
    flow.edit(lambda draft: draft.with_(needling=Needling(time_out=ticks), numbing=(*draft.numbing, another)))

    def off_at(minutes: int | None) -> None:
        off = None if minutes is None else builders.a_moment(minutes)
        flow.edit(lambda draft: draft.with_(numbing=tuple(one.with_(removed_at=off) for one in draft.numbing)))

    (found,) = _time_out_open(flow)  # wiped off was said of the first one only
    flow.override(found, "Another tube of the same cream, wiped off as well")
    assert _time_out_open(flow) == []
    off_at(50)
    assert _time_out_open(flow) == []
    off_at(None)
    off_at(58)
    assert len(_time_out_open(flow)) == 1
    assert flow.draft.overrides == ()


def test_a_visit_is_signed_only_when_nothing_is_open_and_then_only_added_to(desk: Desk, clock: StandingClock) -> None:
    client = _client(desk)
    flow = _ready(desk, client)
    assert [finding.code for finding in flow.open_findings(Gate.SIGNING)] == ["missing-sheet"]
    with pytest.raises(Fault) as early:
        desk.sessions.sign(flow)
    assert early.value.code is FaultCode.NOT_READY_TO_SIGN
    held = InHand(lot="CT-9", direction=Direction.STAMPED, count=1)
    flow.edit(lambda draft: draft.with_(needling=draft.needling.with_(in_hand=held)))
    _given(desk, flow, clock)
    signed = desk.sessions.sign(flow)
    assert desk.history.visit(signed.id).draft.needling.in_hand is None
    with pytest.raises(Fault) as late:
        flow.edit(lambda draft: draft.with_(step=StepId.CONSENT))
    assert late.value.code is FaultCode.RECORD_SIGNED
    desk.sessions.add_addendum(signed.id, "Called: all well.")
    assert [one.text for one in desk.history.visit(signed.id).addenda] == ["Called: all well."]
    assert [flaw.says for flaw in desk.proof.whole().flaws if not flaw.says.startswith("A photo")] == []


def test_repeating_a_visit_copies_the_plan_and_nothing_that_was_said_or_seen(desk: Desk, clock: StandingClock) -> None:
    client = _client(desk)
    flow = _ready(desk, client)
    _given(desk, flow, clock)
    desk.sessions.sign(flow)
    clock.pass_(days=42)
    again = desk.sessions.start(client.id, repeat=True)
    assert [(zone.zone, zone.confirmed) for zone in again.consultation.plan.zones] == [
        (zone, False) for zone in builders.FULL_DRAFT_ZONES
    ]
    assert again.repeats_visit_on == builders.TODAY
    copied = {"plan", "fitzpatrick"}
    left = again.consultation.with_(plan=builders.Plan(), fitzpatrick=None)
    assert left == type(left)(), f"only {copied} may be filled in"
    assert (again.consent, again.needling, again.numbing, again.serums) == (builders.Consent(), Needling(), (), ())


def test_no_pass_is_taken_before_needling_is_cleared(desk: Desk) -> None:
    flow, _ = desk.sessions.resume(desk.sessions.start(_client(desk).id).id)
    with pytest.raises(Fault) as refused:
        flow.edit(lambda draft: draft.with_(needling=Needling(passes=(builders.a_pass(),))))
    assert refused.value.code is FaultCode.NEEDLING_NOT_CLEARED
    assert desk.sessions.resume(flow.draft.id)[0].draft.needling == Needling()


def test_a_sheet_is_kept_together_with_how_it_was_given(desk: Desk, clock: StandingClock) -> None:
    flow = _ready(desk, _client(desk))
    sheet = desk.papers.aftercare(flow.draft, desk.clients.get(flow.draft.client_id))
    clock.moment = builders.ENDED
    first = desk.papers.give(flow, sheet, HandOver.PRINTED)
    clock.pass_(minutes=5)
    second = desk.papers.give(flow, sheet, HandOver.SAVED)
    assert desk.papers.hand_overs(first.document_id) == tuple(
        one.with_(printed="", around="") for one in (first, second)
    )
    assert desk.sessions.resume(flow.draft.id)[0].draft.aftercare.given == (first, second)
    assert [paper.id for paper in desk.papers.of_session(flow.draft.id)] == [first.document_id]
    assert desk.papers.data(first.document_id) == sheet.data
