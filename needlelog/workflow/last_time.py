"""An earlier visit as it is looked at while the next one is done: per zone how deep, how often, how it was taken."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from needlelog.clock import local
from needlelog.domain.reactions import Observation
from needlelog.domain.session import SignedSession
from needlelog.knowledge.model import Scale
from needlelog.rules.severity import worst


@dataclass(frozen=True, slots=True)
class ZoneBefore:
    """One zone of an earlier visit: how many passes, the worst reaction seen there."""

    depth_mm: Decimal
    """Of the deepest pass."""

    passes: int
    worst: Observation | None
    least_mm: Decimal
    """Of the least deep pass."""

    @property
    def alike(self) -> bool:
        """Whether all of its passes were of one depth."""
        return self.least_mm == self.depth_mm


@dataclass(frozen=True, slots=True)
class LastTime:
    """An earlier visit by its zones; ``day`` on the wall clock of that visit."""

    day: date
    zones: Mapping[str, ZoneBefore] = field(default_factory=dict)

    def of(self, zones: Collection[str]) -> dict[str, ZoneBefore]:
        """Those of ``zones`` that were treated then."""
        return {zone: before for zone, before in self.zones.items() if zone in zones}


def passes_then(before: LastTime | None, zones: Collection[str]) -> int:
    """How many equal passes each of these zones had then: 0 unless it was the same number for all of them."""
    here = before.of(zones) if before else {}
    counts = {one.passes if one.alike else 0 for one in here.values()}
    return counts.pop() if len(counts) == 1 and len(here) == len(zones) else 0


def looked_back(visit: SignedSession, scales: Mapping[str, Scale]) -> LastTime:
    """What ``visit`` says of each zone; a reaction noted for the whole area is one of every zone treated."""
    draft = visit.draft
    zones: dict[str, ZoneBefore] = {}
    for zone in dict.fromkeys(one.zone for one in draft.needling.passes):
        here = [one for one in draft.needling.passes if one.zone == zone]
        seen = [one for one in draft.reactions.observations if one.zone in ("", zone)]
        depths = [one.depth_mm for one in here]
        zones[zone] = ZoneBefore(max(depths), sum(one.count for one in here), worst(seen, scales), min(depths))
    return LastTime(local(draft.started_at, draft.time_zone).date(), zones)
