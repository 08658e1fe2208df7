"""Saved means saved: what the presenter shows as saved is on the disk, whatever the disk does meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from needlelog.domain.findings import Gate, StepId
from needlelog.domain.session import SessionDraft
from needlelog.errors import Fault, FaultCode
from needlelog.workflow.flow import SessionFlow
from needlelog.workflow.steps import SESSION_STEPS
from tests.builders import a_pass, a_use, an_id
from tests.gui.screens.session.room import Room, ready_for_needling
from ui.screens.session.keeper import GATHER_MS
from ui.screens.session.presenter import SessionPresenter

Make = Callable[..., tuple[SessionPresenter, "Disk"]]


class Disk:
    """Takes drafts, slowly or not at all when told so; ``seconds`` is the stopwatch that sees it."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self.held: list[SessionDraft] = []
        self.broken = False
        self.takes_s = 0.0
        self._at = 0.0

    def seconds(self) -> float:
        return self._at

    def save(self, draft: SessionDraft) -> SessionDraft:
        self._at += self.takes_s
        if self.broken:
            raise Fault(FaultCode.DISK_FULL)
        self.held.append(draft.with_(revision=draft.revision + 1, saved_at=self._clock()))
        return self.held[-1]


@pytest.fixture
def make(room: Room) -> Make:
    def made(change: Callable[[SessionDraft], SessionDraft] | None = None) -> tuple[SessionPresenter, Disk]:
        flow, judge = room.desk.sessions.resume(room.start(change=change))
        disk = Disk(room.clock.now)
        again = SessionFlow(flow.draft, steps=SESSION_STEPS, store=disk, judge=judge, clock=room.clock, by="Mara Lindt")
        return SessionPresenter(again, judge, room.clock.now, seconds=disk.seconds), disk

    return made


def concern(name: str) -> Callable[[SessionDraft], SessionDraft]:
    return lambda draft: draft.with_(consultation=draft.consultation.with_(concerns=(name,)))


def note(text: str) -> Callable[[SessionDraft], SessionDraft]:
    return lambda draft: draft.with_(aftercare=draft.aftercare.with_(note=text))


def test_saved_is_said_after_the_disk_took_it(make: Make) -> None:
    presenter, disk = make()
    heard: list[tuple[object, int]] = []
    presenter.saved.connect(lambda moment: heard.append((moment, len(disk.held))))
    assert presenter.edit(concern("melasma"))
    assert heard == [(disk.held[0].saved_at, 1)]
    assert disk.held[0].consultation.concerns == ("melasma",)
    assert not presenter.unsaved


def test_a_change_that_changes_nothing_saves_nothing(make: Make) -> None:
    presenter, disk = make()
    assert presenter.edit(lambda draft: draft)
    assert not disk.held


def test_a_slow_disk_gathers_changes_for_a_quarter_of_a_second_at_most(make: Make, qtbot: QtBot) -> None:
    presenter, disk = make()
    disk.takes_s = 0.2
    presenter.edit(concern("melasma"))
    with qtbot.waitSignal(presenter.saved, timeout=GATHER_MS * 4):
        presenter.edit(note("one"))
        presenter.edit(note("two"))
        assert presenter.unsaved
        assert presenter.draft.aftercare.note == "two"
        assert len(disk.held) == 1
    assert GATHER_MS <= 250
    assert len(disk.held) == 2
    assert disk.held[-1].aftercare.note == "two"


def test_a_step_change_and_a_flush_do_not_wait_for_a_slow_disk(make: Make) -> None:
    presenter, disk = make()
    disk.takes_s = 0.2
    presenter.edit(concern("melasma"))
    presenter.edit(note("one"))
    assert presenter.next()
    assert (disk.held[-1].aftercare.note, disk.held[-1].step) == ("one", StepId.CONSENT)
    presenter.edit(note("two"))
    assert presenter.flush()
    assert disk.held[-1].aftercare.note == "two"


def test_a_failing_disk_keeps_what_was_typed_says_since_when_and_tries_again(make: Make, qtbot: QtBot) -> None:
    presenter, disk = make()
    presenter.edit(concern("melasma"))
    since, disk.broken = presenter.saved_at, True
    with qtbot.waitSignal(presenter.save_failed) as failed:
        assert not presenter.edit(note("keep me"))
    assert failed.args[1] == since
    assert failed.args[0].code is FaultCode.DISK_FULL
    assert presenter.draft.aftercare.note == "keep me"
    assert presenter.unsaved
    disk.broken = False
    with qtbot.waitSignal(presenter.saved, timeout=5000):
        pass
    assert disk.held[-1].aftercare.note == "keep me"


def test_one_can_go_anywhere_while_the_disk_fails(make: Make) -> None:
    presenter, disk = make()
    disk.broken = True
    presenter.edit(note("keep me"))
    assert presenter.go_to(StepId.REACTIONS)
    assert presenter.back()
    assert presenter.draft.step is StepId.COOLING
    disk.broken = False
    assert presenter.flush()
    assert (disk.held[-1].step, disk.held[-1].aftercare.note) == (StepId.COOLING, "keep me")


def test_a_refused_change_takes_no_other_with_it(make: Make) -> None:
    presenter, disk = make()
    refused: list[Fault] = []
    presenter.refused.connect(refused.append)
    disk.takes_s = 0.2
    presenter.edit(concern("melasma"))
    presenter.edit(note("before"))
    presenter.edit(lambda draft: draft.with_(needling=draft.needling.with_(passes=(a_pass(),))))
    presenter.edit(concern("acne"))
    assert not presenter.flush()
    assert [fault.code for fault in refused] == [FaultCode.NEEDLING_NOT_CLEARED]
    held = disk.held[-1]
    assert (held.aftercare.note, held.consultation.concerns, held.needling.passes) == ("before", ("acne",), ())
    assert not presenter.unsaved


def test_a_change_that_breaks_leaves_the_visit_usable(make: Make) -> None:
    presenter, _disk = make()
    with pytest.raises(ZeroDivisionError):
        presenter.edit(lambda draft: draft.with_(revision=1 // 0))
    assert presenter.edit(note("after"))
    assert presenter.draft.aftercare.note == "after"


def test_an_override_needs_words_and_can_be_taken_back(make: Make) -> None:
    presenter, _disk = make()
    finding = presenter.open_findings(Gate.NEEDLING)[0]
    assert not presenter.override(finding, "  ")
    assert presenter.override(finding, "agreed in writing")
    assert finding not in presenter.open_findings(Gate.NEEDLING)
    assert presenter.take_back_override(finding.key)
    assert finding in presenter.open_findings(Gate.NEEDLING)


def test_a_pass_is_taken_when_needling_is_cleared(make: Make) -> None:
    presenter, disk = make(ready_for_needling)
    assert presenter.edit(lambda draft: draft.with_(needling=draft.needling.with_(passes=(a_pass(),))))
    assert len(disk.held[-1].needling.passes) == 1


def serum(number: int) -> Callable[[SessionDraft], SessionDraft]:
    """One more serum; the same one twice would be refused."""
    use = a_use(id=an_id(7000 + number))
    return lambda draft: draft.with_(serums=(*draft.serums, use))


def a_pass_too_early(draft: SessionDraft) -> SessionDraft:
    return draft.with_(needling=draft.needling.with_(passes=(a_pass(),)))


def two_passes_too_early(draft: SessionDraft) -> SessionDraft:
    return draft.with_(needling=draft.needling.with_(passes=(a_pass(), a_pass(id=an_id(6000)))))


def test_whoever_saves_while_refusals_are_told_saves_nothing_twice(make: Make) -> None:
    presenter, disk = make()
    disk.takes_s = 0.2
    presenter.edit(concern("melasma"))
    for change in (serum(1), a_pass_too_early, serum(2), two_passes_too_early, serum(3)):
        presenter.edit(change)
    refused: list[FaultCode] = []

    def meanwhile(fault: Fault) -> None:
        refused.append(fault.code)
        presenter.edit(serum(10 + len(refused)))
        presenter.flush()

    presenter.refused.connect(meanwhile)
    presenter.draft_changed.connect(presenter.flush)
    assert not presenter.flush()
    assert refused == [FaultCode.NEEDLING_NOT_CLEARED] * 2
    assert [one.id.int % 1000 for one in disk.held[-1].serums] == [one.id.int % 1000 for one in presenter.draft.serums]
    assert {one.id for one in disk.held[-1].serums} == {an_id(7000 + number) for number in (1, 2, 3, 11, 12)}
    assert not presenter.unsaved
    assert not presenter.failing


def test_what_is_refused_is_told_when_the_rest_is_on_the_disk(make: Make) -> None:
    presenter, disk = make()
    disk.takes_s = 0.2
    presenter.edit(concern("melasma"))
    for change in (a_pass_too_early, note("keep me")):
        presenter.edit(change)
    held: list[str] = []
    presenter.refused.connect(lambda _fault: held.append(disk.held[-1].aftercare.note))
    assert not presenter.flush()
    assert held == ["keep me"]


def test_an_entry_that_stands_twice_is_refused_and_no_fault_of_the_disk(make: Make) -> None:
    presenter, _disk = make()
    refused: list[FaultCode] = []
    presenter.refused.connect(lambda fault: refused.append(fault.code))
    assert presenter.edit(serum(1))
    assert not presenter.edit(serum(1))
    # Not tried by ``edit``, since it goes past it: the same fault from the machine itself.
    assert not presenter._do(lambda: presenter.flow.edit(serum(1)))
    assert refused == [FaultCode.ENTRY_TWICE] * 2
    assert not presenter.failing
    assert presenter.edit(note("after"))


def test_what_must_be_durable_together_waits_for_what_was_typed_before(make: Make) -> None:
    presenter, disk = make()
    disk.broken = True
    presenter.edit(note("typed before"))
    done: list[str] = []
    disk_again = disk

    def act(flow: SessionFlow) -> None:
        disk_again.broken = False
        done.append(flow.draft.aftercare.note)

    with pytest.raises(Fault) as refused:
        presenter.together(act)
    assert refused.value.code is FaultCode.DISK_FULL
    assert done == []
    disk.broken = False
    presenter.together(act)
    assert done == ["typed before"]
    assert not presenter.unsaved


def test_a_disk_that_failed_at_a_reason_is_tried_again_for_what_comes_after(make: Make, qtbot: QtBot) -> None:
    presenter, disk = make()
    disk.broken = True
    assert not presenter.skip(StepId.SERUM, "Not wanted today")
    disk.broken = False
    presenter.edit(concern("melasma"))
    qtbot.waitUntil(lambda: not presenter.unsaved, timeout=6000)
    assert disk.held[-1].consultation.concerns == ("melasma",)


def test_a_disk_that_cannot_be_read_is_said_once_and_not_at_each_look(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    presenter, _ = make()
    said: list[Fault] = []
    presenter.refused.connect(said.append)
    (clock,) = (one for one in presenter.findChildren(QTimer) if not one.isSingleShot())

    def unreadable() -> None:
        raise Fault(FaultCode.DATABASE_DAMAGED, path="clinic")

    with monkeypatch.context() as broken:
        broken.setattr(presenter.flow, "refresh", unreadable)
        for _ in range(3):
            clock.timeout.emit()
    assert [one.code for one in said] == [FaultCode.DATABASE_DAMAGED]
    clock.timeout.emit()
    monkeypatch.setattr(presenter.flow, "refresh", unreadable)
    clock.timeout.emit()
    assert len(said) == 2
