"""Words beside the sign for “do not”: what allows there cannot be printed, and what no list can know is asked."""

from __future__ import annotations

import pytest

from needlelog.documents.aftercare_texts import shipped_aftercare
from needlelog.documents.beside_signs import beside_signs, fault_beside
from needlelog.documents.firmness import firmness
from needlelog.documents.preparation_texts import shipped_preparation
from needlelog.documents.wording import Wording
from needlelog.domain.own_texts import SheetKind
from needlelog.errors import FaultCode
from needlelog.i18n import Words
from needlelog.knowledge.model import Knowledge
from needlelog.knowledge.reading import load_knowledge
from needlelog.paths import resources
from tests.integration.documents.languages import LANGUAGES

WORDS = Words()
AFTERCARE, PREPARATION = SheetKind.AFTERCARE, SheetKind.PREPARATION
MAKE_UP = "rules.no-make-up.brief"

ALLOWED = {
    "en": "You may wear make-up today.",
    "es": "Puede maquillarse hoy.",
    "fr": "Vous pouvez vous maquiller aujourd'hui.",
    "de": "Sie dürfen heute Make-up tragen.",
    "pl": "Możesz dziś nosić makijaż.",
    "pt": "Pode usar maquilhagem hoje.",
    "ar": "يمكنكم وضع المكياج اليوم.",
    "he": "מותר להתאפר היום.",
    "zh": "今天可以化妆。",
    "vi": "Hôm nay bạn có thể trang điểm.",
}
STILL_FORBIDDEN = {
    "en": "Please do not wear make-up.",
    "es": "Por favor, no use maquillaje.",
    "fr": "Merci de ne pas vous maquiller.",
    "de": "Bitte kein Make-up tragen.",
    "pl": "Proszę, bez makijażu.",
    "pt": "Por favor, não use maquilhagem.",
    "ar": "من فضلكم لا تضعوا المكياج.",
    "he": "בבקשה אל תתאפרו.",
    "zh": "请不要化妆。",
    "vi": "Xin đừng trang điểm.",
}


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(resources() / "knowledge")


def after(knowledge: Knowledge, language: str) -> Wording:
    return Wording(AFTERCARE, shipped_aftercare(language, knowledge.aftercare.values()), knowledge.aftercare)


def before(knowledge: Knowledge, language: str) -> Wording:
    return Wording(PREPARATION, shipped_preparation(language, knowledge.preparing.values()), knowledge.preparing)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_permission_beside_the_sign_cannot_be_printed_in_any_language(knowledge: Knowledge, language: str) -> None:
    for wording in (after(knowledge, language), before(knowledge, language)):
        keys = [
            key for key in wording.shipped.texts if (rule := wording.rule_of(key)) and rule.kind in {"avoid", "leave"}
        ]
        assert keys
        for key in keys:
            fault = fault_beside(wording, key, ALLOWED[language], WORDS)
            assert fault is not None, key
            assert fault.code is FaultCode.WORDING_TURNED
        others = [key for key in wording.shipped.texts if key not in keys]
        assert not any(fault_beside(wording, key, ALLOWED[language], WORDS) for key in others)


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_else_is_written_there_is_asked_about_in_every_language(knowledge: Knowledge, language: str) -> None:
    wording = after(knowledge, language)
    text = STILL_FORBIDDEN[language]
    assert fault_beside(wording, MAKE_UP, text, WORDS) is None
    (asked,) = beside_signs(wording, {MAKE_UP: text}, WORDS)
    assert (asked.key, asked.sign, asked.text, asked.doubt) == (MAKE_UP, "leave", text, "")
    assert beside_signs(wording, wording.shipped.texts, WORDS) == ()
    assert beside_signs(wording, {MAKE_UP: ""}, WORDS) == (), "what is left out prints beside nothing"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_refusal_names_words_that_would_forbid(knowledge: Knowledge, language: str) -> None:
    words = firmness(language)
    assert words is not None
    fault = fault_beside(after(knowledge, language), MAKE_UP, ALLOWED[language], WORDS)
    assert fault is not None
    assert len(words.forbidding) >= 2
    for word in words.forbidding[:3]:
        assert words.forbids.search(word)
        assert word in WORDS.fault(fault).way_out


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("No make-up is needed today.", ""),
        ("Make-up is not a problem.", "“problem” in it may allow"),
        ("Do not worry: you may wear make-up.", "“may” in it may allow"),
        ("Do not go without make-up.", "more than once"),
        ("Never say no to make-up.", "more than once"),
    ],
)
def test_what_the_lists_cannot_know_is_asked_with_what_may_turn_it_round(
    knowledge: Knowledge, text: str, doubt: str
) -> None:
    (asked,) = beside_signs(after(knowledge, "en"), {MAKE_UP: text}, WORDS)
    assert doubt in asked.doubt
    assert bool(asked.doubt) is bool(doubt)


def test_what_is_to_be_done_is_asked_about_only_where_it_begins_as_something_forbidden(knowledge: Knowledge) -> None:
    wording, key = after(knowledge, "en"), "rules.moisturise.brief"
    assert beside_signs(wording, {key: "Use a plain moisturiser, and do not rub."}, WORDS) == ()
    (asked,) = beside_signs(wording, {key: "Do not use a moisturiser."}, WORDS)
    assert (asked.sign, bool(asked.doubt)) == ("do", True)
    assert fault_beside(wording, key, "Do not use a moisturiser.", WORDS) is None


def test_the_short_words_of_preparing_may_name_the_thing_alone(knowledge: Knowledge) -> None:
    wording, key = before(knowledge, "en"), "rules.no-retinoids.brief"
    assert fault_beside(wording, key, "retinol and strong acids", WORDS) is None
    assert fault_beside(wording, key, "You may use retinol", WORDS) is not None
