"""Saved mark, toast, busy sign, empty state, tables and papers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QScroller, QWidget
from pytestqt.qtbot import QtBot

from needlelog.i18n import Words
from tests.clocks import FixedClock
from ui.toolkit.theme import Theme
from ui.widgets.busy import Busy
from ui.widgets.empty_state import EmptyState
from ui.widgets.paper_view import PaperView
from ui.widgets.record_table import FactsTable, RowsTable
from ui.widgets.saved_mark import SavedMark
from ui.widgets.toast import Toast


def test_the_saved_mark_says_when(qtbot: QtBot, theme: Theme, words: Words, clock: FixedClock) -> None:
    mark = SavedMark(theme, words, "Europe/Warsaw")
    qtbot.addWidget(mark)
    assert mark.text() == ""
    mark.saved(clock.now() + timedelta(seconds=7))
    assert mark.text() == "Saved 15:40:07"
    mark.saving()
    assert mark.text() == "Saving"
    mark.not_saved(clock.now())
    assert mark.text() == "Not saved since 15:40"


@pytest.fixture
def over(qtbot: QtBot, theme: Theme) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_a_toast_takes_back_once(qtbot: QtBot, theme: Theme, words: Words, over: QWidget) -> None:
    toast = Toast(theme, words, over)
    undone: list[str] = []
    toast.offer("Pass removed", lambda: undone.append("pass"))
    assert over.rect().contains(toast.geometry())
    undo = toast.findChild(QPushButton)
    assert undo is not None
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert undone == ["pass"]
    assert toast.isHidden()


def test_a_toast_goes_by_itself_and_without_undoing(qtbot: QtBot, theme: Theme, words: Words, over: QWidget) -> None:
    toast = Toast(theme, words, over)
    end = toast.findChild(QTimer)
    assert end is not None
    assert end.interval() == 10_000
    undone: list[str] = []
    end.setInterval(1)
    toast.offer("Pass removed", lambda: undone.append("pass"))
    qtbot.waitUntil(toast.isHidden)
    assert undone == []


def test_a_toast_keeps_its_place_when_the_window_grows(qtbot: QtBot, theme: Theme, words: Words, over: QWidget) -> None:
    toast = Toast(theme, words, over)
    toast.offer("Saved")
    over.resize(1000, 700)
    qtbot.waitUntil(lambda: toast.geometry().bottom() > 650)
    assert abs(toast.geometry().center().x() - 500) <= 1
    toast.hide()


def test_busy_shows_only_what_takes_long(qtbot: QtBot, theme: Theme, over: QWidget) -> None:
    busy = Busy(theme, "Opening", over)
    busy.start()
    busy.stop()
    assert busy.isHidden()
    busy.start("Making the sheet")
    qtbot.waitUntil(busy.isVisible)
    assert busy.accessibleName() == "Making the sheet"
    busy.stop()
    assert busy.isHidden()


def test_an_empty_list_offers_a_way_on(qtbot: QtBot, theme: Theme) -> None:
    state = EmptyState(theme, "people", "No client found", "Check the spelling", "Add a client")
    qtbot.addWidget(state)
    verb = state.findChild(QPushButton)
    assert verb is not None
    with qtbot.waitSignal(state.chosen):
        qtbot.mouseClick(verb, Qt.MouseButton.LeftButton)


def test_facts_are_replaced_and_literal(qtbot: QtBot, theme: Theme) -> None:
    table = FactsTable([("Serum", "old")])
    qtbot.addWidget(table)
    table.show_facts([("Serum", "<b>HA</b>"), ("Lot", "A&B")])
    shown = [label.text() for label in table.findChildren(QLabel) if label.isVisibleTo(table)]
    assert shown == ["Serum", "<b>HA</b>", "Lot", "A&B"]


def test_rows_are_read_only_and_wholly_shown(qtbot: QtBot, theme: Theme) -> None:
    table = RowsTable(theme, "Visits", ["Date", "Zones"])
    qtbot.addWidget(table)
    table.resize(600, 100)
    table.show_rows([[f"{n:02d}-Oct-2026", "Cheeks"] for n in range(1, 7)])
    table.show()
    qtbot.waitExposed(table)
    assert table.verticalScrollBar().maximum() == 0
    assert all(table.rowHeight(row) >= 48 for row in range(6))
    opened: list[int] = []
    table.row_chosen.connect(opened.append)
    table.setCurrentCell(2, 0)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened == [2]


def page() -> QImage:
    image = QImage(420, 595, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    image.setDotsPerMeterX(round(72 / 0.0254))
    image.setDotsPerMeterY(round(72 / 0.0254))
    return image


def named_buttons(view: PaperView) -> list[str]:
    """The buttons that turn the pages."""
    return [one.accessibleName() for one in view.findChildren(QPushButton) if one.text().startswith("Page")]


def test_every_page_is_reached_by_a_tap_and_by_the_keys(qtbot: QtBot, theme: Theme, words: Words) -> None:
    view = PaperView(theme, words)
    qtbot.addWidget(view)
    view.resize(500, 500)
    view.show()
    view.show_pages([page(), page(), page()])
    qtbot.waitUntil(lambda: view.findChildren(QScrollArea)[0].verticalScrollBar().maximum() > 500)
    (turn,) = (one for one in view.findChildren(QPushButton) if one.text().startswith("Page"))
    (area,) = view.findChildren(QScrollArea)
    seen = []
    for _ in range(4):
        seen.append((turn.text(), turn.accessibleDescription()))
        turn.click()
    assert seen == [
        ("Page 1 of 3", "To the next page"),
        ("Page 2 of 3", "To the next page"),
        ("Page 3 of 3", "To the first page"),
        ("Page 1 of 3", "To the next page"),
    ]
    assert turn.height() >= 48
    for key, there in ((Qt.Key.Key_End, "Page 3 of 3"), (Qt.Key.Key_Home, "Page 1 of 3")):
        qtbot.keyClick(area, key)
        assert turn.text() == there
    for _ in range(20):
        qtbot.keyClick(area, Qt.Key.Key_PageDown)
    assert turn.text() == "Page 3 of 3"
    assert QScroller.hasScroller(area.viewport())
    view.show_pages([page()])
    assert not turn.isVisible()


def test_pages_fit_the_width_and_zoom(qtbot: QtBot, theme: Theme, words: Words) -> None:
    view = PaperView(theme, words)
    qtbot.addWidget(view)
    view.resize(500, 600)
    view.show()
    qtbot.waitExposed(view)
    view.show_pages([page(), page()])
    assert named_buttons(view) == ["Page 1 of 2"]
    fitted = view.zoom()
    assert 60 < fitted < 90
    view.zoom_by(1)
    assert view.zoom() > fitted
    sheets = [label for label in view.findChildren(QLabel) if label.property("sheet")]
    assert round(sheets[0].pixmap().deviceIndependentSize().width()) == round(560 * view.zoom() / 100)
    view.fit_width()
    assert view.zoom() == fitted
    view.resize(900, 600)
    qtbot.waitUntil(lambda: sheets[0].pixmap().deviceIndependentSize().width() > 800)


@pytest.mark.parametrize("width", range(400, 412))
def test_a_page_that_fits_the_width_needs_no_bar_below_it(qtbot: QtBot, theme: Theme, words: Words, width: int) -> None:
    view = PaperView(theme, words)
    qtbot.addWidget(view)
    view.resize(width, 500)
    view.show_pages([QImage(1191, 1684, QImage.Format.Format_RGB32)])
    view.show()
    (area,) = view.findChildren(QScrollArea)
    assert area.horizontalScrollBar().maximum() == 0
    assert not area.horizontalScrollBar().isVisible()
    for _ in range(6):
        view.zoom_by(1)
    qtbot.waitUntil(lambda: area.horizontalScrollBar().maximum() > 0)
    view.hide()
