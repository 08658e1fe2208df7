"""Sessions that are not signed yet, and those that were given up."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import CheckConstraint, Field, SQLModel

from needlelog.domain.findings import StepId
from needlelog.storage.tables.base import codes


class DraftRow(SQLModel, table=True):
    """One draft: the whole document, and what the lists of open sessions show."""

    __tablename__ = "draft"
    __table_args__ = (CheckConstraint("revision >= 1", name="draft_saved"),)

    id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id", index=True)
    practitioner: str
    step: StepId = Field(sa_type=codes(StepId))
    started_at: datetime
    saved_at: datetime
    revision: int
    content: str


class DiscardedDraftRow(SQLModel, table=True):
    """A draft that was given up, kept whole with the reason. Append-only.

    ``id`` is the draft's own for the first time it is given up, and made from that and the revision for any other.
    """

    __tablename__ = "discarded_draft"
    __table_args__ = (CheckConstraint("reason <> ''", name="discard_reasoned"),)

    id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id", index=True)
    reason: str
    by: str
    discarded_at: datetime
    content: str
