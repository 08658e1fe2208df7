"""What the tests of the whole window share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.desks import PASSPHRASE
from tests.gui.answers import ScriptedDialogs
from tests.gui.conftest import Show
from tests.gui.frames import make_frame
from tests.gui.main_window.open_clinic import Clinic
from ui.toolkit.theme import Theme


@pytest.fixture
def locked(tmp_path: Path, theme: Theme, dialogs: ScriptedDialogs, shown: Show) -> Iterator[Clinic]:
    made = make_frame(tmp_path / "clinic", theme, dialogs, plain=False)
    clinic = Clinic(made, tmp_path / "clinic")
    made.window.start()
    shown(made.window)
    yield clinic
    made.window.close()


@pytest.fixture
def clinic(locked: Clinic) -> Clinic:
    locked.frame.unlock_with(PASSPHRASE)
    QApplication.processEvents()
    return locked
