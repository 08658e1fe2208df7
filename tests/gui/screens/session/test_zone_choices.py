"""Several zones at one tap: what each view of the map offers."""

from __future__ import annotations

import pytest

from needlelog.i18n import Words
from needlelog.knowledge.model import Knowledge
from needlelog.knowledge.reading import load_knowledge
from needlelog.paths import resources
from tests import builders as b
from ui.screens.session.needling.choices import choices


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(resources() / "knowledge")


def offered(view: str, knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    found = choices(b.a_full_draft(), knowledge, None, view, Words())
    return {one.text: one.zones for one in found}


@pytest.mark.parametrize(
    ("view", "name", "zone", "other"),
    [
        ("face_front", "Full face", "cheek_right", "neck_front"),
        ("face_left", "Left side of the face", "cheek_left", "cheek_right"),
        ("face_right", "Right side of the face", "cheek_right", "cheek_left"),
        ("neck", "Whole neck", "neck_left", "decolletage"),
        ("scalp", "Whole scalp", "scalp_crown", "forehead"),
        ("body_front", "Both thighs", "thigh_right", "abdomen"),
        ("body_front", "Abdomen and flanks", "flank_left", "thigh_left"),
        ("body_back", "Whole back", "lower_back", "buttock_left"),
        ("body_back", "Buttocks and thighs", "thigh_back_left", "upper_back"),
    ],
)
def test_each_view_offers_what_is_treated_together(
    knowledge: Knowledge, view: str, name: str, zone: str, other: str
) -> None:
    zones = offered(view, knowledge)[name]
    assert zone in zones
    assert other not in zones
    assert all(view in knowledge.zones[one].views for one in zones)


def test_zones_never_needled_are_in_none(knowledge: Knowledge) -> None:
    never = {zone for zone in knowledge.zones if knowledge.site_of(zone).never}
    assert never
    for view in ("face_front", "face_left", "neck", "body_front", "body_back"):
        assert never.isdisjoint(zone for zones in offered(view, knowledge).values() for zone in zones)
