"""Each language that is shipped is shipped whole: every text, every rule, every word, every field, every plural."""

from __future__ import annotations

import string
import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from babel.messages import Catalog
from babel.messages.pofile import read_po

from needlelog.documents.aftercare_content import sheet_for
from needlelog.documents.aftercare_texts import aftercare_texts, languages
from needlelog.documents.client_words import client_words, words_from
from needlelog.documents.preparation_texts import preparation_texts
from needlelog.documents.sheet_footer import spoken_date
from needlelog.documents.sheet_texts import language_for, languages_of
from needlelog.errors import Fault, FaultCode
from needlelog.knowledge.model import Knowledge
from needlelog.knowledge.reading import load_knowledge
from needlelog.knowledge.told import ToldRule, english_aftercare, english_preparation
from needlelog.paths import resources
from needlelog.rules.aftercare import BOUND, DAYS, FIRST, MONTHS, day_and_month, spoken_day
from tests import builders
from tests.integration.documents.languages import LANGUAGES, OTHERS, Asked, asked_of_a_catalogue
from tests.integration.documents.ten_visits import visits

SHEETS = ("aftercare", "preparation")


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(resources() / "knowledge")


@pytest.fixture(scope="module")
def asked(knowledge: Knowledge) -> Asked:
    return asked_of_a_catalogue(knowledge)


def raw(sheet: str, language: str) -> dict[str, Any]:
    return tomllib.loads((resources() / sheet / f"{language}.toml").read_text("utf-8"))


def english(sheet: str, knowledge: Knowledge) -> Mapping[str, ToldRule]:
    if sheet == "aftercare":
        return english_aftercare(knowledge.aftercare.values())
    return english_preparation(knowledge.preparing.values())


def fields(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def catalogue(language: str) -> Catalog:
    with (resources() / "locale" / language / "LC_MESSAGES" / "needlelog.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def test_both_sheets_come_in_ten_languages() -> None:
    assert languages() == LANGUAGES
    assert languages_of("preparation") == LANGUAGES


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("language", OTHERS)
def test_a_language_has_every_text_and_no_other(language: str, sheet: str, knowledge: Knowledge) -> None:
    shipped, like = raw(sheet, language), raw(sheet, "en")
    rules = shipped.pop("rules")

    assert list(shipped) == list(like)
    assert (shipped["id"], shipped["language"]) == (f"{sheet}-{language}", language)
    assert shipped["reviewed"] is False
    for key, text in like.items():
        assert type(shipped[key]) is type(text)
        assert shipped[key] or text is False, key
        if isinstance(text, list):
            assert len(shipped[key]) == len(text), key
            assert all(line.strip() == line and line for line in shipped[key])
    assert set(rules) == set(english(sheet, knowledge))


@pytest.mark.parametrize("language", OTHERS)
def test_every_rule_is_told_with_its_fields(language: str, knowledge: Knowledge) -> None:
    for sheet in SHEETS:
        rules = raw(sheet, language)["rules"]
        for rule, like in english(sheet, knowledge).items():
            said = rules[rule]
            parts = {"text"} | ({"told"} if sheet == "preparation" else set()) | ({"brief"} if like.brief else set())
            if sheet == "aftercare" and knowledge.aftercare[rule].kind == "results":
                parts -= {"brief"}
            assert set(said) == parts, rule
            assert fields(said["text"]) == fields(like.text), rule
            for part in parts - {"text"}:
                assert fields(said[part]) == fields(getattr(like, part)), (rule, part)
            assert all(text.strip() == text and text for text in said.values()), rule


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_has_every_word_that_the_sheets_ask_for(language: str, asked: Asked, knowledge: Knowledge) -> None:
    known = catalogue(language)
    tables = (knowledge.zones, knowledge.concerns, knowledge.reactions)
    names = {entry.name for table in tables for entry in table.values()}  # type: ignore[attr-defined]
    wanted = asked.phrases | names | {*DAYS, *MONTHS} - {""}
    missing = [one for one in wanted if known.get(one) is None or not known.get(one).string]  # type: ignore[union-attr]
    plurals = [known.get(pair[0]) for pair in asked.plurals]

    assert missing == []
    assert len(asked.phrases) > 60
    assert all(found is not None and all(found.string) for found in plurals)
    assert all(len(found.string) == known.num_plurals for found in plurals if found is not None)
    dates = {"{weekday} {day} {month}", "{day} {month}", "{day} {month} {year}"}
    assert asked.within <= {(BOUND, day) for day in DAYS} | {(FIRST, date) for date in dates}
    assert asked.within >= {(BOUND, day) for day in DAYS}


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_keeps_every_field_and_says_nothing_twice(language: str, asked: Asked) -> None:
    known = catalogue(language)

    for message in known:
        if not message.id:
            continue
        assert not message.fuzzy
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        told = message.string if isinstance(message.string, tuple) else (message.string,)
        for one in told:
            # A form for one or two may do without the figure.
            assert set(fields(one)) <= set(fields(ids[-1])), ids
            assert set(fields(ids[-1])) - set(fields(one)) <= ({"count"} if len(told) > 1 else set()), ids
    if any(message.context == BOUND for message in known):
        assert all(known.get(day, context=BOUND) for day in DAYS)


def test_polish_weekdays_change_after_until() -> None:
    words = client_words("pl")
    assert (words("Wednesday"), words.within(BOUND, "Wednesday")) == ("środa", "środy")
    assert client_words("es").within(BOUND, "Wednesday") == client_words("es")("Wednesday") != "Wednesday"


def test_french_says_the_first_of_a_month_in_its_own_way() -> None:
    words = client_words("fr")
    first, second = date(2027, 1, 1), date(2027, 1, 2)
    assert (spoken_day(first, words), spoken_day(second, words)) == ("vendredi 1er janvier", "samedi 2 janvier")
    assert (day_and_month(first, words), spoken_date(first, words)) == ("1er janvier", "1er janvier 2027")
    assert day_and_month(first, client_words("es")) == "1 de enero"


def test_a_catalogue_is_read_once() -> None:
    assert client_words("de") is client_words("de")
    assert client_words("xx").language == "en"


@pytest.mark.parametrize(
    "content", [b"", b'msgid "a\n', b"\xff\xfe\x00", None], ids=["empty", "open string", "no text", "none"]
)
def test_a_broken_catalogue_is_a_missing_file(content: bytes | None, tmp_path: Any) -> None:
    path = tmp_path / "needlelog.po"
    if content is not None:
        path.write_bytes(content)
    if content == b"":
        assert words_from(path, "de")("Tomorrow") == "Tomorrow"
        return
    with pytest.raises(Fault) as caught:
        words_from(path, "de")
    assert caught.value.code is FaultCode.RESOURCE_MISSING


@pytest.mark.parametrize(
    ("wanted", "found"),
    [("de", "de"), ("pt-BR", "pt"), ("uk", "en"), ("", "en"), ("../en", "en"), ("ES", "es"), ("EN", "en")],
)
def test_a_client_gets_the_sheet_in_the_language_it_comes_in(wanted: str, found: str) -> None:
    assert [language_for(sheet, wanted) for sheet in SHEETS] == [found, found]


def test_a_template_holds_its_rules(knowledge: Knowledge) -> None:
    spanish = aftercare_texts("es", knowledge.aftercare.values())
    before = preparation_texts("es", knowledge.preparing.values())

    assert set(spanish.rules) == set(knowledge.aftercare)
    assert set(before.rules) == set(knowledge.preparing)
    assert "{until}" in spanish.rules["no-make-up"].text
    assert "{until}" not in spanish.rules["no-make-up"].brief


def test_a_sheet_of_two_languages_is_refused(knowledge: Knowledge) -> None:
    texts = aftercare_texts("es", knowledge.aftercare.values())
    draft, client, clinic = visits()["scalp"], builders.a_client(), builders.a_clinic()
    with pytest.raises(ValueError, match="texts in es, words in de"):
        sheet_for(draft, client, clinic, knowledge, {}, client_words("de"), texts=texts)
