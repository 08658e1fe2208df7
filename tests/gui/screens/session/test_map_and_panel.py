"""Map and panel share the room: beside each other wherever both have enough of it."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from needlelog.knowledge.reading import load_knowledge
from needlelog.paths import resources
from tests.gui.screens.session.chair import Chair
from ui.screens.session.needling.map_and_panel import WIDTH, MapAndPanel
from ui.screens.session.treatment_map import TreatmentMap


def shown(qtbot: QtBot, chair: Chair) -> tuple[QWidget, MapAndPanel]:
    drawn = TreatmentMap(chair.kit, load_knowledge(resources() / "knowledge"))
    said = QLabel("Said aloud")
    window = QWidget()
    qtbot.addWidget(window)
    made = MapAndPanel(chair.kit.theme, drawn, (said, QLabel("Passes")), said)
    made.setParent(window)
    window.resize(1280, 800)
    window.show()
    return window, made


def test_once_below_the_map_the_panel_comes_back_beside_it(qtbot: QtBot, chair: Chair) -> None:
    _window, made = shown(qtbot, chair)
    for width, stacked in ((1100, False), (560, True), (1100, False), (860, False)):
        made.resize(width, 600)
        QApplication.processEvents()
        assert made.stacked() is stacked, width


def test_a_scroll_bar_does_not_send_the_panel_below_the_map(qtbot: QtBot, chair: Chair) -> None:
    _window, made = shown(qtbot, chair)
    made.turn_to(made.panel.widget(1))
    made.resize(1100, 600)
    QApplication.processEvents()
    drawn = made.findChildren(TreatmentMap)[0]
    exact = drawn.least_width() + 16 + WIDTH
    for width, stacked in ((exact, False), (exact - 14, False), (exact - 33, True), (exact - 14, False)):
        made.resize(width, 600)
        QApplication.processEvents()
        assert made.stacked() is stacked, width - exact
