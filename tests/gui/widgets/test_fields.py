"""Entries: checked on leaving, quiet while correcting, and what was typed stays."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from needlelog.errors import Fault, FaultCode
from needlelog.i18n import Words, record_date
from tests.gui.conftest import Show
from ui.toolkit.theme import Theme
from ui.widgets.choice_field import KEPT_BELOW_PX, ChoiceField
from ui.widgets.line_fields import DateField, LineField
from ui.widgets.paragraph_field import ParagraphField
from ui.widgets.search_box import SearchBox


def read_date(text: str) -> date:
    try:
        return datetime.strptime(text.strip(), "%d %m %Y").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        raise Fault(FaultCode.ENTRY_NOT_A_DATE) from None


class Form(QWidget):
    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__()
        self.name: LineField[str] = LineField(theme, words, "Name", required=True)
        self.born: DateField[date] = DateField(theme, words, "Date of birth", read_date, record_date)
        self.skin: ChoiceField[int] = ChoiceField(theme, words, "Skin type", [(1, "I"), (2, "II"), (3, "III")])
        self.notes: ParagraphField[str] = ParagraphField(theme, words, "Notes")
        column = QVBoxLayout(self)
        for field in (self.name, self.born, self.skin, self.notes):
            column.addWidget(field)


@pytest.fixture
def form(qtbot: QtBot, shown: Show, theme: Theme, words: Words) -> Form:
    made = Form(theme, words)
    qtbot.addWidget(made)
    shown(made)
    made.name.editor.setFocus()
    return made


def test_a_value_is_said_once_on_leaving(qtbot: QtBot, form: Form) -> None:
    said: list[object] = []
    form.name.committed.connect(said.append)
    qtbot.keyClicks(form.name.editor, " Ana ")
    assert said == []
    form.born.editor.setFocus()
    form.name.editor.setFocus()
    form.born.editor.setFocus()
    assert said == ["Ana"]
    assert form.name.raw_text() == " Ana "


def test_enter_goes_to_the_next_field_only_when_this_one_is_right(qtbot: QtBot, form: Form) -> None:
    qtbot.keyClick(form.name.editor, Qt.Key.Key_Return)
    assert form.name.editor.hasFocus()
    assert "Name is empty" in form.name.editor.accessibleDescription()
    qtbot.keyClicks(form.name.editor, "Ana")
    qtbot.keyClick(form.name.editor, Qt.Key.Key_Return)
    assert form.born.editor.hasFocus()


def test_a_wrong_date_stays_with_its_sentence_and_is_quiet_while_corrected(qtbot: QtBot, form: Form) -> None:
    form.born.editor.setFocus()
    qtbot.keyClicks(form.born.editor, "31 2 2020")
    assert "not a date" not in form.born.editor.accessibleDescription()
    form.name.editor.setFocus()
    assert form.born.raw_text() == "31 2 2020"
    assert "Date of birth is not a date" in form.born.editor.accessibleDescription()
    assert form.born.value() is None
    form.born.editor.setFocus()
    qtbot.keyClick(form.born.editor, Qt.Key.Key_Backspace)
    assert "not a date" not in form.born.editor.accessibleDescription()


def test_a_date_is_repeated_as_records_show_it(qtbot: QtBot, form: Form) -> None:
    form.born.editor.setFocus()
    qtbot.keyClicks(form.born.editor, "12 3 1988")
    assert form.born.editor.accessibleDescription() == "12-Mar-1988"
    assert form.born.raw_text() == "12 3 1988"
    assert form.born.value() == date(1988, 3, 12)


def test_a_stored_value_is_shown_and_not_said_again(form: Form) -> None:
    said: list[object] = []
    form.skin.committed.connect(said.append)
    form.skin.set_value(3)
    form.skin.commit()
    assert form.skin.value() == 3
    assert said == []


def test_the_wheel_never_changes_a_choice(form: Form) -> None:
    form.skin.set_value(2)
    form.skin.editor.setFocus()
    event = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(form.skin.editor, event)
    assert form.skin.value() == 2


def test_the_arrow_keys_choose_and_say_so(qtbot: QtBot, form: Form) -> None:
    said: list[object] = []
    form.skin.committed.connect(said.append)
    form.skin.set_value(2)
    form.skin.editor.setFocus()
    qtbot.keyClick(form.skin.editor, Qt.Key.Key_Down)
    form.name.editor.setFocus()
    assert said == [3]


def test_enter_makes_a_line_in_notes_and_ctrl_enter_goes_on(qtbot: QtBot, form: Form) -> None:
    form.notes.editor.setFocus()
    qtbot.keyClicks(form.notes.editor, "one")
    qtbot.keyClick(form.notes.editor, Qt.Key.Key_Return)
    assert form.notes.raw_text() == "one\n"
    qtbot.keyClick(form.notes.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not form.notes.editor.hasFocus()


def test_choices_that_stay_keep_what_was_chosen(form: Form) -> None:
    form.skin.set_value(2)
    form.skin.set_choices([(2, "II"), (4, "IV")])
    assert form.skin.value() == 2
    form.skin.set_choices([(4, "IV")])
    assert form.skin.value() is None


def test_each_choice_is_large_enough_to_tap(qtbot: QtBot, form: Form) -> None:
    form.skin.combo.showPopup()
    view = form.skin.combo.view()
    qtbot.waitUntil(view.isVisible)
    heights = [view.visualRect(view.model().index(row, 0)).height() for row in range(3)]
    form.skin.combo.hidePopup()
    assert min(heights) >= 48


def test_every_editor_has_a_name_and_a_target(form: Form) -> None:
    for field in (form.name, form.born, form.skin, form.notes):
        assert field.editor.accessibleName()
        assert field.editor.height() >= 48


def test_the_button_that_empties_a_search_has_a_name(qtbot: QtBot, theme: Theme) -> None:
    box = SearchBox(theme, Words(), "Find a client")
    qtbot.addWidget(box)
    assert [one.accessibleName() for one in box.findChildren(QToolButton)] == ["Clear: Find a client"]


def test_search_asks_when_typing_rests_and_at_once_on_enter(qtbot: QtBot, theme: Theme) -> None:
    box = SearchBox(theme, Words(), "Search clients")
    qtbot.addWidget(box)
    with qtbot.waitSignal(box.searched) as asked:
        qtbot.keyClicks(box, "now")
    assert asked.args == ["now"]
    heard: list[str] = []
    box.searched.connect(heard.append)
    qtbot.keyClicks(box, "a")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert heard == ["nowa"]
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert box.text() == ""
    with qtbot.waitSignal(box.searched):
        pass


def test_an_open_list_leaves_the_foot_of_the_window_in_sight(theme: Theme, shown: Show) -> None:
    window = QWidget()
    field = ChoiceField(theme, Words(), "Device", [(number, f"Device {number}") for number in range(30)])
    column = QVBoxLayout(window)
    column.addSpacing(200)
    column.addWidget(field)
    column.addStretch(1)
    window.resize(600, 700)
    shown(window)
    field.combo.showPopup()
    QApplication.processEvents()
    popup = field.combo.view().window()
    top = window.mapFromGlobal(popup.pos()).y()
    assert top >= field.combo.mapTo(window, field.combo.rect().bottomLeft()).y()
    assert top + popup.height() <= window.height() - KEPT_BELOW_PX + 8
    arrows = (one for one in popup.findChildren(QWidget) if one.inherits("QComboBoxPrivateScroller"))
    assert not [one for one in arrows if one.isVisible()]
    field.combo.hidePopup()
