"""Each row of the table of contraindications, on both sides of its line: yes and no, the last day and the day after.

Of what is still to come: the last day before it on which needling is open, and the day after that.

The levels and days stand here once more, apart from the reference data, so that a slip in either is seen.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from needlelog.domain.findings import Finding, Gate, Level
from needlelog.domain.materials import DeviceKind, DeviceSettings
from needlelog.domain.session import ScreeningAnswer, SessionDraft, YesNo
from needlelog.knowledge.model import Knowledge
from needlelog.rules.circumstances import Circumstances
from needlelog.rules.client_age import judge_age
from needlelog.rules.screening import UNANSWERED, judge_screening
from tests import builders

Around = Callable[..., Circumstances]

STOP, HOLD, ASK = Level.STOP, Level.HOLD, Level.ASK

# Row: level, days to wait from the day it ended (None: no day clears it).
ROWS: dict[str, tuple[Level, int | None]] = {
    "C01": (STOP, None),
    "C02": (STOP, None),
    "C03": (HOLD, None),
    "C04": (STOP, None),
    "C05": (STOP, None),
    "C06": (STOP, None),
    "C07": (STOP, None),
    "C08": (STOP, None),
    "C09": (ASK, 7),
    "C10": (STOP, None),
    "C11": (HOLD, None),
    "C12": (STOP, None),
    "C13": (HOLD, 366),
    "C14": (STOP, None),
    "C15": (STOP, None),
    "C16": (HOLD, None),
    "C17": (STOP, None),
    "C18": (STOP, None),
    "C19": (STOP, 92),
    "C19-ahead": (STOP, 28),
    "C20": (HOLD, None),
    "C21": (HOLD, None),
    "C22": (STOP, None),
    "C23": (STOP, None),
    "C24": (HOLD, 184),
    "C25": (HOLD, 366),
    "C26": (HOLD, 31),
    "C27": (HOLD, 84),
    "C28": (HOLD, 92),
    "C29": (HOLD, 366),
    "C30": (HOLD, 366),
    "C31": (HOLD, 14),
    "C32": (ASK, 14),
    "C33": (HOLD, 7),
    "C34": (HOLD, 7),
    "C35": (HOLD, 7),
    "C36": (HOLD, 2),
    "C37": (ASK, None),
    "C38": (ASK, None),
    "C39": (STOP, None),
    "C41": (STOP, None),
    "C42": (ASK, 14),
    "C43": (ASK, 2),
    "C44": (ASK, None),
    "C45": (ASK, None),
    "C46": (HOLD, None),
}
AHEAD = "C19-ahead"
AGE = "C40"
CREAM_ONLY = "C41"
"""Asks at the consultation, and stops the cream (``test_no_anaesthetic.py``)."""

GATES = {STOP: Gate.NEEDLING, HOLD: Gate.NEEDLING, ASK: Gate.NONE}

# An ordinary day, the leap day, the day after it, and the day after a February without one.
VISIT_DAYS = (date(2026, 11, 20), date(2028, 2, 29), date(2028, 3, 1), date(2027, 3, 1))
LEAP_DAY = date(2028, 2, 29)

WITH_WAIT = [row for row, (_, wait) in ROWS.items() if wait is not None and row != AHEAD]
WITHOUT_WAIT = [row for row, (_, wait) in ROWS.items() if wait is None]


def _visit(row: str, answer: YesNo, day: date, ended_on: date | None = None) -> SessionDraft:
    """A visit on ``day`` whose screening is answered with no but for ``row``."""
    screening = tuple(
        ScreeningAnswer(
            contraindication=one,
            answer=answer if one == row else "no",
            ended_on=ended_on if one == row else None,
            at=builders.a_moment(3),
        )
        for one in builders.SCREENING_IDS
    )
    started = datetime(day.year, day.month, day.day, 14, 0, tzinfo=UTC)
    return builders.a_full_draft(started_at=started, consultation=builders.a_consultation(screening=screening))


def _at_the_chair(row: str, around: Around) -> Circumstances:
    """The usual devices; a radio-frequency device for the row that concerns only such."""
    if row != "C39":
        return around()
    usual = builders.a_device()
    settings = usual.device or DeviceSettings(kind=DeviceKind.RF)
    return around(products={usual.id: usual.with_(device=settings.with_(kind=DeviceKind.RF))})


def _found(draft: SessionDraft, row: str, around: Around) -> list[Finding]:
    return [one for one in judge_screening(draft, _at_the_chair(row, around)) if one.code != UNANSWERED]


def _fires(found: list[Finding], row: str) -> None:
    level = ASK if row == CREAM_ONLY else ROWS[row][0]
    assert [(one.code, one.level, one.gate) for one in found] == [(row, level, GATES[level])]
    assert found[0].sources
    assert found[0].title


def test_the_table_holds_every_row_of_the_reference_data(knowledge: Knowledge) -> None:
    assert {*ROWS, AGE} == set(knowledge.contraindications)
    shipped = {
        row: (entry.level, entry.wait.days if entry.wait else None)
        for row, entry in knowledge.contraindications.items()
        if row != AGE
    }
    assert shipped == ROWS


@pytest.mark.parametrize("row", ROWS)
def test_yes_fires_and_no_does_not(row: str, around: Around) -> None:
    for day in VISIT_DAYS:
        _fires(_found(_visit(row, "yes", day), row, around), row)
        _fires(_found(_visit(row, "unsure", day), row, around), row)
        assert _found(_visit(row, "no", day), row, around) == []


@pytest.mark.parametrize("day", VISIT_DAYS, ids=str)
@pytest.mark.parametrize("row", WITH_WAIT)
def test_the_last_day_of_waiting_fires_and_the_day_after_does_not(row: str, day: date, around: Around) -> None:
    wait = ROWS[row][1]
    assert wait is not None
    over = day - timedelta(days=wait)
    assert _found(_visit(row, "yes", day, over), row, around) == []
    assert _found(_visit(row, "yes", day, over - timedelta(days=1)), row, around) == []
    _fires(_found(_visit(row, "yes", day, over + timedelta(days=1)), row, around), row)
    _fires(_found(_visit(row, "yes", day, day), row, around), row)
    _fires(_found(_visit(row, "yes", day, day + timedelta(days=1)), row, around), row)


@pytest.mark.parametrize("row", WITH_WAIT)
def test_what_ended_on_a_leap_day_is_counted_in_days(row: str, around: Around) -> None:
    wait = ROWS[row][1]
    assert wait is not None
    free = LEAP_DAY + timedelta(days=wait)
    assert _found(_visit(row, "yes", free, LEAP_DAY), row, around) == []
    (held,) = _found(_visit(row, "yes", free - timedelta(days=1), LEAP_DAY), row, around)
    _fires([held], row)
    assert "29-Feb-2028" in held.detail


@pytest.mark.parametrize("day", VISIT_DAYS, ids=str)
def test_what_is_to_come_holds_from_so_many_days_before_it_begins(day: date, around: Around) -> None:
    wait = ROWS[AHEAD][1]
    assert wait is not None
    begins = day + timedelta(days=wait)
    assert _found(_visit(AHEAD, "yes", day, begins), AHEAD, around) == []
    assert _found(_visit(AHEAD, "yes", day, begins + timedelta(days=1)), AHEAD, around) == []
    for held in (begins - timedelta(days=1), day + timedelta(days=1), day, day - timedelta(days=400)):
        _fires(_found(_visit(AHEAD, "yes", day, held), AHEAD, around), AHEAD)
    _fires(_found(_visit(AHEAD, "unsure", day, begins), AHEAD, around), AHEAD)


def test_what_begins_on_a_leap_day_is_counted_back_in_days(around: Around) -> None:
    open_until = date(2028, 2, 1)
    assert _found(_visit(AHEAD, "yes", open_until, LEAP_DAY), AHEAD, around) == []
    (held,) = _found(_visit(AHEAD, "yes", open_until + timedelta(days=1), LEAP_DAY), AHEAD, around)
    assert held.detail == (
        "Begins 29-Feb-2028: in 3 weeks (27 days); the rule asks 4 weeks (28 days) before it (not after 01-Feb-2028)."
    )
    (begun,) = _found(_visit(AHEAD, "yes", LEAP_DAY, LEAP_DAY), AHEAD, around)
    assert begun.detail.startswith("Begins 29-Feb-2028: it may have begun;")


@pytest.mark.parametrize("row", WITHOUT_WAIT)
def test_where_there_is_no_waiting_period_no_day_clears(row: str, around: Around) -> None:
    for day in VISIT_DAYS:
        for ended in (day, day - timedelta(days=1), day - timedelta(days=5000)):
            _fires(_found(_visit(row, "yes", day, ended), row, around), row)


@pytest.mark.parametrize(
    ("born", "visit", "code"),
    [
        (date(2004, 11, 21), date(2026, 11, 20), "age-under-22"),
        (date(2004, 11, 20), date(2026, 11, 20), None),
        (date(2008, 11, 21), date(2026, 11, 20), "age-under-18"),
        (date(2008, 11, 20), date(2026, 11, 20), "age-under-22"),
        # Born on a leap day: in other years the birthday counts from 1 March.
        (date(2008, 2, 29), date(2026, 2, 28), "age-under-18"),
        (date(2008, 2, 29), date(2026, 3, 1), "age-under-22"),
        (date(2004, 2, 29), date(2026, 2, 28), "age-under-22"),
        (date(2004, 2, 29), date(2026, 3, 1), None),
        (date(2010, 2, 28), date(2028, 2, 29), "age-under-22"),
        (date(2010, 3, 1), date(2028, 2, 29), "age-under-18"),
    ],
)
def test_age_on_both_sides_of_the_birthday(born: date, visit: date, code: str | None, around: Around) -> None:
    started = datetime(visit.year, visit.month, visit.day, 14, 0, tzinfo=UTC)
    found = [*judge_age(builders.a_full_draft(started_at=started), around(client=builders.a_client(birth_date=born)))]
    assert [one.code for one in found] == ([code] if code else [])
