"""A clinic's own wording held against the shipped rules: what is lost is noticed in all ten languages."""

from __future__ import annotations

import re

import pytest

from needlelog.documents.aftercare_texts import shipped_aftercare
from needlelog.documents.firmness import firmness, plain
from needlelog.documents.preparation_texts import shipped_preparation
from needlelog.documents.sheet_texts import SheetTexts
from needlelog.documents.weakened import Weakened, weakened
from needlelog.documents.wording import Wording
from needlelog.domain.own_texts import SheetKind
from needlelog.i18n import Words
from needlelog.knowledge.model import Knowledge
from needlelog.knowledge.reading import load_knowledge
from needlelog.paths import resources
from tests.integration.documents.languages import LANGUAGES

WORDS = Words()
MAKE_UP, SWIM, PUS, FAINT = (
    f"rules.{rule}.text" for rule in ("no-make-up", "no-swimming", "call-infection", "call-emergency-numbing")
)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(resources() / "knowledge")


@pytest.fixture(scope="module")
def sheets(knowledge: Knowledge) -> dict[tuple[SheetKind, str], Wording]:
    found = {}
    for language in LANGUAGES:
        after = shipped_aftercare(language, knowledge.aftercare.values())
        before = shipped_preparation(language, knowledge.preparing.values())
        found[SheetKind.AFTERCARE, language] = Wording(SheetKind.AFTERCARE, after, knowledge.aftercare)
        found[SheetKind.PREPARATION, language] = Wording(SheetKind.PREPARATION, before, knowledge.preparing)
    return found


def noticed(sheets: dict[tuple[SheetKind, str], Wording], key: str, text: str) -> str:
    """What is said of one English text of the aftercare sheet; "" where nothing is."""
    found = weakened(sheets[SheetKind.AFTERCARE, "en"], {key: text}, WORDS)
    assert len(found) <= 1
    return found[0].said if found else ""


def test_removing_no_make_up_for_two_days_is_noticed_with_its_sentence_and_source(
    sheets: dict[tuple[SheetKind, str], Wording],
) -> None:
    (found,) = weakened(sheets[SheetKind.AFTERCARE, "en"], {MAKE_UP: ""}, WORDS)
    assert found == Weakened(
        MAKE_UP,
        "no-make-up",
        "The rule is left out. Shipped: “Do not wear make-up on the treated skin until {until}.” "
        "(48 h; founding article A, founding article B, 4 more)",
    )


@pytest.mark.parametrize(
    ("key", "text", "says"),
    [
        (MAKE_UP, "Do not wear make-up on the treated skin.", "{until} is lost"),
        (MAKE_UP, "Wear make-up on the treated skin until {until}.", "no longer forbids"),
        (MAKE_UP, "Try not to wear make-up on the treated skin until {until}.", "“try” makes it softer"),
        (MAKE_UP, "Do not wear heavy make-up for 12 hours, until {until}.", "figure of its own, 12"),
        (MAKE_UP, "Do not swim in the lake of your town until {until}.", "something else"),
        (SWIM, "Do not swim {until}.", "less than half"),
        (PUS, "Write to us the same day for pus, spreading warmth, fever or growing pain.", "no longer asks to call"),
        (PUS, "Call us for pus.", "less than half"),
        (FAINT, "Call us for grey or blue skin, fits or fainting.", "emergency number"),
        ("rules.moisturise.text", "Do not use a plain moisturiser or a soothing serum.", "forbids what the rule asks"),
        ("rules.normal-redness.text", "Redness like sunburn is normal.", "{until} is lost"),
        ("main", "Your skin is healing. Keep germs, heat and sun away from it, and leave it alone.", "asks to call"),
        ("main", "If anything worries you, call us.", "less than half"),
        ("call", "Questions", "asks to call"),
        ("summary_lines.3", "", "line is left out"),
    ],
)
def test_whatever_says_less_is_noticed(
    sheets: dict[tuple[SheetKind, str], Wording], key: str, text: str, says: str
) -> None:
    assert says in noticed(sheets, key, text)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        (MAKE_UP, "Please do not wear any make-up on the treated skin until {until}."),
        (MAKE_UP, "Never put make-up there until {until}, {clinic} asks you."),
        ("rules.no-make-up.brief", ""),
        (PUS, "Reach us on {phone} the same day for pus, spreading warmth, fever or growing pain."),
        (FAINT, "Call 999 for grey or blue skin, fits or fainting."),
        ("rules.sunscreen.text", "Wear mineral sunscreen SPF 30+ when you go outdoors."),
        ("diary_rows.1", ""),
        ("title", "After your visit"),
        (
            "main",
            "Your skin heals. Keep it clean and cool, out of the sun. Leave it be. Worried? Call us: {phone}.",
        ),
    ],
)
def test_other_words_for_the_same_need_no_reason(
    sheets: dict[tuple[SheetKind, str], Wording], key: str, text: str
) -> None:
    assert noticed(sheets, key, text) == ""


def test_a_consent_loses_no_paragraph_unnoticed() -> None:
    texts = {"title": "Consent", "paragraphs.1": "Risks. " + "Scars and burns. " * 10, "paragraphs.2": "Not reviewed."}
    wording = Wording(SheetKind.CONSENT, SheetTexts("consent-en", "1", "en", reviewed=False, texts=texts), {})
    assert [one.key for one in weakened(wording, {"paragraphs.1": "", "paragraphs.2": ""}, WORDS)] == ["paragraphs.1"]
    (cut,) = weakened(wording, {"paragraphs.1": "Risks. " + "Scars and burns. " * 6}, WORDS)
    assert "a quarter" in cut.said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sheet", [SheetKind.AFTERCARE, SheetKind.PREPARATION])
def test_every_shipped_rule_is_firm_in_words_that_are_known(
    sheets: dict[tuple[SheetKind, str], Wording], sheet: SheetKind, language: str
) -> None:
    wording, words = sheets[sheet, language], firmness(language)
    assert words is not None
    for key, text in wording.shipped.texts.items():
        rule, part = wording.rule_of(key), wording.part_of(key)
        if rule is None:
            continue
        # Under the heading "no" of the aftercare sheet the short words of preparing are the things alone.
        if rule.kind in {"avoid", "leave"} and (part, sheet) != ("brief", SheetKind.PREPARATION):
            assert words.forbids.search(plain(text)), text
        if rule.kind == "call" and part == "text":
            assert words.calls.search(plain(text)), text
            assert "emergency" not in rule.id or words.emergency.search(plain(text)), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_rule_that_lost_its_not_is_noticed_in_every_language(
    sheets: dict[tuple[SheetKind, str], Wording], language: str
) -> None:
    wording, words = sheets[SheetKind.AFTERCARE, language], firmness(language)
    assert words is not None
    forbidding = [
        key
        for key in wording.shipped.texts
        if (rule := wording.rule_of(key)) and rule.kind == "avoid" and wording.part_of(key) == "text"
    ]
    permissive = {key: _without(words.forbids, wording.shipped.texts[key]) for key in forbidding}
    assert {one.key for one in weakened(wording, permissive, WORDS)} == set(forbidding)
    timeless = {key: text.replace("{until}", "") for key, text in wording.shipped.texts.items() if "{until}" in text}
    assert {one.key for one in weakened(wording, timeless, WORDS)} == set(timeless)
    left_out = {key: "" for key in wording.shipped.texts if wording.part_of(key) == "text"}
    assert {one.key for one in weakened(wording, left_out, WORDS)} == set(left_out)


def _without(words: re.Pattern[str], text: str) -> str:
    return " ".join(words.sub(" ", text.replace("’", "'").casefold()).split()) or "…"


@pytest.mark.parametrize("language", LANGUAGES)
def test_shipped_wording_says_as_much_as_itself(sheets: dict[tuple[SheetKind, str], Wording], language: str) -> None:
    for sheet in (SheetKind.AFTERCARE, SheetKind.PREPARATION):
        wording = sheets[sheet, language]
        assert weakened(wording, {key: f"{text} " for key, text in wording.shipped.texts.items()}, WORDS) == ()
