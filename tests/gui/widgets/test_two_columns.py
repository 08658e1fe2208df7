"""Two columns in one scroll: beside each other where there is room, the narrow one always in sight."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget

from tests.gui.conftest import Show
from ui.widgets.two_columns import TwoColumns


def block(width: int, height: int) -> QWidget:
    made = QWidget()
    made.setMinimumSize(width, height)
    return made


def columns(shown: Show, width: int, least: int = 100) -> TwoColumns:
    made = TwoColumns("Both", 300)
    made.main.add(block(least, 3000))
    made.side.add(block(100, 200))
    made.resize(width, 600)
    shown(made)
    QApplication.processEvents()
    return made


def test_beside_each_other_where_there_is_room(shown: Show) -> None:
    assert not columns(shown, 1000).stacked


def test_below_each_other_in_a_small_window(shown: Show) -> None:
    made = columns(shown, 600)
    assert made.stacked
    assert made.side.y() >= 3000


def test_below_each_other_where_the_wide_one_needs_the_room(shown: Show) -> None:
    assert columns(shown, 1000, least=800).stacked


def test_the_narrow_one_stays_in_sight(shown: Show) -> None:
    made = columns(shown, 1000)
    made.verticalScrollBar().setValue(1200)
    assert made.side.y() == 1200
    made.main.add(block(100, 100))
    QApplication.processEvents()
    assert made.side.y() == 1200
