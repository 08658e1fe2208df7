"""What is heard after a signed visit: follow-ups asked and answered, tries that reached nobody, red flags and what
was done about them. Nothing here changes the visit; each entry is sealed when it is made."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from needlelog.domain.findings import Source
from needlelog.domain.reactions import Observation
from needlelog.domain.session import Photo
from needlelog.domain.value import Line, Moment, Named, Paragraphs, Value


class Reached(StrEnum):
    """The way a client was reached, or was tried to be."""

    PHONE = "phone"
    VISIT = "visit"
    MESSAGE = "message"


class Reply(Value):
    """What was answered to one question of ``follow_up.toml``: ``yes``, ``no``, a grade, or words."""

    question: Named
    value: Line = ""
    words: Paragraphs = ""


class RedFlag(Value):
    """One thing in an answer that is never just noted, as it was judged then: what is done, who is called, and why."""

    key: Named
    title: Named
    detail: Paragraphs = ""
    action: Named
    action_title: Line = ""
    action_text: Paragraphs = ""
    call: Line = ""
    sources: tuple[Source, ...] = ()


class FollowUpForm(Value):
    """An answer as far as it has been written down. ``moment`` is empty for a client who came forward unasked."""

    id: UUID
    session_id: UUID
    moment: Line = ""
    begun_at: Moment
    reached: Reached | None = None
    none_observed_at: Moment | None = None
    observations: tuple[Observation, ...] = ()
    replies: tuple[Reply, ...] = ()
    note: Paragraphs = ""
    photos: tuple[Photo, ...] = ()
    saved_at: Moment | None = None

    def reply_to(self, question: str) -> Reply | None:
        """What was answered to this question so far."""
        return next((one for one in self.replies if one.question == question), None)

    def replied(self, question: str, *, value: str = "", words: str = "") -> FollowUpForm:
        """A copy with this answer in place of the one before; nothing said takes the answer away."""
        others = tuple(one for one in self.replies if one.question != question)
        new = (Reply(question=question, value=value, words=words),) if value or words else ()
        return self.with_(replies=(*others, *new))

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said at all."""
        return not (self.none_observed_at or self.observations or self.replies or self.note or self.photos)


class FollowUpAnswer(Value):
    """A follow-up that was answered. ``flags`` stand as the rules of that day had them."""

    kind: Literal["answer"] = "answer"
    id: UUID
    session_id: UUID
    moment: Line = ""
    reached: Reached
    none_observed_at: Moment | None = None
    observations: tuple[Observation, ...] = ()
    replies: tuple[Reply, ...] = ()
    note: Paragraphs = ""
    photos: tuple[Photo, ...] = ()
    flags: tuple[RedFlag, ...] = ()
    knowledge_version: Named
    by: Named
    at: Moment

    def reply_to(self, question: str) -> Reply | None:
        """What was answered to this question."""
        return next((one for one in self.replies if one.question == question), None)


RECALL = "recall:"
"""How the moment of a call about a recall begins."""


def recall_moment(recall_id: UUID) -> str:
    """The moment under which it is noted that a client was called about a recall."""
    return f"{RECALL}{recall_id}"


def is_about_recall(moment: str) -> bool:
    """Whether an answer or a try was a call about a recalled lot."""
    return moment.startswith(RECALL)


class FollowUpAttempt(Value):
    """A try that reached nobody: it is on the record and settles nothing."""

    kind: Literal["attempt"] = "attempt"
    id: UUID
    session_id: UUID
    moment: Line = ""
    how: Reached
    note: Paragraphs = ""
    by: Named
    at: Moment


class FlagHandled(Value):
    """What was done about the red flags of one answer."""

    kind: Literal["handled"] = "handled"
    id: UUID
    session_id: UUID
    answer_id: UUID
    done: Annotated[Paragraphs, Field(min_length=1)]
    by: Named
    at: Moment


FollowUpEntry = Annotated[FollowUpAnswer | FollowUpAttempt | FlagHandled, Field(discriminator="kind")]
"""Anything that is added after a visit when a client is asked how the skin does."""


class Needled(Value):
    """When and where a client was needled in one visit."""

    session_id: UUID
    started_at: Moment
    last_pass_at: Moment
    zones: tuple[str, ...]


class TreatedVisit(Value):
    """A visit of which the client may have to be asked: whose, and when its last pass was."""

    session_id: UUID
    client_id: UUID
    client_number: int
    client_name: Named
    phone: Line = ""
    time_zone: Named
    started_at: Moment
    last_pass_at: Moment
    course: tuple[Needled, ...] = ()
    """Every visit of this client that counts and in which was needled, this one too, by its start."""


class FollowUpRecord(Value):
    """Everything that was added to one visit by follow-ups, in the order of the seals."""

    answers: tuple[FollowUpAnswer, ...] = ()
    attempts: tuple[FollowUpAttempt, ...] = ()
    handled: tuple[FlagHandled, ...] = ()

    @property
    def about_skin(self) -> tuple[FollowUpAnswer, ...]:
        """The answers that say how the skin does: a call about a recalled lot says nothing of it."""
        return tuple(one for one in self.answers if not is_about_recall(one.moment))

    @property
    def red(self) -> tuple[FollowUpAnswer, ...]:
        """Answers with a red flag about which nothing was written yet."""
        settled = {one.answer_id for one in self.handled}
        return tuple(one for one in self.answers if one.flags and one.id not in settled)

    def handled_of(self, answer_id: UUID) -> tuple[FlagHandled, ...]:
        """What was done about the red flags of this answer."""
        return tuple(one for one in self.handled if one.answer_id == answer_id)
