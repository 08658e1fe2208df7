"""The worst of several reactions, each graded on its own scale."""

from __future__ import annotations

import pytest

from needlelog.domain.history import GradedReaction
from needlelog.knowledge.model import Knowledge
from needlelog.rules.severity import worst


def _graded(reaction: str, scale: str, grade: int) -> GradedReaction:
    return GradedReaction(reaction=reaction, scale=scale, grade=grade)


PAIN_3 = _graded("pain", "pain-nrs", 3)
PAIN_7 = _graded("pain", "pain-nrs", 7)
REDNESS_2 = _graded("erythema", "draize-erythema", 2)
REDNESS_3 = _graded("erythema", "draize-erythema", 3)
PINPOINT = _graded("pinpoint-bleeding", "bleeding", 2)
OOZING = _graded("pinpoint-bleeding", "bleeding", 3)
RASH = _graded("allergic", "ctcae", 2)
NOTHING = _graded("oedema", "draize-oedema", 0)
OLD = _graded("erythema", "a-scale-of-before", 1)


@pytest.mark.parametrize(
    ("seen", "named"),
    [
        ((), None),
        ((NOTHING,), None),
        ((PAIN_3, REDNESS_3), REDNESS_3),
        ((PAIN_3, REDNESS_2), REDNESS_2),
        ((REDNESS_3, PAIN_7), PAIN_7),
        ((PINPOINT, RASH), RASH),
        ((RASH, OOZING), OOZING),
        ((OOZING, OLD), OLD),
    ],
)
def test_the_worst_is_the_severest_whatever_its_scale(
    seen: tuple[GradedReaction, ...], named: GradedReaction | None, knowledge: Knowledge
) -> None:
    assert worst(seen, knowledge.scales) == named


def test_every_scale_of_a_reaction_says_how_severe_its_grades_are(knowledge: Knowledge) -> None:
    for reaction in knowledge.reactions.values():
        scale = knowledge.scales[reaction.scale]
        assert len(scale.severity) == len(scale.grades), scale.id
