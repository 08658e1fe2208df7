"""A waiting period where only the month or year of the end is known: from its last day, and said so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from needlelog.domain.findings import Finding
from needlelog.domain.partial_date import PartialDate, Precision
from needlelog.domain.session import ScreeningAnswer
from needlelog.i18n import record_date
from needlelog.knowledge.model import Knowledge
from needlelog.rules.circumstances import Circumstances
from needlelog.rules.judgement import judge
from needlelog.rules.next_visit import CODE as NEXT_VISIT
from tests import builders

Around = Callable[..., Circumstances]
ISOTRETINOIN = "C13"
TO_COME = "C19-ahead"


def _judged(ended: PartialDate, around: Circumstances, meant: str = ISOTRETINOIN) -> tuple[Finding, ...]:
    def one(row: str) -> ScreeningAnswer:
        if row != meant:
            return ScreeningAnswer(contraindication=row, answer="no", at=builders.a_moment(3))
        return ScreeningAnswer(
            contraindication=row,
            answer="yes",
            ended_on=ended.last_day,
            ended_precision=ended.precision,
            at=builders.a_moment(3),
        )

    screening = tuple(one(row) for row in builders.SCREENING_IDS)
    part = builders.a_consultation(screening=screening)
    found = judge(builders.a_full_draft(consultation=part), around)
    return tuple(one for one in found if one.code != NEXT_VISIT)


@pytest.mark.parametrize(("precision", "known"), [(Precision.MONTH, "month"), (Precision.YEAR, "year")])
def test_the_finding_says_what_it_counts_from(
    precision: Precision, known: str, around: Around, knowledge: Knowledge
) -> None:
    wait = knowledge.contraindications[ISOTRETINOIN].wait
    assert wait is not None
    ended = PartialDate.around(builders.TODAY, precision)
    (found,) = _judged(ended, around())
    counted = f"(counted from {record_date(ended.last_day)}, only the {known} is known)"
    assert counted in found.detail
    assert found.detail.endswith(f"(until {record_date(ended.last_day + timedelta(days=wait.days))}).")
    assert "ago" not in found.detail
    assert "-" not in found.detail.split("(")[0].replace("Nov-2026", "")


def test_a_month_is_over_when_its_last_day_has_waited(around: Around, knowledge: Knowledge) -> None:
    wait = knowledge.contraindications[ISOTRETINOIN].wait
    assert wait is not None
    latest = builders.TODAY - timedelta(days=wait.days)
    month = PartialDate.around(latest, Precision.MONTH)
    assert month.last_day > latest, "the day of the tests lies so that the month is not over"
    (found,) = _judged(month, around())
    passed = (builders.TODAY - month.last_day).days
    assert f"({passed} days) ago (counted from {record_date(month.last_day)}, only the month is known)" in found.detail
    before = PartialDate.around(month.first_day - timedelta(days=1), Precision.MONTH)
    assert _judged(before, around()) == ()


def test_a_reason_given_for_a_month_does_not_hold_for_the_day(around: Around) -> None:
    month = PartialDate.around(builders.TODAY, Precision.MONTH)
    (vague,), (exact,) = _judged(month, around()), _judged(PartialDate(month.last_day), around())
    assert vague.key != exact.key
    assert exact.key == f"screening:{ISOTRETINOIN}:yes:{month.last_day.isoformat()}"


def test_what_ends_later_has_not_ended_yet(around: Around) -> None:
    (found,) = _judged(PartialDate(date(2026, 12, 24)), around())
    assert found.detail.startswith("Ends 24-Dec-2026; the rule asks ")


def test_of_a_month_to_come_the_first_day_counts(around: Around, knowledge: Knowledge) -> None:
    wait = knowledge.contraindications[TO_COME].wait
    assert wait is not None
    earliest = builders.TODAY + timedelta(days=wait.days)
    month = PartialDate.around(earliest, Precision.MONTH)
    assert month.first_day < earliest, "the day of the tests lies so that the month may begin too soon"
    (found,) = _judged(month, around(), TO_COME)
    assert f"(counted from {record_date(month.first_day)}, only the month is known)" in found.detail
    after = PartialDate.around(month.last_day + timedelta(days=1), Precision.MONTH)
    assert _judged(after, around(), TO_COME) == ()
    (year,) = _judged(PartialDate.around(builders.TODAY, Precision.YEAR), around(), TO_COME)
    assert "it may have begun" in year.detail
