"""Skin types and what devices are authorised for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from needlelog.domain.findings import Gate
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
