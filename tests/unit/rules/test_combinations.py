"""Other treatments against the days of needling, both ways: the edges of ``combinations.toml``."""

from __future__ import annotations

from datetime import timedelta

import pytest

from needlelog.clock import zone_of
from needlelog.domain.findings import Level, StepId
from needlelog.domain.series import CombinedTreatment
from needlelog.domain.session import Aftercare
from needlelog.i18n import Words
from needlelog.rules.combinations import collision_text, collisions, judge_combinations
from needlelog.rules.places import place_of
from tests import builders
from tests.unit.rules.surroundings import around, shipped
from tests.unit.rules.test_series import a_series

K = shipped()
NEEDLED = builders.TODAY


def _on(combination: str, days: int) -> CombinedTreatment:
    """``days`` from needling; less than 0 is before it."""
    return CombinedTreatment(id=builders.an_id(7), combination=combination, on=NEEDLED + timedelta(days=days))


@pytest.mark.parametrize(
    ("combination", "days", "hit"),
    [
        ("light-peel", -30, True),
        ("light-peel", -31, False),
        ("light-peel", 30, True),
        ("light-peel", 31, False),
        ("light-peel", 0, True),
        ("laser", -83, True),
        ("laser", -84, False),
        ("laser", 30, True),
        ("laser", 31, False),
        ("botulinum-toxin", -183, True),
        ("botulinum-toxin", -184, False),
        ("botulinum-toxin", 1, False),
        ("filler", -365, True),
        ("filler", -366, False),
        ("red-light", 0, False),
        ("red-light", -1, False),
        ("no-such-treatment", 0, False),
    ],
)
def test_a_treatment_collides_inside_its_days_on_both_sides(combination: str, days: int, hit: bool) -> None:
    found = collisions((_on(combination, days),), (NEEDLED,), K)
    assert bool(found) is hit


def test_every_combination_of_the_reference_data_is_held_to_its_own_days() -> None:
    for entry in K.combinations.values():
        for days, sign in ((entry.before_days, -1), (entry.after_days, 1)):
            if days is not None:
                assert collisions((_on(entry.id, sign * (days - 1)),), (NEEDLED,), K)
                assert not collisions((_on(entry.id, sign * days),), (NEEDLED,), K)


def test_a_collision_says_both_days_in_their_order() -> None:
    (after,) = collisions((_on("light-peel", 10),), (NEEDLED,), K)
    (before,) = collisions((_on("light-peel", -10),), (NEEDLED,), K)
    tr = Words()
    assert collision_text(after, tr) == (
        "Superficial peel, facial, microdermabrasion on 30-Nov-2026 comes 10 days after needling on 20-Nov-2026; "
        "31 are asked for."
    )
    assert collision_text(before, tr).startswith("Needling on 20-Nov-2026 comes 10 days after Superficial peel")


def test_a_visit_is_held_against_the_plan_and_so_is_the_next_one() -> None:
    series = a_series(treatments=(_on("laser", -20), _on("light-peel", 40)))
    at = builders.STARTED.astimezone(zone_of(builders.TIME_ZONE)) + timedelta(days=28)
    draft = builders.a_full_draft(aftercare=Aftercare(next_visit_at=at))
    found = list(judge_combinations(draft, around(series=(series,))))
    assert [(one.step, one.key.split(":")[1]) for one in found] == [
        (StepId.CONSULTATION, "laser"),
        (StepId.AFTERCARE, "laser"),
        (StepId.AFTERCARE, "light-peel"),
    ]
    assert all(one.level is Level.ASK and one.sources for one in found)
    assert place_of(found[0], K) == "combinations:laser"
    assert not list(judge_combinations(draft, around()))
