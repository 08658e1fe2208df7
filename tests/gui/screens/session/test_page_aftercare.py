"""The last page: the sheet from preview to hand-over, what is missing, and signing."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from needlelog.domain.findings import Gate, StepId
from needlelog.domain.papers import HandOver
from needlelog.domain.session import ScreeningAnswer, SessionDraft
from needlelog.errors import Fault, FaultCode
from tests.builders import a_full_draft
from tests.gui.keys import type_text
from tests.gui.screens.session.room import Room, named, tap, texts, whole
from ui.screens.session.screen import SessionScreen
from ui.toolkit.screen import ToRecord
from ui.widgets.section_tabs import SectionTabs


@pytest.fixture
def screen(room: Room) -> SessionScreen:
    draft_id = room.start(change=whole)
    flow, _ = room.desk.sessions.resume(draft_id)
    flow.edit(lambda x: x.with_(needling=a_full_draft().needling, step=StepId.AFTERCARE))
    return room.open(draft_id)


def made(screen: SessionScreen, qtbot: QtBot) -> None:
    """Wait until the sheet has been made."""
    qtbot.waitUntil(lambda: named(screen, QAbstractButton, "Save as PDF").isEnabled(), timeout=5000)


def part(screen: SessionScreen, index: int) -> None:
    screen.page.findChildren(SectionTabs)[0].setCurrentIndex(index)
    QApplication.processEvents()


def test_what_was_saved_is_kept_byte_for_byte(room: Room, screen: SessionScreen, qtbot: QtBot, tmp_path: Path) -> None:
    made(screen, qtbot)
    room.dialogs.will_answer(None, tmp_path / "for Ana")
    tap(screen, "Save as PDF")
    assert not room.stored(screen.draft_id).aftercare.given
    tap(screen, "Save as PDF")
    written = (tmp_path / "for Ana.pdf").read_bytes()
    given = room.stored(screen.draft_id).aftercare.given[0]
    assert (given.how, given.by, given.at) == (HandOver.SAVED, "Mara Lindt, RN", room.clock.now())
    assert given.sha256 == hashlib.sha256(written).hexdigest()
    assert room.desk.papers.data(given.document_id) == written
    assert "Saved as PDF at 14:40 by Mara Lindt, RN." in texts(screen.page)


def test_shown_on_screen_counts_and_a_later_change_is_said(room: Room, screen: SessionScreen, qtbot: QtBot) -> None:
    made(screen, qtbot)
    tap(screen, "Shown on screen")
    assert room.stored(screen.draft_id).aftercare.given[0].how is HandOver.SHOWN
    assert "has changed since" not in texts(screen.page)
    note = named(screen, QPlainTextEdit, "A note for this client")
    note.setPlainText("Call me on Monday.")
    screen.page.leaving()
    made(screen, qtbot)
    assert "What it says has changed since: hand it over again." in texts(screen.page)


def test_a_name_put_right_after_the_sheet_was_given_makes_it_anew_in_card_and_list(
    room: Room, screen: SessionScreen, qtbot: QtBot
) -> None:
    made(screen, qtbot)
    tap(screen, "Shown on screen")
    client = room.desk.clients.get(room.stored(screen.draft_id).client_id)
    assert screen.deactivate()
    room.desk.clients.save(client.with_(full_name="Ana Kowalska"))
    screen.activate()
    part(screen, 0)
    assert "What it says has changed since: hand it over again." in texts(screen.page)
    assert any("Aftercare sheet given again" in one.text for one in screen.presenter.items if not one.done)
    made(screen, qtbot)
    tap(screen, "Shown on screen")
    first, second = room.stored(screen.draft_id).aftercare.given
    assert first.sha256 != second.sha256
    assert "has changed since" not in texts(screen.page)


def test_a_sheet_given_in_error_is_withdrawn_and_counts_as_none(
    room: Room, screen: SessionScreen, qtbot: QtBot
) -> None:
    made(screen, qtbot)
    tap(screen, "Shown on screen")
    room.dialogs.will_answer("Given to the wrong client")
    tap(screen, "Given in error…")
    told = "Withdrawn 20-Nov-2026 14:40 by Mara Lindt, RN: Given to the wrong client\nNo sheet counts as given."
    assert told in texts(screen.page)
    (given,) = room.stored(screen.draft_id).aftercare.given
    assert given.withdrawn is not None
    assert any("is withdrawn" in one.text for one in screen.presenter.items if not one.done)
    assert [one.code for one in screen.presenter.open_findings(Gate.SIGNING)].count("missing-sheet") == 1
    made(screen, qtbot)
    room.dialogs.will_answer(False)
    tap(screen, "Shown on screen")
    assert len(room.stored(screen.draft_id).aftercare.given) == 1
    room.dialogs.will_answer(True)
    tap(screen, "Shown on screen")
    first, second = room.stored(screen.draft_id).aftercare.given
    assert (first.document_id, first.withdrawn is None, second.withdrawn) == (second.document_id, False, None)
    assert "Shown at 14:40 by Mara Lindt, RN." in texts(screen.page)
    assert not [one for one in screen.presenter.open_findings(Gate.SIGNING) if one.code == "missing-sheet"]


def test_a_wrong_tap_on_shown_is_taken_back_at_one_tap(room: Room, screen: SessionScreen, qtbot: QtBot) -> None:
    made(screen, qtbot)
    tap(screen, "Shown on screen")
    assert room.stored(screen.draft_id).aftercare.standing
    undo(screen)
    assert room.stored(screen.draft_id).aftercare.standing == ()
    assert "Not given yet." in texts(screen.page)
    assert [one.code for one in screen.presenter.open_findings(Gate.SIGNING)].count("missing-sheet") == 1
    # No question is asked: nobody was given anything in error.
    tap(screen, "Shown on screen")
    assert "Shown at 14:40 by Mara Lindt, RN." in texts(screen.page)
    (given,) = room.stored(screen.draft_id).aftercare.standing
    assert room.desk.papers.data(given.document_id).startswith(b"%PDF")


def test_shown_by_a_wrong_tap_is_taken_back_from_the_list_too(room: Room, screen: SessionScreen, qtbot: QtBot) -> None:
    made(screen, qtbot)
    tap(screen, "Shown on screen")
    part(screen, 1)
    undo(screen)
    assert "Not given yet." in texts(screen.page)
    # Nothing that a stray key could set off has the focus.
    assert isinstance(screen.window().focusWidget(), SectionTabs)


def test_what_was_withdrawn_or_given_otherwise_since_is_not_taken_back(
    room: Room, screen: SessionScreen, qtbot: QtBot, tmp_path: Path
) -> None:
    made(screen, qtbot)
    tap(screen, "Shown on screen")
    room.dialogs.will_answer(tmp_path / "sheet.pdf")
    tap(screen, "Save as PDF")
    assert not offered(screen)
    tap(screen, "Shown on screen")
    assert offered(screen)
    room.dialogs.will_answer("Given to the wrong client")
    tap(screen, "Given in error…")
    assert not offered(screen)


def offered(screen: SessionScreen) -> bool:
    """Whether anything can be undone."""
    return any(one.isVisible() and one.text() == "Undo" for one in screen.findChildren(QAbstractButton))


def undo(screen: SessionScreen) -> None:
    """Take back what is offered to be."""
    (button,) = (
        one
        for one in screen.findChildren(QAbstractButton)
        if one.isVisible() and one.accessibleName().startswith("Undo")
    )
    # As a click does; the button is gone afterwards, and so is its focus.
    button.setFocus()
    button.click()
    QApplication.processEvents()


def test_what_is_still_on_is_said_where_the_times_rest_on_it(room: Room, screen: SessionScreen) -> None:
    def masked(**when: object) -> None:
        (mask,) = (one for one in a_full_draft().cooling if one.duration_s)
        screen.presenter.edit(lambda x: x.with_(serums=(), cooling=(mask.with_(**({"at": room.clock.now()} | when)),)))

    room.clock.advance(minutes=60)
    masked(duration_s=900, started_at=None)
    assert "The times on the sheet count from 15:55: until then Soothing mask is on." in texts(screen.page)
    room.clock.advance(minutes=15)
    screen.presenter.refresh()
    assert "count from" not in texts(screen.page)
    masked(duration_s=None, started_at=room.clock.now())
    assert "Still on: Soothing mask. The times on the sheet change when it is stopped." in texts(screen.page)


def test_how_it_is_printed_is_said_beside_the_button_that_prints_it(
    room: Room, screen: SessionScreen, qtbot: QtBot
) -> None:
    made(screen, qtbot)
    assert "On paper:" not in texts(screen.page)
    for chip in ("Large print", "Letter"):
        tap(screen, chip)
        made(screen, qtbot)
    assert "On paper: Large print, Letter." in texts(screen.page)


def test_the_next_visit_is_kept_in_universal_time_over_a_change_of_clocks(room: Room, screen: SessionScreen) -> None:
    for name, typed in (("Next visit on", "30 3 2027"), ("at", "9.30")):
        line = named(screen, QLineEdit, name)
        line.setFocus()
        type_text(line, typed)
    assert screen.deactivate()
    # British Summer Time begins on 28 March 2027.
    assert room.stored(screen.draft_id).aftercare.next_visit_at == datetime(2027, 3, 30, 8, 30, tzinfo=UTC)


def test_a_proposed_day_says_what_begins_before_it(room: Room) -> None:
    begins = ScreeningAnswer(
        contraindication="C19-ahead", answer="yes", ended_on=date(2027, 1, 10), at=room.clock.now()
    )

    def nothing(draft: SessionDraft) -> SessionDraft:
        return whole(draft).with_(needling=a_full_draft().needling, step=StepId.AFTERCARE)

    def to_come(draft: SessionDraft) -> SessionDraft:
        draft = nothing(draft)
        said = (one for one in draft.consultation.screening if one.contraindication != begins.contraindication)
        return draft.with_(consultation=draft.consultation.with_(screening=(*said, begins)))

    free = texts(room.open(room.start(change=nothing)).page)
    assert "Next visit" in free
    assert "not after" not in free
    shown = texts(room.open(room.start(change=to_come)).page)
    assert "Chemotherapy, radiotherapy or high-dose cortisone to come. Begins 10-Jan-2027" in shown
    assert "not after 13-Dec-2026" in shown


@pytest.mark.parametrize("typed", ["31 2 2027", "19 11 2026", "abc", "\U0001f600"])
def test_a_day_that_cannot_be_stays_and_is_explained(room: Room, screen: SessionScreen, typed: str) -> None:
    line = named(screen, QLineEdit, "Next visit on")
    line.setFocus()
    type_text(line, typed)
    part(screen, 1)
    part(screen, 0)
    tap(screen, "Back")
    tap(screen, "Next")
    assert line.text() == typed
    assert line.accessibleDescription()
    assert room.stored(screen.draft_id).aftercare.next_visit_at is None


def test_a_time_that_cannot_be_is_named_and_has_room_for_its_sentence(room: Room, screen: SessionScreen) -> None:
    day, time = named(screen, QLineEdit, "Next visit on"), named(screen, QLineEdit, "at")
    for line, typed in ((day, "31 2 2027"), (time, "25:99")):
        line.setFocus()
        type_text(line, typed)
    day.setFocus()
    assert time.accessibleDescription() == ("The time is not a time of day. Type hours and minutes, for example 14:05.")
    assert day.accessibleDescription().startswith("The day is a date that does not exist.")
    QApplication.processEvents()
    (sentence,) = (one for one in screen.findChildren(QLabel) if one.text().startswith("The time is not"))
    assert sentence.heightForWidth(sentence.width()) <= 3 * sentence.fontMetrics().lineSpacing()


def test_a_note_that_is_too_long_stays_and_is_explained(room: Room, screen: SessionScreen) -> None:
    note = named(screen, QPlainTextEdit, "A note for this client")
    note.setPlainText("x" * 5000)
    tap(screen, "Back")
    tap(screen, "Next")
    assert note.toPlainText() == "x" * 5000
    assert note.accessibleDescription()
    assert room.stored(screen.draft_id).aftercare.note == ""


def test_a_character_no_font_has_is_named(room: Room, qtbot: QtBot) -> None:
    client = room.another_client(full_name="Zoe \u12a0\u1260\u1260")
    draft_id = room.start(client, change=whole)
    flow, _ = room.desk.sessions.resume(draft_id)
    for finding in flow.open_findings(Gate.NEEDLING):
        flow.override(finding, "on paper")
    flow.edit(lambda x: x.with_(needling=a_full_draft().needling, step=StepId.AFTERCARE))
    screen = room.open(draft_id)
    qtbot.waitUntil(lambda: "\u12a0" in texts(screen.page) or "U+12A0" in texts(screen.page), timeout=5000)
    assert not named(screen, QAbstractButton, "Save as PDF").isEnabled()
    # Nothing of the sheet changes by this: the reason stays, however often the page is shown afresh.
    screen.presenter.edit(lambda x: x.with_(reactions=x.reactions.with_(note="Calm at the door.")))
    assert "\u12a0" in texts(screen.page) or "U+12A0" in texts(screen.page)
    assert "Not given yet." not in texts(screen.page)


def test_every_missing_item_leads_to_its_place(room: Room) -> None:
    draft_id = room.start()
    for item in room.open(draft_id).presenter.items:
        if item.done:
            continue
        flow, _ = room.desk.sessions.resume(draft_id)
        flow.go_to(StepId.AFTERCARE)
        screen = room.open(draft_id)
        part(screen, 1)
        tap(screen, f"Missing: {item.text}")
        assert screen.page.step is item.step, item.key
        assert screen.deactivate()
        screen.hide()


def test_signing_asks_seals_and_leads_to_the_record(room: Room, screen: SessionScreen, qtbot: QtBot) -> None:
    made(screen, qtbot)
    part(screen, 1)
    assert not named(screen, QAbstractButton, "Sign and lock").isEnabled()
    part(screen, 0)
    tap(screen, "Shown on screen")
    for finding in screen.presenter.open_findings(Gate.SIGNING):
        screen.presenter.override(finding, "on paper")
    part(screen, 1)
    assert "Everything is there." in texts(screen.page)
    room.dialogs.will_answer(False, True)
    tap(screen, "Sign and lock")
    assert room.desk.history.latest(room.client.id) is None
    with qtbot.waitSignal(screen.go) as gone:
        tap(screen, "Sign and lock")
    assert gone.args == [ToRecord(screen.draft_id)]
    signed = room.desk.history.latest(room.client.id)
    assert signed is not None
    assert signed.id == screen.draft_id
    with pytest.raises(Fault) as fault:
        room.stored(screen.draft_id)
    assert fault.value.code is FaultCode.RECORD_NOT_FOUND
    assert not [timer for timer in screen.presenter.findChildren(QTimer) if timer.isActive()]


def test_the_last_page_is_there_before_it_is_asked_for(room: Room, qtbot: QtBot) -> None:
    from ui.screens.session.pages.aftercare import AftercarePage

    screen = room.at(StepId.REACTIONS, change=whole)
    qtbot.waitUntil(lambda: bool(screen.findChildren(AftercarePage)), timeout=5000)
    assert not screen.findChildren(AftercarePage)[0].isVisible()
