"""Ages: the client is judged by full years on the day of the visit, the strictest rule alone."""

from __future__ import annotations

from datetime import date

import pytest

from needlelog.domain.findings import Gate, Level
from needlelog.rules.client_age import judge_age, under_age
from tests import builders
from tests.unit.rules.surroundings import shipped

DAY = date(2026, 11, 20)
AGES = tuple(shipped().ages.values())


@pytest.mark.parametrize(
    ("born", "code", "level", "gate"),
    [
        (date(2008, 11, 21), "age-under-18", Level.HOLD, Gate.NEEDLING),
        (date(2008, 11, 20), "age-under-22", Level.ASK, Gate.NONE),
        (date(2004, 11, 21), "age-under-22", Level.ASK, Gate.NONE),
    ],
)
def test_the_strictest_rule_speaks_until_the_birthday(born: date, code: str, level: Level, gate: Gate) -> None:
    (found,) = judge_age(builders.a_client(birth_date=born), DAY, AGES)
    assert (found.code, found.level, found.gate) == (code, level, gate)
    assert found.overridable is (gate is Gate.NEEDLING)
    assert found.sources


def test_nothing_speaks_from_the_last_birthday_on() -> None:
    assert list(judge_age(builders.a_client(birth_date=date(2004, 11, 20)), DAY, AGES)) == []


def test_a_birthday_on_the_29th_of_february_counts_from_the_1st_of_march() -> None:
    client = builders.a_client(birth_date=date(2008, 2, 29))
    assert [found.code for found in judge_age(client, date(2026, 2, 28), AGES)] == ["age-under-18"]
    assert [found.code for found in judge_age(client, date(2026, 3, 1), AGES)] == ["age-under-22"]


def test_the_order_of_the_rules_does_not_matter() -> None:
    child = builders.a_client(birth_date=date(2012, 1, 1))
    assert list(judge_age(child, DAY, AGES)) == list(judge_age(child, DAY, reversed(AGES)))


def test_a_reason_holds_for_this_age_only() -> None:
    child = builders.a_client(birth_date=date(2010, 11, 21))
    today, tomorrow = (next(iter(judge_age(child, day, AGES))).key for day in (date(2026, 11, 20), date(2026, 11, 21)))
    assert today != tomorrow


@pytest.mark.parametrize(("age", "flagged"), [(17, True), (18, False), (21, False)])
def test_only_a_rule_that_holds_back_flags_a_client(age: int, flagged: bool) -> None:
    assert under_age(age, AGES) is flagged
