"""Between the pages and the session's machine: takes changes, has them saved, says what is on the disk.

A change is saved at once. Only where saving turns out slow (a slow disk) are changes gathered, for at most
``GATHER_MS``, and saved together. The saved mark follows the disk, never the wish.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from needlelog.domain.client import Client
from needlelog.domain.findings import Finding, Gate, StepId
from needlelog.domain.materials import MaterialUse, Product
from needlelog.domain.session import Numbing, SessionDraft, SignedSession
from needlelog.domain.treatment import NeedlingPass
from needlelog.errors import Fault, FaultCode
from needlelog.knowledge.model import Contraindication
from needlelog.rules.before_use import against_product, against_record
from needlelog.rules.circumstances import Circumstances
from needlelog.rules.depth import asks_depth, judge_pass
from needlelog.rules.items import Item
from needlelog.rules.judgement import answered
from needlelog.rules.screening import asked
from needlelog.rules.traceability import LotInUse
from needlelog.services.judging import DraftJudge
from needlelog.workflow.again import Again, holds_back, repeated, speaks_against
from needlelog.workflow.due import OpenPoint
from needlelog.workflow.flow import SessionFlow, Standing
from needlelog.workflow.passes import gone_on

Change = Callable[[SessionDraft], SessionDraft]

GATHER_MS = 250
RETRY_MS = 2000
SLOW_SAVE_S = 0.016
REFRESH_MS = 15_000
"""How often the rules look at the clock again: dwell times grow while nobody types."""


class SessionPresenter(QObject):
    """One open visit. ``draft`` is what the pages show; ``saved_at`` is what the disk holds."""

    draft_changed = Signal()
    findings_changed = Signal()
    saved = Signal(object)
    """The moment of the last durable save."""
    save_failed = Signal(object, object)
    """The fault, and the moment of the last durable save: what was typed is still here."""
    refused = Signal(object)
    """A change was refused by the rules: a ``Fault`` with its sentence."""
    looked = Signal()
    """The rules looked at the client, the list and the clock again."""
    findings_wanted = Signal()
    """A page asks for the findings to be shown."""
    route_wished = Signal(object)
    """A page asks to leave the visit for this place."""
    show_field = Signal(object, str)
    """Go to this step and put the focus on this entry."""

    def __init__(
        self,
        flow: SessionFlow,
        judge: DraftJudge,
        clock: Callable[[], datetime],
        parent: QObject | None = None,
        *,
        seconds: Callable[[], float] = time.perf_counter,
    ) -> None:
        super().__init__(parent)
        self._flow = flow
        self._judge = judge
        self._now = clock
        self._seconds = seconds
        self._waiting: list[Change] = []
        self._slow = False
        self._fault: Fault | None = None
        self._refusals = 0
        self._gather = self._timer(GATHER_MS, self.flush)
        self._retry = self._timer(RETRY_MS, self.flush)
        self._refresh = QTimer(self)
        self._refresh.setInterval(REFRESH_MS)
        self._refresh.timeout.connect(self.refresh)

    def _timer(self, interval_ms: int, slot: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval_ms)
        timer.timeout.connect(slot)
        return timer

    # what the pages read

    @property
    def flow(self) -> SessionFlow:
        """The machine; only signing and the shell's moves go past this presenter."""
        return self._flow

    @property
    def draft(self) -> SessionDraft:
        """The saved draft with whatever still waits to be saved."""
        draft = self._flow.draft
        for change in self._waiting:
            # What one change rests on may have been refused meanwhile; saving it will say so.
            with contextlib.suppress(Fault):
                draft = change(draft)
        return draft

    @property
    def client(self) -> Client:
        """The client of this visit."""
        return self._judge.client

    @property
    def saved_at(self) -> datetime | None:
        """When the disk last took everything."""
        return self._flow.draft.saved_at

    @property
    def unsaved(self) -> bool:
        """Whether anything shown is not on the disk yet."""
        return bool(self._waiting)

    @property
    def failing(self) -> bool:
        """Whether the disk refused the last save."""
        return self._failing

    @property
    def _failing(self) -> bool:
        return self._fault is not None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding on the saved draft, overridden or not."""
        return self._flow.findings

    @property
    def items(self) -> tuple[Item, ...]:
        """What the record needs, item by item."""
        return self._flow.items

    @property
    def standings(self) -> tuple[Standing, ...]:
        """Every step with its state."""
        return self._flow.standings()

    def open_points(self) -> tuple[OpenPoint, ...]:
        """Every finding without an answer, and whether it is due."""
        return self._flow.open_points()

    def held_back(self, step: StepId) -> bool:
        """Whether anything of ``step`` is open or not on the disk yet: then no visit goes on from it by itself."""
        # On a slow disk what was just said may still wait, and the findings are those before it.
        return not self.flush() or self.unsaved or bool(holds_back(step, self.open_points()))

    @property
    def unanswered(self) -> tuple[Finding, ...]:
        """The precautions that signing now would seal as not answered."""
        return self._flow.unanswered

    def open_findings(self, gate: Gate) -> tuple[Finding, ...]:
        """What holds ``gate`` shut."""
        return self._flow.open_findings(gate)

    def findings_of_passes(self, new: Sequence[NeedlingPass]) -> tuple[Finding, ...]:
        """What would speak against passes about to be recorded, without what was answered already."""
        draft = self.draft
        return tuple(one for one in self._judge.of_passes(draft, new) if not answered(draft, one))

    def depths_asked(self, new: Sequence[NeedlingPass]) -> tuple[Finding, ...]:
        """The precautions about the depth of passes about to be recorded that nobody has considered in this visit."""
        draft, around = self.draft, self.around
        found = (one for each in new for one in judge_pass(each, around, draft.consultation.concerns))
        return tuple({one.key: one for one in found if asks_depth(one) and not answered(draft, one)}.values())

    def open_precautions_of(self, new: Sequence[NeedlingPass]) -> tuple[Finding, ...]:
        """The precautions on the zones of passes about to be recorded, but for their depths, that nobody considered."""
        draft = self.draft
        found = self._judge.of_zones(draft, new)
        return tuple(one for one in found if not asks_depth(one) and not answered(draft, one))

    def findings_of_lot(self, used: LotInUse) -> tuple[Finding, ...]:
        """What would speak against a lot about to be recorded, without what already has a written reason."""
        draft = self.draft
        return tuple(one for one in self._judge.of_lot(draft, used) if draft.override_of(one.key) is None)

    def against_product(self, step: StepId, product: Product) -> tuple[Finding, ...]:
        """What stops a product about to be used in ``step``, without what already has a written reason.

        The client is looked at afresh.
        """
        self.refresh()
        draft = self.draft
        found = against_product(step, product, draft, self.around)
        return tuple(one for one in found if draft.override_of(one.key) is None)

    def against_record(self, record: MaterialUse | Numbing, change: Change) -> tuple[Finding, ...]:
        """What holds ``record`` back as it would stand after ``change``, without what already has a written reason.

        Client, list and stock are looked at afresh.
        """
        self.refresh()
        then = change(self.draft)
        found = against_record(record, self._judge.findings(then))
        return tuple(one for one in found if then.override_of(one.key) is None)

    def findings_of_change(self, change: Change) -> tuple[Finding, ...]:
        """What the rules would hold against a change by itself, before it is made."""
        draft = self.draft
        return speaks_against(self._judge.findings(draft), self._judge.findings(change(draft)))

    def again(self, last: SignedSession | None) -> Again | None:
        """What this visit may confirm of ``last``, where it repeats that one."""
        draft, knowledge = self.draft, self._judge.around.knowledge
        before = repeated(draft, last)
        if before is None:
            return None
        concerns, preparation = tuple(knowledge.concerns), tuple(knowledge.preparation)
        return Again(before, self.client, self.questions(draft), preparation, concerns)

    def questions(self, draft: SessionDraft) -> tuple[Contraindication, ...]:
        """The screening questions that apply to ``draft``."""
        return asked(draft, self._judge.around)

    @property
    def around(self) -> Circumstances:
        """What the rules look at besides the draft, now."""
        return self._judge.around

    # what the pages ask

    def edit(self, change: Change) -> bool:
        """Take one change; True when it was saved or waits to be, False when the rules refused it."""
        before = self.draft
        try:
            # Tried before it is kept, so that a change that cannot be made leaves nothing behind.
            after = change(before)
        except Fault as fault:
            self.refused.emit(fault)
            return False
        if after == before:
            return True
        self._waiting.append(change)
        if self._slow or self._failing:
            timer = self._retry if self._failing else self._gather
            # Failing may have begun with a reason or a skip: nothing waited then, and nobody tries again by himself.
            if not timer.isActive() or not self._failing:
                timer.start()
            self.draft_changed.emit()
            return True
        return self.flush()

    def together(self, act: Callable[[SessionFlow], None]) -> None:
        """Change the draft along with something that must be durable with it; what waits is saved first.

        Raises ``Fault``: then neither happened.
        """
        if not self.flush() and self._fault is not None:
            raise self._fault
        self._act(lambda: act(self._flow), ())

    def override(self, finding: Finding, reason: str) -> bool:
        """Go on against ``finding`` with a written reason."""
        return self._do(lambda: self._flow.override(finding, reason))

    def take_back_override(self, key: str) -> bool:
        """Withdraw a written reason."""
        return self._do(lambda: self._flow.take_back_override(key))

    def consider(self, finding: Finding) -> bool:
        """Note that a precaution was considered."""
        return self._do(lambda: self._flow.consider(finding))

    def note_on(self, key: str, note: str) -> bool:
        """Put words beside a considered precaution."""
        return self._do(lambda: self._flow.note_on(key, note))

    def take_back_considered(self, key: str) -> bool:
        """A precaution is open again."""
        return self._do(lambda: self._flow.take_back_considered(key))

    def may_skip(self, step: StepId) -> bool:
        """Whether a step may be marked as not applying; what speaks against it is said by ``refused``."""
        if not self.flush() and self._failing:
            return False
        try:
            self._flow.check_skip(step)
        except Fault as fault:
            self.refused.emit(fault)
            return False
        return True

    def skip(self, step: StepId, reason: str) -> bool:
        """Mark a step as not applying."""
        return self._do(lambda: self._flow.skip(step, reason))

    def take_back_skip(self, step: StepId) -> bool:
        """The step applies after all."""
        return self._do(lambda: self._flow.take_back_skip(step))

    def go_to(self, step: StepId) -> bool:
        """Move to a step; what waits is saved with it. Moving is free even while the disk takes nothing."""
        return self._go(step, lambda draft: draft.with_(step=step))

    def _go(self, step: StepId, change: Change) -> bool:
        self.edit(change)
        if not self._failing:
            self.flush()
        return self.draft.step is step

    def next(self) -> bool:
        """Move one step on; stays at the last."""
        return self._move(1)

    def back(self) -> bool:
        """Move one step back; stays at the first."""
        return self._move(-1)

    def _move(self, by: int) -> bool:
        order = [step.id for step in self._flow.steps]
        step = order[min(max(order.index(self.draft.step) + by, 0), len(order) - 1)]
        now = self._now()
        return self._go(step, lambda draft: gone_on(draft, step, now)) if by > 0 else self.go_to(step)

    def refresh(self) -> None:
        """Let the rules look at the client, the clinic's list and the clock again."""
        before = self._flow.findings
        self._flow.refresh()
        if self._flow.findings != before:
            self.findings_changed.emit()
        self.looked.emit()

    def watch(self, on: bool) -> None:
        """Look at the clock now and then while the visit is on the screen."""
        if on:
            self._refresh.start()
        else:
            self._refresh.stop()

    def flush(self) -> bool:
        """Save whatever waits; False when it could not be saved or something of it was refused."""
        self._gather.stop()
        self._retry.stop()
        if not self._waiting:
            return True
        changes = tuple(self._waiting)
        try:
            self._save(changes)
        except Fault as fault:
            if fault.code in _OF_THE_DISK:
                return self._not_saved(fault)
            return self._one_by_one()
        return True

    def _one_by_one(self) -> bool:
        """Save what can be saved: a refused change takes no other with it. Refusals are told once all is done."""
        refused: list[Fault] = []
        before = self._refusals
        # Whoever hears of a save may save as well: what waits is looked at afresh for each.
        while self._waiting:
            change = self._waiting[0]
            try:
                self._save((change,))
            except Fault as fault:
                if fault.code in _OF_THE_DISK:
                    self._not_saved(fault)
                    break
                # Nobody has been told of anything since it was looked at: it still stands first.
                del self._waiting[0]
                refused.append(fault)
                self._refusals += 1
        if refused:
            self.draft_changed.emit()
        for one in refused:
            self.refused.emit(one)
        return self._refusals == before and not self._waiting

    def _save(self, changes: tuple[Change, ...]) -> None:
        self._act(lambda: self._flow.edit(lambda draft: _all(changes, draft)), changes)

    def _do(self, act: Callable[[], None]) -> bool:
        if self._waiting and not self.flush() and self._failing:
            return False
        try:
            self._act(act, ())
        except Fault as fault:
            if fault.code in _OF_THE_DISK:
                return self._not_saved(fault)
            self.refused.emit(fault)
            return False
        return True

    def _act(self, act: Callable[[], None], changes: tuple[Change, ...]) -> None:
        before, findings = self._flow.draft, self._flow.findings
        started = self._seconds()
        act()
        self._slow = self._seconds() - started > SLOW_SAVE_S
        self._fault = None
        del self._waiting[: len(changes)]
        if self._flow.draft is not before:
            self.saved.emit(self._flow.draft.saved_at)
        self.draft_changed.emit()
        if self._flow.findings != findings:
            self.findings_changed.emit()

    def _not_saved(self, fault: Fault) -> bool:
        self._fault = fault
        if self._waiting:
            self._retry.start()
        self.draft_changed.emit()
        self.save_failed.emit(fault, self.saved_at)
        return False


# The disk says no, and may say yes later: what was asked is kept and tried again. Any other fault is the record's own
# refusal, and what was asked is dropped.
_OF_THE_DISK = frozenset(
    {
        FaultCode.DISK_FULL,
        FaultCode.WRITE_FAILED,
        FaultCode.READ_FAILED,
        FaultCode.DATABASE_BUSY,
        FaultCode.DATABASE_DAMAGED,
        FaultCode.DATA_FOLDER_READ_ONLY,
        FaultCode.DATA_FOLDER_MISSING,
        FaultCode.DATA_IN_USE,
    }
)


def _all(changes: tuple[Change, ...], draft: SessionDraft) -> SessionDraft:
    for change in changes:
        draft = change(draft)
    return draft
