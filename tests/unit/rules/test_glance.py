"""A signed visit zone by zone: the span of its depths, the worst seen then, the worst heard since; views to show it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from needlelog.domain.findings import Finding, Level, Override, StepId
from needlelog.domain.follow_up import FollowUpAnswer, FollowUpRecord, Reached
from needlelog.domain.reactions import Observation
from needlelog.domain.session import Reactions, SessionDraft
from needlelog.knowledge.model import Knowledge, View
from needlelog.rules.circumstances import Circumstances
from needlelog.rules.depth import judge_pass
from needlelog.rules.glance import reasons_given, views_that_show, zones_at_a_glance
from tests import builders


def _visit(seen: tuple[Observation, ...] = ()) -> SessionDraft:
    passes = [("cheek_left", "1.00"), ("forehead", "0.50"), ("cheek_left", "0.75"), ("cheek_left", "1.00")]
    return builders.a_full_draft(
        needling=builders.a_needling(
            passes=tuple(
                builders.a_pass(id=builders.an_id(0x70 + place), zone=zone, depth_mm=Decimal(depth), count=2)
                for place, (zone, depth) in enumerate(passes)
            )
        ),
        reactions=Reactions(observations=seen),
    )


def _seen(number: int, grade: int, zone: str) -> Observation:
    return builders.an_observation(id=builders.an_id(number), grade=grade, zone=zone)


def _heard(*seen: Observation) -> FollowUpRecord:
    answer = FollowUpAnswer(
        id=builders.an_id(0x99),
        session_id=builders.SESSION_ID,
        reached=Reached.PHONE,
        observations=seen,
        knowledge_version=builders.KNOWLEDGE_VERSION,
        by="Mara Lindqvist, RN",
        at=builders.a_moment(3000),
    )
    return FollowUpRecord(answers=(answer,))


def test_each_zone_once_in_the_order_of_treatment_with_the_span_of_its_depths(knowledge: Knowledge) -> None:
    left, forehead = zones_at_a_glance(_visit(), FollowUpRecord(), knowledge.scales)
    assert (left.zone, left.depths_mm, left.deepest_mm, left.passes) == (
        "cheek_left",
        (Decimal("0.75"), Decimal("1.00")),
        Decimal("1.00"),
        6,
    )
    assert (forehead.zone, forehead.depths_mm, forehead.passes) == ("forehead", (Decimal("0.50"),), 2)


def test_the_worst_of_a_zone_counts_what_was_noted_for_the_whole_area(knowledge: Knowledge) -> None:
    everywhere, there = _seen(1, 1, ""), _seen(2, 3, "cheek_left")
    left, forehead = zones_at_a_glance(_visit((everywhere, there)), FollowUpRecord(), knowledge.scales)
    assert (left.at_visit, forehead.at_visit) == (there, everywhere)
    assert (left.since, forehead.since) == (None, None)


def test_what_was_heard_since_stands_apart_from_what_was_seen(knowledge: Knowledge) -> None:
    seen, later = _seen(1, 3, "cheek_left"), _seen(2, 1, "cheek_left")
    left, forehead = zones_at_a_glance(_visit((seen,)), _heard(later), knowledge.scales)
    assert (left.at_visit, left.since) == (seen, later)
    assert (forehead.at_visit, forehead.since) == (None, None)


def test_a_visit_without_needling_has_no_zones(knowledge: Knowledge) -> None:
    draft = builders.a_full_draft(needling=builders.a_needling(passes=()))
    assert zones_at_a_glance(draft, FollowUpRecord(), knowledge.scales) == ()


def test_as_few_views_as_show_every_zone(knowledge: Knowledge) -> None:
    zones = knowledge.zones
    assert views_that_show(("forehead", "cheek_left", "cheek_right"), zones, 3) == (View.FACE_FRONT,)
    found = views_that_show(("thigh_left", "thigh_right", "buttock_left", "scalp_crown"), zones)
    assert found[0] is View.BODY_FRONT
    assert set(found) == {View.BODY_FRONT, View.BODY_BACK, View.SCALP}
    assert len(views_that_show(("thigh_left", "buttock_left", "scalp_crown"), zones, 2)) == 2
    assert views_that_show(("of-an-older-set",), zones, 3) == ()
    assert views_that_show((), zones) == ()


def test_one_reason_names_all_it_was_given_for_and_the_most_exceeded_first(
    around: Callable[..., Circumstances],
) -> None:
    zones = ("forehead", "nose", "chin")
    passes = [builders.a_pass(zone=zone, depth_mm=Decimal("1.75"), device_id=None) for zone in zones]
    deep = [finding for one in passes for finding in judge_pass(one, around())]
    kept = _finding("depth-zone:chin", "Kept before limits stood in the key")
    reason, at = "Single scars only", builders.a_moment(0)
    findings = (_finding("missing-consent", "No consent"), kept, *deep)
    overrides = tuple(Override(finding=one, reason=reason, by="Mara Lindqvist, RN", at=at) for one in findings)
    titles = reasons_given(_visit().with_(overrides=overrides))[reason]
    assert titles[0] == "Nose: 1.75 mm is above the limit of 0.75 mm"
    assert sorted(titles) == sorted(one.title for one in findings)
    assert titles[-2:] == ("No consent", "Kept before limits stood in the key")


def _finding(key: str, title: str) -> Finding:
    return Finding(key=key, code=key.partition(":")[0], step=StepId.NEEDLING, level=Level.HOLD, title=title)
