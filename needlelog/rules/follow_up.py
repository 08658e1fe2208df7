"""When a client is to be asked after a visit, and how what is said compares with what was seen before.

Hours are elapsed time, so 24 h over a change of clocks is still 24 h.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from needlelog.domain.follow_up import FollowUpAnswer, FollowUpForm, FollowUpRecord, TreatedVisit
from needlelog.domain.materials import Product, is_unreadable
from needlelog.domain.reactions import Observation
from needlelog.domain.session import SessionDraft
from needlelog.knowledge.model import FollowUpMoment, FollowUpQuestion, ReactionEntry


class DueState(StrEnum):
    """How one moment stands."""

    COMING = "coming"
    DUE = "due"
    OVERDUE = "overdue"
    ANSWERED = "answered"
    MISSED = "missed"
    """Nobody asked in time, or the next visit came first."""


@dataclass(frozen=True, slots=True)
class Due:
    """One moment of one visit: from when to when it is due, how it stands, how often nobody was reached."""

    moment: str
    from_at: datetime
    until_at: datetime
    missed_at: datetime
    state: DueState
    attempts: int = 0

    @property
    def open(self) -> bool:
        """Whether somebody should ask now."""
        return self.state in (DueState.DUE, DueState.OVERDUE)


@dataclass(frozen=True, slots=True)
class ToAsk:
    """One line of the list: whose visit, what is due about it, or which answer is red."""

    visit: TreatedVisit
    due: Due | None = None
    red: FollowUpAnswer | None = None
    begun: bool = False
    """An answer is half written."""


def schedule(
    last_pass_at: datetime,
    moments: Iterable[FollowUpMoment],
    record: FollowUpRecord,
    now: datetime,
    next_visit_at: datetime | None = None,
) -> tuple[Due, ...]:
    """Every moment after a visit, as it stands ``now``."""
    answered = {one.moment for one in record.answers}
    found = []
    for moment in moments:
        from_at, until_at, missed_at = (
            last_pass_at + timedelta(hours=hours) for hours in (moment.from_h, moment.until_h, moment.missed_after_h)
        )
        tries = sum(one.moment == moment.id for one in record.attempts)
        overtaken = next_visit_at is not None and next_visit_at <= now
        if moment.id in answered:
            state = DueState.ANSWERED
        elif overtaken or now >= missed_at:
            state = DueState.MISSED
        elif now < from_at:
            state = DueState.COMING
        else:
            state = DueState.DUE if now <= until_at else DueState.OVERDUE
        found.append(Due(moment.id, from_at, until_at, missed_at, state, tries))
    return tuple(found)


def last_pass_at(draft: SessionDraft) -> datetime | None:
    """The moment the hours of the follow-ups count from; None where nothing was needled."""
    return max((one.at for one in draft.needling.passes), default=None)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was seen on the skin at one time. ``none`` says that somebody looked and saw nothing."""

    at: datetime
    moment: str
    observations: tuple[Observation, ...]
    none: bool = False


def readings(draft: SessionDraft, answers: Iterable[FollowUpAnswer]) -> tuple[Reading, ...]:
    """The readings of a visit and of its follow-ups, oldest first."""
    seen = draft.reactions
    found = []
    if seen.observations or seen.none_observed_at:
        at = max((one.at for one in seen.observations), default=seen.none_observed_at)
        if at is not None:
            found.append(Reading(at, "", _last_of_each(seen.observations), seen.none_observed_at is not None))
    found += [reading_of(one) for one in answers]
    return tuple(found)


def reading_of(answer: FollowUpAnswer) -> Reading:
    """What one answer says of the skin."""
    return Reading(answer.at, answer.moment, answer.observations, answer.none_observed_at is not None)


def _last_of_each(observations: Sequence[Observation]) -> tuple[Observation, ...]:
    """The latest grade of each reaction at each place: within a visit it may be graded twice."""
    last: dict[tuple[str, str], Observation] = {}
    for one in sorted(observations, key=lambda one: one.at):
        last[one.reaction, one.zone] = one
    return tuple(last.values())


@dataclass(frozen=True, slots=True)
class Before:
    """The grade of the reading before; ``exact`` is False where that was of another place."""

    grade: int
    at: datetime
    moment: str
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Comparison:
    """One grade beside the one before it and the end of its window."""

    now: Observation
    before: Before | None
    expected_until: datetime | None
    past_window: bool

    @property
    def change(self) -> int:
        """How many grades more, or fewer, than before; 0 where there is nothing to compare with."""
        return self.now.grade - self.before.grade if self.before else 0


def before(one: Observation, earlier: Sequence[Reading]) -> Before | None:
    """The last grade of the same reaction at the same place on the same scale; that of the whole area stands in."""
    for reading in reversed(earlier):
        same = [other for other in reading.observations if (other.reaction, other.scale) == (one.reaction, one.scale)]
        exact = [other.grade for other in same if other.zone == one.zone]
        if exact:
            return Before(exact[-1], reading.at, reading.moment)
        near = [other.grade for other in same if not one.zone or not other.zone]
        if near:
            return Before(max(near), reading.at, reading.moment, exact=False)
        if reading.none:
            return Before(0, reading.at, reading.moment)
    return None


def expected_until(entry: ReactionEntry, since: datetime) -> datetime | None:
    """When this reaction should be gone; None where no source gives a time."""
    return None if entry.expected_until_h is None else since + timedelta(hours=entry.expected_until_h)


def compare(
    observations: Iterable[Observation],
    earlier: Sequence[Reading],
    reactions: Mapping[str, ReactionEntry],
    since: datetime,
    now: datetime,
    again: Mapping[str, datetime] = MappingProxyType({}),
) -> tuple[Comparison, ...]:
    """Each grade beside the reading before and the window in which it is expected.

    Hours count from ``since``, at a place that was needled again since from the moment that ``again`` has for it.
    """
    found = []
    for one in observations:
        entry = reactions.get(one.reaction)
        until = expected_until(entry, again.get(one.zone, since)) if entry else None
        found.append(Comparison(one, before(one, earlier), until, until is not None and now > until))
    return tuple(found)


def questions_for(
    draft: SessionDraft, questions: Iterable[FollowUpQuestion], products: Mapping[UUID, Product]
) -> tuple[FollowUpQuestion, ...]:
    """Those of ``questions`` that this visit gives reason to ask, by the devices of its passes."""
    used = {one.device_id for one in draft.needling.passes if one.device_id}
    # A device that cannot be read may be of any kind.
    unsure = any(is_unreadable(products, one) for one in used)
    devices = (products[one].device for one in used if one in products)
    kinds = {device.kind for device in devices if device}
    return tuple(one for one in questions if not one.only_for or unsure or kinds.intersection(one.only_for))


def unanswered(form: FollowUpForm | FollowUpAnswer, questions: Iterable[str], graded: Iterable[str]) -> list[str]:
    """Those of ``questions`` that nobody answered. ``graded`` are those answered by grading a reaction."""
    by_grade = set(graded)
    said = {one.question for one in form.replies}
    seen = bool(form.observations) or form.none_observed_at is not None
    return [
        question
        for question in questions
        if question not in said and not (question in by_grade and seen) and not (question == "photo" and form.photos)
    ]
