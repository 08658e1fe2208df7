"""Bold words within the clinic's wording: written with asterisks, checked, and printed as they were meant."""

from __future__ import annotations

import pytest

from needlelog.documents.emphasis import BEGIN, END, check_emphasis, emphasised, marked, unmarked
from needlelog.documents.fonts import Face
from needlelog.documents.lines import Span, break_lines
from needlelog.errors import Fault, FaultCode


def pieces(text: str) -> list[tuple[str, bool]]:
    return [(one.text, one.face is Face.BOLD) for one in emphasised(Span(text, colour="#000000"))]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Do **not** swim.", [("Do ", False), ("not", True), (" swim.", False)]),
        ("**Never** swim, **never**", [("Never", True), (" swim, ", False), ("never", True)]),
        ("Make**-up**", [("Make", False), ("-up", True)]),
        ("2 * 3 * 4", [("2 * 3 * 4", False)]),
        ("请**不要**洗头。", [("请", False), ("不要", True), ("洗头。", False)]),
    ],
)
def test_what_stands_between_asterisks_is_bold(text: str, said: list[tuple[str, bool]]) -> None:
    check_emphasis(text, "A rule")
    assert pieces(marked(text)) == said
    assert unmarked(marked(text)) == text.replace("**", "")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Do **not swim.", FaultCode.WORDING_EMPHASIS_OPEN),
        ("Do not** swim.", FaultCode.WORDING_EMPHASIS_OPEN),
        ("Do **not** **swim.", FaultCode.WORDING_EMPHASIS_OPEN),
        ("Do **** swim.", FaultCode.WORDING_EMPHASIS_OPEN),
        ("Do ** ** swim.", FaultCode.WORDING_EMPHASIS_OPEN),
        ("لا تغ**سلوا** شعركم", FaultCode.WORDING_EMPHASIS_WITHIN),
    ],
)
def test_emphasis_that_cannot_be_printed_is_refused_by_the_name_of_the_text(text: str, code: FaultCode) -> None:
    with pytest.raises(Fault) as caught:
        check_emphasis(text, "A rule")
    assert (caught.value.code, caught.value.values) == (code, {"field": "A rule"})


@pytest.mark.parametrize("text", [f"Ana {BEGIN}Nowak", f"Ana{END}", f"{BEGIN}{BEGIN}Ana"])
def test_a_mark_that_somebody_typed_stays_and_is_refused_as_any_other_letter_without_a_font(text: str) -> None:
    assert "".join(said for said, _ in pieces(text)) == text
    assert unmarked(text) == text


def test_in_a_text_from_right_to_left_every_piece_reads_that_way() -> None:
    span = Span(marked("لا **تلمسوه** (**12**)."))
    assert {one.direction for one in emphasised(span, "R")} == {"R"}
    assert {one.direction for one in emphasised(Span(marked("SPF **30**.")), "R")} == {None}
    (line,) = break_lines(list(emphasised(span, "R")), 40, "R")
    assert "".join(run.text for run in line.runs)[:5] == ".(12)"
