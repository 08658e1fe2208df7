"""The machine that moves through a session: one immutable draft, one gate to change it, saved before it is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from needlelog.clock import Clock
from needlelog.domain.findings import Finding, Gate, StepId
from needlelog.domain.session import SessionDraft, StepSkipped
from needlelog.domain.text import check_reason
from needlelog.domain.treatment import NeedlingPass
from needlelog.errors import Fault, FaultCode
from needlelog.rules.items import Item
from needlelog.rules.judgement import still_open
from needlelog.workflow.due import OpenPoint, open_points
from needlelog.workflow.passes import gone_on
from needlelog.workflow.precautions import unanswered, with_considered, with_note, without_considered
from needlelog.workflow.reasons import with_reason, without_moot_answers
from needlelog.workflow.steps import Step

Change = Callable[[SessionDraft], SessionDraft]


class DraftStore(Protocol):
    """Where a draft is made durable; returns it with its new revision and the moment it was saved."""

    def save(self, draft: SessionDraft) -> SessionDraft:
        """Save in one transaction; raises ``Fault`` and changes nothing when it cannot."""
        ...


class Judge(Protocol):
    """What the rules say of a draft."""

    def findings(self, draft: SessionDraft) -> tuple[Finding, ...]:
        """Every finding, overridden or not."""
        ...

    def items(self, draft: SessionDraft) -> tuple[Item, ...]:
        """The list of what the record needs."""
        ...

    def reload(self) -> None:
        """Look at the client, the clinic's list and the time afresh."""
        ...


class StepState(StrEnum):
    """How far a step is; always derived, never stored."""

    OPEN = "open"
    BEGUN = "begun"
    DONE = "done"
    ATTENTION = "attention"
    NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True, slots=True)
class Standing:
    """One step as the rail shows it."""

    step: Step
    state: StepState
    current: bool


def _on_after_all(before: SessionDraft, after: SessionDraft) -> bool:
    """Whether the removal of a cream was taken back: what was said of clean skin was said of another state."""
    off = {one.id for one in before.numbing if one.removed_at is not None}
    return any(one.id in off and one.removed_at is None for one in after.numbing)


def _needled_anew(before: Sequence[NeedlingPass], after: Sequence[NeedlingPass]) -> bool:
    """Whether a pass is new or another than it was; what was seen at its end is no needle."""
    known = {one.id: one for one in before}
    changed = set(after) - set(before)
    return any(one.id not in known or one.with_(endpoint=known[one.id].endpoint) != known[one.id] for one in changed)


class SessionFlow:
    """Edits a draft under its rules. ``draft`` is always what the disk holds."""

    def __init__(
        self,
        draft: SessionDraft,
        *,
        steps: Sequence[Step],
        store: DraftStore,
        judge: Judge,
        clock: Clock,
        by: str,
    ) -> None:
        self._steps = tuple(steps)
        self._store = store
        self._judge = judge
        self._clock = clock
        self._by = by
        self._draft = draft
        self._findings = judge.findings(draft)
        self._items: tuple[Item, ...] | None = None

    @property
    def draft(self) -> SessionDraft:
        """The draft as it was last saved."""
        return self._draft

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding on the draft, overridden or not."""
        return self._findings

    @property
    def items(self) -> tuple[Item, ...]:
        """The list of what the record needs, item by item."""
        # Asked for by every step's state after each change: held against a draft once.
        if self._items is None:
            self._items = self._judge.items(self._draft)
        return self._items

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps in their order."""
        return self._steps

    def refresh(self) -> None:
        """Ask the rules again: time has passed, or the client or the clinic's list changed."""
        self._judge.reload()
        self._items = None
        self._findings = self._judge.findings(self._draft)

    def open_findings(self, gate: Gate) -> tuple[Finding, ...]:
        """What holds ``gate`` shut."""
        return still_open(self._draft, self._findings, gate)

    def open_points(self) -> tuple[OpenPoint, ...]:
        """Every finding without an answer, and whether it is due where the visit stands."""
        return open_points(self._draft, self._findings, self.items, self._steps)

    def edit(self, change: Change, *, store: DraftStore | None = None) -> None:
        """Save the changed draft, then show it. Raises ``Fault``; the draft then stays as it was.

        ``store`` takes this one change in place of the usual one, to make something else durable along with it.
        A pass can only be added or changed while needling is cleared (``NEEDLING_NOT_CLEARED`` otherwise): this is
        held here, not on the screen. A step that gets something recorded applies after all, and answers that were
        given for passes and products go when these are taken off, or when a cream is on the skin after all.
        """
        candidate = self._applying(change(self._draft))
        if candidate == self._draft:
            return
        findings = self._judge.findings(candidate)
        passes, before = candidate.needling.passes, self._draft.needling.passes
        if _recorded(self._draft) - _recorded(candidate) or _on_after_all(self._draft, candidate):
            candidate = without_moot_answers(candidate, self._judge.findings(self._draft), findings)
        if passes != before and _needled_anew(before, passes):
            shut = still_open(candidate, findings, Gate.NEEDLING)
            if shut:
                raise Fault(FaultCode.NEEDLING_NOT_CLEARED, count=len(shut))
        self._draft = (store or self._store).save(candidate)
        self._findings = findings
        self._items = None

    def _applying(self, candidate: SessionDraft) -> SessionDraft:
        begun = {step.id for step in self._steps if step.holds(candidate) and not step.holds(self._draft)}
        kept = tuple(skipped for skipped in candidate.skipped if skipped.step not in begun)
        return candidate if kept == candidate.skipped else candidate.with_(skipped=kept)

    def override(self, finding: Finding, reason: str) -> None:
        """Go on against ``finding`` with a written reason.

        Raises ``Fault``: REASON_MISSING and REASON_TOO_SHORT, REASON_NOT_ENOUGH where none may stand in.
        """
        standing = next((one for one in self._findings if one.key == finding.key), finding)
        if not standing.overridable and reason.strip():
            raise Fault(FaultCode.REASON_NOT_ENOUGH)
        at = self._clock.now()
        self.edit(lambda draft: with_reason(draft, finding, reason, by=self._by, at=at))

    def take_back_override(self, key: str) -> None:
        """Withdraw a reason; its finding holds the gate shut again."""
        kept = tuple(one for one in self._draft.overrides if one.finding.key != key)
        self.edit(lambda draft: draft.with_(overrides=kept))

    @property
    def unanswered(self) -> tuple[Finding, ...]:
        """The stops, holds and precautions that signing now would seal as not answered."""
        return unanswered(self._draft, self._findings)

    def consider(self, finding: Finding) -> None:
        """Note that the precaution ``finding`` was considered; raises ``Fault(REASON_MISSING)`` for any other."""
        standing = next((one for one in self._findings if one.key == finding.key), finding)
        at = self._clock.now()
        self.edit(lambda draft: with_considered(draft, (standing,), by=self._by, at=at))

    def note_on(self, key: str, note: str) -> None:
        """Put words beside the considered precaution of this key; "" takes them away."""
        self.edit(lambda draft: with_note(draft, key, note))

    def take_back_considered(self, key: str) -> None:
        """The precaution of this key is open again."""
        self.edit(lambda draft: without_considered(draft, key))

    def skip(self, step: StepId, reason: str) -> None:
        """Mark ``step`` as not applying today, with a reason.

        Raises ``Fault``: REASON_MISSING for an empty one, REASON_TOO_SHORT for one that says nothing.

        Steps that every visit has cannot be skipped (``ValueError``), nor can one in which something was recorded
        (``Fault(STEP_HOLDS_RECORDS)``): this is held here, not on the screen.
        """
        self.check_skip(step)
        check_reason(reason)
        skipped = StepSkipped(step=step, reason=reason, by=self._by, at=self._clock.now())
        others = tuple(one for one in self._draft.skipped if one.step is not step)
        self.edit(lambda draft: draft.with_(skipped=(*others, skipped)))

    def check_skip(self, step: StepId) -> None:
        """Raise what ``skip`` would raise whatever the reason, so that none is asked for in vain."""
        found = next(one for one in self._steps if one.id is step)
        if not found.skippable:
            raise ValueError(f"{step} is part of every visit")
        if found.holds(self._draft):
            raise Fault(FaultCode.STEP_HOLDS_RECORDS)

    def take_back_skip(self, step: StepId) -> None:
        """The step applies after all."""
        kept = tuple(one for one in self._draft.skipped if one.step is not step)
        self.edit(lambda draft: draft.with_(skipped=kept))

    def go_to(self, step: StepId) -> None:
        """Move to any step; no step is locked to look at."""
        self.edit(lambda draft: draft.with_(step=step))

    def next(self) -> None:
        """Move one step on; stays at the last."""
        self._move(1)

    def back(self) -> None:
        """Move one step back; stays at the first."""
        self._move(-1)

    def _move(self, by: int) -> None:
        order = [step.id for step in self._steps]
        step = order[min(max(order.index(self._draft.step) + by, 0), len(order) - 1)]
        now = self._clock.now()
        self.edit(lambda draft: gone_on(draft, step, now) if by > 0 else draft.with_(step=step))

    def standings(self) -> tuple[Standing, ...]:
        """Every step with its derived state."""
        due = {one.finding.step for one in self.open_points() if one.due and one.finding.gate is not Gate.NONE}
        return tuple(
            Standing(step, self._state(step, step.id in due), step.id is self._draft.step) for step in self._steps
        )

    def _state(self, step: Step, due: bool) -> StepState:
        if self._draft.skip_of(step.id):
            return StepState.NOT_APPLICABLE
        shut = [one for one in self.open_findings(Gate.SIGNING) if one.step is step.id]
        needed = [item for item in self.items if item.step is step.id]
        begun = any(item.done for item in needed)
        if due:
            return StepState.ATTENTION
        if needed and all(item.done for item in needed) and not shut:
            return StepState.DONE
        overridden = {override.finding.key for override in self._draft.overrides}
        if needed and all(item.done or item.finding_key in overridden for item in needed) and not shut:
            return StepState.DONE
        return StepState.BEGUN if begun else StepState.OPEN


def _recorded(draft: SessionDraft) -> set[object]:
    """The passes, the products and the cartridge in the hand that reasons may have been given for."""
    held = draft.needling.in_hand
    needles = {(held.cartridge, held.lot, held.serial)} if held and held.cartridge else set[object]()
    return {*(one.id for one in (*draft.needling.passes, *draft.uses)), *needles}
