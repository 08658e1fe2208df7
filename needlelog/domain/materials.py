"""What the clinic works with: devices, cartridges, anaesthetics, serums and the lots they come from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator

from needlelog.domain.value import (
    Amount,
    Count,
    Grams,
    Line,
    Millimetres,
    Moment,
    Named,
    Output,
    Percent,
    SquareCentimetres,
    Value,
)


class ProductKind(StrEnum):
    """What a product is for."""

    DEVICE = "device"
    CARTRIDGE = "cartridge"
    CLEANSER = "cleanser"
    ANAESTHETIC = "anaesthetic"
    SERUM = "serum"
    COOLING = "cooling"
    ADDON = "addon"
    AFTERCARE = "aftercare"


class DeviceKind(StrEnum):
    """How a device makes its channels."""

    MOTOR_PEN = "motor-pen"
    ROLLER = "roller"
    STAMP = "stamp"
    RF = "rf"


class DeviceSettings(Value):
    """What a device can be set to. ``depth_evaluated_mm`` is the deepest its label evaluated, if a label was seen."""

    kind: DeviceKind
    depth_min_mm: Millimetres = Decimal(0)
    depth_max_mm: Millimetres
    depth_step_mm: Annotated[Decimal, Field(gt=0, max_digits=4, decimal_places=2)]
    depth_evaluated_mm: Millimetres | None = None
    output_unit: Line = ""
    """``rpm``, ``Hz``, ``mJ``, ``W`` or empty where the device has no such setting."""

    output_fixed: Output | None = None
    source: Line = ""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.depth_min_mm > self.depth_max_mm:
            raise ValueError("the least depth is above the greatest")
        return self


class AnaestheticLimits(Value):
    """What a label says of a topical anaesthetic; times in minutes. Empty where no figure was seen."""

    agents: tuple[tuple[Named, Percent], ...] = ()
    """Agent and strength in percent."""

    dwell_min_min: Count | None = None
    dwell_max_min: Count | None = None
    max_g: Grams | None = None
    max_area_cm2: SquareCentimetres | None = None
    source: Line = ""
    g_per_10cm2: Grams | None = None
    """The thickest layer, in grams on 10 cm²."""

    not_again_h: Annotated[int, Field(gt=0)] | None = None
    """The hours within which it is not put on again."""


class Product(Value):
    """One entry of the clinic's own list. ``knowledge_id`` names the sourced entry it was filled from, if any."""

    id: UUID
    kind: ProductKind
    name: Named
    maker: Line = ""
    knowledge_id: Line = ""
    device: DeviceSettings | None = None
    anaesthetic: AnaestheticLimits | None = None
    amount_unit: Line = ""
    active: bool = True
    added_at: Moment

    @model_validator(mode="after")
    def _device_has_settings(self) -> Self:
        if (self.kind is ProductKind.DEVICE) != (self.device is not None):
            raise ValueError("exactly devices have device settings")
        return self


class Listed(dict[UUID, Product]):
    """The clinic's list to judge by, by id. ``damaged`` where something on it cannot be read and is left out."""

    damaged: bool = False


def is_unreadable(products: Mapping[UUID, Product], product_id: UUID) -> bool:
    """Whether this product is missing because it cannot be read: nothing is ever taken off the list."""
    return product_id not in products and isinstance(products, Listed) and products.damaged


class Lot(Value):
    """One lot of a product that the clinic has used or holds. ``expires_on`` is the last good day."""

    id: UUID
    product_id: UUID
    code: Named
    expires_on: date | None = None
    added_at: Moment


class MaterialUse(Value):
    """A product as it was used in a visit, copied so that later changes of the list leave the record alone."""

    id: UUID
    product_id: UUID | None = None
    kind: ProductKind
    name: Named
    lot: Line = ""
    expires_on: date | None = None
    amount: Amount | None = None
    amount_unit: Line = ""
    zones: tuple[str, ...] = ()
    duration_s: Count | None = None
    started_at: Moment | None = None
    """When a timed application began; a timer is only ever a start moment."""

    at: Moment
    by: Line = ""
