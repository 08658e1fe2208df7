"""The chain of seals: each fingerprint covers one record and the seal before it, so no record changes unseen."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from needlelog.domain.signed import Seal
from needlelog.storage.damage import cells, text_of
from needlelog.storage.database import SEALED
from needlelog.storage.tables.chain import SealRow

SESSION = "session"
ADDENDUM = "addendum"
INVALIDATION = "invalidation"
PAPER = "paper"
HANDOVER = "handover"
WITHDRAWAL = "withdrawal"
DISCARD = "discard"
FOLLOW_UP = "follow-up"
EVENT_ENTRY = "event-entry"
HEAD = "head"


def fingerprint(content: dict[str, Any]) -> str:
    """The SHA-256 of ``content`` in the one form in which it is sealed: JSON, keys in order, no blanks."""
    return text_fingerprint(canonical(content))


def canonical(content: dict[str, Any]) -> str:
    """``content`` in the one form in which it is sealed."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def text_fingerprint(text: str) -> str:
    """The SHA-256 of a text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def seal_fingerprint(
    sequence: int, kind: str, subject_id: UUID, content_sha256: str, previous: str, at: datetime
) -> str:
    """The fingerprint of one seal."""
    return text_fingerprint("\n".join((previous, str(sequence), kind, str(subject_id), content_sha256, at.isoformat())))


def append_seal(session: Session, kind: str, subject_id: UUID, content_sha256: str, at: datetime) -> Seal:
    """Seal a record as the newest link, within the transaction that writes the record."""
    # It is read back in UTC, and the fingerprint covers how it is written.
    at = at.astimezone(UTC)
    # Rows of this transaction must stand before their seal: the database lets none join a sealed session.
    session.flush()
    # Only what the next link needs: whatever else of the last one is damaged keeps nothing from being sealed.
    end = select(SealRow.sequence, SealRow.sha256).order_by(col(SealRow.sequence).desc()).limit(1)
    last, previous = session.exec(end).first() or (0, "")
    sequence, previous = last + 1, text_of(previous)
    row = SealRow(
        sequence=sequence,
        kind=kind,
        subject_id=subject_id,
        content_sha256=content_sha256,
        previous_sha256=previous,
        sha256=seal_fingerprint(sequence, kind, subject_id, content_sha256, previous, at),
        at=at,
    )
    session.add(row)
    session.flush()
    session.info[SEALED] = True
    return seal_of(row)


def seal_of(row: SealRow) -> Seal:
    """The seal in this row."""
    return Seal.model_validate(cells(row))
