"""Reads ``resources/demo/*.toml``: who comes to the made-up clinic, what for, and what did not go by the book."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal
from uuid import UUID, uuid5

from needlelog.domain.client import Allergy, AllergyState, Client, Fact, FactKind
from needlelog.domain.clinic import Clinic
from needlelog.domain.findings import StepId
from needlelog.domain.partial_date import PartialDate, Precision
from needlelog.domain.reactions import Outcome, Seriousness
from needlelog.domain.value import Grams, Line, Millimetres, Moment, Named, Paragraphs, Value

_MADE_UP = UUID("5b8e31a7-1c0d-5f4a-8d55-9e1f0c6a7b42")

TwistKind = Literal[
    "screening",
    "unsure",
    "screening-open",
    "missing",
    "expired",
    "no-lot",
    "depth",
    "never-zone",
    "numbing-long",
    "numbing-dose",
    "numbing-area",
    "numbing-on",
    "age",
    "skip",
    "adverse",
]


class Twist(Value):
    """What did not go by the book in one visit. ``reason`` answers the findings named in ``against``."""

    visit: int
    kind: TwistKind
    against: tuple[str, ...] = ()
    reason: Paragraphs = ""
    id: Line = ""
    note: Line = ""
    item: Line = ""
    zone: Line = ""
    step: StepId | None = None
    depth: Millimetres | None = None
    area: Decimal | None = None
    grams: Grams | None = None
    minutes: int | None = None
    days_ago: int | None = None
    what: Paragraphs = ""
    seriousness: Seriousness = Seriousness.NOT_SERIOUS
    action: Paragraphs = ""


class FollowUp(Value):
    """Words added to the last visit of a series, so many days after it."""

    days: int
    text: Paragraphs


class WentOn(Value):
    """How an adverse event went on, so many days after it was opened."""

    days: int
    text: Paragraphs
    outcome: Outcome | None = None
    reported: Line = ""


class EventTold(Value):
    """An adverse event that came out of a follow-up; it had begun ``began_days`` before."""

    what: Paragraphs
    seriousness: Seriousness
    began_days: int = 0
    action: Paragraphs = ""
    course: tuple[WentOn, ...] = ()


class Heard(Value):
    """What one follow-up of the last visit heard that was not ordinary, or a try that reached nobody.

    ``hours_ago`` is when, counted from now; without it somebody asked in time.
    """

    moment: Named
    hours_ago: int = 0
    tried: bool = False
    yes: tuple[Named, ...] = ()
    no: tuple[Named, ...] = ()
    graded: tuple[tuple[Named, int], ...] = ()
    note: Paragraphs = ""
    done: Paragraphs = ""
    event: EventTold | None = None


class Mistake(Value):
    """One visit of a series that was entered in error."""

    visit: int
    reason: Paragraphs


class FactToTell(Value):
    """One standing fact, dated back from today."""

    kind: FactKind
    text: Named
    years_ago: int


class OtherTreatment(Value):
    """Another treatment on the plan, so many days from today (less than 0 lies behind)."""

    what: Named
    days: int
    note: Line = ""


class PlannedSeries(Value):
    """The plan behind a person's visits, made at the first of them."""

    sessions: int
    interval_days: int
    reason: Paragraphs = ""
    ended: Paragraphs = ""
    improvement: int | None = None
    package: Line = ""
    treatments: tuple[OtherTreatment, ...] = ()


class Person(Value):
    """One made-up client. ``last`` is how many days ago the last visit was, or the first talk where there is none."""

    name: Named
    known_as: Line = ""
    birthday: tuple[int, int]
    age: int
    skin: int
    language: Line = "en"
    interpreter: tuple[Line, Line] = ("", "")
    """Name and relation of who interprets, where there is no text in their language and they do not read another."""

    phone: Line = ""
    email: Line = ""
    emergency_contact: Line = ""
    notes: Paragraphs = ""
    allergy: AllergyState
    allergies: tuple[tuple[Named, Line], ...] = ()
    facts: tuple[FactToTell, ...] = ()
    course: Line = ""
    series: PlannedSeries | None = None
    visits: int
    last: int
    after: Literal["", "settles", "slow", "marks"] = ""
    grade_marks: int = 0
    follow_ups: tuple[FollowUp, ...] = ()
    heard: tuple[Heard, ...] = ()
    not_asked: tuple[Line, ...] = ()
    """Moments after the last visit at which nobody has asked yet."""

    twists: tuple[Twist, ...] = ()
    draft: Literal["", "numbing", "unsigned"] = ""
    archived: bool = False
    invalidated: Mistake | None = None

    def born(self, today: date) -> date:
        """The day of birth that makes this person ``age`` years old ``today``."""
        month, day = self.birthday
        had_birthday = (today.month, today.day) >= (month, day)
        return date(today.year - self.age - (0 if had_birthday else 1), month, day)

    def as_client(self, today: date, added_at: Moment) -> Client:
        """The client as the practice writes them down; the number is the practice's to give."""
        own = uuid5(_MADE_UP, self.name)
        day = added_at.date()
        return Client(
            id=own,
            number=1,
            full_name=self.name,
            known_as=self.known_as,
            birth_date=self.born(today),
            phone=self.phone,
            email=self.email,
            emergency_contact=self.emergency_contact,
            language=self.language,
            fitzpatrick=self.skin,
            allergy_state=self.allergy,
            allergies=tuple(Allergy(substance=what, reaction=did) for what, did in self.allergies),
            facts=tuple(
                Fact(
                    id=uuid5(own, fact.text),
                    kind=fact.kind,
                    text=fact.text,
                    since=PartialDate.around(day.replace(year=day.year - fact.years_ago, day=1), Precision.YEAR),
                    noted_on=day,
                )
                for fact in self.facts
            ),
            notes=self.notes,
            added_at=added_at,
        )


class Course(Value):
    """What is treated in a series, zone by zone and visit by visit; products are named by their shipped ids."""

    concern: Named
    device: Named
    numbing: Line = ""
    no_numbing: Paragraphs = ""
    numbing_g: Grams | None = None
    area_cm2: Decimal | None = None
    dwell_min: int
    serum: Named
    serum_ml: Decimal
    cooling: Named
    light_min: int
    passes: int
    baseline: Line = ""
    baseline_grades: tuple[int, ...] = ()
    zones: Mapping[str, tuple[Millimetres, ...]]

    def depth(self, zone: str, visit: int) -> Decimal:
        """The depth of ``zone`` in the ``visit``-th visit, in millimetres; a longer series keeps the last."""
        depths = self.zones[zone]
        return depths[min(visit, len(depths)) - 1]


class CartridgeToBuy(Value):
    """One cartridge of the clinic and the shipped devices it fits."""

    id: Named
    name: Named
    fits: tuple[str, ...]


class Delivery(Value):
    """One lot: when it came in (days ago) and its last good day (days from today, minus for the past)."""

    of: Named
    code: Named
    came: int
    expires: int
    count: Decimal | None = None
    """How much came in, where it was counted."""


class PackToKnow(Value):
    """The number of a pack of one product, and how many pieces it holds."""

    of: Named
    gtin: Named
    pieces: int | None = None


class LotRecalled(Value):
    """A lot that was recalled so many days ago."""

    of: Named
    code: Named
    days_ago: int
    reason: Paragraphs


class OwnValue(Value):
    """One decision about a figure of the reference data, so many days ago."""

    table: Named
    entry: Named
    key: Named
    value: Line
    reason: Paragraphs
    days_ago: int


class Phrases(Value):
    """What a practitioner writes with one hand free."""

    needling_notes: tuple[str, ...]
    concern_notes: tuple[str, ...]
    reaction_notes: tuple[str, ...]
    aftercare_notes: tuple[str, ...]
    settles: tuple[FollowUp, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """Everything the made-up clinic is made from."""

    clinic: Clinic
    practitioner: str
    credentials: str
    cartridges: tuple[CartridgeToBuy, ...]
    deliveries: tuple[Delivery, ...]
    packs: tuple[PackToKnow, ...]
    recalled: tuple[LotRecalled, ...]
    courses: Mapping[str, Course]
    phrases: Phrases
    people: tuple[Person, ...]
    own_values: tuple[OwnValue, ...] = ()


def _read(folder: Path, name: str) -> dict[str, Any]:
    with (folder / name).open("rb") as file:
        return tomllib.load(file)


def read_story(folder: Path) -> Story:
    """The story in ``folder``; raises ``pydantic.ValidationError`` for data that is not whole."""
    clinic, phrases = _read(folder, "clinic.toml"), _read(folder, "phrases.toml")
    return Story(
        clinic=Clinic.model_validate(clinic["clinic"]),
        practitioner=clinic["practitioner"]["name"],
        credentials=clinic["practitioner"]["credentials"],
        cartridges=tuple(CartridgeToBuy.model_validate(one) for one in clinic["cartridge"]),
        deliveries=tuple(Delivery.model_validate(one) for one in clinic["lot"]),
        packs=tuple(PackToKnow.model_validate(one) for one in clinic["pack"]),
        recalled=tuple(LotRecalled.model_validate(one) for one in clinic["recalled"]),
        courses={name: Course.model_validate(one) for name, one in _read(folder, "courses.toml").items()},
        phrases=Phrases.model_validate(phrases),
        people=tuple(Person.model_validate(one) for one in _read(folder, "clients.toml")["client"]),
        own_values=tuple(OwnValue.model_validate(one) for one in _read(folder, "own_values.toml")["own_value"]),
    )
