"""Days between visits: the edges of ``interval.toml``, by depth and by place."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from needlelog.domain.findings import Gate, Level
from needlelog.domain.history import NeedledVisit
from needlelog.domain.series import Series, SeriesVisit
from needlelog.domain.session import Plan, SessionDraft
from needlelog.domain.treatment import PlannedZone
from needlelog.i18n import record_date
from needlelog.rules.circumstances import Circumstances
from needlelog.rules.intervals import judge_interval
from needlelog.rules.places import place_of
from tests import builders
from tests.unit.rules.surroundings import around, shipped
from tests.unit.rules.test_series import a_series

RULE = shipped().interval


def _planned(*zones: tuple[str, str | None]) -> SessionDraft:
    plan = Plan(zones=tuple(PlannedZone(zone=zone, depth_mm=Decimal(mm) if mm else None) for zone, mm in zones))
    return builders.a_draft(consultation=builders.a_consultation(plan=plan))


def _treated(*zones: tuple[str, str], plan: Plan | None = None) -> SessionDraft:
    passes = tuple(
        builders.a_pass(id=builders.an_id(index), zone=zone, depth_mm=Decimal(mm))
        for index, (zone, mm) in enumerate(zones)
    )
    return builders.a_full_draft(
        needling=builders.a_needling(passes=passes),
        consultation=builders.a_consultation(plan=plan) if plan else builders.a_consultation(),
    )


def _after(*visits: tuple[Any, ...]) -> Circumstances:
    """Circumstances after visits, the last one first: how many days ago, and each zone with its depth, if any."""
    return around(
        last_visit_on=_ago(visits[0][0]),
        needled=tuple(_needled(days, *zones) for days, *zones in visits if zones),
    )


def _ago(days: int) -> date:
    return builders.TODAY - timedelta(days=days)


def _needled(days: int, *zones: tuple[str, str | None], series: Series | None = None) -> NeedledVisit:
    depths = tuple((zone, Decimal(mm) if mm else None) for zone, mm in zones)
    return NeedledVisit(on=_ago(days), depths=depths, series_id=series.id if series else None)


def _codes(draft: SessionDraft, days: int, *last: tuple[str, str]) -> list[str]:
    return [finding.code for finding in judge_interval(draft, _after((days, *(last or [("cheek_left", "0.50")]))))]


def test_the_shipped_rule_has_what_these_tests_stand_on() -> None:
    assert RULE.shallow_to_mm == Decimal("0.5")
    assert (RULE.shallow_shortest_days, RULE.shortest_days, RULE.deep_usual_from_days) == (14, 28, 42)
    assert RULE.deep_above_mm == Decimal("1.0")
    assert RULE.exempt_areas == ("scalp",)


def test_a_first_visit_has_no_interval() -> None:
    assert list(judge_interval(_planned(("cheek_left", "0.75")), around())) == []


@pytest.mark.parametrize(
    ("depth", "days", "codes"),
    [
        ("0.75", 27, ["interval-short"]),
        ("0.75", 28, []),
        ("0.50", 13, ["interval-short"]),
        ("0.50", 14, []),
        ("0.51", 14, ["interval-short"]),
        ("1.00", 28, []),
        ("1.01", 27, ["interval-short"]),
        ("1.01", 28, ["interval-deep"]),
        ("1.01", 41, ["interval-deep"]),
        ("1.01", 42, []),
        ("0.75", 0, ["interval-short"]),
    ],
)
def test_depth_decides_how_soon_is_too_soon(depth: str, days: int, codes: list[str]) -> None:
    assert _codes(_planned(("cheek_left", depth)), days) == codes
    assert _codes(_treated(("cheek_left", depth)), days) == codes


@pytest.mark.parametrize(
    ("last", "today", "days", "codes"),
    [
        # Fifteen days after 2 mm the skin is not healed, however shallow today is meant to be.
        ("2.00", "0.50", 15, ["interval-short"]),
        ("0.51", "0.50", 27, ["interval-short"]),
        ("0.51", "0.50", 28, []),
        ("0.50", "0.50", 14, []),
        ("0.50", "0.75", 20, ["interval-short"]),
        # Deep then or deep today: the longer interval is worth a note.
        ("1.01", "0.50", 41, ["interval-deep"]),
        ("1.01", "0.50", 42, []),
        ("1.00", "0.50", 28, []),
    ],
)
def test_how_deep_the_last_visit_went_counts_as_well(last: str, today: str, days: int, codes: list[str]) -> None:
    assert _codes(_planned(("cheek_left", today)), days, ("cheek_left", last)) == codes
    assert _codes(_planned(("cheek_left", today)), days, ("forehead", "0.25"), ("cheek_left", last)) == codes


def test_where_nobody_knows_how_deep_the_last_visit_went_the_longer_interval_holds() -> None:
    (found,) = judge_interval(_planned(("cheek_left", "0.25")), _after((20, ("cheek_left", None))))
    assert found.code == "interval-short"


def test_the_note_says_which_of_the_two_went_deep() -> None:
    planned = _planned(("cheek_left", "0.75"))
    (found,) = judge_interval(planned, _after((30, ("cheek_left", "1.50"))))
    assert found.title == "30 days since the last visit, which went deep"
    (found,) = judge_interval(planned, _after((2,), (30, ("cheek_left", "1.50"))))
    assert found.title == f"30 days since the visit of {record_date(_ago(30))}, which went deep"


def test_a_visit_in_which_nothing_was_needled_makes_no_day_early() -> None:
    planned = _planned(("cheek_left", "0.75"))
    assert list(judge_interval(planned, _after((2,)))) == []
    assert list(judge_interval(planned, _after((2,), (42, ("cheek_left", "0.75"))))) == []
    (found,) = judge_interval(planned, _after((2,), (20, ("cheek_left", "0.75"))))
    assert (found.code, found.key) == ("interval-short", f"interval:{_ago(20).isoformat()}:28:cheek_left")
    assert found.title == f"Only 20 days since the visit of {record_date(_ago(20))}"


def test_a_visit_of_the_scalp_alone_is_passed_over() -> None:
    scalp = ("scalp_crown", "0.50")
    for planned in (_planned(("cheek_left", "1.00")), builders.a_draft()):
        assert list(judge_interval(planned, _after((7, scalp)))) == []
        (found,) = judge_interval(planned, _after((7, scalp), (20, ("cheek_left", "0.75"))))
        assert found.key.startswith(f"interval:{_ago(20).isoformat()}:")
    (found,) = judge_interval(_planned(("cheek_left", "1.00")), _after((7, scalp, ("cheek_left", "0.25"))))
    assert found.code == "interval-short"


def test_a_shallow_visit_hides_no_deeper_one_before_it() -> None:
    planned = _planned(("cheek_left", "0.25"))
    for near in (("hand_left", "0.25"), ("cheek_left", "0.25")):
        (found,) = judge_interval(planned, _after((15, near), (24, ("cheek_left", "2.00"))))
        assert (found.code, found.key) == ("interval-short", f"interval:{_ago(24).isoformat()}:28:cheek_left")
        (found,) = judge_interval(planned, _after((15, near), (30, ("cheek_left", "2.00"))))
        assert found.code == "interval-deep"
        assert list(judge_interval(planned, _after((15, near), (42, ("cheek_left", "2.00"))))) == []


def test_what_was_needled_elsewhere_makes_no_day_early() -> None:
    hands = ("hand_left", "0.75")
    assert _codes(_planned(("cheek_left", "0.75")), 15, hands) == []
    assert _codes(_treated(("cheek_left", "0.75")), 15, hands) == []
    assert _codes(_planned(("cheek_left", "0.75"), ("hand_right", "0.25")), 15, hands) == ["interval-area"]
    assert _codes(_planned(("cheek_left", "0.75"), ("hand_left", "0.25")), 15, hands) == ["interval-short"]
    # Until something is planned any zone may be meant.
    assert _codes(builders.a_draft(), 15, hands) == ["interval-short"]


@pytest.mark.parametrize(
    ("today", "last", "codes"),
    [
        ("thigh_left", "abdomen", []),
        ("thigh_left", "upper_arm_left", []),
        ("thigh_left", "lower_leg_right", ["interval-area"]),
        ("upper_arm_left", "upper_arm_back_right", ["interval-area"]),
        ("abdomen", "flank_left", ["interval-area"]),
        ("abdomen", "lower_back", []),
        ("thigh_left", "thigh_left", ["interval-short"]),
        ("thigh_left", "thigh_right", ["interval-area"]),
        ("thigh_left", "thigh_back_left", ["interval-area"]),
        ("thigh_left", "cheek_left", []),
        ("cheek_left", "forehead", ["interval-area"]),
        ("cheek_left", "periorbital_right", ["interval-area"]),
        ("cheek_left", "neck_front", []),
        ("scalp_crown", "scalp_mid", []),
        ("cheek_left", "of-another-clinic", ["interval-short"]),
        ("of-another-clinic", "abdomen", ["interval-short"]),
    ],
)
def test_zones_of_one_area_wait_each_for_itself_and_their_neighbours_are_noted(
    today: str, last: str, codes: list[str]
) -> None:
    assert _codes(_planned((today, "1.00")), 7, (last, "1.00")) == codes
    assert _codes(_treated((today, "1.00")), 7, (last, "1.00")) == codes


def test_two_stretch_marks_apart_are_no_neighbours_and_what_lies_together_is_named() -> None:
    then = _after((7, ("upper_arm_left", "1.00"), ("thigh_right", "1.00")))
    (found,) = judge_interval(_planned(("thigh_left", "1.00")), then)
    assert found.title == "Other zones of buttocks and legs were needled 7 days ago"
    assert found.detail.startswith("Right thigh, front. ")
    assert RULE.proposal
    assert "one part of the body, is our proposal" in RULE.note


def test_the_depth_of_zones_that_were_left_alone_then_counts_for_nothing() -> None:
    planned = _planned(("thigh_left", "0.50"), ("abdomen", "1.50"))
    assert _codes(planned, 14, ("thigh_left", "0.50")) == []
    assert _codes(planned, 13, ("thigh_left", "0.50")) == ["interval-short"]
    assert _codes(planned, 14, ("thigh_left", "0.50"), ("flank_left", "2.00")) == ["interval-area"]
    assert _codes(planned, 28, ("thigh_left", "0.50"), ("flank_left", "2.00")) == []
    assert _codes(planned, 41, ("thigh_left", "0.50"), ("abdomen", "0.50")) == ["interval-deep"]


def test_it_says_which_zones_are_meant() -> None:
    usual = "Usual: 28 to 42 days; less than 28 is early."
    (found,) = judge_interval(_planned(("thigh_left", "1.00"), ("abdomen", "1.00")), _after((7, ("abdomen", "1.00"))))
    assert found.detail == f"Abdomen. {usual}"
    zones = [(zone, "1.00") for zone in ("forehead", "nose", "chin", "cheek_left", "cheek_right")]
    (found,) = judge_interval(_planned(*zones), _after((7, *zones)))
    assert found.detail == f"Forehead, Nose, Chin and 2 more. {usual}"
    (found,) = judge_interval(builders.a_draft(), _after((7, ("abdomen", "1.00"))))
    assert found.detail == usual
    (found,) = judge_interval(_planned(("chin", "1.25")), _after((30, ("chin", "1.00"))))
    assert found.detail == "Chin. Above 1.0 mm, 42 days or more is usual."


def test_every_zone_that_is_too_early_is_told_with_the_visit_that_needled_it() -> None:
    planned = _planned(("forehead", "0.50"), ("chin", "0.50"))
    found = list(judge_interval(planned, _after((1, ("chin", "0.50")), (9, ("forehead", "1.50")))))
    assert [(one.code, one.title.split(" since")[0], one.detail) for one in found] == [
        ("interval-short", "Only 1 day", "Chin. Usual: 28 to 42 days; less than 14 is early."),
        ("interval-short", "Only 9 days", "Forehead. Usual: 28 to 42 days; less than 28 is early."),
    ]
    assert len({one.key for one in found}) == len(found)


def test_zones_of_one_visit_that_wait_differently_are_told_apart_and_an_answer_is_for_its_zones() -> None:
    then = _after((9, ("forehead", "0.50"), ("cheek_left", "1.50"), ("cheek_right", "1.50")))
    (first,) = judge_interval(_planned(("forehead", "0.50")), then)
    planned = _planned(("forehead", "0.50"), ("cheek_left", "0.50"))
    forehead, cheek = judge_interval(planned, then)
    assert forehead == first
    assert cheek.detail == "Left cheek. Usual: 28 to 42 days; less than 28 is early."
    planned = _planned(("forehead", "0.50"), ("cheek_left", "0.50"), ("cheek_right", "0.50"))
    _, both = judge_interval(planned, then)
    assert both.key != cheek.key
    (deeper,) = judge_interval(_planned(("forehead", "0.75")), then)
    assert deeper.key != first.key


def test_a_zone_still_to_come_is_told_while_another_is_being_needled() -> None:
    plan = Plan(zones=tuple(PlannedZone(zone=zone, depth_mm=Decimal("0.50")) for zone in ("chin", "cheek_left")))
    begun = _treated(("chin", "0.50"), plan=plan)
    begun = begun.with_(needling=begun.needling.with_(ended_at=None))
    then = _after((9, ("cheek_left", "1.50")))
    (found,) = judge_interval(begun, then)
    assert (found.code, found.detail.split(".")[0]) == ("interval-short", "Left cheek")
    # Once it is over what was planned and left alone is early for nothing.
    over = begun.with_(needling=begun.needling.with_(ended_at=builders.ENDED))
    assert [one.code for one in judge_interval(over, then)] == ["interval-area"]
    # What was answered for both stays answered when one of them was left alone in the end.
    both = _after((9, ("cheek_left", "1.50"), ("chin", "1.50")))
    assert list(judge_interval(over, both)) == list(judge_interval(begun, both))
    assert "Chin, Left cheek" in next(iter(judge_interval(over, both))).detail


@pytest.mark.parametrize(
    ("days", "title"),
    [
        (0, "Other zones of the face were needled today"),
        (1, "Other zones of the face were needled 1 day ago"),
        (27, "Other zones of the face were needled 27 days ago"),
    ],
)
def test_other_zones_of_the_same_face_are_noted_and_whose_rule_that_is(days: int, title: str) -> None:
    planned = _planned(("malar_left", "1.50"), ("jawline_left", "1.50"))
    (found,) = judge_interval(planned, _after((days, ("cheek_left", "1.50"), ("hand_left", "1.50"))))
    assert (found.level, found.gate, found.title) == (Level.NOTE, Gate.NONE, title)
    assert found.detail.startswith("Left cheek. ")
    assert "our proposal" in found.detail
    assert list(judge_interval(planned, _after((28, ("cheek_left", "1.50"))))) == []
    shallow = _planned(("malar_left", "0.50"))
    assert _codes(shallow, 13, ("cheek_left", "0.50")) == ["interval-area"]
    assert _codes(shallow, 14, ("cheek_left", "0.50")) == []


def test_a_day_that_is_asked_about_is_not_noted_as_well() -> None:
    planned = _planned(("cheek_left", "0.75"), ("chin", "0.75"))
    assert _codes(planned, 2, ("cheek_left", "0.75"), ("forehead", "0.75")) == ["interval-short"]


@pytest.mark.parametrize("days", [1, 13, 27, 41])
def test_the_scalp_may_be_treated_sooner(days: int) -> None:
    assert _codes(_planned(("scalp_crown", "1.20")), days) == []
    assert _codes(_treated(("scalp_crown", "1.20")), days) == []


def test_an_exempt_zone_excuses_no_other_and_the_deepest_counts() -> None:
    assert _codes(_planned(("scalp_crown", "0.60"), ("cheek_left", "0.75")), 27) == ["interval-short"]
    both = (("cheek_left", "0.50"), ("cheek_right", "0.50"))
    assert _codes(_planned(("cheek_left", "0.25"), ("cheek_right", "0.75")), 20, *both) == ["interval-short"]
    assert _codes(_planned(("scalp_crown", "0.60"), ("cheek_left", "0.50")), 14) == []


def test_without_a_plan_or_with_a_depth_still_open_the_longer_interval_holds() -> None:
    assert _codes(builders.a_draft(), 20) == ["interval-short"]
    assert _codes(_planned(("cheek_left", None)), 20) == ["interval-short"]
    assert _codes(_planned(("cheek_left", None)), 28) == []


def test_what_was_done_outweighs_what_was_planned() -> None:
    plan = Plan(zones=(PlannedZone(zone="cheek_left", depth_mm=Decimal("1.50")),))
    assert _codes(_treated(("cheek_left", "0.50"), plan=plan), 20) == []


def test_a_visit_dated_before_the_last_one_is_not_called_early() -> None:
    assert _codes(_planned(("cheek_left", "0.75")), -3) == []


def test_it_asks_and_never_blocks() -> None:
    (found,) = judge_interval(_planned(("cheek_left", "0.75")), _after((1, ("cheek_left", "0.50"))))
    assert (found.level, found.gate, found.overridable) == (Level.ASK, Gate.NONE, False)
    assert "1 day " in found.title
    assert set(found.sources) == set(RULE.sources)


@pytest.mark.parametrize(
    ("concern", "interval", "depth", "days", "codes"),
    [
        ("acne-scars", 35, "0.75", 34, [("interval-series", Level.NOTE)]),
        ("acne-scars", 35, "0.75", 35, []),
        ("acne-scars", 35, "0.75", 27, [("interval-short", Level.ASK)]),
        ("acne-scars", 28, "0.50", 20, [("interval-series", Level.ASK)]),
        ("stretch-marks", 30, "0.75", 29, [("interval-series", Level.ASK)]),
        ("acne-scars", 35, "1.25", 34, [("interval-deep", Level.NOTE)]),
    ],
)
def test_a_session_that_is_too_early_for_its_series_is_said_once(
    concern: str, interval: int, depth: str, days: int, codes: list[tuple[str, Level]]
) -> None:
    series = a_series(concern=concern, interval_days=interval)
    said = SeriesVisit(series_id=series.id, concern=concern, number=2, sessions=6)
    draft = _planned(("cheek_left", depth))
    draft = draft.with_(consultation=draft.consultation.with_(series=said))
    where = around(
        last_visit_on=_ago(days),
        needled=(_needled(days, ("cheek_left", "0.50"), series=series),),
        series=(series,),
    )
    found = list(judge_interval(draft, where))
    assert [(one.code, one.level) for one in found] == codes
    assert all(one.sources for one in found)


def test_what_is_too_early_for_its_series_is_not_hidden_by_another_zone_of_another_day() -> None:
    series = a_series(concern="acne-scars", interval_days=35)
    said = SeriesVisit(series_id=series.id, concern="acne-scars", number=2, sessions=6)
    draft = _planned(("cheek_left", "0.50"), ("chin", "0.50"))
    draft = draft.with_(consultation=draft.consultation.with_(series=said))
    needled = (_needled(1, ("chin", "0.50")), _needled(20, ("cheek_left", "0.50"), series=series))
    found = judge_interval(draft, around(last_visit_on=_ago(1), needled=needled, series=(series,)))
    assert [(one.code, one.level) for one in found] == [("interval-short", Level.ASK), ("interval-series", Level.ASK)]


def test_a_session_in_which_nothing_was_needled_makes_the_next_one_not_early() -> None:
    series = a_series(concern="acne-scars", interval_days=35)
    said = SeriesVisit(series_id=series.id, concern="acne-scars", number=3, sessions=6)
    draft = _planned(("cheek_left", "0.75"))
    draft = draft.with_(consultation=draft.consultation.with_(series=said))
    needled = (_needled(36, ("cheek_left", "0.75"), series=series),)
    assert list(judge_interval(draft, around(last_visit_on=_ago(2), needled=needled, series=(series,)))) == []
    needled = (_needled(34, ("cheek_left", "0.75"), series=series),)
    (found,) = judge_interval(draft, around(last_visit_on=_ago(2), needled=needled, series=(series,)))
    assert found.code == "interval-series"


def test_the_scalp_is_held_to_its_series_where_the_general_rule_is_silent() -> None:
    series = a_series(concern="hair", interval_days=14, zones=("scalp_mid",))
    said = SeriesVisit(series_id=series.id, concern="hair", number=2, sessions=6)
    draft = _planned(("scalp_mid", "0.6"))
    draft = draft.with_(consultation=draft.consultation.with_(series=said))
    where = around(
        last_visit_on=_ago(9),
        needled=(_needled(9, ("cheek_left", "0.50"), series=series),),
        series=(series,),
    )
    (found,) = judge_interval(draft, where)
    assert (found.code, place_of(found, shipped())) == ("interval-series", "concerns:hair")
    other = draft.with_(consultation=draft.consultation.with_(series=None))
    assert not list(judge_interval(other, where))
