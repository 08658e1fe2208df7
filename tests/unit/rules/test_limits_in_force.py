"""A figure that is changed while a cream is on the skin: the stricter of both counts, and what was changed is said."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from needlelog.domain.materials import AnaestheticLimits, Product
from needlelog.domain.session import Numbing
from needlelog.i18n import Words
from needlelog.rules.judgement import judge
from needlelog.rules.limits_in_force import change_said, draft_in_force, in_force, timer_in_force
from tests import builders as b
from tests.unit.rules.surroundings import around, shipped

AGENTS = (("lidocaine", Decimal(4)),)


def limits(**figures: Any) -> AnaestheticLimits:
    return AnaestheticLimits(agents=AGENTS, **figures)


def a_cream(**figures: Any) -> Numbing:
    return b.a_numbing(limits=limits(**figures), removed_at=None)


def listed(now: AnaestheticLimits, knowledge_id: str = "") -> dict[Any, Product]:
    product = b.an_anaesthetic(anaesthetic=now, knowledge_id=knowledge_id)
    return {product.id: product}


@pytest.mark.parametrize(
    ("key", "then", "now", "counts"),
    [
        ("dwell_max_min", 60, 45, 45),
        ("dwell_max_min", 45, 60, 45),
        ("dwell_max_min", None, 45, 45),
        ("dwell_max_min", 45, None, 45),
        ("max_g", Decimal(60), Decimal(30), Decimal(30)),
        ("max_area_cm2", Decimal(600), Decimal(900), Decimal(600)),
        ("g_per_10cm2", Decimal(2), Decimal("1.25"), Decimal("1.25")),
        ("g_per_10cm2", Decimal("1.25"), Decimal(2), Decimal("1.25")),
        ("not_again_h", 24, 12, 24),
        ("not_again_h", 12, 24, 24),
        ("not_again_h", None, 24, 24),
    ],
)
def test_the_stricter_of_then_and_now_counts(key: str, then: object, now: object, counts: object) -> None:
    found = in_force(a_cream(**{key: then}), listed(limits(**{key: now})), shipped())
    assert getattr(found.limits, key) == counts


def test_a_usual_time_that_the_clinic_shortened_counts_and_one_that_it_lengthened_does_not() -> None:
    entry = shipped().products["lmx4-uk"]
    assert entry.usual_to_min is not None
    products = listed(limits(), knowledge_id=entry.id)
    shorter = shipped().with_entry("products", entry.with_(usual_to_min=entry.usual_to_min - 1))
    cream = b.a_numbing(limits=limits(), usual_to_min=entry.usual_to_min)
    assert in_force(cream, products, shorter).usual_to_min == entry.usual_to_min - 1
    longer = shipped().with_entry("products", entry.with_(usual_to_min=entry.usual_to_min + 1))
    assert in_force(cream, products, longer).usual_to_min == entry.usual_to_min


def test_grams_of_a_product_that_holds_something_else_by_now_say_nothing_of_this_cream() -> None:
    other = AnaestheticLimits(agents=(("lidocaine", Decimal(5)),), max_g=Decimal(1), dwell_max_min=20)
    found = in_force(a_cream(max_g=Decimal(60), dwell_max_min=60), listed(other), shipped())
    assert (found.limits.max_g, found.limits.dwell_max_min) == (60, 20)


def test_what_was_changed_is_said_and_nothing_where_nothing_was() -> None:
    cream = a_cream(dwell_max_min=60, max_g=Decimal(60))
    said = change_said(cream, listed(limits(dwell_max_min=45, max_g=None)), shipped(), Words())
    assert "at most: 60 min, now 45 min" in said
    assert "At most: 60 g, now none" in said
    assert said.endswith("The stricter counts.")
    assert change_said(cream, listed(cream.limits), shipped(), Words()) == ""
    assert change_said(cream, {}, shipped(), Words()) == ""


@pytest.mark.parametrize(("then", "now"), [(60, 45), (45, 60)])
def test_the_timer_and_the_rules_go_by_the_stricter(then: int, now: int) -> None:
    cream = a_cream(dwell_min_min=50, dwell_max_min=then)
    products = listed(limits(dwell_min_min=50, dwell_max_min=now))
    draft = b.a_full_draft(numbing=(cream,))
    (timer,) = draft_in_force(draft, products, shipped()).running
    (bare,) = draft.running
    assert timer.most_min == timer_in_force(bare, products, shipped()).most_min == 45
    assert timer_in_force(bare, products, shipped()).limit_changed
    assert not timer_in_force(bare, listed(cream.limits), shipped()).limit_changed
    assert (timer.least_min or 0) <= 45
    at = b.a_moment(20 + 46)
    found = [one for one in judge(draft, around(products=products, now=at)) if one.code == "numbing-long"]
    assert [f"{then} min, now {now} min" in one.detail for one in found] == [True]


def test_off_the_list_the_limits_of_the_record_count() -> None:
    cream = a_cream(dwell_max_min=60)
    assert in_force(cream, {}, shipped()) == cream
