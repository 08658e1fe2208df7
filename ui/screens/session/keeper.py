"""A visit's draft between the screen and the disk: takes changes, has them saved, says what is on the disk.

A change is saved at once. Only where saving turns out slow (a slow disk) are changes gathered, for at most
``GATHER_MS``, and saved together. The saved mark follows the disk, never the wish.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from needlelog.domain.session import SessionDraft
from needlelog.errors import Fault, FaultCode
from needlelog.workflow.flow import SessionFlow

Change = Callable[[SessionDraft], SessionDraft]

GATHER_MS = 250
RETRY_MS = 2000
SLOW_SAVE_S = 0.016


class DraftKeeper(QObject):
    """``draft`` is what is shown; ``saved_at`` is what the disk holds."""

    draft_changed = Signal()
    findings_changed = Signal()
    saved = Signal(object)
    """The moment of the last durable save."""
    save_failed = Signal(object, object)
    """The fault, and the moment of the last durable save: what was typed is still here."""
    refused = Signal(object)
    """A change was refused by the rules: a ``Fault`` with its sentence."""

    def __init__(
        self,
        flow: SessionFlow,
        parent: QObject | None = None,
        *,
        seconds: Callable[[], float] = time.perf_counter,
    ) -> None:
        super().__init__(parent)
        self._flow = flow
        self._seconds = seconds
        self._waiting: list[Change] = []
        self._slow = False
        self._fault: Fault | None = None
        self._refusals = 0
        self._gather = self._timer(GATHER_MS, self.flush)
        self._retry = self._timer(RETRY_MS, self.flush)

    def _timer(self, interval_ms: int, slot: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval_ms)
        timer.timeout.connect(slot)
        return timer

    # what is there

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

    # what is asked

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
        FaultCode.DATABASE_GONE,
        FaultCode.DATA_FOLDER_READ_ONLY,
        FaultCode.DATA_FOLDER_MISSING,
        FaultCode.DATA_IN_USE,
    }
)


def _all(changes: tuple[Change, ...], draft: SessionDraft) -> SessionDraft:
    for change in changes:
        draft = change(draft)
    return draft
