"""The whole file of a client: every visit with all that belongs to it, page x of y, found by its bookmark."""

from __future__ import annotations

import io
import tempfile
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from PIL import Image

from needlelog.domain.client import Allergy, AllergyState
from needlelog.domain.papers import HandOver
from needlelog.domain.session import Reactions
from needlelog.services.desk import Desk
from tests import builders
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
    assert screen.file is not None
    screen.file.save.click()
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
        assert visit.seal.sha256 in text.replace(" ", "")
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


def a_jpeg(shade: int) -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (1600, 1200), (shade, 90, 60)).save(held, "JPEG")
    return held.getvalue()


def test_photos_are_in_it_when_they_are_wanted_each_with_its_view_and_moment(
    kit: Kit, desk: Desk, standing: StandingClock, shown: Show, dialogs: ScriptedDialogs, tmp_path: Path
) -> None:
    client = add_client(desk, "ليلى الخطيب")
    before, after, lost = (desk.pictures.take_in(a_jpeg(shade), view="face_front") for shade in (30, 90, 150))
    visit = treat(
        desk,
        standing,
        client,
        standing.now() - timedelta(days=9),
        consultation=builders.a_consultation(photos=(before,)),
        reactions=Reactions(none_observed_at=builders.a_moment(94), photos=(after, lost)),
    )
    (file,) = (tmp_path / "clinic" / "photos").rglob(lost.sha256)
    file.write_bytes(b"damaged")
    screen = ClientScreen(kit, desk, client.id)
    shown(screen)
    assert not list(opened(saved(screen, dialogs, tmp_path)).pages[-1].images)
    assert screen.file is not None
    screen.file.photos.click()
    paper = saved(screen, dialogs, tmp_path)
    found = [image for page in opened(paper).pages for image in page.images]
    assert [one.image.size for one in found if one.image] == [(1000, 750)] * 2
    assert [round(one.image.getpixel((5, 5))[0] / 10) for one in found if one.image] == [3, 9]  # type: ignore[index]
    text = text_of(paper)
    assert "Face front · before · 11-Nov-2026 13:20" in text
    assert text.count("Face front · after · ") == 2
    assert "This photo is missing or damaged." in text
    assert visit.seal.sha256 in text.replace(" ", "")
    assert str(desk.papers.code(visit)) in text
    for number, page in enumerate(opened(paper).pages, start=1):
        assert f"Page {number} of {len(opened(paper).pages)}" in " ".join(page.extract_text().split())


def test_it_says_how_far_it_is_and_can_be_stopped(
    kit: Kit, desk: Desk, standing: StandingClock, shown: Show, dialogs: ScriptedDialogs, tmp_path: Path
) -> None:
    client = add_client(desk, "Ana Nowak")
    for days in (90, 60, 30):
        treat(desk, standing, client, standing.now() - timedelta(days=days))
    screen = ClientScreen(kit, desk, client.id)
    shown(screen)
    card = screen.file
    assert card is not None
    heard: list[str] = []
    show, path = card._show_how_far, tmp_path / "file.pdf"

    def told(done: int, of: int) -> None:
        show(done, of)
        heard.append(card._how_far.text())
        if len(dialogs.asked) == 2 and done == 1:
            card.stop_button.click()

    card._show_how_far = told  # type: ignore[method-assign]
    in_temporary = set(Path(tempfile.gettempdir()).iterdir())
    dialogs.will_answer(path)
    card.save.click()
    assert heard == ["Visit 1 of 3", "Visit 2 of 3", "Visit 3 of 3", "Drawing the pages"]
    assert card.notice.text() == "Saved as file.pdf."
    path.unlink()
    dialogs.will_answer(path)
    card.save.click()
    assert heard[4:] == ["Visit 1 of 3", "Visit 2 of 3"]
    assert card.notice.text() == "Stopped. Nothing was written."
    assert not path.exists()
    assert not [one for one in tmp_path.iterdir() if one.name.startswith(".") or one.suffix == ".part"]
    assert not [one for one in set(Path(tempfile.gettempdir()).iterdir()) - in_temporary if one.suffix == ".pdf"]
    assert card.save.isEnabled()


def test_who_goes_elsewhere_does_not_want_it_any_more(
    kit: Kit, desk: Desk, standing: StandingClock, shown: Show, dialogs: ScriptedDialogs, tmp_path: Path
) -> None:
    client = add_client(desk, "Ana Nowak")
    treat(desk, standing, client, standing.now() - timedelta(days=9))
    screen = ClientScreen(kit, desk, client.id)
    shown(screen)
    card, path = screen.file, tmp_path / "file.pdf"
    assert card is not None
    card._show_how_far = lambda *_: screen.deactivate() and None  # type: ignore[method-assign]
    dialogs.will_answer(path)
    card.save.click()
    assert not path.exists()


def test_what_holds_between_visits_and_visits_given_up_stand_in_front(
    kit: Kit, desk: Desk, standing: StandingClock, shown: Show, dialogs: ScriptedDialogs, tmp_path: Path
) -> None:
    known = (Allergy(substance="Lidocaine", reaction="hives"),)
    client = add_client(desk, "M" * 200, allergy_state=AllergyState.KNOWN, allergies=known, notes="Likes <b>tea</b>")
    treat(desk, standing, client, standing.now() - timedelta(days=9))
    desk.sessions.discard(desk.sessions.start(client.id).id, "Client left & went home")
    screen = ClientScreen(kit, desk, client.id)
    shown(screen)
    text = text_of(saved(screen, dialogs, tmp_path))
    for said in ("Lidocaine hives", "Likes <b>tea</b>", "given up unsigned on 20-Nov-2026 by Mara Lindqvist, RN"):
        assert said in text
    assert "Client left & went home" in text
