"""What the skin did: grades on published scales, reactions, and adverse events."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from needlelog.domain.value import Count, Line, Moment, Named, Paragraphs, Value


class Grade(Value):
    """One reading on a published scale of ``resources/knowledge/scales.toml``."""

    id: UUID
    scale: Named
    value: Count
    zone: Line = ""
    """Empty for the whole treated area."""

    at: Moment


class Observation(Value):
    """One named reaction of ``resources/knowledge/reactions.toml`` with its grade on that reaction's scale."""

    id: UUID
    reaction: Named
    scale: Named
    grade: Count
    zone: Line = ""
    note: Paragraphs = ""
    at: Moment
    moment: Line = ""
    """At which moment of the visit it was seen; empty in records from before this was kept, and in follow-ups."""


class NothingSeen(Value):
    """The explicit answer that there was nothing to grade at one moment of the visit."""

    moment: Named
    at: Moment


class Outcome(StrEnum):
    """How an adverse event stands."""

    ONGOING = "ongoing"
    RESOLVING = "resolving"
    RESOLVED = "resolved"
    LASTING = "lasting"
    UNKNOWN = "unknown"


class Seriousness(StrEnum):
    """How serious an adverse event is (21 CFR 803 asks for the last three)."""

    NOT_SERIOUS = "not-serious"
    NEEDED_TREATMENT = "needed-treatment"
    PERMANENT_HARM = "permanent-harm"
    LIFE_THREATENING = "life-threatening"


class AdverseEvent(Value):
    """Something that must be followed up and may have to be reported."""

    id: UUID
    what: Paragraphs
    seriousness: Seriousness
    action_taken: Paragraphs = ""
    zones: tuple[str, ...] = ()
    at: Moment
    onset_at: Moment | None = None
    outcome: Outcome | None = None
    reported_to: Line = ""
