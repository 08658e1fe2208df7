"""What of a visit stands on its aftercare sheet, so that a sheet that no longer tells the visit can be told."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from needlelog.domain.client import Client
from needlelog.domain.clinic import Clinic
from needlelog.domain.materials import Product
from needlelog.domain.own_texts import WordingInUse
from needlelog.domain.session import SessionDraft
from needlelog.domain.treatment import NeedlingPass
from needlelog.knowledge.model import Knowledge
from needlelog.rules.aftercare import beyond_expected, end_of_treatment, needled
from needlelog.rules.circumstances import Circumstances

_PRINTED_OF_A_RULE = {
    "id",
    "kind",
    "topic",
    "text",
    "order",
    "from_h",
    "until_h",
    "rf_until_h",
    "until_days",
}

_PRINTED_OF_PREPARATION = {"id", "kind", "brief", "days_before", "order"}


def printed_facts(draft: SessionDraft) -> str:
    """The SHA-256 of everything in ``draft`` that the aftercare sheet prints; what it leaves out changes nothing."""
    return _sha256(_facts(draft))


def printed_around(
    draft: SessionDraft,
    client: Client,
    clinic: Clinic,
    knowledge: Knowledge,
    products: Mapping[UUID, Product],
    wording: WordingInUse,
) -> str:
    """The SHA-256 of everything else that it prints: client, clinic, emergency number, aftercare values and wording."""
    visit = needled(draft, knowledge, products, fitzpatrick=client.fitzpatrick, tr=str)
    emergency = [one.number for one in knowledge.emergency_numbers.values() if one.country == clinic.country]
    head = clinic.model_dump(mode="json", exclude={"language", "time_zone", "logo"})
    worded = {"aftercare": wording.aftercare}
    if draft.aftercare.next_visit_at:
        worded["preparation"] = wording.preparation
    # Nothing is said of shipped wording, so that what was printed before a clinic could word it stays as it is.
    own = {name: version for name, version in worded.items() if version}
    return _sha256(
        ({"wording": own} if own else {})
        | {
            "client": [client.full_name, client.birth_date.isoformat(), client.number, client.language],
            "clinic": head | {"logo": hashlib.sha256(clinic.logo or b"").hexdigest()},
            "emergency": emergency[:1],
            "radio_frequency": visit.radio_frequency,
            "reactions": sorted(entry.id for entry in beyond_expected(draft, knowledge)),
            "rules": [
                one.model_dump(mode="json", include=_PRINTED_OF_A_RULE)
                for one in knowledge.aftercare.values()
                if visit.needs(one)
            ],
            "preparing": [
                one.model_dump(mode="json", include=_PRINTED_OF_PREPARATION)
                for one in knowledge.preparing.values()
                if draft.aftercare.next_visit_at and one.brief and visit.treats(one.areas)
            ],
        }
    )


def printed_now(draft: SessionDraft, around: Circumstances) -> tuple[str, str]:
    """Both fingerprints of the sheet as it would be made now; the second is "" where the clinic cannot be read."""
    if around.clinic is None:
        return printed_facts(draft), ""
    return printed_facts(draft), _around(draft, around, around.clinic)


def _around(draft: SessionDraft, around: Circumstances, clinic: Clinic) -> str:
    return printed_around(draft, around.client, clinic, around.knowledge, around.products, around.wording)


def sheet_is_current(draft: SessionDraft, around: Circumstances) -> bool:
    """Whether the sheet that was given last tells this visit, this client and this clinic as they are now.

    One that was withdrawn was given in error, and is as none.
    """
    if not draft.aftercare.standing:
        return False
    last = draft.aftercare.standing[-1]
    facts, surroundings = printed_now(draft, around)
    # What was not kept with an older sheet is unknown, and no reason to call it outdated.
    if last.around and surroundings and last.around != surroundings:
        return False
    if last.printed:
        return last.printed == facts
    # Given before facts were kept with it: it can at least not know of what was done later.
    done = [use.at for use in (*draft.serums, *draft.cooling)] + [one.at for one in draft.needling.passes]
    return last.at >= max(done, default=last.at)


def _sha256(facts: Mapping[str, Any]) -> str:
    text = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _facts(draft: SessionDraft) -> dict[str, Any]:
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
        "devices": sorted({str(one.device_id) for one in passes if one.device_id}),
        "materials": list(dict.fromkeys(named)),
        "next_visit_at": after.next_visit_at.isoformat() if after.next_visit_at else "",
        "home_products": after.products,
        "note": after.note,
    }


def _depths(passes: list[NeedlingPass]) -> tuple[str, str]:
    depths = [one.depth_mm for one in passes]
    return str(min(depths).normalize()), str(max(depths).normalize())
