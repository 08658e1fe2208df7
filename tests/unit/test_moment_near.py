"""From a time on the wall to the moment meant, over midnight and over a change of clocks."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from needlelog.clock import moment_near


def utc(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("wall", "near", "zone", "moment"),
    [
        (time(14, 2), utc(11, 20, 14), "Europe/London", utc(11, 20, 14, 2)),
        (time(9, 0), utc(11, 20, 14), "America/New_York", utc(11, 20, 14)),
        (time(23, 50), utc(11, 20, 0, 5), "Europe/London", utc(11, 19, 23, 50)),
        (time(0, 10), utc(11, 20, 23, 30), "Europe/London", utc(11, 21, 0, 10)),
        # The clock shows 01:30 twice on this night; the visit says which one is meant.
        (time(1, 30), utc(10, 25, 0, 20), "Europe/London", utc(10, 25, 0, 30)),
        (time(1, 30), utc(10, 25, 2, 0), "Europe/London", utc(10, 25, 1, 30)),
    ],
)
def test_it_is_the_nearest_moment_at_which_the_wall_shows_it(
    wall: time, near: datetime, zone: str, moment: datetime
) -> None:
    assert moment_near(wall, near, zone) == moment


def test_a_time_that_the_clock_skips_is_not_made_up() -> None:
    found = moment_near(time(1, 30), utc(3, 29, 12), "Europe/London")
    assert found.date() != utc(3, 29, 12).date()
