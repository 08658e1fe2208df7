"""Sessions under way, durable at each change."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Connection, Table, bindparam, delete, insert, update
from sqlmodel import SQLModel, col, select

from needlelog.clock import Clock
from needlelog.domain.session import DraftSummary, SessionDraft
from needlelog.errors import Fault, FaultCode
from needlelog.storage.database import Database
from needlelog.storage.tables.clients import ClientRow
from needlelog.storage.tables.drafts import DiscardedDraftRow, DraftRow
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
        saved = draft.model_copy(update={"revision": draft.revision + 1, "saved_at": self._clock.now()})
        columns = {
            "practitioner": saved.practitioner,
            "step": saved.step,
            "saved_at": saved.saved_at,
            "revision": saved.revision,
            "content": saved.model_dump_json(),
        }
        with self._database.writing_rows() as rows:
            if draft.revision == 0:
                self._refuse_known(rows, draft)
                fixed = {"id": draft.id, "client_id": draft.client_id, "started_at": draft.started_at}
                rows.execute(insert(_DRAFT).values(**fixed, **columns))
                return saved
            changed = rows.execute(_SAVE, columns | {"of_draft": draft.id, "from_revision": draft.revision})
            if changed.rowcount != 1:
                self._refuse_known(rows, draft)
                raise Fault(FaultCode.RECORD_NOT_FOUND)
        return saved

    def get(self, draft_id: UUID) -> SessionDraft:
        """One draft as it was last saved; raises ``Fault(RECORD_NOT_FOUND)``."""
        with self._database.reading() as session:
            content = session.exec(select(DraftRow.content).where(DraftRow.id == draft_id)).first()
        if content is None:
            raise Fault(FaultCode.RECORD_NOT_FOUND)
        return SessionDraft.model_validate_json(content)

    def open(self) -> tuple[DraftSummary, ...]:
        """Every draft, the newest first."""
        return self._open(None)

    def open_for(self, client_id: UUID) -> tuple[DraftSummary, ...]:
        """The drafts of one client, the newest first."""
        return self._open(client_id)

    def discard(self, draft_id: UUID, *, reason: str, by: str) -> None:
        """Take a draft off the list; it is kept whole with the reason. Raises ``Fault(RECORD_NOT_FOUND)``."""
        with self._database.writing() as session:
            row = session.get(DraftRow, draft_id)
            if row is None:
                raise Fault(FaultCode.RECORD_NOT_FOUND)
            session.add(
                DiscardedDraftRow(
                    id=row.id,
                    client_id=row.client_id,
                    reason=reason,
                    by=by,
                    discarded_at=self._clock.now(),
                    content=row.content,
                )
            )
            session.delete(row)

    def _refuse_known(self, rows: Connection, draft: SessionDraft) -> None:
        if _stands(rows, SessionRow, draft.id):
            raise Fault(FaultCode.RECORD_SIGNED)
        if _stands(rows, DraftRow, draft.id) or _stands(rows, DiscardedDraftRow, draft.id):
            raise Fault(FaultCode.RECORD_CHANGED_ELSEWHERE)
        if not _stands(rows, ClientRow, draft.client_id):
            raise Fault(FaultCode.RECORD_NOT_FOUND)

    def _open(self, client_id: UUID | None) -> tuple[DraftSummary, ...]:
        query = (
            select(DraftRow.content, ClientRow.full_name, ClientRow.number)
            .join(ClientRow, col(ClientRow.id) == col(DraftRow.client_id))
            .order_by(col(DraftRow.started_at).desc(), col(DraftRow.id))
        )
        if client_id is not None:
            query = query.where(DraftRow.client_id == client_id)
        with self._database.reading() as session:
            found = session.exec(query).all()
        return tuple(
            _summary(SessionDraft.model_validate_json(content), name, number) for content, name, number in found
        )


def remove_draft(rows: Connection, draft_id: UUID) -> None:
    """Take a signed draft away, within the transaction that signed it."""
    rows.execute(delete(_DRAFT).where(_DRAFT.c.id == draft_id))


def _stands(rows: Connection, table: type[SQLModel], row_id: UUID) -> bool:
    key = table.__table__.c.id  # type: ignore[attr-defined]
    return rows.execute(select(key).where(key == row_id)).first() is not None


def _summary(draft: SessionDraft, client_name: str, client_number: int) -> DraftSummary:
    return DraftSummary(
        id=draft.id,
        client_id=draft.client_id,
        client_name=client_name,
        client_number=client_number,
        practitioner=draft.practitioner,
        step=draft.step,
        started_at=draft.started_at,
        saved_at=draft.saved_at,
        running=draft.running,
    )
