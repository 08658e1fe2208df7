"""What is added to signed visits by follow-ups and adverse events, and answers that are still being written.

All but the latter are append-only. ``content`` is the entry as it was sealed; the other columns repeat of it what
lists ask for.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import CheckConstraint, Field, Index, SQLModel, UniqueConstraint

from needlelog.domain.adverse_events import EventEntryKind
from needlelog.domain.reactions import Outcome, Seriousness
from needlelog.storage.tables.base import codes


class FollowUpRow(SQLModel, table=True):
    """An answer, a try that reached nobody, or what was done about a red flag; ``about`` is the answer it was in."""

    __tablename__ = "follow_up"
    __table_args__ = (
        CheckConstraint("kind IN ('answer', 'attempt', 'handled')", name="follow_up_kind_known"),
        CheckConstraint("(kind = 'handled') = (about IS NOT NULL)", name="follow_up_about_an_answer"),
    )

    id: UUID = Field(primary_key=True)
    session_id: UUID = Field(foreign_key="session.id", index=True)
    kind: str
    moment: str
    red: bool = Field(index=True)
    about: UUID | None = Field(foreign_key="follow_up.id", index=True)
    by: str
    at: datetime
    content: str


class FollowUpGradeRow(SQLModel, table=True):
    """One reaction graded in an answer."""

    __tablename__ = "follow_up_grade"
    __table_args__ = (Index("ix_follow_up_grade_answer", "follow_up_id", "sequence", unique=True),)

    id: UUID = Field(primary_key=True)
    follow_up_id: UUID = Field(foreign_key="follow_up.id")
    session_id: UUID = Field(foreign_key="session.id", index=True)
    sequence: int
    reaction: str = Field(index=True)
    scale: str
    grade: int
    zone: str
    at: datetime


class EventEntryRow(SQLModel, table=True):
    """One entry on an adverse event, added after the visit was signed."""

    __tablename__ = "event_entry"

    id: UUID = Field(primary_key=True)
    session_id: UUID = Field(foreign_key="session.id", index=True)
    event_id: UUID = Field(index=True)
    kind: EventEntryKind = Field(sa_type=codes(EventEntryKind))
    seriousness: Seriousness | None = Field(sa_type=codes(Seriousness))
    outcome: Outcome | None = Field(sa_type=codes(Outcome))
    by: str
    at: datetime
    content: str


class FollowUpFormRow(SQLModel, table=True):
    """An answer that is still being written; gone when it is sealed."""

    __tablename__ = "follow_up_form"
    __table_args__ = (UniqueConstraint("session_id", "moment", name="follow_up_form_once"),)

    id: UUID = Field(primary_key=True)
    session_id: UUID = Field(foreign_key="session.id")
    moment: str
    saved_at: datetime
    content: str
