"""A damaged visit between a client's others: shown as damaged, and nothing around it stops working."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from needlelog.services.desk import Desk
from tests.desks import StandingClock
from tests.gui.answers import ScriptedDialogs
from tests.gui.conftest import Show
from tests.gui.screens.clinic_days import treat
from tests.integration.documents.papers import text_of
from tests.integration.services.test_proof import Clinic
from ui.screens.client.screen import ClientScreen
from ui.screens.session.screen import SessionScreen
from ui.toolkit.kit import Kit


@pytest.fixture
def clinic(tmp_path: Path, standing: StandingClock, monkeypatch: pytest.MonkeyPatch) -> Clinic:
    """A clinic with one visit signed and another a month later."""
    made = Clinic(tmp_path / "proven", standing, monkeypatch)
    standing.pass_(days=30)
    with made.opened() as desk:
        treat(desk, standing, desk.clients.get(made.visit.client.id), standing.now())
    standing.pass_(days=30)
    return made


@pytest.fixture
def damaged(clinic: Clinic, request: pytest.FixtureRequest) -> Iterator[Desk]:
    """The clinic opened after this was done to the first visit or to all."""
    clinic.tamper(request.param.replace("{id}", clinic.visit.id.hex))
    with clinic.opened() as desk:
        yield desk


@pytest.mark.parametrize(
    ("damaged", "marked"),
    [
        ("UPDATE session SET content = '{' WHERE id = '{id}'", 1),
        ("UPDATE session SET started_at = 'x' WHERE id = '{id}'", 1),
        ("DELETE FROM seal", 2),
        ("UPDATE session SET content = '{'", 2),
    ],
    indirect=["damaged"],
)
def test_the_client_and_a_new_visit_open(
    kit: Kit, damaged: Desk, clinic: Clinic, shown: Show, dialogs: ScriptedDialogs, marked: int
) -> None:
    screen = ClientScreen(kit, damaged, clinic.visit.client.id)
    shown(screen)
    said = [one.text() for one in screen.findChildren(QLabel) if one.isVisible()]
    assert len(screen.cards) == 2
    assert said.count("Damaged: not what was signed") == marked
    visit = SessionScreen(kit, damaged, damaged.sessions.start(clinic.visit.client.id, repeat=True).id)
    shown(visit)
    visit.activate()
    assert dialogs.told == []
    assert visit.deactivate()


@pytest.mark.parametrize(
    ("damaged", "unread"),
    [
        ("UPDATE session SET content = '{' WHERE id = '{id}'", 1),
        ("UPDATE session SET started_at = 'x' WHERE id = '{id}'", 1),
        ("UPDATE session SET content = '{'", 2),
    ],
    indirect=["damaged"],
)
def test_the_whole_file_names_what_it_cannot_hold(
    kit: Kit, damaged: Desk, clinic: Clinic, shown: Show, dialogs: ScriptedDialogs, tmp_path: Path, unread: int
) -> None:
    screen = ClientScreen(kit, damaged, clinic.visit.client.id)
    shown(screen)
    dialogs.will_answer(tmp_path / "file.pdf")
    screen.save_file.click()
    text = text_of((tmp_path / "file.pdf").read_bytes())

    assert "2 signed visits" in text
    assert text.count("Check the records, or restore a backup.") == unread
    assert text.count("Treatment record") == 2 - unread
