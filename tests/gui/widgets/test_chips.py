"""Chips and grades: one Tab stop, arrows, Space, and words beside the digits."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Show
from ui.toolkit.theme import Theme
from ui.widgets.chips import ChipRow, GradeRow, two_lines

WORDS = [("stamp", "Stamping"), ("glide", "Gliding"), ("cross", "Cross & hatch")]
GRADES = [(0, "None"), (1, "Almost none"), (2, "Mild"), (3, "Moderate"), (4, "Severe")]


def test_one_choice_replaces_the_other_and_can_be_taken_back(qtbot: QtBot, theme: Theme) -> None:
    row = ChipRow(theme, "Pattern", WORDS)
    qtbot.addWidget(row)
    said: list[object] = []
    row.changed.connect(said.append)
    for key in ("stamp", "glide", "glide"):
        qtbot.mouseClick(row.button(key), Qt.MouseButton.LeftButton)
    assert said == ["stamp", "glide", None]


def test_a_choice_that_must_stay_stays(qtbot: QtBot, theme: Theme) -> None:
    row = ChipRow(theme, "Pattern", WORDS, clearable=False)
    qtbot.addWidget(row)
    for _ in range(2):
        qtbot.mouseClick(row.button("stamp"), Qt.MouseButton.LeftButton)
    assert row.value() == "stamp"


def test_a_tick_is_borne_by_the_chosen_or_by_what_is_marked(qtbot: QtBot, theme: Theme) -> None:
    for ticked in (True, False):
        row = ChipRow(theme, "Groups", [("skin", "Skin"), ("health", "Health")], clearable=False, ticked=ticked)
        qtbot.addWidget(row)
        row.set_value("skin")
        assert [not row.button(key).icon().isNull() for key in ("skin", "health")] == [ticked, False]
        row.set_mark("health", "check", "ok")
        assert [not row.button(key).icon().isNull() for key in ("skin", "health")] == [ticked, True]
        row.set_mark("health", "", "ok")
        assert row.button("health").icon().isNull()


def test_several_choices(qtbot: QtBot, theme: Theme) -> None:
    row = ChipRow(theme, "Concerns", WORDS, multiple=True)
    qtbot.addWidget(row)
    for key in ("stamp", "cross"):
        qtbot.mouseClick(row.button(key), Qt.MouseButton.LeftButton)
    assert row.value() == {"stamp", "cross"}
    row.set_options(WORDS[:2])
    assert row.value() == {"stamp"}


def test_arrows_move_space_takes_enter_goes_on(qtbot: QtBot, shown: Show, theme: Theme) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    row, following = GradeRow(theme, "Redness", GRADES), QLineEdit()
    column = QVBoxLayout(page)
    column.addWidget(row)
    column.addWidget(following)
    shown(page)
    row.setFocus()
    assert row.button(0).hasFocus()
    qtbot.keyClick(row.button(0), Qt.Key.Key_Right)
    qtbot.keyClick(row.button(1), Qt.Key.Key_Right)
    qtbot.keyClick(row.button(2), Qt.Key.Key_Space)
    assert row.value() == 2
    qtbot.keyClick(row.button(2), Qt.Key.Key_Return)
    assert following.hasFocus()


def test_options_put_into_a_row_that_is_seen_take_the_focus_at_once(shown: Show, theme: Theme) -> None:
    row = ChipRow(theme, "Pattern", WORDS)
    shown(row)
    row.set_options(WORDS[:1])
    row.setFocus()
    assert row.button(WORDS[0][0]).isVisible()
    assert row.button(WORDS[0][0]).hasFocus()


def test_only_one_chip_is_a_tab_stop(qtbot: QtBot, theme: Theme) -> None:
    row = ChipRow(theme, "Pattern", WORDS)
    qtbot.addWidget(row)
    row.set_value("glide")
    stops = [k for k, _ in WORDS if row.button(k).focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == ["glide"]


def test_chips_wrap_into_lines_and_stay_large(qtbot: QtBot, shown: Show, theme: Theme) -> None:
    row = ChipRow(theme, "Pattern", [(n, f"Choice number {n}") for n in range(8)])
    qtbot.addWidget(row)
    row.resize(400, 10)
    assert row.layout().heightForWidth(400) > 3 * 48
    row.resize(400, row.layout().heightForWidth(400))
    shown(row)
    for n in range(8):
        chip = row.button(n)
        assert chip.height() >= 48
        assert chip.geometry().right() <= 400


def test_a_chip_keeps_its_place_when_it_is_taken(qtbot: QtBot, theme: Theme) -> None:
    row = ChipRow(theme, "Pattern", WORDS)
    qtbot.addWidget(row)
    before = row.button("stamp").sizeHint()
    row.set_value("stamp")
    assert row.button("stamp").sizeHint() == before


def test_a_grade_is_read_as_digit_and_word(qtbot: QtBot, theme: Theme) -> None:
    row = GradeRow(theme, "Redness", GRADES)
    qtbot.addWidget(row)
    assert row.button(3).accessibleName() == "3 Moderate"


def test_grades_differ_by_more_than_their_words(qtbot: QtBot, shown: Show, theme: Theme) -> None:
    row = GradeRow(theme, "Redness", [(n, "Same") for n in range(5)])
    qtbot.addWidget(row)
    shown(row)
    bars = []
    for n in range(5):
        image = row.button(n).grab().toImage()
        y = image.height() - 11
        bars.append(sum(image.pixelColor(x, y).lightness() < 90 for x in range(12, image.width() - 12)))
    assert bars == sorted(bars)
    assert len(set(bars)) == 5


def test_low_grades_say_and_do_the_same_in_less_height(qtbot: QtBot, theme: Theme) -> None:
    high, low = GradeRow(theme, "Redness", GRADES), GradeRow(theme, "Redness", GRADES, low=True)
    for row in (high, low):
        qtbot.addWidget(row)
        row.resize(700, row.layout().heightForWidth(700))
        row.show()
    assert low.height() < high.height()
    assert min(low.button(digit).height() for digit, _ in GRADES) >= 48
    assert [low.button(digit).accessibleName() for digit, _ in GRADES] == [f"{digit} {word}" for digit, word in GRADES]
    qtbot.mouseClick(low.button(3), Qt.MouseButton.LeftButton)
    assert low.value() == 3
    before = low.button(2).grab().toImage()
    low.button(2).setChecked(True)
    assert low.button(2).grab().toImage() != before


@pytest.mark.parametrize(
    ("text", "width"), [("Mild", 4), ("Confluent or oozing", 9), ("a bb ccc", 4), ("Life-threatening", 16), ("", 0)]
)
def test_two_lines_break_where_both_are_shortest(text: str, width: int) -> None:
    assert two_lines(text, len) == width
