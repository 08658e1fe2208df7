"""Damage on the shelf and on the list of products opens no gate: what cannot be read counts as the safer of both."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest

from needlelog.domain.findings import Gate, StepId
from needlelog.domain.materials import DeviceKind, DeviceSettings, Product, ProductKind
from needlelog.domain.session import Plan
from needlelog.domain.treatment import PlannedZone
from needlelog.rules.aftercare import radio_frequency_used
from needlelog.rules.screening import asked
from needlelog.rules.traceability import LotInUse
from needlelog.services.desk import Desk
from tests import builders
from tests.desks import StandingClock
from tests.integration.services.test_proof import Clinic

GARBAGE = {
    "product_id": "'nobody'",
    "product": "x'ff00'",
    "recalled": "''",
    "reason": "CAST(x'ff00' AS TEXT)",
    "by": "x'ff00'",
    "at": "'yesterday'",
    "id": "7",
}
CARTRIDGE = "12-pin cartridge"
ASKED_ANYWAY = ["needles-untold"]
"""What is asked of the lot that the signed visit was done with, recalled or not: nobody counted the box in."""


@pytest.fixture
def clinic(tmp_path: Path, clock: StandingClock, monkeypatch: pytest.MonkeyPatch) -> Clinic:
    return Clinic(tmp_path / "clinic", clock, monkeypatch)


def codes(desk: Desk, clinic: Clinic, lot: str, name: str = CARTRIDGE) -> list[str]:
    """What speaks against needles of this lot in a visit that is begun now."""
    begun = desk.sessions.open_for(clinic.visit.client.id)
    draft_id = begun[0].id if begun else desk.sessions.start(clinic.visit.client.id).id
    flow, judge = desk.sessions.resume(draft_id)
    used = LotInUse(StepId.NEEDLING, name, lot, date(2027, 5, 1), desk.clock.now())
    return [one.code for one in judge.of_lot(flow.draft, used)]


@pytest.mark.parametrize("column", GARBAGE)
def test_a_damaged_recall_holds(clinic: Clinic, column: str) -> None:
    with clinic.opened() as desk:
        desk.stock.recall(CARTRIDGE, "CT-2291", "Seal may leak")
    clinic.tamper(f'UPDATE lot_recall SET "{column}" = {GARBAGE[column]}')
    with clinic.opened() as desk:
        assert codes(desk, clinic, "ct-2291") == ["lot-recalled", *ASKED_ANYWAY]
        assert codes(desk, clinic, "CT-2292") == []
        recall = desk.stock.recall_of(CARTRIDGE, "CT-2291")
        assert recall is not None
        assert "damaged" in recall.reason
        assert "recall" in desk.proof.met()
        (held,) = desk.stock.recalls()
        desk.stock.end_recall(held.product, held.lot, "The maker's letter says so")
        assert codes(desk, clinic, "CT-2291") == ASKED_ANYWAY


def test_a_damaged_end_of_a_recall_ends_nothing(clinic: Clinic) -> None:
    with clinic.opened() as desk:
        desk.stock.recall(CARTRIDGE, "CT-2291", "Seal may leak")
        desk.stock.end_recall(CARTRIDGE, "CT-2291", "Another lot was meant")
        assert codes(desk, clinic, "CT-2291") == ASKED_ANYWAY
    clinic.tamper("UPDATE lot_recall SET \"by\" = x'ff00' WHERE recalled = 0")
    with clinic.opened() as desk:
        assert codes(desk, clinic, "CT-2291") == ["lot-recalled", *ASKED_ANYWAY]


PRODUCT_DAMAGE = {
    "added_at": ("'yesterday'", True, []),
    "maker": ("x'ff00'", True, []),
    "active": ("'perhaps'", True, []),
    "device_kind": ("'eaten'", False, ["product-unreadable"]),
    "depth_max_um": ("'deep'", False, ["product-unreadable"]),
    "id": ("'nobody'", False, ["product-unreadable"]),
}


@pytest.mark.parametrize("column", PRODUCT_DAMAGE)
def test_a_damaged_device_switches_no_rule_off(clinic: Clinic, column: str) -> None:
    settings = DeviceSettings(kind=DeviceKind.RF, depth_max_mm=Decimal(3), depth_step_mm=Decimal("0.1"))
    with clinic.opened() as desk:
        device = desk.materials.add(
            Product(id=uuid4(), kind=ProductKind.DEVICE, name="RF", device=settings, added_at=desk.clock.now())
        )
    garbage, readable, codes_wanted = PRODUCT_DAMAGE[column]
    clinic.tamper("PRAGMA foreign_keys = OFF")
    clinic.tamper(f"UPDATE product SET {column} = {garbage} WHERE id = '{device.id.hex}'")
    with clinic.opened() as desk:
        flow, judge = desk.sessions.resume(desk.sessions.start(clinic.visit.client.id).id)
        plan = Plan(zones=(PlannedZone(zone="chin", device_id=device.id),))
        draft = flow.draft.with_(consultation=builders.a_consultation(plan=plan))
        assert "C39" in {one.id for one in asked(draft, judge.around)}
        found = [one for one in judge.findings(draft) if one.code == "product-unreadable"]
        assert [one.code for one in found] == codes_wanted
        assert all(one.gate is Gate.NEEDLING for one in found)
        a_pass = builders.a_pass(device_id=device.id)
        used = draft.with_(needling=builders.a_needling(passes=(a_pass,)))
        assert radio_frequency_used(used, judge.around.products)
        assert (device.id in judge.around.products) is readable
