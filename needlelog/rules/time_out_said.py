"""In which words an item of the time-out was said: kept with each tick; for older records, the words of their day."""

from __future__ import annotations

from collections.abc import Mapping

from needlelog.domain.session import Tick
from needlelog.i18n import Words
from needlelog.knowledge.model import Knowledge

FORMER: Mapping[str, str] = {
    "skin-today": "No infection, cold sore, rash or sunburn in any zone.",
    "zones-and-skin": (
        "Zones and depths are said out loud, the dial at its lowest; no infection, cold sore, rash or sunburn there."
    ),
    "plan": "Zones and depths are said out loud; the dial starts at the lowest.",
}
"""Items that are no longer asked, as records from before the words were kept may hold them."""


def words_of(tick: Tick, knowledge: Knowledge, tr: Words) -> str:
    """What was said; an id that nothing is known of stands for itself."""
    if tick.said:
        return tick.said
    known = knowledge.time_out.get(tick.item)
    return tr(known.text) if known else tr(FORMER.get(tick.item, tick.item))
