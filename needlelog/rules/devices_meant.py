"""Which devices a visit is about: planned, used, or in the hand for the next pass, so that all is asked in time."""

from __future__ import annotations

from uuid import UUID

from needlelog.domain.findings import StepId
from needlelog.domain.session import SessionDraft


def devices_meant(draft: SessionDraft) -> tuple[UUID, ...]:
    """The ids of these devices, each once, planned ones first."""
    planned = (zone.device_id for zone in draft.consultation.plan.zones)
    used = (needling_pass.device_id for needling_pass in draft.needling.passes)
    return tuple(dict.fromkeys(one for one in (*planned, *used, device_in_hand(draft)) if one is not None))


def device_in_hand(draft: SessionDraft) -> UUID | None:
    """The device that the next pass would be done with; None once needling is over."""
    held, over = draft.needling.in_hand, draft.needling.ended_at is not None
    return None if held is None or over or draft.skip_of(StepId.NEEDLING) else held.device_id


def zones_meant(draft: SessionDraft, device_id: UUID | None = None) -> tuple[str, ...]:
    """The zones planned or treated; with a device those of it, and planned ones without any while it is in the hand."""
    planned = draft.consultation.plan.zones
    used = draft.needling.passes
    if device_id is None:
        return tuple(dict.fromkeys((*(one.zone for one in planned), *(one.zone for one in used))))
    held = device_in_hand(draft) == device_id
    ahead = (one.zone for one in planned if one.device_id == device_id or (held and one.device_id is None))
    return tuple(dict.fromkeys((*ahead, *(one.zone for one in used if one.device_id == device_id))))
