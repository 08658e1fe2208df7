"""Which anaesthetic calls for somebody now: its usual time is over, or its label's longest time is near or reached."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from uuid import UUID

from needlelog.domain.client import client_label, initials
from needlelog.domain.findings import StepId
from needlelog.domain.session import DraftSummary

MINUTE = timedelta(minutes=1)


class Call(IntEnum):
    """Why an anaesthetic calls, the later the more urgent; each is heard and silenced by itself."""

    USUAL_OVER = 1
    SOON = 2
    OVER = 3

    @property
    def near(self) -> bool:
        """Whether the longest time is near and not there yet."""
        return self is Call.SOON

    @property
    def over(self) -> bool:
        """Whether the longest time is reached."""
        return self is Call.OVER


@dataclass(frozen=True, slots=True)
class Alarm:
    """One anaesthetic on the skin. ``who`` are initials and number: others read the screen as well.

    ``usual_min`` is where its usual time ends, ``most_min`` the longest; either is None where no label says so.
    """

    visit: UUID
    who: str
    name: str
    since: datetime
    most_min: int | None = None
    usual_min: int | None = None
    field: str = ""
    """Where on the page of the step it is taken off."""

    limit_changed: bool = False
    """Whether the longest time is another now than it was applied with."""

    def minutes(self, now: datetime) -> int:
        """Whole minutes on the skin; a clock that was set back makes none of them less than 0."""
        return max(0, (now - self.since) // MINUTE)

    def call(self, now: datetime, before_min: int) -> Call | None:
        """Why it calls now, None while it need not; ``before_min`` minutes before the longest time it does so anew."""
        if self._on_for(now, self.most_min):
            return Call.OVER
        if self.most_min is not None and self._on_for(now, self.most_min - before_min):
            return Call.SOON
        return Call.USUAL_OVER if self._on_for(now, self.usual_min) else None

    def _on_for(self, now: datetime, minutes: int | None) -> bool:
        return minutes is not None and now - self.since >= minutes * MINUTE

    @property
    def first_min(self) -> int:
        """The minutes after which it calls first, but for the warning before the longest time."""
        return min(one for one in (self.usual_min, self.most_min) if one is not None)


def watched(open_visits: Iterable[DraftSummary]) -> tuple[Alarm, ...]:
    """Every anaesthetic on the skin in an open visit whose label says how long, the one that calls first first."""
    found = (
        Alarm(
            visit=visit.id,
            who=f"{initials(visit.client_name)} {client_label(visit.client_number)}".strip(),
            name=one.name,
            since=one.since,
            most_min=one.most_min,
            usual_min=one.usual_min,
            field=one.field,
            limit_changed=one.limit_changed,
        )
        for visit in open_visits
        for one in visit.running
        if one.step is StepId.NUMBING and (one.most_min, one.usual_min) != (None, None)
    )
    return tuple(sorted(found, key=lambda one: one.since + one.first_min * MINUTE))
