"""The rail: nine steps on a small screen, each with its state in words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from needlelog.i18n import Words
from tests.gui.conftest import Show
from ui.toolkit.theme import LIGHT, Theme
from ui.widgets.step_rail import StepRail, StepShown, StepState

TITLES = (
    "Consultation",
    "Consent",
    "Cleansing",
    "Numbing",
    "Microneedling",
    "Serum",
    "Cooling and soothing",
    "Reactions",
    "Aftercare and sign-off",
)
STEPS = [StepShown(title, n, title, list(StepState)[n % 5]) for n, title in enumerate(TITLES, 1)]


@pytest.fixture
def rail(shown: Show, theme: Theme, words: Words) -> Iterator[StepRail]:
    window = QWidget()
    made = StepRail(theme, words)
    made.show_steps(STEPS, "Numbing")
    row = QHBoxLayout(window)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(made)
    row.addStretch(1)
    window.resize(1280, 768 - 72 - 92)
    shown(window)
    yield made  # noqa: PT022 - keeps the window alive while the rail is tested


def test_nine_steps_fit_between_banner_and_bar_of_a_small_screen(rail: StepRail) -> None:
    assert rail.verticalScrollBar().maximum() == 0
    assert all(rail.row(title).height() >= 48 for title in TITLES)


def test_every_state_is_a_word(rail: StepRail) -> None:
    spoken = {rail.row(step.key).accessibleName().split(", ")[1] for step in STEPS}
    assert spoken == {"Done", "Now", "Open", "Needs attention", "Not applicable"}


def test_a_tap_asks_for_the_step(qtbot: QtBot, rail: StepRail) -> None:
    with qtbot.waitSignal(rail.step_chosen) as chosen:
        qtbot.mouseClick(rail.row("Serum"), Qt.MouseButton.LeftButton)
    assert chosen.args == ["Serum"]


def test_arrows_move_and_enter_asks(qtbot: QtBot, rail: StepRail) -> None:
    rail.row("Numbing").setFocus()
    qtbot.keyClick(rail.row("Numbing"), Qt.Key.Key_Down)
    assert rail.row("Microneedling").hasFocus()
    with qtbot.waitSignal(rail.step_chosen) as chosen:
        qtbot.keyClick(rail.row("Microneedling"), Qt.Key.Key_Return)
    assert chosen.args == ["Microneedling"]


def test_a_running_timer_is_told_on_its_step(rail: StepRail) -> None:
    rail.show_timer("Numbing", "18:04")
    assert rail.row("Numbing").accessibleName().endswith("18:04")


def test_rows_stay_when_only_states_change(rail: StepRail) -> None:
    row = rail.row("Serum")
    rail.show_steps([StepShown(s.key, s.number, s.title, StepState.DONE) for s in STEPS], "Serum")
    assert rail.row("Serum") is row
    assert row.accessibleName() == "6 Serum, Done"


def test_large_text_in_a_small_window_leaves_icons_numbers_and_spoken_names(theme: Theme, rail: StepRail) -> None:
    assert rail.width() == StepRail.WIDTH
    theme.use(LIGHT, 2.0)
    assert rail.width() <= 160
    assert rail.row("Serum").toolTip() == rail.row("Serum").accessibleName()
    assert rail.verticalScrollBar().maximum() == 0


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("height", [480, 604])
def test_it_never_scrolls_and_its_targets_stay_large(theme: Theme, rail: StepRail, scale: float, height: int) -> None:
    theme.use(LIGHT, scale)
    rail.window().resize(1280, height)
    QApplication.processEvents()
    assert not rail.verticalScrollBar().isVisible()
    assert rail.verticalScrollBar().maximum() == 0
    assert all(rail.row(title).height() >= 48 for title in TITLES)
