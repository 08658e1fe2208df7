"""The code of a seal is typed from a print: what was meant is understood, and a slip is not taken for another."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from needlelog.domain.seal_code import SealCode, codes_in
from needlelog.errors import Fault, FaultCode

FIRST, SHA = "5a" * 32, "0123456789abcdef" * 4
CODE = SealCode.of(FIRST, 1234, SHA)


def test_it_is_five_groups_of_four_and_read_back_as_it_was() -> None:
    shown = str(CODE)
    assert [len(group) for group in shown.split("-")] == [4, 4, 4, 4, 4]
    assert SealCode.parse(shown) == CODE
    assert (CODE.fits_clinic(FIRST), CODE.fits(SHA), CODE.number) == (True, True, 1234)
    assert (CODE.fits_clinic("5b" * 32), CODE.fits("1" + SHA[1:])) == (False, False)


@given(st.integers(0, 33_554_431), st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32))
def test_every_code_comes_back(number: int, first: bytes, sha256: bytes) -> None:
    code = SealCode.of(first.hex(), number, sha256.hex())
    assert SealCode.parse(str(code)) == code


@pytest.mark.parametrize(
    "typed",
    [
        lambda code: code.lower(),
        lambda code: code.replace("-", ""),
        lambda code: f"  {code.replace('-', ' - ')}\n",
        lambda code: code.replace("-", "\u2013"),
        lambda code: code.replace("0", "o").replace("1", "l"),
        lambda code: "".join(chr(ord(one) + 0xFEE0) if one.isalnum() else one for one in code),
    ],
)
def test_it_is_taken_however_it_is_typed(typed: object) -> None:
    assert SealCode.parse(typed(str(CODE))) == CODE  # type: ignore[operator]


@given(st.integers(0, 23), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_one_letter_mistaken_is_noticed_or_at_least_no_code_of_this_seal(place: int, letter: str) -> None:
    shown = str(CODE)
    if shown[place] in ("-", letter):
        return
    with suppress(Fault):
        assert SealCode.parse(shown[:place] + letter + shown[place + 1 :]) != CODE


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", FaultCode.CODE_EMPTY),
        (" \n\t", FaultCode.CODE_EMPTY),
        ("AB", FaultCode.CODE_LENGTH),
        ("Łukasz <b>& Søn", FaultCode.CODE_LENGTH),
        ("A" * 21, FaultCode.CODE_LENGTH),
        ("A" * 1_000_000, FaultCode.CODE_LENGTH),
        (" " * 1_000_000 + "A", FaultCode.CODE_LENGTH),
        ("A" * 20, FaultCode.CODE_MISTYPED),
        ("U" * 20, FaultCode.CODE_MISTYPED),
        ("٣" * 20, FaultCode.CODE_MISTYPED),
    ],
)
def test_what_is_no_code_is_said_plainly(typed: str, code: FaultCode) -> None:
    with pytest.raises(Fault) as caught:
        SealCode.parse(typed)
    assert caught.value.code is code


def test_codes_are_found_in_a_text_each_once() -> None:
    other = SealCode.of(FIRST, 9, SHA)
    text = f"Seal {CODE}, again {CODE}; {other}. AAAA-BBBB-CCCC-DDDD-EEEE X{CODE}"
    assert codes_in(text, 10) == (CODE, other)
    assert codes_in(text, 1) == (CODE,)
