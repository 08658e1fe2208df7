"""Each finding that rests on the reference data leads to its entry; one about the record itself leads nowhere."""

from __future__ import annotations

from decimal import Decimal

import pytest

from needlelog.domain.findings import Finding, Level, StepId
from needlelog.rules.depth import judge_pass
from needlelog.rules.places import place_of
from tests import builders
from tests.unit.rules.surroundings import around, shipped


def _finding(code: str, *, field: str = "", title: str = "Said") -> Finding:
    return Finding(key=code, code=code, step=StepId.NEEDLING, level=Level.ASK, title=title, field=field)


@pytest.mark.parametrize(
    ("finding", "place"),
    [
        (_finding("C24", field="screening:C24"), "contraindications:C24"),
        (_finding("age-under-18"), "ages:under-18"),
        (_finding("interval-short"), "interval:interval"),
        (_finding("interval-deep"), "interval:interval"),
        (_finding("depth-ceiling", field="zone:nose"), "ceiling:ceiling"),
        (_finding("depth-warn", field="zone:cheek_left"), "sites:cheek"),
        (_finding("zone-never", field="zone:eyelid_left"), "sites:eyelid"),
        (_finding("depth-warn", field="zone:elsewhere"), ""),
        (_finding("numbing-long", title="EMLA cream 5 % (EU, UK) has been on too long"), "products:emla-eu"),
        (_finding("depth-device", title="2 mm is outside what Exceed Unlimited can do"), "devices:exceed-unlimited"),
        (_finding("depth-device", title="2 mm is outside what our own pen can do"), ""),
        (_finding("missing-sheet"), ""),
        (_finding("lot-expired"), "guidance:refuse-used"),
        (_finding("lot-expired").model_copy(update={"step": StepId.NUMBING}), ""),
        (_finding("lot-recalled"), ""),
        (_finding("lot-missing"), "guidance:record-per-visit"),
        (_finding("expiry-missing"), "guidance:record-per-visit"),
        (_finding("needles-used-before"), "guidance:single-use"),
        (_finding("needles-untold"), "guidance:single-use"),
        (_finding("lot-used-up"), ""),
    ],
    ids=lambda value: value.code if isinstance(value, Finding) else value,
)
def test_a_finding_rests_on(finding: Finding, place: str) -> None:
    assert place_of(finding, shipped()) == place
    assert not place or shipped().entry(place) is not None


def test_what_the_depth_rules_find_leads_somewhere() -> None:
    deep = builders.a_pass(zone="forehead", depth_mm=Decimal("2.4"))
    found = judge_pass(deep, around())
    assert found
    zone = next(one for one in found if one.code == "depth-zone")
    assert place_of(zone, shipped()) == "sites:forehead"
