"""A double tap, a bouncing pedal and a key held down are one act."""

from __future__ import annotations

from tests.clocks import FixedClock
from ui.toolkit.one_tap import OneTap


def test_taps_after_an_act_are_the_same_one_until_nobody_taps_for_a_while() -> None:
    clock = FixedClock()
    tap = OneTap(clock, 1.0)
    assert not tap.is_same()
    tap.acted()
    for _ in range(60):
        clock.advance(milliseconds=40)
        assert tap.is_same()
    clock.advance(milliseconds=999)
    assert tap.is_same()
    clock.advance(seconds=1)
    assert not tap.is_same()


def test_a_tap_that_did_nothing_holds_up_no_other_and_neither_does_a_clock_set_back() -> None:
    clock = FixedClock()
    tap = OneTap(clock, 1.0)
    assert not tap.is_same()
    assert not tap.is_same()
    tap.acted()
    clock.advance(hours=-1)
    assert not tap.is_same()
