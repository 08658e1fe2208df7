"""Signed sessions: sealed once, then only read and added to."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, union_all, update
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from needlelog.clock import Clock
from needlelog.domain.materials import MaterialUse
from needlelog.domain.session import Addendum, ClientAsSigned, Numbing, SessionDraft, SignedSession, VisitSummary
from needlelog.errors import Fault, FaultCode
from needlelog.storage.chain import ADDENDUM, INVALIDATION, SESSION, append_seal, fingerprint, seal_of, text_fingerprint
from needlelog.storage.database import Database
from needlelog.storage.drafts import remove_draft
from needlelog.storage.records import (
    Record,
    addendum_content,
    invalidation_content,
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
    MaterialUseRow,
    NeedlingPassRow,
    SessionRow,
)
from needlelog.storage.verification import SealFault, SealProblem, find_faults
from needlelog.storage.visits import VisitParts

__all__ = ["LotUse", "SealFault", "SealProblem", "SessionRepository"]


class LotUse(NamedTuple):
    """One use of a lot on a client."""

    session_id: UUID
    client_id: UUID
    at: datetime
    product: str


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
        """One signed session with everything added since; raises ``Fault(RECORD_NOT_FOUND)``."""
        with self._database.reading() as session:
            return _signed(session, session_id)

    def latest(self, client_id: UUID) -> SignedSession | None:
        """The newest session of a client that was not invalidated."""
        with self._database.reading() as session:
            found = session.exec(
                select(SessionRow.id)
                .where(SessionRow.client_id == client_id, _counts())
                .order_by(col(SessionRow.started_at).desc(), col(SessionRow.signed_at).desc())
                .limit(1)
            ).first()
            return None if found is None else _signed(session, found)

    def for_client(self, client_id: UUID) -> tuple[VisitSummary, ...]:
        """A client's visits, the newest first."""
        with self._database.reading() as session:
            rows = session.exec(
                select(SessionRow)
                .where(SessionRow.client_id == client_id)
                .order_by(col(SessionRow.started_at), col(SessionRow.signed_at))
            ).all()
            parts = VisitParts(session, client_id)
        summaries = []
        previous: SessionRow | None = None
        for row in rows:
            summary = parts.summary(row, previous)
            summaries.append(summary)
            if not summary.invalidated:
                previous = row
        return tuple(reversed(summaries))

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

    def treated_with_lot(self, code: str) -> tuple[LotUse, ...]:
        """Every use of this lot, of whatever product, in the order of time; asked when a maker recalls it."""
        passes: Any = sql_select(
            col(NeedlingPassRow.session_id), col(NeedlingPassRow.at), col(NeedlingPassRow.cartridge).label("name")
        ).where(col(NeedlingPassRow.lot) == code)
        uses: Any = sql_select(col(MaterialUseRow.session_id), col(MaterialUseRow.at), col(MaterialUseRow.name)).where(
            col(MaterialUseRow.lot) == code
        )
        found = union_all(passes, uses).subquery()
        at = func.min(func.coalesce(found.c.at, SessionRow.started_at))
        query = (
            select(SessionRow.id, SessionRow.client_id, SessionRow.started_at, found.c.name)
            .join(found, found.c.session_id == SessionRow.id)
            .group_by(col(SessionRow.id), found.c.name)
            .order_by(at)
        )
        with self._database.reading() as session:
            return tuple(LotUse(*row) for row in session.execute(query))

    def verify(self) -> tuple[SealFault, ...]:
        """Walk the chain, work out every fingerprint again, and compare typed rows with the record they repeat."""
        with self._database.reading() as session:
            return tuple(find_faults(session))


def _counts() -> ColumnElement[bool]:
    gone = select(InvalidationRow.session_id).where(InvalidationRow.session_id == SessionRow.id)
    return ~gone.exists()


def _check_newest(session: Session, draft: SessionDraft) -> None:
    if session.get(SessionRow, draft.id) is not None:
        raise Fault(FaultCode.RECORD_SIGNED)
    stored = session.exec(select(DraftRow.revision).where(DraftRow.id == draft.id)).first()
    if stored is None:
        # A draft that was never stored may be signed; one that was given up may not.
        if draft.revision or session.get(DiscardedDraftRow, draft.id) is not None:
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
    visits, last = session.execute(
        select(func.count(), func.max(SessionRow.started_at)).where(SessionRow.client_id == client_id, _counts())
    ).one()
    row = session.get_one(ClientRow, client_id)
    row.visits, row.last_visit_at = visits, last
    row.seen_at = max(row.added_at, last) if last else row.added_at


def _note_lots(session: Session, draft: SessionDraft) -> None:
    uses: tuple[MaterialUse | Numbing, ...] = (
        *draft.cleansing.uses,
        *draft.numbing,
        *draft.serums,
        *draft.cooling,
    )
    by_id = [and_(col(LotRow.product_id) == use.product_id, col(LotRow.code) == use.lot) for use in uses if use.lot]
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
    seal = session.exec(select(SealRow).where(SealRow.kind == SESSION, SealRow.subject_id == session_id)).one()
    addenda = session.exec(
        select(AddendumRow)
        .join(SealRow, and_(col(SealRow.subject_id) == col(AddendumRow.id), col(SealRow.kind) == ADDENDUM))
        .where(AddendumRow.session_id == session_id)
        .order_by(col(SealRow.sequence))
    ).all()
    invalidation = session.get(InvalidationRow, session_id)
    record = Record.model_validate_json(row.content)
    return SignedSession(
        draft=record.draft,
        client=record.client,
        signed_at=record.signed_at,
        signed_by=record.signed_by,
        seal=seal_of(seal),
        addenda=tuple(Addendum.model_validate(one.model_dump()) for one in addenda),
        invalidated_at=invalidation.at if invalidation else None,
        invalidated_reason=invalidation.reason if invalidation else "",
    )
