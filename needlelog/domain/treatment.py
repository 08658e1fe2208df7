"""Needling: passes over zones, each with device, lot, depth and what was seen."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from needlelog.domain.value import Line, Millimetres, Moment, Named, Output, Value


class Direction(StrEnum):
    """The way a pass went over the skin."""

    VERTICAL = "vertical"
    HORIZONTAL = "horizontal"
    DIAGONAL_RIGHT = "diagonal-right"
    DIAGONAL_LEFT = "diagonal-left"
    CROSSHATCH = "crosshatch"
    STAMPED = "stamped"


class Endpoint(StrEnum):
    """What was seen when the pass ended."""

    NONE = "none"
    ERYTHEMA = "erythema"
    PINPOINT_BLEEDING = "pinpoint-bleeding"
    STOPPED_EARLY = "stopped-early"


class NeedlingPass(Value):
    """One or several equal passes over one zone. ``output`` stands in ``output_unit`` (rpm, Hz, mJ, W).

    ``endpoint`` is None until somebody has said what was seen; a visit is not signed before.
    """

    id: UUID
    zone: Named
    device_id: UUID | None = None
    device: Named
    cartridge: Line = ""
    lot: Line = ""
    expires_on: date | None = None
    serial: Line = ""
    """The number of this very cartridge, where its pack bears one."""

    depth_mm: Millimetres
    output: Output | None = None
    output_unit: Line = ""
    direction: Direction
    count: Annotated[int, Field(ge=1, le=99)]
    endpoint: Endpoint | None = None
    at: Moment
    by: Line = ""


class InHand(Value):
    """What was taken into the hand for the next pass: no record of anything done, kept so that no restart forgets it.

    ``device_id`` is None where nobody has chosen the device.
    """

    device_id: UUID | None = None
    proposed_for: UUID | None = None
    """The device with which the cartridge was proposed; None where somebody took the cartridge."""

    cartridge: Line = ""
    lot: Line = ""
    expires_on: date | None = None
    serial: Line = ""
    direction: Direction
    count: Annotated[int, Field(ge=1, le=99)]
    output: Output | None = None


class PlannedZone(Value):
    """What is meant for one zone. ``from_visit_on`` marks a value copied from that day until it is confirmed,
    ``from_series`` one taken from the plan of a series. ``usual_depth``: nobody chose the depth, it is where the
    zone's usual band begins.
    """

    zone: Named
    device_id: UUID | None = None
    depth_mm: Millimetres | None = None
    from_visit_on: date | None = None
    from_series: bool = False
    usual_depth: bool = False
    confirmed: bool = True


class PlannedProduct(Value):
    """A product meant for this visit; marked like ``PlannedZone`` when it comes from the last one."""

    product_id: UUID
    from_visit_on: date | None = None
    confirmed: bool = True
