"""The shapes of where is needled, how deep, with what and for what: zones, sites, devices, products, concerns."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from needlelog.domain.materials import AnaestheticLimits, DeviceKind, DeviceSettings, ProductKind
from needlelog.domain.value import Line, Millimetres, Named, Value
from needlelog.knowledge.entry import Entry


class View(StrEnum):
    """One drawing of the zone map."""

    FACE_FRONT = "face_front"
    FACE_LEFT = "face_left"
    FACE_RIGHT = "face_right"
    NECK = "neck"
    SCALP = "scalp"
    BODY_FRONT = "body_front"
    BODY_BACK = "body_back"


class ConcernBand(Value):
    """Depth bands of one site for one concern, where the sources differ from those of the site itself."""

    concern: Named
    default_from_mm: Millimetres | None = None
    default_to_mm: Millimetres | None = None
    warn_above_mm: Millimetres | None = None
    confirm_above_mm: Millimetres | None = None
    note: str = ""


class Site(Entry):
    """Depth bands of one kind of skin (section "Needle depth by area"). ``never`` sites are not treated at all."""

    name: Named
    default_from_mm: Millimetres | None = None
    default_to_mm: Millimetres | None = None
    warn_above_mm: Millimetres | None = None
    confirm_above_mm: Millimetres | None = None
    rf_above_mm: Millimetres | None = None
    """Above which radio frequency is asked about; None where no depth for it was found."""

    never: bool = False
    guidance: str = ""
    """What the sources say, in our words, when they differ."""

    for_concerns: tuple[ConcernBand, ...] = ()


class Zone(Value):
    """One tappable zone: a place on the body with the site whose bands apply. Left and right are the client's."""

    id: Named
    name: Named
    site: Named
    views: Annotated[tuple[View, ...], Field(min_length=1)]
    area: Literal["face", "eye", "neck", "chest", "scalp", "body"]


class Ceiling(Entry):
    """The depth nobody should pass anywhere with a mechanical needle.

    ``unsourced_above_mm`` is where a zone is asked about of which no source gives a depth, and ``rf_face_above_mm``
    where radio frequency goes deeper than its review did anywhere on face and neck.
    """

    depth_mm: Millimetres
    unsourced_above_mm: Millimetres | None = None
    rf_face_above_mm: Millimetres | None = None

    @property
    def shipped_mm(self) -> Decimal:
        """Ours, also where the clinic has set a lower one."""
        return next((Decimal(value.ours) for value in self.own if value.key == "depth_mm"), self.depth_mm)


class AreaUse(Value):
    """For which skin types a device is authorised on zones of one area, where that is not the same everywhere."""

    area: Named
    fitzpatrick: Annotated[tuple[int, ...], Field(min_length=1)]


class DeviceEntry(Entry):
    """A device of which depth range and step were actually seen."""

    name: Named
    maker: Line = ""
    settings: DeviceSettings
    pins: Line = ""
    authorised_use: str = ""
    fitzpatrick: tuple[int, ...] = ()
    on_area: tuple[AreaUse, ...] = ()


class DescribedDevice(Entry):
    """A device of which too little was seen to offer it: the clinic enters it from its own instructions for use.

    Depth, needles and speed stand as text, because no figure may be guessed from them.
    """

    name: Named
    kind: DeviceKind
    depth: str = ""
    pins: Line = ""
    speed: Line = ""
    authorised_use: str = ""


class ProductEntry(Entry):
    """A product other than a device. Anaesthetics carry their label's limits.

    ``g_per_10cm2`` is the thickest layer, ``usual_to_min`` where the usual time on the skin ends although the label
    allows more, and ``not_again_h`` the hours within which it is not put on again.
    """

    kind: ProductKind
    name: Named
    maker: Line = ""
    amount_unit: Line = ""
    anaesthetic: AnaestheticLimits | None = None
    g_per_10cm2: Annotated[Decimal, Field(gt=0)] | None = None
    usual_to_min: Annotated[int, Field(gt=0)] | None = None
    not_again_h: Annotated[int, Field(gt=0)] | None = None


class Concern(Entry):
    """What brings the client.

    ``flag`` is what the one who treats is told at the chair, as a question: that nothing is authorised for it, or that
    it belongs to a specialist. ``only_devices`` and ``only_sites`` are those that are authorised for it, if any are.
    """

    name: Named
    depth_from_mm: Millimetres | None = None
    depth_to_mm: Millimetres | None = None
    interval_min_days: int | None = None
    interval_max_days: int | None = None
    sessions_min: int | None = None
    sessions_max: int | None = None
    never_deeper_mm: Millimetres | None = None
    """The deepest any zone is taken for this concern before it is warned, where a source limits it."""

    flag: str = ""
    only_devices: tuple[Named, ...] = ()
    only_sites: tuple[Named, ...] = ()
