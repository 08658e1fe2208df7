"""What the clinic sets in the place of what we ship, figures and wording: every decision ever made, none removed."""

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
    """One version of the clinic's wording of a paper in one language; ``texts`` is JSON, by the keys of the texts."""

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
