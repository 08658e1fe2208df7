"""Sessions under way, durable at each change."""

from __future__ import annotations

from datetime import UTC
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Connection, Table, bindparam, delete, insert, update
from sqlmodel import Session, col, select

from needlelog.clock import Clock
from needlelog.domain.history import DiscardedVisit
from needlelog.domain.papers import Paper, SheetGiven, Withdrawal
from needlelog.domain.session import DraftSummary, RunningTimer, SessionDraft
from needlelog.domain.unreadable import Kept
from needlelog.errors import Fault, FaultCode
from needlelog.storage.chain import DISCARD, append_seal, fingerprint
from needlelog.storage.damage import as_id, attempt, content_of, draft_in, readable
from needlelog.storage.database import Database
from needlelog.storage.discarded import discard_content, discarded_draft, discarded_visit, given_up, stands
from needlelog.storage.papers import add_handover, add_paper, add_withdrawal
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
        self._running: dict[UUID, tuple[int, tuple[RunningTimer, ...]]] = {}

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

    def save_with_withdrawal(self, draft: SessionDraft, withdrawal: Withdrawal) -> SessionDraft:
        """Make ``draft`` durable as ``save`` does, together with the withdrawal of a sheet that it tells of."""
        with self._database.writing() as session:
            add_withdrawal(session, withdrawal, self._clock.now())
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
            if not stands(session.connection(), DraftRow, draft_id):
                raise Fault(FaultCode.RECORD_NOT_FOUND)
            draft = draft_in(content_of(session, DraftRow, draft_id) or "")
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
        """Take a draft off the list; it is kept whole, sealed, with the reason.

        Raises ``Fault`` (RECORD_NOT_FOUND, RECORD_DAMAGED for one of which not even the text can be kept).
        """
        now = self._clock.now().astimezone(UTC)
        with self._database.writing() as session:
            # Only what is kept of the row is read: whatever else in it is damaged does not hold it on the list.
            rows, columns = session.connection(), select(DraftRow.client_id, DraftRow.revision, DraftRow.content)
            if not stands(rows, DraftRow, draft_id):
                raise Fault(FaultCode.RECORD_NOT_FOUND)
            found = attempt(lambda: session.exec(columns.where(DraftRow.id == draft_id)).one())
            if found is None or not isinstance(found[2], str):
                raise Fault(FaultCode.RECORD_DAMAGED)
            client_id, revision, content = found
            kept = DiscardedDraftRow(
                id=uuid5(draft_id, str(revision)) if stands(rows, DiscardedDraftRow, draft_id) else draft_id,
                client_id=client_id,
                reason=reason,
                by=by,
                discarded_at=now,
                content=content,
            )
            session.add(kept)
            remove_draft(rows, draft_id)
            append_seal(session, DISCARD, kept.id, fingerprint(discard_content(kept)), now)

    def discarded_for(self, client_id: UUID) -> tuple[DiscardedVisit, ...]:
        """The visits of a client that were given up and not taken up again, the one given up last first."""
        with self._database.reading() as session:
            found = given_up(session, col(DiscardedDraftRow.client_id) == client_id)
        return tuple(discarded_visit(one) for one in reversed(found))

    def take_up_again(self, draft_id: UUID) -> SessionDraft:
        """Put a visit that was given up back among the open ones, as it was; that it was given up stays on record.

        Raises ``Fault`` (RECORD_NOT_FOUND when it is not among the discarded ones (any more), RECORD_DAMAGED).
        """
        with self._database.writing() as session:
            return self._put(session.connection(), discarded_draft(session, draft_id))

    def _refuse_known(self, rows: Connection, draft: SessionDraft) -> None:
        if stands(rows, SessionRow, draft.id):
            raise Fault(FaultCode.RECORD_SIGNED)
        if stands(rows, DraftRow, draft.id) or stands(rows, DiscardedDraftRow, draft.id):
            raise Fault(FaultCode.RECORD_CHANGED_ELSEWHERE)
        if not stands(rows, ClientRow, draft.client_id):
            raise Fault(FaultCode.RECORD_NOT_FOUND)

    def _open(self, client_id: UUID | None) -> tuple[DraftSummary, ...]:
        query = (
            select(DraftRow, ClientRow.full_name, ClientRow.number)
            .outerjoin(ClientRow, col(ClientRow.id) == col(DraftRow.client_id))
            .order_by(col(DraftRow.started_at).desc(), col(DraftRow.id))
        )
        if client_id is not None:
            query = query.where(DraftRow.client_id == client_id)

        def shown(row: DraftRow, name: str, number: int) -> DraftSummary:
            return _summary(row, self._running_in(row), name, number)

        with self._database.reading() as session:
            found = readable(
                session,
                query,
                shown,
                Kept.OPEN_VISIT,
                client=ClientRow.number,
                rescue=lambda key: _from_content(session, as_id(key)),
            )
        return tuple(found)

    def _running_in(self, row: DraftRow) -> tuple[RunningTimer, ...]:
        """What runs in an open visit. The list is asked for every few seconds: each revision is read once.

        One whose content cannot be read any more still stands in the list; opening it says so.
        """
        revision, running = self._running.get(row.id, (0, ()))
        if revision != row.revision:
            draft = draft_in(row.content)
            running = draft.running if draft else ()
            self._running[row.id] = row.revision, running
        return running


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


def _from_content(session: Session, draft_id: UUID | None) -> DraftSummary | None:
    """An open visit whose list columns are damaged, told by its own document, in which all of them stand."""
    draft = draft_in(content_of(session, DraftRow, draft_id) or "")
    if draft is None or draft.id != draft_id:
        return None
    client = select(ClientRow.full_name, ClientRow.number).where(ClientRow.id == draft.client_id)
    name, number = session.exec(client).one()
    return DraftSummary(
        id=draft.id,
        client_id=draft.client_id,
        client_name=name,
        client_number=number,
        practitioner=draft.practitioner,
        step=draft.step,
        started_at=draft.started_at,
        saved_at=draft.saved_at,
        running=draft.running,
    )


def _summary(row: DraftRow, running: tuple[RunningTimer, ...], client_name: str, client_number: int) -> DraftSummary:
    return DraftSummary(
        id=row.id,
        client_id=row.client_id,
        client_name=client_name,
        client_number=client_number,
        practitioner=row.practitioner,
        step=row.step,
        started_at=row.started_at,
        saved_at=row.saved_at,
        running=running,
    )
