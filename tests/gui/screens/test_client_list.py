"""The client list: found as they are typed, in any script, by keys alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from needlelog.domain.client import AllergyState, ClientSummary
from needlelog.services.desk import Desk
from tests.desks import StandingClock
from tests.gui.conftest import Show
from tests.gui.keys import type_text
from tests.gui.screens.clinic_days import NAMES, add_client, treat
from tests.gui.screens.conftest import Routes
from ui.screens.clients.screen import ClientsScreen
from ui.toolkit.kit import Kit
from ui.toolkit.screen import EditClient, ToClient
from ui.widgets.client_list import ClientList


def names(screen: ClientsScreen) -> list[str]:
    return [screen.list.client(row).full_name for row in range(screen.list.count())]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("lukasz", "Łukasz O'Brien <b>& Søn"),
        ("minh khai", "Nguyễn Thị Minh Khai"),
        ("παπαδοπουλου", "Ελένη Παπαδοπούλου"),
        ("נועה", "נועה לוי"),
        ("فاطمة", "فاطمة الزهراء"),
        ("王", "王小明"),
        ("соколова", "Ольга Соколова"),
        ("14/6/1991", "Grace Okonkwo-Fitzgerald"),
        ("21 0555", "Ελένη Παπαδοπούλου"),
        ("C-0009", "Tom Barnes"),
    ],
)
def test_finds_in_every_script_and_by_number_phone_and_birth_date(kit: Kit, desk: Desk, query: str, found: str) -> None:
    for name, born, facts in NAMES:
        add_client(desk, name, born, **facts)
    assert names(ClientsScreen(kit, desk, query)) == [found]


def test_arrows_from_the_search_line_and_enter_open(
    kit: Kit, desk: Desk, shown: Show, routes: Routes, qtbot: QtBot
) -> None:
    for name in ("Ana Nowak", "Anaïs Petit"):
        add_client(desk, name)
    screen = ClientsScreen(kit, desk)
    routes.listen(screen)
    shown(screen)
    screen.activate()
    type_text(screen.search, "ana")
    screen.search.searched.emit("ana")
    second = screen.list.client(1)
    qtbot.keyClick(screen.search, Qt.Key.Key_Down)
    qtbot.keyClick(screen.search, Qt.Key.Key_Up)
    qtbot.keyClick(screen.search, Qt.Key.Key_Down)
    screen.list.choose_current()
    assert routes == [ToClient(second.id)]


def test_a_row_says_who_it_is_aloud(kit: Kit, desk: Desk, standing: StandingClock) -> None:
    client = add_client(desk, "Ana Nowak", allergy_state=AllergyState.NOT_RECORDED)
    treat(desk, standing, client, standing.now() - timedelta(days=34))
    screen = ClientsScreen(kit, desk)
    index = screen.list.model().index(0, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == (
        "Ana Nowak, C-0001, 12-Mar-1988 (38), Allergies not asked, 34 days ago"
    )


def test_archived_clients_stand_apart(kit: Kit, desk: Desk) -> None:
    gone = add_client(desk, "Gone Away")
    add_client(desk, "Ana Nowak")
    desk.clients.archive(gone.id)
    screen = ClientsScreen(kit, desk)
    assert names(screen) == ["Ana Nowak"]
    screen.archived.button(True).click()
    assert names(screen) == ["Gone Away"]
    assert screen.message() == "1 archived client"


def test_an_empty_clinic_offers_the_first_client(kit: Kit, desk: Desk, routes: Routes) -> None:
    screen = ClientsScreen(kit, desk)
    routes.listen(screen)
    screen.new_client.click()
    assert routes == [EditClient(None)]
    assert screen.list.count() == 0


def test_only_the_rows_that_are_seen_are_painted(kit: Kit, shown: Show) -> None:
    many = [
        ClientSummary.model_construct(
            id=None,
            number=number,
            full_name=f"Client {number}",
            known_as="",
            birth_date=date(1988, 3, 12),
            phone="",
            fitzpatrick=None,
            allergy_state=AllergyState.KNOWN,
            archived_at=None,
            visits=0,
            last_visit_at=None,
            open_drafts=0,
        )
        for number in range(5000)
    ]
    listed = ClientList(kit.theme, kit.tr, "Europe/London")
    listed.resize(900, 600)
    asked: set[int] = set()
    model = listed.model()
    data = model.data

    def counted(index: object, role: int = 0) -> object:
        if role == Qt.ItemDataRole.UserRole:
            asked.add(index.row())  # type: ignore[attr-defined]
        return data(index, role)  # type: ignore[arg-type]

    model.data = counted  # type: ignore[method-assign,assignment]
    shown(listed)
    listed.show_clients(many, date(2026, 11, 20))
    listed.grab()
    assert listed.count() == 5000
    assert 0 < len(asked) < 30
    assert listed.sizeHintForRow(0) >= 56
