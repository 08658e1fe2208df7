"""The real window over a real clinic in a throw-away folder, with work done at once and dialogs that answer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from needlelog.bootstrap import door as make_door
from needlelog.bootstrap import words
from needlelog.clock import SteadyClock
from needlelog.services.desk import Desk
from needlelog.services.door import Door
from tests.desks import CHEAP, PASSPHRASE, StandingClock, set_up_desk
from tests.gui.answers import ScriptedDialogs
from ui.main_window.window import MainWindow
from ui.screens.setup.screen import SetupScreen
from ui.screens.unlock.screen import UnlockScreen
from ui.toolkit.kit import Kit
from ui.toolkit.screen import Route, Screen
from ui.toolkit.tasks import InlineTasks
from ui.toolkit.theme import Theme


class PlainScreen(Screen):
    """A screen of its own making: it remembers what was asked of it."""

    def __init__(self, route: Route) -> None:
        super().__init__(f"{type(route).__name__}")
        self.route = route
        self.activated = 0
        self.deactivated = 0
        self.saves = True

    def activate(self) -> None:
        self.activated += 1

    def deactivate(self) -> bool:
        self.deactivated += 1
        return self.saves


def plain_screen(kit: Kit, desk: Desk, door: Door, route: Route) -> Screen:
    """Any route, answered by a plain screen."""
    return PlainScreen(route)


@dataclass
class Frame:
    """A window and what it was handed."""

    window: MainWindow
    kit: Kit
    clock: StandingClock
    dialogs: ScriptedDialogs
    folder: Path

    @property
    def setup(self) -> SetupScreen:
        """The first run, which must be what shows."""
        assert isinstance(self.window.front, SetupScreen)
        return self.window.front

    @property
    def unlock(self) -> UnlockScreen:
        """The unlock screen, which must be what shows."""
        assert isinstance(self.window.front, UnlockScreen)
        return self.window.front

    @property
    def screen(self) -> PlainScreen:
        """The screen at the front of the open clinic."""
        assert self.window.work is not None
        now = self.window.work.screen_now
        assert isinstance(now, PlainScreen)
        return now

    def unlock_with(self, passphrase: str = PASSPHRASE) -> None:
        """Type a passphrase and press Enter."""
        line = self.unlock.passphrase.line
        line.setFocus()
        QTest.keyClicks(line, passphrase)
        QTest.keyClick(line, Qt.Key.Key_Return)


def press(key: Qt.Key, times: int = 1) -> None:
    """Press a key where the focus is."""
    for _ in range(times):
        QTest.keyClick(focused(), key)


def typed(text: str) -> None:
    """Type where the focus is."""
    QTest.keyClicks(focused(), text)


def focused() -> QWidget:
    """What has the focus."""
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the focus"
    return widget


def make_frame(
    folder: Path, theme: Theme, dialogs: ScriptedDialogs, *, plain: bool = True, steady: bool = False
) -> Frame:
    """A window over ``folder``, not shown and not started yet; ``steady``: its clock is taken for one that was set."""
    clock = StandingClock()
    tr = words()
    kit = Kit(theme, tr, InlineTasks(), dialogs, SteadyClock(clock, lambda: 0.0) if steady else clock)

    def door_of(path: Path) -> Door:
        return make_door(path, clock=kit.clock, tr=tr, cost=CHEAP)

    options = {"make_screen": plain_screen} if plain else {}
    window = MainWindow(kit, door_of(folder), door_of, **options)  # type: ignore[arg-type]
    return Frame(window, kit, clock, dialogs, folder)


def make_clinic(folder: Path) -> None:
    """A clinic with one practitioner, set up and closed again."""
    door = make_door(folder, clock=StandingClock(), tr=words(), cost=CHEAP)
    door.enter()
    set_up_desk(door).close()
    door.leave()
