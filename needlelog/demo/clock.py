"""The time while the past of the made-up clinic is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(slots=True)
class BuildingClock:
    """Stands wherever the story has got to; only ever moved by the story itself."""

    moment: datetime

    def now(self) -> datetime:
        """The moment the story has got to, in UTC."""
        return self.moment.astimezone(UTC)
