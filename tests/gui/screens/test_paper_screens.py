"""A paper on its page: looked at, handed over, opened on request, withdrawn for a reason, given again knowingly."""

from __future__ import annotations

import hashlib
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from needlelog.domain.client import Client
from needlelog.domain.papers import HandOver, PaperKind
from needlelog.domain.signed import SignedSession
from needlelog.services.desk import Desk
from tests.desks import StandingClock
from tests.gui.answers import ScriptedDialogs
from tests.gui.conftest import Show
from tests.gui.screens.clinic_days import add_client, treat
from tests.gui.screens.conftest import Routes
from tests.integration.documents.papers import text_of
from ui.screens.client.screen import ClientScreen
from ui.screens.paper.made import VisitPaperScreen
from ui.screens.paper.screen import PaperScreen
from ui.screens.record.screen import RecordScreen
from ui.toolkit.kit import Kit
from ui.toolkit.screen import Screen, ToPaper, ToRecord, ToVisitPaper

NAME = "Łukasz O'Brien <b>& Søn"
REASON = "Given to the wrong client"


@pytest.fixture
def client(desk: Desk) -> Client:
    return add_client(desk, NAME)


@pytest.fixture
def visit(desk: Desk, standing: StandingClock, client: Client) -> SignedSession:
    return treat(desk, standing, client, standing.now() - timedelta(days=3))


def on_screen(screen: QWidget) -> str:
    return "\n".join(one.text() for one in screen.findChildren(QLabel) if one.isVisibleTo(screen))


def open_(screen: Screen, shown: Show) -> None:
    shown(screen)
    screen.activate()


def press(screen: QWidget, name: str) -> None:
    (found,) = [one for one in screen.findChildren(QPushButton) if name in (one.text(), one.accessibleName())]
    assert found.isVisibleTo(screen)
    found.click()


def offered(screen: QWidget) -> set[str]:
    return {one.accessibleName() for one in screen.findChildren(QPushButton) if one.isVisibleTo(screen)}


def test_the_consent_is_looked_at_and_kept_once_it_is_handed_over(
    kit: Kit, desk: Desk, visit: SignedSession, shown: Show, routes: Routes, dialogs: ScriptedDialogs, tmp_path: Path
) -> None:
    record = RecordScreen(kit, desk, visit.id)
    routes.listen(record)
    record.papers.consent.click()
    assert routes == [ToVisitPaper(visit.id, PaperKind.CONSENT)]
    before = desk.papers.of_session(visit.id)
    screen = VisitPaperScreen(kit, desk, visit.id, PaperKind.CONSENT)
    open_(screen, shown)
    assert "Not yet" in on_screen(screen)
    assert desk.papers.of_session(visit.id) == before
    dialogs.will_answer(tmp_path / "for Łukasz")
    press(screen, "Save as PDF")
    assert [one.text for one in dialogs.asked] == ["consent.pdf"]
    written = (tmp_path / "for Łukasz.pdf").read_bytes()
    assert "Signed consent" in text_of(written)
    kept = desk.papers.of_session(visit.id)[0]
    assert (kept.kind, kept.sha256) == (PaperKind.CONSENT, hashlib.sha256(written).hexdigest())
    press(screen, "Shown on screen")
    assert [one.how for one in desk.papers.hand_overs(kept.id)] == [HandOver.SAVED, HandOver.SHOWN]
    assert len(desk.papers.of_session(visit.id)) == len(before) + 1


def test_a_saved_file_is_opened_only_when_asked_for(
    kit: Kit, desk: Desk, visit: SignedSession, shown: Show, dialogs: ScriptedDialogs, tmp_path: Path
) -> None:
    in_temporary = set(Path(tempfile.gettempdir()).iterdir())
    screen = VisitPaperScreen(kit, desk, visit.id, PaperKind.RECORD)
    open_(screen, shown)
    assert not [one for one in offered(screen) if one.startswith("Open")]
    dialogs.will_answer(tmp_path / "record.pdf")
    press(screen, "Save as PDF")
    dialogs.will_answer(True)
    press(screen, "Open record.pdf")
    assert (dialogs.asked[-1].kind, dialogs.asked[-1].text) == ("open_outside", "record.pdf")
    dialogs.will_answer(False)
    press(screen, "Open record.pdf")
    assert str(dialogs.told[-1]).startswith("No program on this computer opened record.pdf.")
    left = {one.name for one in set(Path(tempfile.gettempdir()).iterdir()) - in_temporary}
    assert not [one for one in left if one.endswith(".pdf")]


def test_a_withdrawn_paper_says_so_everywhere_and_is_given_again_only_knowingly(
    kit: Kit, desk: Desk, visit: SignedSession, client: Client, shown: Show, dialogs: ScriptedDialogs
) -> None:
    (paper,) = desk.papers.of_session(visit.id)
    real = desk.papers.give_made(desk.papers.aftercare(visit.draft, client), HandOver.PRINTED)
    screen = PaperScreen(kit, desk, real.id)
    open_(screen, shown)
    dialogs.will_answer(None)
    press(screen, "Given in error…")
    assert desk.papers.withdrawn(visit.id) == {}
    dialogs.will_answer(REASON)
    press(screen, "Given in error…")
    assert dialogs.asked[-1].least > 0
    told = f"Withdrawn 20-Nov-2026 13:40 by Mara Lindqvist, RN: {REASON}"
    assert told in on_screen(screen)
    assert "printed by Mara Lindqvist, RN (withdrawn)" in on_screen(screen)
    assert "Given in error…" not in offered(screen)
    dialogs.will_answer(False)
    press(screen, "Shown on screen")
    assert dialogs.asked[-1].text == "This paper was withdrawn. Hand it over all the same?"
    assert len(desk.papers.hand_overs(real.id)) == 1
    desk.papers.withdraw(paper, REASON)
    record, history = RecordScreen(kit, desk, visit.id), ClientScreen(kit, desk, client.id)
    assert on_screen(record).count(told) == 3
    assert "2 papers withdrawn" in on_screen(history)
    assert on_screen(history).count(told) == 2
    dialogs.will_answer(True)
    press(screen, "Shown on screen")
    assert [one.withdrawn is None for one in desk.papers.hand_overs(real.id)] == [False, True]
    assert told not in on_screen(screen).replace("(withdrawn)", "")
    assert "Given in error…" in offered(screen)
    for made in (record, history):
        made.deleteLater()


def test_the_printed_record_tells_which_sheet_was_withdrawn(
    desk: Desk, visit: SignedSession, standing: StandingClock
) -> None:
    (paper,) = desk.papers.of_session(visit.id)
    standing.pass_(days=1)
    desk.papers.withdraw(paper, f"{REASON} <i>")
    text = text_of(desk.papers.record(visit).data)
    assert f"Sheet withdrawn given in error, withdrawn 21-Nov-2026 13:40 · {REASON} <i> · Mara Lindqvist, RN" in text


def test_a_wrong_tap_reads_as_no_hand_over_on_paper_and_on_screen(
    kit: Kit, desk: Desk, visit: SignedSession, standing: StandingClock
) -> None:
    (paper,) = desk.papers.of_session(visit.id)
    (given,) = desk.papers.hand_overs(paper.id)
    standing.pass_(days=1)
    desk.papers.take_back(paper, given)
    text = text_of(desk.papers.record(visit).data)
    assert "Wrong tap, taken back printed · 15:20 · Mara Lindqvist, RN · taken back 21-Nov-2026 13:40 · SHA-256" in text
    assert "Sheet given" not in text
    assert "given in error" not in text
    record = RecordScreen(kit, desk, visit.id)
    assert "Wrong tap, taken back" in on_screen(record)
    assert "Withdrawn" not in on_screen(record)
    record.deleteLater()


def test_before_the_visit_is_signed_the_consent_bears_no_seal(
    kit: Kit, desk: Desk, visit: SignedSession, client: Client, shown: Show, routes: Routes
) -> None:
    draft = desk.sessions.start(client.id)
    flow, _ = desk.sessions.resume(draft.id)
    flow.edit(lambda one: one.with_(consent=visit.draft.consent))
    screen = VisitPaperScreen(kit, desk, draft.id, PaperKind.CONSENT)
    routes.listen(screen)
    open_(screen, shown)
    assert "no seal covers this paper" in on_screen(screen)
    press(screen, "Shown on screen")
    (kept,) = desk.papers.of_session(draft.id)
    assert "No seal covers this paper yet" in text_of(desk.papers.data(kept.id))


def test_a_visit_without_a_signed_consent_has_no_paper_of_it(kit: Kit, desk: Desk, client: Client, shown: Show) -> None:
    draft = desk.sessions.start(client.id)
    screen = VisitPaperScreen(kit, desk, draft.id, PaperKind.CONSENT)
    open_(screen, shown)
    assert "No consent was signed in this visit." in on_screen(screen)
    assert not next(one for one in screen.findChildren(QPushButton) if one.text() == "Print").isEnabled()


def test_back_leads_to_the_record(kit: Kit, desk: Desk, visit: SignedSession, shown: Show, routes: Routes) -> None:
    screen = VisitPaperScreen(kit, desk, visit.id, PaperKind.RECORD)
    routes.listen(screen)
    open_(screen, shown)
    press(screen, "Back")
    record = RecordScreen(kit, desk, visit.id)
    routes.listen(record)
    press(record, "Reprint: Aftercare sheet")
    assert routes == [ToRecord(visit.id), ToPaper(desk.papers.of_session(visit.id)[0].id)]
    record.deleteLater()


def test_no_part_of_a_record_becomes_a_window_of_its_own(kit: Kit, desk: Desk, visit: SignedSession) -> None:
    before = set(QApplication.topLevelWidgets())
    record = RecordScreen(kit, desk, visit.id)
    assert [one for one in set(QApplication.topLevelWidgets()) - before if one.isVisible()] == []
    assert "Signed consent" in offered(record)
    record.deleteLater()
