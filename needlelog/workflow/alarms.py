"""Which anaesthetic calls for somebody now: it nears the longest time of its label, or has reached it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from needlelog.domain.client import client_label, initials
from needlelog.domain.findings import StepId
from needlelog.domain.session import DraftSummary

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Alarm:
    """One anaesthetic on the skin. ``who`` are initials and number: others read the screen as well."""

    visit: UUID
    who: str
    name: str
    since: datetime
    most_min: int
    field: str = ""
    """Where on the page of the step it is taken off."""

    def minutes(self, now: datetime) -> int:
        """Whole minutes on the skin; a clock that was set back makes none of them less than 0."""
        return max(0, (now - self.since) // MINUTE)

    def over(self, now: datetime) -> bool:
        """Whether the longest time is reached."""
        return now - self.since >= self.most_min * MINUTE

    def calls(self, now: datetime, before_min: int) -> bool:
        """Whether it calls, from ``before_min`` minutes before the longest time on."""
        return now - self.since >= (self.most_min - before_min) * MINUTE


def watched(open_visits: Iterable[DraftSummary]) -> tuple[Alarm, ...]:
    """Every anaesthetic with a longest time that is on the skin in an open visit, the one to come off first first."""
    found = (
        Alarm(
            visit=visit.id,
            who=f"{initials(visit.client_name)} {client_label(visit.client_number)}".strip(),
            name=one.name,
            since=one.since,
            most_min=one.most_min,
            field=one.field,
        )
        for visit in open_visits
        for one in visit.running
        if one.step is StepId.NUMBING and one.most_min is not None
    )
    return tuple(sorted(found, key=lambda one: one.since + one.most_min * MINUTE))
