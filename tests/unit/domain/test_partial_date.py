"""A date as far as it is known: typed, shown, and counted on the safer side."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from needlelog.domain.entry import parse_partial_date
from needlelog.domain.partial_date import PartialDate, Precision, record_partial_date
from needlelog.domain.session import ScreeningAnswer
from needlelog.errors import Fault, FaultCode
from needlelog.i18n import Words
from tests import builders

TODAY = date(2026, 11, 20)
MARCH = PartialDate(date(2020, 3, 1), Precision.MONTH)
ARABIC_YEAR = "\u0662\u0660\u0662\u0660"


def _read(text: str, *, future: bool = False) -> PartialDate:
    return parse_partial_date(text, field="Since", today=TODAY, future=future)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *((one, PartialDate(date(2020, 1, 1), Precision.YEAR)) for one in ("2020", " 2020 ", ARABIC_YEAR)),
        *(
            (one, MARCH)
            for one in ("03/2020", "3/2020", "03.2020", "3 2020", "3-2020", "2020-03", "2020/3", "2020 03", "3 / 2020")
        ),
        *((one, MARCH) for one in ("Mar 2020", "march 2020", "Mar-2020", "MAR. 2020", "2020 Mar", "Mar\u20132020")),
        ("Sept 2020", PartialDate(date(2020, 9, 1), Precision.MONTH)),
        ("12 3 2020", PartialDate(date(2020, 3, 12))),
        ("120320", PartialDate(date(2020, 3, 12))),
        ("2020-03-12", PartialDate(date(2020, 3, 12))),
        ("12-Mar-2020", PartialDate(date(2020, 3, 12))),
        ("2026", PartialDate(date(2026, 1, 1), Precision.YEAR)),
        ("11/2026", PartialDate(date(2026, 11, 1), Precision.MONTH)),
        ("1900", PartialDate(date(1900, 1, 1), Precision.YEAR)),
    ],
)
def test_a_year_a_month_and_a_day_are_read_as_what_they_are(typed: str, meant: PartialDate) -> None:
    assert _read(typed) == meant


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", FaultCode.ENTRY_EMPTY),
        ("  ", FaultCode.ENTRY_EMPTY),
        *(
            (one, FaultCode.ENTRY_NOT_A_DAY_MONTH_OR_YEAR)
            for one in ("2o20", "20", "3/20", "Mar 20", "<2020", "2020?", "maybe 2020", "Foo 2020", "ma 2020")
        ),
        *(
            (one, FaultCode.ENTRY_NOT_A_DAY_MONTH_OR_YEAR)
            for one in ("about 2020", "2019-2020", "3/2020 4/2020", "20200", "x" * 5000, "2" * 5000)
        ),
        ("13/2020", FaultCode.ENTRY_MONTH_DOES_NOT_EXIST),
        ("0/2020", FaultCode.ENTRY_MONTH_DOES_NOT_EXIST),
        ("2020-13", FaultCode.ENTRY_MONTH_DOES_NOT_EXIST),
        ("0000", FaultCode.ENTRY_DATE_DOES_NOT_EXIST),
        ("31 2 2020", FaultCode.ENTRY_DATE_DOES_NOT_EXIST),
        ("2027", FaultCode.ENTRY_DATE_IN_FUTURE),
        ("12/2026", FaultCode.ENTRY_DATE_IN_FUTURE),
        ("21 11 2026", FaultCode.ENTRY_DATE_IN_FUTURE),
        ("1899", FaultCode.ENTRY_DATE_TOO_EARLY),
        ("12/1899", FaultCode.ENTRY_DATE_TOO_EARLY),
        ("0320", FaultCode.ENTRY_DATE_TOO_EARLY),
    ],
)
def test_what_is_none_of_them_is_one_clear_fault(typed: str, code: FaultCode) -> None:
    with pytest.raises(Fault) as caught:
        _read(typed)
    assert caught.value.code is code
    said = str(Words().fault(caught.value))
    assert said.startswith("Since ")
    assert "{" not in said


def test_what_is_still_to_come_is_taken_where_it_may_be() -> None:
    assert _read("2027", future=True) == PartialDate(date(2027, 1, 1), Precision.YEAR)
    assert _read("12/2026", future=True) == PartialDate(date(2026, 12, 1), Precision.MONTH)


@pytest.mark.parametrize(
    ("known", "last", "shown"),
    [
        (PartialDate(date(2024, 2, 1), Precision.MONTH), date(2024, 2, 29), "Feb-2024"),
        (PartialDate(date(2026, 2, 1), Precision.MONTH), date(2026, 2, 28), "Feb-2026"),
        (PartialDate(date(2026, 12, 1), Precision.MONTH), date(2026, 12, 31), "Dec-2026"),
        (PartialDate(date(2017, 1, 1), Precision.YEAR), date(2017, 12, 31), "2017"),
        (PartialDate(date(2017, 1, 1)), date(2017, 1, 1), "01-Jan-2017"),
    ],
)
def test_it_goes_to_its_last_day_and_is_shown_as_known(known: PartialDate, last: date, shown: str) -> None:
    assert (known.last_day, record_partial_date(known)) == (last, shown)


@pytest.mark.parametrize(
    ("first", "precision"),
    [(date(2020, 3, 2), Precision.MONTH), (date(2020, 3, 1), Precision.YEAR), (date(2020, 1, 2), Precision.YEAR)],
)
def test_a_month_or_year_begins_on_its_first_day(first: date, precision: Precision) -> None:
    with pytest.raises(ValueError, match="first day"):
        PartialDate(first, precision)


@given(st.dates(min_value=date(1900, 1, 1), max_value=TODAY), st.sampled_from(Precision))
def test_what_is_shown_reads_back_as_the_same(day: date, precision: Precision) -> None:
    known = PartialDate.around(day, precision)
    assert known.first_day <= day <= known.last_day
    assert PartialDate.around(known.last_day, precision) == known
    assert _read(record_partial_date(known)) == known


def test_an_answer_keeps_how_much_is_known_and_counts_from_the_last_day() -> None:
    answer = ScreeningAnswer(
        contraindication="C13",
        answer="yes",
        ended_on=date(2020, 3, 31),
        ended_precision=Precision.MONTH,
        at=builders.a_moment(3),
    )
    assert answer.ended == MARCH
    assert ScreeningAnswer.model_validate_json(answer.model_dump_json()) == answer
    with pytest.raises(ValueError, match="last day"):
        answer.with_(ended_on=date(2020, 3, 1))
