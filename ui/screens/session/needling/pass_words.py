"""Passes as people read them: which zones, how deep, how many, since when."""

from __future__ import annotations

from collections.abc import Sequence

from needlelog.clock import local
from needlelog.domain.treatment import NeedlingPass
from needlelog.i18n import Words, record_time
from needlelog.knowledge.model import Knowledge
from ui.screens.session.needling.depths import written

NAMED = 2
"""Up to so many zones are named; more are counted."""


def passes_in_words(tr: Words, knowledge: Knowledge, passes: Sequence[NeedlingPass], time_zone: str) -> str:
    """``Left cheek, 0.75 mm, 2 passes since 14:05``; needs at least one pass."""
    zones = list(dict.fromkeys(one.zone for one in passes))
    depths = [one.depth_mm for one in passes]
    count = sum(one.count for one in passes)
    since = record_time(local(passes[0].at, time_zone))
    if len(passes) == 1:
        when = tr("{time}", time=since) if count == 1 else tr("{count} passes, {time}", count=count, time=since)
    else:
        when = tr("{count} passes since {time}", count=count, time=since)
    where = zones_in_words(tr, knowledge, zones, NAMED)
    return ", ".join((where, tr("{depth} mm", depth=written(min(depths), max(depths))), when))


def zones_in_words(tr: Words, knowledge: Knowledge, zones: Sequence[str], named: int) -> str:
    """The names of up to ``named`` zones in the order of the map, or how many there are."""
    if len(zones) > named:
        return tr.plural("{count} zone", "{count} zones", len(zones))
    known = [tr(zone.name) for zone in knowledge.zones.values() if zone.id in zones]
    return ", ".join(known or zones)
