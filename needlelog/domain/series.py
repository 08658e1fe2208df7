"""The series: what is planned for one concern over several visits, and what else is done to the skin meanwhile."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator

from needlelog.domain.reactions import Grade
from needlelog.domain.value import Line, Millimetres, Moment, Named, Paragraphs, Value
from needlelog.errors import Fault, FaultCode

MOST_SESSIONS = 24
LONGEST_INTERVAL_DAYS = 366
FARTHEST_DAYS = 3 * 366
"""Beyond these an entry was mistyped; what is sensible the reference data says."""


def day_ahead(day: date, today: date, field: str) -> date:
    """``day``, unless it lies so far ahead that it was mistyped; raises ``Fault(ENTRY_DATE_TOO_FAR)``."""
    if (day - today).days > FARTHEST_DAYS:
        raise Fault(FaultCode.ENTRY_DATE_TOO_FAR, field=field)
    return day


class CombinedTreatment(Value):
    """Another treatment (``combinations.toml``) and the day it was or will be done."""

    id: UUID
    combination: Named
    on: date
    note: Line = ""


class Series(Value):
    """One series of a client. Every change is a new ``version``; the newest counts, the others are kept.

    ``reason`` is why it goes against a rule, where it does. ``at_start`` and ``at_end`` are grades on outcome scales.
    """

    id: UUID
    client_id: UUID
    concern: Named
    sessions: Annotated[int, Field(ge=1, le=MOST_SESSIONS)]
    interval_days: Annotated[int, Field(ge=1, le=LONGEST_INTERVAL_DAYS)]
    zones: tuple[Named, ...] = ()
    depth_mm: Millimetres | None = None
    started_on: date
    reason: Paragraphs = ""
    usual: bool = False
    """The one that a visit belongs to unless somebody says otherwise; at most one of a client's."""

    ended_on: date | None = None
    ended_reason: Paragraphs = ""
    treatments: tuple[CombinedTreatment, ...] = ()
    at_start: tuple[Grade, ...] = ()
    at_end: tuple[Grade, ...] = ()
    version: Annotated[int, Field(ge=0)] = 0
    by: Line = ""
    at: Moment

    @model_validator(mode="after")
    def _ends_with_a_reason(self) -> Self:
        if (self.ended_on is None) != (not self.ended_reason.strip()):
            raise ValueError("a series ends on a day and for a reason, or not at all")
        if self.ended_on is not None and self.ended_on < self.started_on:
            raise ValueError("a series ends before it starts")
        return self

    @property
    def running(self) -> bool:
        """Whether it has not ended."""
        return self.ended_on is None


class SeriesVisit(Value):
    """Which session of which series a visit is: ``number`` of ``sessions``, as counted when it was said or signed."""

    series_id: UUID
    concern: Named
    number: Annotated[int, Field(ge=1)]
    sessions: Annotated[int, Field(ge=1)]


class PriceNote(Value):
    """What was agreed about price and package, in words and as an amount. For the record alone: nothing is billed."""

    words: Line = ""
    amount: Annotated[Decimal, Field(ge=0, max_digits=9, decimal_places=2)] | None = None
    currency: Line = ""
