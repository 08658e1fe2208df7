"""Screening at the edges of each waiting period, unsure answers, and questions for one kind of device."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from needlelog.domain.findings import Finding, Gate, Level
from needlelog.domain.session import ScreeningAnswer, SessionDraft, YesNo
from needlelog.knowledge.model import Knowledge
from needlelog.rules.circumstances import Circumstances
from needlelog.rules.judgement import judge
from needlelog.rules.screening import asked
from tests import builders

Around = Callable[..., Circumstances]


def _answered(entry: str, answer: YesNo, ended_on: date | None = None, **changes: object) -> SessionDraft:
    def one(row: str) -> ScreeningAnswer:
        if row != entry:
            return ScreeningAnswer(contraindication=row, answer="no", at=builders.a_moment(3))
        return ScreeningAnswer(contraindication=row, answer=answer, ended_on=ended_on, at=builders.a_moment(3))

    screening = tuple(one(row) for row in builders.SCREENING_IDS)
    return builders.a_full_draft(consultation=builders.a_consultation(screening=screening), **changes)


def _found(draft: SessionDraft, around: Circumstances) -> tuple[Finding, ...]:
    return judge(draft, around)


def test_every_waiting_period_ends_on_its_day_and_not_before(knowledge: Knowledge, around: Around) -> None:
    waiting = [entry for entry in knowledge.contraindications.values() if entry.wait]
    assert len(waiting) > 10
    for entry in waiting:
        assert entry.wait is not None
        last = builders.TODAY - timedelta(days=entry.wait.days)
        assert _found(_answered(entry.id, "yes", last), around()) == (), entry.id
        early = _found(_answered(entry.id, "yes", last + timedelta(days=1)), around())
        assert [finding.code for finding in early] == [entry.id]
        without = _found(_answered(entry.id, "yes"), around())
        assert [finding.code for finding in without] == [entry.id]


@pytest.mark.parametrize("entry", ["C36", "C43"])
def test_twenty_four_hours_are_not_over_on_the_next_morning(entry: str, around: Around) -> None:
    yesterday = builders.TODAY - timedelta(days=1)
    assert [finding.code for finding in _found(_answered(entry, "yes", yesterday), around())] == [entry]


def test_whoever_is_not_sure_is_not_cleared_by_a_date(around: Around) -> None:
    found = _found(_answered("C13", "unsure", date(2019, 1, 1)), around())
    assert [(finding.code, finding.gate) for finding in found] == [("C13", Gate.NEEDLING)]


def test_reasons_against_the_anaesthetic_hold_only_where_there_is_one(around: Around) -> None:
    with_cream = _found(_answered("C41", "yes"), around())
    assert [(finding.level, finding.gate) for finding in with_cream] == [(Level.STOP, Gate.NEEDLING)]
    without = [finding for finding in _found(_answered("C41", "yes", numbing=()), around()) if finding.code == "C41"]
    assert [(finding.level, finding.gate) for finding in without] == [(Level.ASK, Gate.NONE)]


def test_an_implant_weighs_only_for_radio_frequency(around: Around) -> None:
    assert _found(_answered("C39", "yes"), around()) == ()


def test_what_the_birth_date_says_is_not_asked_and_the_age_is_still_judged(
    knowledge: Knowledge, around: Around
) -> None:
    entry = knowledge.contraindications["C40"]
    assert entry.derived_from == "birth-date"
    surroundings = around(client=builders.a_client(birth_date=date(2006, 1, 1)))
    draft = builders.a_full_draft()
    assert entry not in asked(draft, surroundings)
    assert "age-under-22" in [finding.code for finding in _found(draft, surroundings)]
