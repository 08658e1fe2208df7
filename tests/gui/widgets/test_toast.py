"""An offer to undo lies where nothing has to be read or tapped, and can be taken by a key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from needlelog.i18n import Words
from tests.gui.conftest import Show
from ui.toolkit.theme import LIGHT, Theme
from ui.widgets.toast import Toast, ToastPlace


class Desk(QWidget):
    """A page above a bar, and in the bar a place kept free between two captions."""

    def __init__(self, place_width: int) -> None:
        super().__init__()
        self.page = QWidget()
        self.line = QLineEdit("0.75", self.page)
        self.place = ToastPlace()
        self.place.setFixedSize(place_width, 76)
        bar = QHBoxLayout()
        bar.addWidget(QLabel("Saved"))
        bar.addWidget(self.place)
        bar.addWidget(QPushButton("Next"))
        column = QVBoxLayout(self)
        column.addWidget(self.page, 1)
        column.addLayout(bar)
        self.resize(900, 500)


@pytest.fixture
def desk(shown: Show) -> Desk:
    made = Desk(400)
    shown(made)
    return made


def within(one: QWidget, other: QWidget) -> bool:
    home = other.window()
    return QRect(other.mapTo(home, QPoint()), other.size()).contains(QRect(one.mapTo(home, QPoint()), one.size()))


def test_it_lies_in_the_place_kept_free(desk: Desk, theme: Theme, words: Words) -> None:
    toast = Toast(theme, words, desk.page)
    toast.offer("Recorded: Left cheek", lambda: None)
    QApplication.processEvents()
    assert toast.isVisible()
    assert within(toast, desk.place)
    (said,) = (one for one in toast.findChildren(QLabel) if one.text())
    assert said.text() == "Recorded: Left cheek"


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_where_there_is_little_room_the_button_says_it(theme: Theme, words: Words, shown: Show, scale: float) -> None:
    theme.use(LIGHT, scale)
    desk = Desk(170)
    desk.place.setFixedHeight(110)
    shown(desk)
    toast = Toast(theme, words, desk.page)
    done: list[str] = []
    toast.offer("Recorded: Left cheek and right cheek", lambda: done.append("undone"))
    QApplication.processEvents()
    button = toast.findChild(QPushButton)
    assert button is not None
    assert within(button, desk.place)
    assert button.accessibleName() == "Undo: Recorded: Left cheek and right cheek"
    assert button.toolTip() == "Recorded: Left cheek and right cheek"
    button.click()
    assert done == ["undone"]


def test_what_cannot_be_read_in_the_place_lies_over_the_page(theme: Theme, words: Words, shown: Show) -> None:
    desk = Desk(90)
    shown(desk)
    toast = Toast(theme, words, desk.page)
    toast.offer("Choose what was seen on the skin before the pass is recorded.")
    QApplication.processEvents()
    assert within(toast, desk.page)


def test_ctrl_z_takes_it_back_once_and_only_while_it_is_offered(desk: Desk, theme: Theme, words: Words) -> None:
    toast = Toast(theme, words, desk.page)
    done: list[str] = []
    toast.offer("Recorded: Chin", lambda: done.append("undone"))
    following = next(one for one in desk.findChildren(QPushButton) if one.text() == "Next")
    following.setFocus()
    for _ in range(2):
        QTest.keyClick(following, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert done == ["undone"]
    assert toast.isHidden()


def test_a_field_that_is_typed_in_keeps_the_key(desk: Desk, theme: Theme, words: Words) -> None:
    toast = Toast(theme, words, desk.page)
    done: list[str] = []
    toast.offer("Recorded: Chin", lambda: done.append("undone"))
    desk.line.setFocus()
    QTest.keyClick(desk.line, Qt.Key.Key_5)
    QTest.keyClick(desk.line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not done
    assert desk.line.text() == "0.75"


def test_it_goes_with_its_page(desk: Desk, theme: Theme, words: Words) -> None:
    toast = Toast(theme, words, desk.page)
    toast.offer("Recorded: Chin", lambda: None)
    desk.page.hide()
    assert toast.isHidden()


def test_a_second_offer_takes_the_place_of_the_first_and_can_be_taken(desk: Desk, theme: Theme, words: Words) -> None:
    toast = Toast(theme, words, desk.page)
    done: list[str] = []
    toast.offer("Recorded: Chin", lambda: done.append("chin"))
    toast.offer("Recorded: Nose", lambda: done.append("nose"))
    button = toast.findChild(QPushButton)
    assert button is not None
    button.click()
    assert done == ["nose"]
