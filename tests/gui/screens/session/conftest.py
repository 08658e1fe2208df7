"""What the tests of the visit's pages share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from needlelog.i18n import Words
from needlelog.knowledge.model import Knowledge
from needlelog.knowledge.reading import load_knowledge
from needlelog.paths import resources
from tests.builders import a_draft
from tests.clocks import FixedClock
from tests.gui.answers import ScriptedDialogs
from tests.gui.conftest import Show
from tests.gui.screens.session.chair import Chair
from tests.gui.screens.session.room import Room
from ui.toolkit.kit import Kit
from ui.toolkit.tasks import InlineTasks
from ui.toolkit.theme import Theme


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The shipped reference data."""
    return load_knowledge(resources() / "knowledge")


@pytest.fixture
def kit(theme: Theme, words: Words, tasks: InlineTasks, dialogs: ScriptedDialogs, clock: FixedClock) -> Kit:
    """The doors of the window, with dialogs that answer from a script."""
    return Kit(theme, words, tasks, dialogs, clock)


@pytest.fixture
def room(kit: Kit, dialogs: ScriptedDialogs, clock: FixedClock, shown: Show, tmp_path: Path) -> Iterator[Room]:
    """A real clinic with a real, encrypted file, and the visit's screen over it."""
    made = Room(kit, dialogs, clock, shown, tmp_path)
    yield made
    made.close()


@pytest.fixture
def chair(kit: Kit, knowledge: Knowledge, clock: FixedClock) -> Chair:
    """A visit just begun at 14:00; it is 14:40 now."""
    return Chair(kit, knowledge, clock, a_draft())
