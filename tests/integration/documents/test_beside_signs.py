"""Words beside the sign for “do not”: what allows there cannot be printed, and what no list can know is asked."""

from __future__ import annotations

import pytest

from needlelog.documents.aftercare_texts import shipped_aftercare
from needlelog.documents.beside_signs import allowing, beside_signs, fault_beside
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
HONEST = {
    "en": (
        "You cannot wear make-up until {until}.",
        "You mustn't wear make-up until {until}.",
        "Stop using make-up until {until}.",
        "Wait until {until}, then you can put on make-up.",
        "Refrain from make-up until {until}.",
        "Leave make-up off until {until}.",
        "Make-up is off limits until {until}.",
    ),
    "es": (
        "El maquillaje está prohibido hasta {until}.",
        "Absténgase de usar maquillaje hasta {until}.",
        "Deje de maquillarse hasta {until}.",
        "Espere hasta {until}; después puede maquillarse.",
        "Renuncie al maquillaje hasta {until}.",
    ),
    "fr": (
        "Abstenez-vous de maquillage jusqu'à {until}.",
        "Le maquillage est interdit jusqu'à {until}.",
        "Attendez {until} : ensuite vous pouvez vous maquiller.",
        "Renoncez au maquillage jusqu'à {until}.",
        "Arrêtez le maquillage jusqu'à {until}.",
    ),
    "de": (
        "Verzichten Sie bis {until} auf Make-up.",
        "Make-up ist bis {until} verboten.",
        "Lassen Sie Make-up bis {until} weg.",
        "Warten Sie mit Make-up bis {until}.",
        "Erst nach {until} dürfen Sie Make-up tragen.",
    ),
    "pl": (
        "Zrezygnuj z makijażu do {until}.",
        "Makijaż jest zabroniony do {until}.",
        "Powstrzymaj się od makijażu do {until}.",
        "Odstaw makijaż do {until}.",
        "Poczekaj do {until}, potem możesz się malować.",
    ),
    "pt": (
        "A maquilhagem é proibida até {until}.",
        "Abstenha-se de maquilhagem até {until}.",
        "Deixe a maquilhagem de lado até {until}.",
        "Espere até {until}; depois pode maquilhar-se.",
        "Dispense a maquilhagem até {until}.",
    ),
    "ar": (
        "امتنعوا عن وضع المكياج حتى {until}.",
        "توقفوا عن وضع المكياج حتى {until}.",
        "يمنع وضع المكياج حتى {until}.",
        "يحظر وضع المكياج حتى {until}.",
        "انتظروا حتى {until}، بعدها يمكنكم وضع المكياج.",
    ),
    "he": (
        "אין להתאפר עד {until}.",
        "יש להימנע מאיפור עד {until}.",
        "חל איסור על איפור עד {until}.",
        "המתינו עד {until}, ואז אפשר להתאפר.",
        "הפסיקו להתאפר עד {until}.",
    ),
    "vi": (
        "Kiêng trang điểm đến {until}.",
        "Cấm trang điểm đến {until}.",
        "Ngừng trang điểm đến {until}.",
        "Chờ đến {until}, sau đó có thể trang điểm.",
        "Tạm dừng trang điểm đến {until}.",
    ),
    "zh": (
        "{until}前禁化妆。",
        "{until}前严禁化妆。",
        "{until}前暂停化妆。",
        "{until}前忌化妆。",
        "等到{until}才可以化妆。",
        "{until}前不可以化妆。",
    ),
}
"""Other words for the same, none of which the shipped texts have: some hold back and allow what comes after."""

ALLOWED_AT_ALL = {
    "en": ("No problem: make-up is fine.", "You can wear make-up until {until}."),
    "es": ("No hay problema con el maquillaje.", "El maquillaje está permitido hasta {until}."),
    "fr": ("Pas de souci pour le maquillage.", "Le maquillage est autorisé jusqu'à {until}."),
    "de": ("Kein Problem: Make-up ist erlaubt.", "Sie können bis {until} Make-up tragen."),
    "pl": ("Nie ma problemu z makijażem.", "Makijaż jest dozwolony do {until}."),
    "pt": ("Não há problema com a maquilhagem.", "A maquilhagem é permitida até {until}."),
    "ar": ("لا مانع من وضع المكياج.", "يجوز وضع المكياج حتى {until}."),
    "he": ("אין בעיה להתאפר.", "אפשר להתאפר עד {until}."),
    "vi": ("Trang điểm không sao.", "Được phép trang điểm đến {until}."),
    "zh": ("不妨化妆。", "化妆也不要紧。"),
}
UNDECIDED = {
    "en": "Give make-up a rest until {until}.",
    "es": "Descanse del maquillaje hasta {until}.",
    "fr": "Oubliez le maquillage jusqu'à {until}.",
    "de": "Bis {until} hat Make-up Pause.",
    "pl": "Zapomnij o makijażu do {until}.",
    "pt": "Esqueça a maquilhagem até {until}.",
    "ar": "انسوا المكياج حتى {until}.",
    "he": "שכחו מאיפור עד {until}.",
    "vi": "Để da trần đến {until}.",
    "zh": "{until}前保持素颜。",
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
def test_whoever_forbids_in_other_words_is_asked_and_not_refused(knowledge: Knowledge, language: str) -> None:
    wording, key = after(knowledge, language), "rules.no-make-up.text"
    assert len(HONEST[language]) >= 5
    for text in HONEST[language]:
        assert fault_beside(wording, key, text, WORDS) is None, text
        (asked,) = beside_signs(wording, {key: text}, WORDS)
        assert "No word that forbids" not in asked.doubt, text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_allows_is_refused_though_it_says_no_problem(knowledge: Knowledge, language: str) -> None:
    for text in ALLOWED_AT_ALL[language]:
        fault = fault_beside(after(knowledge, language), "rules.no-make-up.text", text, WORDS)
        assert fault is not None, text
        assert fault.values["allows"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_that_no_list_knows_are_asked_about_and_it_is_said(knowledge: Knowledge, language: str) -> None:
    wording, key, text = after(knowledge, language), "rules.no-make-up.text", UNDECIDED[language]
    assert fault_beside(wording, key, text, WORDS) is None
    (asked,) = beside_signs(wording, {key: text}, WORDS)
    assert asked.doubt == "No word that forbids was found in it."


@pytest.mark.parametrize("language", LANGUAGES)
def test_shipped_words_hold_back_beside_the_sign(knowledge: Knowledge, language: str) -> None:
    for wording in (after(knowledge, language), before(knowledge, language)):
        for key, text in wording.shipped.texts.items():
            assert allowing(wording, key, text) == "", text


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
