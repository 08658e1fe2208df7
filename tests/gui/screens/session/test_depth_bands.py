"""The bands beside a depth: the strictest of the chosen zones and concerns, and what is said of their sources."""

from __future__ import annotations

from decimal import Decimal

import pytest

from needlelog.domain.clinic_values import ClinicValue
from needlelog.i18n import Words
from needlelog.knowledge.bands import bands_of
from needlelog.knowledge.model import Knowledge
from needlelog.knowledge.own_values import laid_over
from needlelog.knowledge.reading import load_knowledge
from needlelog.paths import resources
from tests import builders
from ui.screens.session.treatment_map import depth_bands, limits_in_words

MOST = Decimal("2.5")
CHEEK = frozenset({"cheek_left"})


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(resources() / "knowledge")


def _edges(knowledge: Knowledge, zones: frozenset[str], *concerns: str) -> list[str]:
    return [f"{low}-{high}" for low, high, _ in depth_bands(knowledge, zones, concerns, MOST, mechanical=True)]


def test_what_the_client_came_for_moves_the_bands(knowledge: Knowledge) -> None:
    assert _edges(knowledge, CHEEK) == ["0-1.0", "1.0-1.5", "1.5-2.5"]
    assert _edges(knowledge, CHEEK, "acne-scars")[0] == "0-1.5"
    assert _edges(knowledge, CHEEK, "acne-scars", "texture-tone")[0] == "0-1.0"
    assert _edges(knowledge, CHEEK | {"forehead"})[0] == "0-0.75"


def test_the_words_name_the_same_limits_and_that_sources_differ(knowledge: Knowledge) -> None:
    said = limits_in_words(knowledge, CHEEK, (), Words(), mechanical=True)
    assert said == "Deep above 1.00\u00a0mm, a reason above 1.50\u00a0mm. Sources differ; these are the safer values."
    assert limits_in_words(knowledge, CHEEK, ("acne-scars",), Words(), mechanical=True).startswith("A reason above 1.5")


def test_of_several_zones_it_says_which_ones_set_the_limit(knowledge: Knowledge) -> None:
    zones = CHEEK | {"chin", "periorbital_left", "periorbital_right", "nose"}
    warn, confirm = (
        min(getattr(bands_of(knowledge, zone), key) or MOST for zone in zones)
        for key in ("warn_above_mm", "confirm_above_mm")
    )
    said = limits_in_words(knowledge, zones, (), Words(), mechanical=True)
    assert said.startswith(f"Deep above {warn:.2f}\u00a0mm")
    assert f"a reason above {confirm:.2f}\u00a0mm (Around left eye, Around right eye)." in said
    # Zones that agree need no names, and a single one is named above the depth.
    assert "(" not in limits_in_words(knowledge, CHEEK | {"cheek_right"}, (), Words(), mechanical=True)
    assert "(" not in limits_in_words(knowledge, frozenset({"periorbital_left"}), (), Words(), mechanical=True)


@pytest.mark.parametrize("mechanical", [True, False])
def test_without_zones_or_a_needle_nothing_is_said(knowledge: Knowledge, mechanical: bool) -> None:
    zones: frozenset[str] = frozenset() if mechanical else CHEEK
    assert limits_in_words(knowledge, zones, (), Words(), mechanical=mechanical) == ""


def test_a_limit_of_the_clinic_is_said_to_be_its_own(knowledge: Knowledge) -> None:
    own = ClinicValue(
        id=builders.an_id(9),
        kind="sites",
        entry="cheek",
        key="warn_above_mm",
        value="1.2",
        ours="1",
        reason="Fine cartridges only",
        by="Mara Lindqvist, RN",
        at=builders.a_moment(0),
    )
    used = laid_over(knowledge, (own,), Words()).knowledge
    assert _edges(used, CHEEK)[0] == "0-1.2"
    # A limit that the clinic set for the site holds for every concern.
    assert _edges(used, CHEEK, "acne-scars")[0] == "0-1.2"
    said = limits_in_words(used, CHEEK, (), Words(), mechanical=True)
    assert said == "Deep above 1.20\u00a0mm, a reason above 1.50\u00a0mm. Our own value."
