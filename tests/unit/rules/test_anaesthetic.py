"""Dwell, dose and area at the label's limits, all applications together, and never on needled skin."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from needlelog.domain.findings import Gate, Level
from needlelog.domain.materials import AnaestheticLimits
from needlelog.domain.session import Numbing
from needlelog.rules.anaesthetic import applied_mg
from needlelog.rules.circumstances import Circumstances
from needlelog.rules.judgement import judge
from tests import builders

Around = Callable[..., Circumstances]


def _codes(around: Circumstances, *numbing: Numbing) -> list[str]:
    return [finding.code for finding in judge(builders.a_full_draft(numbing=numbing), around)]


@pytest.mark.parametrize(
    ("minutes", "codes"),
    [(29, ["numbing-short"]), (30, []), (60, []), (61, ["numbing-long"])],
)
def test_dwell_at_the_limits(minutes: int, codes: list[str], around: Around) -> None:
    one = builders.a_numbing(on_at=builders.a_moment(-10), removed_at=builders.a_moment(minutes - 10))
    assert _codes(around(), one) == codes


def test_what_is_still_on_holds_the_needles(around: Around) -> None:
    assert _codes(around(), builders.a_numbing(on_at=builders.a_moment(50), removed_at=None)) == ["numbing-on"]


@pytest.mark.parametrize(
    ("first", "second", "codes"),
    [
        ({"applied_g": Decimal(20)}, {"applied_g": Decimal(20)}, []),
        ({"applied_g": Decimal(20)}, {"applied_g": Decimal("20.001")}, ["numbing-dose"]),
        ({"applied_g": Decimal("40.001")}, {"applied_g": None}, ["numbing-dose"]),
        ({"area_cm2": Decimal(500)}, {"area_cm2": Decimal(500)}, []),
        ({"area_cm2": Decimal(500)}, {"area_cm2": Decimal("400.1"), "zones": ("abdomen",)}, ["numbing-area"]),
        ({"area_cm2": Decimal(500)}, {"area_cm2": Decimal(400), "zones": ("abdomen",)}, []),
    ],
)
def test_the_label_counts_for_all_applications_of_a_product(
    first: dict[str, Any], second: dict[str, Any], codes: list[str], around: Around
) -> None:
    both = (builders.a_numbing(**first), builders.a_numbing(id=builders.an_id(701), **second))
    assert _codes(around(), *both) == codes
    # The same cream from another entry of the list is the same cream; another content counts for itself.
    assert _codes(around(), both[0], both[1].with_(product_id=builders.an_id(702))) == codes
    limits = both[1].limits.with_(agents=(("articaine", Decimal(4)),))
    other = both[1].with_(product_id=builders.an_id(702), limits=limits)
    assert ("numbing-dose" in _codes(around(), both[0], other)) == (first.get("applied_g", 0) > 40)


COMPOUNDED = AnaestheticLimits(agents=(("Lidocaine", Decimal(10)), ("benzocaine", Decimal(20))))


@pytest.mark.parametrize(
    ("grams", "weight", "codes"),
    [
        ("2.7", "60", []),  # 270 mg, which is 4.5 mg for each of 60 kg
        ("2.8", "60", ["numbing-agent"]),
        ("3", "100", []),  # 450 mg by weight, 300 mg in all: the stricter counts
        ("3.1", "100", ["numbing-agent"]),
        ("3", None, []),
        ("3.1", None, ["numbing-agent"]),
    ],
)
def test_milligrams_against_the_body_where_no_label_says_how_much(
    grams: str, weight: str | None, codes: list[str], around: Around
) -> None:
    one = builders.a_numbing(applied_g=Decimal(grams), limits=COMPOUNDED)
    consultation = builders.a_consultation(weight_kg=Decimal(weight) if weight else None)
    found = judge(builders.a_full_draft(numbing=(one,), consultation=consultation), around())
    assert [finding.code for finding in found] == codes
    for finding in found:
        assert (finding.level, finding.gate) == (Level.NOTE, Gate.NONE)
        assert ("body weight not recorded" in finding.detail) == (weight is None)
        assert finding.sources


def test_a_label_that_says_how_much_counts_before_the_limit_of_injections(around: Around) -> None:
    limits = COMPOUNDED.with_(max_g=Decimal(60))
    one = builders.a_numbing(applied_g=Decimal(10), limits=limits)
    assert _codes(around(), one) == []


def test_the_same_agent_in_two_creams_counts_together(around: Around) -> None:
    labelled = builders.a_numbing(applied_g=Decimal(2), limits=COMPOUNDED.with_(max_g=Decimal(60)))
    other = builders.a_numbing(
        id=builders.an_id(703), product_id=builders.an_id(704), applied_g=Decimal(2), limits=COMPOUNDED
    )
    assert _codes(around(), labelled, other) == ["numbing-agent"]


def test_two_creams_with_one_agent_are_a_precaution_whatever_their_labels_allow(around: Around) -> None:
    one = builders.a_numbing(applied_g=Decimal(15), area_cm2=None)
    both = one.limits.with_(agents=(("Lidocaine", Decimal("2.5")), ("prilocaine", Decimal("2.5"))))
    other = one.with_(id=builders.an_id(703), product_id=builders.an_id(704), name="Other cream", limits=both)
    judged = judge(builders.a_full_draft(numbing=(one, other.with_(applied_g=Decimal(11)))), around())
    (found,) = (finding for finding in judged if finding.code == "numbing-several")
    assert (found.level, found.gate) == (Level.ASK, Gate.NONE)
    assert "875 mg" in found.detail
    assert one.name in found.detail
    assert "Other cream" in found.detail
    assert found.sources
    assert "numbing-several" not in _codes(around(), one, one.with_(id=builders.an_id(703)))
    assert "numbing-several" not in _codes(around(), one, other.with_(on_at=None, removed_at=None))
    ungiven = judge(builders.a_full_draft(numbing=(one, other.with_(applied_g=None))), around())
    assert "Not all grams are noted" in next(x.detail for x in ungiven if x.code == "numbing-several")


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"zones": ("cheek_left",)}, ["numbing-broken-skin"]),
        ({"zones": ()}, ["numbing-broken-skin"]),
        ({"zones": ("abdomen",)}, []),
    ],
)
def test_nothing_numbs_skin_that_was_needled(changes: dict[str, Any], codes: list[str], around: Around) -> None:
    late = builders.a_numbing(on_at=builders.a_moment(75), removed_at=builders.a_moment(110), **changes)
    assert _codes(around(now=builders.a_moment(120)), late) == codes


def test_milligrams_are_grams_times_percent_times_ten() -> None:
    assert applied_mg(builders.a_numbing(applied_g=Decimal("2.5"))) == (("lidocaine", Decimal(100)),)
