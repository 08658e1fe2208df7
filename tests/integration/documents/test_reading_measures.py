"""How plainly the sheets speak in other languages: by sentence length, and by the published index where there is one.

The measures are the program's own, held against hand-computed values in ``test_reading_grade``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest

from needlelog.documents.aftercare_texts import aftercare_texts
from needlelog.documents.layout import Style, Text
from needlelog.documents.paper_file import CONTENT_WIDTH
from needlelog.documents.preparation_texts import preparation_texts
from needlelog.documents.reading_grade import MEASURES, reading_of, syllables
from needlelog.documents.sheet_style import LARGE_SIZE
from needlelog.knowledge.model import Knowledge
from needlelog.knowledge.reading import load_knowledge
from needlelog.paths import resources
from tests.integration.documents.languages import LANGUAGES, OTHERS

AND_THEN = {
    "ar": " ثم ",
    "de": " und dann ",
    "es": " y luego ",
    "fr": " et puis ",
    "he": " ואז ",
    "pl": " a potem ",
    "pt": " e depois ",
    "vi": " rồi sau đó ",
    "zh": "然后",
}
"""M6: with which a line would hold two acts."""

JARGON = {
    "ar": r"حمامى|وذمة|فرط التصبغ|موضعي",
    "de": r"Erythem|Ödem|Hyperpigment|topisch|Läsion|Pruritus|Hämatom",
    "es": r"eritema|edema|hiperpigment|tópic|lesion|prurito|hematoma",
    "fr": r"érythème|œdème|hyperpigment|topique|lésion|prurit|hématome",
    "he": r"אריתמה|בצקת|היפרפיגמנט|נגע",
    "pl": r"rumień|erytem|hiperpigment|przebarwie\w+ pozapal|zmian\w* chorobow|świąd",
    "pt": r"eritema|edema|hiperpigment|tópic|lesã|lesõ|prurido|hematoma",
    "vi": r"hồng ban|phù nề|tăng sắc tố|tổn thương|xuất huyết",
    "zh": r"红斑|水肿|色素沉着|病变|瘙痒|血肿",
}
"""M8: words of the trade."""

BESIDE = 60.0
"""What the signs and the rail of the timeline take of a line, in points."""

MEASURED = sorted(set(MEASURES) - {"en"})


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(resources() / "knowledge")


def sections(language: str, knowledge: Knowledge) -> dict[str, list[str]]:
    """The texts by the section in which they stand."""
    texts = aftercare_texts(language, knowledge.aftercare.values())
    before = preparation_texts(language, knowledge.preparing.values())
    found: dict[str, list[str]] = {}
    for rule in knowledge.aftercare.values():
        told = texts.rules[rule.id]
        found.setdefault(f"aftercare {rule.kind}", []).append(told.text)
        found.setdefault(f"aftercare {rule.kind}, in short", []).append(told.brief or told.text)
    for advice in knowledge.preparing.values():
        found.setdefault(f"preparation {advice.kind}", []).append(before.rules[advice.id].text)
    found["aftercare frame"] = [texts.main, texts.timeline_note, *texts.diary_rows, *texts.summary_lines]
    found["preparation frame"] = [before.main, before.timeline_note, *before.tick_rows, *before.summary_lines]
    return found


def index(texts: Iterable[str], language: str) -> float:
    found = reading_of(texts, language).grade
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", {"piel": 1, "limpia": 2, "cicatrices": 4, "día": 2, "quemada": 3, "cuidado": 3, "sol": 1, "ahora": 3}),
        ("fr", {"peau": 1, "propre": 1, "soleil": 2, "visage": 2, "médecin": 3, "appelez": 3, "rougeur": 2, "que": 1}),
        ("de", {"haut": 1, "sauber": 2, "sonne": 2, "behandelten": 4, "zeigen": 2, "arzt": 1, "feuchtigkeit": 3}),
        ("pt", {"pele": 2, "limpa": 2, "sol": 1, "mãos": 1, "vermelhidão": 4, "telefone": 4, "cicatrizes": 4}),
        ("pl", {"skóra": 2, "nie": 1, "się": 1, "zaczerwienienie": 5, "dotykaj": 3, "słońce": 2, "opuchlizna": 4}),
    ],
)
def test_syllables_are_counted_as_they_are_spoken(language: str, words: dict[str, int]) -> None:
    assert {word: syllables(word, language) for word in words} == words


@pytest.mark.parametrize(
    ("language", "easy", "hard"),
    [
        ("es", "No se lave la cara. Use agua fría.", "La hiperpigmentación postinflamatoria requiere valoración."),
        ("fr", "Ne lavez pas la peau.", "Une hyperpigmentation transitoire nécessite une consultation spécialisée."),
        ("de", "Nicht in die Sonne gehen.", "Postinflammatorische Hyperpigmentierungen erfordern Konsultationen."),
        ("pt", "Não lave a cara.", "A hiperpigmentação transitória necessita de consulta especializada imediata."),
        ("pl", "Nie myj skóry.", "Przejściowe przebarwienia pozapalne wymagają specjalistycznej konsultacji."),
    ],
)
def test_the_index_knows_plain_from_hard(language: str, easy: str, hard: str) -> None:
    least = MEASURES[language].limit
    assert index([easy], language) > least + 3 > least > index([hard], language)


@pytest.mark.parametrize("language", MEASURED)
def test_every_section_is_easy_reading(language: str, knowledge: Knowledge) -> None:
    measured = {name: round(index(texts, language), 1) for name, texts in sections(language, knowledge).items()}
    assert min(measured.values()) >= MEASURES[language].limit, measured


@pytest.mark.parametrize("language", OTHERS)
def test_sentences_are_short(language: str, knowledge: Knowledge) -> None:
    for name, texts in sections(language, knowledge).items():
        reading = reading_of(texts, language)
        most_mean, most_longest = reading.limits
        assert reading.mean <= most_mean, name
        assert reading.longest <= most_longest, name


@pytest.mark.parametrize("language", OTHERS)
def test_no_figure_stands_in_a_text_but_for_the_sun_factor(language: str, knowledge: Knowledge) -> None:
    for texts in sections(language, knowledge).values():
        assert not [text for text in texts if re.search(r"\d", re.sub(r"30 ?\+?", "", text))]


@pytest.mark.parametrize("language", OTHERS)
def test_no_share_is_a_percentage(language: str, knowledge: Knowledge) -> None:
    for texts in sections(language, knowledge).values():
        assert not [text for text in texts if re.search("[%٪％]", text)]


@pytest.mark.parametrize("language", OTHERS)
def test_no_line_holds_two_acts(language: str, knowledge: Knowledge) -> None:
    for texts in sections(language, knowledge).values():
        assert not [text for text in texts if AND_THEN[language] in text]


@pytest.mark.parametrize("language", OTHERS)
def test_no_word_of_the_trade_is_used(language: str, knowledge: Knowledge) -> None:
    for texts in sections(language, knowledge).values():
        assert not [text for text in texts if re.search(JARGON[language], text, re.I)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_takes_more_than_four_lines(language: str, knowledge: Knowledge) -> None:
    """M4, in large print, where lines are shortest."""
    style = Style(size=LARGE_SIZE, leading=1, paper="R" if language in ("ar", "he") else "L")
    for texts in sections(language, knowledge).values():
        for text in texts:
            lines = Text(text.replace("{until}", ""), style).place(CONTENT_WIDTH - BESIDE).height / style.size
            assert lines <= 4, text
