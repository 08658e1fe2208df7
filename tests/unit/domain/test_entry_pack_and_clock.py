"""The expiry on a pack and a time of day, in whatever form somebody types them."""

from __future__ import annotations

from datetime import date, time

import pytest

from needlelog.domain.entry import parse_clock_time, parse_expiry
from needlelog.errors import Fault, FaultCode

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("06/2027", date(2027, 6, 30)),
        ("6/27", date(2027, 6, 30)),
        ("0627", date(2027, 6, 30)),
        ("062027", date(2027, 6, 30)),
        ("202706", date(2027, 6, 30)),
        ("2027-06", date(2027, 6, 30)),
        ("Jun 2027", date(2027, 6, 30)),
        ("june 27", date(2027, 6, 30)),
        ("2/28", date(2028, 2, 29)),
        ("12 3 27", date(2027, 3, 12)),
        ("300627", date(2027, 6, 30)),
        ("2027-06-15", date(2027, 6, 15)),
        ("20270615", date(2027, 6, 15)),
        ("15-Jun-2027", date(2027, 6, 15)),
        ("٠٦/٢٠٢٧", date(2027, 6, 30)),
        ("10/2026", date(2026, 10, 31)),
        ("270600", date(2027, 6, 30)),
        ("00.06.2027", date(2027, 6, 30)),
        ("2027-06-00", date(2027, 6, 30)),
        ("00 02 28", date(2028, 2, 29)),
    ],
)
def test_an_expiry_is_a_day_or_the_last_day_of_a_month(text: str, day: date) -> None:
    assert parse_expiry(text, field="Expires", today=TODAY) == day


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", FaultCode.ENTRY_EMPTY),
        ("soon", FaultCode.ENTRY_NOT_A_DATE),
        ("6", FaultCode.ENTRY_NOT_A_DATE),
        ("1" * 41, FaultCode.ENTRY_NOT_A_DATE),
        ("31 2 2027", FaultCode.ENTRY_DATE_DOES_NOT_EXIST),
        ("13/2027", FaultCode.ENTRY_DATE_DOES_NOT_EXIST),
        ("0/27", FaultCode.ENTRY_DATE_DOES_NOT_EXIST),
        ("271300", FaultCode.ENTRY_DATE_DOES_NOT_EXIST),
        ("2027", FaultCode.ENTRY_MONTH_MISSING),
        ("06/1999", FaultCode.ENTRY_DATE_TOO_EARLY),
        ("06/2099", FaultCode.ENTRY_DATE_TOO_FAR),
    ],
)
def test_what_no_pack_can_bear_is_refused(text: str, code: FaultCode) -> None:
    with pytest.raises(Fault) as caught:
        parse_expiry(text, field="Expires", today=TODAY)
    assert caught.value.code is code


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("14:05", time(14, 5)),
        ("14.05", time(14, 5)),
        ("14h05", time(14, 5)),
        ("1405", time(14, 5)),
        ("905", time(9, 5)),
        ("9", time(9, 0)),
        ("9 5", time(9, 5)),
        ("2:05 pm", time(14, 5)),
        ("12:10am", time(0, 10)),
        ("0:00", time(0, 0)),
        ("١٤:٠٥", time(14, 5)),
    ],
)
def test_a_time_of_day_is_read_in_any_usual_form(text: str, clock: time) -> None:
    assert parse_clock_time(text, field="On at") == clock


@pytest.mark.parametrize("text", ["24:00", "12:60", "abc", "12345", "14:05:33", "13:00 pm", "0 am", "-3"])
def test_what_is_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(Fault) as caught:
        parse_clock_time(text, field="On at")
    assert caught.value.code is FaultCode.ENTRY_NOT_A_TIME
