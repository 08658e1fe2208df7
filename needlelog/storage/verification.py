"""Whether every sealed record still is what was sealed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlmodel import Session, SQLModel, col, select

from needlelog.storage.chain import (
    ADDENDUM,
    INVALIDATION,
    PAPER,
    SESSION,
    fingerprint,
    seal_fingerprint,
    text_fingerprint,
)
from needlelog.storage.papers import paper_content
from needlelog.storage.records import Record, addendum_content, invalidation_content, session_row, typed_rows
from needlelog.storage.tables import PARTS_OF_SESSION
from needlelog.storage.tables.chain import SealRow
from needlelog.storage.tables.papers import PaperRow
from needlelog.storage.tables.sessions import AddendumRow, InvalidationRow, SessionRow


class SealProblem(StrEnum):
    """What is wrong with a sealed record."""

    CHAIN_BROKEN = "chain-broken"
    RECORD_MISSING = "record-missing"
    CONTENT_CHANGED = "content-changed"
    ROWS_DIFFER = "rows-differ"
    NOT_SEALED = "not-sealed"


@dataclass(frozen=True, slots=True)
class SealFault:
    """One record that is not what was sealed; ``sequence`` is its place in the chain, if it has one."""

    problem: SealProblem
    kind: str
    subject_id: UUID
    sequence: int | None = None


_TABLES: dict[str, tuple[type[SQLModel], str]] = {
    SESSION: (SessionRow, "id"),
    ADDENDUM: (AddendumRow, "id"),
    INVALIDATION: (InvalidationRow, "session_id"),
    PAPER: (PaperRow, "id"),
}


def find_faults(session: Session) -> Iterator[SealFault]:
    """Every fault, in the order of the chain, then records without a seal."""
    previous = ""
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
        problem = problem or _problem(session, seal)
        if problem is not None:
            yield SealFault(problem, seal.kind, seal.subject_id, seal.sequence)
        previous = seal.sha256
    for kind, (table, key) in _TABLES.items():
        for subject_id in session.exec(select(getattr(table, key))):
            if (kind, subject_id) not in sealed:
                yield SealFault(SealProblem.NOT_SEALED, kind, subject_id)


def _problem(session: Session, seal: SealRow) -> SealProblem | None:
    """What is wrong with the record under this seal."""
    if seal.kind not in _TABLES:
        return SealProblem.RECORD_MISSING
    row = session.get(_TABLES[seal.kind][0], seal.subject_id)
    if row is None:
        return SealProblem.RECORD_MISSING
    try:
        if _content_sha256(row) != seal.content_sha256:
            return SealProblem.CONTENT_CHANGED
        if isinstance(row, SessionRow):
            return _session_problem(session, row)
        return None
    finally:
        session.expunge(row)


def _content_sha256(row: SQLModel) -> str:
    if isinstance(row, SessionRow):
        return text_fingerprint(row.content)
    if isinstance(row, AddendumRow):
        return fingerprint(addendum_content(row))
    if isinstance(row, InvalidationRow):
        return fingerprint(invalidation_content(row))
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
    return None if stored == expected else SealProblem.ROWS_DIFFER
