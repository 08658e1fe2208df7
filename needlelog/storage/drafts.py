"""Sessions under way, durable at each change."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from sqlalchemy import ColumnElement, Connection, Table, and_, bindparam, delete, insert, update
from sqlmodel import Session, SQLModel, col, select

from needlelog.clock import Clock
from needlelog.domain.findings import StepId
from needlelog.domain.history import UNTOLD, DiscardedVisit
from needlelog.domain.session import DraftSummary, Paper, RunningTimer, SessionDraft, SheetGiven
from needlelog.domain.unreadable import Kept
from needlelog.errors import Fault, FaultCode
from needlelog.storage.chain import DISCARD, append_seal, fingerprint, text_fingerprint
from needlelog.storage.damage import as_id, attempt, content_of, draft_in, readable, text_of
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
            if not _stands(session.connection(), DraftRow, draft_id):
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
            if not _stands(rows, DraftRow, draft_id):
                raise Fault(FaultCode.RECORD_NOT_FOUND)
            found = attempt(lambda: session.exec(columns.where(DraftRow.id == draft_id)).one())
            if found is None or not isinstance(found[2], str):
                raise Fault(FaultCode.RECORD_DAMAGED)
            client_id, revision, content = found
            kept = DiscardedDraftRow(
                id=uuid5(draft_id, str(revision)) if _stands(rows, DiscardedDraftRow, draft_id) else draft_id,
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
        return tuple(_discarded(one) for one in reversed(found))

    def take_up_again(self, draft_id: UUID) -> SessionDraft:
        """Put a visit that was given up back among the open ones, as it was; that it was given up stays on record.

        Raises ``Fault`` (RECORD_NOT_FOUND when it is not among the discarded ones (any more), RECORD_DAMAGED).
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


class GivenUp(NamedTuple):
    """One discarded draft; ``draft`` is None where its content cannot be read, ``damaged`` is set for any damage."""

    row: DiscardedDraftRow
    draft: SessionDraft | None
    damaged: bool


def given_up(session: Session, which: ColumnElement[bool]) -> list[GivenUp]:
    """The drafts that were given up and stand nowhere else now, each as it was given up last, in that order.

    One that lost its seal stands first. One that is damaged stands among them, as far as it can be told.
    """
    sealed = and_(col(SealRow.kind) == DISCARD, col(SealRow.subject_id) == col(DiscardedDraftRow.id))
    query = (
        select(DiscardedDraftRow)
        .outerjoin(SealRow, sealed)
        .where(which)
        .order_by(col(SealRow.sequence), col(DiscardedDraftRow.id))
    )
    found = readable(
        session, query, _read, Kept.DISCARDED_VISIT, rescue=lambda key: _as_far_as_told(session, as_id(key))
    )
    last: dict[UUID, GivenUp] = {}
    for one in found:
        draft_id = one.draft.id if one.draft else one.row.id
        last.pop(draft_id, None)
        last[draft_id] = one
    connection = session.connection()
    return [
        one
        for draft_id, one in last.items()
        if not _stands(connection, DraftRow, draft_id) and not _stands(connection, SessionRow, draft_id)
    ]


def _read(row: DiscardedDraftRow) -> GivenUp:
    draft = draft_in(row.content)
    one = GivenUp(row, draft, draft is None)
    # What the list would show of it must be readable too.
    _discarded(one)
    return one


def _as_far_as_told(session: Session, row_id: UUID | None) -> GivenUp | None:
    """A discarded draft whose row cannot be read, from its own text, else with nothing but that it is there."""
    if row_id is None:
        return None
    content = content_of(session, DiscardedDraftRow, row_id)
    text = text_of(content)
    draft = draft_in(text)
    owner = attempt(
        lambda: session.exec(select(DiscardedDraftRow.client_id).where(DiscardedDraftRow.id == row_id)).first()
    )
    client_id = draft.client_id if draft else owner
    if client_id is None:
        return None
    seal = select(SealRow.at).where(SealRow.kind == DISCARD, SealRow.subject_id == row_id)
    at = attempt(lambda: session.exec(seal).first()) or datetime.fromtimestamp(0, UTC)
    row = DiscardedDraftRow(id=row_id, client_id=client_id, reason=UNTOLD, by=UNTOLD, discarded_at=at, content=text)
    return GivenUp(row, draft, damaged=True)


def _discarded_draft(session: Session, draft_id: UUID) -> SessionDraft:
    columns = select(DiscardedDraftRow.client_id).where(DiscardedDraftRow.id == draft_id)
    client_id = attempt(lambda: session.exec(columns).first())
    if client_id is not None:
        for one in given_up(session, col(DiscardedDraftRow.client_id) == client_id):
            if one.draft is not None and one.draft.id == draft_id:
                return one.draft
            if one.draft is None and one.row.id == draft_id:
                raise Fault(FaultCode.RECORD_DAMAGED)
    raise Fault(FaultCode.RECORD_NOT_FOUND)


def _discarded(one: GivenUp) -> DiscardedVisit:
    row, draft = one.row, one.draft
    return DiscardedVisit(
        id=draft.id if draft else row.id,
        client_id=draft.client_id if draft else row.client_id,
        started_at=draft.started_at if draft else row.discarded_at,
        time_zone=draft.time_zone if draft else "UTC",
        practitioner=draft.practitioner if draft else UNTOLD,
        step=draft.step if draft else StepId.CONSULTATION,
        discarded_at=row.discarded_at,
        discarded_by=row.by,
        reason=row.reason,
        damaged=one.damaged,
        lost=draft is None,
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
