"""The shipped consent text, and what a damaged one is answered with."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from needlelog.documents.fonts import check_printable
from needlelog.errors import Fault, FaultCode
from needlelog.knowledge.consent import load_consent_texts, text_for

SHIPPED = Path(__file__).parents[3] / "resources" / "consent"
GOOD = 'title = "Consent"\nversion = "1"\nlanguage = "en"\nreviewed = false\nparagraphs = ["One.", "Two."]\n'


def test_the_shipped_text_says_all_it_has_to() -> None:
    text = text_for(load_consent_texts(SHIPPED), "en")
    assert (text.id, text.version, text.language) == ("en-1", "1", "en")
    said = text.text.lower()
    for part in (
        "infection", "bleeding", "bruising", "burning", "swelling", "wrinkles", "cold sores", "scars",
        "stay for good", "darker skin", "creams or sun protection", "guaranteed", "washing", "take back my consent",
        "my data", "not legal advice", "not yet been reviewed",
    ):  # fmt: skip
        assert part in said, part


LANGUAGES = ("ar", "de", "en", "es", "fr", "he", "pl", "pt", "vi", "zh")
SCRIPTS = {"ar": "ARABIC", "he": "HEBREW", "zh": "CJK"}


def test_the_text_is_there_in_each_language_paragraph_for_paragraph() -> None:
    texts = {text.language: text for text in load_consent_texts(SHIPPED)}
    assert tuple(texts) == LANGUAGES
    english = texts["en"].text.split("\n\n")
    for language, text in texts.items():
        paragraphs = text.text.split("\n\n")
        assert len(paragraphs) == len(english), language
        # Nothing is left out: Chinese says the same in a third of the characters.
        least = 0.15 if language == "zh" else 0.6
        for place, (own, model) in enumerate(zip(paragraphs, english, strict=True)):
            assert len(own) > least * len(model), (language, place)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_text_is_in_its_own_script_and_prints(language: str) -> None:
    text = text_for(load_consent_texts(SHIPPED), language)
    assert text.language == language
    letters = [letter for letter in text.title + text.text if letter.isalpha()]
    script = SCRIPTS.get(language, "LATIN")
    strange = {letter for letter in letters if not unicodedata.name(letter).startswith(script)}
    assert not strange
    assert check_printable(text.text)


def test_a_language_without_a_text_is_served_in_english(tmp_path: Path) -> None:
    texts = load_consent_texts(SHIPPED)
    assert text_for(texts, "el").language == "en"
    (tmp_path / "de-1.toml").write_text(GOOD.replace('"en"', '"de"'))
    assert text_for(load_consent_texts(tmp_path), "el").language == "de"


def test_paragraphs_are_parted_by_an_empty_line(tmp_path: Path) -> None:
    (tmp_path / "en-1.toml").write_text(GOOD)
    (text,) = load_consent_texts(tmp_path)
    assert text.text == "One.\n\nTwo."


def test_the_newest_version_of_a_language_comes_first(tmp_path: Path) -> None:
    for language, version in (("en", "2"), ("de", "1"), ("en", "10"), ("en", "1")):
        changed = GOOD.replace('"en"', f'"{language}"').replace('version = "1"', f'version = "{version}"')
        (tmp_path / f"{language}-{version}.toml").write_text(changed)
    assert [text.id for text in load_consent_texts(tmp_path)] == ["de-1", "en-10", "en-2", "en-1"]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('title = "Consent"\n', "", "title"),
        ('title = "Consent"', 'title = ""', "title"),
        ('title = "Consent"', "title = 1", "title"),
        ("reviewed = false", 'reviewed = "no"', "reviewed"),
        ("reviewed = false", "reviewed = false\nauthor = 1", "author"),
        ('["One.", "Two."]', "[]", "paragraphs"),
        ('["One.", "Two."]', '["One.", " "]', "paragraphs"),
        ('["One.", "Two."]', "[1]", "paragraphs"),
        ('version = "1"', 'version = "2"', "version"),
        ('version = "1"', 'version = "first"', "version"),
        ('language = "en"', 'language = "de"', "version"),
        ("title =", "title", "-"),
    ],
)
def test_a_damaged_text_is_named(tmp_path: Path, old: str, new: str, key: str) -> None:
    assert old in GOOD
    (tmp_path / "en-1.toml").write_text(GOOD.replace(old, new))
    with pytest.raises(Fault) as caught:
        load_consent_texts(tmp_path)
    values = caught.value.values
    assert (caught.value.code, values["file"], values["key"]) == (FaultCode.KNOWLEDGE_BROKEN, "en-1.toml", key)


def test_no_text_at_all_is_a_missing_resource(tmp_path: Path) -> None:
    with pytest.raises(Fault) as caught:
        load_consent_texts(tmp_path)
    assert caught.value.code is FaultCode.RESOURCE_MISSING
