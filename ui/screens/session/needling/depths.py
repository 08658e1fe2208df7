"""The depth that each chosen zone starts from: gone over already, planned, or where its usual band begins."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from needlelog.domain.session import SessionDraft
from needlelog.knowledge.model import Knowledge
from ui.screens.session.treatment_map import planned_by_zone, usual_depth
from ui.widgets.zone_map_marks import span_text


def starting_depths_mm(zones: Iterable[str], draft: SessionDraft, knowledge: Knowledge) -> dict[str, Decimal | None]:
    """For each zone the depth of its newest pass, else its confirmed plan, else the start of its usual band."""
    gone_over = {one.zone: one.depth_mm for one in draft.needling.passes}
    planned = planned_by_zone(draft)
    return {
        zone: gone_over.get(zone)
        or planned.get(zone)
        or usual_depth(knowledge, frozenset({zone}), draft.consultation.concerns)
        for zone in zones
    }


def common_depth_mm(depths_mm: Iterable[Decimal | None]) -> Decimal | None:
    """The one depth that all of them share; None where they differ."""
    different = set(depths_mm)
    return different.pop() if len(different) == 1 else None


def written(low_mm: Decimal, high_mm: Decimal | None = None) -> str:
    """A depth as it stands on the dial and on the map, or the span between two: ``0.75``, ``0.50\u20131.00``."""
    return span_text(low_mm, low_mm if high_mm is None else high_mm)
