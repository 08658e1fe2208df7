"""When a client is to be asked: by elapsed hours, over both changes of clocks, and until the next visit."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from needlelog.clock import local
from needlelog.domain.follow_up import FollowUpAnswer, FollowUpAttempt, FollowUpRecord, Reached
from needlelog.domain.materials import DeviceKind, Listed
from needlelog.i18n import record_time
from needlelog.knowledge.model import Knowledge
from needlelog.rules.follow_up import DueState, questions_for, schedule
from tests import builders as b

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
LAST = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
NOTHING = FollowUpRecord()


def state(
    knowledge: Knowledge,
    moment: str,
    at: datetime,
    record: FollowUpRecord = NOTHING,
    next_visit: datetime | None = None,
) -> DueState:
    dues = schedule(LAST, knowledge.follow_up_moments.values(), record, at, next_visit)
    return next(one.state for one in dues if one.moment == moment)


def answered(moment: str) -> FollowUpRecord:
    answer = FollowUpAnswer(
        id=uuid4(),
        session_id=b.SESSION_ID,
        moment=moment,
        reached=Reached.PHONE,
        none_observed_at=LAST,
        knowledge_version="1",
        by="Ana",
        at=LAST,
    )
    return FollowUpRecord(answers=(answer,))


@pytest.mark.parametrize("moment", ["24h", "72h", "day-14", "week-4-6"])
def test_each_edge_of_each_window_has_two_sides(knowledge: Knowledge, moment: str) -> None:
    entry = knowledge.follow_up_moments[moment]
    begins, ends, over = (LAST + hours * HOUR for hours in (entry.from_h, entry.until_h, entry.missed_after_h))
    assert state(knowledge, moment, begins - SECOND) is DueState.COMING
    assert state(knowledge, moment, begins) is DueState.DUE
    assert state(knowledge, moment, ends) is DueState.DUE
    assert state(knowledge, moment, ends + SECOND) is DueState.OVERDUE
    assert state(knowledge, moment, over - SECOND) is DueState.OVERDUE
    assert state(knowledge, moment, over) is DueState.MISSED


@pytest.mark.parametrize(
    ("last_pass", "due_wall"),
    [
        # Dublin goes back to winter time on 25 October and on to summer time on 29 March, both at 01:00 UTC.
        (datetime(2026, 10, 23, 15, 0, tzinfo=UTC), "12:00"),
        (datetime(2026, 10, 24, 15, 0, tzinfo=UTC), "11:00"),
        (datetime(2026, 10, 25, 15, 0, tzinfo=UTC), "11:00"),
        (datetime(2026, 3, 27, 15, 0, tzinfo=UTC), "11:00"),
        (datetime(2026, 3, 28, 15, 0, tzinfo=UTC), "12:00"),
        (datetime(2026, 3, 29, 15, 0, tzinfo=UTC), "12:00"),
    ],
)
def test_a_change_of_clocks_moves_the_wall_time_and_not_the_hours(
    knowledge: Knowledge, last_pass: datetime, due_wall: str
) -> None:
    first = schedule(last_pass, knowledge.follow_up_moments.values(), NOTHING, last_pass)[0]
    assert first.from_at - last_pass == 20 * HOUR
    assert record_time(local(first.from_at, b.TIME_ZONE)) == due_wall


def test_an_answer_settles_its_own_moment_only(knowledge: Knowledge) -> None:
    late = LAST + 80 * HOUR
    assert state(knowledge, "24h", late, answered("24h")) is DueState.ANSWERED
    assert state(knowledge, "72h", late, answered("24h")) is DueState.DUE
    assert state(knowledge, "72h", late, answered("")) is DueState.DUE, "a call nobody asked for settles nothing"


def test_a_try_that_reached_nobody_is_no_answer(knowledge: Knowledge) -> None:
    tries = tuple(
        FollowUpAttempt(id=uuid4(), session_id=b.SESSION_ID, moment="24h", how=Reached.PHONE, by="Ana", at=LAST)
        for _ in range(2)
    )
    due = schedule(LAST, knowledge.follow_up_moments.values(), FollowUpRecord(attempts=tries), LAST + 24 * HOUR)[0]
    assert (due.state, due.attempts) == (DueState.DUE, 2)


def test_the_next_visit_ends_the_asking(knowledge: Knowledge) -> None:
    at = LAST + 30 * 24 * HOUR
    assert state(knowledge, "week-4-6", at) is DueState.DUE
    assert state(knowledge, "week-4-6", at, next_visit=at + SECOND) is DueState.DUE
    assert state(knowledge, "week-4-6", at, next_visit=at) is DueState.MISSED
    assert state(knowledge, "week-4-6", at, answered("week-4-6"), next_visit=at) is DueState.ANSWERED


@pytest.mark.parametrize(("kind", "asked"), [(DeviceKind.RF, True), (DeviceKind.MOTOR_PEN, False)])
def test_numbness_is_asked_for_after_radio_frequency_alone(knowledge: Knowledge, kind: DeviceKind, asked: bool) -> None:
    device = b.a_device()
    assert device.device is not None
    products = {b.DEVICE_ID: device.with_(device=device.device.with_(kind=kind))}
    for moment in knowledge.follow_up_moments.values():
        all_of_it = [knowledge.follow_up_questions[one] for one in moment.questions]
        found = [one.id for one in questions_for(b.a_full_draft(), all_of_it, products)]
        assert ("numb-or-dent" in found) is asked, moment.id
        assert set(moment.questions) - set(found) == (set() if asked else {"numb-or-dent"})


def test_after_a_device_that_cannot_be_read_everything_is_asked(knowledge: Knowledge) -> None:
    questions = knowledge.follow_up_questions.values()
    products = Listed()
    assert "numb-or-dent" not in [one.id for one in questions_for(b.a_full_draft(), questions, products)]
    products.damaged = True
    assert questions_for(b.a_full_draft(), questions, products) == tuple(questions)
