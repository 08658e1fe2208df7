"""The visit's shell: free movement, resuming, several visits at once, timers, findings, and the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from needlelog.domain.findings import Gate, StepId
from needlelog.domain.session import SessionDraft
from needlelog.domain.text import LEAST_IN_REASON
from needlelog.errors import Fault, FaultCode
from tests.builders import a_full_draft, a_numbing
from tests.gui.keys import type_text
from tests.gui.screens.session.room import Room, named, ready_for_needling, tap, texts, whole
from ui.screens.session.drawer import FindingsDrawer
from ui.screens.session.screen import SessionScreen
from ui.toolkit.screen import ToEntry, ToSession
from ui.widgets.client_banner import ClientBanner
from ui.widgets.finding_bar import FindingList
from ui.widgets.notice import Notice
from ui.widgets.step_rail import StepRail
from ui.widgets.tap_card import TapCard
from ui.widgets.timer_strip import TimerStrip

NEXT, BACK = "Next", "Back"


def go_to(screen: SessionScreen, step: StepId) -> None:
    screen.findChildren(StepRail)[0].row(step.value).click()
    QApplication.processEvents()


def spoken(strip: TimerStrip) -> str:
    return "; ".join(one.accessibleName() for one in strip.findChildren(QAbstractButton) if one.isVisible())


def numbed(draft: SessionDraft) -> SessionDraft:
    return draft.with_(numbing=(a_numbing(removed_at=None),))


def test_every_step_can_be_looked_at_in_any_order_and_is_where_one_left(room: Room) -> None:
    draft_id = room.start()
    screen = room.open(draft_id)
    for step in (StepId.AFTERCARE, StepId.NEEDLING, StepId.CONSENT, StepId.REACTIONS):
        go_to(screen, step)
        assert screen.page.step is step
        assert room.stored(draft_id).step is step


def test_next_back_and_their_keys(room: Room, qtbot: QtBot) -> None:
    screen = room.at(StepId.CONSENT)
    qtbot.keyClick(screen, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert screen.page.step is StepId.CLEANSING
    back = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(screen, Qt.Key.Key_Return, back)
    assert screen.page.step is StepId.CONSENT
    tap(screen, BACK)
    assert screen.page.step is StepId.CONSULTATION
    assert not named(screen, QAbstractButton, BACK).isEnabled()


def test_it_comes_up_where_it_was_left_with_what_was_entered(room: Room) -> None:
    draft_id = room.start()
    screen = room.open(draft_id)
    tap(screen, "Melasma")
    go_to(screen, StepId.REACTIONS)
    tap(screen, "None observed")
    assert screen.deactivate()
    again = room.open(draft_id)
    assert again.page.step is StepId.REACTIONS
    assert again.presenter.draft == screen.presenter.draft
    assert "None observed, 14:40." in texts(again)


def test_two_visits_open_at_once_do_not_mix(room: Room) -> None:
    other = room.another_client()
    first, second = room.open(room.start()), room.open(room.start(other))
    tap(first, "Melasma")
    tap(second, "Cellulite")
    assert room.stored(first.draft_id).consultation.concerns == ("melasma",)
    assert room.stored(second.draft_id).consultation.concerns == ("cellulite",)
    assert "Ana Nowak" in texts(first.findChildren(ClientBanner)[0])
    assert "Zoe Hart" in texts(second.findChildren(ClientBanner)[0])


def test_a_running_timer_is_seen_from_every_step_and_after_a_restart(room: Room) -> None:
    draft_id = room.start(change=numbed)
    screen = room.open(draft_id)
    for step in StepId:
        go_to(screen, step)
        strip = screen.findChildren(TimerStrip)[0]
        assert strip.isVisible(), step
        assert "Lidocaine cream 4 %" in spoken(strip)
    assert screen.deactivate()
    room.clock.advance(minutes=7)
    again = room.open(draft_id)
    assert "27" in spoken(again.findChildren(TimerStrip)[0])


def test_numbing_in_the_other_room_is_seen_here_and_leads_there(room: Room, qtbot: QtBot) -> None:
    other = room.start(room.another_client(), change=numbed)
    screen = room.open(room.start())
    strip = screen.findChildren(TimerStrip)[0]
    assert "Z. H. C-0002" in spoken(strip)
    assert "Hart" not in spoken(screen) + texts(screen)
    with qtbot.waitSignal(screen.go) as gone:
        strip.timer_chosen.emit(f"draft:{other}")
    assert gone.args == [ToSession(other)]


def test_a_step_is_skipped_with_a_reason_and_taken_back(room: Room) -> None:
    draft_id = room.start()
    screen = room.open(draft_id)
    go_to(screen, StepId.SERUM)
    room.dialogs.will_answer(None, "Client declined")
    tap(screen, "Does not apply today")
    assert [one.least for one in room.dialogs.asked] == [LEAST_IN_REASON]
    assert not room.stored(draft_id).skipped
    tap(screen, "Does not apply today")
    assert room.stored(draft_id).skipped[0].reason == "Client declined"
    assert "Does not apply today: Client declined" in texts(screen)
    tap(screen, "Applies after all")
    assert not room.stored(draft_id).skipped


@pytest.mark.parametrize("step", [StepId.CONSULTATION, StepId.CONSENT, StepId.REACTIONS, StepId.AFTERCARE])
def test_what_must_be_asked_cannot_be_skipped(room: Room, step: StepId) -> None:
    screen = room.at(step)
    assert not [b for b in screen.findChildren(QAbstractButton) if b.isVisible() and b.text() == "Does not apply today"]


@pytest.fixture
def with_findings(room: Room) -> Iterator[SessionScreen]:
    """A visit that stands at needling with everything before it left open, and its drawer."""
    screen = room.at(StepId.NEEDLING)
    due = [one for one in screen.presenter.open_points() if one.due and one.finding.gate is not Gate.NONE]
    tap(screen, f"{len(due)} findings")
    return screen


def drawer(screen: SessionScreen) -> FindingsDrawer:
    return screen.findChildren(FindingsDrawer)[0]


def test_the_findings_lie_between_banner_and_bar_and_never_over_next(with_findings: SessionScreen) -> None:
    lies = drawer(with_findings)
    assert lies.isVisible()
    following = named(with_findings, QAbstractButton, NEXT)
    top = following.mapTo(with_findings, QPoint(0, 0)).y()
    assert lies.geometry().bottom() < top


def test_escape_and_a_tap_beside_close_the_findings(with_findings: SessionScreen, qtbot: QtBot) -> None:
    lies = drawer(with_findings)
    qtbot.keyClick(QApplication.focusWidget() or lies, Qt.Key.Key_Escape)
    assert not lies.isVisible()
    focus = QApplication.focusWidget()
    assert focus is not None
    assert "findings" in focus.accessibleName()
    tap(with_findings, focus.accessibleName())
    assert lies.isVisible()
    qtbot.mouseClick(with_findings.page, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    assert not lies.isVisible()


def test_a_finding_is_overridden_with_a_written_reason(room: Room, with_findings: SessionScreen) -> None:
    room.dialogs.will_answer("Asked on the phone yesterday")
    tap(drawer(with_findings), "Override: Allergies confirmed")
    stored = room.stored(with_findings.draft_id)
    assert stored.overrides[0].reason == "Asked on the phone yesterday"
    assert "Overridden: Asked on the phone yesterday" in texts(drawer(with_findings))


def test_a_finding_says_that_sources_differ_and_leads_to_its_entry(room: Room) -> None:
    def peeled(draft: SessionDraft) -> SessionDraft:
        ready = ready_for_needling(draft)
        answers = tuple(
            one.with_(answer="yes", ended_on=date(2026, 11, 18)) if one.contraindication == "C24" else one
            for one in ready.consultation.screening
        )
        return ready.with_(consultation=ready.consultation.with_(screening=answers))

    screen = room.at(StepId.NEEDLING, change=peeled)
    went: list[object] = []
    screen.go.connect(went.append)
    screen._open_drawer()
    (finding,) = [one for one in screen.presenter.findings if one.code == "C24"]
    assert "Sources differ; the safer value is used." in texts(drawer(screen))
    tap(drawer(screen), f"Sources: {finding.title}")
    assert went == [ToEntry("contraindications:C24")]


def test_a_finding_leads_to_its_place(with_findings: SessionScreen) -> None:
    tap(drawer(with_findings), "Show: Consent signed")
    assert with_findings.page.step is StepId.CONSENT
    assert not drawer(with_findings).isVisible()


def test_a_fresh_visit_has_nothing_to_decide_and_offers_no_override(room: Room) -> None:
    screen = room.open(room.start())
    tap(screen, "No findings")
    shown = drawer(screen)
    assert "Still to do" in texts(shown)
    assert "Needs a decision" not in texts(shown)
    assert not [one for one in shown.findChildren(QAbstractButton) if one.isVisible() and one.text() == "Override"]


def test_what_asks_for_no_decision_is_a_precaution(room: Room) -> None:
    def bruised(draft: SessionDraft) -> SessionDraft:
        answers = draft.consultation.screening
        asked = [one.with_(answer="yes") if one.contraindication == "C09" else one for one in answers]
        return draft.with_(consultation=draft.consultation.with_(screening=tuple(asked)))

    screen = room.open(room.start(change=lambda draft: bruised(ready_for_needling(draft))))
    open_now = [one.finding for one in screen.presenter.open_points() if one.due]
    assert [(one.code, one.gate) for one in open_now] == [("C09", Gate.NONE)]
    tap(screen, "1 precaution")
    assert open_now[0].title in texts(named(drawer(screen), FindingList, "Precautions to consider"))
    assert "Nothing asks for a decision now." in texts(drawer(screen))


def test_what_is_still_to_do_is_one_tap_from_its_place(room: Room) -> None:
    screen = room.open(room.start())
    tap(screen, "No findings")
    line = named(drawer(screen), TapCard, "Show: Cooling and soothing recorded")
    line.chosen.emit()
    assert screen.page.step is StepId.COOLING
    assert not drawer(screen).isVisible()


def test_a_step_left_behind_wants_a_decision_and_its_mark_says_so(room: Room) -> None:
    screen = room.at(StepId.CONSENT)
    rail = screen.findChildren(StepRail)[0]
    assert "Needs attention" in rail.row("consultation").accessibleName()
    assert "Needs attention" not in rail.row("cleansing").accessibleName()
    go_to(screen, StepId.CONSULTATION)
    assert "Needs attention" not in rail.row("consultation").accessibleName()


def test_findings_shown_while_open_follow_the_visit(room: Room, with_findings: SessionScreen) -> None:
    listed = named(drawer(with_findings), FindingList, "Needs a decision")
    assert "Concern of today" in texts(listed)
    with_findings.presenter.edit(lambda x: x.with_(consultation=x.consultation.with_(concerns=("acne",))))
    QApplication.processEvents()
    assert "Concern of today" not in texts(listed)


@pytest.mark.parametrize("step", list(StepId))
def test_an_adverse_reaction_is_one_tap_away(room: Room, step: StepId) -> None:
    screen = room.at(step)
    tap(screen, "Adverse event")
    assert screen.page.step is StepId.REACTIONS
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "What happened?"
    # Not below the fold: what is to be filled in stands there.
    assert not focus.visibleRegion().isEmpty()


def test_an_adverse_event_without_its_weight_says_what_is_missing(room: Room) -> None:
    screen = room.at(StepId.REACTIONS)
    tap(screen, "Adverse event")
    type_text(named(screen, QPlainTextEdit, "What happened?"), "Blisters on the chin")
    tap(screen, "Record it")
    assert "It is not said how serious it is." in texts(screen.page)
    assert room.stored(screen.draft_id).reactions.adverse_events == ()
    tap(screen, "Not serious")
    assert "It is not said how serious it is." not in texts(screen.page)
    tap(screen, "Record it")
    (event,) = room.stored(screen.draft_id).reactions.adverse_events
    assert event.what == "Blisters on the chin"


def test_leaving_keeps_what_is_half_typed(room: Room) -> None:
    draft_id = room.start()
    screen = room.open(draft_id)
    words = named(screen, QPlainTextEdit, "In the client's words")
    words.setFocus()
    type_text(words, "Scars <b>since</b> 2019 & \u05e9\u05dc\u05d5\u05dd")
    assert screen.deactivate()
    assert room.stored(draft_id).consultation.concern_note == "Scars <b>since</b> 2019 & \u05e9\u05dc\u05d5\u05dd"


def test_after_signing_the_draft_cannot_be_edited(room: Room) -> None:
    draft_id = room.start(change=whole)
    flow, _ = room.desk.sessions.resume(draft_id)
    flow.edit(lambda x: x.with_(needling=a_full_draft().needling))
    screen = room.open(draft_id)
    for finding in screen.presenter.open_findings(Gate.SIGNING):
        assert screen.presenter.override(finding, "on paper")
    room.desk.sessions.sign(screen.presenter.flow)
    go_to(screen, StepId.REACTIONS)
    assert len(room.dialogs.told) == 1
    assert "signed" in str(room.dialogs.told[0]).lower()


# looks that hold for every page


def every_page(room: Room, screen: SessionScreen) -> Iterator[tuple[StepId, SessionScreen]]:
    for step in StepId:
        go_to(screen, step)
        QApplication.processEvents()
        yield step, screen


def controls(screen: SessionScreen) -> list[QWidget]:
    return [
        one
        for one in screen.findChildren(QWidget)
        if one.isVisible() and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


def test_every_control_has_a_name_and_is_large_enough_to_tap(room: Room) -> None:
    screen = room.open(room.start(change=ready_for_needling))
    wrong = []
    for step, _ in every_page(room, screen):
        for one in screen.findChildren(QWidget):
            if not one.isVisible() or not isinstance(one, QAbstractButton | QLineEdit | QPlainTextEdit):
                continue
            if not one.accessibleName() and not (isinstance(one, QAbstractButton) and one.text()):
                wrong.append(f"{step}: {type(one).__name__} has no name")
            elif min(one.width(), one.height()) < 48:
                wrong.append(f"{step}: {one.accessibleName()} is {one.width()}x{one.height()}")
    assert not wrong, "\n".join(wrong)


def test_tab_reaches_every_control_of_every_page(room: Room, qtbot: QtBot) -> None:
    screen = room.open(room.start(change=ready_for_needling))
    for step, _ in every_page(room, screen):
        wanted = {one for one in controls(screen) if not isinstance(one, QScrollArea)}
        reached: set[QWidget] = set()
        for _ in range(3 * len(wanted)):
            held = QApplication.focusWidget()
            assert held is not None, step
            if wanted <= reached:
                break
            reached.add(held)
            qtbot.keyClick(held, Qt.Key.Key_Tab)
        names = {one.accessibleName() or type(one).__name__ for one in wanted - reached}
        assert not names, f"{step}: Tab does not reach {names}"


def test_the_focus_lands_in_the_page_that_comes_up(room: Room) -> None:
    screen = room.open(room.start(change=ready_for_needling))
    for step, _ in every_page(room, screen):
        held = QApplication.focusWidget()
        assert held is not None
        assert screen.page.isAncestorOf(held), step


@pytest.mark.parametrize(("width", "height"), [(1192, 800), (936, 768)])
def test_no_page_is_wider_than_the_window_or_makes_it_grow(room: Room, width: int, height: int) -> None:
    screen = room.open(room.start(change=ready_for_needling), width, height)
    for step, _ in every_page(room, screen):
        assert (screen.width(), screen.height()) == (width, height), step
        holder = screen.page.parentWidget()
        assert holder is not None
        assert screen.page.width() <= holder.width(), step


def test_a_double_tap_denies_no_group_that_nobody_read_out(room: Room) -> None:
    room.kit = replace(room.kit, pause_s=1.0)
    screen = room.open(room.start())
    screen.go_to_field(StepId.CONSULTATION, "screening")
    tap(screen, "Read out: none applies")
    first = room.stored(screen.draft_id).consultation.screening
    tap(screen, "Read out: none applies")
    assert room.stored(screen.draft_id).consultation.screening == first
    room.clock.advance(seconds=2)
    tap(screen, "Read out: none applies")
    assert len(room.stored(screen.draft_id).consultation.screening) > len(first) > 0


def test_a_visit_gone_on_another_day_is_read_out_again_at_one_tap(room: Room) -> None:
    draft_id = room.start(change=ready_for_needling)
    room.clock.advance(days=2)
    screen = room.open(draft_id)
    screen.go_to_field(StepId.CONSULTATION, "screening")
    assert "Part of this visit is of another day" in texts(screen.page)
    before = room.stored(draft_id).consultation.screening
    tap(screen, "Read out again: still so")
    after = room.stored(draft_id).consultation.screening
    assert [one.answer for one in after] == [one.answer for one in before]
    assert all(one.at > old.at for one, old in zip(after, before, strict=True))
    assert not any(one.isVisible() for one in screen.page.findChildren(Notice) if "another day" in one.text())


def test_what_was_not_saved_is_said_with_its_reason_and_the_way_out_for_as_long_as_it_is_so(room: Room) -> None:
    screen = room.at(StepId.CONSENT)
    way_out = "Free some space; what you typed is still here."
    screen.presenter.save_failed.emit(Fault(FaultCode.DISK_FULL), room.clock.now())
    said = [one.text() for one in screen.findChildren(Notice) if one.isVisible()]
    assert any(text.startswith("The disk is full.") and way_out in text for text in said)
    screen.presenter.saved.emit(room.clock.now())
    assert not any(way_out in one.text() for one in screen.findChildren(Notice))
