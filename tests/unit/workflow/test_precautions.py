"""Precautions: considered at one tap and no longer open, asked anew of another fact, told as they stand when signed."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from needlelog.domain.findings import Finding, Gate, StepId
from needlelog.domain.session import SessionDraft
from needlelog.errors import Fault, FaultCode
from needlelog.rules.completeness import items
from needlelog.rules.items import Item
from needlelog.rules.judgement import judge
from needlelog.workflow.flow import SessionFlow
from needlelog.workflow.passes import undone
from needlelog.workflow.precautions import as_told, unanswered, with_considered
from needlelog.workflow.reasons import with_reason
from needlelog.workflow.steps import SESSION_STEPS
from tests import builders as b
from tests.unit.rules.surroundings import around

BY, PAINKILLER, KELOID = "Mara Lindt, RN", "C09", "C06"


class _Clock:
    minutes = 5.0

    def now(self) -> datetime:
        return b.a_moment(self.minutes)


class _Store:
    def save(self, draft: SessionDraft) -> SessionDraft:
        return draft.with_(revision=draft.revision + 1)


class _Rules:
    """The shipped rules."""

    def findings(self, draft: SessionDraft) -> tuple[Finding, ...]:
        return judge(draft, around())

    def items(self, draft: SessionDraft) -> tuple[Item, ...]:
        return items(draft, around())

    def reload(self) -> None:
        pass


def answered_with(draft: SessionDraft, question: str, **facts: Any) -> SessionDraft:
    """The draft in which this question was answered so."""
    part = draft.consultation
    told = tuple(one.with_(**facts) if one.contraindication == question else one for one in part.screening)
    return draft.with_(consultation=part.with_(screening=told))


def needled(draft: SessionDraft, *depths: str) -> SessionDraft:
    """The draft with a pass over the forehead at each of these depths."""
    passes = tuple(
        b.a_pass(id=b.an_id(900 + at), zone="forehead", depth_mm=Decimal(depth)) for at, depth in enumerate(depths)
    )
    return draft.with_(needling=draft.needling.with_(passes=passes))


def a_visit(**facts: Any) -> SessionDraft:
    """A whole visit of somebody who took a painkiller two days before."""
    usual: dict[str, Any] = {"answer": "yes", "ended_on": date(2026, 11, 18)}
    return answered_with(b.a_full_draft(), PAINKILLER, **(usual | facts))


def a_flow(draft: SessionDraft) -> SessionFlow:
    return SessionFlow(draft, steps=SESSION_STEPS, store=_Store(), judge=_Rules(), clock=_Clock(), by=BY)


def open_codes(flow: SessionFlow) -> list[str]:
    return [one.finding.code for one in flow.open_points()]


@pytest.fixture
def flow() -> SessionFlow:
    return a_flow(a_visit())


def only(flow: SessionFlow) -> Finding:
    (found,) = (one for one in flow.findings if one.is_precaution)
    return found


def test_a_precaution_is_open_until_it_was_considered_and_again_when_that_is_taken_back(flow: SessionFlow) -> None:
    finding = only(flow)
    assert (finding.code, open_codes(flow)) == (PAINKILLER, [PAINKILLER])
    flow.consider(finding)
    (said,) = flow.draft.considered
    assert (said.finding, said.by, said.at, said.note) == (finding, BY, b.a_moment(5), "")
    assert open_codes(flow) == []
    flow.take_back_considered(finding.key)
    assert open_codes(flow) == [PAINKILLER]
    assert flow.draft.considered == ()


def test_another_fact_is_asked_anew_and_the_first_one_needs_no_second_answer(flow: SessionFlow) -> None:
    flow.consider(only(flow))
    flow.edit(lambda draft: answered_with(draft, PAINKILLER, ended_on=date(2026, 11, 19)))
    assert open_codes(flow) == [PAINKILLER]
    flow.edit(lambda draft: answered_with(draft, PAINKILLER, ended_on=date(2026, 11, 18)))
    assert open_codes(flow) == []


def test_a_note_may_be_added_and_changes_neither_when_nor_by_whom(flow: SessionFlow) -> None:
    key = only(flow).key
    flow.consider(only(flow))
    before = flow.draft.considered[0]
    flow.note_on(key, "Two tablets\nof 200 mg")
    assert flow.draft.considered == (before.with_(note="Two tablets\nof 200 mg"),)
    flow.note_on(key, "")
    assert flow.draft.considered == (before,)


def test_what_holds_needling_back_is_not_answered_by_a_tap() -> None:
    flow = a_flow(answered_with(b.a_full_draft(), KELOID, answer="yes"))
    (stop,) = flow.open_findings(Gate.NEEDLING)
    with pytest.raises(Fault) as refused:
        flow.consider(stop)
    assert refused.value.code is FaultCode.REASON_MISSING
    assert flow.open_findings(Gate.NEEDLING) == (stop,)


def test_an_answer_given_for_a_pass_goes_with_it_and_speaks_for_no_other() -> None:
    flow = a_flow(needled(b.a_full_draft(), "0.5", "1"))
    flow.consider(only(flow))
    flow.edit(lambda draft: needled(draft, "0.5"))
    assert flow.draft.considered == ()
    flow.edit(lambda draft: needled(draft, "0.5", "1"))
    assert open_codes(flow) == ["depth-warn"]


def test_undoing_a_pass_undoes_what_was_considered_for_it_and_brings_it_back() -> None:
    before = needled(b.a_full_draft(), "0.5")
    deeper = needled(before, "0.5", "1")
    after = with_considered(deeper, [only(a_flow(deeper))], by=BY, at=b.a_moment(6))
    assert undone(after, before, after) == before
    assert undone(before, after, before) == after


def test_it_is_told_as_it_stands_what_was_answered_and_what_was_not() -> None:
    draft = answered_with(needled(a_visit(), "1"), KELOID, answer="yes")
    flow = a_flow(draft)
    (stop,) = flow.open_findings(Gate.NEEDLING)
    assert {one.code for one in flow.unanswered} == {KELOID, PAINKILLER, "depth-warn"}
    flow.override(stop, "Doctor's letter of 2 November")
    flow.consider(next(one for one in flow.findings if one.code == "depth-warn"))
    told = as_told(flow.draft, flow.findings)
    assert [one.finding.code for one in told.considered] == ["depth-warn"]
    assert [(one.code, one.step) for one in told.unanswered] == [(PAINKILLER, StepId.CONSULTATION)]


def test_what_was_put_right_since_is_not_told_as_if_it_stood(flow: SessionFlow) -> None:
    flow.consider(only(flow))
    flow.edit(lambda draft: answered_with(draft, PAINKILLER, answer="no", ended_on=None))
    told = as_told(flow.draft, flow.findings)
    assert (told.considered, told.unanswered) == ((), ())


def test_words_written_beside_it_stay_as_a_written_reason_would(flow: SessionFlow) -> None:
    flow.consider(only(flow))
    flow.note_on(only(flow).key, "Two tablets on Wednesday")
    flow.edit(lambda draft: answered_with(draft, PAINKILLER, answer="no", ended_on=None))
    told = as_told(flow.draft, flow.findings)
    assert told.considered == flow.draft.considered
    assert [one.note for one in told.considered] == ["Two tablets on Wednesday"]
    assert told.unanswered == ()


def test_notes_and_what_is_missing_are_no_precautions() -> None:
    early = b.a_full_draft(consultation=b.a_consultation(screening=()), cooling=(), numbing=())
    findings = judge(early, around())
    assert {one.code for one in findings} >= {"screening-unanswered", "missing-cooling"}
    assert unanswered(early, findings) == ()


def test_a_reason_is_no_answer_to_a_precaution(flow: SessionFlow) -> None:
    with pytest.raises(Fault) as refused:
        flow.edit(lambda draft: with_reason(draft, only(flow), "Not needed", by=BY, at=b.a_moment(6)))
    assert refused.value.code is FaultCode.REASON_NOT_ENOUGH


def test_drafts_from_before_precautions_were_answered_read_as_they_were() -> None:
    draft = a_visit()
    old = draft.model_dump(mode="json", exclude={"considered", "unanswered"})
    assert SessionDraft.model_validate(old) == draft
