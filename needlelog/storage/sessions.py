"""Signed sessions: sealed once, then only read and added to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func, or_, update
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from needlelog.clock import Clock, local
from needlelog.domain.history import NeedledVisit, VisitSummary
from needlelog.domain.session import SessionDraft
from needlelog.domain.signed import Addendum, ClientAsSigned, SignedSession
from needlelog.domain.unreadable import Kept
from needlelog.errors import Fault, FaultCode
from needlelog.storage.chain import ADDENDUM, INVALIDATION, SESSION, append_seal, fingerprint, seal_of, text_fingerprint
from needlelog.storage.damage import ROW_ERRORS, attempt, cells, readable, text_of
from needlelog.storage.database import Database
from needlelog.storage.drafts import remove_draft
from needlelog.storage.needled import needled_visits
from needlelog.storage.order import Done, by_when_done
from needlelog.storage.records import (
    Record,
    addendum_content,
    invalidation_content,
    record_in,
    record_text,
    session_row,
    typed_rows,
)
from needlelog.storage.tables.chain import SealRow
from needlelog.storage.tables.clients import ClientRow
from needlelog.storage.tables.drafts import DiscardedDraftRow, DraftRow
from needlelog.storage.tables.materials import LotRow, ProductRow
from needlelog.storage.tables.sessions import (
    AddendumRow,
    InvalidationRow,
    NeedlingPassRow,
    SessionRow,
)
from needlelog.storage.verification import SealFault, SealProblem, find_faults, number_and_day, photos_named
from needlelog.storage.visits import visits_of

__all__ = ["SealFault", "SealProblem", "SessionRepository"]


_SEALED = and_(col(SealRow.kind) == SESSION, col(SealRow.subject_id) == col(SessionRow.id))


class SessionRepository:
    """Every signed session of the clinic."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def sign(
        self, draft: SessionDraft, *, client: ClientAsSigned, signed_at: datetime, signed_by: str
    ) -> SignedSession:
        """Seal ``draft`` for good, in one transaction, and take it off the open sessions.

        Raises ``Fault`` (RECORD_SIGNED, RECORD_CHANGED_ELSEWHERE when another revision is stored) and those of
        writing; nothing is changed then.
        """
        record = Record(draft=draft, client=client, signed_at=signed_at, signed_by=signed_by)
        text = record_text(record)
        sha256 = text_fingerprint(text)
        with self._database.writing() as session:
            _check_newest(session, draft)
            session.add(session_row(record, text, sha256))
            session.flush()
            session.add_all(typed_rows(draft))
            seal = append_seal(session, SESSION, draft.id, sha256, record.signed_at)
            remove_draft(session.connection(), draft.id)
            _note_visit(session, draft.client_id)
            _note_lots(session, draft)
        return SignedSession(draft=draft, client=client, signed_at=signed_at, signed_by=signed_by, seal=seal)

    def get(self, session_id: UUID) -> SignedSession:
        """One signed session with everything added since; raises ``Fault`` (RECORD_NOT_FOUND, RECORD_DAMAGED)."""
        with self._database.reading() as session:
            try:
                return _signed(session, session_id)
            except ROW_ERRORS as error:
                raise Fault(FaultCode.RECORD_DAMAGED) from error

    def latest(self, client_id: UUID) -> SignedSession | None:
        """The session of a client done last (``by_when_done``), of those that can be read and are not invalidated."""
        with self._database.reading() as session:
            done = by_when_done(_done(session, client_id), self._clock.now())
            # What a damaged one says cannot be built on; the history shows that it is there.
            found = (attempt(_signed, session, one.id) for one in reversed(done))
            return next((one for one in found if one is not None), None)

    def last_day(self, client_id: UUID) -> date | None:
        """The latest day on which a visit that counts was done, in whatever order they were signed.

        A visit dated after now was dated by a wrong clock, and would hide every real one.
        """
        now = self._clock.now()
        with self._database.reading() as session:
            past = [one for one in _done(session, client_id) if one.done_at <= now]
            newest = sorted(past, key=lambda one: one.done_at, reverse=True)
            found = (attempt(_day_of, session, one) for one in newest)
            return next((day for day in found if day is not None), None)

    def needled(self, client_id: UUID) -> tuple[NeedledVisit, ...]:
        """The visits that count in which a client was needled, the one done last first, whenever they were signed.

        Intervals are held against these: a visit without a pass, for a patch test or to say "not today", is none.
        """
        with self._database.reading() as session:
            return needled_visits(session, client_id, self._clock.now())

    def since(self, client_id: UUID, moment: datetime) -> tuple[SignedSession, ...]:
        """The sessions of a client that were done at ``moment`` or later and count, of those that can be read."""
        with self._database.reading() as session:
            ids = (one.id for one in _done(session, client_id) if one.done_at >= moment)
            found = (attempt(_signed, session, one) for one in ids)
            return tuple(one for one in found if one is not None)

    def for_client(self, client_id: UUID) -> tuple[VisitSummary, ...]:
        """A client's visits in the order in which they were done (``by_when_done``), the last one first.

        One that was signed after a later visit stands at its own day; its summary says so in ``signed_after``.
        """
        with self._database.reading() as session:
            return visits_of(session, client_id, self._clock.now())

    def add_addendum(self, addendum: Addendum) -> None:
        """Seal words added to a signed session; raises ``Fault(RECORD_NOT_FOUND)``."""
        with self._database.writing() as session:
            _known(session, addendum.session_id)
            session.add(AddendumRow(**addendum.model_dump()))
            append_seal(session, ADDENDUM, addendum.id, fingerprint(addendum_content(addendum)), addendum.at)

    def invalidate(self, session_id: UUID, *, reason: str, by: str, at: datetime) -> None:
        """Mark a signed session as not to count; raises ``Fault`` (RECORD_NOT_FOUND, RECORD_SIGNED when it is so)."""
        with self._database.writing() as session:
            client_id = _known(session, session_id)
            row = InvalidationRow(session_id=session_id, reason=reason, by=by, at=at.astimezone(UTC))
            session.add(row)
            append_seal(session, INVALIDATION, session_id, fingerprint(invalidation_content(row)), at)
            _note_visit(session, client_id)

    def verify(self) -> tuple[SealFault, ...]:
        """Walk the chain, work out every fingerprint again, and compare rows and papers with what records say."""
        with self._database.reading() as session:
            return tuple(find_faults(session))

    def photos_named(self) -> Mapping[str, UUID]:
        """The fingerprint of every photo that a visit names, signed or not, with the visit that names it."""
        with self._database.reading() as session:
            return photos_named(session)

    def first_seal(self) -> str:
        """The fingerprint of the first seal of the chain, by which this clinic's seals are told; "" before it."""
        with self._database.reading() as session:
            query = select(SealRow.sha256).order_by(col(SealRow.sequence)).limit(1)
            return text_of(attempt(lambda: session.exec(query).first()))

    def sealed_at(self, sequence: int) -> tuple[str, str, UUID] | None:
        """Kind, fingerprint and subject of the seal of this number; None where there is none that can be read."""
        with self._database.reading() as session:
            query = select(SealRow.kind, SealRow.sha256, SealRow.subject_id).where(SealRow.sequence == sequence)
            found = attempt(lambda: session.exec(query).first())
        return (found[0], text_of(found[1]), found[2]) if found else None

    def visit_of(self, session_id: UUID) -> tuple[int, date] | None:
        """The client number and the day of a visit, signed, open or given up; ``None`` when there is no such visit."""
        with self._database.reading() as session:
            return number_and_day(session, session_id)


def _done(session: Session, client_id: UUID) -> list[Done]:
    """When each visit of a client that counts was done, by the order of the seals."""
    last_pass = (
        select(func.max(NeedlingPassRow.at)).where(NeedlingPassRow.session_id == SessionRow.id).scalar_subquery()
    )
    query = (
        sql_select(col(SessionRow.id), col(SessionRow.started_at), col(SessionRow.signed_at), last_pass)
        .join(SealRow, _SEALED)
        .where(col(SessionRow.client_id) == client_id, _counts())
        .order_by(col(SealRow.sequence))
    )
    return readable(
        session,
        query,
        lambda one, started_at, signed_at, needled_at: Done(one, needled_at or started_at, signed_at),
        Kept.VISIT,
    )


def _counts() -> ColumnElement[bool]:
    gone = select(InvalidationRow.session_id).where(InvalidationRow.session_id == SessionRow.id)
    return ~gone.exists()


def _day_of(session: Session, visit: Done) -> date:
    time_zone = session.exec(select(SessionRow.time_zone).where(SessionRow.id == visit.id)).one()
    return local(visit.done_at, time_zone).date()


def _check_newest(session: Session, draft: SessionDraft) -> None:
    if session.exec(select(func.count()).where(SessionRow.id == draft.id)).one():
        raise Fault(FaultCode.RECORD_SIGNED)
    stored = session.exec(select(DraftRow.revision).where(DraftRow.id == draft.id)).first()
    if stored is None:
        # A draft that was never stored may be signed; one that was given up may not.
        given_up = select(func.count()).where(DiscardedDraftRow.id == draft.id)
        if draft.revision or session.exec(given_up).one():
            raise Fault(FaultCode.RECORD_CHANGED_ELSEWHERE)
    elif stored != draft.revision:
        raise Fault(FaultCode.RECORD_CHANGED_ELSEWHERE)


def _known(session: Session, session_id: UUID) -> UUID:
    client_id = session.exec(select(SessionRow.client_id).where(SessionRow.id == session_id)).first()
    if client_id is None:
        raise Fault(FaultCode.RECORD_NOT_FOUND)
    return client_id


def _note_visit(session: Session, client_id: UUID) -> None:
    """Let the client's row follow the visits that count."""
    session.flush()
    query = select(func.count(), func.max(SessionRow.started_at)).where(SessionRow.client_id == client_id, _counts())
    found = attempt(lambda: session.execute(query).one())
    if found is None:
        # A damaged row of another visit must not keep this one from being signed.
        return
    visits, last = found
    # Worked out in the database: a client whose row is damaged elsewhere can still be treated and signed for.
    own = update(ClientRow).where(col(ClientRow.id) == client_id)
    added = col(ClientRow.added_at)
    seen = case((added > last, added), else_=last) if last else added
    session.execute(own.values(visits=visits, last_visit_at=last, seen_at=seen))


def _note_lots(session: Session, draft: SessionDraft) -> None:
    by_id = [
        and_(col(LotRow.product_id) == use.product_id, col(LotRow.code) == use.lot) for use in draft.uses if use.lot
    ]
    names = {(one.cartridge, one.lot) for one in draft.needling.passes if one.lot}
    by_name = [
        and_(col(LotRow.code) == lot, col(LotRow.product_id).in_(select(ProductRow.id).where(ProductRow.name == name)))
        for name, lot in sorted(names)
    ]
    if by_id or by_name:
        session.execute(update(LotRow).where(or_(*by_id, *by_name)).values(last_used_at=draft.started_at))


def _signed(session: Session, session_id: UUID) -> SignedSession:
    row = session.get(SessionRow, session_id)
    if row is None:
        raise Fault(FaultCode.RECORD_NOT_FOUND)
    seal = session.exec(select(SealRow).where(SealRow.kind == SESSION, SealRow.subject_id == session_id)).first()
    record = record_in(row.content)
    if seal is None or record is None:
        raise Fault(FaultCode.RECORD_DAMAGED)
    addenda = session.exec(
        select(AddendumRow)
        .outerjoin(SealRow, and_(col(SealRow.subject_id) == col(AddendumRow.id), col(SealRow.kind) == ADDENDUM))
        .where(AddendumRow.session_id == session_id)
        .order_by(col(SealRow.sequence).is_(None), col(SealRow.sequence))
    ).all()
    invalidation = session.get(InvalidationRow, session_id)
    return SignedSession(
        draft=record.draft,
        client=record.client,
        signed_at=record.signed_at,
        signed_by=record.signed_by,
        seal=seal_of(seal),
        addenda=tuple(Addendum.model_validate(cells(one)) for one in addenda),
        invalidated_at=invalidation.at if invalidation else None,
        invalidated_by=invalidation.by if invalidation else "",
        invalidated_reason=invalidation.reason if invalidation else "",
    )
