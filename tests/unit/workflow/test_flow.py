"""The machine around a draft: what it saves, and what it refuses whatever a screen asks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from needlelog.domain.findings import Finding, Gate, Level, Override, StepId
from needlelog.domain.session import Cleansing, SessionDraft
from needlelog.errors import Fault, FaultCode
from needlelog.i18n import Words
from needlelog.rules.items import Item
from needlelog.workflow.flow import SessionFlow
from needlelog.workflow.reasons import with_reason
from needlelog.workflow.steps import SESSION_STEPS
from tests import builders


class _Clock:
    def now(self) -> datetime:
        return builders.a_moment(5)


class _Store:
    def save(self, draft: SessionDraft) -> SessionDraft:
        return draft.with_(revision=draft.revision + 1)


class _Content:
    """A judge that finds nothing."""

    def findings(self, draft: SessionDraft) -> tuple[Finding, ...]:
        return ()

    def items(self, draft: SessionDraft) -> tuple[Item, ...]:
        return ()

    def reload(self) -> None:
        pass


@pytest.fixture
def flow() -> SessionFlow:
    """A visit just begun."""
    return SessionFlow(
        builders.a_draft(), steps=SESSION_STEPS, store=_Store(), judge=_Content(), clock=_Clock(), by="Mara Lindt"
    )


@pytest.mark.parametrize("step", [one.id for one in SESSION_STEPS if not one.skippable])
def test_a_step_that_every_visit_has_cannot_be_skipped(step: StepId, flow: SessionFlow) -> None:
    with pytest.raises(ValueError, match="every visit"):
        flow.skip(step, "No time")
    assert flow.draft.skipped == ()


@pytest.mark.parametrize("step", [one.id for one in SESSION_STEPS if one.skippable])
def test_a_step_that_may_be_left_out_keeps_its_reason(step: StepId, flow: SessionFlow) -> None:
    flow.skip(step, "Not wanted")
    skipped = flow.draft.skip_of(step)
    assert skipped is not None
    assert (skipped.reason, skipped.by) == ("Not wanted", "Mara Lindt")
    flow.take_back_skip(step)
    assert flow.draft.skip_of(step) is None


RECORDED: list[tuple[StepId, dict[str, Any]]] = [
    (StepId.CLEANSING, {"cleansing": Cleansing(uses=(builders.a_use(),))}),
    (StepId.CLEANSING, {"cleansing": Cleansing(done_at=builders.a_moment(5))}),
    (StepId.NUMBING, {"numbing": (builders.a_numbing(removed_at=None),)}),
    (StepId.NUMBING, {"numbing": (builders.a_numbing(on_at=None, removed_at=None),)}),
    (StepId.NEEDLING, {"needling": builders.a_needling()}),
    (StepId.SERUM, {"serums": (builders.a_use(),)}),
    (StepId.COOLING, {"cooling": (builders.a_use(started_at=builders.a_moment(5)),)}),
]


@pytest.mark.parametrize(("step", "recorded"), RECORDED)
def test_a_step_with_something_recorded_is_not_skipped(
    step: StepId, recorded: dict[str, Any], flow: SessionFlow
) -> None:
    flow.edit(lambda draft: draft.with_(**recorded))
    before = flow.draft
    with pytest.raises(Fault) as refused:
        flow.skip(step, "Not wanted")
    assert refused.value.code is FaultCode.STEP_HOLDS_RECORDS
    assert flow.draft == before


def test_what_was_only_begun_can_be_skipped(flow: SessionFlow) -> None:
    needling = builders.a_needling(passes=(), ended_at=None)
    flow.edit(lambda draft: draft.with_(needling=needling, cleansing=Cleansing(done_by="Mara Lindt")))
    for step in (StepId.NEEDLING, StepId.CLEANSING):
        flow.skip(step, "Client went home")
        assert flow.draft.skip_of(step)
    assert flow.draft.needling == needling


@pytest.mark.parametrize(("step", "recorded"), RECORDED)
def test_a_step_applies_again_once_something_is_recorded_in_it(
    step: StepId, recorded: dict[str, Any], flow: SessionFlow
) -> None:
    flow.skip(step, "Not wanted")
    flow.edit(lambda draft: draft.with_(repeats_visit_on=builders.TODAY))
    assert flow.draft.skip_of(step)
    flow.edit(lambda draft: draft.with_(**recorded))
    assert flow.draft.skip_of(step) is None


class _Strict(_Content):
    """A judge with one finding that no reason stands in for."""

    found = Finding(
        key="missing:endpoint",
        code="missing-endpoint",
        step=StepId.NEEDLING,
        level=Level.MISSING,
        gate=Gate.SIGNING,
        title="Endpoint stated",
    )

    def findings(self, draft: SessionDraft) -> tuple[Finding, ...]:
        return (self.found,)


def _strict(**changes: Any) -> SessionFlow:
    draft = builders.a_draft(**changes)
    return SessionFlow(draft, steps=SESSION_STEPS, store=_Store(), judge=_Strict(), clock=_Clock(), by="Mara Lindt")


@pytest.mark.parametrize("handed_in", [_Strict.found, _Strict.found.with_(overridable=True)])
def test_no_reason_stands_in_for_what_only_the_one_who_was_there_can_say(handed_in: Finding) -> None:
    flow = _strict()
    before = flow.draft
    with pytest.raises(Fault) as refused:
        flow.override(handed_in, "I forgot")
    assert refused.value.code is FaultCode.REASON_NOT_ENOUGH
    assert flow.draft == before


def test_a_reason_kept_from_before_opens_no_gate_that_it_may_not_open() -> None:
    kept = Override(finding=_Strict.found, reason="I forgot", by="Mara Lindt", at=builders.a_moment(1))
    flow = _strict(overrides=(kept,))
    assert flow.open_findings(Gate.SIGNING) == (_Strict.found,)
    assert [one.finding for one in flow.open_points()] == [_Strict.found]


@pytest.mark.parametrize("reason", ["a", "  ok ", "?!... -", "\u00e9\u00e9"])
def test_a_reason_that_says_nothing_is_none(reason: str) -> None:
    found = _Strict.found.with_(overridable=True)
    with pytest.raises(Fault) as refused:
        with_reason(builders.a_draft(), found, reason, by="Mara Lindt", at=builders.a_moment(1))
    assert refused.value.code is FaultCode.REASON_TOO_SHORT
    assert "at least 3 letters or digits" in Words().fault(refused.value).way_out


@pytest.mark.parametrize(
    ("reason", "code"), [("", FaultCode.REASON_MISSING), ("x", FaultCode.REASON_TOO_SHORT)], ids=["none", "one letter"]
)
def test_a_step_is_not_skipped_without_a_reason_that_says_something(reason: str, code: FaultCode) -> None:
    flow = _strict()
    with pytest.raises(Fault) as refused:
        flow.skip(StepId.SERUM, reason)
    assert refused.value.code is code
    assert not flow.draft.skipped


@pytest.mark.parametrize("reason", ["GP ok", "ja, klar", "\u533b\u751f\u6279\u51c6", "R 12"])
def test_a_short_reason_in_any_script_is_one(reason: str) -> None:
    found = _Strict.found.with_(overridable=True)
    draft = with_reason(builders.a_draft(), found, reason, by="Mara Lindt", at=builders.a_moment(1))
    assert [one.reason for one in draft.overrides] == [reason]
