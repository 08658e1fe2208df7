"""A date as far as it is known: a day, a month, or only a year."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from needlelog.i18n import MONTHS, record_date


class Precision(StrEnum):
    """How much of a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """From ``first_day`` as long as ``precision`` says; ``ValueError`` for a month or year that begins on another day.

    Whoever counts takes the safer end: what began, began on the first day; what ended, ended on the last.
    """

    first_day: date
    precision: Precision = Precision.DAY

    def __post_init__(self) -> None:
        if self.first_day != _first_day(self.first_day, Precision(self.precision)):
            raise ValueError(f"a {self.precision.value} begins on its first day")

    @classmethod
    def around(cls, day: date, precision: Precision) -> PartialDate:
        """The day, month or year that ``day`` lies in."""
        return cls(_first_day(day, precision), precision)

    @property
    def last_day(self) -> date:
        """The last day that is meant."""
        first = self.first_day
        if self.precision is Precision.YEAR:
            return date(first.year, 12, 31)
        if self.precision is Precision.MONTH:
            return date(first.year, first.month, monthrange(first.year, first.month)[1])
        return first

    @property
    def is_exact(self) -> bool:
        """Whether the day is known."""
        return self.precision is Precision.DAY


def record_partial_date(when: PartialDate) -> str:
    """What is known of a date, as records show it: ``12-Mar-2020``, ``Mar-2020`` or ``2020``."""
    year, month = when.first_day.year, when.first_day.month
    if when.precision is Precision.YEAR:
        return f"{year:04d}"
    return f"{MONTHS[month - 1]}-{year:04d}" if when.precision is Precision.MONTH else record_date(when.first_day)


def _first_day(day: date, precision: Precision) -> date:
    if precision is Precision.YEAR:
        return date(day.year, 1, 1)
    return day.replace(day=1) if precision is Precision.MONTH else day
