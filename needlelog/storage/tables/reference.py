"""What the clinic sets in the place of what we ship, figures and wording: every decision ever made, none removed.

Only wording that is still being written is changed and goes when it is kept.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import CheckConstraint, Field, SQLModel, UniqueConstraint

from needlelog.domain.own_texts import SheetKind
from needlelog.storage.tables.base import codes


class ClinicValueRow(SQLModel, table=True):
    """One decision; the newest for a place counts, and an empty value takes ours back."""

    __tablename__ = "clinic_value"
    __table_args__ = (
        UniqueConstraint("id", name="clinic_value_once"),
        CheckConstraint("reason <> ''", name="clinic_value_reasoned"),
        CheckConstraint("\"by\" <> ''", name="clinic_value_signed"),
    )

    sequence: int = Field(primary_key=True)
    id: UUID
    kind: str
    entry: str
    key: str
    value: str
    ours: str
    reason: str
    by: str
    at: datetime


class OwnTextsRow(SQLModel, table=True):
    """One version of the clinic's wording of a paper in one language.

    ``texts`` and ``base`` are JSON, by the keys of the texts.
    """

    __tablename__ = "own_texts"
    __table_args__ = (
        UniqueConstraint("id", name="own_texts_once"),
        UniqueConstraint("sheet", "language", "number", name="own_texts_in_order"),
        CheckConstraint("number >= 1", name="own_texts_counted"),
        CheckConstraint("\"by\" <> ''", name="own_texts_signed"),
    )

    sequence: int = Field(primary_key=True)
    id: UUID
    sheet: SheetKind = Field(sa_type=codes(SheetKind))
    language: str
    number: int
    texts: str
    shipped: str
    reviewed_by: str
    reason: str
    by: str
    at: datetime
    base: str | None


class OwnTextsDraftRow(SQLModel, table=True):
    """Wording that one practitioner is still writing; ``content`` is JSON. Gone when it is kept or discarded."""

    __tablename__ = "own_texts_draft"
    __table_args__ = (
        UniqueConstraint("practitioner_id", "sheet", "language", name="own_texts_draft_once"),
        CheckConstraint("beside >= 0", name="own_texts_draft_beside_counted"),
    )

    id: UUID = Field(primary_key=True)
    practitioner_id: UUID = Field(foreign_key="practitioner.id")
    sheet: SheetKind = Field(sa_type=codes(SheetKind))
    language: str
    beside: int
    shipped: str
    saved_at: datetime
    content: str
