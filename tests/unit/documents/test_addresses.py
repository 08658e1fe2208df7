"""Addresses on paper: parted where they may be, and begun on the line where they stand."""

from __future__ import annotations

import pytest

from needlelog.documents.lines import Span, break_lines

ADDRESS = "glow-refinery.com/blogs/microneedling-resources/microneedling-depth-guide-for-different-areas-of-your-face"


def lines(text: str, room: float) -> list[str]:
    return ["".join(run.text for run in line.runs) for line in break_lines([Span(text)], room)]


@pytest.mark.parametrize("room", [12, 15, 20, 30])
def test_it_is_parted_only_after_a_stroke_a_dot_a_dash_or_a_question_mark(room: float) -> None:
    found = lines(ADDRESS, room)
    assert len(found) > 1
    assert "".join(found) == ADDRESS
    for line in found[:-1]:
        assert line[-1] in "/.-?"


def test_it_begins_on_the_line_of_what_stands_before_it() -> None:
    first, *_ = lines(f"Source: {ADDRESS}", 20)
    assert first.startswith("Source: glow-")


def test_a_word_without_a_place_to_part_it_begins_on_a_line_of_its_own() -> None:
    assert lines(f"Name {'x' * 60}", 20)[0] == "Name"


def test_a_date_or_a_short_address_is_not_parted() -> None:
    assert lines("until 12-Mar-1988 and example.org/a", 8)[:2] == ["until", "12-Mar-1988"]
