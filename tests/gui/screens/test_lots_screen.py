"""Who was treated with lot X: found by typing and by scan, on paper, recalled; and the flags of those clients."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from needlelog.domain.client import Client
from needlelog.domain.findings import StepId
from needlelog.domain.follow_up import Reached
from needlelog.domain.stock import Recall
from needlelog.services.desk import Desk
from tests import builders
from tests.desks import StandingClock
from tests.gui.answers import ScriptedDialogs
from tests.gui.conftest import Show
from tests.gui.scanner import scan
from tests.gui.screens.clinic_days import add_client, begin, passes, treat
from tests.gui.screens.conftest import Routes
from tests.integration.documents.papers import text_of
from ui.screens.client.screen import ClientScreen
from ui.screens.lots.screen import LotsScreen
from ui.screens.record.screen import RecordScreen
from ui.screens.session.screen import SessionScreen
from ui.screens.today.screen import TodayScreen
from ui.toolkit.kit import Kit
from ui.toolkit.screen import ToClient, ToLot

LOT, NAME = "CT-2291", "12-pin cartridge"
CODE = f"010084458800328817271130{'10'}{LOT}"


@pytest.fixture
def ana(desk: Desk, standing: StandingClock) -> Client:
    """Treated and signed thirty days ago."""
    client = add_client(desk, "Ana Nowak", email="ana@example.org")
    treat(desk, standing, client, standing.now() - timedelta(days=30))
    return client


@pytest.fixture
def zoe(desk: Desk, standing: StandingClock) -> Client:
    """In the chair now, with the same lot typed in small letters."""
    client = add_client(desk, "Zoë Hart")
    draft = begin(desk, standing, client, standing.now() - timedelta(hours=1), StepId.NEEDLING)
    flow, _ = desk.sessions.resume(draft.id)
    used = tuple(one.with_(lot="ct-2291") for one in passes(("forehead",), builders.a_pass().depth_mm))
    flow._store.save(flow.draft.with_(needling=builders.a_needling(passes=used)))
    return client


@pytest.fixture
def screen(kit: Kit, desk: Desk, ana: Client, zoe: Client, shown: Show, routes: Routes) -> Iterator[LotsScreen]:
    made = LotsScreen(kit, desk)
    routes.listen(made)
    shown(made)
    made.activate()
    yield made
    made.close()


def look(screen: LotsScreen, lot: str) -> list[str]:
    screen.search.setText(lot)
    screen.search.searched.emit(lot)
    return screen.list.texts()


@pytest.mark.parametrize("lot", ["CT-2291", " ct-2291", "Ct 2291".replace(" ", "-")])
def test_everybody_is_found_however_the_lot_is_written(screen: LotsScreen, lot: str) -> None:
    rows = look(screen, lot)
    assert len(rows) == 2
    assert rows[0].startswith("Ana Nowak, 12-Mar-1988 · C-0001, 07700 900142, ana@example.org, 21-Oct-2026, 12-pin")
    assert "Forehead, Left cheek, Right cheek" in rows[0]
    assert "not signed" in rows[1]
    assert screen.summary.text() == f"Lot {lot.strip()}: 2 clients, 2 visits"


def test_a_lot_nobody_had_is_said_and_prints_nothing(screen: LotsScreen) -> None:
    assert look(screen, "CT-22") == []
    assert screen.summary.text() == "Nobody was treated with lot CT-22"
    assert not screen.print.isVisible()


def test_a_scan_finds_by_the_lot_in_it(screen: LotsScreen, desk: Desk) -> None:
    scan(screen, CODE)
    assert len(screen.list.texts()) == 2
    assert screen.search.text() == LOT
    scan(screen, "4006381333931")
    assert "no lot" in screen.notice.text()
    assert len(screen.list.texts()) == 2


def test_a_code_pasted_into_the_search_counts_as_a_scan(screen: LotsScreen) -> None:
    look(screen, CODE)
    assert screen.search.text() == LOT
    assert len(screen.list.texts()) == 2


def test_the_same_lot_of_two_products_can_be_told_apart(screen: LotsScreen, desk: Desk, ana: Client) -> None:
    draft = desk.sessions.start(ana.id)
    flow, _ = desk.sessions.resume(draft.id)
    flow._store.save(flow.draft.with_(serums=(builders.a_use(id=uuid4(), name="Glide gel", lot=LOT),)))
    assert len(look(screen, LOT)) == 3
    assert not screen.recall.isVisible()
    screen.products.button("glide gel").click()
    assert len(screen.list.texts()) == 1
    assert screen.recall.isVisible()


def test_a_row_leads_to_its_client(screen: LotsScreen, routes: Routes, zoe: Client) -> None:
    look(screen, LOT)
    screen.list.rows[1].chosen.emit()
    assert routes == [ToClient(zoe.id)]


def test_the_list_is_saved_under_a_name_without_a_client(
    screen: LotsScreen, dialogs: ScriptedDialogs, tmp_path: Path
) -> None:
    look(screen, LOT)
    path = tmp_path / "list.pdf"
    dialogs.will_answer(path)
    screen.save.click()
    assert [asked.text for asked in dialogs.asked] == ["lot-list.pdf"]
    said = text_of(path.read_bytes())
    assert "Ana Nowak" in said
    assert "Zoë Hart" in said


def test_the_paper_is_shown_and_put_away_again(screen: LotsScreen) -> None:
    look(screen, LOT)
    screen.preview.click()
    assert screen._view.isVisible()
    screen.preview.click()
    assert screen.list.isVisible()


def test_a_recall_is_made_here_and_ended_here(screen: LotsScreen, desk: Desk, dialogs: ScriptedDialogs) -> None:
    look(screen, LOT)
    dialogs.will_answer("Seal may leak", "Another lot was meant")
    screen.recall.click()
    assert "Seal may leak" in screen.recalled.text()
    look(screen, "")
    assert [card.accessibleName() for card in screen.recall_cards] == [
        f"{NAME}, lot {LOT}, 2 clients treated, Seal may leak"
    ]
    look(screen, LOT)
    screen.end.click()
    assert screen.recalled.text() == ""
    assert desk.stock.recalls() == ()


def flags(kit: Kit, desk: Desk, client: Client, draft_id: Any) -> tuple[str, str, str, str]:
    """What Today, the client's page with its banner, and the visit say of recalled lots."""
    today, page, visit = TodayScreen(kit, desk), ClientScreen(kit, desk, client.id), SessionScreen(kit, desk, draft_id)
    visit.activate()
    QApplication.processEvents()
    said = (
        today.recalled.accessibleName() if today.recalled else "",
        page.recalled.text(),
        page.banner.recalled.text(),
        visit._shell.banner.recalled.text(),
    )
    visit.deactivate()
    for one in (today, page, visit):
        one.deleteLater()
    return said


def test_a_recall_flags_its_clients_until_it_ends(kit: Kit, desk: Desk, ana: Client, zoe: Client) -> None:
    draft = desk.sessions.start(ana.id)
    assert flags(kit, desk, ana, draft.id) == ("", "", "", "")
    recall = desk.stock.recall(NAME, "ct-2291", "Seal may leak")
    assert isinstance(recall, Recall)
    today, page, banner, visit = flags(kit, desk, ana, draft.id)
    assert today.startswith("Recalled lots: 2 clients to call")
    assert page.startswith("Treated on 21-Oct-2026 with lot CT-2291 of 12-pin cartridge, which was recalled: Seal may")
    assert banner == visit == "Recalled lot: ct-2291"
    desk.stock.end_recall(NAME, LOT, "Another lot was meant")
    assert flags(kit, desk, ana, draft.id) == ("", "", "", "")


def test_a_recall_of_another_lot_flags_nobody(kit: Kit, desk: Desk, ana: Client) -> None:
    desk.stock.recall(NAME, "CT-2292", "Seal may leak")
    desk.stock.recall("Another cartridge", LOT, "Seal may leak")
    draft = desk.sessions.start(ana.id)
    assert flags(kit, desk, ana, draft.id) == ("", "", "", "")


def test_today_leads_to_the_list(kit: Kit, desk: Desk, ana: Client, routes: Routes, shown: Show) -> None:
    desk.stock.recall(NAME, LOT, "Seal may leak")
    screen = TodayScreen(kit, desk)
    routes.listen(screen)
    shown(screen)
    assert screen.recalled is not None
    screen.recalled.chosen.emit()
    assert routes == [ToLot(LOT)]


def test_who_was_told_of_the_recall_is_noted_listed_and_printed(
    kit: Kit, screen: LotsScreen, desk: Desk, ana: Client, dialogs: ScriptedDialogs, tmp_path: Path
) -> None:
    def to_call() -> str:
        card = TodayScreen(kit, desk).recalled
        return card.accessibleName() if card is not None else ""

    def told() -> QPushButton:
        found = [one for one in screen.list.findChildren(QPushButton) if one.accessibleName().startswith("Told of")]
        return next(one for one in found if one.isVisible())

    desk.stock.recall(NAME, LOT, "Maker's recall letter")
    look(screen, LOT)
    assert "2 clients to call" in to_call()
    row, not_signed = screen.list.texts()
    assert "Not told of the recall yet" in row
    assert "once the visit is signed" in not_signed
    for answer in (None, "Message sent, no answer yet"):
        dialogs.will_answer(answer)
        told().click()
        QApplication.processEvents()
        assert "Not told of the recall yet" in screen.list.texts()[0]
    dialogs.will_answer("By phone")
    told().click()
    assert "Told of the recall 20-Nov-2026" in screen.list.texts()[0]
    assert f"by phone, {desk.me.signature}" in screen.list.texts()[0]
    path = tmp_path / "lots.pdf"
    dialogs.will_answer(path)
    screen.save.click()
    assert "Told of the recall 20-Nov-2026" in " ".join(text_of(path.read_bytes()).split())
    assert "1 client to call" in to_call()
    (visit,) = desk.history.visits(ana.id)
    record = desk.follow_ups.records([visit.id])[visit.id]
    assert (len(record.answers), len(record.attempts), record.red) == (1, 1, ())
    assert [one.how for one in record.attempts] == [Reached.MESSAGE]
    # A call about a lot says nothing of the skin.
    assert (visit.follow_ups, record.about_skin) == (0, ())
    signed = desk.history.visit(visit.id)
    assert [one.moment for one in desk.follow_ups.earlier(signed)] == [""]
    heard = {shown.text() for shown in RecordScreen(kit, desk, visit.id).glance.findChildren(QLabel)}
    assert "At the visit" in heard
    assert "Since" not in heard
    assert [flaw.says for flaw in desk.proof.whole().flaws if not flaw.says.startswith("A photo")] == []
