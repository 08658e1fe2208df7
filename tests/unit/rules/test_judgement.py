"""All rules over one draft: nothing a practitioner may enter can stop them from being asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from needlelog.domain.findings import Gate
from needlelog.domain.materials import DeviceKind, DeviceSettings
from needlelog.domain.session import Plan, SessionDraft
from needlelog.domain.treatment import PlannedZone
from needlelog.rules.circumstances import Circumstances
from needlelog.rules.judgement import judge, still_open
from tests import builders

Around = Callable[..., Circumstances]
LINE = "x" * 200


def test_a_full_draft_is_free_of_findings(around: Around) -> None:
    assert judge(builders.a_full_draft(), around()) == ()


def test_every_question_open_and_radio_frequency_planned_can_be_judged(around: Around) -> None:
    settings = DeviceSettings(kind=DeviceKind.RF, depth_max_mm=Decimal("3.5"), depth_step_mm=Decimal("0.1"))
    device = builders.a_device(device=settings)
    plan = Plan(zones=(PlannedZone(zone="cheek_left", device_id=device.id),))
    draft = builders.a_draft(consultation=builders.a_consultation(screening=(), plan=plan))
    surroundings = replace(around(), products={device.id: device})
    unanswered = next(f for f in judge(draft, surroundings) if f.code == "screening-unanswered")
    assert "C39" in unanswered.key


@pytest.mark.parametrize(
    "draft",
    [
        builders.a_full_draft(
            needling=builders.a_needling(
                passes=(builders.a_pass(device=LINE, cartridge=LINE, lot=LINE, depth_mm=Decimal(3)),)
            )
        ),
        builders.a_full_draft(serums=(builders.a_use(name=LINE, lot=LINE, expires_on=date(2026, 1, 1)),)),
        builders.a_full_draft(serums=(builders.a_use(name=LINE, lot=""),)),
    ],
)
def test_names_of_the_greatest_length_can_be_judged(draft: SessionDraft, around: Around) -> None:
    found = judge(draft, around())
    assert found
    assert still_open(draft, found, Gate.SIGNING) or all(one.gate is Gate.NONE for one in found)
