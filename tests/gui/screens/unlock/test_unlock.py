"""The unlock screen over a real clinic: right, wrong, too soon, forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from needlelog.bootstrap import door as make_door
from needlelog.vault.recovery import RecoveryKey
from tests.desks import CHEAP, PASSPHRASE, StandingClock, a_test_clinic
from tests.gui.answers import ScriptedDialogs
from tests.gui.conftest import Show
from tests.gui.frames import Frame, focused, make_frame
from tests.gui.keys import type_text
from ui.screens.trouble.screen import TroubleScreen
from ui.toolkit.theme import Theme

KEY = RecoveryKey.new()


def set_up(folder: Path, *more: str) -> None:
    door = make_door(folder, clock=StandingClock(), cost=CHEAP)
    door.enter()
    desk = door.set_up(
        a_test_clinic(), practitioner="Mara Lindqvist", credentials="RN", passphrase=PASSPHRASE, recovery=KEY
    )
    for name in more:
        desk.practice.add_practitioner(name, "", f"{name} has a passphrase")
    desk.close()
    door.leave()


@pytest.fixture
def frame(tmp_path: Path, theme: Theme, dialogs: ScriptedDialogs, shown: Show) -> Iterator[Frame]:
    set_up(tmp_path / "clinic")
    made = make_frame(tmp_path / "clinic", theme, dialogs)
    made.window.start()
    shown(made.window)
    yield made
    made.window.close()


@pytest.fixture
def busy_frame(tmp_path: Path, theme: Theme, dialogs: ScriptedDialogs, shown: Show) -> Iterator[Frame]:
    set_up(tmp_path / "clinic", "Jo & <b>Ann</b>")
    made = make_frame(tmp_path / "clinic", theme, dialogs)
    made.window.start()
    shown(made.window)
    yield made
    made.window.close()


def test_one_practitioner_can_type_at_once(frame: Frame) -> None:
    assert focused() is frame.unlock.passphrase.line
    frame.unlock_with()
    assert frame.window.work is not None
    assert frame.window.work.desk.me.name == "Mara Lindqvist"


def test_a_wrong_passphrase_is_said_and_selected_and_changes_nothing(frame: Frame) -> None:
    before = frame.folder.joinpath("keys.json").read_bytes()
    frame.unlock_with("not this one at all")
    entry = frame.unlock.passphrase
    assert "does not open" in entry.said.text()
    assert entry.line.selectedText() == "not this one at all"
    assert focused() is entry.line
    assert frame.window.work is None
    assert frame.folder.joinpath("keys.json").read_bytes() == before


def test_after_many_wrong_tries_it_counts_down_and_then_lets_one_in(frame: Frame) -> None:
    for _ in range(5):
        frame.unlock_with("not this one at all")
    entry = frame.unlock.passphrase
    assert entry.waiting
    assert "Wait 5 s" in entry.said.text()
    assert not entry.line.isEnabled()
    frame.clock.pass_(seconds=2)
    entry._tick.timeout.emit()
    assert "Wait 3 s" in entry.said.text()
    frame.clock.pass_(seconds=4)
    entry._tick.timeout.emit()
    assert entry.line.isEnabled()
    entry.line.clear()
    frame.unlock_with()
    assert frame.window.work is not None


def test_an_empty_passphrase_is_not_tried(frame: Frame) -> None:
    QTest.keyClick(frame.unlock.passphrase.line, Qt.Key.Key_Return)
    assert "Type your passphrase" in frame.unlock.passphrase.said.text()
    assert not frame.folder.joinpath("tries.json").exists()


def test_caps_lock_is_guessed_from_the_letters(frame: Frame) -> None:
    entry = frame.unlock.passphrase
    shifted = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier, "A")
    QApplication.sendEvent(entry.line, shifted)
    assert "Caps Lock" not in entry.said.text()
    QTest.keyClicks(entry.line, "b")
    assert "Caps Lock" not in entry.said.text()
    type_text(entry.line, "C")
    assert "Caps Lock" in entry.said.text()


def test_what_is_typed_can_be_shown(frame: Frame) -> None:
    entry = frame.unlock.passphrase
    assert entry.line.echoMode() == QLineEdit.EchoMode.Password
    entry.eye.click()
    assert entry.line.echoMode() == QLineEdit.EchoMode.Normal


def test_several_practitioners_choose_themselves_first(busy_frame: Frame) -> None:
    unlock = busy_frame.unlock
    assert focused() is unlock.tiles[0]
    assert not unlock.passphrase.line.isEnabled()
    QTest.keyClick(unlock.tiles[1], Qt.Key.Key_Space)
    assert focused() is unlock.passphrase.line
    busy_frame.unlock_with("Jo & <b>Ann</b> has a passphrase")
    assert busy_frame.window.work is not None
    assert busy_frame.window.work.desk.me.name == "Jo & <b>Ann</b>"


def test_after_a_lock_the_same_person_is_chosen(busy_frame: Frame) -> None:
    busy_frame.unlock.tiles[0].click()
    busy_frame.unlock_with()
    busy_frame.window.lock()
    assert busy_frame.unlock.tiles[0].isChecked()
    assert focused() is busy_frame.unlock.passphrase.line


def test_another_persons_passphrase_does_not_open(busy_frame: Frame) -> None:
    busy_frame.unlock.tiles[1].click()
    busy_frame.unlock_with(PASSPHRASE)
    assert busy_frame.window.work is None


def test_the_recovery_key_sets_a_new_passphrase(frame: Frame) -> None:
    frame.unlock.passphrase.forgotten.click()
    recovery = frame.unlock.recovery
    assert recovery is not None
    assert focused() is recovery.key.editor
    recovery.key.line.setText(KEY.text().lower().replace("-", " "))
    recovery.pair.first.line.setText("a quite new passphrase")
    recovery.pair.second.line.setText("a quite new passphrase")
    recovery.open.click()
    assert frame.window.work is not None
    frame.window.lock()
    frame.unlock_with(PASSPHRASE)
    assert frame.window.work is None
    frame.unlock.passphrase.line.clear()
    frame.unlock_with("a quite new passphrase")
    assert frame.window.work is not None


@pytest.mark.parametrize(
    "typed",
    ["", "12345", RecoveryKey.new().text(), "x" * 5000, "שלום"],
    ids=["nothing", "digits", "another key", "huge", "another script"],
)
def test_a_wrong_recovery_key_is_said_and_stays(frame: Frame, typed: str) -> None:
    frame.unlock.show_recovery()
    recovery = frame.unlock.recovery
    assert recovery is not None
    recovery.key.line.setText(typed)
    recovery.pair.first.line.setText("a quite new passphrase")
    recovery.pair.second.line.setText("a quite new passphrase")
    recovery.open.click()
    assert frame.window.work is None
    assert recovery.key._below.text()
    assert recovery.key.raw_text() == typed
    recovery.back.click()
    assert focused() is frame.unlock.passphrase.line


def test_a_damaged_database_is_said_over_the_whole_window(frame: Frame) -> None:
    database = frame.folder / "clinic.db"
    database.write_bytes(b"\0" * database.stat().st_size)
    frame.unlock_with()
    assert isinstance(frame.window.front, TroubleScreen)
    assert "damaged" in str(frame.kit.tr.fault(frame.window.front.fault))
