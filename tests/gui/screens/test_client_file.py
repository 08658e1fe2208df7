"""The whole file of a client: every visit with all that belongs to it, page x of y, found by its bookmark."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from needlelog.domain.session import HandOver
from needlelog.services.desk import Desk
from tests.desks import StandingClock
from tests.gui.answers import ScriptedDialogs
from tests.gui.conftest import Show
from tests.gui.screens.clinic_days import add_client, treat
from tests.integration.documents.papers import opened, text_of
from ui.screens.client.screen import ClientScreen
from ui.toolkit.kit import Kit


def saved(screen: ClientScreen, dialogs: ScriptedDialogs, folder: Path) -> bytes:
    path = folder / f"{uuid4()}.pdf"
    dialogs.will_answer(path)
    screen.save_file.click()
    return path.read_bytes()


def test_every_visit_is_in_it_with_what_was_added(
    kit: Kit, desk: Desk, standing: StandingClock, shown: Show, dialogs: ScriptedDialogs, tmp_path: Path
) -> None:
    client = add_client(desk, "Ana Nowak")
    first = treat(desk, standing, client, standing.now() - timedelta(days=90), depth="0.50")
    second = treat(desk, standing, client, standing.now() - timedelta(days=34), depth="1.00", redness=3)
    desk.sessions.add_addendum(first.id, "Phoned: all well.")
    desk.sessions.invalidate(second.id, "Recorded for the wrong client")
    screen = ClientScreen(kit, desk, client.id)
    shown(screen)
    paper = saved(screen, dialogs, tmp_path)
    reader, text = opened(paper), text_of(paper)

    for visit in (first, second):
        assert visit.seal.sha256 in text
    for said in ("Phoned: all well.", "Recorded for the wrong client", "2 signed visits, newest first"):
        assert said in text
    pages = len(reader.pages)
    for number, page in enumerate(reader.pages, start=1):
        foot = " ".join(page.extract_text().split())
        assert "Ana Nowak · born 12-Mar-1988" in foot
        assert f"Page {number} of {pages}" in foot
    marks = [str(mark.title) for mark in reader.outline]  # type: ignore[union-attr]
    assert marks == ["Visits", "Visit of 17-Oct-2026", "Visit of 22-Aug-2026"]
    places = [reader.get_destination_page_number(mark) for mark in reader.outline]  # type: ignore[arg-type]
    assert "Treatment record" in reader.pages[places[1] or 0].extract_text()
    assert "Nowak" not in str(dict(reader.metadata or {}))
    assert desk.papers.of_client(client.id) == ()
    assert HandOver.SAVED not in {one.how for one in desk.papers.hand_overs(desk.papers.of_session(first.id)[0].id)}
