"""Passes as people read them: which zones, how deep, how many, since when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from needlelog.clock import local
from needlelog.domain.treatment import NeedlingPass
from needlelog.i18n import Words, record_time
from needlelog.knowledge.model import Knowledge, TimeOutMatter
from needlelog.rules.time_out import cartridge_fact
from ui.screens.session.needling.depths import written

NAMED = 2
"""Up to so many zones are named; more are counted."""


def passes_in_words(tr: Words, knowledge: Knowledge, passes: Sequence[NeedlingPass], time_zone: str) -> str:
    """``Left cheek, 0.75 mm, 2 passes since 14:05``; needs at least one pass."""
    zones = list(dict.fromkeys(one.zone for one in passes))
    return f"{zones_in_words(tr, knowledge, zones, NAMED)}, {depth_and_count_in_words(tr, passes, time_zone)}"


def depth_and_count_in_words(tr: Words, passes: Sequence[NeedlingPass], time_zone: str) -> str:
    """``0.75 mm, 2 passes since 14:05``; needs at least one pass."""
    depths = [one.depth_mm for one in passes]
    count = sum(one.count for one in passes)
    since = record_time(local(passes[0].at, time_zone))
    if len(passes) == 1:
        when = tr("{time}", time=since) if count == 1 else tr("{count} passes, {time}", count=count, time=since)
    else:
        when = tr("{count} passes since {time}", count=count, time=since)
    return ", ".join((tr("{depth} mm", depth=written(min(depths), max(depths))), when))


def zones_in_words(tr: Words, knowledge: Knowledge, zones: Sequence[str], named: int) -> str:
    """The names of up to ``named`` zones in the order of the map, or how many there are."""
    if len(zones) > named:
        return tr.plural("{count} zone", "{count} zones", len(zones))
    known = [tr(zone.name) for zone in knowledge.zones.values() if zone.id in zones]
    return ", ".join(known or zones)


def news_in_words(
    tr: Words, knowledge: Knowledge, facts: Mapping[TimeOutMatter, Sequence[str]], passes: Sequence[NeedlingPass]
) -> str:
    """``Chin, 0.50 mm; SkinPen, lot CT-2291``: what these passes bring that the time-out did not name; or nothing."""
    found: list[str] = []
    for one in passes:
        if one.zone in facts.get("zones", ()):
            zone = zones_in_words(tr, knowledge, (one.zone,), 1)
            found.append(tr("{zone}, {depth} mm", zone=zone, depth=written(one.depth_mm, one.depth_mm)))
    found += facts.get("device", ())
    for one in passes:
        if cartridge_fact(one) in facts.get("cartridge", ()):
            lot = tr("lot {lot}", lot=one.lot) if one.lot else tr("no lot")
            found.append(", ".join(filter(None, (one.cartridge, lot))))
    return "; ".join(dict.fromkeys(found))
