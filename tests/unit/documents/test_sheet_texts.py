"""What a sheet says: the shipped texts by their keys, with a clinic's own in their place."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from needlelog.documents.sheet_texts import OwnTexts, SheetTexts, fields_of, texts_used

SHIPPED = SheetTexts(
    "aftercare-es",
    "1.0",
    "es",
    False,
    MappingProxyType({"main": "Su piel.", "summary_lines.1": "Uno.", "rules.no-sun.text": "Nada de sol."}),
)


def test_without_own_texts_the_shipped_ones_are_used() -> None:
    assert texts_used(SHIPPED, None) is SHIPPED


def test_own_texts_stand_in_their_place_and_in_the_version() -> None:
    used = texts_used(SHIPPED, OwnTexts({"main": "Mi texto.", "summary_lines.1": ""}, "own 3"))

    assert used.texts == {"main": "Mi texto.", "summary_lines.1": "", "rules.no-sun.text": "Nada de sol."}
    assert (used.version, used.reviewed) == ("1.0 own 3", False)
    assert SHIPPED.texts["main"] == "Su piel."


def test_a_key_that_is_not_shipped_is_passed_over() -> None:
    assert texts_used(SHIPPED, OwnTexts({"rules.gone.text": "Old."})).texts == SHIPPED.texts


def test_the_clinic_says_that_the_texts_were_reviewed() -> None:
    used = texts_used(SHIPPED, OwnTexts({}, reviewed=True))
    assert (used.reviewed, used.version) == (True, "1.0")


@pytest.mark.parametrize(
    ("text", "found"), [("Until {until}.", {"until"}), ("{a} and {b}", {"a", "b"}), ("None.", set()), ("{}", {""})]
)
def test_the_fields_of_a_text(text: str, found: set[str]) -> None:
    assert fields_of(text) == found


@pytest.mark.parametrize("text", ["Until {until", "Until until}"])
def test_a_brace_alone_is_no_field(text: str) -> None:
    with pytest.raises(ValueError, match=r"[{}]"):
        fields_of(text)


SAID = {
    "rules.swim.text": "Do not swim until {until}.",
    "rules.swim.brief": "Do not swim.",
    "rules.wax.text": "Do not wax from {by} on.",
    "rules.wax.told": "Do not wax.",
    "rules.wax.brief": "waxing",
}


@pytest.mark.parametrize(
    ("language", "own", "changed"),
    [
        ("en", {"rules.swim.text": "Never swim until {until}."}, {"rules.swim.brief": "Never swim."}),
        ("en", {"rules.swim.text": "Never swim.", "rules.swim.brief": "No sea."}, {"rules.swim.brief": "No sea."}),
        ("en", {"rules.swim.text": ""}, {"rules.swim.brief": "Do not swim."}),
        (
            "en",
            {"rules.wax.text": "Never wax from {by} on."},
            {"rules.wax.told": "Never wax.", "rules.wax.brief": "waxing"},
        ),
        ("es", {"rules.swim.text": "Sin mar hasta {until}."}, {"rules.swim.brief": "Sin mar hasta {until}."}),
    ],
)
def test_an_own_sentence_of_a_rule_is_what_stands_under_its_heading(
    language: str, own: dict[str, str], changed: dict[str, str]
) -> None:
    shipped = SheetTexts("aftercare", "1.0", language, reviewed=False, texts=SAID)
    assert texts_used(shipped, OwnTexts(own)).texts == SAID | own | changed
