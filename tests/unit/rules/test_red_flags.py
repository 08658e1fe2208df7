"""What in an answer is never just noted: each rule with a case on each side."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from needlelog.domain.follow_up import FollowUpForm
from needlelog.domain.reactions import Observation
from needlelog.i18n import Words
from needlelog.knowledge.model import Knowledge
from needlelog.rules.follow_up import Reading, compare
from needlelog.rules.red_flags import Asked, red_flags
from tests import builders as b

LAST = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
TREATED = ("forehead", "cheek_left", "cheek_right")


def seen(knowledge: Knowledge, reaction: str, grade: int, zone: str = "") -> Observation:
    scale = knowledge.reactions[reaction].scale
    return Observation(id=uuid4(), reaction=reaction, scale=scale, grade=grade, zone=zone, at=LAST)


def keys(
    knowledge: Knowledge,
    hours: float,
    now: tuple[Observation, ...] = (),
    earlier: tuple[tuple[Observation, ...] | None, ...] = (),
    replies: dict[str, str] | None = None,
) -> list[str]:
    form = FollowUpForm(id=uuid4(), session_id=b.SESSION_ID, moment="72h", begun_at=LAST, observations=now)
    for question, value in (replies or {}).items():
        form = form.replied(question, value=value)
    readings = tuple(Reading(LAST, "", one or (), none=one is None) for one in earlier)
    asked = Asked(readings, LAST, LAST + timedelta(hours=hours), TREATED, knowledge, Words())
    return [flag.key for flag in red_flags(form, asked)]


@pytest.mark.parametrize(
    ("question", "red", "calm", "action"),
    [
        ("heat", "yes", "no", "same-day"),
        ("blisters-pus", "yes", "no", "same-day"),
        ("fever", "yes", "no", "same-day"),
        ("eye-lip-swelling", "yes", "no", "emergency"),
        ("breathing", "yes", "no", "emergency"),
        ("redness-less", "no", "yes", "clinician"),
        ("new-spots", "yes", "no", "dermatology"),
        ("weeping", "yes", "no", "clinician"),
        ("darkening", "yes", "no", "clinician"),
        ("lumps", "yes", "no", "dermatology"),
        ("scars", "yes", "no", "dermatology"),
        ("late-infection", "yes", "no", "same-day"),
    ],
)
def test_each_question_with_a_flag(knowledge: Knowledge, question: str, red: str, calm: str, action: str) -> None:
    assert keys(knowledge, 24, replies={question: red}) == [f"question:{question}"]
    assert keys(knowledge, 24, replies={question: calm}) == []
    assert knowledge.follow_up_questions[question].action == action


def test_every_flag_of_the_data_is_in_the_table_above(knowledge: Knowledge) -> None:
    flagged = {one.id for one in knowledge.follow_up_questions.values() if one.red_flag and one.answer == "yes-no"}
    (above,) = (mark for mark in test_each_question_with_a_flag.pytestmark if mark.name == "parametrize")  # type: ignore[attr-defined]
    assert flagged == {case[0] for case in above.args[1]}


@pytest.mark.parametrize(("grade", "red"), [(6, False), (7, True), (10, True)])
def test_pain_is_red_from_seven_on(knowledge: Knowledge, grade: int, red: bool) -> None:
    assert ("question:pain" in keys(knowledge, 10, (seen(knowledge, "pain", grade),))) is red


@pytest.mark.parametrize(
    ("reaction", "hours", "grade", "before", "expected"),
    [
        # redness: 72 h expected, beyond 96 h red
        ("redness", 71, 3, 2, None),
        ("redness", 73, 3, 2, "worse"),
        ("redness", 73, 2, 2, None),
        ("redness", 73, 1, 2, None),
        ("redness", 96, 1, 2, None),
        ("redness", 97, 1, 2, "still-there"),
        ("redness", 97, 0, 2, None),
        ("redness", 71, 1, 0, None),
        ("redness", 73, 1, 0, "back"),
        ("redness", 73, 2, None, None),
        ("redness", 97, 2, None, "still-there"),
        # swelling: 48 h expected, more after that is red, the same is not
        ("swelling", 47, 3, 2, None),
        ("swelling", 49, 3, 2, "worse"),
        ("swelling", 49, 2, 2, None),
        # pain and bleeding: red when still there after a day
        ("pain", 24, 2, 2, None),
        ("pain", 25, 2, 2, "still-there"),
        ("pinpoint-bleeding", 24, 1, 2, None),
        ("pinpoint-bleeding", 25, 1, 2, "still-there"),
        # a bruise that grows after its week
        ("bruising", 167, 2, 1, None),
        ("bruising", 169, 2, 1, "worse"),
        ("bruising", 169, 1, 1, None),
        # some have no window at all
        ("milia-acne", 2000, 2, 1, None),
    ],
)
def test_windows_of_reactions(
    knowledge: Knowledge, reaction: str, hours: int, grade: int, before: int | None, expected: str | None
) -> None:
    earlier = () if before is None else ((seen(knowledge, reaction, before),),)
    found = keys(knowledge, hours, (seen(knowledge, reaction, grade),), earlier)
    assert found == ([f"reaction:{reaction}:{expected}:"] if expected else [])


@pytest.mark.parametrize(
    "reaction",
    [
        "hyperpigmentation", "infection", "herpes", "mycobacteria", "granuloma", "tram-track", "rf-injury",
        "bloodborne",
        "anaesthetic-early", "anaesthetic-severe", "methaemoglobin", "allergy",
    ],
)  # fmt: skip
def test_what_is_never_expected_is_red_at_once(knowledge: Knowledge, reaction: str) -> None:
    assert keys(knowledge, 1, (seen(knowledge, reaction, 1),)) == [f"reaction:{reaction}:never-expected:"]


def test_none_observed_before_counts_as_settled(knowledge: Knowledge) -> None:
    assert keys(knowledge, 80, (seen(knowledge, "redness", 1, "forehead"),), (None,)) == [
        "reaction:redness:back:forehead"
    ]


@pytest.mark.parametrize(
    ("hours", "left", "right", "red"), [(49, 2, None, True), (49, 2, 0, True), (49, 2, 1, False), (47, 2, None, False)]
)
def test_swelling_on_one_side(knowledge: Knowledge, hours: int, left: int, right: int | None, red: bool) -> None:
    now = [seen(knowledge, "swelling", left, "cheek_left")]
    if right is not None:
        now.append(seen(knowledge, "swelling", right, "cheek_right"))
    found = keys(knowledge, hours, tuple(now), (tuple(seen(knowledge, "swelling", 2, one.zone) for one in now),))
    assert ("reaction:swelling:one-sided:cheek_left" in found) is red


def test_a_side_that_was_not_treated_says_nothing(knowledge: Knowledge) -> None:
    now = (seen(knowledge, "swelling", 2, "temple_left"),)
    assert keys(knowledge, 49, now, (now,)) == []


def test_the_most_urgent_stands_first_and_says_what_to_do_and_from_where(knowledge: Knowledge) -> None:
    form = FollowUpForm(id=uuid4(), session_id=b.SESSION_ID, begun_at=LAST)
    form = form.replied("darkening", value="yes").replied("fever", value="yes").replied("breathing", value="yes")
    asked = Asked((), LAST, LAST + timedelta(hours=24), TREATED, knowledge, Words())
    flags = red_flags(form, asked)
    assert [flag.action for flag in flags] == ["emergency", "same-day", "clinician"]
    for flag in flags:
        assert flag.action_text
        assert flag.sources
        assert flag.call


def test_a_grade_is_held_against_the_nearest_reading(knowledge: Knowledge) -> None:
    def told(now: Observation, *earlier: Any) -> tuple[int, bool] | None:
        readings = [Reading(LAST, "", one) for one in earlier]
        (found,) = compare([now], readings, knowledge.reactions, LAST, LAST)
        return (found.before.grade, found.before.exact) if found.before else None

    now = seen(knowledge, "redness", 2, "forehead")
    whole, here = seen(knowledge, "redness", 3), seen(knowledge, "redness", 1, "forehead")
    other = seen(knowledge, "redness", 4, "cheek_left")
    assert told(now, (whole,)) == (3, False)
    assert told(now, (here, whole)) == (1, True)
    assert told(now, (here,), (whole,)) == (3, False), "the later reading counts"
    assert told(now, (other,)) is None
    assert told(seen(knowledge, "redness", 2), (here, other)) == (4, False)
    assert told(now, (here.with_(scale="draize-erythema"),)) is None, "two scales are never mixed"
