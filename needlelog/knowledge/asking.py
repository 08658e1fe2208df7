"""The shapes of what is asked and graded: at the visit's own moments, and when the client is asked afterwards."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from needlelog.domain.materials import DeviceKind
from needlelog.domain.value import Line, Named
from needlelog.knowledge.entry import Entry


class FollowUpMoment(Entry):
    """When a client is asked how the skin does, in hours from the last pass, and what.

    Due from ``from_h``, late after ``until_h``; after ``missed_after_h`` nobody asks for it any more.
    """

    name: Named
    from_h: int
    until_h: int
    missed_after_h: int
    questions: Annotated[tuple[Named, ...], Field(min_length=1)]


class FollowUpQuestion(Entry):
    """One question of a follow-up; ``red_flag`` is the answer, or the least grade, that is never just noted.

    ``only_for`` narrows it to visits with a device of these kinds, ``asked_from_grade`` to answers in which its
    reaction has that grade or more.
    """

    text: Named
    answer: Literal["grade", "yes-no", "words", "photo"]
    only_for: tuple[DeviceKind, ...] = ()
    scale: Line = ""
    reaction: Line = ""
    asked_from_grade: Annotated[int, Field(ge=1)] | None = None
    red_flag: Line = ""
    of_what_is_left: bool = False
    """It asks about what is left of its reaction, so where nothing is left no answer is a red flag."""

    action: Line = ""


class FollowUpAction(Entry):
    """What is done about a red flag, and whom to ``call``; the file has the most urgent first."""

    title: Named
    text: Named
    call: Literal["emergency", "doctor", "dermatologist"]


class SevereGrade(Entry):
    """From ``severity`` on (see ``Scale.severity``) any reaction is a red flag, whenever it is seen.

    ``action`` is the least that is done about it; the reaction's own action stands where it is more urgent.
    """

    name: Named
    severity: Annotated[int, Field(ge=1, le=5)]
    action: Named


class VisitMoment(Entry):
    """A moment of the visit itself at which the skin is graded: ``after`` the step of this name."""

    name: Named
    after: Literal["needling", "cooling"]
