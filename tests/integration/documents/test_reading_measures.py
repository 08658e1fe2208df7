"""How plainly the sheets speak in other languages: by sentence length, and by the published index where there is one.

An index counts, it does not understand: syllables are counted by groups of vowels, and each limit is that of easy
reading on its own scale. Names of drugs and products and the fields are replaced first, as the English measure does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

import pytest

from needlelog.documents.aftercare_texts import aftercare_texts
from needlelog.documents.preparation_texts import preparation_texts
from needlelog.knowledge.model import Knowledge
from needlelog.knowledge.reading import load_knowledge
from needlelog.paths import resources
from tests.integration.documents.languages import OTHERS

MOST_MEAN, MOST_WORDS = 15, 25
MOST_IDEOGRAPHS = 24
"""Chinese has no blanks between words, of which one is about one and a half signs long."""

Measure = Callable[[float, float, float], float]
"""From words a sentence, syllables a word and the share of words of four syllables or more."""

INDEX: Mapping[str, tuple[Measure, float]] = {
    # Szigriszt-Pazos 1993 on the INFLESZ scale of Barrio-Cantalejo 2008: from 65 on quite easy.
    "es": (lambda words, syllables, _: 206.835 - 62.3 * syllables - words, 65),
    # Kandel and Moles 1958, the scale of Flesch: from 60 on plain, from 70 on fairly easy.
    "fr": (lambda words, syllables, _: 207 - 1.015 * words - 73.6 * syllables, 70),
    # Amstad 1978, the scale of Flesch.
    "de": (lambda words, syllables, _: 180 - words - 58.5 * syllables, 60),
    # Martins and others 1996: from 50 on easy, from 75 on very easy.
    "pt": (lambda words, syllables, _: 248.835 - 1.015 * words - 84.6 * syllables, 50),
    # Gunning's fog index with words of four syllables or more as hard ones, used for Polish by Broda and others 2014.
    "pl": (lambda words, _, hard: 12 - 0.4 * (words + 100 * hard), 3),
}
"""The index, higher for easier, and its least value; that of Polish is twelve years of school less those it asks."""

VOWELS = {
    "es": r"[aeoáéóíú]|(?<![qg])[uü](?![aeoáéó])|(?<![aeouáéó])i(?![aeoáéó])",
    "fr": r"[aeiouyàâäéèêëîïôöùûüœæ]+(?<!^)",
    "de": r"ei|ai|au|äu|eu|ie|aa|ee|oo|[aeiouyäöü]",
    "pt": r"ão|õe|ãe|[aeo]i|[ae]u|ou|qu(?=[ei])|gu(?=[ei])|i[ao](?=s?$)|[aeiouáâãàéêíóôõú]",
    "pl": r"i?[aeouyąęó]|i",
}
NAMES = re.compile(
    r"retino\w+|rétino\w+|hyaluron\w*|hialur\w*|benzo\w+|ben[zo]\w*il\w*|hydro[ck]h?in\w*|hidroquinona|hydrochinon\w*|"
    r"ibupro\w+|aspirin\w*|ácido\w*|minoxidil\w*|minoksydyl\w*|botox\w*|vitamin\w*|witamin\w*|nadtlen\w*|pero[xó]\w*",
    re.I,
)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(resources() / "knowledge")


def syllables(word: str, language: str) -> int:
    word = word.lower()
    if language == "fr":
        word = re.sub(r"(?<=[^aeiouyé])(e|es)$", "", word)
        word = re.sub(r"(?<=[qg])u(?=[eiéèê])", "", word)
    if language == "es":
        word = re.sub(r"(?<=[qg])u(?=[eiéí])", "", word)
    if language == "pt":
        word = re.sub(r"(?<=[qg])u(?=[eiéí])", "", word)
    return max(1, len(re.findall(VOWELS[language], word)))


def sections(language: str, knowledge: Knowledge) -> dict[str, list[str]]:
    """The texts by the section in which they stand."""
    texts = aftercare_texts(language, knowledge.aftercare.values())
    before = preparation_texts(language, knowledge.preparing.values())
    found: dict[str, list[str]] = {}
    for rule in knowledge.aftercare.values():
        found.setdefault(f"aftercare {rule.kind}", []).append(texts.rules[rule.id].text)
    for advice in knowledge.preparing.values():
        found.setdefault(f"preparation {advice.kind}", []).append(before.rules[advice.id].text)
    found["aftercare frame"] = [texts.main, texts.timeline_note, *texts.diary_rows, *texts.summary_lines]
    found["preparation frame"] = [before.main, before.timeline_note, *before.tick_rows, *before.summary_lines]
    return found


def sentences(texts: Iterable[str]) -> list[list[str]]:
    told = " ".join(text if text.rstrip()[-1:] in ".!?。？！" else f"{text}." for text in texts)
    told = NAMES.sub("sol", re.sub(r"\{\w+\}", "sol", told))
    word = r"[^\W\d_]+(?:['’\u05f3\u05f4][^\W\d_]+)?"
    split = [re.findall(word, part) for part in re.split(r"[.!?:。？！：؟]+", told)]
    return [words for words in split if words]


def index(texts: Iterable[str], language: str) -> float:
    said = sentences(texts)
    words = [word for sentence in said for word in sentence]
    counted = [syllables(word, language) for word in words]
    hard = sum(one >= 4 for one in counted) / len(words)
    return INDEX[language][0](len(words) / len(said), sum(counted) / len(words), hard)


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
    least = INDEX[language][1]
    assert index([easy], language) > least + 3 > least > index([hard], language)


@pytest.mark.parametrize("language", sorted(INDEX))
def test_every_section_is_easy_reading(language: str, knowledge: Knowledge) -> None:
    measured = {name: round(index(texts, language), 1) for name, texts in sections(language, knowledge).items()}
    assert min(measured.values()) >= INDEX[language][1], measured


@pytest.mark.parametrize("language", [one for one in OTHERS if one != "zh"])
def test_sentences_are_short(language: str, knowledge: Knowledge) -> None:
    for name, texts in sections(language, knowledge).items():
        lengths = [len(words) for words in sentences(texts)]
        assert sum(lengths) / len(lengths) <= MOST_MEAN, name
        assert max(lengths) <= MOST_WORDS, name


def test_chinese_sentences_are_short(knowledge: Knowledge) -> None:
    for name, texts in sections("zh", knowledge).items():
        parts = [part for text in texts for part in re.split(r"[。？！：]", text) if part]
        lengths = [len(re.findall(r"[\u4e00-\u9fff]", part)) for part in parts]
        assert sum(lengths) / len(lengths) <= MOST_IDEOGRAPHS, name
        assert max(lengths) <= MOST_IDEOGRAPHS * 2, name


@pytest.mark.parametrize("language", OTHERS)
def test_no_figure_stands_in_a_text_but_for_the_sun_factor(language: str, knowledge: Knowledge) -> None:
    for texts in sections(language, knowledge).values():
        assert not [text for text in texts if re.search(r"\d", re.sub(r"30 ?\+?", "", text))]
