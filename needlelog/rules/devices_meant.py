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
