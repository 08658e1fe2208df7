"""Which anaesthetic calls: from some minutes before the longest time of its label, and at it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from needlelog.domain.materials import AnaestheticLimits
from needlelog.domain.session import DraftSummary, SessionDraft
from needlelog.workflow.alarms import Call, watched
from tests import builders as b


def _open(draft: SessionDraft, name: str = "Zoe Hart", number: int = 7) -> DraftSummary:
    return DraftSummary(
        id=draft.id,
        client_id=draft.client_id,
        client_name=name,
        client_number=number,
        practitioner=draft.practitioner,
        step=draft.step,
        started_at=draft.started_at,
        running=draft.running,
    )


def _numbed(*most: int | None, start: int = 10) -> DraftSummary:
    on = tuple(
        b.a_numbing(
            id=b.an_id(700 + place),
            name=f"Cream {place}",
            on_at=b.a_moment(start + place),
            removed_at=None,
            limits=AnaestheticLimits(dwell_max_min=one),
        )
        for place, one in enumerate(most)
    )
    return _open(b.a_draft(numbing=on))


@pytest.mark.parametrize(("minutes", "call"), [(54, None), (55, Call.SOON), (59, Call.SOON), (60, Call.OVER)])
def test_it_calls_before_the_longest_time_and_at_it(minutes: int, call: Call | None) -> None:
    (alarm,) = watched([_numbed(60)])
    now = b.a_moment(10 + minutes)
    assert (alarm.call(now, 5), alarm.minutes(now)) == (call, minutes)
    almost = now - timedelta(microseconds=1)
    assert alarm.minutes(almost) == minutes - 1


@pytest.mark.parametrize(
    ("minutes", "most", "call"),
    [
        (59, 300, None),
        (60, 300, Call.USUAL_OVER),
        (294, 300, Call.USUAL_OVER),
        (295, 300, Call.SOON),
        (300, 300, Call.OVER),
        (60, None, Call.USUAL_OVER),
        (57, 60, Call.SOON),
        (60, 60, Call.OVER),
    ],
)
def test_it_calls_when_the_usual_time_is_over_and_again_at_the_longest(
    minutes: int, most: int | None, call: Call | None
) -> None:
    draft = b.a_draft(
        numbing=(b.a_numbing(removed_at=None, limits=AnaestheticLimits(dwell_max_min=most), usual_to_min=60),)
    )
    (alarm,) = watched([_open(draft)])
    assert alarm.call(alarm.since + timedelta(minutes=minutes), 5) is call


def test_what_comes_off_first_stands_first_and_what_has_no_longest_time_never_calls() -> None:
    found = watched([_numbed(60, None, 30), _numbed(20, start=0)])
    assert [one.name for one in found] == ["Cream 0", "Cream 2", "Cream 0"]
    assert [one.most_min for one in found] == [20, 30, 60]


def test_it_names_the_client_by_initials_and_number() -> None:
    assert watched([_numbed(60)])[0].who == "Z. H. C-0007"


def test_what_was_taken_off_and_a_clock_set_back_call_nobody() -> None:
    off = b.a_draft(numbing=(b.a_numbing(removed_at=b.a_moment(40)),))
    assert watched([_open(off)]) == ()
    (alarm,) = watched([_numbed(60)])
    assert (alarm.minutes(b.a_moment(0)), alarm.call(b.a_moment(0), 5)) == (0, None)
