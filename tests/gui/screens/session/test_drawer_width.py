"""The drawer of findings, opened for the first time: nothing in it is cut off on its right."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from tests.gui.screens.session.room import Room, tap
from tests.gui.screens.session.test_precautions import at_consultation, drawer
from ui.toolkit.theme import LIGHT, Theme


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5])
@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1024, 768)])
def test_at_its_first_opening_no_card_is_cut_off(
    room: Room, theme: Theme, monkeypatch: pytest.MonkeyPatch, width: int, height: int, scale: float
) -> None:
    # Where letters are wider than here, the buttons need more than the usual width.
    monkeypatch.setattr("ui.screens.session.drawer.WIDTH", 400)
    theme.use(LIGHT, scale)
    screen = room.open(room.start(change=at_consultation), width, height)
    tap(screen, "2 precautions")
    QApplication.processEvents()
    area = drawer(screen).findChildren(QScrollArea)[0]
    view = area.viewport()
    shown = [one for one in area.widget().findChildren(QWidget) if one.isVisible()]
    assert shown
    assert not [one for one in shown if one.mapTo(view, QPoint(one.width(), 0)).x() > view.width()]
