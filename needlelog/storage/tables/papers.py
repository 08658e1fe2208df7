"""Papers as they were made, and how they reached the client. Append-only."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import CheckConstraint, Field, SQLModel

from needlelog.domain.papers import HandOver, PaperKind
from needlelog.storage.tables.base import codes


class PaperRow(SQLModel, table=True):
    """One paper. A sheet may be made while its session is a draft, so ``session_id`` refers to no table.

    ``data`` stands last, so that a list of papers does not read it.
    """

    __tablename__ = "paper"
    __table_args__ = (CheckConstraint("size_bytes = length(data)", name="paper_whole"),)

    id: UUID = Field(primary_key=True)
    session_id: UUID = Field(index=True)
    client_id: UUID = Field(foreign_key="client.id", index=True)
    kind: PaperKind = Field(sa_type=codes(PaperKind))
    language: str
    template_version: str
    sha256: str
    size_bytes: int
    made_at: datetime
    data: bytes


class WithdrawalRow(SQLModel, table=True):
    """One time a paper was withdrawn; as many of its hand-overs as had been noted by then no longer count."""

    __tablename__ = "withdrawal"
    __table_args__ = (CheckConstraint("handovers >= 0", name="withdrawal_of_some"),)

    id: UUID = Field(primary_key=True)
    paper_id: UUID = Field(foreign_key="paper.id", index=True)
    session_id: UUID = Field(index=True)
    handovers: int
    reason: str
    by: str
    at: datetime


class HandOverRow(SQLModel, table=True):
    """One time a paper was given."""

    __tablename__ = "handover"

    paper_id: UUID = Field(primary_key=True, foreign_key="paper.id")
    sequence: int = Field(primary_key=True)
    how: HandOver = Field(sa_type=codes(HandOver))
    at: datetime
    by: str
