"""A visit left open overnight: what the client said then is asked again before the needle."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from needlelog.domain.findings import Gate, Level
from needlelog.domain.session import SessionDraft
from needlelog.rules.another_day import asked_again, judge_another_day
from needlelog.rules.circumstances import Circumstances
from needlelog.rules.judgement import judge, still_open
from tests import builders as b

Around = Callable[..., Circumstances]


def _before_the_needle() -> SessionDraft:
    draft = b.a_full_draft()
    return draft.with_(needling=draft.needling.with_(passes=(), ended_at=None))


def _later(around: Circumstances, days: int) -> Circumstances:
    return replace(around, now=around.now + timedelta(days=days))


def test_on_its_own_day_a_visit_asks_nothing_twice(around: Around) -> None:
    assert list(judge_another_day(_before_the_needle(), around())) == []


def test_on_another_day_it_names_what_is_old_and_holds_the_needle(around: Around) -> None:
    draft, here = _before_the_needle(), around()
    (found,) = judge_another_day(draft, _later(here, 3))
    assert (found.level, found.gate, found.overridable) == (Level.HOLD, Gate.NEEDLING, True)
    assert all(part in found.detail for part in ("screening", "allergies", "cleansing", "20-Nov-2026"))
    assert found in still_open(draft, judge(draft, _later(here, 3)), Gate.NEEDLING)


def test_a_reason_of_one_day_does_not_speak_for_the_next(around: Around) -> None:
    draft, here = _before_the_needle(), around()
    (one,), (other,) = (list(judge_another_day(draft, _later(here, days))) for days in (1, 2))
    assert one.key != other.key


def test_what_was_asked_anew_is_not_named(around: Around) -> None:
    draft, here = _before_the_needle(), _later(around(), 1)
    consultation = draft.consultation.with_(
        screening=tuple(one.with_(at=here.now) for one in draft.consultation.screening),
        preparation=tuple(one.with_(at=here.now) for one in draft.consultation.preparation),
        allergies_confirmed_at=here.now,
    )
    anew = draft.with_(consultation=consultation)
    (found,) = judge_another_day(anew, here)
    assert "screening" not in found.detail
    assert list(judge_another_day(anew.with_(cleansing=draft.cleansing.with_(done_at=here.now)), here)) == []


def test_once_the_skin_was_needled_nothing_is_asked(around: Around) -> None:
    assert list(judge_another_day(b.a_full_draft(), _later(around(), 3))) == []


def test_read_out_again_it_stands_and_each_answer_keeps_its_first_day(around: Around) -> None:
    draft, later = _before_the_needle(), _later(around(), 3)
    again = asked_again(draft.with_(cleansing=draft.cleansing.with_(done_at=later.now)), later.now)
    assert list(judge_another_day(again, later)) == []
    assert {one.confirmed_from for one in again.consultation.screening} == {date(2026, 11, 20)}
    assert [one.answer for one in again.consultation.screening] == [one.answer for one in draft.consultation.screening]
    assert asked_again(again, later.now) == again
