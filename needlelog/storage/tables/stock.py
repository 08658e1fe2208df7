"""The shelf: packs by their numbers, what came in and went out, recalls, cartridges with numbers of their own."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import CheckConstraint, Field, Index, SQLModel, UniqueConstraint

from needlelog.domain.stock import MovementKind
from needlelog.storage.tables.base import codes


class PackRow(SQLModel, table=True):
    """One pack of a product."""

    __tablename__ = "pack"
    __table_args__ = (
        CheckConstraint("length(gtin) = 14", name="gtin_whole"),
        CheckConstraint("pieces >= 0", name="pieces_positive"),
    )

    gtin: str = Field(primary_key=True)
    product_id: UUID = Field(foreign_key="product.id", index=True)
    pieces: int | None


class LotMovementRow(SQLModel, table=True):
    """Something that came in or went out, in thousandths of the product's unit; append-only."""

    __tablename__ = "lot_movement"
    __table_args__ = (
        UniqueConstraint("id", name="movement_once"),
        CheckConstraint("quantity_milli > 0", name="movement_of_something"),
        CheckConstraint("\"by\" <> ''", name="movement_signed"),
    )

    sequence: int = Field(primary_key=True)
    id: UUID
    lot_id: UUID = Field(foreign_key="lot.id", index=True)
    kind: MovementKind = Field(sa_type=codes(MovementKind))
    quantity_milli: int
    reason: str
    by: str
    at: datetime


class RecallRow(SQLModel, table=True):
    """A recall or its end; append-only, the last entry of a lot holds."""

    __tablename__ = "lot_recall"
    __table_args__ = (
        UniqueConstraint("id", name="recall_once"),
        CheckConstraint("reason <> ''", name="recall_reasoned"),
        CheckConstraint("lot <> '' AND product <> ''", name="recall_of_something"),
        CheckConstraint("\"by\" <> ''", name="recall_signed"),
    )

    sequence: int = Field(primary_key=True)
    id: UUID
    product_id: UUID | None
    product: str
    lot: str
    recalled: bool
    reason: str
    by: str
    at: datetime


class NeedleRow(SQLModel, table=True):
    """A cartridge with a serial number in a signed visit, once for each visit; append-only, part of the visit."""

    __tablename__ = "needle"
    __table_args__ = (Index("ix_needle_session", "session_id", "sequence", unique=True),)

    session_id: UUID = Field(primary_key=True, foreign_key="session.id")
    sequence: int = Field(primary_key=True)
    cartridge: str
    lot: str
    serial: str = Field(index=True)
