"""The settings over a real clinic."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from sqlalchemy import text

from needlelog.settings import Scheme, read_settings
from tests.desks import PASSPHRASE
from tests.gui.answers import ScriptedDialogs
from tests.gui.conftest import Show
from tests.gui.frames import Frame, make_clinic, make_frame
from tests.gui.screens.clinic_days import add_client
from tests.integration.services.test_proof import picture
from ui.main_window.routes import make_screen
from ui.screens.settings.clinic_tab import ClinicTab
from ui.screens.settings.screen import SettingsScreen
from ui.toolkit.screen import ToSettings
from ui.toolkit.theme import DARK, Theme


@pytest.fixture
def frame(
    tmp_path: Path, theme: Theme, dialogs: ScriptedDialogs, shown: Show, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Frame]:
    make_clinic(tmp_path / "clinic")
    made = make_frame(tmp_path / "clinic", theme, dialogs)
    made.window._make_screen = make_screen
    made.window._resume = (ToSettings(),)
    made.window.start()
    shown(made.window)
    made.unlock_with()
    yield made
    made.window.close()


def settings(frame: Frame) -> SettingsScreen:
    assert frame.window.work is not None
    screen = frame.window.work.screen_now
    assert isinstance(screen, SettingsScreen)
    return screen


def test_details_are_saved_by_the_button_and_on_leaving(frame: Frame) -> None:
    tab = settings(frame).clinic
    assert not tab.save_button.isEnabled()
    tab.form.name.line.setText("Harbour <b>&</b> Skin")
    tab.form.name.edited.emit()
    tab.save_button.click()
    assert frame.window.work is not None
    practice = frame.window.work.desk.practice
    assert practice.clinic().name == "Harbour <b>&</b> Skin"
    tab.form.hours.line.setText("Daily")
    tab.form.hours.edited.emit()
    settings(frame).deactivate()
    assert practice.clinic().phone_hours == "Daily"


def test_damaged_details_stand_empty_and_have_to_be_filled_in(frame: Frame) -> None:
    assert frame.window.work is not None
    desk, known = frame.window.work.desk, settings(frame).clinic
    with desk.practice._clinics._database.writing_rows() as rows:
        rows.execute(text("UPDATE clinic SET time_zone = 'eaten'"))
    tab = ClinicTab(known.kit, desk, frame.window._door)
    assert tab.form.time_zone.value() is None
    assert "Time zone" in tab.notice.text()
    tab.form.hours.line.setText("Daily")
    tab.form.hours.edited.emit()
    assert not tab.save()
    assert desk.practice.clinic().phone_hours != "Daily"
    tab.form.time_zone.set_value("Europe/London")
    assert tab.save()
    assert (desk.practice.letterhead().time_zone, desk.practice.letterhead().phone_hours) == ("Europe/London", "Daily")


def test_wrong_details_are_not_saved(frame: Frame) -> None:
    tab = settings(frame).clinic
    tab.form.name.line.setText("x" * 5000)
    tab.form.name.edited.emit()
    tab.save_button.click()
    assert frame.window.work is not None
    assert frame.window.work.desk.practice.clinic().name == "Seaside Skin Clinic"
    assert tab.form.name.raw_text() == "x" * 5000


def test_a_new_practitioner_can_unlock(frame: Frame) -> None:
    tab = settings(frame).people
    tab.name.line.setText("Jo Ann")
    tab.pair.first.line.setText("another long passphrase")
    tab.pair.second.line.setText("another long passphrase")
    tab.add.click()
    assert "Jo Ann" in tab.notice.text()
    frame.window.lock()
    frame.unlock.tiles[1].click()
    frame.unlock_with("another long passphrase")
    assert frame.window.work is not None
    assert frame.window.work.desk.me.name == "Jo Ann"


def test_the_passphrase_is_changed_by_who_knows_it(frame: Frame) -> None:
    tab = settings(frame).keys
    for present in ("not this one at all", PASSPHRASE):
        tab.present.line.setText(present)
        tab.pair.first.line.setText("a quite new passphrase")
        tab.pair.second.line.setText("a quite new passphrase")
        tab.change.click()
    assert "Changed" in tab.said.text()
    frame.window.lock()
    frame.unlock_with("a quite new passphrase")
    assert frame.window.work is not None


def test_a_new_recovery_key_is_valid_once_it_was_confirmed(frame: Frame) -> None:
    tab = settings(frame).keys
    tab.make.click()
    card = tab.card_shown
    assert card is not None
    tab.use.click()
    assert tab.card_shown is card
    card.confirmation.line.setText(card.key.groups[card.asked_group])
    tab.use.click()
    assert tab.card_shown is None
    frame.window.lock()
    frame.unlock.show_recovery()
    recovery = frame.unlock.recovery
    assert recovery is not None
    recovery.key.line.setText(card.key.text())
    recovery.pair.first.line.setText("a quite new passphrase")
    recovery.pair.second.line.setText("a quite new passphrase")
    recovery.open.click()
    assert frame.window.work is not None


def test_the_look_changes_at_once_and_is_kept(frame: Frame) -> None:
    tab = settings(frame).computer
    tab.scheme.button(Scheme.DARK).click()
    tab.text.button(150).click()
    tab.idle.button(0).click()
    assert frame.kit.theme.tokens is DARK
    assert frame.kit.theme.scale == 1.5
    kept = read_settings(frame.folder / "settings.json")
    assert (kept.scheme, kept.text_percent, kept.idle_minutes) == (Scheme.DARK, 150, 0)
    frame.clock.pass_(hours=3)
    frame.window._watch.look()
    assert frame.window.work is not None


def test_records_are_checked(frame: Frame) -> None:
    tab = settings(frame).records
    tab.check.click()
    assert "Every record and paper is as it was signed" in tab.notice.text()


def test_the_check_opens_the_photos_too(frame: Frame) -> None:
    assert frame.window.work is not None
    desk = frame.window.work.desk
    client = add_client(desk, "Ana Nowak")
    flow, _ = desk.sessions.resume(desk.sessions.start(client.id).id)
    photo = desk.pictures.take_in(picture(40), view="face_front")
    flow.edit(lambda x: x.with_(consultation=x.consultation.with_(photos=(photo,))))
    (frame.folder / "photos" / photo.sha256[:2] / photo.sha256).unlink()
    tab = settings(frame).records
    tab.check.click()
    assert "1 thing is not as it was recorded" in tab.notice.text()
    assert "A photo of the visit of C-0001" in tab.notice.text()
    assert tab.check.isEnabled()


def test_the_folder_is_read_out_as_it_is_written(frame: Frame) -> None:
    shown = [one for one in settings(frame).findChildren(QLabel) if "\u200b" in one.text()]
    assert [one.accessibleName() for one in shown] == [str(frame.folder)]
