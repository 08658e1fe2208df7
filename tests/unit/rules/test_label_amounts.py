"""Grams, layer and hours of the shipped creams, on both sides of their lines."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from needlelog.domain.findings import CLINIC, Finding, Gate, Level
from needlelog.domain.materials import AnaestheticLimits
from needlelog.domain.session import Numbing
from needlelog.rules.judgement import judge
from tests import builders as b
from tests.unit.rules.surroundings import around, shipped

DIFFERENT_SKIN = ("abdomen",)


def a_cream(entry: str, number: int = 0, **changes: Any) -> Numbing:
    """An application of a shipped cream from the clinic's list."""
    known = shipped().products[entry]
    usual = {"id": b.an_id(740 + number), "product_id": b.an_id(750 + number), "name": known.name}
    return b.a_numbing(**(usual | {"limits": known.anaesthetic, "area_cm2": None, "applied_g": None} | changes))


def judged(*numbing: Numbing, before: tuple[Numbing, ...] = ()) -> list[Finding]:
    products = {
        one.product_id: b.an_anaesthetic(
            id=one.product_id, name=one.name, anaesthetic=one.limits, knowledge_id=entry.id
        )
        for one in numbing
        for entry in shipped().products.values()
        if entry.name == one.name
    }
    listed = around().products
    found = judge(b.a_full_draft(numbing=numbing), around(products={**listed, **products}, numbed_before=before))
    return [one for one in found if one.code.startswith("numbing-") and one.code != "numbing-short"]


@pytest.mark.parametrize(
    ("entry", "grams", "area", "codes"),
    [
        ("lmx4-uk", "40", "200", []),  # a face, as the label has it
        ("lmx4-uk", "40.1", "200", ["numbing-layer"]),
        ("lmx4-uk", "200", "50", ["numbing-dose", "numbing-layer"]),
        ("lmx4-uk", "40", "10", ["numbing-layer"]),
        ("lmx4-uk", "180", None, []),  # 2 g on each 10 of 900 cm²
        ("lmx4-uk", "500", None, ["numbing-dose"]),
        ("lmx4-uk", "9999", "900", ["numbing-dose", "numbing-layer"]),
        ("emla-eu", "20", "100", []),
        ("emla-eu", "20.1", "100", ["numbing-layer"]),
        ("emla-us", "12.5", "100", []),
        ("emla-us", "12.6", "100", ["numbing-layer"]),
        ("blt-compounded", "0.5", "2.5", []),
        ("blt-compounded", "0.6", "2.5", ["numbing-layer"]),
        ("lmx4-us", "10", "10", ["numbing-agent"]),  # its label says no amount: the limit of injections is advice
    ],
)
def test_grams_and_layer_at_the_limits_of_the_label(entry: str, grams: str, area: str | None, codes: list[str]) -> None:
    one = a_cream(entry, applied_g=Decimal(grams), area_cm2=Decimal(area) if area else None)
    found = judged(one)
    assert [finding.code for finding in found] == codes
    for finding in found:
        assert finding.sources
        if finding.code != "numbing-agent":
            assert (finding.level, finding.gate, finding.overridable) == (Level.HOLD, Gate.NEEDLING, True)


def test_a_thin_layer_elsewhere_makes_no_thick_one_thinner() -> None:
    thin = a_cream("lmx4-uk", applied_g=Decimal(2), area_cm2=Decimal(500), zones=DIFFERENT_SKIN)
    thick = a_cream("lmx4-uk", 1, applied_g=Decimal(40), area_cm2=Decimal(50), product_id=thin.product_id)
    (found,) = judged(thin, thick)
    assert (found.code, found.field) == ("numbing-layer", f"numbing:{thick.id}")
    assert "10 g here" in found.detail


@pytest.mark.parametrize(
    ("first", "second", "thick"),
    [
        (("cheek_left", "chin"), ("chin",), True),
        (("cheek_left", "chin"), ("cheek_left", "chin"), True),
        (("cheek_left", "chin"), ("nose", "chin"), True),
        (("cheek_left", "chin"), (), True),  # it may lie anywhere
        (("cheek_left",), ("chin",), False),
    ],
)
def test_layers_add_up_where_their_zones_overlap(first: tuple[str, ...], second: tuple[str, ...], thick: bool) -> None:
    below = a_cream("lmx4-uk", applied_g=Decimal(20), area_cm2=Decimal(150), zones=first)
    above = a_cream("lmx4-uk", 1, applied_g=Decimal(4), area_cm2=Decimal(50), zones=second, product_id=below.product_id)
    found = judged(below, above)
    assert [(one.code, one.field) for one in found] == [("numbing-layer", f"numbing:{above.id}")] * thick
    for one in found:
        assert "20 g on 150 cm²; 4 g on 50 cm²" in one.detail
        assert "spread evenly" in one.detail
        assert "2.14 g on 10 cm²" in one.detail
        assert "Chin" in one.detail


@pytest.mark.parametrize(
    ("off", "on", "thick"),
    [(30, 30, False), (30, 31, False), (31, 30, True), (None, 31, True), (30, None, True)],
)
def test_layers_add_up_only_while_both_are_on_the_skin(off: int | None, on: int | None, thick: bool) -> None:
    first = a_cream(
        "lmx4-uk",
        applied_g=Decimal(25),
        area_cm2=Decimal(150),
        on_at=b.a_moment(5),
        removed_at=None if off is None else b.a_moment(off),
    )
    then = first.with_(
        id=b.an_id(741), on_at=None if on is None else b.a_moment(on), removed_at=None if on is None else b.a_moment(60)
    )
    for used in ((first, then), (then, first)):
        assert ["numbing-layer"] * thick == [one.code for one in judged(*used) if one.code == "numbing-layer"]


def test_what_makes_several_layers_too_thick_is_asked_once_and_the_answer_is_for_its_zones() -> None:
    def on(number: int, *zones: str, at: int = 5) -> Numbing:
        one = a_cream("lmx4-uk", number, applied_g=Decimal(10), area_cm2=Decimal(60), zones=zones)
        return one.with_(product_id=b.an_id(750), on_at=b.a_moment(at), removed_at=b.a_moment(50))

    below = (on(0, "forehead"), on(1, "chin"))
    top = on(2, "forehead", "chin", at=10)
    (found,) = judged(*below, top)
    assert found.field == f"numbing:{top.id}"
    assert "Together on Forehead:" in found.detail
    assert "Together on Chin:" in found.detail
    (fewer,) = judged(*below, top.with_(zones=("forehead",)))
    (others,) = judged(*below, top.with_(zones=("chin",)))
    assert len({found.key, fewer.key, others.key}) == 3


def test_a_cream_without_zones_counts_with_every_other_one_and_the_words_say_so() -> None:
    below = a_cream("lmx4-uk", applied_g=Decimal(20), area_cm2=Decimal(150), zones=("neck_front",))
    anywhere = a_cream(
        "lmx4-uk", 1, applied_g=Decimal(20), area_cm2=Decimal(150), zones=(), product_id=below.product_id
    )
    (found,) = judged(below, anywhere)
    assert "What names no zone counts as lying on all of them." in found.detail
    (found,) = judged(below, anywhere.with_(zones=("neck_front",)))
    assert "names no zone" not in found.detail


def test_a_layer_on_top_of_a_thick_one_is_asked_anew() -> None:
    thick = a_cream("lmx4-uk", applied_g=Decimal(40), area_cm2=Decimal(50), zones=("cheek_left", "chin"))
    (alone,) = judged(thick)
    on_top = a_cream(
        "lmx4-uk", 1, applied_g=Decimal(1), area_cm2=Decimal(50), zones=("chin",), product_id=thick.product_id
    )
    (both,) = judged(thick, on_top)
    assert both.key != alone.key


def test_where_no_area_is_stated_the_largest_beside_it_counts_and_the_words_say_so() -> None:
    below = a_cream("lmx4-uk", applied_g=Decimal(20), area_cm2=Decimal(100), zones=("cheek_left", "chin"))
    above = a_cream("lmx4-uk", 1, applied_g=Decimal(1), zones=("chin",), product_id=below.product_id)
    (found,) = judged(below, above)
    assert "Where no area is stated" in found.detail
    assert "2.1 g on 10 cm²" in found.detail


def test_the_same_cream_from_two_entries_counts_together_and_the_stricter_label_holds() -> None:
    first = a_cream("emla-eu", applied_g=Decimal(59), area_cm2=Decimal(590), zones=("cheek_left",))
    second = a_cream("emla-us", 1, applied_g=Decimal(59), area_cm2=Decimal(590), zones=DIFFERENT_SKIN)
    assert [one.code for one in judged(first)] == []
    assert {one.code for one in judged(first, second)} == {"numbing-dose", "numbing-area"}


def test_the_source_of_a_layer_is_the_one_that_gives_it() -> None:
    (found,) = judged(a_cream("emla-us", applied_g=Decimal(50), area_cm2=Decimal(100)))
    assert found.sources[0] == shipped().products["emla-us"].variants[0].sources[0]
    assert found.sources[0].kind != CLINIC


HOURS = 24


@pytest.mark.parametrize(("hours", "codes"), [(HOURS - 1, ["numbing-again"]), (HOURS, [])])
def test_a_compounded_cream_comes_not_again_within_its_hours(hours: int, codes: list[str]) -> None:
    today = a_cream("blt-compounded", removed_at=b.a_moment(50))
    assert today.on_at is not None
    at = today.on_at - timedelta(hours=hours)
    earlier = today.with_(id=b.an_id(790), on_at=at, removed_at=at + timedelta(minutes=30))
    found = judged(today, before=(earlier,))
    assert [one.code for one in found] == codes
    assert all(one.level is Level.HOLD and "24 hours" in one.detail for one in found)
    lmx = a_cream("lmx4-uk", removed_at=b.a_moment(50))
    assert not judged(lmx, before=(lmx.with_(id=b.an_id(791), on_at=at, removed_at=at),)), (
        "its label says no such thing"
    )


def a_house_cream(number: int = 0, *, g: str = "1", hours: int = 12, **changes: Any) -> Numbing:
    """A cream that the clinic typed in itself: no entry of the reference data knows it."""
    agents = (("articaine", Decimal(4)),)
    limits = AnaestheticLimits(
        agents=agents, max_area_cm2=Decimal(300), source="its label", g_per_10cm2=Decimal(g), not_again_h=hours
    )
    usual = {"id": b.an_id(770 + number), "product_id": b.an_id(771), "name": "House cream", "limits": limits}
    return b.a_numbing(**(usual | {"area_cm2": None, "applied_g": None} | changes))


@pytest.mark.parametrize(
    ("grams", "area", "codes"),
    [
        ("20", "200", []),
        ("20.1", "200", ["numbing-layer"]),
        ("30", "301", ["numbing-area"]),
        ("30.1", None, ["numbing-dose"]),
    ],
)
def test_what_the_clinic_typed_of_a_label_counts_like_a_shipped_one(
    grams: str, area: str | None, codes: list[str]
) -> None:
    found = judged(a_house_cream(applied_g=Decimal(grams), area_cm2=Decimal(area) if area else None))
    assert [one.code for one in found] == codes
    assert all(one.sources[0].address == "its label" for one in found)


@pytest.mark.parametrize(("hours", "codes"), [(11, ["numbing-again"]), (12, [])])
def test_the_clinics_own_cream_comes_not_again_within_its_hours(hours: int, codes: list[str]) -> None:
    today = a_house_cream(removed_at=b.a_moment(50))
    assert today.on_at is not None
    at = today.on_at - timedelta(hours=hours)
    before = a_house_cream(1, on_at=at, removed_at=at + timedelta(minutes=30))
    found = judged(today, before=(before,))
    assert [one.code for one in found] == codes
    assert all("12 hours" in one.detail and one.sources[0].address == "its label" for one in found)


def test_the_longer_wait_and_the_thinner_layer_of_two_labels_count() -> None:
    today = a_house_cream(hours=6, g="2", removed_at=b.a_moment(50), applied_g=Decimal(21), area_cm2=Decimal(200))
    assert today.on_at is not None
    at = today.on_at - timedelta(hours=8)
    assert [one.code for one in judged(today)] == []
    strict = a_house_cream(1, on_at=at, removed_at=at + timedelta(minutes=30), zones=today.zones)
    assert [one.code for one in judged(today, before=(strict,))] == ["numbing-again"]
    other = a_house_cream(2, g="1", on_at=today.on_at, removed_at=b.a_moment(50), zones=DIFFERENT_SKIN)
    assert [one.code for one in judged(other, today)] == ["numbing-layer"]


def test_the_same_cream_on_other_skin_at_the_same_time_is_no_second_time() -> None:
    first = a_cream("blt-compounded", removed_at=b.a_moment(50))
    meanwhile = a_cream("blt-compounded", 1, on_at=b.a_moment(25), removed_at=b.a_moment(50), zones=DIFFERENT_SKIN)
    assert not judged(first, meanwhile)
    on_top = meanwhile.with_(zones=first.zones[:1])
    assert [one.code for one in judged(first, on_top)] == ["numbing-again"]
    afterwards = meanwhile.with_(on_at=b.a_moment(51), removed_at=b.a_moment(70))
    assert [one.code for one in judged(first, afterwards)] == ["numbing-again"]
