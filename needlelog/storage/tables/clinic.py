"""The clinic itself and its practitioners."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import CheckConstraint, Field, SQLModel

from needlelog.domain.clinic import PageSize
from needlelog.storage.tables.base import codes


class ClinicRow(SQLModel, table=True):
    """The one clinic of this database."""

    __tablename__ = "clinic"
    __table_args__ = (CheckConstraint("id = 1", name="one_clinic"), CheckConstraint("name <> ''", name="clinic_named"))

    id: int = Field(default=1, primary_key=True)
    name: str
    address: str
    phone: str
    phone_hours: str
    emergency_text: str
    country: str
    time_zone: str
    page_size: PageSize = Field(sa_type=codes(PageSize))
    language: str
    logo: bytes | None = None


class PractitionerRow(SQLModel, table=True):
    """One person who treats and signs."""

    __tablename__ = "practitioner"
    __table_args__ = (CheckConstraint("name <> ''", name="practitioner_named"),)

    id: UUID = Field(primary_key=True)
    name: str
    credentials: str
    active: bool
    added_at: datetime
