"""Timers: counted from their start, warned in words, asleep when nobody looks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from needlelog.i18n import Words
from tests.clocks import FixedClock
from ui.toolkit.theme import Theme
from ui.widgets.timer_strip import TimerShown, TimerStrip, elapsed_text


@pytest.fixture
def strip(qtbot: QtBot, theme: Theme, words: Words, clock: FixedClock) -> TimerStrip:
    made = TimerStrip(theme, words, clock, "Europe/Warsaw")
    qtbot.addWidget(made)
    return made


def numbing(clock: FixedClock, **ago: float) -> TimerShown:
    return TimerShown("numbing", "Numbing & more", clock.now() - timedelta(**ago), 1800, 3600)


@pytest.mark.parametrize(
    ("seconds", "text"), [(-5, "00:00"), (9, "00:09"), (309, "05:09"), (3599, "59:59"), (3909, "1:05:09")]
)
def test_elapsed_time_reads_like_a_stop_watch(seconds: int, text: str) -> None:
    assert elapsed_text(seconds) == text


def test_it_counts_from_the_start_moment(strip: TimerStrip, clock: FixedClock) -> None:
    strip.resize(600, 60)
    strip.show_timers([numbing(clock, minutes=18, seconds=4)])
    assert strip.texts() == ("Numbing & more   18:04 min   since 15:21",)
    clock.advance(seconds=1)
    strip.refresh()
    assert "18:05" in strip.texts()[0]


def test_near_and_over_are_said_in_words(strip: TimerStrip, clock: FixedClock) -> None:
    strip.show_timers([numbing(clock, minutes=30)])
    assert strip.texts()[0].endswith("Time is near")
    clock.advance(minutes=30)
    strip.refresh()
    assert strip.texts()[0].endswith("Over time")
    assert "1:00:00 h" in strip.texts()[0]


def test_it_ticks_only_while_it_is_seen(qtbot: QtBot, strip: TimerStrip, clock: FixedClock) -> None:
    tick = strip.findChild(QTimer)
    assert tick is not None
    assert not tick.isActive()
    strip.show_timers([numbing(clock, minutes=1)])
    qtbot.waitExposed(strip)
    assert tick.isActive()
    strip.hide()
    assert not tick.isActive()
    strip.show()
    strip.show_timers([])
    assert not tick.isActive()
    assert strip.isHidden()


def test_a_tap_names_the_timer(qtbot: QtBot, strip: TimerStrip, clock: FixedClock) -> None:
    strip.resize(600, 60)
    strip.show_timers([numbing(clock, minutes=1), TimerShown("light", "Red light", clock.now())])
    buttons = strip.findChildren(QPushButton)
    with qtbot.waitSignal(strip.timer_chosen) as chosen:
        qtbot.mouseClick(buttons[1], Qt.MouseButton.LeftButton)
    assert chosen.args == ["light"]
    assert buttons[0].text().startswith("Numbing && more")


def test_a_narrow_strip_shows_what_matters_and_keeps_the_rest_spoken(strip: TimerStrip, clock: FixedClock) -> None:
    strip.resize(1000, 60)
    strip.show_timers([numbing(clock, minutes=18, seconds=4)])
    shown = strip.findChildren(QPushButton)[0]
    assert "since" in shown.text()
    strip.resize(260, 60)
    strip.refresh()
    assert shown.text() == "Numbing && more   18:04"
    assert "since 15:21" in shown.toolTip()
    assert "since 15:21" in shown.accessibleName()


def test_long_enough_is_not_near_the_end(strip: TimerStrip, clock: FixedClock) -> None:
    strip.show_timers([TimerShown("cream", "Cream", clock.now(), 55 * 60, 60 * 60, enough_after_s=30 * 60)])
    said = []
    for minutes in (29, 1, 25, 5):
        clock.advance(minutes=minutes)
        strip.refresh()
        said.append(strip.texts()[0].rsplit("   ", 1)[-1])
    assert said[1:] == ["Long enough", "Time is near", "Over time"]
    assert said[0].startswith("since ")


def test_where_there_is_little_room_it_says_whose_it_is_before_what_it_is(strip: TimerStrip, clock: FixedClock) -> None:
    own = TimerShown("a", "Numbing: LMX4 cream 4 % (UK)", clock.now() - timedelta(minutes=5), short="Numbing")
    other = TimerShown(
        "b", "A. W. C-0025: LMX4 cream 4 % (UK)", clock.now() - timedelta(minutes=9), short="A. W. C-0025"
    )
    strip.resize(500, 60)
    strip.show_timers([own, other])
    shown = [one.text() for one in strip.findChildren(QPushButton)]
    assert shown == ["Numbing   05:00", "A. W. C-0025   09:00"]
    assert "LMX4" in strip.texts()[1]


def test_two_timers_of_one_step_each_show_their_own_time(strip: TimerStrip, clock: FixedClock) -> None:
    strip.show_timers(
        [
            TimerShown("step:numbing", "First cream", clock.now() - timedelta(minutes=14)),
            TimerShown("step:numbing", "Second cream", clock.now()),
        ]
    )
    first, second = strip.texts()
    assert "14:00" in first
    assert "00:00" in second


def test_past_the_usual_time_it_is_not_called_long_enough(strip: TimerStrip, clock: FixedClock) -> None:
    limits = {"warn_after_s": 295 * 60, "over_after_s": 300 * 60, "enough_after_s": 30 * 60, "usual_to_min": 60}
    said = []
    for minutes in (59, 60, 296):
        strip.show_timers([TimerShown("a", "Cream", clock.now() - timedelta(minutes=minutes), **limits)])
        said.append(strip.texts()[0].split("   ")[-1])
    assert said == ["Long enough", "Usual: up to 60 min", "Time is near"]
