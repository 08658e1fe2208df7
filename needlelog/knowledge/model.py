"""The shapes of the reference data. Every entry carries its sources, the day it was collected and how much was seen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from needlelog.domain.findings import Level, Source
from needlelog.domain.materials import AnaestheticLimits, DeviceKind, DeviceSettings, ProductKind
from needlelog.domain.value import Line, Millimetres, Named, Value


class Entry(Value):
    """What every entry has. ``placeholder`` marks a value nobody has published; the screen says so."""

    id: Named
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    collected_on: date
    placeholder: bool = False
    note: str = ""


class View(StrEnum):
    """One drawing of the zone map."""

    FACE_FRONT = "face_front"
    FACE_LEFT = "face_left"
    FACE_RIGHT = "face_right"
    NECK = "neck"
    SCALP = "scalp"
    BODY_FRONT = "body_front"
    BODY_BACK = "body_back"


class Site(Entry):
    """Depth bands of one kind of skin (section "Needle depth by area"). ``never`` sites are not treated at all."""

    name: Named
    default_from_mm: Millimetres | None = None
    default_to_mm: Millimetres | None = None
    warn_above_mm: Millimetres | None = None
    confirm_above_mm: Millimetres | None = None
    never: bool = False
    guidance: str = ""
    """What the sources say, in our words, when they differ."""


class Zone(Value):
    """One tappable zone: a place on the body with the site whose bands apply. Left and right are the client's."""

    id: Named
    name: Named
    site: Named
    views: Annotated[tuple[View, ...], Field(min_length=1)]
    area: Literal["face", "eye", "neck", "chest", "scalp", "body"]


class Ceiling(Entry):
    """The depth nobody should pass anywhere with a mechanical needle."""

    depth_mm: Millimetres


class DeviceEntry(Entry):
    """A device of which depth range and step were actually seen."""

    name: Named
    maker: Line = ""
    settings: DeviceSettings
    pins: Line = ""
    authorised_use: str = ""
    fitzpatrick: tuple[int, ...] = ()


class ProductEntry(Entry):
    """A product other than a device. Anaesthetics carry their label's limits."""

    kind: ProductKind
    name: Named
    maker: Line = ""
    amount_unit: Line = ""
    anaesthetic: AnaestheticLimits | None = None


class Concern(Entry):
    """What brings the client."""

    name: Named
    depth_from_mm: Millimetres | None = None
    depth_to_mm: Millimetres | None = None
    interval_min_days: int | None = None
    interval_max_days: int | None = None
    sessions_min: int | None = None
    sessions_max: int | None = None


class Wait(Value):
    """How long to wait after something ended: the value used and every value the sources gave."""

    days: Annotated[int, Field(gt=0)]
    all_values: str = ""


class Contraindication(Entry):
    """One contraindication or precaution. ``only_for`` narrows it to device kinds; ``anaesthetic_only`` to numbing.

    What is ``derived_from`` something the program knows is not asked: for the birth date the age rules judge it.
    """

    title: Named
    question: Named
    level: Level
    group: Literal["skin-today", "health", "medicines", "allergies", "recent-treatments", "lifestyle"]
    wait: Wait | None = None
    detail: str = ""
    only_for: tuple[DeviceKind, ...] = ()
    anaesthetic_only: bool = False
    area_bound: bool = False
    derived_from: Literal["birth-date"] | None = None


class PreparationItem(Entry):
    """One thing the client was asked to do or leave before the visit."""

    question: Named
    detail: str = ""


class ScaleGrade(Value):
    """One grade: its digit and its word."""

    value: int
    word: Named
    meaning: str = ""


class Scale(Entry):
    """A published scale with its exact grades."""

    name: Named
    grades: Annotated[tuple[ScaleGrade, ...], Field(min_length=2)]
    for_baseline: bool = False
    severity: tuple[int, ...] = ()
    """For each grade 0 none, 1 mild, 2 moderate, 3 severe, 4 life-threatening, 5 death: our own reading of the
    published words, so that reactions on different scales can be compared. Empty where a scale grades no reaction."""


class ReactionEntry(Entry):
    """A named reaction with the window in which it is expected and when it is not any more."""

    name: Named
    scale: Named
    expected: str
    expected_until_h: int | None = None
    escalate: str
    common: bool = False
    main: bool = False
    """One that is graded at every visit; the others are there when they are asked for."""


class TimeOutItem(Entry):
    """One item of the pause before needling."""

    text: Named


class AftercareRule(Entry):
    """One rule of the aftercare sheet. Hours count from the end of the visit; ``until_h`` is when it ends.

    ``kind`` is what the client should do with it; ``rf_until_h`` replaces ``until_h`` after radio frequency.
    """

    kind: Literal["avoid", "do", "normal", "call"]
    topic: Named
    text: Named
    """One plain sentence; ``{until}`` is replaced by the computed day and time."""

    from_h: int = 0
    until_h: int | None = None
    rf_until_h: int | None = None
    until_days: int | None = None
    """Whole days instead of hours: then only the day is named, not the hour."""

    areas: tuple[str, ...] = ()
    order: int = 0


class EmergencyNumber(Value):
    """The number to dial in one country (ISO 3166-1 alpha-2)."""

    country: Named
    number: Named
    sources: tuple[Source, ...] = ()


class AgeRule(Entry):
    """Below ``years`` the finding of ``level`` is raised, worded as ``text``."""

    years: int
    level: Level
    text: Named


class IntervalRule(Entry):
    """The shortest and the usual time between sessions, in days.

    ``shortest_days`` holds for passes deeper than ``shallow_to_mm``; up to there ``shallow_shortest_days`` does.
    Passes deeper than ``deep_above_mm`` are worth a note before ``deep_usual_from_days``. None of it holds for zones
    of ``exempt_areas``.
    """

    shortest_days: int
    usual_from_days: int
    usual_to_days: int
    shallow_to_mm: Millimetres | None = None
    shallow_shortest_days: int | None = None
    deep_above_mm: Millimetres | None = None
    deep_usual_from_days: int | None = None
    exempt_areas: tuple[str, ...] = ()


class ShelfRule(Entry):
    """From how many days before its last good day on a lot is said to expire soon."""

    expires_soon_days: Annotated[int, Field(ge=0)]


class ClientQuestion(Entry):
    """What clients ask at the consultation, and the answer in plain words."""

    question: Named
    answer: str


class Knowledge(Value):
    """All reference data, cross-checked. ``version`` names this exact set: newest date and fingerprint."""

    version: Named
    sites: Mapping[str, Site]
    zones: Mapping[str, Zone]
    ceiling: Ceiling
    devices: Mapping[str, DeviceEntry]
    products: Mapping[str, ProductEntry]
    concerns: Mapping[str, Concern]
    contraindications: Mapping[str, Contraindication]
    preparation: Mapping[str, PreparationItem]
    scales: Mapping[str, Scale]
    reactions: Mapping[str, ReactionEntry]
    time_out: Mapping[str, TimeOutItem]
    aftercare: Mapping[str, AftercareRule]
    emergency_numbers: Mapping[str, EmergencyNumber]
    ages: Mapping[str, AgeRule]
    interval: IntervalRule
    shelf: ShelfRule
    questions: Mapping[str, ClientQuestion] = {}

    def site_of(self, zone: str) -> Site:
        """The site whose bands apply to ``zone``; raises ``KeyError`` for an unknown zone."""
        return self.sites[self.zones[zone].site]
