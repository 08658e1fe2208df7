"""How the made-up practice asks after its visits: what was answered, what is still to be asked, what went red."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from needlelog.demo.data import Course, Heard, Person
from needlelog.domain.follow_up import FollowUpForm, Reached
from needlelog.domain.reactions import Observation, Outcome
from needlelog.domain.signed import SignedSession
from needlelog.knowledge.model import FollowUpMoment, Knowledge
from needlelog.services.desk import Desk

Happens = Callable[[Desk], None]

_INTO_WINDOW = 3
"""Hours into its window at which somebody usually asks."""

_COURSE_CHECK = "week-4-6"
"""Asked for after every visit of a course, also when the client has come back by then."""


@dataclass(frozen=True, slots=True)
class Asking:
    """One visit of the story to be asked after; ``signed`` finds it once it is signed."""

    person: Person
    course: Course
    number: int
    began_at: datetime
    next_at: datetime | None
    now: datetime
    signed: Callable[[], SignedSession]

    @property
    def is_last(self) -> bool:
        """Whether no visit of the series came after it."""
        return self.number == self.person.visits

    def entries(self, knowledge: Knowledge) -> Iterator[tuple[datetime, Happens]]:
        """Every moment that somebody asked at, tried to ask at, or wrote what was done."""
        random = Random(f"asked {self.person.name} {self.number}")  # noqa: S311 - a story, not a secret
        for place, moment in enumerate(knowledge.follow_up_moments.values()):
            told = self._told(moment.id)
            at = self.began_at + timedelta(hours=moment.from_h + _INTO_WINDOW, minutes=random.randint(0, 90))
            if told is not None:
                at = self.now - timedelta(hours=told.hours_ago) if told.hours_ago else at
                yield from self._heard(told, moment, at)
            elif self._is_asked(moment, at, place):
                yield at, self._answered(moment, random.random(), place)

    def _told(self, moment: str) -> Heard | None:
        return next((one for one in self.person.heard if self.is_last and one.moment == moment), None)

    def _is_asked(self, moment: FollowUpMoment, at: datetime, place: int) -> bool:
        if at >= self.now:
            return False
        if not self.is_last and moment.id == _COURSE_CHECK:
            return True
        if self.next_at is not None and at >= self.next_at:
            return False
        # Of the visits before the last one only the first call is told, and not of each.
        return moment.id not in self.person.not_asked if self.is_last else place == 0 and self.number % 2 == 1

    def _answered(self, moment: FollowUpMoment, chance: float, place: int) -> Happens:
        """An ordinary answer: what was seen has gone back since, and nothing else is the matter."""

        def happens(desk: Desk) -> None:
            signed = self.signed()
            form = self._calm(desk, signed, moment, place)
            how = Reached.PHONE if chance < 0.7 else Reached.MESSAGE
            desk.follow_ups.answer(form.with_(reached=how), signed)

        return happens

    def _calm(self, desk: Desk, signed: SignedSession, moment: FollowUpMoment, place: int) -> FollowUpForm:
        form = desk.follow_ups.begin(signed.id, moment.id)
        at = desk.clock.now()
        left = tuple(
            one.with_(id=_own(form.id, number), grade=one.grade - 1 - place, at=at, moment="", note="")
            for number, one in enumerate(signed.draft.reactions.observations)
            if one.grade > 1 + place and one.reaction in ("redness", "swelling")
        )
        form = form.with_(observations=left, none_observed_at=None if left else at)
        for question in desk.follow_ups.questions(signed, moment.id):
            name = question.id
            if question.answer == "yes-no":
                form = form.replied(name, value="yes" if question.red_flag == "no" else "no")
            elif question.answer == "grade" and not question.reaction:
                form = form.replied(name, value="2" if self.number > 1 else "3")
        return form

    def _heard(self, told: Heard, moment: FollowUpMoment, at: datetime) -> Iterator[tuple[datetime, Happens]]:
        if told.tried:
            yield at, lambda desk: _tried(desk, self.signed(), told)
            return

        def happens(desk: Desk) -> None:
            signed = self.signed()
            form = self._calm(desk, signed, moment, 0)
            for question in told.yes:
                form = form.replied(question, value="yes")
            for question in told.no:
                form = form.replied(question, value="no")
            zone = next(iter(self.course.zones))
            seen = tuple(
                Observation(
                    id=_own(form.id, 100 + number),
                    reaction=reaction,
                    scale=desk.knowledge.reactions[reaction].scale,
                    grade=grade,
                    zone=zone,
                    at=desk.clock.now(),
                )
                for number, (reaction, grade) in enumerate(told.graded)
            )
            kept = tuple(one for one in form.observations if one.zone != zone)
            form = form.with_(reached=Reached.PHONE, observations=(*kept, *seen), none_observed_at=None, note=told.note)
            answer = desk.follow_ups.answer(form, signed)
            if told.done:
                desk.follow_ups.handle(answer, told.done)
            if told.event is not None:
                desk.adverse_events.open(
                    signed.id,
                    told.event.what,
                    told.event.seriousness,
                    onset_at=desk.clock.now() - timedelta(days=told.event.began_days),
                    zones=(zone,),
                    action_taken=told.event.action,
                    follow_up_id=answer.id,
                )

        yield at, happens
        for step in told.event.course if told.event else ():
            yield at + timedelta(days=step.days), self._went_on(step.text, step.outcome, step.reported)

    def _went_on(self, text: str, outcome: Outcome | None, reported: str) -> Happens:
        def happens(desk: Desk) -> None:
            event = desk.adverse_events.of(self.signed())[-1]
            desk.adverse_events.add(event, text, outcome=outcome, reported_to=reported)

        return happens


def _tried(desk: Desk, signed: SignedSession, told: Heard) -> None:
    desk.follow_ups.not_reached(signed.id, told.moment, Reached.PHONE, told.note)


def _own(of: UUID, number: int) -> UUID:
    """An id that belongs to this answer alone."""
    return UUID(int=(of.int + number + 1) % (1 << 128))
