"""How deep each zone was treated at the last few visits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from needlelog.domain.signed import SignedSession
from needlelog.knowledge.model import Knowledge
from ui.screens.client.visit_card import zone_name
from ui.widgets.depth_strip import ZoneDepths
from ui.widgets.phrases import day_of

MOST_ZONES = 6


def depths_over_time(
    visits: Sequence[SignedSession], knowledge: Knowledge
) -> tuple[tuple[date, ...], tuple[ZoneDepths, ...]]:
    """Days from oldest to newest, and for each of the zones treated most often its deepest pass on each day.

    By the day and not by the seal, unlike the history: what is read here is how the depth went from day to day.
    """
    ordered = sorted(
        (one for one in visits if one.draft.needling.passes and one.invalidated_at is None),
        key=lambda one: (one.draft.started_at, one.seal.sequence),
    )
    deepest: dict[str, list[Decimal | None]] = {}
    for place, visit in enumerate(ordered):
        for one in visit.draft.needling.passes:
            row = deepest.setdefault(one.zone, [None] * len(ordered))
            known = row[place]
            row[place] = one.depth_mm if known is None else max(known, one.depth_mm)
    ranked = sorted(deepest.items(), key=lambda item: sum(depth is None for depth in item[1]))[:MOST_ZONES]
    days = tuple(day_of(one.draft.started_at, one.draft.time_zone) for one in ordered)
    return days, tuple(ZoneDepths(zone_name(knowledge, zone), tuple(row)) for zone, row in ranked)
