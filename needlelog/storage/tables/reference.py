"""The clinic's own values for figures of the reference data: every decision ever made, none of them removed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import CheckConstraint, Field, SQLModel, UniqueConstraint


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
