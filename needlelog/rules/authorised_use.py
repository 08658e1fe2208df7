"""Authorised use: whether the client's skin type is one for which the device was authorised (``devices.toml``)."""

from __future__ import annotations

from collections.abc import Iterator

from needlelog.domain.client import ROMAN
from needlelog.domain.findings import Finding, Level, StepId
from needlelog.domain.session import SessionDraft
from needlelog.rules.circumstances import Circumstances
from needlelog.rules.devices_meant import devices_meant


def judge_authorised_use(draft: SessionDraft, around: Circumstances) -> Iterator[Finding]:
    """A remark for each device, planned, used or in the hand, whose authorisation does not name this skin type."""
    skin_type = draft.consultation.fitzpatrick
    for device_id in devices_meant(draft):
        product = around.products.get(device_id)
        entry = around.knowledge.devices.get(product.knowledge_id) if product else None
        if product is None or entry is None or skin_type is None or not entry.fitzpatrick:
            continue
        if skin_type not in entry.fitzpatrick:
            yield Finding(
                key=f"skin-type:{device_id}:{skin_type}",
                code="device-skin-type",
                step=StepId.CONSULTATION,
                level=Level.ASK,
                title=around.tr(
                    "{device}: not authorised everywhere for skin type {type}",
                    device=product.name,
                    type=ROMAN[skin_type],
                ),
                detail=around.tr(entry.authorised_use),
                sources=entry.sources,
                field="fitzpatrick",
            )
