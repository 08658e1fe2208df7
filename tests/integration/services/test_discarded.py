"""Visits that were given up: kept, seen, and taken up again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from needlelog.domain.findings import StepId
from needlelog.errors import Fault, FaultCode
from needlelog.services.desk import Desk
from tests.desks import StandingClock
from tests.gui.screens.clinic_days import add_client, begin


def test_a_discarded_visit_says_when_who_and_why(desk: Desk, clock: StandingClock) -> None:
    client = add_client(desk, "Ana Nowak")
    draft = begin(desk, clock, client, clock.now() - timedelta(days=2), StepId.NUMBING)
    desk.sessions.discard(draft.id, "Client left before numbing")
    (one,) = desk.sessions.discarded_for(client.id)
    assert (one.id, one.started_at, one.step) == (draft.id, draft.started_at, StepId.NUMBING)
    assert (one.discarded_at, one.discarded_by) == (clock.now(), "Mara Lindqvist, RN")
    assert one.reason == "Client left before numbing"
    assert desk.sessions.discarded_for(add_client(desk, "Eve Moss").id) == ()


def test_it_is_taken_up_again_as_it_was_and_goes_on(desk: Desk, clock: StandingClock) -> None:
    client = add_client(desk, "Ana Nowak")
    draft = begin(desk, clock, client, clock.now() - timedelta(days=2), StepId.NUMBING)
    desk.sessions.discard(draft.id, "Client left")
    clock.pass_(hours=1)
    again = desk.sessions.take_up_again(draft.id)
    assert again == draft.with_(revision=draft.revision + 1, saved_at=clock.now())
    assert desk.sessions.discarded_for(client.id) == ()
    assert [one.id for one in desk.sessions.open_for(client.id)] == [draft.id]
    flow, _ = desk.sessions.resume(draft.id)
    flow.go_to(StepId.NEEDLING)
    assert desk.sessions.resume(draft.id)[0].draft.step is StepId.NEEDLING
    with pytest.raises(Fault) as caught:
        desk.sessions.take_up_again(draft.id)
    assert caught.value.code is FaultCode.RECORD_NOT_FOUND


def test_a_visit_given_up_twice_is_kept_as_it_was_given_up_last(desk: Desk, clock: StandingClock) -> None:
    client = add_client(desk, "Ana Nowak")
    draft = begin(desk, clock, client, clock.now(), StepId.NUMBING)
    other = begin(desk, clock, client, clock.now(), StepId.CONSENT)
    desk.sessions.discard(draft.id, "First")
    desk.sessions.discard(other.id, "Other")
    desk.sessions.take_up_again(draft.id)
    flow, _ = desk.sessions.resume(draft.id)
    flow.go_to(StepId.SERUM)
    # The clock stands wrong: what was given up last still is first.
    clock.pass_(days=-400)
    desk.sessions.discard(draft.id, "Second")
    assert [(one.id, one.reason) for one in desk.sessions.discarded_for(client.id)] == [
        (draft.id, "Second"),
        (other.id, "Other"),
    ]
    assert desk.sessions.take_up_again(draft.id).step is StepId.SERUM
    assert desk.proof.whole().flaws == ()


def test_what_the_screen_still_holds_of_a_discarded_visit_is_not_saved_over_it(
    desk: Desk, clock: StandingClock
) -> None:
    client = add_client(desk, "Ana Nowak")
    draft = begin(desk, clock, client, clock.now(), StepId.NUMBING)
    stale, _ = desk.sessions.resume(draft.id)
    desk.sessions.discard(draft.id, "Client left")
    desk.sessions.take_up_again(draft.id)
    with pytest.raises(Fault) as caught:
        stale.go_to(StepId.SERUM)
    assert caught.value.code is FaultCode.RECORD_CHANGED_ELSEWHERE
