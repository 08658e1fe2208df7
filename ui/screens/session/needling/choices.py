"""Several zones at one tap: those planned, those of the visit looked back on, a whole area."""

from __future__ import annotations

from dataclasses import dataclass

from needlelog.domain.session import SessionDraft
from needlelog.i18n import Words, record_date
from needlelog.knowledge.model import Knowledge
from needlelog.rules.screening import kept_out
from needlelog.workflow.last_time import LastTime

AREA_OF_VIEW = {"face_front": "face", "neck": "neck", "scalp": "scalp"}
TOGETHER = {
    "face_left": (("temple_left", "malar_left", "cheek_left", "jawline_left"),),
    "face_right": (("temple_right", "malar_right", "cheek_right", "jawline_right"),),
    "body_front": (("abdomen", "flank_left", "flank_right"), ("thigh_left", "thigh_right")),
    "body_back": (
        ("upper_back", "lower_back"),
        ("buttock_left", "buttock_right", "thigh_back_left", "thigh_back_right"),
    ),
}
"""Zones that are often treated together, by the view in which they are drawn."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Zones under one name; ``as_before``: at the depths of the visit looked back on."""

    text: str
    zones: tuple[str, ...]
    as_before: bool = False


def choices(
    draft: SessionDraft, knowledge: Knowledge, before: LastTime | None, view: str, tr: Words
) -> tuple[Choice, ...]:
    """What can be chosen at one tap in this view of the map; zones to be left alone are in none of them."""
    order = _open_zones(draft, knowledge)
    found = [Choice(tr("Planned"), planned_zones(draft, knowledge))]
    if before is not None:
        text = tr("As on {day}", day=record_date(before.day))
        found.append(Choice(text, tuple(zone for zone in order if zone in before.zones), as_before=True))
    area = AREA_OF_VIEW.get(view, "")
    wholes = [tuple(zone for zone in order if area and knowledge.zones[zone].area == area)]
    wholes += [tuple(zone for zone in order if zone in together) for together in TOGETHER.get(view, ())]
    found += [Choice(name, zones) for name, zones in zip(_names(view, tr), wholes, strict=False)]
    return tuple(one for one in found if one.zones)


def _names(view: str, tr: Words) -> tuple[str, ...]:
    """What the wholes of a view are called, in their order; "" where it has no whole area."""
    return {
        "face_front": (tr("Full face"),),
        "neck": (tr("Whole neck"),),
        "scalp": (tr("Whole scalp"),),
        "face_left": ("", tr("Left side of the face")),
        "face_right": ("", tr("Right side of the face")),
        "body_front": ("", tr("Abdomen and flanks"), tr("Both thighs")),
        "body_back": ("", tr("Whole back"), tr("Buttocks and thighs")),
    }.get(view, ())


def planned_zones(draft: SessionDraft, knowledge: Knowledge) -> tuple[str, ...]:
    """The zones of the plan that were confirmed and not gone over yet; none that are to be left alone."""
    done = {one.zone for one in draft.needling.passes}
    planned = {one.zone for one in draft.consultation.plan.zones if one.confirmed} - done
    return tuple(zone for zone in _open_zones(draft, knowledge) if zone in planned)


def _open_zones(draft: SessionDraft, knowledge: Knowledge) -> list[str]:
    shut = kept_out(draft, knowledge)
    return [zone for zone in knowledge.zones if not knowledge.site_of(zone).never and zone not in shut]
