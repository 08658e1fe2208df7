"""Clients, stored and found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, delete, func, or_, true, update
from sqlmodel import Session, col, select

from needlelog.clock import Clock
from needlelog.domain.client import Allergy, Client, ClientSummary, Fact
from needlelog.domain.entry import parse_date, phone_digits, western_digits
from needlelog.domain.partial_date import PartialDate, Precision
from needlelog.domain.text import check_line, fold
from needlelog.domain.unreadable import Kept
from needlelog.domain.value import LINE_LIMIT
from needlelog.errors import Fault, FaultCode
from needlelog.storage.damage import ROW_ERRORS, attempt, cells, note, readable, unreadable
from needlelog.storage.database import Database
from needlelog.storage.tables.clients import AllergyRow, ClientRow, FactRow
from needlelog.storage.tables.drafts import DraftRow

_LEAST_PHONE_DIGITS = 3
_QUERY_LIMIT = 200
_NUMBER = re.compile(r"(?:c\s*-?\s*)?0*(\d{1,9})", re.IGNORECASE)
_SUMMARY: tuple[Any, ...] = (
    col(ClientRow.id),
    col(ClientRow.number),
    col(ClientRow.full_name),
    col(ClientRow.known_as),
    col(ClientRow.birth_date),
    col(ClientRow.phone),
    col(ClientRow.fitzpatrick),
    col(ClientRow.allergy_state),
    col(ClientRow.archived_at),
    col(ClientRow.visits),
    col(ClientRow.last_visit_at),
)


class Contact(NamedTuple):
    """How to reach a client; empty where nothing stands or nothing can be read."""

    birth_date: date | None
    phone: str
    email: str


class ClientRepository:
    """Every client of the clinic. Clients are archived, never deleted, so a number is never given twice."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def add(self, client: Client) -> Client:
        """Store a new client under the next free number, which the returned client bears."""
        with self._database.writing() as session:
            client = client.with_(number=self._next_number(session))
            session.add(ClientRow(**_columns(client), seen_at=client.added_at))
            session.flush()
            _add_lists(session, client)
        return client

    def get(self, client_id: UUID) -> Client:
        """One client; raises ``Fault`` (RECORD_NOT_FOUND, RECORD_DAMAGED)."""
        with self._database.reading() as session:
            try:
                return whole_client(session, client_id)
            except ROW_ERRORS as error:
                # Not even an allergy may be left out: a client is shown whole or not at all.
                number = attempt(
                    lambda: session.exec(select(ClientRow.number).where(ClientRow.id == client_id)).first()
                )
                note(session, unreadable(Kept.CLIENT, number, None, client_id.hex))
                raise Fault(FaultCode.RECORD_DAMAGED) from error

    def contact(self, client_id: UUID) -> Contact:
        """How to reach a client, as far as it can be read: whoever must be called is not kept back by other damage."""
        with self._database.reading() as session:

            def cell(column: Any) -> Any:
                return attempt(lambda: session.exec(select(column).where(ClientRow.id == client_id)).first())

            born, phone, email = cell(ClientRow.birth_date), cell(ClientRow.phone), cell(ClientRow.email)
        line = partial(check_line, limit=LINE_LIMIT)
        return Contact(born, attempt(line, phone) or "", attempt(line, email) or "")

    def save(self, client: Client) -> Client:
        """Keep a change made to the newest version, which the returned client follows; the number never changes.

        Raises ``Fault(RECORD_CHANGED_ELSEWHERE)`` when it is not the newest, and RECORD_NOT_FOUND.
        """
        saved = client.with_(version=client.version + 1)
        with self._database.writing() as session:
            values = _columns(saved)
            del values["id"], values["number"], values["added_at"]
            changed = session.execute(
                update(ClientRow)
                .where(col(ClientRow.id) == client.id, col(ClientRow.version) == client.version)
                .values(**values)
                .returning(col(ClientRow.number), col(ClientRow.added_at))
            ).first()
            if changed is None:
                known = session.exec(select(ClientRow.version).where(ClientRow.id == client.id)).first() is not None
                raise Fault(FaultCode.RECORD_CHANGED_ELSEWHERE if known else FaultCode.RECORD_NOT_FOUND)
            session.execute(delete(AllergyRow).where(col(AllergyRow.client_id) == client.id))
            session.execute(delete(FactRow).where(col(FactRow.client_id) == client.id))
            _add_lists(session, saved)
        return saved.with_(number=changed.number, added_at=changed.added_at)

    def archive(self, client_id: UUID, at: datetime) -> None:
        """Take a client off the daily list; raises ``Fault(RECORD_NOT_FOUND)``."""
        self._set_archived(client_id, at)

    def unarchive(self, client_id: UUID) -> None:
        """Put a client back on the daily list; raises ``Fault(RECORD_NOT_FOUND)``."""
        self._set_archived(client_id, None)

    def search(self, query: str, *, archived: bool = False, limit: int = 200) -> tuple[ClientSummary, ...]:
        """Clients that match every word of ``query``; names that begin with it first, then by the latest visit.

        A query may be parts of the name in any order, script and case, ``42`` or ``C-0042``, three or more digits
        of the phone number, or a birth date in any form that ``parse_date`` reads.
        """
        order: tuple[Any, ...] = (col(ClientRow.seen_at).desc(), col(ClientRow.id))
        where: ColumnElement[bool] = true()
        words = fold(query[:_QUERY_LIMIT])
        if words:
            where = or_(*self._matches(query[:_QUERY_LIMIT], words))
            begins = col(ClientRow.found_by).startswith(words, autoescape=True)
            word_begins = col(ClientRow.found_by).contains(f" {words}", autoescape=True)
            order = (case((begins, 0), (word_begins, 1), else_=2), *order)
        kept = col(ClientRow.archived_at).is_not(None) if archived else col(ClientRow.archived_at).is_(None)
        with self._database.reading() as session:
            return _summaries(session, _ids(session, select(ClientRow.id).where(kept, where).order_by(*order), limit))

    def same_person(
        self, full_name: str, birth_date: date, *, except_id: UUID | None = None
    ) -> tuple[ClientSummary, ...]:
        """Clients, archived ones too, with the same folded name and birth date."""
        same = and_(col(ClientRow.birth_date) == birth_date, col(ClientRow.name_folded) == fold(full_name))
        if except_id is not None:
            same = and_(same, col(ClientRow.id) != except_id)
        with self._database.reading() as session:
            return _summaries(session, _ids(session, select(ClientRow.id).where(same).order_by(col(ClientRow.number))))

    def _next_number(self, session: Session) -> int:
        return int(session.execute(select(func.coalesce(func.max(ClientRow.number), 0))).scalar_one()) + 1

    def _set_archived(self, client_id: UUID, at: datetime | None) -> None:
        with self._database.writing() as session:
            changed = session.execute(
                update(ClientRow)
                .where(col(ClientRow.id) == client_id)
                .values(archived_at=at, version=col(ClientRow.version) + 1)
                .returning(col(ClientRow.id))
            ).first()
            if changed is None:
                raise Fault(FaultCode.RECORD_NOT_FOUND)

    def _matches(self, query: str, words: str) -> list[ColumnElement[bool]]:
        """The ways in which a query may mean a client."""
        ways = [and_(*(col(ClientRow.found_by).contains(word, autoescape=True) for word in words.split()))]
        number = _NUMBER.fullmatch(western_digits(query).strip())
        if number:
            ways.append(col(ClientRow.number) == int(number[1]))
        digits = phone_digits(query)
        if len(digits) >= _LEAST_PHONE_DIGITS and not any(c.isalpha() for c in query):
            # Abroad a number is written with its country code and without the leading nought.
            ways.append(col(ClientRow.phone_digits).contains(digits.lstrip("0") or digits))
        try:
            day = parse_date(query, field="", today=self._clock.now().date(), future=True)
        except Fault:
            return ways
        ways.append(col(ClientRow.birth_date) == day)
        return ways


def _columns(client: Client) -> dict[str, Any]:
    name = fold(client.full_name)
    return client.model_dump(exclude={"allergies", "facts"}) | {
        "name_folded": name,
        "found_by": f"{name} {fold(client.known_as)}".strip(),
        "phone_digits": phone_digits(client.phone),
    }


def _add_lists(session: Session, client: Client) -> None:
    for position, allergy in enumerate(client.allergies):
        session.add(AllergyRow(client_id=client.id, position=position, **allergy.model_dump()))
    for position, fact in enumerate(client.facts):
        session.add(FactRow(client_id=client.id, position=position, **_fact_columns(fact)))


def _client(row: ClientRow, allergies: Sequence[AllergyRow], facts: Sequence[FactRow]) -> Client:
    made_here = ("name_folded", "found_by", "phone_digits", "visits", "last_visit_at", "seen_at")
    return Client(
        **cells(row, *made_here),
        allergies=tuple(Allergy(substance=one.substance, reaction=one.reaction) for one in allergies),
        facts=tuple(_fact(one) for one in facts),
    )


def _fact_columns(fact: Fact) -> dict[str, Any]:
    since, until = fact.since, fact.until
    return fact.model_dump(exclude={"since", "until"}) | {
        "since": since.first_day if since else None,
        "since_precision": since.precision if since else None,
        "until": until.first_day if until else None,
        "until_precision": until.precision if until else None,
    }


def _fact(row: FactRow) -> Fact:
    plain = cells(row, "client_id", "position", "since", "since_precision", "until", "until_precision")
    since = _known_of(row.since, row.since_precision)
    until = _known_of(row.until, row.until_precision)
    return Fact.model_validate(plain | {"since": since, "until": until})


def _known_of(first_day: date | None, precision: Precision | None) -> PartialDate | None:
    """What is known of a date; raises ``ValueError`` when one of the two says something without the other."""
    if first_day is None and precision is None:
        return None
    if first_day is None or precision is None:
        raise ValueError("a date without its precision, or a precision without its date")
    return PartialDate(first_day, precision)


def whole_client(session: Session, client_id: UUID) -> Client:
    """One client with allergies and facts; raises ``ROW_ERRORS``, and ``Fault(RECORD_NOT_FOUND)``."""
    row = session.get(ClientRow, client_id)
    if row is None:
        raise Fault(FaultCode.RECORD_NOT_FOUND)
    allergies = session.exec(
        select(AllergyRow).where(AllergyRow.client_id == client_id).order_by(col(AllergyRow.position))
    ).all()
    facts = session.exec(select(FactRow).where(FactRow.client_id == client_id).order_by(col(FactRow.position))).all()
    return _client(row, allergies, facts)


def _ids(session: Session, query: Any, limit: int | None = None) -> list[UUID]:
    """The ids that ``query`` finds, the first ``limit`` of them; one that is no id is noted as a client's."""
    found = attempt(lambda: list(session.execute(query.limit(limit)).scalars()))
    if found is None:
        found = readable(session, query, lambda one: one, Kept.CLIENT, client=ClientRow.number)[:limit]
    return found


def _summaries(session: Session, ids: list[UUID]) -> tuple[ClientSummary, ...]:
    """The summaries of these clients, in this order."""
    counted = readable(
        session,
        select(DraftRow.client_id, func.count()).group_by(col(DraftRow.client_id)),
        lambda client_id, count: (client_id, count),
        Kept.OPEN_VISIT,
    )
    open_drafts: dict[UUID, int] = dict(counted)
    query = select(*_SUMMARY).where(col(ClientRow.id).in_(ids))
    names = [one.key for one in _SUMMARY]

    def summary(*values: Any) -> ClientSummary:
        row = dict(zip(names, values, strict=True))
        return ClientSummary.model_validate(row | {"open_drafts": open_drafts.get(row["id"], 0)})

    by_id = {one.id: one for one in readable(session, query, summary, Kept.CLIENT, client=ClientRow.number)}
    return tuple(by_id[client_id] for client_id in ids if client_id in by_id)
