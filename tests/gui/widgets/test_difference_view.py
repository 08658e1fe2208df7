"""What changed between two texts: readable without colour, and by ear."""

from __future__ import annotations

import pytest

from needlelog.i18n import Words
from ui.toolkit.theme import DARK, Theme
from ui.widgets.difference_view import DifferenceView, Piece, difference


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("Do not swim.", "Do not swim.", [("Do not swim.", "same")]),
        ("Do not swim.", "Do not bathe.", [("Do not ", "same"), ("swim.", "out"), ("bathe.", "in")]),
        ("Do not swim.", "", [("Do not swim.", "out")]),
        ("", "Call us.", [("Call us.", "in")]),
        ("Call us.", "Call us at once, please.", [("Call ", "same"), ("us.", "out"), ("us at once, please.", "in")]),
        ("不要游泳。", "不要洗澡。", [("不要", "same"), ("游泳", "out"), ("洗澡", "in"), ("。", "same")]),
    ],
)
def test_words_that_stay_go_and_come(before: str, after: str, pieces: list[tuple[str, str]]) -> None:
    assert difference(before, after) == tuple(Piece(text, how) for text, how in pieces)  # type: ignore[arg-type]


def test_nothing_of_either_text_is_lost() -> None:
    before, after = "Stay out of heat, sweat and sun.", "Keep out of the sun and heat."
    pieces = difference(before, after)
    for how, text in (("out", before), ("in", after)):
        told = " ".join(piece.text.strip() for piece in pieces if piece.how in ("same", how))
        assert told.split() == text.split()


def test_it_is_told_by_marks_and_by_ear_and_markup_stays_text(theme: Theme, words: Words) -> None:
    view = DifferenceView(theme, words)
    view.show_difference("Do not swim <b>today</b>", "Do not bathe <b>today</b>")
    assert view.text() == "Do not [– swim] [+ bathe] <b>today</b>"
    assert view.accessibleName() == "Do not, taken out: swim, put in: bathe, <b>today</b>"
    view.show_difference("Call us", "")
    assert view.text() == "[– Call us] "
    view.show_difference("Call us now", "Call us")
    assert view.text() == "Call us [– now] "


def test_it_is_as_high_as_its_lines_in_any_look(theme: Theme, words: Words) -> None:
    view = DifferenceView(theme, words)
    view.show_difference("Do not swim. " * 20, "Do not bathe. " * 20)
    assert view.heightForWidth(200) > 3 * view.heightForWidth(1200)
    before = view.heightForWidth(400)
    theme.use(DARK, 2.0)
    assert view.heightForWidth(400) > before
    assert "[+ bathe" in view.text()
