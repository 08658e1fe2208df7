"""The start screen: what is open, what runs, and one way to begin."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from needlelog.domain.findings import StepId
from needlelog.errors import Fault, FaultCode
from needlelog.services.desk import Desk
from needlelog.services.reference import Trouble
from tests import builders
from tests.desks import StandingClock
from tests.gui.answers import ScriptedDialogs
from tests.gui.conftest import Show
from tests.gui.keys import type_text
from tests.gui.screens.clinic_days import add_client, begin, treat
from tests.gui.screens.conftest import Routes
from ui.screens.today.screen import TodayScreen
from ui.toolkit.kit import Kit
from ui.toolkit.screen import EditClient, StartVisit, ToClient, ToKnowledge, ToProducts, ToSession


def test_an_empty_clinic_says_how_to_begin(kit: Kit, desk: Desk, shown: Show, routes: Routes) -> None:
    screen = TodayScreen(kit, desk)
    routes.listen(screen)
    shown(screen)
    assert screen.open_visits() == ()
    screen.new_visit.click()
    assert screen.picker.message() == "No clients yet"


def test_visits_of_today_stand_before_those_left_open(kit: Kit, desk: Desk, standing: StandingClock) -> None:
    now = standing.now()
    left = begin(desk, standing, add_client(desk, "Ana Nowak"), now - timedelta(days=2), StepId.AFTERCARE)
    begun = begin(desk, standing, add_client(desk, "Grace Okonkwo"), now - timedelta(minutes=9), StepId.CONSENT)
    assert TodayScreen(kit, desk).open_visits() == (begun.id, left.id)


def test_the_numbing_timer_follows_the_clock(kit: Kit, desk: Desk, standing: StandingClock) -> None:
    now = standing.now()
    on = (builders.a_numbing(on_at=now - timedelta(minutes=23, seconds=10), removed_at=None, area_cm2=None),)
    begin(desk, standing, add_client(desk, "Ana Nowak"), now - timedelta(minutes=40), StepId.NUMBING, numbing=on)
    screen = TodayScreen(kit, desk)
    (card,) = screen.cards
    assert card.timer_texts() == ("23:10 min",)
    standing.pass_(seconds=51)
    card.tick()
    assert card.timer_texts() == ("24:01 min",)
    assert "Step 4 of 9: Numbing" in card.accessibleName()


def test_whatever_runs_in_a_visit_of_today_is_on_its_card(kit: Kit, desk: Desk, standing: StandingClock) -> None:
    now = standing.now()
    needling = builders.a_needling(passes=(), started_at=now - timedelta(minutes=12), ended_at=None)
    mask = builders.a_use(
        name="Calming mask", at=now - timedelta(minutes=3), started_at=now - timedelta(minutes=3), duration_s=None
    )
    client = add_client(desk, "Ana Nowak")
    begin(desk, standing, client, now - timedelta(minutes=40), StepId.COOLING, needling=needling, cooling=(mask,))
    (card,) = TodayScreen(kit, desk).cards
    assert card.timer_texts() == ("12:00 min", "03:00 min")
    assert "Needling on for 12:00" in card.accessibleName()


def test_needling_that_nobody_ended_does_not_run_on_overnight(kit: Kit, desk: Desk, standing: StandingClock) -> None:
    then = standing.now() - timedelta(days=2)
    needling = builders.a_needling(passes=(), started_at=then, ended_at=None)
    begin(desk, standing, add_client(desk, "Ana Nowak"), then, StepId.NEEDLING, needling=needling, numbing=())
    (card,) = TodayScreen(kit, desk).cards
    assert card.timer_texts() == ()


def test_a_card_leads_to_its_visit_by_key_and_by_tap(
    kit: Kit, desk: Desk, standing: StandingClock, shown: Show, routes: Routes, qtbot: QtBot
) -> None:
    draft = begin(desk, standing, add_client(desk, "Ana Nowak"), standing.now(), StepId.CONSENT)
    screen = TodayScreen(kit, desk)
    routes.listen(screen)
    shown(screen)
    qtbot.keyClick(screen.cards[0], Qt.Key.Key_Return)
    qtbot.mouseClick(screen.cards[0], Qt.MouseButton.LeftButton)
    assert routes == [ToSession(draft.id)] * 2


def test_new_visit_asks_for_whom_and_starts_it(kit: Kit, desk: Desk, shown: Show, routes: Routes, qtbot: QtBot) -> None:
    add_client(desk, "Ana Nowak")
    wanted = add_client(desk, "Łukasz O'Brien <b>& Søn")
    screen = TodayScreen(kit, desk)
    routes.listen(screen)
    shown(screen)
    screen.new_visit.click()
    type_text(screen.search, "lukasz")
    qtbot.keyClick(screen.search, Qt.Key.Key_Return)
    assert routes == [StartVisit(wanted.id)]


@pytest.mark.parametrize("repeat", [True, False, None])
def test_somebody_who_was_here_before_is_offered_the_same_again(
    kit: Kit, dialogs: ScriptedDialogs, desk: Desk, standing: StandingClock, routes: Routes, repeat: bool | None
) -> None:
    client = add_client(desk, "Ana Nowak")
    treat(desk, standing, client, standing.now() - timedelta(days=30))
    screen = TodayScreen(kit, desk)
    routes.listen(screen)
    screen.new_visit.click()
    dialogs.will_answer(repeat)
    screen.picker.list.choose_current()
    assert routes == ([] if repeat is None else [StartVisit(client.id, repeat=repeat)])


def test_a_client_whose_visit_is_open_is_shown_first(
    kit: Kit, desk: Desk, standing: StandingClock, shown: Show, routes: Routes, qtbot: QtBot
) -> None:
    client = add_client(desk, "Ana Nowak")
    begin(desk, standing, client, standing.now(), StepId.CONSENT)
    screen = TodayScreen(kit, desk)
    routes.listen(screen)
    shown(screen)
    screen.new_visit.click()
    qtbot.keyClick(screen.search, Qt.Key.Key_Return)
    assert routes == [ToClient(client.id)]


def test_searching_without_new_visit_opens_the_client(
    kit: Kit, desk: Desk, shown: Show, routes: Routes, qtbot: QtBot
) -> None:
    client = add_client(desk, "Nguyễn Thị Minh Khai")
    screen = TodayScreen(kit, desk)
    routes.listen(screen)
    shown(screen)
    type_text(screen.search, "nguyen")
    qtbot.keyClick(screen.search, Qt.Key.Key_Return)
    assert routes == [ToClient(client.id)]


def test_nobody_found_offers_a_new_client(kit: Kit, desk: Desk, shown: Show, routes: Routes, qtbot: QtBot) -> None:
    add_client(desk, "Ana Nowak")
    screen = TodayScreen(kit, desk)
    routes.listen(screen)
    shown(screen)
    type_text(screen.search, "<img src=x>")
    qtbot.keyClick(screen.search, Qt.Key.Key_Return)
    assert "<img src=x>" in screen.picker.message()
    screen.picker.new_client.click()
    assert routes == [EditClient(None)]


def test_seen_lately_names_who_was_treated(kit: Kit, desk: Desk, standing: StandingClock) -> None:
    add_client(desk, "Nobody Yet")
    treat(desk, standing, add_client(desk, "Ana Nowak"), standing.now() - timedelta(days=34))
    screen = TodayScreen(kit, desk)
    assert [name.split(",")[0] for name in screen.recent()] == ["Ana Nowak"]
    assert screen.recent()[0].endswith("34 days ago")


def test_stock_that_wants_a_look_is_said_and_leads_to_the_products(
    kit: Kit, desk: Desk, standing: StandingClock, routes: Routes
) -> None:
    assert TodayScreen(kit, desk).stock is None
    product = desk.materials.add(builders.a_product(name="Copper peptide serum"))
    day = standing.now().date()
    desk.stock.receive(product.id, "CP-1", day - timedelta(days=2), Decimal(5))
    desk.stock.receive(product.id, "CP-2", day + timedelta(days=9), Decimal(5))
    desk.stock.receive(product.id, "CP-3", day + timedelta(days=400), Decimal(5))
    screen = TodayScreen(kit, desk)
    routes.listen(screen)
    assert screen.stock is not None
    assert screen.stock.accessibleName() == (
        "Stock to look after: Copper peptide serum, lot CP-1: Expired 18-Nov-2026; "
        "Copper peptide serum, lot CP-2: Expires in 9 days"
    )
    screen.stock.chosen.emit()
    assert routes == [ToProducts()]


def test_damaged_reference_files_are_said_on_the_first_screen(kit: Kit, desk: Desk, routes: Routes) -> None:
    assert TodayScreen(kit, desk).notice.isHidden()
    fault = Fault(FaultCode.KNOWLEDGE_BROKEN, file="sites.toml", entry="forehead", key="name", reason="is missing")
    desk.reference.trouble = Trouble(fault, desk.knowledge.version)
    screen = TodayScreen(kit, desk)
    routes.listen(screen)
    assert not screen.notice.isHidden()
    for part in ("sites.toml", "forehead", "name", desk.knowledge.version):
        assert part in screen.notice.text()
    screen.notice.answered.emit()
    assert routes == [ToKnowledge()]
