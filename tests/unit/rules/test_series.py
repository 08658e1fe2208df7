"""A series against the reference data, and where it stands after the visits that count."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from needlelog.domain.findings import Level
from needlelog.domain.history import VisitSummary
from needlelog.domain.series import Series
from needlelog.i18n import Words
from needlelog.rules.series import figures_for, numbers, objections, outcome, proposed_day, standing
from tests import builders
from tests.unit.rules.surroundings import shipped

K = shipped()
STARTED = date(2026, 6, 1)
TR = Words()


def a_series(**changes: Any) -> Series:
    values: dict[str, Any] = {
        "id": builders.an_id(900),
        "client_id": builders.CLIENT_ID,
        "concern": "acne-scars",
        "sessions": 6,
        "interval_days": 28,
        "zones": ("cheek_left", "cheek_right"),
        "depth_mm": Decimal("1.25"),
        "started_on": STARTED,
        "at": builders.STARTED,
    }
    return Series.model_validate(values | changes)


def visit(number: int, day: date, **changes: Any) -> VisitSummary:
    at = datetime(day.year, day.month, day.day, 10, tzinfo=UTC)
    values: dict[str, Any] = {
        "id": builders.an_id(number),
        "client_id": builders.CLIENT_ID,
        "started_at": at,
        "signed_at": at + timedelta(hours=2),
        "time_zone": "Europe/Dublin",
        "practitioner": "Mara",
        "series_id": builders.an_id(900),
        "zones": ("cheek_left",),
    }
    return VisitSummary.model_validate(values | changes)


@pytest.mark.parametrize(
    ("concern", "sessions", "interval", "depth"),
    [
        ("acne-scars", 6, 28, "1.0"),
        ("stretch-marks", 6, 30, "1.5"),
        ("hair", None, 14, "0.6"),
        ("melasma", 3, 28, None),
        ("abdominal-scar", 3, 28, None),
    ],
)
def test_a_series_starts_from_the_figures_of_its_concern(
    concern: str, sessions: int | None, interval: int, depth: str | None
) -> None:
    found = figures_for(K, concern)
    assert (found.sessions, found.interval_days) == (sessions, interval)
    assert found.depth_mm == (Decimal(depth) if depth else None)


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"interval_days": 27}, ["series-interval"]),
        ({"interval_days": 28}, []),
        ({"sessions": 7}, ["series-sessions"]),
        ({"sessions": 1}, []),
        ({"depth_mm": Decimal("1.5")}, []),
        ({"depth_mm": Decimal("1.55")}, ["series-depth", "series-depth-zone"]),
        ({"depth_mm": None}, []),
        ({"zones": ("forehead",), "depth_mm": Decimal("1.5")}, ["series-depth-zone"]),
        ({"concern": "hair", "zones": ("scalp_mid",), "interval_days": 13, "depth_mm": None}, ["series-interval"]),
        ({"concern": "hair", "zones": ("scalp_mid",), "interval_days": 14, "depth_mm": None}, []),
        ({"concern": "surgical-scar", "interval_days": 14, "depth_mm": Decimal("0.5")}, []),
        ({"concern": "surgical-scar", "interval_days": 13, "depth_mm": Decimal("0.5")}, ["series-interval"]),
        ({"concern": "surgical-scar", "interval_days": 14, "depth_mm": None}, ["series-interval"]),
    ],
)
def test_what_speaks_against_a_series_is_said_with_its_sources(changes: dict[str, Any], codes: list[str]) -> None:
    found = objections(a_series(**changes), K, TR)
    assert [one.code for one in found] == codes
    assert all(one.sources and one.title and one.level in {Level.ASK, Level.HOLD} for one in found)


@pytest.mark.parametrize(
    "changes",
    [
        {"sessions": 0},
        {"sessions": 1000},
        {"interval_days": 0},
        {"depth_mm": Decimal("-1")},
        {"ended_on": STARTED},
        {"ended_reason": "Because"},
        {"ended_on": STARTED - timedelta(days=1), "ended_reason": "Because"},
        {"concern": ""},
    ],
)
def test_a_series_that_cannot_be_is_none(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        a_series(**changes)


def test_signed_visits_count_by_their_days_and_mistakes_do_not() -> None:
    first, error, second = (STARTED + timedelta(days=days) for days in (0, 10, 30))
    visits = (
        visit(3, second),
        visit(2, error, invalidated=True),
        visit(1, first),
        visit(4, error, series_id=None),
        visit(5, error, series_id=builders.an_id(901)),
    )
    found = standing(a_series(), visits, second + timedelta(days=34))
    assert (found.done, found.number, found.days_since) == ((first, second), 3, 34)
    assert found.next_on == second + timedelta(days=28)
    assert found.early_days == 0
    assert standing(a_series(), visits, second + timedelta(days=20)).early_days == 8
    said = numbers((a_series(),), visits)
    assert {key: (one.number, one.sessions) for key, one in said.items()} == {
        builders.an_id(1): (1, 6),
        builders.an_id(3): (2, 6),
    }


def test_a_visit_in_which_nothing_was_needled_is_no_session() -> None:
    given_up = STARTED + timedelta(days=30)
    visits = (visit(1, STARTED), visit(2, given_up, zones=()), visit(3, STARTED + timedelta(days=40)))
    found = standing(a_series(), visits, STARTED + timedelta(days=50))
    assert (len(found.done), found.number, found.days_since, found.not_needled) == (2, 3, 10, (given_up,))
    assert {key: one.number for key, one in numbers((a_series(),), visits).items()} == {
        builders.an_id(1): 1,
        builders.an_id(3): 2,
    }
    alone = standing(a_series(), visits[1:2], given_up + timedelta(days=1))
    assert (alone.number, alone.days_since, alone.early_days) == (1, None, 0)


def test_what_a_damaged_visit_did_is_not_known_and_it_stays_a_session() -> None:
    visits = (visit(1, STARTED, zones=(), damaged=True), visit(2, STARTED + timedelta(days=30)))
    found = standing(a_series(), visits, STARTED + timedelta(days=50))
    assert (found.number, found.not_needled) == (3, ())


def test_a_series_without_a_visit_begins_on_its_day_and_one_that_is_done_has_no_next() -> None:
    fresh = standing(a_series(), (), STARTED)
    assert (fresh.number, fresh.last_on, fresh.days_since, fresh.next_on) == (1, None, None, STARTED)
    visits = [visit(1, STARTED), visit(2, STARTED + timedelta(days=30))]
    assert standing(a_series(sessions=2), visits, STARTED + timedelta(days=60)).next_on is None
    ended = a_series(ended_on=STARTED, ended_reason="Moved away")
    assert standing(ended, visits[:1], STARTED).next_on is None


def test_a_visit_of_a_wrong_clock_is_not_the_last() -> None:
    visits = (visit(1, STARTED), visit(2, date(2031, 1, 1)))
    assert standing(a_series(), visits, STARTED + timedelta(days=20)).days_since == 20


def test_the_next_visit_is_proposed_by_the_series_and_otherwise_by_the_usual_interval() -> None:
    assert proposed_day(STARTED, K.interval, a_series(interval_days=35)) == STARTED + timedelta(days=35)
    assert proposed_day(STARTED, K.interval, None) == STARTED + timedelta(days=K.interval.usual_from_days)


def test_outcome_scales_stand_side_by_side_and_are_never_mixed() -> None:
    def graded(scale: str, value: int, zone: str = "") -> Any:
        return builders.a_grade(scale=scale, value=value, zone=zone)

    first = (graded("goodman-baron", 4), graded("cea", 1), graded("cea", 3, "chin"))
    last = (graded("goodman-baron", 3),)
    planned = a_series(at_end=(graded("gais", 2),))
    found = {
        one.scale: (one.start.value if one.start else None, one.end.value if one.end else None)
        for one in outcome(planned, (first, (), last))
    }
    assert found == {"goodman-baron": (4, 3), "cea": (1, None), "gais": (None, 2)}
    own = a_series(at_start=(graded("goodman-baron", 2),), at_end=(graded("goodman-baron", 1),))
    (row, *_) = outcome(own, (first, last))
    assert row.start is not None
    assert row.end is not None
    assert (row.start.value, row.end.value) == (2, 1)
    assert all(one.end is None for one in outcome(a_series(), (first,)))
