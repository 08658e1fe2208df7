"""One visit as the story tells it: who, which course, when, and what did not go by the book."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from needlelog.clock import local
from needlelog.demo.data import Course, Person, Phrases, Twist, TwistKind
from needlelog.demo.stock import Shelf
from needlelog.domain.client import Client
from needlelog.domain.consent import ConsentText
from needlelog.domain.findings import StepId
from needlelog.knowledge.model import Knowledge


@dataclass(frozen=True, slots=True)
class Visit:
    """Everything the parts of one visit are drawn from. ``number`` counts from 1 within the series."""

    person: Person
    client: Client
    course: Course
    number: int
    started_at: datetime
    time_zone: str
    previous_on: date | None
    knowledge: Knowledge
    consent_text: ConsentText
    shelf: Shelf
    phrases: Phrases
    by: str
    random: Random

    @property
    def day(self) -> date:
        """The calendar day of the visit."""
        return local(self.started_at, self.time_zone).date()

    def at(self, minutes: float) -> datetime:
        """So many minutes into the visit."""
        return self.started_at + timedelta(minutes=minutes)

    def twist(self, kind: TwistKind) -> Twist | None:
        """What did not go by the book, if it was of this kind."""
        return next((one for one in self.person.twists if one.visit == self.number and one.kind == kind), None)

    def reason_against(self, code: str) -> str:
        """The reason written against a finding of ``code``; raises ``LookupError`` when the story has none."""
        for one in self.person.twists:
            if one.visit == self.number and code in one.against:
                return one.reason
        raise LookupError(f"the story gives no reason against {code}")

    def lacks(self, item: str) -> bool:
        """Whether this item of the record was left out."""
        twist = self.twist("missing")
        return twist is not None and twist.item == item

    def skips(self, step: StepId) -> bool:
        """Whether ``step`` was marked as not applying."""
        twist = self.twist("skip")
        return (twist is not None and twist.step is step) or (step is StepId.NUMBING and not self.course.numbing)

    def new_id(self) -> UUID:
        """The next id of the random source."""
        return UUID(int=self.random.getrandbits(128), version=4)

    def now_and_then(self, phrases: tuple[str, ...]) -> str:
        """One of ``phrases``, about every third time."""
        return self.random.choice(phrases) if self.random.random() < 0.35 else ""

    @property
    def removed_min(self) -> float:
        """Minutes into the visit at which the anaesthetic came off; right after cleansing where there was none."""
        if self.skips(StepId.NUMBING):
            return 20
        long = self.twist("numbing-long")
        return 20 + (long.minutes if long and long.minutes else self.course.dwell_min + self.number % 5)

    @property
    def needling_min(self) -> float:
        """Minutes into the visit at which the first pass ended."""
        return self.removed_min + 7
