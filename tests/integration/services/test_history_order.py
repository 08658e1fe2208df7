"""The order of the history, where the clock and the order of signing disagree."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

from needlelog.domain.findings import StepId
from needlelog.services.desk import Desk
from tests.desks import StandingClock
from tests.gui.screens.clinic_days import a_skipped_step, add_client, begin, treat
from tests.unit.rules.test_series import a_series


def order(desk: Desk, client_id: UUID) -> list[tuple[date, date | None, int | None]]:
    return [
        (one.started_at.date(), one.signed_after, one.days_since_previous) for one in desk.history.visits(client_id)
    ]


def test_days_and_signing_agree_and_nothing_is_said(desk: Desk, clock: StandingClock) -> None:
    client = add_client(desk, "Ana Nowak")
    now = clock.now()
    for days in (60, 30):
        treat(desk, clock, client, now - timedelta(days=days))
    assert order(desk, client.id) == [(date(2026, 10, 21), None, 30), (date(2026, 9, 21), None, None)]


def test_a_wrong_clock_does_not_reorder_the_visits(desk: Desk, clock: StandingClock) -> None:
    client = add_client(desk, "Ana Nowak")
    now = clock.now()
    treat(desk, clock, client, now - timedelta(days=60))
    ahead = treat(desk, clock, client, now + timedelta(days=4000))
    newest = treat(desk, clock, client, now - timedelta(days=1))
    assert order(desk, client.id) == [
        (date(2026, 11, 19), date(2037, 11, 2), 59),
        (date(2037, 11, 2), None, 4001),
        (date(2026, 9, 21), None, None),
    ]
    latest = desk.history.latest(client.id)
    assert latest is not None
    assert latest.id == newest.id
    # The interval is held against the last real day, not against one that is yet to come.
    _, judge = desk.sessions.resume(desk.sessions.start(client.id).id)
    assert judge.around.last_visit_on == date(2026, 11, 19)
    # Marked as entered in error, the day that never was is no longer held against the others.
    desk.sessions.invalidate(ahead.id, "The clock of the computer was wrong")
    assert order(desk, client.id)[0] == (date(2026, 11, 19), None, 59)


def test_a_clock_set_back_does_not_hide_what_was_done_last(desk: Desk, clock: StandingClock) -> None:
    client = add_client(desk, "Ana Nowak")
    now = clock.now()
    treat(desk, clock, client, now - timedelta(days=60))
    back = treat(desk, clock, client, now - timedelta(days=4000))
    latest = desk.history.latest(client.id)
    assert latest is not None
    assert latest.id == back.id, "signed after the other one, though its clock says before"
    assert desk.history.visits(client.id)[0].id == back.id


def test_a_visit_signed_late_stands_at_its_day_and_is_not_the_last_one(desk: Desk, clock: StandingClock) -> None:
    client = add_client(desk, "Ana Nowak")
    now = clock.now()
    left_open = begin(desk, clock, client, now - timedelta(days=20), StepId.AFTERCARE)
    last = treat(desk, clock, client, now - timedelta(days=10))
    treat(desk, clock, client, now - timedelta(days=20), draft=left_open.id, signed_on=now)
    assert order(desk, client.id) == [
        (date(2026, 11, 10), None, 10),
        (date(2026, 10, 31), date(2026, 11, 10), None),
    ]
    latest = desk.history.latest(client.id)
    assert latest is not None
    assert latest.id == last.id
    assert desk.sessions.start(client.id, repeat=True).repeats_visit_on == date(2026, 11, 10)
    # What was signed late must not make the last visit seem longer ago than it is.
    _, judge = desk.sessions.resume(desk.sessions.start(client.id).id)
    assert judge.around.last_visit_on == date(2026, 11, 10)
    assert [one.on for one in judge.around.needled] == [date(2026, 11, 10), date(2026, 10, 31)]
    assert dict(judge.around.needled[0].depths) == {one: Decimal("0.75") for one in last.draft.treated_zones}


def test_intervals_are_held_against_the_visits_in_which_was_needled(desk: Desk, clock: StandingClock) -> None:
    client = add_client(desk, "Ana Nowak")
    now = clock.now()
    series = desk.series.keep(a_series(id=uuid4(), client_id=client.id, started_on=date(2026, 10, 1)))
    treat(desk, clock, client, now - timedelta(days=40), depth="1.00")
    wrong = treat(desk, clock, client, now - timedelta(days=30), zones=("chin",))
    desk.sessions.invalidate(wrong.id, "Wrong client")
    treat(desk, clock, client, now + timedelta(days=4000), zones=("nose",))
    skipped = (a_skipped_step(StepId.NEEDLING, now - timedelta(days=2)),)
    treat(desk, clock, client, now - timedelta(days=2), zones=(), redness=None, skipped=skipped)
    _, judge = desk.sessions.resume(desk.sessions.start(client.id).id)
    assert judge.around.last_visit_on == date(2026, 11, 18), "the visit that was only a talk is still the last one"
    (needled,) = judge.around.needled
    assert (needled.on, needled.series_id) == (date(2026, 10, 11), series.id)
    assert dict(needled.depths) == dict.fromkeys(("forehead", "cheek_left", "cheek_right"), Decimal("1.00"))
