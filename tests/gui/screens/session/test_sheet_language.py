"""A client's sheets come in the client's language, and the practitioner is told which it is."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from needlelog.domain.consent import Understanding
from needlelog.domain.findings import StepId
from needlelog.domain.papers import PaperKind
from tests.builders import a_full_draft, a_moment
from tests.gui.conftest import Show
from tests.gui.screens.session.room import Room, tap, texts, whole
from tests.integration.documents.papers import text_of
from ui.screens.preparation.screen import PreparationScreen
from ui.toolkit.kit import Kit
from ui.widgets.languages import sheet_language_told

NOT_REVIEWED = "This text has not been reviewed by a clinician."


@pytest.mark.parametrize(
    ("language", "told", "said"),
    [
        ("es", f"Sheet in Spanish. {NOT_REVIEWED}", "Cómo cuidar su piel"),
        ("uk", f"There is no sheet in Ukrainian yet: this one is in English. Have it explained. {NOT_REVIEWED}", ""),
    ],
)
def test_the_aftercare_sheet_is_the_clients(language: str, told: str, said: str, room: Room, qtbot: QtBot) -> None:
    room.desk.clients.save(room.client.with_(language=language))
    draft_id = room.start(change=whole)
    flow, _ = room.desk.sessions.resume(draft_id)
    flow.edit(lambda x: x.with_(consent=x.consent.with_(understanding=Understanding(at=a_moment(14)))))
    flow.edit(lambda x: x.with_(needling=a_full_draft().needling, step=StepId.AFTERCARE))
    screen = room.open(draft_id)
    qtbot.waitUntil(lambda: told in texts(screen.page), timeout=5000)
    tap(screen, "Shown on screen")
    given = room.stored(draft_id).aftercare.given[0]
    paper = room.desk.papers.get(given.document_id)
    assert (paper.kind, paper.language) == (PaperKind.AFTERCARE, language if said else "en")
    title = said or "Looking after your skin"
    assert title in text_of(room.desk.papers.data(given.document_id))


def test_the_preparation_sheet_is_the_clients(room: Room, shown: Show) -> None:
    client = room.another_client(language="de")
    screen = PreparationScreen(room.kit, room.desk, client.id)
    shown(screen)
    screen.activate()
    assert f"Sheet in German. {NOT_REVIEWED}" in texts(screen)


def test_a_reviewed_text_is_not_spoken_of(kit: Kit) -> None:
    assert sheet_language_told("he", "he", reviewed=True, tr=kit.tr) == ("Sheet in Hebrew.", "muted")
    assert sheet_language_told("en", "xx", reviewed=True, tr=kit.tr) == (
        "There is no sheet in xx yet: this one is in English. Have it explained.",
        "hold",
    )
