"""A signed visit as the next one asks for it: where, how deep, how the skin took it then and since."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from needlelog.domain.findings import Finding
from needlelog.domain.follow_up import FollowUpRecord
from needlelog.domain.reactions import Observation
from needlelog.domain.session import SessionDraft
from needlelog.domain.treatment import NeedlingPass
from needlelog.knowledge.model import Knowledge, Scale, View, Zone
from needlelog.rules.depth import above_limit_mm
from needlelog.rules.screening import left_out
from needlelog.rules.severity import worst


@dataclass(frozen=True, slots=True)
class ZoneGlance:
    """One treated zone: each depth once from shallow to deep (mm), how many passes, and the worst seen there."""

    zone: str
    depths_mm: tuple[Decimal, ...]
    passes: int
    at_visit: Observation | None = None
    since: Observation | None = None
    """In the follow-ups since; None also where none was answered."""

    @property
    def deepest_mm(self) -> Decimal:
        """The deepest pass, mm."""
        return self.depths_mm[-1]


def zones_at_a_glance(
    draft: SessionDraft, since: FollowUpRecord, scales: Mapping[str, Scale]
) -> tuple[ZoneGlance, ...]:
    """Each treated zone in the order of treatment; a reaction noted for the whole area is one of every zone."""
    later = [one for answer in since.about_skin for one in answer.observations]
    by_zone: dict[str, list[NeedlingPass]] = {}
    for one in draft.needling.passes:
        by_zone.setdefault(one.zone, []).append(one)
    return tuple(
        ZoneGlance(
            zone=zone,
            depths_mm=tuple(sorted({one.depth_mm for one in passes})),
            passes=sum(one.count for one in passes),
            at_visit=worst(_there(draft.reactions.observations, zone), scales),
            since=worst(_there(later, zone), scales),
        )
        for zone, passes in by_zone.items()
    )


@dataclass(frozen=True, slots=True)
class GoneAround:
    """What the needle went around, such as a tattoo, and the zones where it is."""

    what: str
    zones: tuple[str, ...]


def gone_around(draft: SessionDraft, knowledge: Knowledge) -> tuple[GoneAround, ...]:
    """What was to be left out in the treated zones, as the client said where it is."""
    found: dict[str, list[str]] = {}
    treated = set(draft.treated_zones)
    for zone, there in left_out(draft, knowledge).items():
        for one in there:
            if zone in treated:
                found.setdefault(one.title, []).append(zone)
    return tuple(GoneAround(what, tuple(zones)) for what, zones in found.items())


def reasons_given(draft: SessionDraft) -> dict[str, tuple[str, ...]]:
    """Each reason for going on against a finding, with the titles of all that it was given for.

    The depth that went farthest beyond its limit comes first: it is never the one that somebody has to look for.
    """
    found: dict[str, list[Finding]] = {}
    for one in draft.overrides:
        found.setdefault(one.reason, []).append(one.finding)
    return {
        reason: tuple(one.title for one in sorted(findings, key=lambda one: above_limit_mm(one) or 0, reverse=True))
        for reason, findings in found.items()
    }


def _there(seen: Iterable[Observation], zone: str) -> list[Observation]:
    return [one for one in seen if one.zone in ("", zone)]


def views_that_show(treated: Collection[str], zones: Mapping[str, Zone], most: int = len(View)) -> tuple[View, ...]:
    """At most ``most`` views of the map, as few as show every treated zone, the one that shows most zones first."""
    left = [zones[zone] for zone in treated if zone in zones]
    chosen: list[View] = []
    while left and len(chosen) < most:
        best = max(View, key=lambda view: _shown(left, view))
        if not _shown(left, best):
            break
        chosen.append(best)
        left = [zone for zone in left if best not in zone.views]
    return tuple(chosen)


def _shown(zones: Sequence[Zone], view: View) -> int:
    return sum(view in zone.views for zone in zones)
