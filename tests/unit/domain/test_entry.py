"""What a person types becomes a value, or one clear fault."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from needlelog.domain.entry import (
    parse_date,
    parse_decimal,
    parse_email,
    parse_expiry,
    parse_line,
    parse_paragraphs,
    parse_phone,
    phone_digits,
    western_digits,
)
from needlelog.domain.unseen import without_unseen
from needlelog.errors import Fault, FaultCode
from needlelog.i18n import Words

TODAY = date(2026, 11, 20)
ARABIC_HALF = "\u0660\u066b\u0665"
PERSIAN_HALF = "\u06f0\u066b\u06f5"
DEVANAGARI_TWO = "\u0968"
RIGHT_TO_LEFT_OVERRIDE = "\u202e"


def _depth(text: str) -> Decimal:
    return parse_decimal(text, field="Depth", minimum=Decimal(0), maximum=Decimal("2.5"), places=2, unit="mm")


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0,5", "0.5"),
        ("0.5", "0.5"),
        (".5", "0.5"),
        (",5", "0.5"),
        ("1.", "1"),
        ("0", "0"),
        ("2.5", "2.5"),
        ("+1", "1"),
        (" 1.25 ", "1.25"),
        ("1.250", "1.25"),
        ("00.50", "0.5"),
        ("-0", "0"),
        ("0·5", "0.5"),
        (ARABIC_HALF, "0.5"),
        (PERSIAN_HALF, "0.5"),
        (DEVANAGARI_TWO, "2"),
    ],
)
def test_a_number_is_read_in_any_script_and_with_either_mark(typed: str, number: str) -> None:
    assert _depth(typed) == Decimal(number)
    assert _depth(typed).as_tuple().exponent == -2


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", FaultCode.ENTRY_EMPTY),
        ("   ", FaultCode.ENTRY_EMPTY),
        ("5", FaultCode.ENTRY_TOO_LARGE),
        ("2.51", FaultCode.ENTRY_TOO_LARGE),
        ("9" * 400, FaultCode.ENTRY_TOO_LARGE),
        ("-1", FaultCode.ENTRY_TOO_SMALL),
        ("\u22121", FaultCode.ENTRY_TOO_SMALL),
        ("-0.01", FaultCode.ENTRY_TOO_SMALL),
        ("0.125", FaultCode.ENTRY_TOO_FINE),
        ("0," + "0" * 30 + "1", FaultCode.ENTRY_TOO_FINE),
        ("abc", FaultCode.ENTRY_NOT_A_NUMBER),
        ("1.2.3", FaultCode.ENTRY_NOT_A_NUMBER),
        ("1,2,3", FaultCode.ENTRY_NOT_A_NUMBER),
        ("1 2", FaultCode.ENTRY_NOT_A_NUMBER),
        ("1e0", FaultCode.ENTRY_NOT_A_NUMBER),
        ("1 mm", FaultCode.ENTRY_NOT_A_NUMBER),
        ("nan", FaultCode.ENTRY_NOT_A_NUMBER),
        ("Infinity", FaultCode.ENTRY_NOT_A_NUMBER),
        (".", FaultCode.ENTRY_NOT_A_NUMBER),
        ("-", FaultCode.ENTRY_NOT_A_NUMBER),
        ("½", FaultCode.ENTRY_NOT_A_NUMBER),
        ("\u1369", FaultCode.ENTRY_NOT_A_NUMBER),
        ("0x1", FaultCode.ENTRY_NOT_A_NUMBER),
        ("<b>1</b>", FaultCode.ENTRY_NOT_A_NUMBER),
        ("1_0", FaultCode.ENTRY_NOT_A_NUMBER),
    ],
)
def test_what_is_no_number_within_the_limits_is_refused_with_a_sentence(typed: str, code: FaultCode) -> None:
    with pytest.raises(Fault) as caught:
        _depth(typed)
    assert caught.value.code is code
    sentence = Words().fault(caught.value)
    assert "Depth" in sentence.what
    assert sentence.way_out


def test_a_typed_minus_zero_is_zero_on_paper() -> None:
    assert str(_depth("-0")) == str(_depth("-0,00")) == "0.00"


def test_a_fault_never_repeats_what_was_typed() -> None:
    with pytest.raises(Fault) as caught:
        _depth("Ana Nowak")
    assert "Ana" not in f"{caught.value} {caught.value.values} {Words().fault(caught.value)}"


@given(st.decimals(min_value=0, max_value=Decimal("2.5"), places=2))
def test_every_depth_that_is_written_is_read_back_exactly(number: Decimal) -> None:
    assert _depth(str(number)) == number
    assert _depth(str(number).replace(".", ",")) == number


@given(st.text(max_size=40))
def test_any_text_gives_a_number_within_the_limits_or_a_fault(text: str) -> None:
    try:
        number = _depth(text)
    except Fault:
        return
    assert 0 <= number <= Decimal("2.5")


def test_digits_of_every_script_become_western_and_the_rest_stays() -> None:
    assert western_digits("C-\u0661\u0662 ½ a") == "C-12 ½ a"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("12 3 1988", date(1988, 3, 12)),
        ("12/03/1988", date(1988, 3, 12)),
        ("12.3.88", date(1988, 3, 12)),
        ("120388", date(1988, 3, 12)),
        ("12031988", date(1988, 3, 12)),
        ("1988-03-12", date(1988, 3, 12)),
        ("19880312", date(1988, 3, 12)),
        ("12-Mar-1988", date(1988, 3, 12)),
        ("12 March 1988", date(1988, 3, 12)),
        ("March 12, 1988", date(1988, 3, 12)),
        ("1988 Mar 12", date(1988, 3, 12)),
        ("12 MÄR 1988", date(1988, 3, 12)),
        ("29 Feb 2024", date(2024, 2, 29)),
        ("29 2 2000", date(2000, 2, 29)),
        ("20 11 2026", TODAY),
        ("20 11 26", TODAY),
        ("1 1 26", date(2026, 1, 1)),
        ("1 1 27", date(1927, 1, 1)),
        ("1 1 99", date(1999, 1, 1)),
        ("1 1 1900", date(1900, 1, 1)),
        ("\u0661\u0662 \u0663 \u0661\u0669\u0668\u0668", date(1988, 3, 12)),
    ],
)
def test_a_date_is_read_in_the_usual_forms_day_first(typed: str, day: date) -> None:
    assert parse_date(typed, field="Date of birth", today=TODAY) == day


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", FaultCode.ENTRY_EMPTY),
        ("  ", FaultCode.ENTRY_EMPTY),
        ("yesterday", FaultCode.ENTRY_NOT_A_DATE),
        ("12 3", FaultCode.ENTRY_NOT_A_DATE),
        ("12 3 1988 5", FaultCode.ENTRY_NOT_A_DATE),
        ("12 Foo 1988", FaultCode.ENTRY_NOT_A_DATE),
        ("Mar Apr 1988", FaultCode.ENTRY_NOT_A_DATE),
        ("1" * 41, FaultCode.ENTRY_NOT_A_DATE),
        ("12 3 \u1369\u1371\u1370\u1370", FaultCode.ENTRY_NOT_A_DATE),
        ("12\u1369388", FaultCode.ENTRY_NOT_A_DATE),
        ("<b>12 3 1988</b>", FaultCode.ENTRY_NOT_A_DATE),
        ("31 4 2020", FaultCode.ENTRY_DATE_DOES_NOT_EXIST),
        ("29 2 2023", FaultCode.ENTRY_DATE_DOES_NOT_EXIST),
        ("29 2 1900", FaultCode.ENTRY_DATE_DOES_NOT_EXIST),
        ("12 13 1988", FaultCode.ENTRY_DATE_DOES_NOT_EXIST),
        ("0 1 1988", FaultCode.ENTRY_DATE_DOES_NOT_EXIST),
        ("1 1 0000", FaultCode.ENTRY_DATE_DOES_NOT_EXIST),
        ("1 1 99999999999999999999", FaultCode.ENTRY_DATE_DOES_NOT_EXIST),
        ("21 11 2026", FaultCode.ENTRY_DATE_IN_FUTURE),
        ("1 1 2199", FaultCode.ENTRY_DATE_IN_FUTURE),
        ("31 12 1899", FaultCode.ENTRY_DATE_TOO_EARLY),
        ("1 1 198", FaultCode.ENTRY_DATE_TOO_EARLY),
    ],
)
def test_what_is_no_day_of_a_life_is_refused_with_a_sentence(typed: str, code: FaultCode) -> None:
    with pytest.raises(Fault) as caught:
        parse_date(typed, field="Date of birth", today=TODAY)
    assert caught.value.code is code
    assert "Date of birth" in Words().fault(caught.value).what


def test_an_expiry_may_lie_in_the_future() -> None:
    assert parse_date("30 11 2027", field="Expiry", today=TODAY, future=True) == date(2027, 11, 30)


@given(st.dates(min_value=date(1900, 1, 1), max_value=TODAY))
def test_every_day_survives_being_written_and_read(day: date) -> None:
    for written in (day.isoformat(), f"{day.day} {day.month} {day.year}", day.strftime("%d-%b-%Y")):
        assert parse_date(written, field="Day", today=TODAY) == day


@given(st.text(max_size=45))
def test_any_text_gives_a_day_or_a_fault(text: str) -> None:
    try:
        day = parse_date(text, field="Day", today=TODAY)
    except Fault:
        return
    assert date(1900, 1, 1) <= day <= TODAY


@pytest.mark.parametrize(
    "typed",
    [
        "Ana & Bo",
        "<b>Ana</b>",
        '<img src="/etc/passwd">',
        "O'Brien",
        "محمد",
        "Nguyễn Thị",
        "Ana 🙂",
        "a\u0301\u0302\u0303",
        "%s {0}",
    ],
)
def test_a_line_keeps_what_was_typed(typed: str) -> None:
    assert parse_line(f"  {typed} ", field="Name", limit=200) == typed


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", FaultCode.ENTRY_EMPTY),
        (" \t", FaultCode.ENTRY_EMPTY),
        ("a\x00b", FaultCode.ENTRY_CONTROL_CHARACTER),
        ("a\nb", FaultCode.ENTRY_CONTROL_CHARACTER),
        ("a\u2028b", FaultCode.ENTRY_CONTROL_CHARACTER),
        (f"a{RIGHT_TO_LEFT_OVERRIDE}b", FaultCode.ENTRY_CONTROL_CHARACTER),
        ("a" * 201, FaultCode.ENTRY_TOO_LONG),
    ],
)
def test_a_line_refuses_what_cannot_be_seen_or_is_too_long(typed: str, code: FaultCode) -> None:
    with pytest.raises(Fault) as caught:
        parse_line(typed, field="Name", limit=200, required=True)
    assert caught.value.code is code


def test_paragraphs_keep_their_lines() -> None:
    assert parse_paragraphs(" a\r\nb\rc\td ", field="Note", limit=100) == "a\nb\nc\td"
    with pytest.raises(Fault) as caught:
        parse_paragraphs(" \n ", field="Note", limit=100, required=True)
    assert caught.value.code is FaultCode.ENTRY_EMPTY


@pytest.mark.parametrize(
    "typed", ["", "+353 1 555 0142", "(01) 555-0142", "01/555.0142 ext. 12", "555 x4", "\u0661\u0662\u0663"]
)
def test_phones_people_write_are_kept(typed: str) -> None:
    assert parse_phone(typed, field="Phone") == western_digits(typed)


@pytest.mark.parametrize("typed", ["call me", "+", "ext. 5", "555 0142 ask for Bo"])
def test_what_cannot_be_dialled_is_no_phone(typed: str) -> None:
    with pytest.raises(Fault) as caught:
        parse_phone(typed, field="Phone")
    assert caught.value.code is FaultCode.ENTRY_NOT_A_PHONE


def test_a_phone_is_found_by_its_digits() -> None:
    assert phone_digits("+353 (1) 555-\u0660142") == "35315550142"


@pytest.mark.parametrize("typed", ["", "a@b", "ana.nowak+skin@clinic.example", "ana@bücher.example"])
def test_addresses_people_write_are_kept(typed: str) -> None:
    assert parse_email(typed, field="E-mail") == typed


@pytest.mark.parametrize("typed", ["ana", "@b", "a@", "a b@c", "a@b@c"])
def test_what_has_no_two_parts_is_no_address(typed: str) -> None:
    with pytest.raises(Fault) as caught:
        parse_email(typed, field="E-mail")
    assert caught.value.code is FaultCode.ENTRY_NOT_AN_EMAIL


@pytest.mark.parametrize("typed", ["1,000", "1.000", "12.500", "20,000", "+2,000", "١٬٠٠٠".replace("٬", ",")])
def test_what_may_be_a_thousand_is_not_taken_for_one(typed: str) -> None:
    with pytest.raises(Fault) as caught:
        parse_decimal(typed, field="Area", minimum=Decimal(1), maximum=Decimal(20000), places=1, unit="cm²")
    assert caught.value.code is FaultCode.ENTRY_TWO_WAYS


@pytest.mark.parametrize(
    ("typed", "most", "places"), [("1,000", 1000, 3), ("0,500", 5000, 2), ("1,50", 5000, 2), ("1.250", 3, 2)]
)
def test_what_can_only_be_a_fraction_is_one(typed: str, most: int, places: int) -> None:
    number = parse_decimal(typed, field="Area", minimum=Decimal(0), maximum=Decimal(most), places=places)
    assert number == Decimal(typed.replace(",", "."))


@pytest.mark.parametrize("typed", ["\uff10\uff0e\uff15", "\uff10\uff0c\uff15"])
def test_a_number_typed_in_full_width_is_read(typed: str) -> None:
    assert _depth(typed) == Decimal("0.5")


@pytest.mark.parametrize("typed", ["\u1369/2027", "\u1369 \u0663 \u1369", "06/\u1369\u136a", "\u1369\u0663"])
def test_a_sign_that_only_looks_like_a_digit_is_no_month_of_a_pack(typed: str) -> None:
    with pytest.raises(Fault):
        parse_expiry(typed, field="Use by", today=TODAY)


@pytest.mark.parametrize(
    "name", ["\u3164", "\u2800\u2800", "Ana \u3164Nowak", "Ana\U000e0042", "\u115fAna", "Ana\u202e", "\u2067Ana\u2069"]
)
def test_no_name_looks_like_another(name: str) -> None:
    with pytest.raises(Fault) as caught:
        parse_line(name, field="Full name", limit=80, required=True)
    assert caught.value.code is FaultCode.ENTRY_CONTROL_CHARACTER


@pytest.mark.parametrize("name", ["\u200b", "\u200d\u200c", "\U000e0041", "\u200f", "\ufeff \u00ad", "\u180e\u2060"])
def test_what_nobody_can_see_is_no_name(name: str) -> None:
    with pytest.raises(Fault) as caught:
        parse_line(name, field="Full name", limit=80, required=True)
    assert caught.value.code is FaultCode.ENTRY_EMPTY
    assert parse_line(name, field="Known as", limit=80) == ""


@pytest.mark.parametrize(
    ("pasted", "seen"),
    [
        ("An\u200ba Nowak", "Ana Nowak"),
        ("Ana\u2060 Nowak", "Ana Nowak"),
        ("Ana Nowak\u00ad\u200b", "Ana Nowak"),
        ("\ufeffAna \u00adNowak", "Ana Nowak"),
        ("\u200b Ana \ufeff", "Ana"),
        ("\u200eAna Nowak\u200e ", "Ana Nowak"),
        ("\u200c\u200dAna\u200d", "Ana"),
        ("\u200fאבי\u200f", "אבי"),
        ("សុខ\u200b", "សុខ"),
        ("សុខ\u200b\u200bវណ្ណ", "សុខ\u200bវណ្ណ"),
        ("សុខ\u200b Ana", "សុខ Ana"),
        ("ᠮᠣᠩᠭᠣᠯ\u180e", "ᠮᠣᠩᠭᠣᠯ"),
        ("A\u180eB", "AB"),
    ],
)
def test_what_comes_unseen_with_pasted_text_is_left_out(pasted: str, seen: str) -> None:
    assert parse_line(pasted, field="Full name", limit=80, required=True) == seen


@pytest.mark.parametrize(
    "name",
    [
        "សុខ\u200bវណ្ណារ៉ា",
        "ສົມ\u200bສັກ",
        "สม\u200bชาย ใจ\u200bดี",
        "အောင်\u200bဆန်း",
        "ᠰᠠᠷᠠᠨᠭᠡᠷᠡᠯ ᠴᠡᠴᠡᠭ\u180eᠡ",
    ],
)
def test_what_parts_the_words_of_a_script_without_blanks_stays(name: str) -> None:
    assert parse_line(name, field="Full name", limit=80, required=True) == name


def test_phone_and_address_lose_what_was_pasted_unseen() -> None:
    assert parse_phone("\u200b+353 1\ufeff 555 0142\u200e", field="Phone") == "+353 1 555 0142"
    assert parse_phone("\u202a+353 1 555 0142\u202c", field="Phone") == "+353 1 555 0142"
    assert parse_email("\ufeffana@b.example\u200b", field="E-mail") == "ana@b.example"


@given(st.text())
def test_leaving_out_the_unseen_twice_changes_nothing(text: str) -> None:
    assert without_unseen(without_unseen(text)) == without_unseen(text)


@pytest.mark.parametrize(
    "name", ["नरेन्\u200dद्र", "می\u200cخواهم", "אבי\u200f (Avi)", "👩🏽\u200d⚕️", "Zoe\u0308", "李 小龙"]
)
def test_what_joins_or_turns_the_letters_of_a_name_stays(name: str) -> None:
    assert parse_line(name, field="Full name", limit=80) == name
