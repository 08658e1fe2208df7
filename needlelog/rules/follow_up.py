"""When a client is to be asked after a visit, and how what is said compares with what was seen before.

Hours are elapsed time, so 24 h over a change of clocks is still 24 h.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from needlelog.domain.follow_up import FollowUpAnswer, FollowUpForm, FollowUpRecord, Needled, TreatedVisit
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
    """Nobody asked in time."""

    HANDED_ON = "handed-on"
    """The same is asked in time after a later visit of the same skin."""


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
    handed_on: Collection[str] = (),
) -> tuple[Due, ...]:
    """Every moment after a visit, as it stands ``now``; those ``handed_on`` are asked after a later visit."""
    answered = {one.moment for one in record.answers}
    found = []
    for moment in moments:
        from_at, until_at, missed_at = (
            last_pass_at + timedelta(hours=hours) for hours in (moment.from_h, moment.until_h, moment.missed_after_h)
        )
        tries = sum(one.moment == moment.id for one in record.attempts)
        if moment.id in answered:
            state = DueState.ANSWERED
        elif moment.id in handed_on:
            state = DueState.HANDED_ON
        elif now >= missed_at:
            state = DueState.MISSED
        elif now < from_at:
            state = DueState.COMING
        else:
            state = DueState.DUE if now <= until_at else DueState.OVERDUE
        found.append(Due(moment.id, from_at, until_at, missed_at, state, tries))
    return tuple(found)


def handed_on(
    session_id: UUID, course: Sequence[Needled], moments: Iterable[FollowUpMoment], now: datetime
) -> frozenset[str]:
    """The moments of one visit that a later visit of the client, until ``now``, takes over.

    Another visit is no answer. Whoever comes back a week later for other skin has to be asked about the first skin
    as before, and in a course, weekly on the scalp or every four weeks on the face, the late checks are those that find
    lumps, dark marks and infections: they must not be put off from visit to visit until nobody ever asks. So a
    later visit takes a check over only when it needles all of that skin again before the check is due, and when its own
    check of the same name comes while the earlier one would still be in time. Visits that lie so near together
    make one group, and the last of the group is asked for all; it is not handed on again. What was due already when the
    client came back stays due: it can be asked at the chair.
    """
    so_far = [one for one in course if one.started_at <= now]
    return frozenset(moment.id for moment in moments if session_id in _taken_over(so_far, moment))


def _taken_over(course: Sequence[Needled], moment: FollowUpMoment) -> set[UUID]:
    begins, in_time = timedelta(hours=moment.from_h), timedelta(hours=moment.until_h)
    left, gone = list(course), set[UUID]()
    while left:
        first = left.pop(0)
        due, late = first.last_pass_at + begins, first.last_pass_at + in_time
        group = [
            one
            for one in left
            if set(first.zones) <= set(one.zones) and one.started_at < due and one.last_pass_at + begins <= late
        ]
        if group:
            last = group[-1]
            over = {one.session_id for one in (first, *group[:-1]) if set(one.zones) <= set(last.zones)}
            gone |= over
            left = [one for one in left if one.session_id not in over and one is not last]
    return gone


def needled_again(session_id: UUID, course: Sequence[Needled], now: datetime) -> Mapping[str, datetime]:
    """When each zone of a visit was last needled in a later one; "" where all of them were, the earliest of those."""
    own = next((one for one in course if one.session_id == session_id), None)
    if own is None:
        return {}
    again = {
        zone: one.last_pass_at
        for one in course
        if own.last_pass_at < one.last_pass_at <= now
        for zone in one.zones
        if zone in own.zones
    }
    # The whole area was needled as long ago as the part of it that was needled longest ago.
    return {**again, "": min(again.values())} if again and set(again) == set(own.zones) else again


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


def is_asked(question: FollowUpQuestion, form: FollowUpForm | FollowUpAnswer) -> bool:
    """Whether what was graded in ``form`` gives reason to ask this, where only a grade does."""
    least = question.asked_from_grade
    return least is None or any(one.reaction == question.reaction and one.grade >= least for one in form.observations)


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
