"""Sessions that were given up: kept whole, listed as far as they can be read, and taken up again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, and_
from sqlmodel import Session, SQLModel, col, select

from needlelog.domain.findings import StepId
from needlelog.domain.history import UNTOLD, DiscardedVisit
from needlelog.domain.session import SessionDraft
from needlelog.domain.unreadable import Kept
from needlelog.errors import Fault, FaultCode
from needlelog.storage.chain import DISCARD, text_fingerprint
from needlelog.storage.damage import as_id, attempt, content_of, draft_in, readable, text_of
from needlelog.storage.tables.chain import SealRow
from needlelog.storage.tables.drafts import DiscardedDraftRow, DraftRow
from needlelog.storage.tables.sessions import SessionRow


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
        if not stands(connection, DraftRow, draft_id) and not stands(connection, SessionRow, draft_id)
    ]


def _read(row: DiscardedDraftRow) -> GivenUp:
    draft = draft_in(row.content)
    one = GivenUp(row, draft, draft is None)
    # What the list would show of it must be readable too.
    discarded_visit(one)
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


def discarded_draft(session: Session, draft_id: UUID) -> SessionDraft:
    """A discarded draft as it was given up; raises ``Fault`` (RECORD_NOT_FOUND, RECORD_DAMAGED)."""
    columns = select(DiscardedDraftRow.client_id).where(DiscardedDraftRow.id == draft_id)
    client_id = attempt(lambda: session.exec(columns).first())
    if client_id is not None:
        for one in given_up(session, col(DiscardedDraftRow.client_id) == client_id):
            if one.draft is not None and one.draft.id == draft_id:
                return one.draft
            if one.draft is None and one.row.id == draft_id:
                raise Fault(FaultCode.RECORD_DAMAGED)
    raise Fault(FaultCode.RECORD_NOT_FOUND)


def discarded_visit(one: GivenUp) -> DiscardedVisit:
    """What a list shows of it; raises ``ValueError`` for what cannot be shown."""
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


def stands(rows: Connection, table: type[SQLModel], row_id: UUID) -> bool:
    """Whether there is a row of this id."""
    key = table.__table__.c.id  # type: ignore[attr-defined]
    return rows.execute(select(key).where(key == row_id)).first() is not None
