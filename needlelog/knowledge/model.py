"""The shapes of the reference data. Every entry carries its sources, the day it was collected and how much was seen."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from needlelog.domain.findings import Source
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
from needlelog.knowledge.precautions import AgeRule as AgeRule
from needlelog.knowledge.precautions import Contraindication as Contraindication
from needlelog.knowledge.precautions import PreparationItem as PreparationItem
from needlelog.knowledge.precautions import TimeOutItem as TimeOutItem
from needlelog.knowledge.precautions import TimeOutMatter as TimeOutMatter
from needlelog.knowledge.precautions import Wait as Wait
from needlelog.knowledge.treating import AreaUse as AreaUse
from needlelog.knowledge.treating import Ceiling as Ceiling
from needlelog.knowledge.treating import Concern as Concern
from needlelog.knowledge.treating import ConcernBand as ConcernBand
from needlelog.knowledge.treating import DescribedDevice as DescribedDevice
from needlelog.knowledge.treating import DeviceEntry as DeviceEntry
from needlelog.knowledge.treating import ProductEntry as ProductEntry
from needlelog.knowledge.treating import Site as Site
from needlelog.knowledge.treating import View as View
from needlelog.knowledge.treating import Zone as Zone


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
    same_day: bool = False
    """A sign to call about that does not wait until tomorrow: those stand together, before the others."""

    order: int = 0


class PreparationRule(Entry):
    """One rule of the preparation sheet: what a client does, leaves, asks or calls about before the next visit.

    ``contraindication`` is the one behind it, which says what there is to say of it.
    """

    kind: Literal["leave", "do", "ask", "call"]
    text: Named
    """One or two plain sentences; ``{by}`` is replaced by the day that lies ``days_before`` the visit."""

    brief: Line = ""
    """The same in a few words for the aftercare sheet; empty where that sheet leaves it out."""

    days_before: int | None = None
    areas: tuple[str, ...] = ()
    order: int = 0
    contraindication: Line = ""


class EmergencyNumber(Value):
    """The number to dial in one country (ISO 3166-1 alpha-2)."""

    country: Named
    number: Named
    sources: tuple[Source, ...] = ()


class SkinPart(Value):
    """Skin that counts as one for neighbours: every zone of ``areas`` and of ``zones``."""

    id: Named
    name: Named
    areas: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()

    def holds(self, zone: Zone) -> bool:
        """Whether this zone lies in it."""
        return zone.area in self.areas or zone.id in self.zones


class IntervalRule(Entry):
    """The shortest and the usual time between two needlings of one zone, in days.

    ``shortest_days`` holds for passes deeper than ``shallow_to_mm``; up to there ``shallow_shortest_days`` does.
    Passes deeper than ``deep_above_mm`` are worth a note before ``deep_usual_from_days``. None of it holds for zones
    of ``exempt_areas``. Each zone lies in one of ``parts``, within which its neighbours are worth a note.
    """

    shortest_days: int
    usual_from_days: int
    usual_to_days: int
    shallow_to_mm: Millimetres | None = None
    shallow_shortest_days: int | None = None
    deep_above_mm: Millimetres | None = None
    deep_usual_from_days: int | None = None
    exempt_areas: tuple[str, ...] = ()
    parts: tuple[SkinPart, ...] = ()

    def part_of(self, zone: Zone) -> SkinPart | None:
        """The part of the body in which a zone lies."""
        return next((one for one in self.parts if one.holds(zone)), None)


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


class Citation(Value):
    """How people name a source: what it is called, whose it is, and of which year (0 where nobody saw one)."""

    address: Annotated[str, Field(min_length=1)]
    title: str = ""
    publisher: str = ""
    year: int = 0

    @property
    def said(self) -> str:
        """Title, publisher and year, as far as they are known."""
        whose = ", ".join(part for part in (self.publisher, str(self.year or "")) if part)
        return ". ".join(part for part in (self.title, whose) if part)


class Knowledge(Value):
    """All reference data, cross-checked. ``version`` names this exact set: newest date and fingerprint."""

    version: Named
    citations: Mapping[str, Citation] = {}
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

    def cited(self, source: Source) -> str:
        """``source`` as people write it; one that this set does not know, by its address."""
        known = self.citations.get(source.address)
        return known.said if known else source.address

    def site_of(self, zone: str) -> Site:
        """The site whose bands apply to ``zone``; raises ``KeyError`` for an unknown zone."""
        return self.sites[self.zones[zone].site]

    def detail_of(self, entry: PreparationItem | PreparationRule) -> str:
        """What there is to say of a preparation: its own words, or those of the contraindication that it names."""
        if entry.contraindication:
            return self.contraindications[entry.contraindication].detail
        return entry.detail if isinstance(entry, PreparationItem) else ""

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
