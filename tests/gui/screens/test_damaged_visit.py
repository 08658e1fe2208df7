"""A damaged visit between a client's others: shown as damaged, and nothing around it stops working."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from needlelog.domain.materials import ProductKind
from needlelog.services.desk import Desk
from tests import builders
from tests.desks import StandingClock
from tests.gui.answers import ScriptedDialogs
from tests.gui.conftest import Show
from tests.gui.screens.clinic_days import add_client, treat
from tests.integration.documents.papers import text_of
from tests.integration.services.test_proof import Clinic
from ui.screens.client.screen import ClientScreen
from ui.screens.clients.screen import ClientsScreen
from ui.screens.lots.screen import LotsScreen
from ui.screens.products.screen import ProductsScreen
from ui.screens.session.screen import SessionScreen
from ui.screens.settings.computer_tab import RecordsTab
from ui.screens.today.screen import TodayScreen
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
    assert screen.file is not None
    screen.file.save.click()
    text = text_of((tmp_path / "file.pdf").read_bytes())

    assert "2 signed visits" in text
    assert text.count("Check the records, or restore a backup.") == unread
    assert text.count("Treatment record") == 2 - unread


@pytest.fixture
def rotten(clinic: Clinic) -> Iterator[Desk]:
    """The clinic with something damaged on every list: a client, a product of no kind, a lot, visits unsigned."""
    with clinic.opened() as desk:
        client = add_client(desk, "Berta Lind")
        product = desk.materials.all(ProductKind.CLEANSER)[0]
        desk.stock.receive(product.id, "CL-77", None, Decimal(3))
        given_up, lost = (desk.sessions.start(clinic.visit.client.id).id for _ in range(2))
        desk.sessions.discard(given_up, "Client left")
    clinic.tamper(f"UPDATE client SET birth_date = 'soon' WHERE id = '{client.id.hex}'")
    clinic.tamper("UPDATE product SET kind = 'eaten' WHERE name = 'SkinPen Precision'")
    clinic.tamper("UPDATE lot SET added_at = 'x'")
    clinic.tamper(f"UPDATE draft SET content = 'x', started_at = 'x' WHERE id = '{lost.hex}'")
    clinic.tamper("UPDATE discarded_draft SET content = 'x'")
    with clinic.opened() as desk:
        yield desk


def test_each_list_names_what_is_damaged_and_shows_the_rest(
    kit: Kit, rotten: Desk, clinic: Clinic, shown: Show
) -> None:
    today, clients, products = TodayScreen(kit, rotten), ClientsScreen(kit, rotten), ProductsScreen(kit, rotten)
    for screen in (today, clients, products):
        shown(screen)
        screen.activate()
    assert "a client (C-0002)" in today.damaged.text()
    assert "an open visit (C-0001)" in today.damaged.text()
    assert clients.damaged.text().startswith("1 record is damaged and cannot be shown: a client (C-0002). Nothing was")
    assert clients.message() == "1 client"
    assert "a product (SkinPen Precision)" in products.damaged.text()
    assert "a lot (CL-77)" in products.damaged.text()
    assert len(products.cards) > 2
    lots = LotsScreen(kit, rotten, builders.a_lot().code)
    shown(lots)
    lots.activate()
    assert lots.treated()
    assert lots.damaged.isVisible()
    client = ClientScreen(kit, rotten, clinic.visit.client.id)
    shown(client)
    client.activate()
    assert "an open visit (C-0001)" in client.damaged.text()
    assert client.discarded is not None
    client.discarded.link.setChecked(True)
    said = [one.text() for one in client.discarded.findChildren(QLabel)]
    assert "A visit that cannot be read any more" in said
    assert client.discarded.verbs == []


def test_a_clinic_without_damage_says_nothing(kit: Kit, clinic: Clinic, shown: Show) -> None:
    with clinic.opened() as desk:
        today = TodayScreen(kit, desk)
        shown(today)
        today.activate()
        assert not today.damaged.isVisible()
        today.hide()


def test_a_missing_note_of_the_last_seal_is_begun_anew_in_the_settings(kit: Kit, clinic: Clinic, shown: Show) -> None:
    (clinic.folder / "seals.head").unlink()
    with clinic.opened() as desk:
        tab = RecordsTab(kit, desk)
        shown(tab)
        assert not tab.anew.isVisible()
        tab.check.click()
        assert "seals.head was deleted, or the folder was copied without it" in tab.notice.text()
        tab.begin.click()
        assert tab.reason.is_marked()
        tab.reason.set_value("Moved to a new computer.")
        tab.begin.click()
        assert not tab.anew.isVisible()
        assert "Every record and paper is as it was signed" in tab.notice.text()
        assert "Begun anew on 19-Jan-2027: Moved to a new computer." in tab.notice.text()
        tab.hide()


def test_who_opens_the_clinic_is_told_that_the_note_of_the_last_seal_went_astray(clinic: Clinic, kit: Kit) -> None:
    def said() -> str:
        with clinic.opened() as desk:
            today = TodayScreen(kit, desk)
            today.activate()
            return " ".join(one.text() for one in today.damaged.findChildren(QLabel))

    assert "last seal" not in said()
    (clinic.folder / "seals.head").unlink()
    assert "The note of the last seal is missing" in said()
