"""The time of a tour: it stands still but for the steps of the visit, so that minutes pass without waiting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(slots=True)
class TourClock:
    """Stands at a moment until it is moved on."""

    moment: datetime

    @classmethod
    def this_morning(cls, now: datetime) -> TourClock:
        """Ten in the morning (UTC) of the day of ``now``, so that every picture shows a working day."""
        return cls(now.astimezone(UTC).replace(hour=10, minute=0, second=0, microsecond=0))

    def now(self) -> datetime:
        """The moment it stands at."""
        return self.moment

    def pass_(self, **span: float) -> None:
        """Move on by a ``timedelta``."""
        self.moment += timedelta(**span)
