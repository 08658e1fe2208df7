"""Follow-ups and adverse events of signed visits: sealed once, then only read; and answers still being written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, delete, select

from needlelog.clock import Clock, local
from needlelog.domain.adverse_events import EventEntry
from needlelog.domain.follow_up import (
    FlagHandled,
    FollowUpAnswer,
    FollowUpAttempt,
    FollowUpForm,
    FollowUpRecord,
    Needled,
    TreatedVisit,
)
from needlelog.domain.unreadable import Kept
from needlelog.errors import Fault, FaultCode
from needlelog.storage.chain import EVENT_ENTRY, FOLLOW_UP, append_seal, text_fingerprint
from needlelog.storage.damage import attempt, readable
from needlelog.storage.database import Database
from needlelog.storage.entries import entry_text, event_entry_row, follow_up_in, follow_up_row, grade_rows
from needlelog.storage.tables.chain import SealRow
from needlelog.storage.tables.clients import ClientRow
from needlelog.storage.tables.follow_ups import EventEntryRow, FollowUpFormRow, FollowUpRow
from needlelog.storage.tables.sessions import AdverseEventRow, InvalidationRow, NeedlingPassRow, SessionRow

_AT_ONCE = 500
"""Values in one question; a database takes only so many."""


_CLIENT_NUMBER = col(ClientRow.number)
_VOID = col(InvalidationRow.session_id) == col(SessionRow.id)


@dataclass(frozen=True, slots=True)
class OpenRed:
    """A red answer about which nothing was written yet, and the start and time zone of the visit it is of."""

    answer: FollowUpAnswer
    visit_at: datetime
    time_zone: str


class FollowUpRepository:
    """Everything that was added to signed visits by asking after them."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    # answers being written

    def save_form(self, form: FollowUpForm) -> FollowUpForm:
        """Make a half-written answer durable; returns it with the moment it was saved. Raises the faults of writing."""
        now = self._clock.now()
        saved = form.with_(saved_at=now)
        with self._database.writing() as session:
            _require(session, form.session_id)
            # Somebody may have begun another one for the same moment; the one in hand is the one that counts.
            session.exec(
                delete(FollowUpFormRow).where(
                    col(FollowUpFormRow.session_id) == form.session_id, col(FollowUpFormRow.moment) == form.moment
                )
            )
            session.add(
                FollowUpFormRow(
                    id=form.id,
                    session_id=form.session_id,
                    moment=form.moment,
                    saved_at=now,
                    content=saved.model_dump_json(),
                )
            )
        return saved

    def form(self, session_id: UUID, moment: str) -> FollowUpForm | None:
        """The half-written answer for this moment, if there is one that can be read."""
        query = select(FollowUpFormRow.content).where(
            FollowUpFormRow.session_id == session_id, FollowUpFormRow.moment == moment
        )
        with self._database.reading() as session:
            content = attempt(lambda: session.exec(query).first())
        return attempt(FollowUpForm.model_validate_json, content) if content else None

    def forms(self) -> frozenset[tuple[UUID, str]]:
        """Visit and moment of every half-written answer."""
        with self._database.reading() as session:
            query = sql_select(col(FollowUpFormRow.session_id), col(FollowUpFormRow.moment))
            return frozenset(readable(session, query, lambda *one: one, Kept.FOLLOW_UP_FORM))

    def drop_form(self, session_id: UUID, moment: str) -> None:
        """Throw a half-written answer away."""
        with self._database.writing() as session:
            _drop_form(session, session_id, moment)

    # adding

    def add(self, entry: FollowUpAnswer | FollowUpAttempt | FlagHandled) -> None:
        """Seal an entry, in one transaction; the half-written answer it came from goes with it.

        Raises ``Fault(RECORD_NOT_FOUND)`` for a visit, or an answer, that is not there.
        """
        text = entry_text(entry)
        with self._database.writing() as session:
            _require(session, entry.session_id)
            if isinstance(entry, FlagHandled):
                red = select(func.count()).where(
                    FollowUpRow.id == entry.answer_id,
                    FollowUpRow.session_id == entry.session_id,
                    col(FollowUpRow.red).is_(True),
                )
                if session.exec(red).one() == 0:
                    raise Fault(FaultCode.RECORD_NOT_FOUND)
            session.add(follow_up_row(entry, text))
            session.flush()
            session.add_all(grade_rows(entry))
            append_seal(session, FOLLOW_UP, entry.id, text_fingerprint(text), entry.at)
            if isinstance(entry, FollowUpAnswer):
                _drop_form(session, entry.session_id, entry.moment)

    def add_event_entry(self, entry: EventEntry) -> None:
        """Seal an entry on an adverse event; raises ``Fault(RECORD_NOT_FOUND)``."""
        text = entry_text(entry)
        with self._database.writing() as session:
            _require(session, entry.session_id)
            session.add(event_entry_row(entry, text))
            append_seal(session, EVENT_ENTRY, entry.id, text_fingerprint(text), entry.at)

    # reading

    def record(self, session_id: UUID) -> FollowUpRecord:
        """Everything asked and answered about one visit, in the order of the seals."""
        return self.records([session_id]).get(session_id, FollowUpRecord())

    def records(self, session_ids: Iterable[UUID]) -> Mapping[UUID, FollowUpRecord]:
        """The same for several visits; one without any entry is left out."""
        entries: defaultdict[UUID, list[FollowUpAnswer | FollowUpAttempt | FlagHandled]] = defaultdict(list)
        with self._database.reading() as session:
            for some in _in_parts(list(session_ids)):
                query = _sealed_contents(FollowUpRow, FOLLOW_UP, some)
                for entry in readable(session, query, follow_up_in, Kept.FOLLOW_UP, client=_CLIENT_NUMBER):
                    entries[entry.session_id].append(entry)
        return {
            session_id: FollowUpRecord(
                answers=tuple(one for one in added if isinstance(one, FollowUpAnswer)),
                attempts=tuple(one for one in added if isinstance(one, FollowUpAttempt)),
                handled=tuple(one for one in added if isinstance(one, FlagHandled)),
            )
            for session_id, added in entries.items()
        }

    def event_entries(self, session_ids: Iterable[UUID]) -> tuple[EventEntry, ...]:
        """Every entry on an adverse event that was added to these visits, in the order of the seals."""
        found: list[EventEntry] = []
        with self._database.reading() as session:
            for some in _in_parts(list(session_ids)):
                query = _sealed_contents(EventEntryRow, EVENT_ENTRY, some)
                found += readable(
                    session, query, EventEntry.model_validate_json, Kept.EVENT_ENTRY, client=_CLIENT_NUMBER
                )
        return tuple(found)

    def visits_with_events(self, client_id: UUID) -> tuple[UUID, ...]:
        """The visits of a client that count and have an adverse event, in them or added since, by their start."""
        told = (
            sql_select(col(table.session_id)).where(col(table.session_id) == col(SessionRow.id)).exists()
            for table in (AdverseEventRow, EventEntryRow)
        )
        query = (
            sql_select(col(SessionRow.id))
            .where(col(SessionRow.client_id) == client_id, _stands(), or_(*told))
            .order_by(col(SessionRow.started_at))
        )
        with self._database.reading() as session:
            return tuple(readable(session, query, lambda one: one, Kept.VISIT))

    def open_red(self, client_id: UUID) -> tuple[OpenRed, ...]:
        """The red answers after this client's visits that count, about which nothing was written yet, the oldest first.

        It is asked for while a visit is under way: nothing of other clients is looked at, and of this one only what
        is red and what was done about it.
        """
        query = (
            sql_select(col(FollowUpRow.content), col(SessionRow.started_at), col(SessionRow.time_zone))
            .join(SessionRow, col(SessionRow.id) == col(FollowUpRow.session_id))
            .outerjoin(ClientRow, col(ClientRow.id) == col(SessionRow.client_id))
            .where(col(SessionRow.client_id) == client_id, _stands())
            # What was done is read as it was sealed: where that is damaged, its flag stays open.
            .where(or_(col(FollowUpRow.red).is_not(False), col(FollowUpRow.kind) == "handled"))
        )
        with self._database.reading() as session:
            found = readable(session, query, _entry_of_visit, Kept.FOLLOW_UP, client=_CLIENT_NUMBER)
        handled = {entry.answer_id for entry, _, _ in found if isinstance(entry, FlagHandled)}
        red = [
            OpenRed(entry, started_at, time_zone)
            for entry, started_at, time_zone in found
            if isinstance(entry, FollowUpAnswer) and entry.flags and entry.id not in handled
        ]
        return tuple(sorted(red, key=lambda one: one.answer.at))

    def treated_since(self, since: datetime) -> tuple[TreatedVisit, ...]:
        """The visits that count and were signed after ``since``, or in whose answers a red flag stands open.

        Oldest first, each with every visit in which its client was needled.
        """
        with self._database.reading() as session:
            # Nothing is signed before its last pass; what was signed late is sorted out by the schedule.
            return _treated(session, or_(col(SessionRow.signed_at) >= since, col(SessionRow.id).in_(_open_red())))

    def treated_client(self, client_id: UUID) -> tuple[TreatedVisit, ...]:
        """The same for all visits of one client."""
        with self._database.reading() as session:
            return _treated(session, col(SessionRow.client_id) == client_id)


def _stands() -> ColumnElement[bool]:
    """Of a visit: it was not marked as entered in error."""
    return ~sql_select(col(InvalidationRow.session_id)).where(_VOID).exists()


def _entry_of_visit(
    content: str, started_at: datetime, time_zone: str
) -> tuple[FollowUpAnswer | FollowUpAttempt | FlagHandled, datetime, str]:
    # The visit is told by its day in its own zone, so that one must be one.
    local(started_at, time_zone)
    return follow_up_in(content), started_at, time_zone


def _open_red() -> Any:
    """The visits with a red answer about which nothing was written."""
    handled = sql_select(col(FollowUpRow.about)).where(col(FollowUpRow.about).is_not(None))
    return sql_select(col(FollowUpRow.session_id)).where(
        col(FollowUpRow.red).is_(True), col(FollowUpRow.id).not_in(handled)
    )


def _treated(session: Session, which: ColumnElement[bool]) -> tuple[TreatedVisit, ...]:
    void = sql_select(col(InvalidationRow.session_id))
    last = func.max(col(NeedlingPassRow.at)).label("last_pass_at")
    query = (
        sql_select(
            col(SessionRow.id),
            col(SessionRow.client_id),
            col(SessionRow.started_at),
            col(SessionRow.time_zone),
            col(ClientRow.number),
            col(ClientRow.full_name),
            col(ClientRow.phone),
            last,
        )
        .join(ClientRow, col(ClientRow.id) == col(SessionRow.client_id))
        .join(NeedlingPassRow, col(NeedlingPassRow.session_id) == col(SessionRow.id))
        .where(col(SessionRow.id).not_in(void), which)
        .group_by(col(SessionRow.id), col(ClientRow.id))
        .order_by(last)
    )
    visits = readable(session, query, _visit, Kept.VISIT, client=ClientRow.number)
    visits.sort(key=lambda one: one.last_pass_at)
    courses = _courses(session, {one.client_id for one in visits})
    return tuple(one.with_(course=courses[one.client_id]) for one in visits)


def _visit(
    session_id: UUID,
    client_id: UUID,
    started_at: datetime,
    time_zone: str,
    number: int,
    full_name: str,
    phone: str,
    last_pass_at: datetime,
) -> TreatedVisit:
    # It is shown in its own zone, so that one must be one.
    local(started_at, time_zone)
    return TreatedVisit(
        session_id=session_id,
        client_id=client_id,
        client_number=number,
        client_name=full_name,
        phone=phone,
        time_zone=time_zone,
        started_at=started_at,
        last_pass_at=last_pass_at,
    )


def _courses(session: Session, clients: Iterable[UUID]) -> Mapping[UUID, tuple[Needled, ...]]:
    """The visits of each client that count and in which was needled, by their start."""
    found: dict[tuple[UUID, UUID, datetime], list[tuple[datetime, str]]] = {}
    void = sql_select(col(InvalidationRow.session_id))
    for some in _in_parts(list(clients)):
        query = (
            sql_select(
                col(SessionRow.client_id),
                col(SessionRow.id),
                col(SessionRow.started_at),
                col(NeedlingPassRow.at),
                col(NeedlingPassRow.zone),
            )
            .join(NeedlingPassRow, col(NeedlingPassRow.session_id) == col(SessionRow.id))
            .where(col(SessionRow.client_id).in_(some), col(SessionRow.id).not_in(void))
            .order_by(col(SessionRow.started_at), col(NeedlingPassRow.at))
        )
        for client_id, session_id, started_at, at, zone in readable(session, query, lambda *row: row, Kept.VISIT):
            found.setdefault((client_id, session_id, started_at), []).append((at, zone))
    courses: defaultdict[UUID, tuple[Needled, ...]] = defaultdict(tuple)
    for (client_id, session_id, started_at), passes in found.items():
        zones = tuple(dict.fromkeys(zone for _, zone in passes))
        last = max(at for at, _ in passes)
        one = Needled(session_id=session_id, started_at=started_at, last_pass_at=last, zones=zones)
        courses[client_id] = (*courses[client_id], one)
    return courses


def _sealed_contents(table: type[FollowUpRow] | type[EventEntryRow], kind: str, session_ids: list[UUID]) -> Any:
    """The documents of these visits by the order of their seals; one that lost its seal comes last."""
    sealed = and_(col(SealRow.kind) == kind, col(SealRow.subject_id) == col(table.id))
    return (
        select(table.content)
        .outerjoin(SealRow, sealed)
        .outerjoin(SessionRow, col(SessionRow.id) == col(table.session_id))
        .outerjoin(ClientRow, col(ClientRow.id) == col(SessionRow.client_id))
        .where(col(table.session_id).in_(session_ids))
        .order_by(col(SealRow.sequence).is_(None), col(SealRow.sequence))
    )


def _require(session: Session, session_id: UUID) -> None:
    if session.exec(select(SessionRow.id).where(SessionRow.id == session_id)).first() is None:
        raise Fault(FaultCode.RECORD_NOT_FOUND)


def _drop_form(session: Session, session_id: UUID, moment: str) -> None:
    session.exec(
        delete(FollowUpFormRow).where(
            col(FollowUpFormRow.session_id) == session_id, col(FollowUpFormRow.moment) == moment
        )
    )


def _in_parts(values: list[Any]) -> Iterable[list[Any]]:
    for start in range(0, len(values), _AT_ONCE):
        yield values[start : start + _AT_ONCE]
