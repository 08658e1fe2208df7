"""Series of the clients, version by version, and which signed visit was a session of which. Nothing is changed."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlmodel import CheckConstraint, Field, Index, SQLModel, UniqueConstraint


class SeriesRow(SQLModel, table=True):
    """One version of a series; the newest counts. ``zones`` are ids parted by blanks."""

    __tablename__ = "series"
    __table_args__ = (
        UniqueConstraint("id", "version", name="series_version_once"),
        CheckConstraint("sessions >= 1", name="series_sessions_positive"),
        CheckConstraint("interval_days >= 1", name="series_interval_positive"),
        CheckConstraint("depth_um BETWEEN 0 AND 9999990", name="series_depth_sane"),
        CheckConstraint("(ended_on IS NULL) = (ended_reason = '')", name="series_end_reasoned"),
        Index("ix_series_client", "client_id", "sequence"),
    )

    sequence: int = Field(primary_key=True)
    id: UUID
    version: int
    client_id: UUID = Field(foreign_key="client.id")
    concern: str
    sessions: int
    interval_days: int
    zones: str
    depth_um: int | None
    started_on: date
    reason: str
    usual: bool
    ended_on: date | None
    ended_reason: str
    by: str
    at: datetime


class SeriesTreatmentRow(SQLModel, table=True):
    """Another treatment on the plan of one version."""

    __tablename__ = "series_treatment"

    series_sequence: int = Field(primary_key=True, foreign_key="series.sequence")
    position: int = Field(primary_key=True)
    id: UUID
    combination: str
    on: date
    note: str


class SeriesGradeRow(SQLModel, table=True):
    """One outcome grade of one version, at the start or at the end."""

    __tablename__ = "series_grade"

    series_sequence: int = Field(primary_key=True, foreign_key="series.sequence")
    position: int = Field(primary_key=True)
    at_end: bool
    id: UUID
    scale: str
    value: int
    zone: str
    at: datetime


class SeriesVisitRow(SQLModel, table=True):
    """A signed visit as a session of a series; ``number`` as it was counted at signing."""

    __tablename__ = "series_visit"
    __table_args__ = (CheckConstraint("number >= 1 AND sessions >= 1", name="series_visit_counted"),)

    session_id: UUID = Field(primary_key=True, foreign_key="session.id")
    sequence: int = Field(primary_key=True)
    series_id: UUID = Field(index=True)
    concern: str
    number: int
    sessions: int
