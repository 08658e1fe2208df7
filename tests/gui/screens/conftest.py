"""What every test of a screen has: a real clinic in a throw-away folder, and the kit it is shown with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from needlelog.i18n import Words
from needlelog.services.desk import Desk
from tests.desks import StandingClock, a_door, set_up_desk
from tests.gui.answers import ScriptedDialogs
from ui.toolkit.kit import Kit
from ui.toolkit.screen import Route, Screen
from ui.toolkit.tasks import InlineTasks
from ui.toolkit.theme import Theme


@pytest.fixture
def standing() -> StandingClock:
    """20-Nov-2026 13:40 UTC in a clinic in London, until it is moved."""
    return StandingClock()


@pytest.fixture
def desk(tmp_path: Path, standing: StandingClock) -> Iterator[Desk]:
    """An unlocked clinic without clients."""
    door = a_door(tmp_path / "clinic", standing)
    made = set_up_desk(door)
    yield made
    made.close()
    door.leave()


@pytest.fixture
def kit(theme: Theme, words: Words, tasks: InlineTasks, dialogs: ScriptedDialogs, standing: StandingClock) -> Kit:
    """Work done at once, dialogs that answer from a script, the standing clock."""
    return Kit(theme=theme, tr=words, tasks=tasks, dialogs=dialogs, clock=standing)


class Routes(list[Route]):
    """Every route a screen asked for."""

    def listen(self, screen: Screen) -> None:
        """Keep what this screen asks for."""
        screen.go.connect(self.append)


@pytest.fixture
def routes() -> Routes:
    """Where the routes are kept."""
    return Routes()
