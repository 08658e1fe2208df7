"""When an open point is due: at once where something was judged, otherwise when its step was left behind."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from needlelog.domain.findings import Finding, Gate, Level, Override, StepId
from needlelog.domain.session import SessionDraft
from needlelog.rules.circumstances import Circumstances
from needlelog.rules.completeness import items
from needlelog.rules.items import Item
from needlelog.rules.judgement import judge, still_open
from needlelog.workflow.due import OpenPoint, open_points
from needlelog.workflow.steps import SESSION_STEPS, Step
from tests import builders

Around = Callable[..., Circumstances]
AT_ONCE, LATER = True, False
ASKED, NOT_ASKED = True, False

ALLERGIES = ("missing-allergies", StepId.CONSULTATION, Gate.NEEDLING)
SCREENING = ("screening-unanswered", StepId.CONSULTATION, Gate.NEEDLING)
CLEANSING = ("missing-cleansing", StepId.CLEANSING, Gate.SIGNING)
TIME_OUT = ("missing-time-out", StepId.NEEDLING, Gate.NEEDLING)
COOLING = ("missing-cooling", StepId.COOLING, Gate.SIGNING)
SHEET = ("missing-sheet", StepId.AFTERCARE, Gate.SIGNING)
EXPIRED = ("lot-expired", StepId.SERUM, Gate.SIGNING)
HOLD = ("numbing-on", StepId.NUMBING, Gate.NEEDLING)
KELOID = ("C06", StepId.CONSULTATION, Gate.NEEDLING)

Told = tuple[str, StepId, Gate]


def _finding(told: Told) -> Finding:
    code, step, gate = told
    level = Level.MISSING if code.startswith(("missing", "screening")) else Level.HOLD
    return Finding(key=code, code=code, step=step, level=level, gate=gate, title=code, overridable=True)


def _done(step: StepId) -> Item:
    return Item(key=step.value, step=step, text="", done=True)


def _point(told: Told, at: StepId, *recorded: StepId) -> OpenPoint:
    draft = builders.a_draft(step=at)
    return open_points(draft, [_finding(told)], [_done(step) for step in recorded], SESSION_STEPS)[0]


@pytest.mark.parametrize(
    ("told", "at", "recorded", "due", "asked"),
    [
        # not done yet, and nobody has come to it: calm
        (ALLERGIES, StepId.CONSULTATION, (), LATER, NOT_ASKED),
        (SCREENING, StepId.CONSULTATION, (), LATER, NOT_ASKED),
        (CLEANSING, StepId.CONSULTATION, (), LATER, NOT_ASKED),
        (SHEET, StepId.CONSULTATION, (), LATER, NOT_ASKED),
        (CLEANSING, StepId.CLEANSING, (), LATER, NOT_ASKED),
        # left behind
        (ALLERGIES, StepId.CONSENT, (), AT_ONCE, ASKED),
        (SCREENING, StepId.NEEDLING, (), AT_ONCE, ASKED),
        (CLEANSING, StepId.NUMBING, (), AT_ONCE, ASKED),
        (COOLING, StepId.AFTERCARE, (), AT_ONCE, ASKED),
        # gone back, but something was recorded further on
        (CLEANSING, StepId.CONSENT, (StepId.NUMBING,), AT_ONCE, ASKED),
        (COOLING, StepId.CONSENT, (StepId.NUMBING,), LATER, NOT_ASKED),
        # the step in hand is never left behind
        (ALLERGIES, StepId.CONSULTATION, (StepId.CONSENT,), LATER, NOT_ASKED),
        # its gate is reached: still calm, but a reason can be given
        (TIME_OUT, StepId.NEEDLING, (), LATER, ASKED),
        (ALLERGIES, StepId.CONSULTATION, (StepId.NEEDLING,), LATER, ASKED),
        (SHEET, StepId.AFTERCARE, (), LATER, ASKED),
        # what was judged is due wherever the visit stands
        (EXPIRED, StepId.CONSULTATION, (), AT_ONCE, ASKED),
        (HOLD, StepId.NUMBING, (), AT_ONCE, ASKED),
        (KELOID, StepId.CONSULTATION, (), AT_ONCE, ASKED),
    ],
)
def test_what_is_due_and_where_a_reason_is_asked(
    told: Told, at: StepId, recorded: tuple[StepId, ...], due: bool, asked: bool
) -> None:
    point = _point(told, at, *recorded)
    assert (point.due, point.reason_asked) == (due, asked)


def test_what_cannot_be_overridden_asks_for_no_reason() -> None:
    told = _finding(EXPIRED).with_(overridable=False, gate=Gate.NONE)
    (point,) = open_points(builders.a_draft(), [told], [], SESSION_STEPS)
    assert point.due
    assert not point.reason_asked


def test_what_has_a_reason_is_not_open() -> None:
    told = _finding(EXPIRED)
    reason = Override(finding=told, reason="The only one left", by="Mara Lindt", at=builders.a_moment(5))
    assert open_points(builders.a_draft(overrides=(reason,)), [told], [], SESSION_STEPS) == ()


def _shown(draft: SessionDraft, around: Circumstances) -> tuple[OpenPoint, ...]:
    return open_points(draft, judge(draft, around), items(draft, around), SESSION_STEPS)


def test_a_visit_just_begun_has_nothing_due_and_its_gates_stay_shut(around: Around) -> None:
    draft = builders.a_draft()
    assert not [one for one in _shown(draft, around()) if one.due]
    assert still_open(draft, judge(draft, around()), Gate.NEEDLING)
    assert still_open(draft, judge(draft, around()), Gate.SIGNING)


@pytest.mark.parametrize("step", [one for one in SESSION_STEPS if one.requires is not Gate.NONE])
def test_at_a_gate_everything_that_holds_it_shut_can_be_decided(step: Step, around: Around) -> None:
    draft = builders.a_draft(step=step.id)
    asked = {one.finding.key for one in _shown(draft, around()) if one.reason_asked}
    held = {one.key for one in still_open(draft, judge(draft, around()), step.requires) if one.overridable}
    assert held
    assert held <= asked
