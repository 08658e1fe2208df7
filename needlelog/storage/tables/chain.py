"""The chain of seals: each covers one record and every seal before it. Append-only."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import CheckConstraint, Field, SQLModel, UniqueConstraint


class SealRow(SQLModel, table=True):
    """One link."""

    __tablename__ = "seal"
    __table_args__ = (UniqueConstraint("kind", "subject_id", name="sealed_once"),)

    sequence: int = Field(primary_key=True)
    kind: str
    subject_id: UUID
    content_sha256: str
    previous_sha256: str
    sha256: str = Field(unique=True)
    at: datetime


class HeadBegunRow(SQLModel, table=True):
    """One time the note of the chain's end was begun: first by itself, without a reason, then anew with one."""

    __tablename__ = "head_begun"
    __table_args__ = (
        UniqueConstraint("sequence", name="head_begun_in_order"),
        CheckConstraint("after_seal >= 0", name="head_begun_after"),
    )

    id: UUID = Field(primary_key=True)
    sequence: int
    after_seal: int
    reason: str
    by: str
    at: datetime
