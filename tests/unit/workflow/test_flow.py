"""The machine around a draft: what it saves, and what it refuses whatever a screen asks."""

from __future__ import annotations

from datetime import datetime

import pytest

from needlelog.domain.findings import Finding, StepId
from needlelog.domain.session import SessionDraft
from needlelog.rules.completeness import Item
from needlelog.workflow.flow import SessionFlow
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
