"""When a client is to be asked: by elapsed hours, over both changes of clocks, and after which of several visits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from needlelog.clock import local
from needlelog.domain.follow_up import FollowUpAnswer, FollowUpAttempt, FollowUpRecord, Needled, Reached
from needlelog.domain.materials import DeviceKind, Listed
from needlelog.i18n import record_time
from needlelog.knowledge.model import Knowledge
from needlelog.rules.follow_up import DueState, handed_on, needled_again, questions_for, schedule
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
) -> DueState:
    dues = schedule(LAST, knowledge.follow_up_moments.values(), record, at)
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


def course(*visits: tuple[float, tuple[str, ...]]) -> tuple[Needled, ...]:
    """Visits by the day of their last pass, counted from ``LAST``, each begun an hour before."""
    return tuple(
        Needled(
            session_id=b.an_id(number),
            started_at=LAST + timedelta(days=day) - HOUR,
            last_pass_at=LAST + timedelta(days=day),
            zones=zones,
        )
        for number, (day, zones) in enumerate(visits)
    )


def moments_handed_on(knowledge: Knowledge, visits: tuple[Needled, ...]) -> list[set[str]]:
    """Of each visit the moments that a later one takes over, looked at after the last one."""
    moments, now = knowledge.follow_up_moments.values(), visits[-1].last_pass_at
    return [set(handed_on(one.session_id, visits, moments, now)) for one in visits]


CHEEKS = ("cheek_left", "cheek_right")


def test_other_skin_takes_nothing_over(knowledge: Knowledge) -> None:
    for days in (0.2, 1, 7, 28):
        visits = course((0, ("cheek_left",)), (days, ("scalp_mid",)))
        assert moments_handed_on(knowledge, visits) == [set(), set()]
    assert moments_handed_on(knowledge, course((0, CHEEKS), (0.2, ("cheek_left",)))) == [set(), set()]


def test_the_same_skin_again_within_hours_is_asked_after_once(knowledge: Knowledge) -> None:
    visits = course((0, ("cheek_left",)), (0.2, CHEEKS))
    assert moments_handed_on(knowledge, visits) == [set(knowledge.follow_up_moments), set()]
    before = LAST + timedelta(hours=2)
    assert handed_on(b.an_id(0), visits, knowledge.follow_up_moments.values(), before) == frozenset()
    dues = schedule(LAST, knowledge.follow_up_moments.values(), answered("24h"), LAST + 24 * HOUR, {"24h", "72h"})
    assert [one.state for one in dues[:2]] == [DueState.ANSWERED, DueState.HANDED_ON]


@pytest.mark.parametrize(
    ("days", "taken_over"),
    [(4, {"day-14", "week-4-6"}), (5, {"week-4-6"}), (14, {"week-4-6"}), (15, set()), (28, set())],
)
def test_a_check_is_taken_over_only_by_one_that_comes_in_time(
    knowledge: Knowledge, days: int, taken_over: set[str]
) -> None:
    assert moments_handed_on(knowledge, course((0, CHEEKS), (days, CHEEKS))) == [taken_over, set()]


@pytest.mark.parametrize("every", [1, 3, 7, 14, 28])
def test_no_course_puts_a_check_off_for_ever(knowledge: Knowledge, every: int) -> None:
    days = [every * number for number in range(30)]
    visits = course(*((day, CHEEKS) for day in days))
    gone = moments_handed_on(knowledge, visits)
    for moment in knowledge.follow_up_moments.values():
        asked_h = [24 * day + moment.from_h for day, over in zip(days, gone, strict=True) if moment.id not in over]
        for day in days:
            first, late = 24 * day + moment.from_h, 24 * day + moment.until_h
            assert any(first <= hour <= late for hour in asked_h), (moment.id, day)


def test_what_one_visit_took_over_stays_with_it_as_the_course_goes_on(knowledge: Knowledge) -> None:
    for visits in range(4, 12):
        gone = moments_handed_on(knowledge, course(*((7 * number, CHEEKS) for number in range(visits))))
        assert ["week-4-6" in one for one in gone[:3]] == [True, True, False]


def test_what_was_due_already_stays_due(knowledge: Knowledge) -> None:
    week = knowledge.follow_up_moments["week-4-6"].with_(until_h=3000, missed_after_h=3000)
    early, late = course((0, CHEEKS), (27, CHEEKS)), course((0, CHEEKS), (29, CHEEKS))
    assert handed_on(early[0].session_id, early, [week], early[-1].last_pass_at) == {"week-4-6"}
    assert handed_on(late[0].session_id, late, [week], late[-1].last_pass_at) == frozenset()


def test_hours_count_from_the_last_needling_of_each_zone() -> None:
    visits = course((0, CHEEKS), (2, ("cheek_left",)), (4, ("scalp_mid",)), (6, ("cheek_left", "cheek_right")))
    second, last = visits[1].last_pass_at, visits[3].last_pass_at
    assert needled_again(visits[0].session_id, visits, second) == {"cheek_left": second}
    assert needled_again(visits[0].session_id, visits, last) == {"cheek_left": last, "cheek_right": last, "": last}
    assert needled_again(visits[3].session_id, visits, last) == {}
    assert needled_again(b.an_id(99), visits, last) == {}


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
