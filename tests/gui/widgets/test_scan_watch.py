"""A scanner is told from a person by its speed, and what it types ends up nowhere but in the code."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from needlelog.exchange.codes import SEPARATOR, may_be_scan
from tests.gui.conftest import Show
from tests.gui.scanner import Stopwatch, press, scan
from ui.widgets.scan_watch import GAP_S, ScanWatch

CODE = "0104006381333931172706301" + "0HA-77B"


class Page(QWidget):
    """Every kind of thing that can have the focus."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds = Stopwatch()
        self.line = QLineEdit("as before")
        self.note = QPlainTextEdit("kept ")
        self.choice = QComboBox()
        self.choice.addItems(["SkinPen", "0.25 mm roller", "12-pin"])
        self.button = QPushButton("Done")
        self.pressed = 0
        self.button.clicked.connect(self._press)
        column = QVBoxLayout(self)
        for part in (self.line, self.note, self.choice, self.button):
            column.addWidget(part)
        self.keyed = 0
        QShortcut(QKeySequence("F8"), self, self._key)
        self.codes: list[str] = []
        self.watch = ScanWatch(self, may_be_scan, seconds=self.seconds)
        self.watch.scanned.connect(self.codes.append)

    def _press(self) -> None:
        self.pressed += 1

    def _key(self) -> None:
        self.keyed += 1

    def type_slowly(self, text: str) -> None:
        for character in text:
            self.seconds.now_s += GAP_S * 2
            press(self, character)
        self.seconds.now_s += GAP_S * 2


@pytest.fixture
def page(shown: Show) -> Page:
    made = Page()
    shown(made)
    return made


def test_a_code_in_an_entry_is_taken_out_of_it_again(page: Page) -> None:
    page.line.setFocus()
    page.line.setCursorPosition(2)
    scan(page, CODE)
    assert page.codes == [CODE]
    assert (page.line.text(), page.line.cursorPosition()) == ("as before", 2)


def test_a_code_in_a_note_leaves_the_note_and_its_selection(page: Page) -> None:
    page.note.setFocus()
    page.note.selectAll()
    scan(page, CODE)
    assert page.codes == [CODE]
    assert page.note.toPlainText() == "kept "


def test_words_typed_as_fast_as_can_be_stay_in_their_entry(page: Page) -> None:
    page.line.clear()
    page.line.setFocus()
    scan(page, "Redness, settled by 14:20")
    assert page.codes == []
    assert page.line.text() == "Redness, settled by 14:20"


def test_a_code_typed_by_a_person_stays_where_it_is_typed(page: Page) -> None:
    page.line.clear()
    page.line.setFocus()
    page.type_slowly(CODE)
    QTest.keyClick(page.line, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert page.codes == []
    assert page.line.text() == CODE


@pytest.mark.parametrize("text", ["https://example.com/x", "A" * 310, "4006381333930", "no code at all"])
def test_where_nothing_can_be_typed_every_fast_line_is_a_scan(page: Page, text: str) -> None:
    page.button.setFocus()
    scan(page, text)
    assert page.codes == [text]
    assert page.pressed == 0


def test_a_scan_chooses_nothing_in_a_list(page: Page) -> None:
    page.choice.setFocus()
    scan(page, CODE)
    assert page.choice.currentText() == "SkinPen"
    assert page.codes == [CODE]


def popped_up(page: Page) -> QWidget:
    """The open list of the choice; keys reach it through its own window, as from a keyboard."""
    page.choice.setFocus()
    page.choice.showPopup()
    QApplication.processEvents()
    popup = QApplication.activePopupWidget()
    assert popup is not None
    return popup


def type_into(popup: QWidget, text: str, end: Qt.Key | None = None) -> None:
    for character in text:
        QTest.keyClick(popup.windowHandle(), character)
    if end is not None:
        QTest.keyClick(popup.windowHandle(), end)
    QApplication.processEvents()


def test_a_scan_chooses_nothing_in_a_list_that_is_open_and_closes_it(page: Page) -> None:
    popup = popped_up(page)
    type_into(popup, CODE, Qt.Key.Key_Return)
    assert page.codes == [CODE]
    assert page.choice.currentText() == "SkinPen"
    assert QApplication.activePopupWidget() is None
    page.button.setFocus()
    scan(page, CODE)
    assert page.codes == [CODE, CODE]


def test_a_person_still_chooses_by_key_in_a_list_that_is_open(page: Page) -> None:
    popup = popped_up(page)
    type_into(popup, "1")
    page.watch._wait.timeout.emit()
    type_into(popup, "", Qt.Key.Key_Return)
    assert page.choice.currentText() == "12-pin"
    assert page.codes == []


def test_a_person_still_chooses_by_key_after_a_moment(page: Page) -> None:
    page.choice.setFocus()
    press(page, "1")
    assert page.choice.currentText() == "SkinPen"
    page.seconds.now_s += GAP_S * 2
    press(page, "x")  # the next key lets the one before go at once
    assert page.choice.currentText() == "12-pin"
    page.hide()


def test_enter_and_space_still_press_what_has_the_focus(page: Page) -> None:
    page.button.setFocus()
    QTest.keyClick(page.button, Qt.Key.Key_Space)
    assert page.pressed == 1


def test_a_separator_sent_as_a_key_is_part_of_the_code_and_no_shortcut(page: Page) -> None:
    page.button.setFocus()
    scan(page, f"0104006381333931{'10'}A{SEPARATOR}21S1")
    for character in "0104006381333931" + "10A":
        press(page, character)
    QTest.keyClick(page.button, Qt.Key.Key_F8)
    scan(page, "21S1")
    assert page.codes == [f"010400638133393110A{SEPARATOR}21S1"] * 2
    assert page.keyed == 0
    page.seconds.now_s += 1
    QTest.keyClick(page.button, Qt.Key.Key_F8)
    assert page.keyed == 1


def test_a_second_end_of_line_is_swallowed(page: Page) -> None:
    page.button.setDefault(True)
    page.button.setFocus()
    scan(page, CODE)
    QTest.keyClick(page.button, Qt.Key.Key_Return)
    assert page.pressed == 0
    assert page.codes == [CODE]


def test_a_scanner_may_end_with_tab(page: Page) -> None:
    page.line.setFocus()
    scan(page, CODE, Qt.Key.Key_Tab)
    assert page.codes == [CODE]
    assert QApplication.focusWidget() is page.line


def test_a_scan_is_heard_wherever_in_the_window_the_focus_is(shown: Show) -> None:
    window, page = QWidget(), Page()
    rail = QPushButton("Today")
    column = QVBoxLayout(window)
    column.addWidget(rail)
    column.addWidget(page)
    shown(window)
    rail.setFocus()
    scan(window, CODE)
    rail.clearFocus()
    scan(window, CODE)
    assert page.codes == [CODE, CODE]


def test_nothing_is_heard_while_the_page_is_away(page: Page, shown: Show) -> None:
    other = QLineEdit()
    page.hide()
    shown(other)
    other.setFocus()
    scan(other, CODE)
    assert page.codes == []
    assert other.text() == CODE
