"""Where the focus goes when what held it is hidden or taken away: nearby, never out of the place one works in."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QMainWindow, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.toolkit.discard import discard
from ui.toolkit.tab_order import step_focus


class Window(QMainWindow):
    """A rail with a way out, and a page with two cards."""

    def __init__(self) -> None:
        super().__init__()
        middle = QWidget()
        column = QVBoxLayout(middle)
        self.back = QPushButton("Back")
        column.addWidget(self.back)
        page = QWidget()
        column.addWidget(page)
        cards = QVBoxLayout(page)
        self.cards = [self._card(cards, place) for place in range(2)]
        self.setCentralWidget(middle)

    def _card(self, column: QVBoxLayout, place: int) -> tuple[QPushButton, QPushButton]:
        card = QWidget()
        inside = QVBoxLayout(card)
        made = QPushButton(f"Use {place}"), QPushButton(f"Change {place}")
        for one in made:
            inside.addWidget(one)
        column.addWidget(card)
        return made

    def focusNextPrevChild(self, forward: bool) -> bool:
        return step_focus(self, forward) or super().focusNextPrevChild(forward)


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    made = Window()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitActive(made)
    return made


@pytest.mark.parametrize("gone", [QWidget.hide, discard])
def test_the_focus_stays_where_one_works(window: Window, gone: object) -> None:
    use, change = window.cards[1]
    use.setFocus()
    gone(use)  # type: ignore[operator]
    QApplication.processEvents()
    assert window.focusWidget() is change


def test_with_its_card_gone_the_focus_goes_no_further_than_it_must(window: Window) -> None:
    use, _ = window.cards[1]
    use.setFocus()
    card = use.parentWidget()
    assert card is not None
    card.hide()
    assert window.focusWidget() is window.cards[0][0]
