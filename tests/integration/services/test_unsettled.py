"""What is open from an earlier visit when the client is treated again: it holds, and is told where it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Engine, event

from needlelog.domain.findings import Finding, Gate, Level
from needlelog.domain.follow_up import FollowUpAnswer, Reached
from needlelog.domain.reactions import Observation, Outcome, Seriousness
from needlelog.domain.signed import SignedSession
from needlelog.services.desk import Desk
from tests.desks import StandingClock
from tests.gui.screens.clinic_days import add_client, treat


@pytest.fixture
def visit(desk: Desk, clock: StandingClock) -> SignedSession:
    """Treated thirty days ago, with redness 2 on the forehead."""
    return treat(desk, clock, add_client(desk, "Ana Nowak"), clock.now() - timedelta(days=30))


def heard(desk: Desk, visit: SignedSession, clock: StandingClock, grade: int = 3) -> FollowUpAnswer:
    """On the third day an infection of the left cheek."""
    back, clock.moment = clock.moment, visit.draft.started_at + timedelta(days=3)
    try:
        seen = Observation(
            id=uuid4(), reaction="infection", scale="ctcae", grade=grade, zone="cheek_left", at=clock.now()
        )
        form = desk.follow_ups.begin(visit.id, "72h").with_(reached=Reached.PHONE, observations=(seen,))
        return desk.follow_ups.answer(form, visit)
    finally:
        clock.moment = back


@contextmanager
def looked_up() -> Iterator[list[str]]:
    """Every question put to the database, and after it how the database goes about it."""
    asked: list[str] = []

    def note(_connection: object, cursor: Any, statement: str, values: Any, *_rest: object) -> None:
        if statement.startswith("SELECT"):
            asked.append(statement)
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}", values)
            asked.extend(row[3] for row in cursor.fetchall())

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def held(desk: Desk, visit: SignedSession, *, repeat: bool = False) -> list[Finding]:
    """The findings of a new visit that are about what is open; the visit is given up again."""
    draft = desk.sessions.start(visit.draft.client_id, repeat=repeat)
    flow, _ = desk.sessions.resume(draft.id)
    found = [one for one in flow.findings if one.code in {"red-flag-open", "adverse-event-open"}]
    assert [one for one in flow.open_findings(Gate.NEEDLING) if one in found] == found
    desk.sessions.discard(draft.id, "Only looked at")
    return found


@pytest.mark.parametrize("repeat", [False, True])
def test_an_open_red_flag_holds_the_next_visit_until_it_is_dealt_with(
    desk: Desk, clock: StandingClock, visit: SignedSession, repeat: bool
) -> None:
    assert held(desk, visit, repeat=repeat) == []
    answer = heard(desk, visit, clock)
    (found,) = held(desk, visit, repeat=repeat)
    assert (found.level, found.gate, found.overridable) == (Level.HOLD, Gate.NEEDLING, True)
    assert found.title == "A red flag of 24-Oct-2026 is open"
    assert "After the visit of 21-Oct-2026: Bacterial infection, Left cheek" in found.detail
    assert found.sources
    other = add_client(desk, "Somebody Else")
    assert desk.sessions.resume(desk.sessions.start(other.id).id)[0].findings != ()
    assert not any(
        one.code == "red-flag-open" for one in desk.sessions.resume(desk.sessions.start(other.id).id)[0].findings
    )
    desk.follow_ups.handle(answer, "Seen by the doctor, healed")
    assert held(desk, visit, repeat=repeat) == []


def test_a_reason_opens_the_gate_and_a_further_answer_shuts_it_again(
    desk: Desk, clock: StandingClock, visit: SignedSession
) -> None:
    heard(desk, visit, clock)
    flow, judge = desk.sessions.resume(desk.sessions.start(visit.draft.client_id).id)
    (found,) = (one for one in flow.findings if one.code == "red-flag-open")
    flow.override(found, "The doctor saw it yesterday and writes that it has healed")
    assert found not in flow.open_findings(Gate.NEEDLING)
    heard(desk, visit, clock, grade=2)
    judge.reload()
    flow.refresh()
    (still,) = (one for one in flow.open_findings(Gate.NEEDLING) if one.code == "red-flag-open")
    assert still.key != found.key


def test_an_adverse_event_holds_until_it_is_over(desk: Desk, clock: StandingClock, visit: SignedSession) -> None:
    desk.adverse_events.open(visit.id, "Dark marks on the cheek", Seriousness.NEEDED_TREATMENT, zones=("cheek_left",))
    (found,) = held(desk, visit)
    assert (found.level, found.gate, found.overridable) == (Level.HOLD, Gate.NEEDLING, True)
    assert "Dark marks on the cheek (Left cheek)." in found.detail
    event = desk.adverse_events.of(visit)[0]
    desk.adverse_events.add(event, "Lighter", outcome=Outcome.RESOLVING)
    (later,) = held(desk, visit)
    assert later.key != found.key, "what is heard later asks for a new reason"
    desk.adverse_events.add(desk.adverse_events.of(visit)[0], "Gone", outcome=Outcome.RESOLVED)
    assert held(desk, visit) == []


def test_only_what_is_red_of_this_client_is_read(desk: Desk, clock: StandingClock, visit: SignedSession) -> None:
    answer = heard(desk, visit, clock)
    desk.adverse_events.open(visit.id, "Dark marks", Seriousness.NEEDED_TREATMENT)
    other = treat(desk, clock, add_client(desk, "Somebody Else"), clock.now() - timedelta(days=20))
    heard(desk, other, clock)
    desk.adverse_events.open(other.id, "Itching", Seriousness.NEEDED_TREATMENT)
    desk.follow_ups.keep(desk.follow_ups.begin(other.id, "week-4-6").with_(note="half"))
    with looked_up() as asked:
        red = desk.follow_ups.unsettled(visit.draft.client_id)
        events = desk.adverse_events.unsettled(visit.draft.client_id)
    assert [one.red for one in red] == [answer]
    assert len(events) == 1
    assert asked
    # A whole table walked through is the whole clinic's, and grows with it, each time a visit under way is judged.
    assert [one for one in asked if one.startswith("SCAN")] == []
    assert [one for one in asked if "follow_up_form" in one or "needling_pass" in one] == []


def test_a_red_flag_of_a_visit_entered_in_error_holds_nothing(
    desk: Desk, clock: StandingClock, visit: SignedSession
) -> None:
    heard(desk, visit, clock)
    desk.sessions.invalidate(visit.id, "Wrong client")
    assert held(desk, visit) == []


def test_an_adverse_event_of_a_visit_entered_in_error_holds_nothing(desk: Desk, visit: SignedSession) -> None:
    desk.adverse_events.open(visit.id, "Dark marks", Seriousness.NEEDED_TREATMENT)
    desk.sessions.invalidate(visit.id, "Wrong client")
    assert held(desk, visit) == []


def test_what_is_looked_back_on_says_how_the_skin_took_it_since(
    desk: Desk, clock: StandingClock, visit: SignedSession
) -> None:
    heard(desk, visit, clock)
    scales, before = desk.knowledge.scales, desk.follow_ups.looked_back(visit)
    cheek = before.zones["cheek_left"].taken
    assert cheek.since is not None
    assert (cheek.since.seen.reaction, cheek.since.seen.grade, cheek.since.day) == ("infection", 3, 3)
    assert cheek.worst(scales) == cheek.since.seen
    forehead = before.zones["forehead"].taken
    assert forehead.since is None
    assert forehead.at_visit is not None
    assert forehead.at_visit.grade == 2
    all_of_it = before.taken(before.zones, scales)
    assert (all_of_it.at_visit, all_of_it.since) == (forehead.at_visit, cheek.since)
    assert before.red_on_day == 3
