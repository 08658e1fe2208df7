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
