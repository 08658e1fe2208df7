"""The rail of places: icon and word, or the icon alone where a visit needs the room."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from needlelog.i18n import Words
from tests.gui.conftest import Show
from ui.toolkit.theme import LIGHT, Theme
from ui.widgets.nav_rail import NavRail, Place

PLACES = [Place("today", "Today", "home"), Place("products", "Products", "box", "Products (Ctrl+P)")]


@pytest.fixture
def rail(shown: Show, theme: Theme, words: Words) -> NavRail:
    made = NavRail(theme, words, PLACES, [Place("lock", "Lock", "lock")])
    made.resize(made.sizeHint().width(), 700)
    shown(made)
    return made


def test_a_narrow_rail_keeps_names_tooltips_and_targets(rail: NavRail) -> None:
    wide = rail.sizeHint().width()
    rail.set_narrow(True)
    assert rail.sizeHint().width() <= 72 < wide
    for made in rail.findChildren(QToolButton):
        assert made.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly
        assert made.minimumWidth() >= 48
        assert made.minimumHeight() >= 48
        assert made.toolTip().startswith(made.accessibleName())
    rail.set_narrow(False)
    assert rail.sizeHint().width() == wide


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_no_word_is_shortened(rail: NavRail, theme: Theme, scale: float) -> None:
    theme.use(LIGHT, scale)
    for made in rail.findChildren(QToolButton):
        assert made.minimumWidth() >= made.fontMetrics().horizontalAdvance(made.text()) + 8


def test_words_give_way_where_the_window_is_too_low_for_all_of_them(shown: Show, theme: Theme, words: Words) -> None:
    many = [Place(f"place-{number}", f"Place {number}", "box") for number in range(7)]
    rail = NavRail(theme, words, many, [Place("lock", "Lock", "lock")])
    rail.resize(rail.sizeHint().width(), 760)
    shown(rail)
    worded = {made.toolButtonStyle() for made in rail.findChildren(QToolButton)}
    assert worded == {Qt.ToolButtonStyle.ToolButtonTextUnderIcon}
    theme.use(LIGHT, 2.0)
    assert rail.minimumSizeHint().height() <= 760
    assert {made.toolButtonStyle() for made in rail.findChildren(QToolButton)} == {
        Qt.ToolButtonStyle.ToolButtonIconOnly
    }
    rail.resize(rail.width(), 1100)
    assert {made.toolButtonStyle() for made in rail.findChildren(QToolButton)} == worded
    rail.resize(rail.width(), 760)
    assert {made.toolButtonStyle() for made in rail.findChildren(QToolButton)} != worded
    low = NavRail(theme, words, many, [])
    low.resize(200, 700)
    shown(low)
    assert {made.toolButtonStyle() for made in low.findChildren(QToolButton)} != worded
