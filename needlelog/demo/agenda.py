"""When everything happens in the made-up year: deliveries, new clients, visits, follow-ups, and what is open now.

Days and times hang on ``now`` and on one seed, so the same moment always gives the same year.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from needlelog.clock import local, zone_of
from needlelog.demo.asking import Asking
from needlelog.demo.clock import BuildingClock
from needlelog.demo.data import Course, Person, Story
from needlelog.demo.series import end_series, plan_series
from needlelog.demo.stock import Shelf, buy_cartridges, take_in
from needlelog.demo.story_visit import Visit
from needlelog.demo.visits import VisitWriter
from needlelog.domain.client import Client
from needlelog.domain.signed import SignedSession
from needlelog.knowledge.consent import text_for
from needlelog.services.desk import Desk

_SEED = 1411
_SLOTS = (time(9, 10), time(10, 40), time(12, 5), time(13, 30), time(15, 0), time(16, 20))
_DAY_OFF = 6
_STEPS_BETWEEN = (29, 30, 35, 36, 42)
"""Days between two visits of one series: four to six weeks."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """One thing that happens at one moment."""

    at: datetime
    happens: Callable[[Desk], None]


class Year:
    """The year before ``now``; ``write`` puts it into a fresh clinic."""

    def __init__(self, story: Story, clock: BuildingClock, now: datetime) -> None:
        self._story = story
        self._clock = clock
        self._now = now
        self._random = Random(_SEED)  # noqa: S311 - a story, not a secret
        self._today = local(now, story.clinic.time_zone).date()
        self._taken: set[datetime] = set()
        self._clients: dict[str, Client] = {}
        self._moments: dict[str, list[datetime]] = {}
        self._signed: dict[tuple[str, int], SignedSession] = {}
        self.opens_at = now - timedelta(days=max(one.came for one in story.deliveries) + 1)

    def write(self, desk: Desk) -> None:
        """Live the whole year, entry after entry, in the order of time."""
        shelf = buy_cartridges(desk, self._story, self._today, self.opens_at)
        writer = VisitWriter(desk, self._clock)
        entries = [*self._deliveries(shelf), *self._decisions(), *self._recalls(shelf)]
        for person in self._story.people:
            entries += self._series(person, shelf, writer)
            entries += self._asked(person, desk)
        for entry in sorted(entries, key=lambda entry: entry.at):
            self._clock.moment = entry.at
            entry.happens(desk)

    def _deliveries(self, shelf: Shelf) -> list[_Entry]:
        def arrives(index: int) -> Callable[[Desk], None]:
            delivery = self._story.deliveries[index]
            return lambda desk: take_in(desk, shelf, delivery, self._today)

        return [
            _Entry(self._now - timedelta(days=one.came), arrives(index))
            for index, one in enumerate(self._story.deliveries)
        ]

    def _decisions(self) -> list[_Entry]:
        def decide(index: int) -> Callable[[Desk], None]:
            own = self._story.own_values[index]

            def decided(desk: Desk) -> None:
                desk.reference.decide((own.table, own.entry, own.key), own.value, own.reason)

            return decided

        return [
            _Entry(self._now - timedelta(days=one.days_ago), decide(index))
            for index, one in enumerate(self._story.own_values)
        ]

    def _recalls(self, shelf: Shelf) -> list[_Entry]:
        def stands(index: int) -> Callable[[Desk], None]:
            one = self._story.recalled[index]

            def happens(desk: Desk) -> None:
                desk.stock.recall(shelf.products[one.of].name, one.code, one.reason)

            return happens

        return [
            _Entry(self._now - timedelta(days=one.days_ago), stands(index))
            for index, one in enumerate(self._story.recalled)
        ]

    def _series(self, person: Person, shelf: Shelf, writer: VisitWriter) -> list[_Entry]:
        moments = self._visit_moments(person)
        self._moments[person.name] = moments if person.course else []
        first = moments[0] if moments else self._slot(self._today - timedelta(days=person.last))
        added_at = first - timedelta(days=self._random.randint(1, 6), minutes=self._random.randint(5, 50))
        entries = [_Entry(added_at, lambda desk: self._welcome(desk, person, added_at))]
        if not person.course:
            return entries
        course = self._story.courses[person.course]
        if person.series and moments:
            entries.append(
                _Entry(
                    first - timedelta(minutes=2),
                    lambda desk: plan_series(desk, self._clients[person.name], person, course, self._today),
                )
            )
            if person.series.ended:
                entries.append(
                    _Entry(
                        moments[-1] + timedelta(days=14),
                        lambda desk: end_series(desk, self._clients[person.name], person),
                    )
                )
        for number, moment in enumerate(moments, start=1):
            next_at = moments[number] if number < len(moments) else self._next_visit(person, moment)
            entries.append(_Entry(moment, self._visit(person, course, shelf, writer, number, moments, next_at)))
        entries += self._afterwards(person, moments)
        if person.draft:
            entries.append(self._still_open(person, course, shelf, writer, moments))
        return entries

    def _visit_moments(self, person: Person) -> list[datetime]:
        days = [self._today - timedelta(days=person.last)]
        while len(days) < person.visits:
            days.append(days[-1] - timedelta(days=self._random.choice(_STEPS_BETWEEN)))
        return [self._slot(day) for day in reversed(days)] if person.visits else []

    def _slot(self, day: date) -> datetime:
        """A free time on ``day``, or on the next day with one; never on the day off."""
        zone = zone_of(self._story.clinic.time_zone)
        while True:
            if day.weekday() != _DAY_OFF:
                for slot in self._random.sample(_SLOTS, len(_SLOTS)):
                    moment = datetime.combine(day, slot, zone)
                    if moment not in self._taken:
                        self._taken.add(moment)
                        return moment
            day += timedelta(days=1)

    def _next_visit(self, person: Person, moment: datetime) -> datetime | None:
        if person.archived or person.after == "marks":
            return None
        ahead = local(moment, self._story.clinic.time_zone).date() + timedelta(days=self._random.choice(_STEPS_BETWEEN))
        return self._slot(ahead) if ahead > self._today else None

    def _welcome(self, desk: Desk, person: Person, added_at: datetime) -> None:
        self._clients[person.name] = desk.clients.add(person.as_client(self._today, added_at))

    def _made_visit(
        self, desk: Desk, person: Person, course: Course, shelf: Shelf, number: int, started_at: datetime
    ) -> Visit:
        before = self._signed.get((person.name, number - 1))
        zone = self._story.clinic.time_zone
        return Visit(
            person=person,
            client=self._clients[person.name],
            course=course,
            number=number,
            started_at=started_at,
            time_zone=zone,
            previous_on=local(before.draft.started_at, zone).date() if before else None,
            knowledge=desk.knowledge,
            consent_text=text_for(desk.consent_texts, self._clients[person.name].language),
            shelf=shelf,
            phrases=self._story.phrases,
            by=desk.me.name,
            random=Random(f"{person.name} {number}"),  # noqa: S311 - a story, not a secret
        )

    def _visit(
        self,
        person: Person,
        course: Course,
        shelf: Shelf,
        writer: VisitWriter,
        number: int,
        moments: list[datetime],
        next_at: datetime | None,
    ) -> Callable[[Desk], None]:
        def happens(desk: Desk) -> None:
            visit = self._made_visit(desk, person, course, shelf, number, moments[number - 1])
            self._signed[person.name, number] = writer.signed(visit, next_at=next_at, sheet=True)

        return happens

    def _afterwards(self, person: Person, moments: list[datetime]) -> list[_Entry]:
        """Follow-ups, a mistake taken back, and the file put away, as far as they lie in the past."""

        def tells(number: int, text: str) -> Callable[[Desk], None]:
            def happens(desk: Desk) -> None:
                desk.sessions.add_addendum(self._signed[person.name, number].id, text)

            return happens

        entries = [
            _Entry(moments[-1] + timedelta(days=one.days, hours=2), tells(len(moments), one.text))
            for one in person.follow_ups
        ]
        if person.after == "settles":
            for number, moment in enumerate(moments, start=1):
                if self._random.random() < 0.45:
                    one = self._random.choice(self._story.phrases.settles)
                    entries.append(_Entry(moment + timedelta(days=one.days, hours=3), tells(number, one.text)))
        mistake = person.invalidated
        if mistake:
            entries.append(
                _Entry(
                    moments[mistake.visit - 1] + timedelta(hours=5),
                    lambda desk: desk.sessions.invalidate(self._signed[person.name, mistake.visit].id, mistake.reason),
                )
            )
        if person.archived:
            entries.append(
                _Entry(
                    moments[-1] + timedelta(days=21),
                    lambda desk: desk.clients.archive(self._clients[person.name].id),
                )
            )
        return [entry for entry in entries if entry.at < self._now]

    def _asked(self, person: Person, desk: Desk) -> list[_Entry]:
        """What was heard from this person after the visits, as far as it lies in the past."""
        moments = self._moments.get(person.name, [])
        found = []
        for number, moment in enumerate(moments, start=1):
            if person.invalidated and person.invalidated.visit == number:
                continue
            asking = Asking(
                person=person,
                course=self._story.courses[person.course],
                number=number,
                began_at=moment + timedelta(hours=1),
                next_at=moments[number] if number < len(moments) else None,
                now=self._now,
                signed=self._finder(person.name, number),
            )
            found += [_Entry(at, happens) for at, happens in asking.entries(desk.knowledge)]
        return [entry for entry in found if entry.at < self._now]

    def _finder(self, name: str, number: int) -> Callable[[], SignedSession]:
        return lambda: self._signed[name, number]

    def _still_open(
        self, person: Person, course: Course, shelf: Shelf, writer: VisitWriter, moments: list[datetime]
    ) -> _Entry:
        """The visit that is under way now, or the one of this morning that nobody signed."""
        number = len(moments) + 1
        numbing = person.draft == "numbing"
        started_at = self._now - (timedelta(minutes=34) if numbing else timedelta(hours=3, minutes=20))

        def happens(desk: Desk) -> None:
            visit = self._made_visit(desk, person, course, shelf, number, started_at)
            if numbing:
                writer.in_numbing(visit)
            else:
                writer.unsigned(visit)

        return _Entry(started_at, happens)
