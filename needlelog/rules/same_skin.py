"""What today and an earlier visit have in common: the zones that are needled again, and others of the same part.

That each zone counts by itself is our proposal: the sources say "between sessions" and name no zones. Which zones lie
in one part of the body is data (``interval.toml``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from needlelog.domain.history import NeedledVisit
from needlelog.domain.session import SessionDraft
from needlelog.knowledge.model import SkinPart
from needlelog.rules.circumstances import Circumstances

Depths = tuple[tuple[str, Decimal | None], ...]
"""Zones with their depths (mm); None where the depth is unknown."""

SOMEWHERE = ""
"""Stands for the zones of today while none is planned: any may be meant."""


@dataclass(frozen=True, slots=True)
class ZoneAgain:
    """A zone that was needled and is meant again, with its depths (mm) then and today."""

    zone: str
    then: tuple[Decimal | None, ...]
    today: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class SamePart:
    """A part of the body in which an earlier visit needled other zones than those that are meant today."""

    part: SkinPart
    then: Depths
    today: Depths


def depths_meant(draft: SessionDraft) -> Depths:
    """The zones of today: those done as deep as they were, and those still planned as well."""
    done = tuple((one.zone, one.depth_mm) for one in draft.needling.passes)
    treated = {zone for zone, _ in done}
    planned = ((one.zone, one.depth_mm) for one in draft.consultation.plan.zones if one.zone not in treated)
    return (*done, *planned)


def left_alone(draft: SessionDraft) -> frozenset[str]:
    """The zones that were planned and not needled, once needling has ended."""
    if not draft.needling.passes or draft.needling.ended_at is None:
        return frozenset()
    return frozenset(one.zone for one in draft.consultation.plan.zones) - frozenset(draft.treated_zones)


def outside_exempt(meant: Iterable[tuple[str, Decimal | None]], around: Circumstances) -> Depths:
    """Those of these zones that the interval holds for."""
    exempt = around.knowledge.interval.exempt_areas
    zones = around.knowledge.zones
    return tuple(one for one in meant if one[0] not in zones or zones[one[0]].area not in exempt)


def zones_again(draft: SessionDraft, visit: NeedledVisit, around: Circumstances) -> Iterator[ZoneAgain]:
    """The zones of an earlier visit that are meant today, outside the exempt areas; none where it needled others.

    As long as nothing is planned any zone may be meant, and one that the reference data does not know may be anywhere.
    """
    meant, then = depths_meant(draft), outside_exempt(visit.depths, around)
    if not then:
        return
    if not meant:
        yield ZoneAgain(SOMEWHERE, tuple(depth for _, depth in then), ())
        return
    known = around.knowledge.zones
    today = outside_exempt(meant, around)
    for zone in dict.fromkeys(zone for zone, _ in today):
        before = tuple(depth for one, depth in then if zone not in known or one == zone or one not in known)
        if before:
            yield ZoneAgain(zone, before, tuple(depth for one, depth in today if one == zone))


def parts_again(draft: SessionDraft, visit: NeedledVisit, around: Circumstances) -> Iterator[SamePart]:
    """The parts of the body in which an earlier visit needled zones that are not meant today, and others are."""
    alone = left_alone(draft)
    meant = tuple(one for one in outside_exempt(depths_meant(draft), around) if one[0] not in alone)
    zones = {zone for zone, _ in meant}
    others = tuple(one for one in outside_exempt(visit.depths, around) if one[0] not in zones)
    for part in around.knowledge.interval.parts:
        then, today = _within(part, others, around), _within(part, meant, around)
        if then and today:
            yield SamePart(part, then, today)


def _within(part: SkinPart, depths: Depths, around: Circumstances) -> Depths:
    """Those of these zones that lie in ``part``; what the reference data does not know lies nowhere."""
    known = around.knowledge.zones
    return tuple(one for one in depths if one[0] in known and part.holds(known[one[0]]))
