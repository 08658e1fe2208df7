"""The window: routes and the way back, locking by hand and by itself, data folders that cannot be used."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QPushButton, QToolButton, QVBoxLayout

from needlelog.bootstrap import door as make_door
from needlelog.errors import FaultCode
from tests.desks import StandingClock
from tests.gui.answers import ScriptedDialogs
from tests.gui.conftest import Show
from tests.gui.frames import Frame, make_clinic, make_frame
from ui.main_window.routes import SCREENS, screen_class
from ui.screens.client_form.screen import ClientFormScreen
from ui.screens.trouble.screen import TroubleScreen
from ui.screens.unlock.screen import UnlockScreen
from ui.toolkit.screen import (
    EditClient,
    Lock,
    Screen,
    ToClient,
    ToClients,
    ToLot,
    ToRecord,
    ToSession,
    ToSettings,
    ToToday,
)
from ui.toolkit.theme import Theme

CLIENT, DRAFT = uuid4(), uuid4()


@pytest.fixture
def frame(tmp_path: Path, theme: Theme, dialogs: ScriptedDialogs, shown: Show) -> Iterator[Frame]:
    make_clinic(tmp_path / "clinic")
    made = make_frame(tmp_path / "clinic", theme, dialogs)
    made.window.start()
    shown(made.window)
    made.unlock_with()
    yield made
    made.window.close()


class OtherScreen:
    """A screen with so much room on it."""

    def __init__(self, *room: int) -> None:
        self._room = QRect(*room)

    def availableGeometry(self) -> QRect:
        return self._room


@pytest.mark.parametrize(
    ("room", "size"),
    [
        ((0, 0, 1920, 1040), (1280, 800)),
        ((0, 0, 1280, 840), (1280, 800)),
        ((0, 0, 1280, 800), (1280, 800)),
        ((0, 28, 1024, 740), (1024, 740)),
        ((0, 0, 1024, 768), (1024, 768)),
    ],
)
def test_it_opens_no_larger_than_the_screen_whoever_arranges_the_windows(
    frame: Frame, monkeypatch: pytest.MonkeyPatch, room: tuple[int, int, int, int], size: tuple[int, int]
) -> None:
    window = frame.window
    window.hide()
    # Where nothing arranges windows, "maximised" is a word that nobody hears.
    monkeypatch.setattr(window, "showMaximized", window.show)
    monkeypatch.setattr(window, "screen", lambda: OtherScreen(*room))
    window.show_fitting()
    assert (window.width(), window.height()) == size
    if size != (1280, 800):
        assert (window.x(), window.y()) == room[:2]


def go(frame: Frame, *routes: object) -> None:
    for route in routes:
        frame.screen.go.emit(route)


@pytest.mark.parametrize("route", SCREENS, ids=lambda route: route.__name__)
def test_every_route_has_a_screen(route: type) -> None:
    assert issubclass(screen_class(route), Screen)


def test_it_opens_on_today_and_the_rail_leads_everywhere(frame: Frame) -> None:
    assert frame.screen.route == ToToday()
    assert frame.window.work is not None
    frame.window.work.rail.button("clients").click()
    assert frame.screen.route == ToClients()
    frame.window.work.rail.button("settings").click()
    assert frame.screen.route == ToSettings()
    assert "Settings" in frame.window.windowTitle()


def test_back_goes_the_way_one_came(frame: Frame) -> None:
    go(frame, ToClients(), ToClient(CLIENT), ToSession(DRAFT))
    QTest.keyClick(frame.window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert frame.screen.route == ToClient(CLIENT)
    assert frame.screen.activated == 2
    assert frame.window.work is not None
    frame.window.work.rail.button("back").click()
    assert frame.screen.route == ToClients()
    frame.window.work.back()
    assert frame.screen.route == ToClients()


def test_back_leads_from_the_places_looked_up_to_the_open_visit(frame: Frame) -> None:
    go(frame, ToClients(), ToClient(CLIENT), ToSession(DRAFT))
    work = frame.window.work
    assert work is not None
    for place in ("settings", "products", "knowledge", "lots"):
        work.rail.button(place).click()
    assert len(work.routes()) == 4
    assert frame.screen.route == ToLot()
    work.rail.button("back").click()
    assert frame.screen.route == ToSession(DRAFT)
    work.rail.button("settings").click()
    work.rail.button("today").click()
    assert work.routes() == (ToToday(),)
    work.rail.button("lots").click()
    go(frame, ToClient(CLIENT), ToSession(DRAFT))
    work.rail.button("lots").click()
    work.rail.button("back").click()
    assert frame.screen.route == ToSession(DRAFT)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_clicks_the_button_that_has_the_focus(frame: Frame, key: Qt.Key) -> None:
    clicked: list[str] = []
    line, first, second = QLineEdit(), QPushButton("first"), QToolButton()
    second.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    column = QVBoxLayout(frame.screen)
    for part in (line, first, second):
        column.addWidget(part)
        part.show()
    first.setAutoDefault(False)
    first.clicked.connect(lambda: clicked.append("first"))
    second.clicked.connect(lambda: clicked.append("second"))
    line.returnPressed.connect(first.setFocus)
    line.setFocus()
    QTest.keyClick(line, key)
    assert QApplication.focusWidget() is first
    assert clicked == []  # the line only went on to it
    QTest.keyClick(first, key)
    second.setFocus()
    QTest.keyClick(second, key)
    assert clicked == ["first", "second"]
    second.setEnabled(False)
    QTest.keyClick(frame.window, key)
    assert clicked == ["first", "second"]


def test_enter_clicks_once_where_the_button_does_it_itself_and_not_while_held(frame: Frame) -> None:
    clicked: list[str] = []
    for name, by_itself in (("itself", True), ("by the window", False)):
        made = QPushButton(name, frame.screen)
        made.show()
        made.setAutoDefault(by_itself)
        made.clicked.connect(lambda _=False, name=name: clicked.append(name))
        made.setFocus()
        QTest.keyClick(made, Qt.Key.Key_Return)
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "", True)
    QApplication.sendEvent(made, held)
    QTest.keyClick(made, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert clicked == ["itself", "by the window"]


def test_a_form_and_a_signed_visit_are_not_gone_back_to(frame: Frame) -> None:
    record = uuid4()
    go(frame, ToClients(), EditClient(None), ToClient(CLIENT), ToSession(DRAFT), ToRecord(record))
    assert frame.window.work is not None
    assert frame.window.work.routes() == (ToClients(), ToClient(CLIENT), ToRecord(record))


def test_a_screen_that_could_not_save_keeps_one_there(frame: Frame) -> None:
    frame.screen.saves = False
    go(frame, ToClients())
    assert frame.screen.route == ToToday()
    assert not frame.window.lock()
    assert "not saved yet" in frame.window.strip.text()
    assert frame.window.work is not None
    frame.screen.saves = True


def test_locking_saves_forgets_and_comes_back_to_the_same_place(frame: Frame) -> None:
    go(frame, ToClients(), ToClient(CLIENT), ToSession(DRAFT))
    before = frame.screen
    QTest.keyClick(frame.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert before.deactivated == 1
    assert frame.window.work is None
    assert frame.window.windowTitle() == "NeedleLog"
    frame.unlock_with()
    assert frame.screen.route == ToSession(DRAFT)
    assert frame.screen is not before
    assert frame.window.work is not None
    frame.window.work.back()
    assert frame.screen.route == ToClient(CLIENT)


def test_a_locked_window_shows_nothing_of_the_clinic(frame: Frame) -> None:
    go(frame, ToClient(CLIENT))
    frame.screen.title = "Ana Nowak"
    assert "Ana Nowak" in frame.window.windowTitle()
    go(frame, Lock())
    QApplication.sendPostedEvents(None, 52)  # what is about to be deleted goes now
    texts = [label.text() for label in frame.window.findChildren(QLabel)]
    assert not [text for text in [*texts, frame.window.windowTitle()] if "Nowak" in text]


def test_it_warns_and_locks_when_nobody_is_there(frame: Frame) -> None:
    watch = frame.window._watch
    frame.clock.pass_(minutes=9, seconds=39)
    watch.look()
    assert not frame.window.strip.isVisible()
    frame.clock.pass_(seconds=5)
    watch.look()
    assert "16 s" in frame.window.strip.text()
    frame.clock.pass_(seconds=16)
    watch.look()
    assert isinstance(frame.window.front, UnlockScreen)


def test_with_nobody_there_no_question_keeps_the_clinic_open(
    tmp_path: Path, theme: Theme, dialogs: ScriptedDialogs, shown: Show
) -> None:
    make_clinic(tmp_path / "clinic")
    made = make_frame(tmp_path / "clinic", theme, dialogs, plain=False)
    made.window.start()
    shown(made.window)
    made.unlock_with()
    assert made.window.work is not None
    made.window.work.go(EditClient(None))
    form = made.window.work.screen_now
    assert isinstance(form, ClientFormScreen)
    form.who.full_name.set_raw_text("Ana Nowak")
    form.who.born.set_raw_text("12-Mar-1988")
    made.clock.pass_(minutes=10)
    made.window._watch.look()
    assert made.window.work is None
    made.unlock_with()
    assert [one.full_name for one in made.window.work.desk.clients.find("")] == ["Ana Nowak"]
    made.window.close()


def test_whoever_chose_to_stay_is_not_asked_again_when_closing(frame: Frame) -> None:
    frame.screen.saves = False
    frame.screen.asks_before_leaving = True
    assert not frame.window.close()
    assert frame.window.work is not None
    frame.screen.saves = True


def test_a_key_or_stay_keeps_it_open(frame: Frame) -> None:
    watch = frame.window._watch
    frame.clock.pass_(minutes=9, seconds=50)
    watch.look()
    assert frame.window.strip.isVisible()
    frame.window.strip.answered.emit()
    assert not frame.window.strip.isVisible()
    frame.clock.pass_(minutes=9, seconds=50)
    QTest.keyClick(frame.window, Qt.Key.Key_A)
    frame.clock.pass_(minutes=9)
    watch.look()
    assert frame.window.work is not None


def test_a_clock_set_back_does_not_keep_it_open_for_ever(frame: Frame) -> None:
    watch = frame.window._watch
    frame.clock.pass_(hours=-5)
    watch.look()
    frame.clock.pass_(minutes=10)
    watch.look()
    assert frame.window.work is None


def test_f1_lists_the_keys(frame: Frame) -> None:
    QTest.keyClick(frame.window, Qt.Key.Key_F1)
    box = frame.window.findChild(QDialog)
    assert box is not None
    for key in ("Ctrl+L", "Ctrl+Enter", "Ctrl+Shift+Enter", "F8"):
        assert f"{key} – " in box.accessibleDescription()
    box.close()


def test_ctrl_k_searches_and_ctrl_n_asks_for_a_client(frame: Frame) -> None:
    for key in (Qt.Key.Key_K, Qt.Key.Key_N):
        go(frame, ToToday())
        QTest.keyClick(frame.window, key, Qt.KeyboardModifier.ControlModifier)
        assert frame.screen.route == ToClients()


def test_closing_asks_only_when_something_could_not_be_saved(frame: Frame) -> None:
    frame.screen.saves = False
    frame.dialogs.will_answer(False)
    assert not frame.window.close()
    assert frame.window.work is not None
    frame.screen.saves = True
    assert frame.window.close()
    make_door(frame.folder, clock=StandingClock()).enter()


def start(tmp: Path, theme: Theme, dialogs: ScriptedDialogs, shown: Show) -> Frame:
    made = make_frame(tmp, theme, dialogs)
    made.window.start()
    shown(made.window)
    return made


def trouble(frame: Frame) -> TroubleScreen:
    assert isinstance(frame.window.front, TroubleScreen)
    return frame.window.front


def test_a_second_start_says_who_has_it_open(
    tmp_path: Path, theme: Theme, dialogs: ScriptedDialogs, shown: Show
) -> None:
    make_clinic(tmp_path / "clinic")
    first = make_door(tmp_path / "clinic", clock=StandingClock())
    first.enter()
    frame = start(tmp_path / "clinic", theme, dialogs, shown)
    fault = trouble(frame).fault
    assert fault.code is FaultCode.DATA_IN_USE
    assert fault.values["pid"] == os.getpid()
    first.leave()
    trouble(frame).again.click()
    assert frame.unlock.tiles[0].holder.name == "Mara Lindqvist"
    frame.window.close()


@pytest.mark.parametrize("kind", ["foreign", "file", "missing", "damaged keys", "keys lost"])
def test_a_folder_that_cannot_be_used_is_said_calmly(
    kind: str, tmp_path: Path, theme: Theme, dialogs: ScriptedDialogs, shown: Show
) -> None:
    folder = tmp_path / "clinic"
    if kind == "foreign":
        folder.mkdir()
        (folder / "cat.jpg").write_bytes(b"x")
    elif kind == "file":
        folder.write_bytes(b"x")
    elif kind == "missing":
        folder = tmp_path / "drive" / "not there" / "clinic"
    else:
        make_clinic(folder)
        if kind == "keys lost":
            (folder / "keys.json").unlink()
        else:
            (folder / "keys.json").write_bytes(b"{}")
    frame = start(folder, theme, dialogs, shown)
    shown_texts = " ".join(label.text() for label in trouble(frame).findChildren(QLabel))
    assert str(frame.kit.tr.fault(trouble(frame).fault).what) in shown_texts
    make_clinic(tmp_path / "other")
    dialogs.will_answer(tmp_path / "other")
    trouble(frame).choose.click()
    frame.unlock_with()
    assert frame.window.work is not None
    frame.window.close()
