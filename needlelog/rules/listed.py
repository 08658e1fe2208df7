"""The clinic's list of devices and products: what a visit plans or uses must be readable there to be judged."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from needlelog.domain.findings import Finding, Gate, Level, StepId
from needlelog.domain.materials import is_unreadable
from needlelog.domain.session import SessionDraft
from needlelog.rules.circumstances import Circumstances
from needlelog.rules.devices_meant import device_in_hand


def judge_listed(draft: SessionDraft, around: Circumstances) -> Iterator[Finding]:
    """A stop for each device planned, used or in the hand, and each planned product, that the list cannot name."""
    tr, plan = around.tr, draft.consultation.plan
    names: dict[UUID, str] = {one.device_id: tr("The planned device") for one in plan.zones if one.device_id}
    names |= {one.product_id: tr("A planned product") for one in plan.products if one.product_id}
    held = device_in_hand(draft)
    names |= {held: tr("The device in the hand")} if held and held not in names else {}
    names |= {one.device_id: one.device for one in draft.needling.passes if one.device_id}
    for id_, name in names.items():
        if not is_unreadable(around.products, id_):
            continue
        yield Finding(
            key=f"unreadable-product:{id_}",
            code="product-unreadable",
            step=StepId.CONSULTATION,
            level=Level.STOP,
            gate=Gate.NEEDLING,
            title=tr("{name} cannot be read any more", name=name),
            detail=tr(
                "Its entry on your list is damaged, so nothing it asks for is certain. Add it to the list anew and "
                "choose that one, or check its limits on its label and write down that you did."
            ),
            sources=(),
            overridable=True,
            field="plan",
        )
