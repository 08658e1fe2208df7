"""The order in which visits were done, beside wrong clocks and late signatures."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations

from needlelog.storage.order import Done, by_when_done
from tests import builders as b

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def done(number: int, days_ago: float, signed_days_ago: float | None = None) -> Done:
    at = NOW - timedelta(days=days_ago)
    signed = at if signed_days_ago is None else NOW - timedelta(days=signed_days_ago)
    return Done(b.an_id(number), at, signed)


def order(*sealed: Done) -> list[int]:
    return [one.id.int - b.an_id(0).int for one in by_when_done(sealed, NOW)]


def test_what_was_done_last_is_last_in_whatever_order_it_was_signed() -> None:
    days = (70, 34, 10)
    for sealing in permutations((1, 2, 3)):
        # The first of them was signed on day 3, the next on day 2, the last one on day 1.
        sealed = [done(number, days[number - 1], 3 - place) for place, number in enumerate(sealing)]
        assert order(*sealed) == [1, 2, 3]


def test_a_day_to_come_stands_where_it_was_signed() -> None:
    assert order(done(1, 60), done(2, -4000), done(3, 1)) == [1, 2, 3]
    assert order(done(2, -4000), done(1, 60)) == [1, 2]


def test_a_clock_set_back_stands_where_it_was_signed() -> None:
    assert order(done(1, 60), done(2, 4000), done(3, 1)) == [1, 2, 3]


def test_two_at_the_same_moment_stand_as_they_were_signed() -> None:
    assert order(done(2, 5), done(1, 5)) == [2, 1]


def test_nothing_is_last_of_nothing() -> None:
    assert by_when_done((), NOW) == []
