"""Screening at the edges of each waiting period, unsure answers, and questions for one kind of device."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from needlelog.domain.findings import Finding, Gate, Level
from needlelog.domain.session import ScreeningAnswer, SessionDraft, YesNo
from needlelog.domain.treatment import PlannedZone
from needlelog.i18n import Words
from needlelog.knowledge.model import Knowledge
from needlelog.rules.circumstances import Circumstances
from needlelog.rules.judgement import judge
from needlelog.rules.screening import asked, judge_screening, kept_out, left_out, span_in_words
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
    waiting = [entry for entry in knowledge.contraindications.values() if entry.wait and not entry.ahead]
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


def test_reasons_against_the_anaesthetic_alone_hold_no_treatment(around: Around) -> None:
    found = [one for one in _found(_answered("C41", "yes"), around()) if one.code != "no-anaesthetic"]
    assert [(finding.code, finding.level, finding.gate) for finding in found] == [("C41", Level.ASK, Gate.NONE)]


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


def _sore(zones: tuple[str, ...], *planned: str) -> SessionDraft:
    answer = ScreeningAnswer(contraindication="C02", answer="yes", at=builders.a_moment(1), zones=zones)
    draft = builders.a_full_draft()
    plan = draft.consultation.plan.with_(zones=tuple(PlannedZone(zone=zone) for zone in planned))
    consultation = draft.consultation.with_(screening=(answer,), plan=plan)
    return draft.with_(consultation=consultation, needling=draft.needling.with_(passes=()))


def test_what_is_in_some_zones_only_keeps_the_needle_out_of_these(around: Around) -> None:
    here = around()
    elsewhere = _sore(("upper_lip", "chin"), "forehead")
    assert set(kept_out(elsewhere, here.knowledge)) == {"upper_lip", "chin"}
    (found,) = (one for one in judge_screening(elsewhere, here) if one.code == "C02")
    assert (found.level, found.gate) == (Level.NOTE, Gate.NONE)
    assert found.title == "Cold sore or herpes in the area: Upper lip, Chin"
    assert found.detail.startswith("Keep the needle out of these zones.")


def test_it_stops_once_one_of_its_zones_is_planned_or_treated(around: Around) -> None:
    here = around()
    planned = _sore(("upper_lip", "chin"), "chin")
    (found,) = (one for one in judge_screening(planned, here) if one.code == "C02")
    assert (found.level, found.gate, found.title) == (
        Level.STOP,
        Gate.NEEDLING,
        "Cold sore or herpes in the area: Chin",
    )
    elsewhere = _sore(("upper_lip", "chin"), "forehead")
    treated = elsewhere.with_(needling=elsewhere.needling.with_(passes=(builders.a_pass(zone="upper_lip"),)))
    (other,) = (one for one in judge_screening(treated, here) if one.code == "C02")
    assert other.level is Level.STOP
    assert other.key != found.key


def test_without_zones_it_is_everywhere_and_a_no_keeps_nothing_out(around: Around) -> None:
    here = around()
    (found,) = (one for one in judge_screening(_sore((), "forehead"), here) if one.code == "C02")
    assert (found.level, found.title) == (Level.STOP, "Cold sore or herpes in the area")
    denied = _sore(("chin",), "chin")
    no = denied.consultation.screening[0].with_(answer="no")
    denied = denied.with_(consultation=denied.consultation.with_(screening=(no,)))
    assert not kept_out(denied, here.knowledge)
    assert "C02" not in {one.code for one in judge_screening(denied, here)}


@pytest.mark.parametrize(
    ("days", "told"),
    [(0, "0 days"), (1, "1 day"), (20, "20 days"), (21, "3 weeks (21 days)"), (129, "18 weeks (129 days)")],
)
def test_spans_are_told_in_weeks_once_days_are_too_many_to_grasp(days: int, told: str) -> None:
    assert span_in_words(days, Words()) == told


def test_what_only_asks_and_what_has_been_waited_for_shuts_no_zone(knowledge: Knowledge) -> None:
    draft = builders.a_full_draft()

    def shut(**answer: object) -> set[str]:
        one = ScreeningAnswer.model_validate(
            {"answer": "yes", "at": builders.a_moment(1), "zones": ("chin",), **answer}
        )
        consultation = draft.consultation.with_(screening=(one,))
        return set(kept_out(draft.with_(consultation=consultation), knowledge))

    assert shut(contraindication="C02") == {"chin"}
    assert shut(contraindication="C38") == set()
    bound = next(one for one in knowledge.contraindications.values() if one.area_bound and one.wait)
    assert shut(contraindication=bound.id) == {"chin"}
    assert shut(contraindication=bound.id, ended_on=builders.TODAY - timedelta(days=3000)) == set()


def test_a_tattoo_marks_its_zones_and_keeps_no_needle_from_the_skin_around_it(knowledge: Knowledge) -> None:
    draft = _answered("C38", "yes")
    part = draft.consultation
    there = tuple(one.with_(zones=("forehead",)) if one.contraindication == "C38" else one for one in part.screening)
    draft = draft.with_(consultation=part.with_(screening=there))
    assert {zone: [one.id for one in found] for zone, found in left_out(draft, knowledge).items()} == {
        "forehead": ["C38"]
    }
    assert kept_out(draft, knowledge) == {}


@pytest.mark.parametrize("zones", [("cheek_left",), ("cheek_left", "cheek_right")])
def test_what_asks_about_some_zones_asks_anew_about_others(zones: tuple[str, ...], around: Around) -> None:
    def told(*named: str) -> Finding:
        draft = _answered("C38", "yes")
        part = draft.consultation
        there = tuple(one.with_(zones=named) if one.contraindication == "C38" else one for one in part.screening)
        draft = draft.with_(consultation=part.with_(screening=there))
        treated = {one.zone for one in draft.needling.passes}
        assert set(named) <= treated, treated
        return next(one for one in judge_screening(draft, around()) if one.code == "C38")

    assert told(*zones).level is Level.ASK
    assert told(*zones).key == told(*zones).key
    assert told(*zones).key != told("forehead").key


def test_what_keeps_the_skin_from_healing_for_good_is_carried_forward(knowledge: Knowledge) -> None:
    assert knowledge.contraindications["C18"].standing
