"""What is added after signing: sealed into the same chain, never changed, found when it was; half-written answers."""

from __future__ import annotations

import hashlib
from contextlib import closing
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from needlelog.domain.follow_up import FollowUpAttempt, FollowUpForm, Reached
from needlelog.domain.papers import HandOver, Paper, PaperKind
from needlelog.domain.session import Photo
from needlelog.domain.signed import SignedSession
from needlelog.errors import Fault, FaultCode
from needlelog.storage.connection import connect
from needlelog.storage.database import Database
from needlelog.storage.sessions import SealProblem
from tests.integration.storage import builders
from tests.integration.storage.conftest import KEY, Store


@pytest.fixture
def visit(store: Store) -> SignedSession:
    client = store.clients.add(builders.client())
    return store.sign(client, builders.draft(client.id))


def meddle(store: Store, trigger: str, statement: str) -> None:
    """Another program with the right key takes one guard away and writes."""
    store.database.close()
    with closing(sqlcipher.connect(store.path, isolation_level=None)) as raw:
        raw.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
        raw.execute(f"DROP TRIGGER {trigger}")
        raw.execute(statement)


def test_answers_tries_and_what_was_done_come_back_as_they_were_sealed(store: Store, visit: SignedSession) -> None:
    before = store.sessions.get(visit.id)
    attempt = FollowUpAttempt(
        id=uuid4(), session_id=visit.id, moment="24h", how=Reached.PHONE, note="Mailbox", by="Ana", at=builders.NOON
    )
    answer = builders.answer(visit.id)
    store.follow_ups.add(attempt)
    store.follow_ups.add(answer)
    assert store.follow_ups.record(visit.id).red == (answer,)
    done = builders.handled(answer)
    store.follow_ups.add(done)
    record = store.follow_ups.record(visit.id)
    assert (record.answers, record.attempts, record.handled, record.red) == ((answer,), (attempt,), (done,), ())
    assert store.sessions.verify() == ()
    assert store.sessions.get(visit.id) == before, "the visit itself stays as it was"


def test_the_summary_tells_of_later_grades_apart_from_the_visits_own(store: Store, visit: SignedSession) -> None:
    answer = builders.answer(visit.id)
    store.follow_ups.add(answer)
    store.follow_ups.add_event_entry(builders.event_entry(visit.id))
    (summary,) = store.sessions.for_client(visit.draft.client_id)
    assert [one.grade for one in summary.reactions] == [2, 1]
    assert [one.grade for one in summary.later] == [3, 1]
    assert (summary.follow_ups, summary.red, summary.adverse_events) == (1, True, 2)
    store.follow_ups.add(builders.handled(answer))
    assert not store.sessions.for_client(visit.draft.client_id)[0].red


@pytest.mark.parametrize(
    ("table", "change", "problem", "kind"),
    [
        ("follow_up", "content = replace(content, 'yes', 'no')", SealProblem.CONTENT_CHANGED, "follow-up"),
        ("follow_up", "red = 0", SealProblem.ROWS_DIFFER, "follow-up"),
        ("follow_up", "moment = '72h'", SealProblem.ROWS_DIFFER, "follow-up"),
        ("follow_up_grade", "grade = 0", SealProblem.ROWS_DIFFER, "follow-up"),
        ("event_entry", "content = replace(content, 'Blister', 'Nothing')", SealProblem.CONTENT_CHANGED, "event-entry"),
        ("event_entry", "seriousness = 'not-serious'", SealProblem.ROWS_DIFFER, "event-entry"),
    ],
)
def test_a_changed_entry_is_named(
    store: Store, visit: SignedSession, table: str, change: str, problem: SealProblem, kind: str
) -> None:
    answer, event = builders.answer(visit.id), builders.event_entry(visit.id)
    store.follow_ups.add(answer)
    store.follow_ups.add_event_entry(event)
    meddle(store, f"{table}_never_changed", f"UPDATE {table} SET {change}")
    (fault,) = store.sessions.verify()
    subject = event.id if kind == "event-entry" else answer.id
    assert (fault.problem, fault.kind, fault.subject_id, fault.session_id) == (problem, kind, subject, visit.id)


def test_an_answer_that_is_gone_or_was_put_in_is_named(store: Store, visit: SignedSession) -> None:
    answer = builders.answer(visit.id, observations=())
    store.follow_ups.add(answer)
    meddle(store, "follow_up_never_removed", "DELETE FROM follow_up")
    (fault,) = store.sessions.verify()
    assert (fault.problem, fault.subject_id) == (SealProblem.RECORD_MISSING, answer.id)


def test_no_grade_joins_a_sealed_answer(store: Store, visit: SignedSession) -> None:
    answer = builders.answer(visit.id)
    store.follow_ups.add(answer)
    with closing(connect(store.path, KEY)) as raw, pytest.raises(Exception, match="only added to"):
        raw.execute(
            "INSERT INTO follow_up_grade SELECT ?, follow_up_id, session_id, 9, reaction, scale, 0, zone, at "
            "FROM follow_up_grade LIMIT 1",
            (uuid4().hex,),
        )


def test_what_was_done_needs_a_red_answer_of_that_visit(store: Store, visit: SignedSession) -> None:
    calm = builders.answer(visit.id, flags=())
    store.follow_ups.add(calm)
    for done in (builders.handled(calm), builders.handled(builders.answer(visit.id))):
        with pytest.raises(Fault) as caught:
            store.follow_ups.add(done)
        assert caught.value.code is FaultCode.RECORD_NOT_FOUND
    assert store.follow_ups.record(visit.id).handled == ()


def test_nothing_is_added_to_a_visit_that_is_not_signed(store: Store) -> None:
    client = store.clients.add(builders.client())
    open_visit = store.drafts.save(builders.draft(client.id))
    tries: tuple[Any, ...] = (
        lambda: store.follow_ups.add(builders.answer(open_visit.id)),
        lambda: store.follow_ups.add_event_entry(builders.event_entry(open_visit.id)),
        lambda: store.follow_ups.save_form(form(open_visit.id)),
    )
    for each in tries:
        with pytest.raises(Fault) as caught:
            each()
        assert caught.value.code is FaultCode.RECORD_NOT_FOUND
    assert store.sessions.verify() == ()


def form(session_id: Any, **changes: Any) -> FollowUpForm:
    return FollowUpForm(
        **({"id": uuid4(), "session_id": session_id, "moment": "24h", "begun_at": builders.NOON} | changes)
    )


def test_a_half_written_answer_is_kept_until_it_is_sealed(store: Store, visit: SignedSession) -> None:
    begun = form(visit.id).replied("applied", words=f"{builders.MARKER} & <b>")
    saved = store.follow_ups.save_form(begun)
    again = store.follow_ups.save_form(saved.replied("fever", value="no"))
    assert store.follow_ups.form(visit.id, "24h") == again
    assert store.follow_ups.form(visit.id, "72h") is None
    assert store.follow_ups.forms() == {(visit.id, "24h")}
    assert store.sessions.verify() == ()
    store.follow_ups.add(builders.answer(visit.id, id=begun.id))
    assert store.follow_ups.forms() == frozenset()


def test_photos_of_answers_belong_to_the_visit(store: Store, visit: SignedSession) -> None:
    sealed, half = (Photo(id=uuid4(), sha256=name * 64, taken_at=builders.NOON) for name in "ab")
    store.follow_ups.add(builders.answer(visit.id, photos=(sealed,)))
    store.follow_ups.save_form(form(visit.id, moment="72h", photos=(half,)))
    assert store.sessions.photos_named() == {"a" * 64: visit.id, "b" * 64: visit.id}


def test_visits_to_ask_after_leave_out_the_invalid_and_name_the_whole_course(store: Store) -> None:
    client = store.clients.add(builders.client(phone="+44 1"))
    first = store.sign(client, builders.draft(client.id))
    later = builders.NOON + timedelta(days=30)
    second = store.sign(client, builders.draft(client.id, started_at=later))
    void = store.sign(client, builders.draft(client.id, started_at=later + timedelta(days=1)))
    store.sessions.invalidate(void.id, reason="Error", by="Ana", at=builders.NOON)
    found = {one.session_id: one for one in store.follow_ups.treated_since(builders.NOON - timedelta(days=1))}
    assert set(found) == {first.id, second.id}
    course = found[first.id].course
    assert [one.session_id for one in course] == [first.id, second.id]
    assert (course[1].started_at, found[second.id].course, found[first.id].phone) == (later, course, "+44 1")
    passes = second.draft.needling.passes
    assert course[1].last_pass_at == max(one.at for one in passes)
    assert course[1].zones == tuple(dict.fromkeys(one.zone for one in passes))
    assert store.follow_ups.treated_since(builders.NOON + timedelta(days=1)) == ()
    store.follow_ups.add(builders.answer(first.id))
    assert [one.session_id for one in store.follow_ups.treated_since(builders.NOON + timedelta(days=1))] == [first.id]


def test_papers_grades_and_events_come_over_from_the_schema_before(store: Store, visit: SignedSession) -> None:
    data = b"%PDF"
    paper = Paper(
        id=uuid4(),
        session_id=visit.id,
        client_id=visit.draft.client_id,
        kind=PaperKind.AFTERCARE,
        language="en",
        template_version="1",
        sha256=hashlib.sha256(data).hexdigest(),
        size_bytes=len(data),
        made_at=builders.NOON,
    )
    store.keep(paper, data, HandOver.PRINTED)
    store.database.close()
    with closing(connect(store.path, KEY)) as raw:
        series = ("series_visit", "series_grade", "series_treatment", "series")
        for table in (
            "withdrawal",
            "own_texts_draft",
            "own_texts",
            "head_begun",
            "follow_up_form",
            "follow_up_grade",
            "follow_up",
            "event_entry",
            *series,
        ):
            raw.execute(f"DROP TABLE {table}")
        builders.without_label_limits(raw)
        raw.execute("PRAGMA user_version = 3")
    store.database = Database.open(store.path, KEY)
    again = Store(store.path)
    assert again.sessions.verify() == ()
    assert again.papers.data(paper.id) == data
    assert [one.how for one in again.papers.handovers(paper.id)] == [HandOver.PRINTED]
    assert again.sessions.get(visit.id).draft == visit.draft
    again.follow_ups.add(builders.answer(visit.id))
    again.papers.keep(paper.with_(id=uuid4(), kind=PaperKind.ADVERSE_EVENT), data)
    assert again.sessions.verify() == ()
    again.database.close()
