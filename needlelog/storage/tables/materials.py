"""The clinic's own list of devices and products, and their lots."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlmodel import CheckConstraint, Field, SQLModel, UniqueConstraint

from needlelog.domain.materials import DeviceKind, ProductKind
from needlelog.storage.tables.base import codes


class ProductRow(SQLModel, table=True):
    """One product. Device and anaesthetic columns are empty where the product is none."""

    __tablename__ = "product"
    __table_args__ = (
        CheckConstraint("name <> ''", name="product_named"),
        CheckConstraint("(kind = 'device') = (device_kind IS NOT NULL)", name="device_has_settings"),
        CheckConstraint("depth_min_um BETWEEN 0 AND depth_max_um", name="depth_ordered"),
        CheckConstraint("depth_step_um > 0", name="depth_step_positive"),
        CheckConstraint("device_kind IS NULL OR depth_max_um IS NOT NULL", name="device_has_depth"),
    )

    id: UUID = Field(primary_key=True)
    kind: ProductKind = Field(sa_type=codes(ProductKind), index=True)
    name: str
    maker: str
    knowledge_id: str
    amount_unit: str
    active: bool
    added_at: datetime
    device_kind: DeviceKind | None = Field(default=None, sa_type=codes(DeviceKind))
    depth_min_um: int | None = None
    depth_max_um: int | None = None
    depth_step_um: int | None = None
    depth_evaluated_um: int | None = None
    output_unit: str = ""
    output_fixed_milli: int | None = None
    device_source: str = ""
    is_anaesthetic: bool = False
    dwell_min_min: int | None = None
    dwell_max_min: int | None = None
    max_mg: int | None = None
    max_area_mm2: int | None = None
    anaesthetic_source: str = ""
    layer_mg_per_10cm2: int | None = None
    not_again_h: int | None = None


class AgentRow(SQLModel, table=True):
    """One agent of an anaesthetic, in thousandths of a percent."""

    __tablename__ = "product_agent"
    __table_args__ = (CheckConstraint("percent_milli >= 0", name="strength_positive"),)

    product_id: UUID = Field(primary_key=True, foreign_key="product.id")
    position: int = Field(primary_key=True)
    agent: str
    percent_milli: int


class LotRow(SQLModel, table=True):
    """One lot; ``last_used_at`` follows the signed visits."""

    __tablename__ = "lot"
    __table_args__ = (
        UniqueConstraint("product_id", "code", name="lot_once_per_product"),
        CheckConstraint("code <> ''", name="lot_coded"),
    )

    id: UUID = Field(primary_key=True)
    product_id: UUID = Field(foreign_key="product.id")
    code: str = Field(index=True)
    expires_on: date | None
    added_at: datetime
    last_used_at: datetime | None = None
