"""Somebody sets the computer's clock in the middle of the work: it is said, and followed only on purpose."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from needlelog.clock import SteadyClock
from needlelog.i18n import Words
from tests.clocks import FixedClock
from tests.gui.answers import ScriptedDialogs
from tests.gui.conftest import Show
from ui.main_window.clock_notice import ClockNotice
from ui.toolkit.kit import Kit
from ui.toolkit.tasks import InlineTasks
from ui.toolkit.theme import Theme


@pytest.mark.parametrize("follow", [False, True])
def test_a_clock_set_back_is_said_until_it_is_put_right_or_followed(
    theme: Theme, words: Words, dialogs: ScriptedDialogs, shown: Show, qtbot: QtBot, follow: bool
) -> None:
    computer = FixedClock()
    clock = SteadyClock(computer, lambda: 0.0)
    notice = ClockNotice(Kit(theme, words, InlineTasks(), dialogs, clock))
    qtbot.addWidget(notice)
    shown(notice)
    notice.look()
    assert not notice.isVisible()
    before = clock.now()
    computer.advance(hours=-1)
    notice.look()
    assert "clock was set" in notice.text()
    assert clock.now() == before
    dialogs.will_answer(follow)
    notice.findChildren(QPushButton)[0].click()
    assert notice.isVisible() is not follow
    assert clock.now() == (computer.now() if follow else before)
