"""What a passphrase is worth."""

from __future__ import annotations

import pytest

from needlelog.vault import Hint, passphrase_strength
from needlelog.vault.passphrase import normalised


@pytest.mark.parametrize("text", ["", "short", "123456789", "żółć"])
def test_short_is_refused(text: str) -> None:
    strength = passphrase_strength(text)
    assert not strength.enough
    assert strength.hint is Hint.LONGER


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("password2024", Hint.LESS_COMMON),
        ("needlelogclinic", Hint.LESS_COMMON),
        ("aaaaaaaaaaaaaaaa", Hint.LESS_REPEATED),
        ("abcdefghijklmnop", Hint.LESS_REPEATED),
        ("12345678901234567890", Hint.LESS_REPEATED),
    ],
)
def test_common_words_runs_and_repeats_count_for_little(text: str, hint: Hint) -> None:
    strength = passphrase_strength(text)
    assert strength.score == 1
    assert strength.hint is hint


def test_four_unrelated_words_are_strong() -> None:
    assert passphrase_strength("lantern orbit mustard violin").score == 4


def test_strength_grows_with_length() -> None:
    scores = [
        passphrase_strength(text).score
        for text in ("kite", "kite orbit m", "kite orbit mustard", "kite orbit mustard vio")
    ]
    assert scores == sorted(scores)
    assert scores[0] == 0
    assert scores[-1] >= 3


def test_one_passphrase_however_its_accents_are_composed() -> None:
    assert normalised("cre\u0301me br\u00fbl\u00e9e") == normalised("cr\u00e9me bru\u0302le\u0301e")
    assert normalised("ﬁne") == normalised("fine")
    assert normalised("a") != normalised("A")
