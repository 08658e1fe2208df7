"""One open visit as its pages see it: the draft, what the rules say of it, and the acts that a page may ask for.

How the draft reaches the disk is the keeper's.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from needlelog.domain.client import Client
from needlelog.domain.findings import Finding, Gate, StepId
from needlelog.domain.materials import MaterialUse, Product
from needlelog.domain.session import Numbing, SessionDraft
from needlelog.domain.signed import SignedSession
from needlelog.domain.treatment import NeedlingPass
from needlelog.errors import Fault
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
from ui.screens.session.keeper import Change, DraftKeeper

REFRESH_MS = 15_000
"""How often the rules look at the clock again: dwell times grow while nobody types."""


class SessionPresenter(DraftKeeper):
    """What the pages read and ask; nothing here is state but the draft that is kept."""

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
        super().__init__(flow, parent, seconds=seconds)
        self._judge = judge
        self._now = clock
        self._blind = False
        self._refresh = QTimer(self)
        self._refresh.setInterval(REFRESH_MS)
        self._refresh.timeout.connect(self._look)

    # what the pages read

    @property
    def client(self) -> Client:
        """The client of this visit."""
        return self._judge.client

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

    def _look(self) -> None:
        try:
            self.refresh()
        except Fault as fault:
            # Said once: the next looks would say the same every few seconds.
            if not self._blind:
                self._blind = True
                self.refused.emit(fault)
            return
        self._blind = False

    def watch(self, on: bool) -> None:
        """Look at the clock now and then while the visit is on the screen."""
        if on:
            self._refresh.start()
        else:
            self._refresh.stop()
