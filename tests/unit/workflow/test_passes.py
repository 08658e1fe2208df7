"""Recording passes, taking them off, and stating the endpoint of those that have none."""

from __future__ import annotations

from needlelog.domain.session import Needling
from needlelog.domain.treatment import Endpoint
from needlelog.workflow.passes import awaiting_endpoint, with_endpoints, with_passes, without_passes
from tests import builders as b

FIRST = b.a_pass(id=b.an_id(1), zone="forehead", at=b.a_moment(30), endpoint=None)
SECOND = b.a_pass(id=b.an_id(2), zone="forehead", at=b.a_moment(32), endpoint=None)
CHEEK = b.a_pass(id=b.an_id(3), zone="cheek_left", at=b.a_moment(31), endpoint=None)


def _needled() -> Needling:
    return with_passes(Needling(), (SECOND, CHEEK, FIRST), b.a_moment(33))


def test_passes_stand_in_the_order_of_their_times_and_begin_the_needling() -> None:
    begun = _needled()
    assert [one.id for one in begun.passes] == [FIRST.id, CHEEK.id, SECOND.id]
    assert begun.started_at == b.a_moment(33)
    over = begun.with_(ended_at=b.a_moment(40))
    again = with_passes(over, (b.a_pass(id=b.an_id(4), at=b.a_moment(41)),), b.a_moment(41))
    assert (again.started_at, again.ended_at) == (b.a_moment(33), None)


def test_a_pass_is_taken_off_by_its_id() -> None:
    assert [one.id for one in without_passes(_needled(), {CHEEK.id}).passes] == [FIRST.id, SECOND.id]


def test_what_is_seen_is_said_of_every_pass_that_led_up_to_it() -> None:
    needling = _needled()
    assert awaiting_endpoint(needling, {"forehead"}) == {FIRST.id: None, SECOND.id: None}
    stated = with_endpoints(needling, dict.fromkeys((FIRST.id, SECOND.id), Endpoint.ERYTHEMA))
    assert [one.endpoint for one in stated.passes] == [Endpoint.ERYTHEMA, None, Endpoint.ERYTHEMA]


def test_a_wrong_tap_is_put_right_on_the_newest_pass_alone() -> None:
    stated = with_endpoints(_needled(), dict.fromkeys((FIRST.id, SECOND.id), Endpoint.ERYTHEMA))
    assert awaiting_endpoint(stated, {"forehead"}) == {SECOND.id: Endpoint.ERYTHEMA}
    assert awaiting_endpoint(stated, {"forehead", "cheek_left"}) == {CHEEK.id: None}
    assert awaiting_endpoint(stated, {"chin"}) == {}
