"""What in an answer is never just noted: each rule with a case on each side."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from needlelog.domain.follow_up import FollowUpForm, RedFlag
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
    return [flag.key for flag in flags(knowledge, hours, now, earlier, replies)]


def flags(
    knowledge: Knowledge,
    hours: float,
    now: tuple[Observation, ...] = (),
    earlier: tuple[tuple[Observation, ...] | None, ...] = (),
    replies: dict[str, str] | None = None,
    again: dict[str, datetime] | None = None,
) -> tuple[RedFlag, ...]:
    form = FollowUpForm(id=uuid4(), session_id=b.SESSION_ID, moment="72h", begun_at=LAST, observations=now)
    for question, value in (replies or {}).items():
        form = form.replied(question, value=value)
    readings = tuple(Reading(LAST, "", one or (), none=one is None) for one in earlier)
    asked = Asked(readings, LAST, LAST + timedelta(hours=hours), TREATED, knowledge, Words(), again or {})
    return red_flags(form, asked)


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
        ("numb-or-dent", "yes", "no", "clinician"),
    ],
)
def test_each_question_with_a_flag(knowledge: Knowledge, question: str, red: str, calm: str, action: str) -> None:
    assert keys(knowledge, 24, replies={question: red}) == [f"question:{question}"]
    assert keys(knowledge, 24, replies={question: calm}) == []
    assert knowledge.follow_up_questions[question].action == action


def test_every_flag_of_the_data_is_in_the_table_above(knowledge: Knowledge) -> None:
    known = knowledge.follow_up_questions.values()
    flagged = {one.id for one in known if one.red_flag and one.answer == "yes-no" and one.asked_from_grade is None}
    (above,) = (mark for mark in test_each_question_with_a_flag.pytestmark if mark.name == "parametrize")  # type: ignore[attr-defined]
    assert flagged == {case[0] for case in above.args[1]}


@pytest.mark.parametrize(
    ("grade", "helps", "red"),
    [(4, "no", True), (6, "no", True), (4, "yes", False), (4, None, False), (3, "no", False), (None, "no", False)],
)
def test_pain_that_a_painkiller_does_not_ease_is_red_from_the_least_grade_on(
    knowledge: Knowledge, grade: int | None, helps: str | None, red: bool
) -> None:
    now = (seen(knowledge, "pain", grade),) if grade is not None else ()
    before = ((seen(knowledge, "pain", grade or 0),),)
    replies = {"painkiller": helps} if helps else {}
    found = flags(knowledge, 60, now, before, replies)
    assert [flag.key for flag in found] == ["question:painkiller"] * red
    for flag in found:
        assert flag.action == "same-day"
        assert set(knowledge.follow_up_questions["painkiller"].sources) <= set(flag.sources)


@pytest.mark.parametrize("before", [None, 4], ids=["not graded at the visit", "less at the visit"])
@pytest.mark.parametrize(("helps", "keys"), [("yes", []), ("no", ["question:painkiller"])])
def test_what_is_said_of_the_painkiller_settles_what_the_hours_alone_would_say(
    knowledge: Knowledge, before: int | None, helps: str, keys: list[str]
) -> None:
    at_visit = (seen(knowledge, "redness", 2), *([seen(knowledge, "pain", before)] if before is not None else []))
    now = (seen(knowledge, "pain", 6),)
    found = flags(knowledge, 26, now, (at_visit,), {"painkiller": helps})
    assert [flag.key for flag in found] == keys
    open_still = flags(knowledge, 26, now, (at_visit,))
    assert [flag.key.split(":")[:2] for flag in open_still] == [["reaction", "pain"]]


def test_pain_that_had_gone_and_is_back_is_red_although_a_painkiller_helps(knowledge: Knowledge) -> None:
    gone = (seen(knowledge, "pain", 0),)
    found = flags(knowledge, 60, (seen(knowledge, "pain", 5),), (gone,), {"painkiller": "yes"})
    assert [flag.key for flag in found] == ["reaction:pain:back:"]


def test_the_painkiller_is_asked_about_the_day_after_and_after_three_days(knowledge: Knowledge) -> None:
    asked = [one.id for one in knowledge.follow_up_moments.values() if "painkiller" in one.questions]
    assert asked == ["24h", "72h"]


@pytest.mark.parametrize(
    ("now", "day_before", "red"),
    [
        (None, None, True),
        (2, 2, True),
        (2, 0, True),
        (None, 1, True),
        (0, 2, False),
        (0, None, False),
        (None, 0, False),
        (None, "none", False),
        ("none", 2, False),
    ],
)
def test_redness_that_is_gone_need_not_get_less(
    knowledge: Knowledge, now: int | str | None, day_before: int | str | None, red: bool
) -> None:
    def graded(grade: int | str | None) -> tuple[Observation, ...]:
        return (seen(knowledge, "redness", grade),) if isinstance(grade, int) else ()

    earlier = (
        # Nothing was red yet when the visit ended: that says nothing of the day after.
        Reading(LAST, "", (), none=True),
        Reading(LAST + timedelta(hours=24), "24h", graded(day_before), none=day_before == "none"),
    )
    at = LAST + timedelta(hours=70)
    form = FollowUpForm(
        id=uuid4(),
        session_id=b.SESSION_ID,
        moment="72h",
        begun_at=LAST,
        observations=graded(now),
        none_observed_at=at if now == "none" else None,
    ).replied("redness-less", value="no")
    found = red_flags(form, Asked(earlier, LAST, at, TREATED, knowledge, Words()))
    assert ("question:redness-less" in [flag.key for flag in found]) is red


def test_swollen_lids_alone_are_no_emergency(knowledge: Knowledge) -> None:
    words = knowledge.follow_up_questions["eye-lip-swelling"].text.lower()
    assert all(named in words for named in ("lips", "tongue", "eyes swollen shut"))


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
        ("redness", 71, 2, None, None),
        ("redness", 73, 2, None, None),
        ("redness", 97, 2, None, "still-there"),
        # swelling: 48 h expected, more after that is red, the same is not before its third day is over
        ("swelling", 47, 3, 2, None),
        ("swelling", 49, 3, 2, "worse"),
        ("swelling", 49, 2, 2, None),
        ("swelling", 72, 2, 2, None),
        ("swelling", 73, 2, 2, "still-there"),
        ("swelling", 47, 1, None, None),
        ("swelling", 49, 1, None, None),
        ("swelling", 72, 1, None, None),
        ("swelling", 73, 1, None, "still-there"),
        ("swelling", 336, 4, None, "still-there"),
        # pain and bleeding: a mild rest after a day is no news, more than before is
        ("pain", 25, 2, 2, None),
        ("pain", 73, 1, None, None),
        ("pain", 25, 3, None, None),
        ("pain", 24, 4, None, None),
        ("pain", 25, 4, None, "not-graded"),
        ("pain", 25, 3, 2, "worse"),
        ("pinpoint-bleeding", 25, 1, None, None),
        ("pinpoint-bleeding", 25, 1, 2, None),
        ("pinpoint-bleeding", 25, 2, 1, "worse"),
        ("pinpoint-bleeding", 25, 3, None, "severe"),
        # a bruise that grows after its week
        ("bruising", 167, 2, 1, None),
        ("bruising", 169, 2, 1, "worse"),
        ("bruising", 169, 1, 1, None),
        # some have no window at all
        ("milia-acne", 2000, 2, 1, None),
        ("milia-acne", 2000, 2, None, None),
        # one that nobody graded before its window was over
        ("discomfort", 71, 2, None, None),
        ("discomfort", 75, 1, None, None),
        ("discomfort", 73, 3, None, None),
        ("discomfort", 71, 4, None, None),
        ("discomfort", 73, 4, None, "not-graded"),
        ("discomfort", 73, 4, 4, None),
        ("dryness", 169, 1, None, None),
        ("dryness", 169, 2, None, "not-graded"),
        ("bruising", 190, 1, None, None),
        ("bruising", 190, 2, None, "not-graded"),
        ("irritation", 169, 1, None, None),
        ("irritation", 169, 2, None, "not-graded"),
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


def test_at_skin_that_was_needled_again_the_hours_count_afresh(knowledge: Knowledge) -> None:
    now = tuple(seen(knowledge, "redness", 2, zone) for zone in ("cheek_left", "cheek_right"))
    again = {"cheek_left": LAST + timedelta(hours=90)}
    found = [flag.key for flag in flags(knowledge, 100, now, (now,), again=again)]
    assert found == ["reaction:redness:still-there:cheek_right"]


def test_none_observed_before_counts_as_settled(knowledge: Knowledge) -> None:
    assert keys(knowledge, 80, (seen(knowledge, "redness", 1, "forehead"),), (None,)) == [
        "reaction:redness:back:forehead"
    ]


@pytest.mark.parametrize(
    ("reaction", "mild", "severe", "action"),
    [
        ("redness", 3, 4, "same-day"),
        ("swelling", 3, 4, "same-day"),
        ("pinpoint-bleeding", 2, 3, "same-day"),
        ("discomfort", 6, 7, "same-day"),
        ("bruising", 2, 3, "same-day"),
        ("dryness", 2, 3, "same-day"),
        ("milia-acne", 2, 3, "same-day"),
        ("irritation", 2, 3, "same-day"),
        ("irritation", 2, 4, "emergency"),
        ("wrinkling", 2, 3, "same-day"),
    ],
)
def test_a_severe_grade_is_red_at_any_hour(
    knowledge: Knowledge, reaction: str, mild: int, severe: int, action: str
) -> None:
    for hours in (1, 20):
        assert keys(knowledge, hours, (seen(knowledge, reaction, mild),)) == []
        assert keys(knowledge, hours, (seen(knowledge, reaction, severe),)) == [f"reaction:{reaction}:severe:"]
    (flag,) = flags(knowledge, 20, (seen(knowledge, reaction, severe),))
    assert (flag.action, "evere" in flag.detail or "hreat" in flag.detail) == (action, True)


def test_every_reaction_of_the_data_has_a_grade_that_is_red_at_once(knowledge: Knowledge) -> None:
    for entry in knowledge.reactions.values():
        worst = knowledge.scales[entry.scale].grades[-1].value
        assert flags(knowledge, 1, (seen(knowledge, entry.id, worst),)), entry.id


def test_a_severe_grade_makes_more_urgent_what_is_red_already(knowledge: Knowledge) -> None:
    (mild,) = flags(knowledge, 400, (seen(knowledge, "granuloma", 1),))
    (threatening,) = flags(knowledge, 400, (seen(knowledge, "granuloma", 4),))
    assert (mild.action, threatening.action) == ("dermatology", "emergency")
    assert mild.key == threatening.key
    assert "grade 4" in threatening.detail


def test_severe_pain_is_said_once(knowledge: Knowledge) -> None:
    assert keys(knowledge, 20, (seen(knowledge, "pain", 8),)) == ["question:pain"]


@pytest.mark.parametrize(("grade", "red"), [("4", False), ("5", True)])
def test_looking_worse_than_before_is_red(knowledge: Knowledge, grade: str, red: bool) -> None:
    assert keys(knowledge, 700, replies={"improvement": grade}) == (["question:improvement"] if red else [])


@pytest.mark.parametrize(
    ("hours", "left", "right", "red"),
    [
        (49, 2, None, True),
        (49, 2, 0, True),
        (49, 2, 1, False),
        (49, 3, 1, True),
        (47, 3, 1, False),
        (47, 2, None, False),
    ],
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
    found = red_flags(form, asked)
    assert [flag.action for flag in found] == ["emergency", "same-day", "clinician"]
    for flag in found:
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
