"""What happens to text before any font is asked."""

from __future__ import annotations

import pytest

from needlelog.documents.fonts import clusters_of, composed
from needlelog.documents.lines import direction_of


@pytest.mark.parametrize(
    ("text", "direction"), [("Ana", "L"), ("אנה", "R"), ("12 محمد", "R"), ("12 · 3", "L"), ("", "L"), ("Ana אנה", "L")]
)
def test_the_first_letter_gives_the_direction(text: str, direction: str) -> None:
    assert direction_of(text) == direction


@pytest.mark.parametrize(
    ("text", "clusters"),
    [
        ("ab", ["a", "b"]),
        ("x\u0302y", ["x\u0302", "y"]),
        (" \u0302", [" ", "\u0302"]),
        ("a\u200d", ["a\u200d"]),
        ("", []),
    ],
)
def test_marks_stay_with_their_letter(text: str, clusters: list[str]) -> None:
    assert clusters_of(text) == clusters


@pytest.mark.parametrize(
    ("text", "printed"), [("a\r\nb\rc", "a\nb\nc"), ("a\tb", "a    b"), ("e\u0301", "é"), ("a\u3000b", "a b")]
)
def test_text_is_composed(text: str, printed: str) -> None:
    assert composed(text) == printed
