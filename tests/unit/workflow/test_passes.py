"""Recording passes, taking them off, stating the endpoint of those that led up to it, and undoing each of these."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from needlelog.domain.findings import Finding, Level, Override, StepId
from needlelog.domain.session import Needling
from needlelog.domain.treatment import Endpoint
from needlelog.workflow.last_time import LastTime, ZoneBefore, passes_then
from needlelog.workflow.passes import (
    awaiting_endpoint,
    runs,
    undone,
    unstated,
    with_endpoint,
    with_passes,
    without_passes,
)
from tests import builders as b

FIRST = b.a_pass(id=b.an_id(1), zone="forehead", at=b.a_moment(30), endpoint=None)
SECOND = b.a_pass(id=b.an_id(2), zone="forehead", at=b.a_moment(32), endpoint=None)
CHEEK = b.a_pass(id=b.an_id(3), zone="cheek_left", at=b.a_moment(31), endpoint=None)
DEEPER = b.a_pass(id=b.an_id(4), zone="forehead", at=b.a_moment(36), endpoint=None, depth_mm=Decimal("1.25"))


def _needled() -> Needling:
    return with_passes(Needling(), (FIRST, CHEEK, SECOND), b.a_moment(33))


def test_passes_stand_in_the_order_of_recording_even_when_the_clock_is_put_back() -> None:
    begun = with_passes(with_passes(Needling(), (SECOND,), b.a_moment(32)), (FIRST,), b.a_moment(30))
    assert [one.id for one in begun.passes] == [SECOND.id, FIRST.id]
    assert begun.started_at == b.a_moment(32)
    over = begun.with_(ended_at=b.a_moment(40))
    again = with_passes(over, (CHEEK,), b.a_moment(41))
    assert (again.started_at, again.ended_at) == (b.a_moment(32), None)


def test_a_pass_is_taken_off_by_its_id_and_without_any_needling_has_not_begun() -> None:
    left = without_passes(_needled().with_(ended_at=b.a_moment(40)), {CHEEK.id})
    assert [one.id for one in left.passes] == [FIRST.id, SECOND.id]
    assert (left.started_at, left.ended_at) == (b.a_moment(33), b.a_moment(40))
    none = without_passes(left, {FIRST.id, SECOND.id})
    assert (none.passes, none.started_at, none.ended_at) == ((), None, None)


def test_what_is_seen_is_said_of_every_equal_pass_that_led_up_to_it() -> None:
    needling = _needled()
    assert awaiting_endpoint(needling, {"forehead"}) == (FIRST, SECOND)
    assert awaiting_endpoint(needling, {"forehead", "cheek_left"}) == (FIRST, CHEEK, SECOND)
    assert awaiting_endpoint(needling, {"chin"}) == ()
    stated = with_endpoint(needling, {FIRST.id, SECOND.id}, Endpoint.ERYTHEMA)
    assert [one.endpoint for one in stated.passes] == [Endpoint.ERYTHEMA, None, Endpoint.ERYTHEMA]
    assert awaiting_endpoint(stated, {"forehead"}) == ()


def test_passes_made_alike_are_one_run_until_another_stands_between_them() -> None:
    deeper = with_passes(_needled(), (DEEPER,), b.a_moment(36))
    assert runs(deeper, unstated(deeper)) == ((FIRST, SECOND), (CHEEK,), (DEEPER,))
    between = with_endpoint(with_passes(_needled(), (DEEPER,), b.a_moment(36)), {SECOND.id}, Endpoint.ERYTHEMA)
    assert runs(between, unstated(between)) == ((FIRST,), (CHEEK,), (DEEPER,))
    # What was stated since stays one run with what it was asked with.
    (first, *_) = runs(with_endpoint(deeper, {FIRST.id, SECOND.id}, Endpoint.NONE), unstated(deeper))
    assert [one.endpoint for one in first] == [Endpoint.NONE, Endpoint.NONE]
    assert runs(deeper, ()) == ()


def test_what_another_depth_led_to_is_a_question_of_its_own() -> None:
    deeper = with_passes(_needled(), (DEEPER,), b.a_moment(36))
    assert awaiting_endpoint(deeper, {"forehead"}) == (DEEPER,)
    stated = with_endpoint(deeper, {DEEPER.id}, Endpoint.PINPOINT_BLEEDING)
    assert awaiting_endpoint(stated, {"forehead"}) == (FIRST, SECOND)
    between = with_endpoint(deeper, {SECOND.id, DEEPER.id}, Endpoint.ERYTHEMA)
    assert awaiting_endpoint(between, {"forehead"}) == (FIRST,)


def test_undoing_takes_back_this_and_nothing_that_came_after() -> None:
    draft = b.a_full_draft().with_(needling=_needled().with_(ended_at=b.a_moment(40)))
    without = draft.with_(needling=without_passes(draft.needling, {CHEEK.id}))
    assert undone(without, draft, without) == draft
    more = without.with_(needling=with_passes(without.needling, (DEEPER,), b.a_moment(50)))
    back = undone(more, draft, without).needling
    assert [one.id for one in back.passes] == [FIRST.id, CHEEK.id, SECOND.id, DEEPER.id]
    assert back.ended_at is None
    over = more.with_(needling=more.needling.with_(ended_at=b.a_moment(55)))
    assert undone(over, without, more).needling == without.needling.with_(ended_at=b.a_moment(55))
    assert undone(more, without, more) == without


def test_undoing_the_only_pass_leaves_a_needling_that_has_not_begun() -> None:
    draft = b.a_full_draft().with_(needling=Needling())
    one = draft.with_(needling=with_passes(Needling(), (FIRST,), b.a_moment(30)))
    over = one.with_(needling=one.needling.with_(ended_at=b.a_moment(31)))
    assert undone(over, draft, one).needling == Needling()


def test_reasons_go_and_come_with_the_passes_they_were_given_for() -> None:
    draft = b.a_full_draft().with_(needling=Needling(), overrides=())
    finding = Finding(key="k", code="c", step=StepId.NEEDLING, level=Level.HOLD, title="Deep", overridable=True)
    reason = Override(finding=finding, reason="Old scar", by="Ana", at=b.a_moment(30))
    after = draft.with_(needling=_needled(), overrides=(reason,))
    assert undone(after, draft, after) == draft
    assert undone(draft, after, draft) == after


def test_what_was_said_again_for_a_pass_is_taken_back_with_it() -> None:
    draft = b.a_full_draft().with_(needling=Needling(time_out=b.a_needling().time_out))
    first = draft.needling.time_out
    later = (*first, first[0].with_(at=b.a_moment(80)))
    after = draft.with_(needling=with_passes(draft.needling, (FIRST,), b.a_moment(80)).with_(time_out=later))
    assert undone(after, draft, after) == draft


def test_as_many_passes_as_then_are_offered_only_where_each_zone_had_the_same() -> None:
    half = Decimal("0.5")
    two, three = ZoneBefore(half, 2), ZoneBefore(half, 3)
    mixed = ZoneBefore(half, 2, shallowest_mm=Decimal("0.25"))
    before = LastTime(date(2026, 10, 17), {"chin": two, "nose": two, "forehead": three, "neck_front": mixed})
    assert passes_then(before, {"chin", "nose"}) == 2
    assert passes_then(before, {"chin", "forehead"}) == 0
    assert passes_then(before, {"chin", "glabella"}) == 0
    assert passes_then(before, {"neck_front"}) == 0
    assert passes_then(None, {"chin"}) == 0
