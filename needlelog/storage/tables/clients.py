"""Clients, with what they are found by."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlmodel import CheckConstraint, Field, Index, SQLModel

from needlelog.domain.client import AllergyState, FactKind
from needlelog.domain.partial_date import Precision
from needlelog.storage.tables.base import codes


class ClientRow(SQLModel, table=True):
    """One client. ``found_by``, ``name_folded`` and ``phone_digits`` are made from the fields they repeat;
    ``visits``, ``last_visit_at`` and ``seen_at`` follow the signed visits.
    """

    __tablename__ = "client"
    __table_args__ = (
        CheckConstraint("number >= 1", name="client_number_positive"),
        CheckConstraint("full_name <> ''", name="client_named"),
        CheckConstraint("fitzpatrick BETWEEN 1 AND 6", name="fitzpatrick_known"),
        CheckConstraint("version >= 0", name="client_version_positive"),
        # A search reads this index alone: a narrow copy of what clients are found by.
        Index(
            "ix_client_found",
            "seen_at",
            "id",
            "archived_at",
            "found_by",
            "phone_digits",
            "number",
            "birth_date",
        ),
        Index("ix_client_same", "birth_date", "name_folded"),
    )

    id: UUID = Field(primary_key=True)
    number: int = Field(unique=True)
    full_name: str
    known_as: str
    birth_date: date
    phone: str
    email: str
    address: str
    emergency_contact: str
    language: str
    fitzpatrick: int | None
    allergy_state: AllergyState = Field(sa_type=codes(AllergyState))
    notes: str
    added_at: datetime
    archived_at: datetime | None
    version: int
    name_folded: str
    found_by: str
    phone_digits: str
    visits: int = 0
    last_visit_at: datetime | None = None
    seen_at: datetime


class AllergyRow(SQLModel, table=True):
    """One substance and what it did."""

    __tablename__ = "client_allergy"
    __table_args__ = (CheckConstraint("substance <> ''", name="substance_named"),)

    client_id: UUID = Field(primary_key=True, foreign_key="client.id")
    position: int = Field(primary_key=True)
    substance: str
    reaction: str


class FactRow(SQLModel, table=True):
    """One standing fact of a client's history. ``since`` and ``until`` are first days of their precision."""

    __tablename__ = "client_fact"
    __table_args__ = (
        CheckConstraint("text <> ''", name="fact_worded"),
        CheckConstraint("(since IS NULL) = (since_precision IS NULL)", name="since_with_precision"),
        CheckConstraint("(until IS NULL) = (until_precision IS NULL)", name="until_with_precision"),
    )

    id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id", index=True)
    position: int
    kind: FactKind = Field(sa_type=codes(FactKind))
    text: str
    contraindication: str
    since: date | None
    since_precision: Precision | None = Field(sa_type=codes(Precision, "since_"))
    until: date | None
    until_precision: Precision | None = Field(sa_type=codes(Precision, "until_"))
    noted_on: date
