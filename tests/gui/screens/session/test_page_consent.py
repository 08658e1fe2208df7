"""Consent: the exact text is kept, an empty signature is none, and a stranger's birthday is noticed."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from needlelog.domain.consent import PhotoConsent
from needlelog.domain.findings import Gate, StepId
from needlelog.domain.own_texts import SheetKind
from tests.gui.keys import type_text
from tests.gui.screens.session.room import Room, named, tap, texts
from ui.screens.session.screen import SessionScreen
from ui.widgets.signature_pad import SignaturePad


@pytest.fixture
def screen(room: Room) -> SessionScreen:
    return room.at(StepId.CONSENT)


def sign(screen: SessionScreen, qtbot: QtBot, *points: tuple[int, int]) -> None:
    canvas = screen.page.findChildren(SignaturePad)[0].canvas
    first, *others = [QPoint(x, y) for x, y in points]
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=first)
    for point in others:
        qtbot.mouseMove(canvas, point)
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=others[-1] if others else first)


def test_the_text_that_was_signed_is_kept_with_its_fingerprint(room: Room, screen: SessionScreen, qtbot: QtBot) -> None:
    seen = named(screen, QPlainTextEdit, "Text of the consent").toPlainText()
    sign(screen, qtbot, (20, 40), (80, 90), (160, 30), (240, 90))
    consent = room.stored(screen.draft_id).consent
    assert consent.shown is not None
    assert consent.signature is not None
    assert consent.shown.text == seen
    assert consent.shown.sha256[:12] in texts(screen.page)
    assert "Signed, 20-Nov-2026 14:40" in texts(screen.page)


def test_the_clinics_own_wording_is_what_is_read_and_signed(room: Room, qtbot: QtBot) -> None:
    room.desk.templates.keep(SheetKind.CONSENT, "en", {"title": "Your consent to needling"})
    screen = room.at(StepId.CONSENT)
    assert "Your consent to needling" in texts(screen.page)
    assert "version 1 own-1" in texts(screen.page)
    sign(screen, qtbot, (20, 40), (80, 90), (160, 30), (240, 90))
    shown = room.stored(screen.draft_id).consent.shown
    assert shown is not None
    assert (shown.title, shown.version) == ("Your consent to needling", "1 own-1")


def test_wording_that_is_kept_while_a_client_reads_is_not_what_they_sign(
    room: Room, screen: SessionScreen, qtbot: QtBot
) -> None:
    read = named(screen, QPlainTextEdit, "Text of the consent").toPlainText()
    room.desk.templates.keep(
        SheetKind.CONSENT, "en", {"paragraphs.1": "What it is for. Something else."}, reason="Brief"
    )
    sign(screen, qtbot, (20, 40), (80, 90), (160, 30), (240, 90))
    shown = room.stored(screen.draft_id).consent.shown
    assert shown is not None
    assert (shown.text, shown.version) == (read, "1")
    assert named(screen, QPlainTextEdit, "Text of the consent").toPlainText() == read


def test_a_dot_is_no_signature(room: Room, screen: SessionScreen, qtbot: QtBot) -> None:
    sign(screen, qtbot, (50, 50))
    assert room.stored(screen.draft_id).consent.signature is None


def test_a_cleared_signature_is_gone_and_can_be_brought_back(room: Room, screen: SessionScreen, qtbot: QtBot) -> None:
    sign(screen, qtbot, (20, 40), (80, 90), (160, 30), (240, 90))
    tap(screen, "Clear")
    assert room.stored(screen.draft_id).consent.signature is None


def test_signing_by_name(room: Room, screen: SessionScreen) -> None:
    room.dialogs.will_answer(None, "  Ana   Nowak ")
    tap(screen, "Sign by typing full name")
    assert room.stored(screen.draft_id).consent.signature is None
    tap(screen, "Sign by typing full name")
    signature = room.stored(screen.draft_id).consent.signature
    assert signature is not None
    assert signature.typed_name == "Ana Nowak"
    assert "Signed by typing: Ana Nowak" in texts(screen.page)


def test_the_client_is_confirmed_by_one_tap(room: Room, screen: SessionScreen) -> None:
    tap(screen, "As on file: 12-Mar-1988")
    consent = room.stored(screen.draft_id).consent
    assert (consent.confirmed_name, consent.confirmed_birth_date) == ("Ana Nowak", date(1988, 3, 12))
    tap(screen, "Undo: not confirmed yet")
    consent = room.stored(screen.draft_id).consent
    assert (consent.confirmed_name, consent.confirmed_birth_date) == ("", None)
    tap(screen, "As on file: 12-Mar-1988")
    assert room.stored(screen.draft_id).consent.confirmed_name == "Ana Nowak"


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [("Date of birth as said", "12 3 1989", "date of birth is not the one on file"), ("Name as said", "Ann", "name")],
)
def test_somebody_else_is_noticed(room: Room, screen: SessionScreen, field: str, typed: str, says: str) -> None:
    tap(screen, "Client states another name or date of birth")
    line = named(screen, QLineEdit, field)
    line.setFocus()
    type_text(line, typed)
    screen.page.leaving()
    assert says in texts(screen.page)
    assert "Is this the right client?" in texts(screen.page)


@pytest.mark.parametrize("typed", ["31 2 1988", "20 11 2030", "abc", "\u05d0", "<b>", "1" * 60])
def test_a_birthday_that_is_none_stays_and_is_explained(room: Room, screen: SessionScreen, typed: str) -> None:
    tap(screen, "Client states another name or date of birth")
    line = named(screen, QLineEdit, "Date of birth as said")
    line.setFocus()
    type_text(line, typed)
    tap(screen, "Next")
    tap(screen, "Back")
    assert line.text() == typed
    assert line.accessibleDescription()
    assert room.stored(screen.draft_id).consent.confirmed_birth_date is None


def test_photos_are_asked_apart(room: Room, screen: SessionScreen) -> None:
    tap(screen, "No photos")
    consent = room.stored(screen.draft_id).consent
    assert (consent.photo, consent.photo_at) == (PhotoConsent.DECLINED, room.clock.now())


@pytest.mark.parametrize(("width", "height"), [(1192, 800)])
def test_text_and_signature_are_seen_without_scrolling(room: Room, width: int, height: int) -> None:
    screen = room.open(room.start(change=lambda x: x.with_(step=StepId.CONSENT)), width, height)
    pad = screen.page.findChildren(SignaturePad)[0]
    holder = screen.page.parentWidget()
    assert holder is not None
    assert pad.mapTo(holder, QPoint(0, pad.height())).y() <= holder.height()


@pytest.mark.parametrize(("spoken", "read"), [("pl", "pl"), ("ar", "ar"), ("zh", "zh"), ("el", "en")])
def test_a_client_reads_the_consent_in_the_own_language_and_else_in_english(room: Room, spoken: str, read: str) -> None:
    room.desk.clients.save(room.client.with_(language=spoken))
    screen = room.at(StepId.CONSENT)
    (text,) = (one for one in room.desk.consent_texts if one.language == read)
    assert named(screen, QPlainTextEdit, "Text of the consent").toPlainText() == text.text


def test_a_text_in_another_language_than_the_clients_is_said(room: Room) -> None:
    screen = room.at(StepId.CONSENT)
    assert "There is no text in" not in texts(screen)
    greek = room.another_client(language="el")
    other = room.open(room.start(greek, change=lambda draft: draft.with_(step=StepId.CONSENT)))
    assert "There is no text in Ελληνικά: it stands here in English." in texts(other)


def in_greek(room: Room) -> SessionScreen:
    greek = room.another_client(language="el")
    return room.open(room.start(greek, change=lambda draft: draft.with_(step=StepId.CONSENT)))


def test_a_text_that_is_not_the_clients_own_is_signed_with_who_interpreted_it(room: Room, qtbot: QtBot) -> None:
    screen = in_greek(room)
    sign(screen, qtbot, (20, 40), (80, 90), (160, 30), (240, 90))
    assert "missing-interpreter" in {one.code for one in screen.presenter.open_findings(Gate.NEEDLING)}
    tap(screen, "With an interpreter")
    assert room.stored(screen.draft_id).consent.understanding is None
    for field, typed in (
        ("Interpreter's name", "Eleni Ray"),
        ("Relation or office", "daughter"),
    ):
        line = named(screen, QLineEdit, field)
        line.setFocus()
        type_text(line, typed)
    screen.page.leaving()
    said = room.stored(screen.draft_id).consent.understanding
    assert said is not None
    assert (said.interpreter, said.relation) == ("Eleni Ray", "daughter")
    assert "missing-interpreter" not in {one.code for one in screen.presenter.open_findings(Gate.NEEDLING)}


def test_a_client_who_reads_the_other_language_needs_no_interpreter(room: Room) -> None:
    screen = in_greek(room)
    tap(screen, "Read by the client")
    said = room.stored(screen.draft_id).consent.understanding
    assert said is not None
    assert said.interpreter == ""
    again = room.open(screen.draft_id)
    assert named(again, QAbstractButton, "Read by the client").isChecked()
    tap(again, "Read by the client")
    assert room.stored(screen.draft_id).consent.understanding is None


def test_an_interpreter_can_be_named_where_the_client_does_not_read(room: Room, screen: SessionScreen) -> None:
    tap(screen, "Client does not read this")
    line = named(screen, QLineEdit, "Interpreter's name")
    line.setFocus()
    type_text(line, "Jan Nowak")
    screen.page.leaving()
    said = room.stored(screen.draft_id).consent.understanding
    assert said is not None
    assert said.interpreter == "Jan Nowak"
