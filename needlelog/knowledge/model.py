"""The shapes of the reference data. Every entry carries its sources, the day it was collected and how much was seen."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from needlelog.domain.findings import Level, Source
from needlelog.domain.materials import AnaestheticLimits, DeviceKind, DeviceSettings, ProductKind
from needlelog.domain.value import Line, Millimetres, Named, Value
from needlelog.knowledge.asking import FollowUpAction as FollowUpAction
from needlelog.knowledge.asking import FollowUpMoment as FollowUpMoment
from needlelog.knowledge.asking import FollowUpQuestion as FollowUpQuestion
from needlelog.knowledge.asking import SevereGrade as SevereGrade
from needlelog.knowledge.asking import VisitMoment as VisitMoment
from needlelog.knowledge.entry import Entry as Entry
from needlelog.knowledge.entry import OwnValue as OwnValue
from needlelog.knowledge.entry import Seen as Seen
from needlelog.knowledge.entry import Variant as Variant


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


class Wait(Value):
    """How long to wait after something ended: the value used and every value the sources gave.

    ``said`` is the value in the source's own measure where it is not days: ``12 months``; ``counted`` says then how the
    days come of it.
    """

    days: Annotated[int, Field(gt=0)]
    said: Line = ""
    counted: Line = ""
    all_values: str = ""


class Contraindication(Entry):
    """One contraindication or precaution. ``only_for`` narrows it to device kinds; ``anaesthetic_only`` to numbing.

    What is ``no_anaesthetic`` speaks against the numbing cream as well as against the treatment.

    What is ``standing`` holds until somebody says otherwise: it is confirmed at the next visit, not asked again.
    What is ``derived_from`` something the program knows is not asked: for the birth date the age rules judge it.
    """

    title: Named
    question: Named
    level: Level
    group: Literal["skin-today", "health", "medicines", "allergies", "recent-treatments", "lifestyle"]
    wait: Wait | None = None
    detail: str = ""
    only_for: tuple[DeviceKind, ...] = ()
    leave_out: bool = False
    """The zones where it is are marked on the map, although they may be treated around it."""

    anaesthetic_only: bool = False
    no_anaesthetic: bool = False
    area_bound: bool = False
    standing: bool = False
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
    escalate_after_h: int | None = None
    """When one that is still there is a red flag; ``expected_until_h`` alone only says that it should be gone."""

    ungraded_from: int | None = None
    """Where no source gives such an hour: the least grade that is a red flag after ``expected_until_h`` when none was
    graded before."""

    never_expected: bool = False
    """Any grade of it is a red flag, at whatever time."""

    one_sided: bool = False
    """After its window one that is on one side only, both treated, is a red flag."""

    one_sided_by: int | None = None
    """So many grades more than on the other side count as one-sided as well."""

    action: Line = ""
    """What is done about a red flag: a ``FollowUpAction``."""

    common: bool = False
    main: bool = False
    """One that is graded at every visit; the others are there when they are asked for."""


TimeOutMatter = Literal[
    "client", "consent", "allergies", "products", "numbing", "zones", "depths", "device", "cartridge", "day"
]
"""What an item of the time-out can be about; ``day`` is the one on which it is said."""


class TimeOutItem(Entry):
    """One item of the pause before needling, said again once what it is about has changed."""

    text: Named
    undone_by: tuple[TimeOutMatter, ...] = ()
    denied_by: tuple[str, ...] = ()
    """Contraindications that say the opposite: while one keeps the needle out, the item cannot be said."""


Occasion = Literal["radio-frequency", "numbing", "reaction"]  # a reaction beyond what is expected


class AftercareRule(Entry):
    """One rule of the aftercare sheet. Hours count from the end of the visit; ``until_h`` is when it ends.

    ``kind`` is what the client should do with it; ``rf_until_h`` replaces ``until_h`` after radio frequency.
    """

    kind: Literal["avoid", "do", "normal", "call", "results"]
    topic: Named
    text: Named
    """One plain sentence; ``{until}`` is replaced by the computed day and time, ``{reactions}`` by their names."""

    from_h: int = 0
    until_h: int | None = None
    rf_until_h: int | None = None
    until_days: int | None = None
    """Whole days instead of hours: then only the day is named, not the hour."""

    areas: tuple[str, ...] = ()
    only_after: tuple[Occasion, ...] = ()
    not_after: tuple[Occasion, ...] = ()
    fitzpatrick_from: int | None = None
    deeper_than_mm: Millimetres | None = None
    order: int = 0


class PreparationRule(Entry):
    """One rule of the preparation sheet: what a client does, leaves, asks or calls about before the next visit."""

    kind: Literal["leave", "do", "ask", "call"]
    text: Named
    """One or two plain sentences; ``{by}`` is replaced by the day that lies ``days_before`` the visit."""

    brief: Line = ""
    """The same in a few words for the aftercare sheet; empty where that sheet leaves it out."""

    days_before: int | None = None
    areas: tuple[str, ...] = ()
    order: int = 0


class EmergencyNumber(Value):
    """The number to dial in one country (ISO 3166-1 alpha-2)."""

    country: Named
    number: Named
    sources: tuple[Source, ...] = ()


class AgeRule(Entry):
    """Below ``years`` the finding of ``level`` is raised, worded as ``text``; ``minor``: nobody of age is below."""

    years: int
    level: Level
    text: Named
    minor: bool = False


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

    name: Named
    expires_soon_days: Annotated[int, Field(ge=0)]


class ClientQuestion(Entry):
    """What clients ask at the consultation, and the answer in plain words."""

    question: Named
    answer: str


class Guidance(Entry):
    """A statement of the craft, of sterility, traces, reporting or licensing that is read, not compared with."""

    topic: Literal["technique", "results", "skin", "anaesthetic", "endpoint", "trace", "reporting", "licensing"]
    title: Named
    text: str


class Combination(Entry):
    """How far apart microneedling and another treatment stand; ``same_visit`` where they go together.

    ``before_days`` waits after the other one (as its contraindication says), ``after_days`` before it.
    """

    name: Named
    contraindication: Line = ""
    before_days: int | None = None
    after_days: int | None = None
    same_visit: bool = False
    text: str


class Conflict(Entry):
    """Where a founding article and other sources differ: what each says, which is followed, and where that stands."""

    topic: Named
    founding: Named
    others: Named
    chosen: Named
    serves: Annotated[tuple[Named, ...], Field(min_length=1)]


class AlarmRule(Entry):
    """How many minutes before a label's longest time on the skin a running anaesthetic calls out."""

    name: Named
    warn_before_min: Annotated[int, Field(ge=0)]


class AgentDose(Entry):
    """How much of an anaesthetic's agent is the most for one body: for each kilogram, and in all where that is known.

    Meant for injections; on the skin it is advice where no label says how much.
    """

    name: Named
    mg_per_kg: Annotated[Decimal, Field(gt=0)]
    most_mg: Annotated[Decimal, Field(gt=0)] | None = None


class WeightRule(Entry):
    """Which body weight of an adult is asked about, in kilograms."""

    name: Named
    adult_from_years: Annotated[int, Field(gt=0)]
    adult_least_kg: Annotated[Decimal, Field(gt=0)]
    adult_most_kg: Annotated[Decimal, Field(gt=0)]


class FoundingFact(Entry):
    """One fact of the founding articles in our words, and the entries that serve it (``table:entry``)."""

    statement: Annotated[str, Field(min_length=1)]
    serves: Annotated[tuple[Named, ...], Field(min_length=1)]


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
    preparing: Mapping[str, PreparationRule]
    scales: Mapping[str, Scale]
    reactions: Mapping[str, ReactionEntry]
    time_out: Mapping[str, TimeOutItem]
    aftercare: Mapping[str, AftercareRule]
    emergency_numbers: Mapping[str, EmergencyNumber]
    ages: Mapping[str, AgeRule]
    interval: IntervalRule
    alarm: AlarmRule
    shelf: ShelfRule
    weight: WeightRule
    doses: Mapping[str, AgentDose] = {}
    questions: Mapping[str, ClientQuestion] = {}
    described_devices: Mapping[str, DescribedDevice] = {}
    guidance: Mapping[str, Guidance] = {}
    combinations: Mapping[str, Combination] = {}
    conflicts: Mapping[str, Conflict] = {}
    follow_up_moments: Mapping[str, FollowUpMoment] = {}
    follow_up_questions: Mapping[str, FollowUpQuestion] = {}
    follow_up_actions: Mapping[str, FollowUpAction] = {}
    severe_grades: Mapping[str, SevereGrade] = {}
    visit_moments: Mapping[str, VisitMoment] = {}
    founding: Mapping[str, FoundingFact] = {}

    def site_of(self, zone: str) -> Site:
        """The site whose bands apply to ``zone``; raises ``KeyError`` for an unknown zone."""
        return self.sites[self.zones[zone].site]

    def tables(self) -> Mapping[str, Mapping[str, Entry]]:
        """Every table of entries by its name, those that stand alone as tables of one."""
        found: dict[str, Mapping[str, Entry]] = {}
        for name in type(self).model_fields:
            table = getattr(self, name)
            if isinstance(table, Entry):
                found[name] = {table.id: table}
            elif isinstance(table, Mapping) and all(isinstance(entry, Entry) for entry in table.values()):
                found[name] = table
        return found

    def with_entry(self, table: str, entry: Entry) -> Knowledge:
        """A copy in which ``entry`` takes the place of the one with its id."""
        held = getattr(self, table)
        # Not validated again: each entry was when it was made, and the whole set is large.
        return self.model_copy(update={table: entry if isinstance(held, Entry) else {**held, entry.id: entry}})

    def entry(self, place: str) -> Entry | None:
        """The entry of a reference ``table:entry``, or None where there is none."""
        table, _, id_ = place.partition(":")
        return self.tables().get(table, {}).get(id_)
