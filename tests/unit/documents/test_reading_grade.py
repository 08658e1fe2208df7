"""The reading measures, held against values that were computed by hand."""

from __future__ import annotations

import pytest

from needlelog.documents.reading_grade import MEASURES, Counted, Reading, counted, reading_of, sentences, syllables

ENGLISH = {"skin": 1, "sunscreen": 2, "moisturiser": 4, "redness": 2, "make": 1, "needles": 2, "the": 1}


def test_english_syllables() -> None:
    assert {word: syllables(word, "en") for word in ENGLISH} == ENGLISH


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        # 8 words, 2 sentences, 9 syllables (Do not wash your face 5, Keep it cool 3): 0.39*4 + 11.8*8/8 - 15.59
        ("en", "Do not wash your face. Keep it cool.", 0.39 * 4 + 11.8 * 1 - 15.59),
        # No-se-la-ve-la-ca-ra: 5 words, 7 syllables, one sentence
        ("es", "No se lave la cara.", 206.835 - 62.3 * 7 / 5 - 5),
        # Ne-la-vez-pas-la-peau: 5 words, 6 syllables
        ("fr", "Ne lavez pas la peau.", 207 - 1.015 * 5 - 73.6 * 6 / 5),
        # Nicht-in-die-Son-ne-ge-hen: 5 words, 7 syllables
        ("de", "Nicht in die Sonne gehen.", 180 - 5 - 58.5 * 7 / 5),
        # Nao-la-ve-a-ca-ra: 4 words, 6 syllables
        ("pt", "Não lave a cara.", 248.835 - 1.015 * 4 - 84.6 * 6 / 4),
        # O-pu-chliz-na has four syllables: one hard word of three
        ("pl", "Opuchlizna jest normalna.", 12 - 0.4 * (3 + 100 / 3)),
    ],
)
def test_the_index_is_the_published_formula(language: str, text: str, value: float) -> None:
    grade = reading_of([text], language).grade
    assert grade == pytest.approx(value)


def test_texts_add_up_and_each_ends_its_own_sentence() -> None:
    assert counted("Keep it cool", "en") + counted("Rest. Sleep well!", "en") == Counted(3, 6, 6, 0, 3)
    reading = reading_of(["Keep it cool", "", "Rest. Sleep well!"], "en")
    assert (reading.mean, reading.longest) == (2, 3)


def test_names_of_drugs_and_placeholders_read_as_one_plain_word() -> None:
    (words,) = sentences("Use no benzoyl peroxide until {until}.", "en")
    assert words == ["Use", "no", "cream", "until", "Sunday"]


@pytest.mark.parametrize("language", ["ar", "he", "vi", "zh"])
def test_where_there_is_no_measure_only_the_sentences_count(language: str) -> None:
    reading = reading_of(["لا تغسلوا شعركم. 不要洗头。Không gội đầu."], language)
    assert language not in MEASURES
    assert reading.grade is None
    assert reading.counted.words > 0


def test_chinese_is_counted_in_signs() -> None:
    reading = reading_of(["不要洗头。{until}之前，请待在室内。"], "zh")
    assert (reading.counted.sentences, reading.longest) == (2, 7)


@pytest.mark.parametrize(
    ("text", "easy"),
    [
        ("Do not wash your face.", True),
        ("Transient erythema following percutaneous instrumentation necessitates medical consultation.", False),
        ("Rest. " * 3 + "Rest and " * 13 + "rest.", False),
    ],
)
def test_easy_reading_keeps_to_every_limit(text: str, easy: bool) -> None:
    assert reading_of([text], "en").easy is easy


def test_nothing_to_read_has_no_grade() -> None:
    assert (Reading("en", Counted()).grade, Reading("en", Counted()).mean) == (None, 0)
