"""Clock times on papers for clients: as the country counts its hours, and never one that has two meanings."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from needlelog.documents.client_words import client_words
from needlelog.documents.clock_times import COUNTED_SO, clock_time
from needlelog.i18n import Words


@pytest.mark.parametrize(
    ("hour", "minute", "ireland", "united_states"),
    [
        (0, 0, "00:00", "12:00\u00a0am"),
        (0, 5, "00:05", "12:05\u00a0am"),
        (3, 33, "03:33", "3:33\u00a0am"),
        (11, 59, "11:59", "11:59\u00a0am"),
        (12, 0, "12:00", "12:00\u00a0noon"),
        (12, 1, "12:01", "12:01\u00a0pm"),
        (15, 33, "15:33", "3:33\u00a0pm"),
        (23, 59, "23:59", "11:59\u00a0pm"),
    ],
)
def test_a_time_is_written_as_the_country_counts(hour: int, minute: int, ireland: str, united_states: str) -> None:
    at = datetime(2026, 11, 20, hour, minute, tzinfo=UTC)
    assert clock_time(at, "IE", Words()) == clock_time(at, "", Words()) == ireland
    assert clock_time(at, "US", Words()) == united_states


@pytest.mark.parametrize(
    ("language", "morning", "noon", "afternoon"),
    [
        ("es", "3:33\u00a0a.\u00a0m.", "12:00\u00a0del\u00a0mediodía", "3:33\u00a0p.\u00a0m."),
        ("ar", "3:33\u00a0ص", "12:00\u00a0ظهرا", "3:33\u00a0م"),
        ("de", "03:33", "12:00", "15:33"),
        ("zh", "03:33", "12:00", "15:33"),
    ],
)
def test_in_the_languages_that_count_so_there(language: str, morning: str, noon: str, afternoon: str) -> None:
    words = client_words(language)
    told = [
        clock_time(datetime(2026, 11, 20, *time, tzinfo=UTC), "US", words).strip("\u2068\u2069")
        for time in ((3, 33), (12, 0), (15, 33))
    ]
    assert told == [morning, noon, afternoon]
    assert (language in COUNTED_SO) == (afternoon != "15:33")
