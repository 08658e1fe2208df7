"""Answering a follow-up by taps and by keys: saved at each one, red at once, sealed and shown on the locked visit."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from PIL import Image
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from needlelog.domain.follow_up import Reached
from needlelog.domain.papers import PaperKind
from needlelog.domain.reactions import Seriousness
from needlelog.domain.signed import SignedSession
from needlelog.errors import Fault, FaultCode
from needlelog.services.desk import Desk
from tests.desks import StandingClock
from tests.gui.answers import ScriptedDialogs
from tests.gui.conftest import Show
from tests.gui.keys import type_text
from tests.gui.screens.clinic_days import add_client, observation, treat
from tests.gui.screens.conftest import Routes
from ui.screens.client.screen import ClientScreen
from ui.screens.follow_up.screen import FollowUpScreen
from ui.screens.paper.made import VisitPaperScreen
from ui.screens.record.screen import RecordScreen
from ui.screens.today.screen import TodayScreen
from ui.toolkit.kit import Kit
from ui.toolkit.screen import ToEvent, ToFollowUp, ToRecord, ToVisitPaper

NAME = "Lukasz O'Brien <b>& Son"


@pytest.fixture
def visit(desk: Desk, standing: StandingClock) -> SignedSession:
    """Treated three days and two hours ago."""
    return treat(desk, standing, add_client(desk, NAME), standing.now() - timedelta(days=3, hours=2))


@pytest.fixture
def screen(kit: Kit, desk: Desk, visit: SignedSession, shown: Show, routes: Routes) -> FollowUpScreen:
    made = FollowUpScreen(kit, desk, visit.id, "72h")
    made.resize(1192, 800)
    routes.listen(made)
    shown(made)
    made.activate()
    return made


def words(widget: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def again(kit: Kit, desk: Desk, visit: SignedSession) -> FollowUpScreen:
    """What the next start would show."""
    return FollowUpScreen(kit, desk, visit.id, "72h")


def test_each_tap_is_saved_and_stands_there_again(
    screen: FollowUpScreen, kit: Kit, desk: Desk, visit: SignedSession
) -> None:
    screen.reached.button(Reached.PHONE).click()
    screen.grades.row("redness").grades.button(1).click()
    screen.grades.where.button("cheek_left").click()
    screen.grades.row("redness").grades.button(3).click()
    screen.questions.chips["new-spots"].button("no").click()
    form = again(kit, desk, visit).form
    assert form.reached is Reached.PHONE
    assert {(one.reaction, one.zone): one.grade for one in form.observations} == {
        ("redness", ""): 1, ("redness", "cheek_left"): 3,
    }  # fmt: skip
    reply = form.reply_to("new-spots")
    assert reply is not None
    assert reply.value == "no"
    assert desk.follow_ups.after(visit).record.answers == (), "nothing is sealed before it is added"


def test_words_are_saved_a_moment_after_the_last_key_and_at_once_when_leaving(
    screen: FollowUpScreen, kit: Kit, desk: Desk, visit: SignedSession, qtbot: QtBot
) -> None:
    type_text(screen.note.editor, f"{NAME} rang")
    qtbot.waitUntil(lambda: again(kit, desk, visit).form.note == f"{NAME} rang")
    type_text(screen.questions.words["restarted"].editor, "Vitamin C & <i>zinc</i>")
    assert screen.deactivate()
    left = again(kit, desk, visit)
    reply = left.form.reply_to("restarted")
    assert reply is not None
    assert reply.words == "Vitamin C & <i>zinc</i>"
    assert left.note.raw_text() == f"{NAME} rang"
    assert left.questions.words["restarted"].raw_text() == "Vitamin C & <i>zinc</i>"


def test_none_observed_is_an_answer_and_a_grade_takes_it_back(screen: FollowUpScreen) -> None:
    screen.none.click()
    assert screen.form.none_observed_at is not None
    screen.grades.row("swelling").grades.button(1).click()
    assert screen.form.none_observed_at is None
    assert len(screen.form.observations) == 1
    assert not screen.none.isChecked()


def test_a_red_answer_says_what_to_do_whom_to_call_and_from_where(screen: FollowUpScreen) -> None:
    assert screen.red.isHidden()
    screen.questions.chips["blisters-pus"].button("yes").click()
    assert not screen.red.isHidden()
    assert screen.red_line.isVisible()
    assert screen.red_line.text() == "Red flag: To be seen today"
    said = words(screen.red)
    for part in ("To be seen today", "Are there blisters or pus? Yes.", "07700 900142", "Source: "):
        assert part in said
    screen.questions.chips["blisters-pus"].button("yes").click()
    assert screen.red_line.isHidden()
    assert screen.red.isHidden()


def test_trouble_breathing_names_the_countrys_emergency_number(
    kit: Kit, desk: Desk, standing: StandingClock, shown: Show
) -> None:
    early = treat(desk, standing, add_client(desk, "Ana"), standing.now() - timedelta(hours=26))
    screen = FollowUpScreen(kit, desk, early.id, "24h")
    shown(screen)
    screen.questions.chips["breathing"].button("yes").click()
    assert "Call 999" in words(screen.red)


def test_the_painkiller_is_asked_about_only_where_pain_is_graded_so(
    screen: FollowUpScreen, desk: Desk, visit: SignedSession
) -> None:
    row = screen.questions.chips["painkiller"]
    assert not row.isVisible()
    screen.grades.row("pain").grades.button(3).click()
    assert not row.isVisible()
    screen.grades.row("pain").grades.button(5).click()
    assert row.isVisible()
    row.button("no").click()
    assert "Does a simple painkiller help? No." in words(screen.red)
    screen.grades.row("pain").grades.button(2).click()
    assert not row.isVisible()
    assert screen.red.isHidden()
    screen.reached.button(Reached.PHONE).click()
    screen.keep_answer.click()
    (answer,) = desk.follow_ups.after(visit).record.answers
    assert answer.reply_to("painkiller") is None, "another grade took the question back"


def test_a_grade_is_told_beside_the_visits_own_and_its_window(screen: FollowUpScreen, standing: StandingClock) -> None:
    screen.grades.where.button("forehead").click()
    screen.grades.row("redness").grades.button(1).click()
    assert "Less than before (2," in words(screen.compared)
    standing.pass_(hours=2)
    screen.grades.row("redness").grades.button(3).click()
    said = words(screen.compared)
    assert "More than before (2," in said
    assert "Should have been gone since" in said
    assert not screen.red.isHidden(), "more after its window is a red flag"


def test_the_answer_is_added_to_the_locked_visit(
    screen: FollowUpScreen, kit: Kit, desk: Desk, visit: SignedSession, routes: Routes
) -> None:
    screen.keep_answer.click()
    assert "Nothing is answered yet" in screen.failed.text()
    screen.questions.chips["new-spots"].button("no").click()
    screen.keep_answer.click()
    assert "how the client was reached" in screen.failed.text()
    screen.reached.button(Reached.VISIT).click()
    screen.keep_answer.click()
    assert routes == [ToRecord(visit.id)]
    assert desk.history.visit(visit.id) == visit
    record = RecordScreen(kit, desk, visit.id)
    record.show()
    said = words(record.since)
    record.close()
    for part in ("No: Are there new spots or bumps?", "At the clinic, 20-Nov-2026", "Not answered: ", "Answered"):
        assert part in said


def test_nobody_reached_is_a_try_and_leaves_it_due(
    screen: FollowUpScreen, desk: Desk, visit: SignedSession, dialogs: ScriptedDialogs, routes: Routes
) -> None:
    dialogs.will_answer("Mailbox <b>& more")
    screen.nobody.click()
    assert routes == [ToRecord(visit.id)]
    (attempt,) = desk.follow_ups.after(visit).record.attempts
    assert (attempt.note, attempt.how) == ("Mailbox <b>& more", Reached.PHONE)
    (ask,) = desk.follow_ups.to_ask()
    assert ask.due is not None
    assert ask.due.attempts == 1


def test_a_disk_that_fails_shows_nothing_as_saved(
    screen: FollowUpScreen, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen.reached.button(Reached.PHONE).click()

    def full(*_: Any) -> Any:
        raise Fault(FaultCode.DISK_FULL)

    monkeypatch.setattr(desk.follow_ups._repository, "save_form", full)
    screen.questions.chips["weeping"].button("yes").click()
    assert screen.questions.chips["weeping"].value() is None
    assert "disk is full" in screen.failed.text()
    assert screen.form.reply_to("weeping") is None
    screen.note.editor.setFocus()
    type_text(screen.note.editor, "x")
    assert not screen.deactivate(), "what is typed is not left behind"
    monkeypatch.undo()
    assert screen.deactivate()
    assert screen.form.note == "x"


def test_the_whole_answer_by_keys(screen: FollowUpScreen, qtbot: QtBot, desk: Desk, visit: SignedSession) -> None:
    def press(key: Qt.Key) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, key)

    assert screen.reached.isAncestorOf(QApplication.focusWidget() or screen)
    press(Qt.Key.Key_Space)
    assert screen.form.reached is Reached.PHONE
    for _ in range(60):
        focused = QApplication.focusWidget()
        if focused is not None and screen.questions.chips["new-spots"].isAncestorOf(focused):
            break
        press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Space)
    reply = screen.form.reply_to("new-spots")
    assert reply is not None
    assert reply.value == "no"
    screen.keep_answer.setFocus()
    press(Qt.Key.Key_Space)
    assert len(desk.follow_ups.after(visit).record.answers) == 1


def test_a_photo_is_kept_with_the_answer(
    screen: FollowUpScreen, desk: Desk, dialogs: ScriptedDialogs, tmp_path: Path
) -> None:
    file = tmp_path / "photo.png"
    Image.new("RGB", (40, 30), "red").save(file)
    dialogs.will_answer(file)
    screen.photos._add.click()
    (photo,) = screen.form.photos
    assert desk.pictures.whole(photo)
    assert desk.proof.whole().flaws == ()
    assert desk.proof.whole().notes == ()


def test_the_start_screen_lists_red_late_and_due_and_leads_there(
    kit: Kit, desk: Desk, standing: StandingClock, visit: SignedSession, shown: Show, routes: Routes, qtbot: QtBot
) -> None:
    late = treat(desk, standing, add_client(desk, "Late Comer"), standing.now() - timedelta(hours=60))
    form = desk.follow_ups.begin(visit.id, "72h").with_(reached=Reached.PHONE).replied("new-spots", value="yes")
    desk.follow_ups.answer(form, visit)
    screen = TodayScreen(kit, desk)
    routes.listen(screen)
    shown(screen)
    (red,) = screen.red_flags.cards
    assert NAME in red.accessibleName()
    assert "To dermatology" in red.accessibleName()
    (due,) = screen.follow_ups.cards
    assert "Overdue by" in due.accessibleName()
    qtbot.keyClick(red, Qt.Key.Key_Return)
    qtbot.mouseClick(due, Qt.MouseButton.LeftButton)
    assert routes == [ToRecord(visit.id), ToFollowUp(late.id, "24h")]


def test_a_calm_clinic_shows_no_such_group(kit: Kit, desk: Desk, shown: Show) -> None:
    screen = TodayScreen(kit, desk)
    shown(screen)
    assert screen.red_flags.isHidden()
    assert screen.follow_ups.isHidden()


def test_the_clients_page_offers_what_is_due_and_tells_the_later_grades_apart(
    kit: Kit, desk: Desk, visit: SignedSession, shown: Show, routes: Routes, qtbot: QtBot
) -> None:
    client_id = visit.draft.client_id
    screen = ClientScreen(kit, desk, client_id)
    routes.listen(screen)
    shown(screen)
    qtbot.mouseClick(screen.follow_ups[0], Qt.MouseButton.LeftButton)
    assert routes == [ToFollowUp(visit.id, "72h")]
    form = desk.follow_ups.begin(visit.id, "72h").with_(
        reached=Reached.PHONE, observations=(observation(3, "cheek_left").with_(id=uuid4()),)
    )
    desk.follow_ups.answer(form, visit)
    screen.activate()
    glance = screen.cards[0].glance()
    assert "Worst reaction at the visit: 2 Mild Redness" in glance
    assert "Worst in follow-ups: 3 Moderate Redness" in glance
    assert "1 follow-up" in glance


def test_what_was_done_takes_the_flag_off_and_half_written_it_is_not_lost(
    kit: Kit, desk: Desk, visit: SignedSession, shown: Show, routes: Routes, dialogs: ScriptedDialogs
) -> None:
    form = desk.follow_ups.begin(visit.id, "72h").with_(
        reached=Reached.PHONE, observations=(observation(4, "cheek_left").with_(id=uuid4()),)
    )
    answer = desk.follow_ups.answer(form, visit)
    record = RecordScreen(kit, desk, visit.id)
    routes.listen(record)
    shown(record)
    (field,) = record.since.done_fields
    type_text(field.editor, "Seen <b>today</b> & sent on")
    dialogs.will_answer(False)
    assert not record.deactivate()
    assert not record.keep()
    record.since.open_event.click()
    assert routes == [ToEvent(visit.id, None, None)]
    record.activate()
    assert record.since.done_fields[0].raw_text() == "Seen <b>today</b> & sent on"
    buttons = [one for one in record.since.findChildren(QWidget) if one.accessibleName() == "Add what was done"]
    buttons[0].click()  # type: ignore[attr-defined]
    assert desk.follow_ups.after(visit).record.handled_of(answer.id)[0].done == "Seen <b>today</b> & sent on"
    said = words(record.since)
    assert "Red flag, dealt with" in said
    lines = [one.text() for one in record.since.findChildren(QLabel) if one.isVisible()]
    assert answer.flags
    for flag in answer.flags:
        assert flag.title in lines
        assert flag.detail
        assert flag.detail in lines
    assert "Done: Seen <b>today</b> & sent on" in said
    assert record.deactivate()


def test_the_whole_record_on_paper_tells_what_was_heard_since(
    kit: Kit,
    desk: Desk,
    visit: SignedSession,
    shown: Show,
    dialogs: ScriptedDialogs,
    routes: Routes,
    tmp_path: Path,
) -> None:
    form = desk.follow_ups.begin(visit.id, "72h").with_(reached=Reached.PHONE, note="Sore <b>& hot</b>")
    answer = desk.follow_ups.answer(form.replied("blisters-pus", value="yes"), visit)
    desk.follow_ups.handle(answer, "Sent to Dr Lane")
    desk.adverse_events.open(visit.id, "Blisters on the cheek", Seriousness.NEEDED_TREATMENT)
    record = RecordScreen(kit, desk, visit.id)
    shown(record)
    target = tmp_path / "record.pdf"
    routes.listen(record)
    record.papers.record.click()
    assert routes == [ToVisitPaper(visit.id, PaperKind.RECORD)]
    paper = VisitPaperScreen(kit, desk, visit.id, PaperKind.RECORD)
    shown(paper)
    paper.activate()
    dialogs.will_answer(target)
    paper.hand_over.save_asked.emit()
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(target).pages).split())
    for said in ("Sore <b>& hot</b>", "blisters or pus? yes", "Red flag", "Sent to Dr Lane", "Blisters on the cheek"):
        assert said in text
