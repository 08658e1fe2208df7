"""A clock that tests set and move by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(slots=True)
class FixedClock:
    """Stands still until it is told to go on."""

    moment: datetime = datetime(2026, 11, 20, 14, 40, tzinfo=UTC)

    def now(self) -> datetime:
        """The moment it was set to, in UTC."""
        return self.moment

    def advance(self, **by: float) -> None:
        """Go on by ``timedelta(**by)``; negative values set the clock back."""
        self.moment += timedelta(**by)
