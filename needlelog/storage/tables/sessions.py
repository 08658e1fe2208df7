"""Signed sessions: the record as one document, and its typed rows for every question that will be asked of it.

Append-only, all of them: ``guards`` makes the database refuse anything but the first insert.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlmodel import CheckConstraint, Field, Index, SQLModel

from needlelog.domain.findings import Level, StepId
from needlelog.domain.materials import ProductKind
from needlelog.domain.reactions import Outcome, Seriousness
from needlelog.domain.treatment import Direction, Endpoint
from needlelog.storage.tables.base import codes


class SessionRow(SQLModel, table=True):
    """One signed session. ``content`` is the canonical record, ``content_sha256`` its fingerprint;
    ``concerns`` are ids, one a line.
    """

    __tablename__ = "session"
    __table_args__ = (Index("ix_session_client", "client_id", "started_at"),)

    id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    practitioner_id: UUID
    practitioner: str
    started_at: datetime
    time_zone: str
    signed_at: datetime
    signed_by: str
    none_observed: bool
    concerns: str
    content_sha256: str
    content: str


class NeedlingPassRow(SQLModel, table=True):
    """One or several equal passes over one zone."""

    __tablename__ = "needling_pass"
    __table_args__ = (
        CheckConstraint("depth_um BETWEEN 0 AND 9999990", name="depth_sane"),
        CheckConstraint("count BETWEEN 1 AND 99", name="count_sane"),
        Index("ix_needling_pass_session", "session_id", "sequence", unique=True),
        Index("ix_needling_pass_zone", "zone", "session_id"),
    )

    id: UUID = Field(primary_key=True)
    session_id: UUID = Field(foreign_key="session.id")
    sequence: int
    zone: str
    device_id: UUID | None
    device: str
    cartridge: str
    lot: str = Field(index=True)
    expires_on: date | None
    depth_um: int
    output_milli: int | None
    output_unit: str
    direction: Direction = Field(sa_type=codes(Direction))
    count: int
    endpoint: Endpoint = Field(sa_type=codes(Endpoint))
    at: datetime
    by: str


class MaterialUseRow(SQLModel, table=True):
    """A product as it was used, numbing included. ``zones`` are ids parted by blanks; ``amount_milli`` counts
    thousandths of ``amount_unit`` (of a gram for numbing).
    """

    __tablename__ = "material_use"
    __table_args__ = (
        CheckConstraint("amount_milli > 0", name="amount_positive"),
        CheckConstraint("duration_s >= 0", name="duration_positive"),
        Index("ix_material_use_session", "session_id", "sequence", unique=True),
    )

    id: UUID = Field(primary_key=True)
    session_id: UUID = Field(foreign_key="session.id")
    sequence: int
    step: StepId = Field(sa_type=codes(StepId))
    kind: ProductKind = Field(sa_type=codes(ProductKind))
    product_id: UUID | None
    name: str
    strength: str
    lot: str = Field(index=True)
    expires_on: date | None
    amount_milli: int | None
    amount_unit: str
    area_mm2: int | None
    zones: str
    duration_s: int | None
    started_at: datetime | None
    ended_at: datetime | None
    at: datetime | None
    by: str


class ObservationRow(SQLModel, table=True):
    """One named reaction with its grade."""

    __tablename__ = "observation"
    __table_args__ = (Index("ix_observation_session", "session_id", "sequence", unique=True),)

    id: UUID = Field(primary_key=True)
    session_id: UUID = Field(foreign_key="session.id")
    sequence: int
    reaction: str = Field(index=True)
    scale: str
    grade: int
    zone: str
    note: str
    at: datetime
    moment: str


class GradeRow(SQLModel, table=True):
    """One reading on a scale before the treatment."""

    __tablename__ = "grade"
    __table_args__ = (Index("ix_grade_session", "session_id", "sequence", unique=True),)

    id: UUID = Field(primary_key=True)
    session_id: UUID = Field(foreign_key="session.id")
    sequence: int
    scale: str = Field(index=True)
    value: int
    zone: str
    at: datetime


class AdverseEventRow(SQLModel, table=True):
    """Something that must be followed up."""

    __tablename__ = "adverse_event"
    __table_args__ = (Index("ix_adverse_event_session", "session_id", "sequence", unique=True),)

    id: UUID = Field(primary_key=True)
    session_id: UUID = Field(foreign_key="session.id")
    sequence: int
    what: str
    seriousness: Seriousness = Field(sa_type=codes(Seriousness))
    action_taken: str
    zones: str
    at: datetime
    onset_at: datetime | None
    outcome: Outcome | None = Field(sa_type=codes(Outcome))
    reported_to: str


class OverrideRow(SQLModel, table=True):
    """A written reason for going on against a finding."""

    __tablename__ = "session_override"

    session_id: UUID = Field(primary_key=True, foreign_key="session.id")
    sequence: int = Field(primary_key=True)
    finding_key: str
    code: str = Field(index=True)
    step: StepId = Field(sa_type=codes(StepId))
    level: Level = Field(sa_type=codes(Level))
    title: str
    reason: str
    by: str
    at: datetime


class ScreeningAnswerRow(SQLModel, table=True):
    """The answer to one contraindication."""

    __tablename__ = "screening_answer"
    __table_args__ = (CheckConstraint("answer IN ('no', 'yes', 'unsure')", name="answer_known"),)

    session_id: UUID = Field(primary_key=True, foreign_key="session.id")
    sequence: int = Field(primary_key=True)
    contraindication: str = Field(index=True)
    answer: str
    ended_on: date | None
    note: str
    at: datetime


class AddendumRow(SQLModel, table=True):
    """Words added to a signed session."""

    __tablename__ = "addendum"
    __table_args__ = (CheckConstraint("text <> ''", name="addendum_worded"),)

    id: UUID = Field(primary_key=True)
    session_id: UUID = Field(foreign_key="session.id", index=True)
    text: str
    by: str
    at: datetime


class InvalidationRow(SQLModel, table=True):
    """A signed session that is not to count, and why; the session itself stays."""

    __tablename__ = "invalidation"
    __table_args__ = (CheckConstraint("reason <> ''", name="invalidation_reasoned"),)

    session_id: UUID = Field(primary_key=True, foreign_key="session.id")
    reason: str
    by: str
    at: datetime
