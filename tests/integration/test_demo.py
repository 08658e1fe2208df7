"""The made-up clinic is a clinic like any other: every verb works on it, and its year holds what it promises."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from needlelog.demo import PASSPHRASE, build_demo
from needlelog.domain.client import AllergyState, ClientSummary
from needlelog.domain.findings import StepId
from needlelog.domain.papers import PaperKind
from needlelog.domain.signed import SignedSession
from needlelog.services.desk import Desk
from tests.desks import StandingClock, a_door

NOW = datetime(2026, 11, 20, 13, 40, tzinfo=UTC)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    door = a_door(tmp_path_factory.mktemp("demo") / "clinic", StandingClock(NOW))
    made = build_demo(door, NOW)
    yield made
    made.close()
    door.leave()


def _everybody(desk: Desk) -> tuple[ClientSummary, ...]:
    return (*desk.clients.find(""), *desk.clients.find("", archived=True))


def _signed(desk: Desk) -> tuple[SignedSession, ...]:
    return tuple(
        desk.history.visit(visit.id) for client in _everybody(desk) for visit in desk.history.visits(client.id)
    )


def test_many_people_of_many_scripts_and_skins_come_here(desk: Desk) -> None:
    people = _everybody(desk)
    scripts = {unicodedata.name(letter).split()[0] for one in people for letter in one.full_name if letter.isalpha()}
    assert len(people) >= 30
    assert {"LATIN", "GREEK", "CYRILLIC", "HEBREW", "ARABIC", "CJK"} <= scripts
    assert {one.fitzpatrick for one in people} == {1, 2, 3, 4, 5, 6}
    assert {one.allergy_state for one in people} == set(AllergyState)
    assert any(desk.clients.get(one.id).age_on(NOW.date()) < 18 for one in people)


def test_series_grow_deeper_from_visit_to_visit_four_to_six_weeks_apart(desk: Desk) -> None:
    series = [desk.history.visits(one.id) for one in _everybody(desk)]
    assert {len(visits) for visits in series} >= {0, 1, 2, 3, 4, 5, 6}
    for visits in series:
        depths = [visit.deepest_mm for visit in reversed(visits)]
        assert None not in depths
        gaps = [visit.days_since_previous for visit in visits if visit.days_since_previous is not None]
        assert all(27 <= gap <= 90 for gap in gaps), gaps
    long = next(visits for visits in series if len(visits) == 6 and visits[0].deepest_mm and visits[-1].deepest_mm)
    assert long[0].deepest_mm > long[-1].deepest_mm  # type: ignore[operator]


def test_a_depth_is_called_taken_over_only_where_it_was_done_then(desk: Desk) -> None:
    taken_over = 0
    for client in _everybody(desk):
        visits = [desk.history.visit(one.id).draft for one in reversed(desk.history.visits(client.id))]
        for before, draft in pairwise(visits):
            done = {one.zone: one.depth_mm for one in sorted(before.needling.passes, key=lambda one: one.depth_mm)}
            for zone in draft.consultation.plan.zones:
                if zone.from_visit_on:
                    assert zone.depth_mm == done[zone.zone]
                    taken_over += 1
    assert taken_over


def test_every_kind_of_override_stands_in_some_visit_with_its_reason(desk: Desk) -> None:
    overrides = [override for visit in _signed(desk) for override in visit.draft.overrides]
    assert {override.finding.code for override in overrides} >= {
        "C17", "C24", "C33", "age-under-18", "screening-unanswered", "lot-expired", "lot-missing", "depth-zone",
        "depth-device", "depth-ceiling", "zone-never", "numbing-on", "numbing-long", "numbing-dose", "numbing-area",
        "missing-consent", "missing-allergies", "missing-time-out", "missing-cleansing", "missing-reactions",
        "missing-sheet",
    }  # fmt: skip
    assert all(override.reason for override in overrides)


def test_one_visit_waits_for_its_cream_and_one_for_its_signature(desk: Desk) -> None:
    numbing, unsigned = sorted(desk.sessions.open(), key=lambda draft: draft.step, reverse=True)
    assert numbing.step is StepId.NUMBING
    on_skin, *_ = numbing.numbing_on
    assert timedelta(minutes=5) < NOW - on_skin.since < timedelta(minutes=30)
    assert unsigned.step is StepId.AFTERCARE
    assert not unsigned.numbing_on
    for draft in (numbing, unsigned):
        flow, _ = desk.sessions.resume(draft.id)
        assert flow.draft.step is draft.step


def test_what_was_signed_is_sealed_and_nothing_lies_ahead_of_now(desk: Desk) -> None:
    assert desk.proof.whole().flaws == ()
    signed = _signed(desk)
    moments = [visit.signed_at for visit in signed] + [one.at for visit in signed for one in visit.addenda]
    assert NOW - timedelta(days=366) < min(moments)
    assert max(moments) <= NOW
    assert any(visit.draft.reactions.adverse_events for visit in signed)
    assert any(visit.draft.skipped for visit in signed)
    assert any(visit.invalidated_at for visit in signed)


def test_the_last_sheet_of_everybody_who_got_one_can_be_printed_again(desk: Desk) -> None:
    for client in _everybody(desk):
        latest = desk.history.latest(client.id)
        if latest is None or not latest.draft.aftercare.given:
            continue
        papers = desk.papers.of_session(latest.id)
        assert [paper.kind for paper in papers] == [PaperKind.AFTERCARE]
        assert desk.papers.data(papers[0].id).startswith(b"%PDF")


def test_the_shelf_holds_an_expired_box_and_one_that_soon_will_be(desk: Desk) -> None:
    today = NOW.date()
    days = [
        (lot.expires_on - today).days
        for product in desk.materials.all()
        for lot in desk.materials.lots(product.id)
        if lot.expires_on
    ]
    assert min(days) < 0
    assert any(0 <= left < 30 for left in days)


def test_the_same_moment_gives_the_same_year_and_the_passphrase_opens_it_again(desk: Desk, tmp_path: Path) -> None:
    door = a_door(tmp_path / "again", StandingClock(NOW))
    build_demo(door, NOW).close()
    again = door.unlock(door.tiles()[0].practitioner_id, PASSPHRASE)
    assert again.clock.now() == NOW
    try:
        for one, other in zip(_everybody(desk), _everybody(again), strict=True):
            assert (one.id, one.number, one.visits, one.last_visit_at) == (
                other.id, other.number, other.visits, other.last_visit_at,
            )  # fmt: skip
            passes = [
                [needling_pass.depth_mm for needling_pass in visit.draft.needling.passes]
                for made in (desk, again)
                for visit in [made.history.latest(one.id)]
                if visit
            ]
            assert passes[:1] == passes[1:]
    finally:
        again.close()
        door.leave()
