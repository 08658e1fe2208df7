"""Skin types and what devices are authorised for."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from needlelog.domain.findings import Gate, Level
from needlelog.rules.circumstances import Circumstances
from needlelog.rules.judgement import judge
from tests import builders

Around = Callable[..., Circumstances]


@pytest.mark.parametrize(
    ("knowledge_id", "skin_type", "codes"),
    [
        ("exceed", 3, []),
        ("exceed", 4, ["device-skin-type"]),
        ("rejuvapen-nxt", 4, []),
        ("rejuvapen-nxt", 5, ["device-skin-type"]),
        ("skinpen-precision", 6, []),
        ("", 6, []),
    ],
)
def test_a_skin_type_outside_the_authorisation_is_remarked(
    knowledge_id: str, skin_type: int, codes: list[str], around: Around
) -> None:
    device = builders.a_device(knowledge_id=knowledge_id)
    draft = builders.a_full_draft(consultation=builders.a_consultation(fitzpatrick=skin_type))
    found = judge(draft, around(products={device.id: device}))
    assert [finding.code for finding in found] == codes
    assert all(finding.gate is Gate.NONE and finding.sources for finding in found)


def _uses(
    around: Around, *, concerns: tuple[str, ...], knowledge_id: str = "", zones: tuple[str, ...] = ()
) -> list[str]:
    device = builders.a_device(knowledge_id=knowledge_id)
    full = builders.a_full_draft()
    passes = tuple(
        builders.a_pass(id=builders.an_id(950 + n), zone=zone, depth_mm=Decimal("0.25")) for n, zone in enumerate(zones)
    )
    draft = full.with_(
        consultation=full.consultation.with_(concerns=concerns, plan=full.consultation.plan.with_(zones=())),
        needling=full.needling.with_(passes=passes),
    )
    found = [one for one in judge(draft, around(products={device.id: device})) if one.code == "concern-use"]
    assert all(one.level is Level.ASK and one.gate is Gate.NONE and one.sources for one in found)
    return [one.title for one in found]


def test_a_concern_that_nothing_is_authorised_for_is_said_at_the_chair(around: Around) -> None:
    (cellulite,) = _uses(around, concerns=("cellulite",), zones=("thigh_left",))
    assert cellulite == "Cellulite: off-label, no pen is authorised for it as far as seen"
    (melasma,) = _uses(around, concerns=("melasma",), zones=("cheek_left",))
    assert melasma == "Melasma: only with a specialist"
    assert not _uses(around, concerns=("acne-scars",), zones=("cheek_left",))


def test_a_raised_scar_is_for_one_device_and_one_place(around: Around) -> None:
    scar = ("abdominal-scar",)
    assert not _uses(around, concerns=scar, knowledge_id="skinstylus-sterilock", zones=("abdomen",))
    (device,) = _uses(around, concerns=scar, knowledge_id="skinpen-precision", zones=("abdomen",))
    assert "is not authorised for: Raised scar of the abdomen" in device
    (place,) = _uses(around, concerns=scar, knowledge_id="skinstylus-sterilock", zones=("abdomen", "thigh_left"))
    assert place == "Raised scar of the abdomen: not authorised here: Left thigh, front"


@pytest.mark.parametrize(("skin_type", "found"), [(1, True), (2, False), (4, False), (5, True), (6, True)])
def test_a_device_may_be_authorised_for_fewer_skin_types_on_the_neck(
    skin_type: int, found: bool, around: Around
) -> None:
    device = builders.a_device(knowledge_id="skinpen-precision")
    full = builders.a_full_draft(consultation=builders.a_consultation(fitzpatrick=skin_type))
    for zone, said in (("neck_front", found), ("chin", False)):
        passes = (builders.a_pass(zone=zone, depth_mm=Decimal("0.25")),)
        plan = full.consultation.plan.with_(zones=())
        draft = full.with_(consultation=full.consultation.with_(plan=plan), needling=full.needling.with_(passes=passes))
        codes = [one.code for one in judge(draft, around(products={device.id: device}))]
        assert ("device-skin-type" in codes) is said
