"""A clock that somebody sets while the program runs: time goes on as it did, and it is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from needlelog.clock import SteadyClock
from tests.clocks import FixedClock

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


class Computer:
    """Its clock, which anybody may set, and the seconds that pass whatever they do."""

    def __init__(self) -> None:
        self.shown = FixedClock(NOON)
        self.passed = 0.0
        self.clock = SteadyClock(self.shown, lambda: self.passed)

    def live(self, minutes: float) -> None:
        """Let time go by for both."""
        self.passed += minutes * 60
        self.shown.advance(minutes=minutes)


@pytest.mark.parametrize("by", [timedelta(days=-1), timedelta(hours=-1), timedelta(days=-365), timedelta(days=1)])
def test_a_clock_that_is_set_takes_no_minute_from_what_runs(by: timedelta) -> None:
    computer = Computer()
    began = computer.clock.now()
    computer.live(20)
    computer.shown.moment += by
    computer.live(45)
    assert computer.clock.now() - began == timedelta(minutes=65)
    assert computer.clock.set_to == NOON + timedelta(minutes=65) + by
    computer.clock.follow()
    assert computer.clock.now() == computer.shown.now()
    assert computer.clock.set_to is None


def test_a_clock_put_right_by_seconds_is_followed_however_often() -> None:
    computer = Computer()
    for _ in range(10):
        computer.live(30)
        computer.shown.advance(seconds=-20)
        assert computer.clock.now() == computer.shown.now()
    assert computer.clock.set_to is None


def test_a_clock_that_is_put_back_as_it_was_needs_no_more_words() -> None:
    computer = Computer()
    computer.shown.advance(hours=-1)
    assert computer.clock.set_to is not None
    computer.shown.advance(hours=1)
    assert computer.clock.set_to is None
    assert computer.clock.now() == NOON


def test_the_real_clock_runs() -> None:
    clock = SteadyClock()
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=30)
    assert clock.set_to is None
