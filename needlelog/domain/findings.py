"""What the rules found, what was answered to it, and how it weighs in words."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from needlelog.domain.value import Line, Moment, Named, Paragraphs, Value
from needlelog.i18n import Words


class StepId(StrEnum):
    """The nine steps of a session, in their order."""

    CONSULTATION = "consultation"
    CONSENT = "consent"
    CLEANSING = "cleansing"
    NUMBING = "numbing"
    NEEDLING = "needling"
    SERUM = "serum"
    COOLING = "cooling"
    REACTIONS = "reactions"
    AFTERCARE = "aftercare"


class Level(StrEnum):
    """How a finding weighs."""

    STOP = "stop"
    HOLD = "hold"
    ASK = "ask"
    MISSING = "missing"
    NOTE = "note"


def level_word(level: Level, tr: Words) -> str:
    """How a finding weighs, as people read it."""
    return {
        Level.STOP: tr("Stop"),
        Level.HOLD: tr("Hold"),
        Level.ASK: tr("Ask"),
        Level.MISSING: tr("Missing"),
        Level.NOTE: tr("Note"),
    }[level]


class Gate(StrEnum):
    """What a finding holds shut until it is resolved or overridden."""

    NONE = "none"
    NEEDLING = "needling"
    SIGNING = "signing"


CLINIC = "CLINIC"
"""The kind of a source that is the clinic itself, with a value of its own."""


class Source(Value):
    """Where a clinical statement comes from. ``seen`` is ``yes``, ``part`` or ``no``: how much of it was read."""

    address: str
    kind: Line = ""
    seen: Line = "yes"


class Finding(Value):
    """One thing the rules noticed. ``key`` names it and the facts it rests on, so a changed fact needs a new reason.

    Keys and fields are put together from names that may each be a whole line long, so they have no limit of their own.
    """

    key: Annotated[str, Field(min_length=1)]
    code: Named
    step: StepId
    level: Level
    gate: Gate = Gate.NONE
    title: str
    detail: str = ""
    sources: tuple[Source, ...] = ()
    overridable: bool = False
    field: str = ""
    """The entry it is about, so that one tap leads there."""

    @property
    def is_precaution(self) -> bool:
        """Whether it asks to be considered, and holds nothing shut: no reason is wanted for going on."""
        return self.level is Level.ASK and self.gate is Gate.NONE


class Override(Value):
    """A written reason for going on against a finding, kept with the finding as it stood."""

    finding: Finding
    reason: Paragraphs
    by: Named
    at: Moment


class Considered(Value):
    """That somebody considered a precaution before going on, kept with the finding as it stood."""

    finding: Finding
    note: Paragraphs = ""
    by: Named
    at: Moment
