"""The box to tick: all of its row takes the tap."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Show
from ui.widgets.tick_row import TickRow


@pytest.mark.parametrize("part", [0.02, 0.5, 0.98])
def test_a_tap_anywhere_in_the_row_ticks_it(qtbot: QtBot, shown: Show, part: float) -> None:
    row = TickRow("Yes & no")
    shown(row)
    row.resize(500, 48)

    qtbot.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(int(500 * part), 24))

    assert row.isChecked()
    assert row.accessibleName() == "Yes & no"
