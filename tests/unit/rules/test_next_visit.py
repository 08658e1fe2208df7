"""The next visit against a treatment that begins: on both sides of its last free day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from needlelog.domain.findings import Gate, Level, StepId
from needlelog.domain.partial_date import PartialDate, Precision
from needlelog.domain.session import Aftercare, ScreeningAnswer, SessionDraft, YesNo
from needlelog.rules.judgement import judge
from needlelog.rules.next_visit import CODE, said_of
from needlelog.rules.places import place_of
from tests import builders as b
from tests.unit.rules.surroundings import around, shipped

AHEAD = "C19-ahead"
BEGINS = date(2027, 2, 3)
WAIT = shipped().contraindications[AHEAD].wait


def _visit(begins: PartialDate | None, next_on: date | None, answer: YesNo = "yes") -> SessionDraft:
    said = ScreeningAnswer(contraindication=AHEAD, answer=answer, at=b.a_moment(3))
    if begins is not None:
        said = said.with_(ended_on=begins.last_day, ended_precision=begins.precision)
    at = datetime.combine(next_on, time(14), UTC) if next_on else None
    return b.a_full_draft(
        consultation=b.a_consultation(screening=(said,)), aftercare=Aftercare(next_visit_at=at) if at else Aftercare()
    )


def _codes(draft: SessionDraft) -> list[str]:
    return [one.code for one in judge(draft, around()) if one.code in {CODE, AHEAD}]


@pytest.mark.parametrize(("later", "codes"), [(0, []), (1, [CODE]), (90, [CODE])])
def test_a_next_visit_in_the_weeks_before_it_begins_is_asked_about(later: int, codes: list[str]) -> None:
    assert WAIT is not None
    last_free = BEGINS - timedelta(days=WAIT.days)
    draft = _visit(PartialDate.around(BEGINS, Precision.DAY), last_free + timedelta(days=later))
    assert _codes(draft) == codes
    assert not _codes(_visit(PartialDate.around(BEGINS, Precision.DAY), None))
    for found in (one for one in judge(draft, around()) if one.code == CODE):
        assert (found.level, found.gate, found.step) == (Level.ASK, Gate.NONE, StepId.AFTERCARE)
        assert shipped().contraindications[AHEAD].title in found.title
        assert "Begins 03-Feb-2027: in 10 weeks" in found.detail  # seen from the visit, not from the next one
        assert place_of(found, shipped()) == f"contraindications:{AHEAD}"
        assert found.sources


def test_a_month_counts_from_its_first_day() -> None:
    assert WAIT is not None
    month = PartialDate.around(BEGINS, Precision.MONTH)
    last_free = date(2027, 2, 1) - timedelta(days=WAIT.days)
    assert not _codes(_visit(month, last_free))
    assert _codes(_visit(month, last_free + timedelta(days=1))) == [CODE]


@pytest.mark.parametrize("answer", ["no", "unsure"])
def test_only_what_is_known_to_begin_speaks_against_a_day(answer: YesNo) -> None:
    assert not said_of(_visit(None, None, answer), BEGINS, around())
    assert not said_of(_visit(PartialDate.around(BEGINS, Precision.DAY), None, answer), BEGINS, around())


def test_what_ended_and_is_waited_for_speaks_against_no_next_visit() -> None:
    entry = next(one for one in shipped().contraindications.values() if one.wait and not one.ahead)
    said = ScreeningAnswer(
        contraindication=entry.id, answer="yes", at=b.a_moment(3), ended_on=BEGINS, ended_precision=Precision.DAY
    )
    draft = b.a_full_draft(consultation=b.a_consultation(screening=(said,)))
    assert not said_of(draft, BEGINS, around())


def test_the_day_of_the_next_visit_is_that_of_the_clinic() -> None:
    assert WAIT is not None
    draft = _visit(PartialDate.around(BEGINS, Precision.DAY), None).with_(time_zone="Europe/Warsaw")
    last_free = BEGINS - timedelta(days=WAIT.days)
    for at, codes in ((time(22, 30), []), (time(23, 30), [CODE])):
        late = datetime.combine(last_free, at, UTC)
        assert _codes(draft.with_(aftercare=Aftercare(next_visit_at=late))) == codes


def test_a_proposed_day_is_told_what_is_in_its_way() -> None:
    draft = _visit(PartialDate.around(BEGINS, Precision.DAY), None)
    assert not said_of(draft, date(2027, 1, 6), around())
    (said,) = said_of(draft, date(2027, 1, 7), around())
    assert said.startswith("Chemotherapy, radiotherapy or high-dose cortisone to come. Begins 03-Feb-2027: in 10 weeks")
    assert "not after 06-Jan-2027" in said
