"""What is looked back on: signed visits at a glance, visits that were given up, and where a lot went."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from needlelog.domain.findings import StepId
from needlelog.domain.value import Line, Moment, Named, Paragraphs, Value

UNTOLD = "?"
"""Stands in the place of words that cannot be read any more."""


class GradedReaction(Value):
    """A reaction of a visit with its grade on that reaction's scale."""

    reaction: Named
    scale: Named
    grade: int


class VisitSummary(Value):
    """A signed visit as the history shows it."""

    id: UUID
    client_id: UUID
    started_at: Moment
    signed_at: Moment
    time_zone: Named
    practitioner: Named
    concerns: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    deepest_mm: Decimal | None = None
    deepest_zone: Line = ""
    devices: tuple[str, ...] = ()
    reactions: tuple[GradedReaction, ...] = ()
    none_observed: bool = False
    later: tuple[GradedReaction, ...] = ()
    """What was graded in follow-ups since; the signed visit itself says nothing of it."""

    follow_ups: int = 0
    red: bool = False
    """An answer since was a red flag, and nobody has written yet what was done."""

    adverse_events: int = 0
    """Those of the visit and those opened since."""

    overrides: int = 0
    addenda: int = 0
    withdrawn: int = 0
    """Papers of the visit that were given in error, and not again since."""

    invalidated: bool = False
    damaged: bool = False
    """It is not what was signed any more, or cannot be read: shown as far as it can be."""

    days_since_previous: int | None = None
    """Calendar days since the visit before it that counts, by the days of the visits."""

    series_id: UUID | None = None
    """The series whose session it was."""

    signed_after: date | None = None
    """The day of a later visit that had been signed before this one; ``None`` where days and signing agree."""


class NeedledVisit(Value):
    """A visit that counts in which was needled: its day, and each zone with the greatest depth (mm).

    A depth is None where nobody can tell it any more.
    """

    on: date
    depths: tuple[tuple[str, Decimal | None], ...]
    series_id: UUID | None = None
    """The series whose session it was."""


class DiscardedVisit(Value):
    """A visit that was given up unsigned, kept whole; ``id`` is the visit's own."""

    id: UUID
    client_id: UUID
    started_at: Moment
    time_zone: Named
    practitioner: Named
    step: StepId
    discarded_at: Moment
    discarded_by: Named
    reason: Paragraphs
    damaged: bool = False
    """It is not what was given up any more, or cannot be read: shown as far as it can be told."""

    lost: bool = False
    """Its content cannot be read, so it cannot be taken up again."""


class LotUse(Value):
    """One visit in which a lot was used. ``lot`` is the code as recorded; ``zones`` are those it was used on."""

    session_id: UUID
    client_id: UUID
    client_number: int
    client_name: Named
    started_at: Moment
    time_zone: Named
    product: Named
    lot: Named
    zones: tuple[str, ...] = ()
    signed: bool = True
    """False while the visit is still open, and for good when it was given up."""

    discarded: bool = False
    """The visit was given up unsigned; whoever it was recorded for was treated all the same."""

    invalidated: bool = False
