"""The zone map filled from a visit: depths of today, the last visit as ghost, plan and blocked zones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from needlelog.domain.session import SessionDraft
from needlelog.domain.treatment import NeedlingPass
from needlelog.i18n import Words
from needlelog.knowledge.bands import bands_of
from needlelog.knowledge.model import Knowledge
from needlelog.paths import resources
from needlelog.rules.screening import kept_out, left_out
from needlelog.rules.severity import severity
from needlelog.workflow.last_time import LastTime, ZoneBefore
from ui.screens.session.taken import taken_text
from ui.toolkit.kit import Kit
from ui.toolkit.plain import tooltip
from ui.widgets.band_scale import Band
from ui.widgets.zone_map import ZoneMap, ZoneMark
from ui.widgets.zone_map_dress import map_colours, ramp_edges_mm
from ui.widgets.zone_map_marks import depth_text

NAMED = 2
"""Up to so many of the zones that set a limit are named; more are counted."""


class TreatmentMap(ZoneMap):
    """The map with every zone's name; the ramp parts the span from nothing to the general ceiling evenly."""

    def __init__(self, kit: Kit, knowledge: Knowledge) -> None:
        names = {zone.id: kit.tr(zone.name) for zone in knowledge.zones.values()}
        edges = ramp_edges_mm(kit.theme.tokens, knowledge)
        super().__init__(kit.tr, resources() / "maps", names, map_colours(kit.theme.tokens), edges)
        self._theme = kit.theme
        kit.theme.set_icon(self.list_button, "list", "ink", 24)
        for key, icon in ((self.larger, "zoom-in"), (self.smaller, "zoom-out")):
            key.setText("")
            kit.theme.set_icon(key, icon, "ink", 24)
        self.list_button.setText("")
        self.list_button.setProperty("bare", "true")
        self.list_button.setToolTip(tooltip(self.list_button.accessibleName()))
        # A method, not a lambda: Qt lets go of it together with the map.
        kit.theme.changed.connect(self._dress)

    def _dress(self) -> None:
        self.set_colours(map_colours(self._theme.tokens))


def deepest_by_zone(passes: tuple[NeedlingPass, ...]) -> dict[str, Decimal]:
    """The deepest depth of each zone, in millimetres."""
    deepest: dict[str, Decimal] = {}
    for one in passes:
        deepest[one.zone] = max(one.depth_mm, deepest.get(one.zone, one.depth_mm))
    return deepest


def shallowest_by_zone(passes: tuple[NeedlingPass, ...]) -> dict[str, Decimal]:
    """The least deep depth of each zone, in millimetres."""
    least: dict[str, Decimal] = {}
    for one in passes:
        least[one.zone] = min(one.depth_mm, least.get(one.zone, one.depth_mm))
    return least


def passes_by_zone(passes: tuple[NeedlingPass, ...]) -> dict[str, int]:
    """How often each zone was gone over."""
    counted: dict[str, int] = {}
    for one in passes:
        counted[one.zone] = counted.get(one.zone, 0) + one.count
    return counted


def planned_by_zone(draft: SessionDraft) -> dict[str, Decimal]:
    """The depth of each zone whose plan is confirmed and gives one, in millimetres."""
    plan = (one for one in draft.consultation.plan.zones if one.confirmed)
    return {one.zone: one.depth_mm for one in plan if one.depth_mm is not None}


def marks(
    draft: SessionDraft,
    knowledge: Knowledge,
    before: LastTime | None,
    tr: Words,
    notes: Mapping[str, str] | None = None,
) -> dict[str, ZoneMark]:
    """What every zone of the map shows."""
    deepest = deepest_by_zone(draft.needling.passes)
    shallowest = shallowest_by_zone(draft.needling.passes)
    counted = passes_by_zone(draft.needling.passes)
    ghost = before.zones if before else {}
    planned = {one.zone for one in draft.consultation.plan.zones}
    planned_mm = planned_by_zone(draft)
    shut, around = kept_out(draft, knowledge), left_out(draft, knowledge)
    return {
        zone: ZoneMark(
            deepest_mm=deepest.get(zone),
            shallowest_mm=shallowest.get(zone),
            passes=counted.get(zone, 0),
            ghost_mm=ghost[zone].depth_mm if zone in ghost else None,
            ghost_severity=_severity_of(ghost.get(zone), knowledge),
            ghost_grade=_grade_of(ghost.get(zone), knowledge),
            ghost_note=taken_text(tr, knowledge, ghost[zone].taken) if zone in ghost else "",
            planned=zone in planned,
            planned_mm=planned_mm.get(zone),
            blocked=knowledge.site_of(zone).never or zone in shut,
            avoid="; ".join(tr(one.leave_out) for one in around.get(zone, ())),
            note=(notes or {}).get(zone, "") or "; ".join(one.title for one in shut.get(zone, ())),
        )
        for zone in knowledge.zones
    }


def _severity_of(before: ZoneBefore | None, knowledge: Knowledge) -> int:
    worst = before.taken.worst(knowledge.scales) if before else None
    return severity(worst, knowledge.scales) if worst else 0


def _grade_of(before: ZoneBefore | None, knowledge: Knowledge) -> int:
    worst = before.taken.worst(knowledge.scales) if before else None
    return worst.grade if worst else 0


def depth_bands(
    knowledge: Knowledge, zones: frozenset[str], concerns: Iterable[str], most_mm: Decimal, *, mechanical: bool
) -> list[Band]:
    """The strictest bands of these zones for these concerns on a depth scale: usual, deep, and only with a reason."""
    if not mechanical or not zones:
        return []
    warn, confirm = _limits(knowledge, zones, concerns)
    most = max(most_mm, Decimal(0))
    bands: list[Band] = []
    if warn is not None:
        bands.append((Decimal(0), min(warn, most), "ok"))
    if warn is not None and confirm is not None and warn < most:
        bands.append((warn, min(confirm, most), "hold"))
    if confirm is not None and confirm < most:
        bands.append((confirm, most, "stop"))
    return bands


def limits_in_words(
    knowledge: Knowledge, zones: frozenset[str], concerns: Iterable[str], tr: Words, *, mechanical: bool
) -> str:
    """What the bands of ``depth_bands`` mean, whose limits they are where the zones differ, and what these rest on."""
    if not mechanical or not zones:
        return ""
    warn, confirm = _limits(knowledge, zones, concerns)
    if confirm is None:
        return ""
    of = {zone: bands_of(knowledge, zone, tuple(concerns)) for zone in knowledge.zones if zone in zones}
    if any(one.unsourced for one in of.values()):
        return tr(
            "No sourced depth for this zone: only the general ceiling of {most} mm holds.", most=depth_text(confirm)
        )
    deep = [zone for zone, one in of.items() if warn is not None and one.warn_above_mm == warn]
    least = [zone for zone, one in of.items() if one.confirm_above_mm == confirm]
    above, reason = (f"{depth_text(one)}\u00a0mm" if one is not None else "" for one in (warn, confirm))
    if warn is None or warn >= confirm:
        deep, said = least, tr("A reason above {confirm}.", confirm=_of_whom(knowledge, reason, least, zones, tr))
    elif deep == least:
        whose = _of_whom(knowledge, reason, least, zones, tr)
        said = tr("Deep above {warn}, a reason above {confirm}.", warn=above, confirm=whose)
    else:
        said = tr(
            "Deep above {warn}, a reason above {confirm}.",
            warn=_of_whom(knowledge, above, deep, zones, tr),
            confirm=_of_whom(knowledge, reason, least, zones, tr),
        )
    sites = [knowledge.site_of(zone) for zone in (*deep, *least)]
    if any(site.own for site in sites):
        return tr("{said} Our own value.", said=said)
    if any(site.differs for site in sites):
        return tr("{said} Sources differ; these are the safer values.", said=said)
    return said


def _of_whom(knowledge: Knowledge, limit: str, setting: list[str], zones: frozenset[str], tr: Words) -> str:
    """``0.50 mm (Around left eye)``: a limit with the zones that set it, where others of these zones allow more."""
    if len(setting) == len(zones):
        return limit
    names = ", ".join(tr(knowledge.zones[zone].name) for zone in setting[:NAMED])
    more = len(setting) - NAMED
    if more > 0:
        names = tr("{zones} and {count} more", zones=names, count=more)
    return tr("{limit} ({zones})", limit=limit, zones=names)


def _limits(
    knowledge: Knowledge, zones: frozenset[str], concerns: Iterable[str]
) -> tuple[Decimal | None, Decimal | None]:
    of = [bands_of(knowledge, zone, tuple(concerns)) for zone in sorted(zones)]
    return (
        min((one.warn_above_mm for one in of if one.warn_above_mm is not None), default=None),
        min((one.confirm_above_mm for one in of if one.confirm_above_mm is not None), default=None),
    )


def usual_depth(knowledge: Knowledge, zones: frozenset[str], concerns: Iterable[str] = ()) -> Decimal | None:
    """Where the default band of these zones for these concerns begins: the strictest of them."""
    starts = [bands_of(knowledge, zone, tuple(concerns)).default_from_mm for zone in zones]
    return min((start for start in starts if start is not None), default=None)
