"""An earlier visit as it is looked at while the next one is done: per zone how deep, how often, how it was taken."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from needlelog.clock import local
from needlelog.domain.follow_up import FollowUpRecord
from needlelog.domain.reactions import Observation
from needlelog.domain.signed import SignedSession
from needlelog.knowledge.model import Scale
from needlelog.rules.severity import worst


@dataclass(frozen=True, slots=True)
class Since:
    """The worst that was graded in the follow-ups, and how many days after the visit."""

    seen: Observation
    day: int


@dataclass(frozen=True, slots=True)
class Taken:
    """How the skin took a visit: the worst at the visit itself and the worst since; None where nothing was graded."""

    at_visit: Observation | None = None
    since: Since | None = None

    def worst(self, scales: Mapping[str, Scale]) -> Observation | None:
        """The worse of the two."""
        return worst([one for one in (self.at_visit, self.since.seen if self.since else None) if one], scales)


@dataclass(frozen=True, slots=True)
class ZoneBefore:
    """One zone of an earlier visit: how many passes, how the skin took it there."""

    depth_mm: Decimal
    """Of the deepest pass."""

    passes: int
    taken: Taken = field(default_factory=Taken)
    shallowest_mm: Decimal | None = None
    """Of the least deep pass, where they were not all of one depth."""

    @property
    def least_mm(self) -> Decimal:
        """The depth of the least deep pass."""
        return self.depth_mm if self.shallowest_mm is None else self.shallowest_mm

    @property
    def alike(self) -> bool:
        """Whether all of its passes were of one depth."""
        return self.least_mm == self.depth_mm


@dataclass(frozen=True, slots=True)
class LastTime:
    """An earlier visit by its zones; ``day`` on the wall clock of that visit.

    ``red_on_day``: on which day after the visit an answer was a red flag, the first one; None where none was.
    """

    day: date
    zones: Mapping[str, ZoneBefore] = field(default_factory=dict)
    red_on_day: int | None = None

    def of(self, zones: Collection[str]) -> dict[str, ZoneBefore]:
        """Those of ``zones`` that were treated then."""
        return {zone: before for zone, before in self.zones.items() if zone in zones}

    def taken(self, zones: Collection[str], scales: Mapping[str, Scale]) -> Taken:
        """How those of ``zones`` took it, the worst of them."""
        here = [one.taken for one in self.of(zones).values()]
        later = [one.since for one in here if one.since]
        seen = worst([one.seen for one in later], scales)
        return Taken(
            worst([one.at_visit for one in here if one.at_visit], scales),
            next((one for one in later if one.seen is seen), None),
        )


def passes_then(before: LastTime | None, zones: Collection[str]) -> int:
    """How many equal passes each of these zones had then: 0 unless it was the same number for all of them."""
    here = before.of(zones) if before else {}
    counts = {one.passes if one.alike else 0 for one in here.values()}
    return counts.pop() if len(counts) == 1 and len(here) == len(zones) else 0


def looked_back(visit: SignedSession, since: FollowUpRecord, scales: Mapping[str, Scale]) -> LastTime:
    """What ``visit`` and the answers ``since`` say of each zone; a reaction of the whole area is one of every zone."""
    draft = visit.draft
    day = local(draft.started_at, draft.time_zone).date()
    zones: dict[str, ZoneBefore] = {}
    for zone in dict.fromkeys(one.zone for one in draft.needling.passes):
        here = [one for one in draft.needling.passes if one.zone == zone]
        seen = [one for one in draft.reactions.observations if one.zone in ("", zone)]
        later = [
            Since(one, (local(answer.at, draft.time_zone).date() - day).days)
            for answer in since.about_skin
            for one in answer.observations
            if one.zone in ("", zone)
        ]
        depths = [one.depth_mm for one in here]
        gravest = worst([one.seen for one in later], scales)
        zones[zone] = ZoneBefore(
            max(depths),
            sum(one.count for one in here),
            Taken(worst(seen, scales), next((one for one in later if one.seen is gravest), None)),
            shallowest_mm=min(depths),
        )
    red = [(local(one.at, draft.time_zone).date() - day).days for one in since.about_skin if one.flags]
    return LastTime(day, zones, min(red, default=None))
