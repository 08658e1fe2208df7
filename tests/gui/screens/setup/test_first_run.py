"""The first run through the real window, by keyboard alone, and with everything that can be typed wrongly."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from tests.desks import PASSPHRASE
from tests.gui.answers import ScriptedDialogs
from tests.gui.conftest import Show
from tests.gui.frames import Frame, focused, make_clinic, make_frame, press, typed
from ui.toolkit.screen import ToToday
from ui.toolkit.theme import Theme

TAB, ENTER = Qt.Key.Key_Tab, Qt.Key.Key_Return


@pytest.fixture
def frame(tmp_path: Path, theme: Theme, dialogs: ScriptedDialogs, shown: Show) -> Iterator[Frame]:
    made = make_frame(tmp_path / "clinic", theme, dialogs)
    made.window.start()
    shown(made.window)
    yield made
    made.window.close()


def fill_clinic(frame: Frame, name: str = "Seaside Skin Clinic") -> None:
    frame.setup.clinic_page.form.name.set_raw_text(name)
    frame.setup.go_on()


def fill_practitioner(frame: Frame) -> None:
    page = frame.setup.practitioner_page
    page.practitioner.set_raw_text("Mara Lindqvist")
    page.pair.first.line.setText(PASSPHRASE)
    page.pair.second.line.setText(PASSPHRASE)
    frame.setup.go_on()


def confirm_key(frame: Frame) -> None:
    card = frame.setup.recovery_page.card
    card.confirmation.line.setText(card.key.groups[card.asked_group].lower())
    frame.setup.go_on()


def test_sets_up_by_keyboard_alone_and_opens_the_clinic(frame: Frame) -> None:
    form = frame.setup.clinic_page.form
    assert focused() is form.name.editor
    typed("Seaside Skin Clinic")
    press(ENTER)
    assert focused() is form.address.editor
    typed("12 Harbour Road")
    press(ENTER)
    typed("Brighton")
    press(TAB)
    typed("01273 555 010")
    press(ENTER, 2)
    assert focused() is form.country.editor
    typed("United")
    press(Qt.Key.Key_Down)
    assert form.country.raw_text() == "United Kingdom"
    frame.setup.next.setFocus()
    press(Qt.Key.Key_Space)
    assert frame.setup.present == 1
    typed("Mara Lindqvist")
    press(ENTER)
    typed("RN")
    press(ENTER)
    typed(PASSPHRASE)
    press(ENTER)
    assert focused() is frame.setup.practitioner_page.pair.second.editor
    typed(PASSPHRASE)
    press(ENTER)
    assert frame.setup.present == 2
    card = frame.setup.recovery_page.card
    typed(card.key.groups[card.asked_group])
    press(ENTER)
    assert frame.setup.present == 3
    press(Qt.Key.Key_Space)

    assert frame.screen.route == ToToday()
    assert frame.window.work is not None
    desk = frame.window.work.desk
    clinic = desk.practice.clinic()
    assert clinic.name == "Seaside Skin Clinic"
    assert clinic.address == "12 Harbour Road\nBrighton"
    assert clinic.country == "GB"
    assert clinic.emergency_text == ""
    assert desk.me.signature == "Mara Lindqvist, RN"
    assert frame.folder.joinpath("keys.json").exists()


def test_going_back_loses_nothing(frame: Frame) -> None:
    fill_clinic(frame)
    fill_practitioner(frame)
    frame.setup.go_back()
    frame.setup.go_back()
    assert frame.setup.clinic_page.form.name.raw_text() == "Seaside Skin Clinic"
    frame.setup.go_on()
    assert frame.setup.practitioner_page.practitioner.raw_text() == "Mara Lindqvist"
    assert frame.setup.practitioner_page.pair.passphrase() == PASSPHRASE
    key = frame.setup.recovery_key
    frame.setup.go_on()
    assert frame.setup.recovery_page.card.key is key


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("x" * 5000, "longer than 120"),
        ("Seaside\x07Clinic", "U+0007"),
        ("\u202eclinic", "U+202E"),
    ],
)
def test_a_wrong_clinic_name_is_said_and_stays(frame: Frame, name: str, said: str) -> None:
    fill_clinic(frame, name)
    assert frame.setup.present == 0
    field = frame.setup.clinic_page.form.name
    assert said in field._below.text()
    assert field.raw_text() == name
    assert focused() is field.editor


@pytest.mark.parametrize("name", ["<b>Skin</b> & Co", "עור", "Łódź 🌿", "A\u0301rvore", "a & b"])
def test_any_readable_name_is_taken_literally(frame: Frame, name: str) -> None:
    fill_clinic(frame, name)
    fill_practitioner(frame)
    confirm_key(frame)
    assert name in [text.text() for text in frame.setup.place_page._values.values()]
    frame.setup.go_on()
    assert frame.window.work is not None
    assert frame.window.work.desk.practice.clinic().name == name


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("address", "x" * 5000),
        ("address", "12\x00Road"),
        ("phone", "call me"),
        ("hours", "h" * 5000),
        ("emergency", "e" * 5000),
        ("emergency", "call\x1b999"),
    ],
)
def test_other_wrong_entries_stop_the_page_and_stay(frame: Frame, field: str, text: str) -> None:
    form = frame.setup.clinic_page.form
    form.name.set_raw_text("Seaside")
    wrong = getattr(form, field)
    wrong.set_raw_text(text)
    frame.setup.go_on()
    assert frame.setup.present == 0
    assert wrong.raw_text() == text
    assert wrong._below.text()
    assert focused() is wrong.editor


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [("", "", "empty"), ("short", "short", "too short"), (PASSPHRASE, PASSPHRASE + "x", "differ")],
)
def test_a_passphrase_must_be_long_and_typed_twice(frame: Frame, first: str, second: str, said: str) -> None:
    fill_clinic(frame)
    page = frame.setup.practitioner_page
    page.practitioner.set_raw_text("Mara")
    page.pair.first.line.setText(first)
    page.pair.second.line.setText(second)
    frame.setup.go_on()
    assert frame.setup.present == 1
    assert said in page.pair.first._below.text() + page.pair.second._below.text()


@pytest.mark.parametrize(("first", "second"), [("", ""), ("short", ""), ("short", "short"), (PASSPHRASE, "")])
def test_one_fault_of_the_passphrase_is_told_once(frame: Frame, first: str, second: str) -> None:
    fill_clinic(frame)
    page = frame.setup.practitioner_page
    page.practitioner.set_raw_text("Mara")
    page.pair.second.line.setFocus()
    page.pair.first.line.setText(first)
    page.pair.second.line.setText(second)
    page.pair._judge()
    press(Qt.Key.Key_Return)
    wrong = [one for one in page.pair.findChildren(QLabel) if one.isVisible() and one.property("tone") == "stop"]
    assert len([one for one in wrong if one.text()]) == 1


def test_a_passphrase_is_kept_with_its_blanks(frame: Frame) -> None:
    fill_clinic(frame)
    page = frame.setup.practitioner_page
    page.practitioner.set_raw_text("Mara")
    for line in (page.pair.first.line, page.pair.second.line):
        line.setText("  blanks at both ends  ")
    frame.setup.go_on()
    confirm_key(frame)
    frame.setup.go_on()
    frame.window.lock()
    frame.unlock_with("blanks at both ends")
    assert frame.window.work is None
    frame.unlock_with("  blanks at both ends  ")
    assert frame.window.work is not None


def test_a_passphrase_is_hidden_until_it_is_asked_to_be_shown(frame: Frame) -> None:
    pair = frame.setup.practitioner_page.pair
    assert pair.first.line.echoMode() == QLineEdit.EchoMode.Password
    pair._show.setChecked(True)
    assert pair.second.line.echoMode() == QLineEdit.EchoMode.Normal


def test_the_recovery_key_must_be_confirmed(frame: Frame) -> None:
    fill_clinic(frame)
    fill_practitioner(frame)
    card = frame.setup.recovery_page.card
    for wrong in ("", "00000", card.key.groups[card.asked_group - 1]):
        card.confirmation.line.setText(wrong)
        frame.setup.go_on()
        assert frame.setup.present == 2
    confirm_key(frame)
    assert frame.setup.present == 3


def test_the_recovery_sheet_is_saved_as_pdf_where_asked(frame: Frame, tmp_path: Path) -> None:
    fill_clinic(frame)
    fill_practitioner(frame)
    frame.dialogs.will_answer(tmp_path / "key")
    frame.setup.recovery_page.card.save.click()
    assert (tmp_path / "key.pdf").read_bytes().startswith(b"%PDF")
    assert "key.pdf" in frame.setup.recovery_page.notice.text()


def test_a_folder_that_is_copied_by_another_program_is_warned_of(frame: Frame, tmp_path: Path) -> None:
    fill_clinic(frame)
    fill_practitioner(frame)
    confirm_key(frame)
    other = tmp_path / "Dropbox" / "clinic"
    other.mkdir(parents=True)
    frame.dialogs.will_answer(other)
    frame.setup.place_page.choose.click()
    assert "Dropbox" in frame.setup.place_page.warning.text()
    frame.setup.go_on()
    assert (other / "clinic.db").exists()
    assert not (frame.folder / "clinic.db").exists()


def test_a_folder_with_something_else_is_refused_and_the_first_one_stays(frame: Frame, tmp_path: Path) -> None:
    fill_clinic(frame)
    fill_practitioner(frame)
    confirm_key(frame)
    other = tmp_path / "photos of cats"
    other.mkdir()
    (other / "cat.jpg").write_bytes(b"x")
    frame.dialogs.will_answer(other)
    frame.setup.place_page.choose.click()
    assert "something else" in frame.setup.place_page.problem.text()
    frame.setup.go_on()
    assert (frame.folder / "clinic.db").exists()
    assert [entry.name for entry in other.iterdir()] == ["cat.jpg"]


def test_a_folder_with_a_clinic_is_unlocked_instead(frame: Frame, tmp_path: Path) -> None:
    make_clinic(tmp_path / "old clinic")
    fill_clinic(frame)
    fill_practitioner(frame)
    confirm_key(frame)
    frame.dialogs.will_answer(tmp_path / "old clinic")
    frame.setup.place_page.choose.click()
    frame.unlock_with()
    assert frame.window.work is not None
    assert frame.window.work.desk.practice.clinic().name == "Seaside Skin Clinic"


def test_country_sets_paper_zone_and_number_but_never_overwrites_what_was_written(frame: Frame) -> None:
    form = frame.setup.clinic_page.form
    form.country.set_value("US")
    form._country_changed("US")
    assert form.paper.value() == "Letter"
    assert str(form.time_zone.value()).startswith("America/")
    assert "911" in form.emergency.editor.accessibleDescription()
    form.country.set_value("DE")
    form._country_changed("DE")
    assert form.paper.value() == "A4"
    assert form.time_zone.value() == "Europe/Berlin"
    assert "112" in form.emergency.editor.accessibleDescription()
    assert form.emergency.raw_text() == "", "the sheet says number and reasons already: once is enough"
    form.emergency.set_raw_text("Ring the bell.")
    form._country_changed("US")
    assert form.emergency.raw_text() == "Ring the bell."


def test_logo_is_shown_kept_and_taken_away(frame: Frame, tmp_path: Path) -> None:
    picture = QImage(64, 32, QImage.Format.Format_RGB32)
    picture.fill(QColor("teal"))
    picture.save(str(tmp_path / "logo.png"))
    picker = frame.setup.clinic_page.form.logo
    frame.dialogs.will_answer(tmp_path / "logo.png")
    picker.choose.click()
    assert picker.logo() == (tmp_path / "logo.png").read_bytes()
    picker._remove.click()
    assert picker.logo() is None


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("logo.png", b"not a picture", "not a picture"),
        ("logo.gif", b"GIF89a", "not a picture"),
        ("drawing.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "save it as PNG"),
        ("big.png", b"\x89PNG" + b"0" * (31 << 20), "larger than"),
    ],
)
def test_a_file_that_is_no_small_picture_is_refused(
    frame: Frame, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    picker = frame.setup.clinic_page.form.logo
    frame.dialogs.will_answer(tmp_path / name)
    picker.choose.click()
    assert picker.logo() is None
    assert said in picker._below.text()


def test_every_line_of_the_first_page_is_in_sight(frame: Frame) -> None:
    page = frame.setup.clinic_page
    page.form.country.set_value("GB")  # its number makes the longest hint
    frame.window.resize(1280, 800)
    QApplication.processEvents()
    page.form.country.committed.emit("GB")
    QApplication.processEvents()
    assert page.verticalScrollBar().maximum() == 0
