"""Sessions under way, durable at each change."""

from __future__ import annotations

from datetime import UTC
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import ColumnElement, Connection, Table, and_, bindparam, delete, insert, update
from sqlmodel import Session, SQLModel, col, select

from needlelog.clock import Clock
from needlelog.domain.history import DiscardedVisit
from needlelog.domain.session import DraftSummary, Paper, SessionDraft, SheetGiven
from needlelog.errors import Fault, FaultCode
from needlelog.storage.chain import DISCARD, append_seal, fingerprint, text_fingerprint
from needlelog.storage.damage import attempt, draft_in, raw_ids
from needlelog.storage.database import Database
from needlelog.storage.papers import add_handover, add_paper
from needlelog.storage.tables.chain import SealRow
from needlelog.storage.tables.clients import ClientRow
from needlelog.storage.tables.drafts import DiscardedDraftRow, DraftRow
from needlelog.storage.tables.papers import PaperRow
from needlelog.storage.tables.sessions import SessionRow

# The bare table: what is saved at each tap takes the shortest way.
_DRAFT: Table = DraftRow.__table__  # type: ignore[attr-defined]
_SAVE = update(_DRAFT).where(_DRAFT.c.id == bindparam("of_draft"), _DRAFT.c.revision == bindparam("from_revision"))


class DraftRepository:
    """Every open session. A draft is one document, so that it is never half saved."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def save(self, draft: SessionDraft) -> SessionDraft:
        """Make ``draft`` durable; returns it with its new revision and the moment it was saved.

        Raises ``Fault`` (RECORD_CHANGED_ELSEWHERE when a newer revision is stored, RECORD_SIGNED, RECORD_NOT_FOUND
        for a draft or client that is not there) and those of writing; nothing is changed then.
        """
        with self._database.writing_rows() as rows:
            return self._save(rows, draft)

    def save_with_sheet(self, draft: SessionDraft, paper: Paper, data: bytes, given: SheetGiven) -> SessionDraft:
        """Make ``draft`` durable as ``save`` does, together with the sheet it says was given: all of it or nothing.

        A paper that is kept already is only noted as given once more.
        """
        with self._database.writing() as session:
            if session.exec(select(PaperRow.id).where(PaperRow.id == paper.id)).first() is None:
                add_paper(session, paper, data, given, self._clock.now())
            else:
                add_handover(session, given, self._clock.now())
            return self._save(session.connection(), draft)

    def _save(self, rows: Connection, draft: SessionDraft) -> SessionDraft:
        if draft.revision == 0:
            self._refuse_known(rows, draft)
            return self._put(rows, draft)
        saved = self._next(draft)
        changed = rows.execute(_SAVE, _columns(saved) | {"of_draft": draft.id, "from_revision": draft.revision})
        if changed.rowcount != 1:
            self._refuse_known(rows, draft)
            raise Fault(FaultCode.RECORD_NOT_FOUND)
        return saved

    def _put(self, rows: Connection, draft: SessionDraft) -> SessionDraft:
        saved = self._next(draft)
        fixed = {"id": draft.id, "client_id": draft.client_id, "started_at": draft.started_at}
        rows.execute(insert(_DRAFT).values(**fixed, **_columns(saved)))
        return saved

    def _next(self, draft: SessionDraft) -> SessionDraft:
        return draft.model_copy(update={"revision": draft.revision + 1, "saved_at": self._clock.now()})

    def get(self, draft_id: UUID) -> SessionDraft:
        """One draft as it was last saved; raises ``Fault`` (RECORD_NOT_FOUND, RECORD_DAMAGED)."""
        with self._database.reading() as session:
            content = session.exec(select(DraftRow.content).where(DraftRow.id == draft_id)).first()
        if content is None:
            raise Fault(FaultCode.RECORD_NOT_FOUND)
        draft = draft_in(content)
        if draft is None:
            raise Fault(FaultCode.RECORD_DAMAGED)
        return draft

    def open(self) -> tuple[DraftSummary, ...]:
        """Every draft, the newest first."""
        return self._open(None)

    def open_for(self, client_id: UUID) -> tuple[DraftSummary, ...]:
        """The drafts of one client, the newest first."""
        return self._open(client_id)

    def discard(self, draft_id: UUID, *, reason: str, by: str) -> None:
        """Take a draft off the list; it is kept whole, sealed, with the reason. Raises ``Fault(RECORD_NOT_FOUND)``."""
        now = self._clock.now().astimezone(UTC)
        with self._database.writing() as session:
            row = session.get(DraftRow, draft_id)
            if row is None:
                raise Fault(FaultCode.RECORD_NOT_FOUND)
            again = session.get(DiscardedDraftRow, draft_id) is not None
            kept = DiscardedDraftRow(
                id=uuid5(row.id, str(row.revision)) if again else row.id,
                client_id=row.client_id,
                reason=reason,
                by=by,
                discarded_at=now,
                content=row.content,
            )
            session.add(kept)
            session.delete(row)
            append_seal(session, DISCARD, kept.id, fingerprint(discard_content(kept)), now)

    def discarded_for(self, client_id: UUID) -> tuple[DiscardedVisit, ...]:
        """The visits of a client that were given up and not taken up again, the one given up last first."""
        with self._database.reading() as session:
            found = given_up(session, col(DiscardedDraftRow.client_id) == client_id)
        return tuple(_discarded(row, draft) for row, draft in reversed(found))

    def take_up_again(self, draft_id: UUID) -> SessionDraft:
        """Put a visit that was given up back among the open ones, as it was; that it was given up stays on record.

        Raises ``Fault(RECORD_NOT_FOUND)`` when it is not among the discarded ones (any more).
        """
        with self._database.writing() as session:
            return self._put(session.connection(), _discarded_draft(session, draft_id))

    def _refuse_known(self, rows: Connection, draft: SessionDraft) -> None:
        if _stands(rows, SessionRow, draft.id):
            raise Fault(FaultCode.RECORD_SIGNED)
        if _stands(rows, DraftRow, draft.id) or _stands(rows, DiscardedDraftRow, draft.id):
            raise Fault(FaultCode.RECORD_CHANGED_ELSEWHERE)
        if not _stands(rows, ClientRow, draft.client_id):
            raise Fault(FaultCode.RECORD_NOT_FOUND)

    def _open(self, client_id: UUID | None) -> tuple[DraftSummary, ...]:
        query = (
            select(DraftRow, ClientRow.full_name, ClientRow.number)
            .join(ClientRow, col(ClientRow.id) == col(DraftRow.client_id))
            .order_by(col(DraftRow.started_at).desc(), col(DraftRow.id))
        )
        if client_id is not None:
            query = query.where(DraftRow.client_id == client_id)
        with self._database.reading() as session:
            found = session.exec(query).all()
        return tuple(_summary(row, name, number) for row, name, number in found)


def discard_content(row: DiscardedDraftRow) -> dict[str, Any]:
    """What the seal of a draft given up covers; its content through its fingerprint."""
    return {
        "id": str(row.id),
        "client_id": str(row.client_id),
        "reason": row.reason,
        "by": row.by,
        "at": row.discarded_at.isoformat(),
        "content_sha256": text_fingerprint(row.content),
    }


def given_up(session: Session, which: ColumnElement[bool]) -> list[tuple[DiscardedDraftRow, SessionDraft]]:
    """The drafts that were given up and stand nowhere else now, each as it was given up last, in that order.

    One that lost its seal stands first; one that cannot be read any more is found by the check of the records.
    """
    query = (
        select(DiscardedDraftRow)
        .outerjoin(SealRow, and_(col(SealRow.kind) == DISCARD, col(SealRow.subject_id) == col(DiscardedDraftRow.id)))
        .where(which)
        .order_by(col(SealRow.sequence))
    )
    last: dict[UUID, tuple[DiscardedDraftRow, SessionDraft]] = {}
    rows = attempt(lambda: session.exec(query).all())
    if rows is None:
        each = (attempt(session.get, DiscardedDraftRow, one) for one in raw_ids(session, DiscardedDraftRow) if one)
        rows = [row for row in each if row is not None]
    for row in rows:
        draft = draft_in(row.content)
        if draft is not None:
            last.pop(draft.id, None)
            last[draft.id] = (row, draft)
    connection = session.connection()
    return [
        pair
        for draft_id, pair in last.items()
        if not _stands(connection, DraftRow, draft_id) and not _stands(connection, SessionRow, draft_id)
    ]


def _discarded_draft(session: Session, draft_id: UUID) -> SessionDraft:
    first = session.get(DiscardedDraftRow, draft_id)
    if first is not None:
        for _, draft in given_up(session, col(DiscardedDraftRow.client_id) == first.client_id):
            if draft.id == draft_id:
                return draft
    raise Fault(FaultCode.RECORD_NOT_FOUND)


def _discarded(row: DiscardedDraftRow, draft: SessionDraft) -> DiscardedVisit:
    return DiscardedVisit(
        id=draft.id,
        client_id=draft.client_id,
        started_at=draft.started_at,
        time_zone=draft.time_zone,
        practitioner=draft.practitioner,
        step=draft.step,
        discarded_at=row.discarded_at,
        discarded_by=row.by,
        reason=row.reason,
    )


def _columns(saved: SessionDraft) -> dict[str, Any]:
    return {
        "practitioner": saved.practitioner,
        "step": saved.step,
        "saved_at": saved.saved_at,
        "revision": saved.revision,
        "content": saved.model_dump_json(),
    }


def remove_draft(rows: Connection, draft_id: UUID) -> None:
    """Take a signed draft away, within the transaction that signed it."""
    rows.execute(delete(_DRAFT).where(_DRAFT.c.id == draft_id))


def _stands(rows: Connection, table: type[SQLModel], row_id: UUID) -> bool:
    key = table.__table__.c.id  # type: ignore[attr-defined]
    return rows.execute(select(key).where(key == row_id)).first() is not None


def _summary(row: DraftRow, client_name: str, client_number: int) -> DraftSummary:
    # One whose content cannot be read any more still stands in the list; opening it says so.
    draft = draft_in(row.content)
    return DraftSummary(
        id=row.id,
        client_id=row.client_id,
        client_name=client_name,
        client_number=client_number,
        practitioner=row.practitioner,
        step=row.step,
        started_at=row.started_at,
        saved_at=row.saved_at,
        running=draft.running if draft else (),
    )
