"""Whether every sealed record still is what was sealed, and whether what it names is kept."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlmodel import Session, SQLModel, col, select

from needlelog.clock import local
from needlelog.domain.session import SessionDraft
from needlelog.errors import Fault
from needlelog.storage.chain import (
    ADDENDUM,
    DISCARD,
    HANDOVER,
    INVALIDATION,
    PAPER,
    SESSION,
    fingerprint,
    seal_fingerprint,
    text_fingerprint,
)
from needlelog.storage.drafts import discard_content
from needlelog.storage.papers import handover_content, handover_id, paper_content
from needlelog.storage.records import Record, addendum_content, invalidation_content, session_row, typed_rows
from needlelog.storage.tables import PARTS_OF_SESSION
from needlelog.storage.tables.chain import SealRow
from needlelog.storage.tables.clients import ClientRow
from needlelog.storage.tables.drafts import DiscardedDraftRow, DraftRow
from needlelog.storage.tables.papers import HandOverRow, PaperRow
from needlelog.storage.tables.sessions import AddendumRow, InvalidationRow, SessionRow


class SealProblem(StrEnum):
    """What is wrong with a sealed record."""

    CHAIN_BROKEN = "chain-broken"
    RECORD_MISSING = "record-missing"
    CONTENT_CHANGED = "content-changed"
    ROWS_DIFFER = "rows-differ"
    NOT_SEALED = "not-sealed"
    PAPER_MISSING = "paper-missing"
    """The record says a sheet was given, and no such sheet or hand-over is kept."""


@dataclass(frozen=True, slots=True)
class SealFault:
    """One record that is not what was sealed; ``sequence`` is its place in the chain, if it has one.

    ``session_id`` names the visit it belongs to, where that can still be told.
    """

    problem: SealProblem
    kind: str
    subject_id: UUID
    sequence: int | None = None
    session_id: UUID | None = None


_TABLES: dict[str, tuple[type[SQLModel], str]] = {
    SESSION: (SessionRow, "id"),
    ADDENDUM: (AddendumRow, "id"),
    INVALIDATION: (InvalidationRow, "session_id"),
    PAPER: (PaperRow, "id"),
    DISCARD: (DiscardedDraftRow, "id"),
}


def find_faults(session: Session) -> Iterator[SealFault]:
    """Every fault, in the order of the chain, then records without a seal."""
    previous = ""
    handovers = {
        handover_id(row.paper_id, row.sequence): row
        for row in session.exec(select(HandOverRow).order_by(col(HandOverRow.paper_id), col(HandOverRow.sequence)))
    }
    sealed: set[tuple[str, UUID]] = set()
    seals = session.exec(select(SealRow).order_by(col(SealRow.sequence))).all()
    for expected, seal in enumerate(seals, start=1):
        sealed.add((seal.kind, seal.subject_id))
        made = seal_fingerprint(
            expected, seal.kind, seal.subject_id, seal.content_sha256, seal.previous_sha256, seal.at
        )
        problem: SealProblem | None = None
        if seal.sequence != expected or seal.previous_sha256 != previous or seal.sha256 != made:
            problem = SealProblem.CHAIN_BROKEN
        row = handovers.get(seal.subject_id) if seal.kind == HANDOVER else _row(session, seal)
        problem = problem or _problem(session, seal, row)
        if problem is not None:
            yield SealFault(problem, seal.kind, seal.subject_id, seal.sequence, _session_of(session, row))
        if row is not None and seal.kind != HANDOVER:
            session.expunge(row)
        previous = seal.sha256
    for kind, (table, key) in _TABLES.items():
        for subject_id in session.exec(select(getattr(table, key))):
            if (kind, subject_id) not in sealed:
                about = _session_of(session, session.get(table, subject_id))
                yield SealFault(SealProblem.NOT_SEALED, kind, subject_id, session_id=about)
    for subject_id, row in handovers.items():
        if (HANDOVER, subject_id) not in sealed:
            about = _session_of(session, row)
            yield SealFault(SealProblem.NOT_SEALED, HANDOVER, subject_id, session_id=about)


def photos_named(session: Session) -> dict[str, UUID]:
    """The fingerprint of every photo that a visit names, signed, open or given up, with the visit that names it."""
    found: dict[str, UUID] = {}
    for draft in _drafts(session):
        for photo in draft.photos:
            found.setdefault(photo.sha256, draft.id)
    return found


def _drafts(session: Session) -> Iterator[SessionDraft]:
    """What every visit recorded, signed ones first; a content that cannot be read any more is found by its seal."""
    for content in session.exec(select(SessionRow.content)):
        with contextlib.suppress(ValueError, Fault):
            yield Record.model_validate_json(content).draft
    for kept in (select(DraftRow.content), select(DiscardedDraftRow.content)):
        for content in session.exec(kept):
            with contextlib.suppress(ValueError, Fault):
                yield SessionDraft.model_validate_json(content)


def number_and_day(session: Session, session_id: UUID) -> tuple[int, date] | None:
    """The client number and the day of a visit, wherever it stands."""
    visit: SessionRow | SessionDraft | None = session.get(SessionRow, session_id)
    row = visit or session.get(DraftRow, session_id) or session.get(DiscardedDraftRow, session_id)
    if isinstance(row, DraftRow | DiscardedDraftRow):
        with contextlib.suppress(ValueError, Fault):
            visit = SessionDraft.model_validate_json(row.content)
    if visit is None:
        return None
    number = session.exec(select(ClientRow.number).where(ClientRow.id == visit.client_id)).first()
    return None if number is None else (number, local(visit.started_at, visit.time_zone).date())


def _row(session: Session, seal: SealRow) -> SQLModel | None:
    return session.get(_TABLES[seal.kind][0], seal.subject_id) if seal.kind in _TABLES else None


def _session_of(session: Session, row: SQLModel | None) -> UUID | None:
    """The visit that a row belongs to."""
    if isinstance(row, SessionRow):
        return row.id
    if isinstance(row, DiscardedDraftRow):
        try:
            return SessionDraft.model_validate_json(row.content).id
        except ValueError:
            return None
    if isinstance(row, HandOverRow):
        return session.exec(select(PaperRow.session_id).where(PaperRow.id == row.paper_id)).first()
    return getattr(row, "session_id", None)


def _problem(session: Session, seal: SealRow, row: SQLModel | None) -> SealProblem | None:
    """What is wrong with the record under this seal."""
    if row is None:
        return SealProblem.RECORD_MISSING
    if _content_sha256(row) != seal.content_sha256:
        return SealProblem.CONTENT_CHANGED
    return _session_problem(session, row) if isinstance(row, SessionRow) else None


def _content_sha256(row: SQLModel) -> str:
    if isinstance(row, SessionRow):
        return text_fingerprint(row.content)
    if isinstance(row, AddendumRow):
        return fingerprint(addendum_content(row))
    if isinstance(row, InvalidationRow):
        return fingerprint(invalidation_content(row))
    if isinstance(row, HandOverRow):
        return fingerprint(handover_content(row))
    if isinstance(row, DiscardedDraftRow):
        return fingerprint(discard_content(row))
    if isinstance(row, PaperRow) and hashlib.sha256(row.data).hexdigest() == row.sha256:
        return fingerprint(paper_content(row))
    return ""


def _session_problem(session: Session, row: SessionRow) -> SealProblem | None:
    record = Record.model_validate_json(row.content)
    # The text is what was sealed, or this would not be asked.
    if row.model_dump() != session_row(record, row.content, text_fingerprint(row.content)).model_dump():
        return SealProblem.ROWS_DIFFER
    expected = [one.model_dump() for one in typed_rows(record.draft)]
    stored: list[dict[str, Any]] = []
    for table in PARTS_OF_SESSION:
        columns: Any = table
        query = select(table).where(columns.session_id == row.id).order_by(columns.sequence)
        stored.extend(one.model_dump() for one in session.exec(query))
    if stored != expected:
        return SealProblem.ROWS_DIFFER
    return None if _sheets_kept(session, record.draft) else SealProblem.PAPER_MISSING


def _sheets_kept(session: Session, draft: SessionDraft) -> bool:
    """Whether every sheet that the record says was given is kept, with that very hand-over."""
    query = (
        select(HandOverRow, PaperRow.sha256)
        .join(PaperRow, col(HandOverRow.paper_id) == col(PaperRow.id))
        .where(PaperRow.session_id == draft.id)
    )
    kept = {(row.paper_id, sha256, row.how, row.at, row.by) for row, sha256 in session.exec(query)}
    return all((one.document_id, one.sha256, one.how, one.at, one.by) in kept for one in draft.aftercare.given)
