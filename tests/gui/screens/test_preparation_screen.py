"""The sheet for before the next visit: made for the day that is known, handed over, kept, and found again."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from PySide6.QtWidgets import QPushButton

from needlelog.domain.papers import HandOver, PaperKind, SheetForm
from needlelog.services.desk import Desk
from tests.desks import StandingClock
from tests.gui.answers import ScriptedDialogs
from tests.gui.conftest import Show
from tests.gui.screens.clinic_days import add_client, treat
from tests.gui.screens.conftest import Routes
from tests.integration.documents.papers import pieces, text_of
from ui.screens.client.screen import ClientScreen
from ui.screens.paper.screen import PaperScreen
from ui.screens.preparation.screen import PreparationScreen
from ui.toolkit.kit import Kit
from ui.toolkit.screen import ToClient, ToPreparation

FOOT = 90
"""Above it, in points from the lower edge, lies no footer."""


def shown_sheet(screen: PreparationScreen) -> None:
    """Show the sheet to the client."""
    screen.hand_over.findChildren(QPushButton)[2].click()


def test_it_is_made_for_the_visit_that_was_agreed_and_kept_with_the_one_before(
    kit: Kit, desk: Desk, standing: StandingClock, shown: Show
) -> None:
    client = add_client(desk, "Ana Nowak")
    signed = treat(desk, standing, client, standing.now() - timedelta(days=3))
    screen = PreparationScreen(kit, desk, client.id)
    shown(screen)
    screen.activate()
    assert screen.day.raw_text() == "05-Jan-2027"
    shown_sheet(screen)
    (kept,) = [paper for paper in desk.papers.of_session(signed.id) if paper.kind is PaperKind.PREPARATION]
    text = text_of(desk.papers.data(kept.id))
    assert "Visit: Tuesday 5 January 2027" in text
    assert "From Tuesday 22 December on 14 days before your visit" in text
    assert [one.how for one in desk.papers.hand_overs(kept.id)] == [HandOver.SHOWN]
    assert desk.proof.whole().flaws == ()


def test_the_same_sheet_is_kept_once(kit: Kit, desk: Desk, standing: StandingClock, shown: Show) -> None:
    client = add_client(desk, "Ana Nowak")
    signed = treat(desk, standing, client, standing.now() - timedelta(days=3))
    for _ in range(2):
        screen = PreparationScreen(kit, desk, client.id)
        shown(screen)
        screen.activate()
        shown_sheet(screen)
        standing.pass_(minutes=7)
    (kept,) = [paper for paper in desk.papers.of_session(signed.id) if paper.kind is PaperKind.PREPARATION]
    assert len(desk.papers.hand_overs(kept.id)) == 2


def test_a_client_without_a_visit_gets_one_too(
    kit: Kit, desk: Desk, shown: Show, dialogs: ScriptedDialogs, tmp_path: Path, routes: Routes
) -> None:
    client = add_client(desk, "Ana Nowak")
    screen = PreparationScreen(kit, desk, client.id)
    shown(screen)
    screen.activate()
    dialogs.will_answer(tmp_path / "for Ana")
    screen.hand_over.findChildren(QPushButton)[1].click()
    written = (tmp_path / "for Ana.pdf").read_bytes()
    (kept,) = desk.papers.of_client(client.id)
    assert kept.sha256 == hashlib.sha256(written).hexdigest()
    assert "14 days before your visit" in text_of(written)
    paper = PaperScreen(kit, desk, kept.id)
    shown(paper)
    routes.listen(paper)
    next(one for one in paper.findChildren(QPushButton) if one.text() == "Back").click()
    assert routes == [ToClient(client.id)]


def test_large_print_is_the_clients_wish_from_the_last_visit(
    kit: Kit, desk: Desk, standing: StandingClock, shown: Show
) -> None:
    client = add_client(desk, "Ana Nowak")
    draft = desk.sessions.start(client.id)
    flow, _ = desk.sessions.resume(draft.id)
    wish = SheetForm(large=True)
    flow.edit(lambda one: one.with_(aftercare=one.aftercare.with_(form=wish)))
    screen = PreparationScreen(kit, desk, client.id, draft.id)
    shown(screen)
    screen.activate()
    shown_sheet(screen)
    (kept,) = desk.papers.of_session(draft.id)
    body = [piece.size for piece in pieces(desk.papers.data(kept.id)) if piece.y > FOOT]
    assert min(body) >= 18


def test_a_wish_stated_at_a_visit_holds_at_the_next(desk: Desk, standing: StandingClock) -> None:
    client = add_client(desk, "Ana Nowak")
    wish = SheetForm(large=True, grey=True)
    first = desk.sessions.start(client.id)
    flow, _ = desk.sessions.resume(first.id)
    aftercare = flow.draft.aftercare.with_(form=wish)
    treat(desk, standing, client, standing.now() - timedelta(days=3), draft=first.id, aftercare=aftercare)

    assert desk.sessions.start(client.id).aftercare.form == wish
    assert desk.history.paper_form(client.id) == wish


def test_a_double_tap_shows_and_prints_once(
    kit: Kit, desk: Desk, standing: StandingClock, shown: Show, dialogs: ScriptedDialogs
) -> None:
    client = add_client(desk, "Ana Nowak")
    screen = PreparationScreen(replace(kit, pause_s=0.6), desk, client.id)
    shown(screen)
    screen.activate()
    shown_sheet(screen)
    shown_sheet(screen)
    (kept,) = desk.papers.of_client(client.id)
    assert len(desk.papers.hand_overs(kept.id)) == 1
    standing.pass_(seconds=2)
    dialogs.will_answer(None)
    for _ in range(2):
        screen.hand_over.findChildren(QPushButton)[0].click()
    assert [one.kind for one in dialogs.asked] == ["printer"]


def test_a_day_without_a_time_waits_for_it(kit: Kit, desk: Desk, shown: Show) -> None:
    client = add_client(desk, "Ana Nowak")
    screen = PreparationScreen(kit, desk, client.id)
    shown(screen)
    screen.activate()
    screen.day.set_raw_text("24 12 2026")
    screen.day.commit()
    assert not screen.hand_over.findChildren(QPushButton)[0].isEnabled()
    assert "Add the time" in screen.time.editor.accessibleDescription()
    screen.time.set_raw_text("9.30")
    screen.time.commit()
    assert screen.hand_over.findChildren(QPushButton)[0].isEnabled()


def test_the_client_page_leads_to_it(kit: Kit, desk: Desk, shown: Show, routes: Routes) -> None:
    client = add_client(desk, "Ana Nowak")
    screen = ClientScreen(kit, desk, client.id)
    routes.listen(screen)
    shown(screen)
    screen.prepare.click()
    assert routes == [ToPreparation(client.id)]
