"""The clinic's devices in the order of their likelihood: in hand, planned, used last time, then by name."""

from __future__ import annotations

from uuid import UUID

from needlelog.domain.materials import Product, ProductKind
from needlelog.domain.session import SessionDraft
from needlelog.domain.signed import SignedSession
from needlelog.services.desk import Desk


def likely_devices(desk: Desk, draft: SessionDraft, last: SignedSession | None) -> list[Product]:
    """Every device of the clinic's list, the likely ones first."""
    used = [one.device_id for one in reversed(draft.needling.passes)]
    planned = [one.device_id for one in draft.consultation.plan.zones]
    before = [one.device_id for one in reversed(last.draft.needling.passes)] if last else []
    likely: list[UUID] = [one for one in dict.fromkeys((*used, *planned, *before)) if one]
    devices = desk.materials.all(ProductKind.DEVICE)
    rank = {device_id: place for place, device_id in enumerate(likely)}
    return sorted(devices, key=lambda one: (rank.get(one.id, len(rank)), one.name.casefold()))
