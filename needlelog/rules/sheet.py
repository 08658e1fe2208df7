"""What of a visit stands on its aftercare sheet, so that a sheet that no longer tells the visit can be told."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from needlelog.domain.session import SessionDraft
from needlelog.domain.treatment import NeedlingPass
from needlelog.knowledge.model import Knowledge
from needlelog.rules.aftercare import beyond_expected, end_of_treatment


def printed_facts(draft: SessionDraft, knowledge: Knowledge) -> str:
    """The SHA-256 of everything in ``draft`` that the aftercare sheet prints; what it leaves out changes nothing."""
    text = json.dumps(_facts(draft, knowledge), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def sheet_is_current(draft: SessionDraft, knowledge: Knowledge) -> bool:
    """Whether the sheet that was given last tells this visit as it is recorded now."""
    if not draft.aftercare.given:
        return False
    last = draft.aftercare.given[-1]
    if last.printed:
        return last.printed == printed_facts(draft, knowledge)
    # Given before facts were kept with it: it can at least not know of what was done later.
    done = [use.at for use in (*draft.serums, *draft.cooling)] + [one.at for one in draft.needling.passes]
    return last.at >= max(done, default=last.at)


def _facts(draft: SessionDraft, knowledge: Knowledge) -> dict[str, Any]:
    passes, after = draft.needling.passes, draft.aftercare
    zones = {zone: [one for one in passes if one.zone == zone] for zone in draft.treated_zones}
    named = [(one.name, one.lot) for one in draft.cleansing.uses]
    named += [(one.name, one.lot) for one in draft.numbing if one.on_at is not None]
    named += [(one.cartridge or one.device, one.lot) for one in passes]
    named += [(one.name, one.lot) for one in (*draft.serums, *draft.cooling)]
    return {
        "practitioner": draft.practitioner,
        "time_zone": draft.time_zone,
        "ended_at": end_of_treatment(draft).isoformat(),
        "zones": [(zone, *_depths(here), sum(one.count for one in here)) for zone, here in zones.items()],
        "skin_type": draft.consultation.fitzpatrick,
        "reactions": sorted(entry.id for entry in beyond_expected(draft, knowledge)),
        "devices": sorted({str(one.device_id) for one in passes if one.device_id}),
        "materials": list(dict.fromkeys(named)),
        "next_visit_at": after.next_visit_at.isoformat() if after.next_visit_at else "",
        "home_products": after.products,
        "note": after.note,
    }


def _depths(passes: list[NeedlingPass]) -> tuple[str, str]:
    depths = [one.depth_mm for one in passes]
    return str(min(depths).normalize()), str(max(depths).normalize())
