"""A signed visit on the screen: read-only, added to, marked as an error, verified, its photos and papers."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QLineEdit

from needlelog.domain.session import Reactions
from needlelog.services.desk import Desk
from tests import builders
from tests.desks import StandingClock
from tests.gui.answers import ScriptedDialogs
from tests.gui.conftest import Show
from tests.gui.screens.clinic_days import add_client, treat
from tests.gui.screens.conftest import Routes
from ui.screens.record.screen import RecordScreen
from ui.toolkit.kit import Kit
from ui.toolkit.screen import ToClient
from ui.widgets.signature_pad import SignatureCanvas


def texts(screen: RecordScreen) -> set[str]:
    return {shown.text() for shown in screen.findChildren(QLabel)}


def a_png(colour: int = 0xAA5544) -> bytes:
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(colour)
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(held.data())


def test_it_shows_the_whole_visit_and_nothing_to_change(kit: Kit, desk: Desk, standing: StandingClock) -> None:
    client = add_client(desk, "Ana Nowak")
    signed = treat(desk, standing, client, standing.now() - timedelta(days=34), depth="1.00")
    screen = RecordScreen(kit, desk, signed.id)
    assert len(screen.sections) == 9
    assert {"1.00 mm", "Lidocaine cream 4 %", "Mineral sunscreen SPF 30"} <= texts(screen)
    assert screen.findChildren(QLineEdit) == []
    (canvas,) = screen.findChildren(SignatureCanvas)
    assert canvas.read_only
    assert canvas.strokes() == signed.draft.consent.signature.strokes  # type: ignore[union-attr]


def test_an_addendum_is_added_with_who_and_when(kit: Kit, desk: Desk, standing: StandingClock, shown: Show) -> None:
    signed = treat(desk, standing, add_client(desk, "Ana Nowak"), standing.now() - timedelta(days=3))
    screen = RecordScreen(kit, desk, signed.id)
    shown(screen)
    screen.add.click()
    screen.addenda.keep.click()
    assert desk.history.visit(signed.id).addenda == ()
    screen.addenda.field.set_raw_text("Redness <b>gone</b>.\nSlight flaking.")
    screen.addenda.keep.click()
    (kept,) = desk.history.visit(signed.id).addenda
    assert kept.text == "Redness <b>gone</b>.\nSlight flaking."
    assert {kept.text, "Mara Lindqvist, RN, 20-Nov-2026 13:40"} <= texts(screen)
    assert screen.deactivate()


def test_a_half_written_addendum_is_not_lost_by_leaving(
    kit: Kit, desk: Desk, standing: StandingClock, dialogs: ScriptedDialogs
) -> None:
    signed = treat(desk, standing, add_client(desk, "Ana Nowak"), standing.now() - timedelta(days=3))
    screen = RecordScreen(kit, desk, signed.id)
    screen.add.click()
    screen.addenda.field.set_raw_text("Half a sen")
    dialogs.will_answer(False)
    assert not screen.deactivate()
    assert screen.addenda.field.raw_text() == "Half a sen"


def test_an_error_is_marked_with_its_reason_and_stays_readable(
    kit: Kit, desk: Desk, standing: StandingClock, dialogs: ScriptedDialogs, shown: Show
) -> None:
    signed = treat(desk, standing, add_client(desk, "Ana Nowak"), standing.now() - timedelta(days=3))
    screen = RecordScreen(kit, desk, signed.id)
    shown(screen)
    dialogs.will_answer("Recorded twice")
    screen.invalidate.click()
    assert (
        screen.invalidated.text()
        == "Marked as entered in error by Mara Lindqvist, RN on 20-Nov-2026 13:40: Recorded twice"
    )
    assert not screen.invalidate.isVisible()
    assert len(screen.sections) == 9


def test_verify_says_that_nothing_changed(kit: Kit, desk: Desk, standing: StandingClock) -> None:
    signed = treat(desk, standing, add_client(desk, "Ana Nowak"), standing.now() - timedelta(days=3))
    screen = RecordScreen(kit, desk, signed.id)
    screen.seal.verify.click()
    assert screen.seal.result.text().startswith("Unchanged since it was signed")
    assert screen.seal.verify.isEnabled()


def test_verify_says_what_was_changed(kit: Kit, desk: Desk, standing: StandingClock, tmp_path: Path) -> None:
    photos = tuple(desk.pictures.take_in(a_png(shade), view="face_front") for shade in (0xAA0000, 0x0000AA))
    reactions = Reactions(none_observed_at=builders.a_moment(94), photos=photos)
    client = add_client(desk, "Ana Nowak")
    signed = treat(desk, standing, client, standing.now() - timedelta(days=3), reactions=reactions)
    other = treat(desk, standing, client, standing.now() - timedelta(days=1))
    screen = RecordScreen(kit, desk, signed.id)
    screen.seal.verify.click()
    assert screen.seal.result.text().endswith("Its 2 photos are whole.")
    (file,) = (tmp_path / "clinic" / "photos").rglob(photos[0].sha256)
    file.write_bytes(file.read_bytes()[:-1])
    screen.seal.verify.click()
    assert screen.seal.result.text().replace("\u200b", "") == (
        f"A photo of the visit of C-0001 on 17-Nov-2026 was altered: photos/{photos[0].sha256[:2]}/{photos[0].sha256}. "
        "Keep the data folder as it is and restore a backup beside it."
    )
    beside = RecordScreen(kit, desk, other.id)
    beside.seal.verify.click()
    assert beside.seal.result.text().startswith("Unchanged since it was signed")


def test_photos_are_shown_and_a_damaged_one_says_so(kit: Kit, desk: Desk, standing: StandingClock) -> None:
    good = desk.pictures.take_in(a_png(), view="face_front")
    lost = builders.a_photo(sha256="ab" * 32)
    reactions = Reactions(none_observed_at=builders.a_moment(94), photos=(good, lost))
    signed = treat(
        desk, standing, add_client(desk, "Ana Nowak"), standing.now() - timedelta(days=3), reactions=reactions
    )
    screen = RecordScreen(kit, desk, signed.id)
    images = [shown for shown in screen.findChildren(QLabel) if shown.accessibleName() == "Photo"]
    drawn = [shown for shown in images if not shown.pixmap().isNull()]
    assert len(drawn) == 1
    assert any("damaged" in shown.text() for shown in images)


def test_back_leads_to_the_client(kit: Kit, desk: Desk, standing: StandingClock, routes: Routes) -> None:
    client = add_client(desk, "Ana Nowak")
    signed = treat(desk, standing, client, standing.now() - timedelta(days=3))
    screen = RecordScreen(kit, desk, signed.id)
    routes.listen(screen)
    screen.back.click()
    assert routes == [ToClient(client.id)]


def test_a_client_renamed_since_is_said(kit: Kit, desk: Desk, standing: StandingClock) -> None:
    client = add_client(desk, "Ana Nowak")
    signed = treat(desk, standing, client, standing.now() - timedelta(days=3))
    desk.clients.save(desk.clients.get(client.id).with_(full_name="Ana Kowalska"))
    assert RecordScreen(kit, desk, signed.id).renamed.text() == "Signed under the name Ana Nowak."
