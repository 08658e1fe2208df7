"""Days counted back from the next visit: over changes of clocks, ends of years, leap days, and when time is short."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from needlelog.domain.findings import Source
from needlelog.i18n import Words
from needlelog.knowledge.model import PreparationRule
from needlelog.knowledge.told import english_preparation
from needlelog.rules.preparation import Advice, advice_before

TODAY = date(2026, 11, 20)
WORDS = Words()


def a_rule(**changes: Any) -> PreparationRule:
    usual: dict[str, Any] = {
        "id": "retinol",
        "sources": (Source(address="example"),),
        "collected_on": TODAY,
        "kind": "leave",
        "text": "Use no retinol there from {by} on.",
        "brief": "retinol",
        "days_before": 7,
    }
    return PreparationRule(**(usual | changes))


def advice(*rules: PreparationRule, visit_on: date | None, areas: frozenset[str] = frozenset()) -> tuple[Advice, ...]:
    told = english_preparation(rules)
    return advice_before(rules, areas=areas, visit_on=visit_on, today=TODAY, told=told, tr=WORDS)


@pytest.mark.parametrize(
    ("visit_on", "day", "spoken"),
    [
        (date(2027, 1, 8), date(2027, 1, 1), "Friday 1 January"),
        (date(2027, 1, 4), date(2026, 12, 28), "Monday 28 December"),
        (date(2028, 3, 4), date(2028, 2, 26), "Saturday 26 February"),
        (date(2027, 4, 1), date(2027, 3, 25), "Thursday 25 March"),
        (date(2026, 11, 27), TODAY, "Friday 20 November"),
        (date(2026, 11, 24), TODAY, "Friday 20 November"),
    ],
)
def test_a_day_lies_so_many_days_before_the_visit_but_never_before_today(
    visit_on: date, day: date, spoken: str
) -> None:
    (one,) = advice(a_rule(), visit_on=visit_on)

    assert one.day == day
    assert one.text == f"Use no retinol there from {spoken} on."
    assert one.told == "Use no retinol there."


def test_without_a_day_of_the_visit_the_days_are_counted_in_words() -> None:
    one, other = advice(a_rule(), a_rule(id="sun", days_before=1, text="Ask us by {by}."), visit_on=None)

    assert (one.day, one.text) == (None, "Use no retinol there from 7 days before your visit on.")
    assert other.text == "Ask us by 1 day before your visit."


def test_the_longest_notice_comes_first_and_what_has_no_day_last() -> None:
    rules = (
        a_rule(id="bare", days_before=None, text="Come with bare skin.", order=1),
        a_rule(id="acid", order=4),
        a_rule(id="wax", order=3),
        a_rule(id="sun", days_before=14, order=9),
    )

    assert [one.rule for one in advice(*rules, visit_on=date(2027, 1, 8))] == ["sun", "wax", "acid", "bare"]


def test_a_rule_for_other_areas_is_left_out_unless_nobody_knows_the_area() -> None:
    rules = (a_rule(id="hair", areas=("scalp",)), a_rule(id="face", areas=("face", "eye")))

    assert [one.rule for one in advice(*rules, visit_on=None, areas=frozenset({"scalp"}))] == ["hair"]
    assert [one.rule for one in advice(*rules, visit_on=None)] == ["hair", "face"]
