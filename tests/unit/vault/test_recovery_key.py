"""The recovery key as it is printed and typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from needlelog.errors import Fault, FaultCode
from needlelog.vault import RecoveryKey

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def test_six_groups_of_five() -> None:
    key = RecoveryKey.new()
    assert [len(group) for group in key.groups] == [5] * 6
    assert key.text() == "-".join(key.groups)
    assert key != RecoveryKey.new()


def test_typed_with_blanks_small_letters_and_lookalikes() -> None:
    key = RecoveryKey("0011" + "ABCDE" * 4 + "Z")
    typed = key.text().replace("-", " ").lower().replace("0", "o").replace("1", "l")
    assert RecoveryKey.parse(f"  {typed} ") == key
    assert RecoveryKey.parse(key.text().replace("1", "I").replace("0", "O").replace("-", "")) == key


@given(st.integers(0, 29), st.sampled_from(LETTERS))
def test_one_wrong_letter_is_noticed(place: int, letter: str) -> None:
    whole = RecoveryKey("7KD2M" * 5).text().replace("-", "")
    if whole[place] == letter:
        return
    with pytest.raises(Fault) as caught:
        RecoveryKey.parse(whole[:place] + letter + whole[place + 1 :])
    assert caught.value.code is FaultCode.RECOVERY_KEY_WRONG


@pytest.mark.parametrize("typed", ["", "ABCDE", "UUUUU-" * 6, "😀" * 30, "A" * 31, "<b>" * 10])
def test_nonsense_is_refused(typed: str) -> None:
    with pytest.raises(Fault) as caught:
        RecoveryKey.parse(typed)
    assert caught.value.code is FaultCode.RECOVERY_KEY_WRONG


def test_part_of_the_sheet_confirms_it_was_kept() -> None:
    key = RecoveryKey.new()
    assert key.confirms(2, key.groups[2].lower())
    assert not key.confirms(2, "")
    assert not key.confirms(2, "UUUUU")


def test_the_key_does_not_show_in_a_log() -> None:
    key = RecoveryKey.new()
    assert key.groups[0] not in repr(key)
