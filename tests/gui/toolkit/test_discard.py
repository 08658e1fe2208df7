"""Taking widgets away: their place closes at once, wherever in a layout they stood, and Qt frees them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from ui.toolkit.discard import clear, discard


def freed(widget: QWidget) -> bool:
    QCoreApplication.sendPostedEvents(widget, QEvent.Type.DeferredDelete)
    return not isValid(widget)


def test_it_leaves_its_layout_at_once(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    column = QVBoxLayout(box)
    gone, kept = QLabel("gone"), QLabel("kept")
    column.addWidget(gone)
    column.addWidget(kept)
    box.show()
    discard(gone)
    assert (column.count(), column.indexOf(kept)) == (1, 0)
    assert not gone.isVisible()
    assert freed(gone)


def test_it_is_found_in_a_layout_within_a_layout(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    column, row, grid = QVBoxLayout(box), QHBoxLayout(), QGridLayout()
    column.addStretch(1)
    column.addLayout(row)
    row.addLayout(grid)
    gone = QLabel("gone")
    grid.addWidget(gone, 1, 1)
    discard(gone)
    assert grid.count() == 0


def test_a_page_leaves_its_stack(qtbot: QtBot) -> None:
    stack = QStackedWidget()
    qtbot.addWidget(stack)
    gone, kept = QWidget(), QWidget()
    stack.addWidget(gone)
    stack.addWidget(kept)
    stack.show()
    discard(gone)
    assert stack.count() == 1
    assert stack.currentWidget() is kept
    assert kept.isVisible()


def test_what_stands_in_no_layout_goes_too(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    gone = QLabel("gone", box)
    discard(gone)
    assert freed(gone)
    alone = QLabel("alone")
    discard(alone)
    assert freed(alone)


def test_clearing_keeps_the_stretch_at_the_end(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    column = QVBoxLayout(box)
    rows = [QLabel(text) for text in "abc"]
    for row in rows:
        column.addWidget(row)
    column.addStretch(1)
    clear(column, keep=1)
    assert column.count() == 1
    assert column.itemAt(0).spacerItem() is not None
    assert all(freed(row) for row in rows)
    clear(column)
    assert column.count() == 0
