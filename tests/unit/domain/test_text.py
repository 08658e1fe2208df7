"""Text for finding: one form of each letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from needlelog.domain.text import fold


@pytest.mark.parametrize(
    ("written", "sought"),
    [
        ("Łukasz", "lukasz"),
        ("SØREN", "soren"),
        ("Đặng Thị Hạnh", "dang thi hanh"),
        ("Æther Œuvre", "aether oeuvre"),
        ("Müller", "MULLER"),
        ("Straße", "strasse"),
        ("Ζωή", "ζωη"),
        ("Алёна", "алена"),
        ("e\u0301", "é"),
        ("  Ana   Maria ", "ana maria"),
        ("Ｆｕｌｌ", "full"),
        ("ﬁn", "fin"),
        ("Þór", "thor"),
        ("ℌ", "h"),
        ("សុខ\u200bវណ្ណ", "សុខវណ្ណ"),
        ("ᠴᠡᠴᠡᠭ\u180eᠡ", "ᠴᠡᠴᠡᠭᠡ"),
        ("An\u00ada\ufeff", "ana"),
    ],
)
def test_names_meet_without_case_and_accents(written: str, sought: str) -> None:
    assert fold(written) == fold(sought)


@pytest.mark.parametrize(("one", "other"), [("Ana", "Anna"), ("Lee", "Li"), ("Мария", "Марина"), ("王伟", "王芳")])
def test_different_names_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
