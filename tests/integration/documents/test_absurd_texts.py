"""Names and clinics as nobody would make them up: a paper comes out, or one sentence says what to do."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest

from needlelog.documents.aftercare_content import AftercareSheet
from needlelog.documents.aftercare_sheet import make_aftercare_sheet
from needlelog.documents.client_words import client_words
from needlelog.documents.consent_paper import ConsentPaper, make_consent_paper
from needlelog.documents.preparation_sheet import PreparationSheet, make_preparation_sheet
from needlelog.domain.consent import Consent
from needlelog.domain.papers import SheetForm
from needlelog.errors import Fault, FaultCode
from needlelog.i18n import Words
from needlelog.knowledge.model import Knowledge
from needlelog.knowledge.reading import load_knowledge
from needlelog.paths import resources
from tests.builders import BIRTH_DATE, a_clinic, a_full_draft
from tests.integration.documents.languages import FORMS, preparations
from tests.integration.documents.papers import opened, pieces, text_of
from tests.integration.documents.ten_visits import sheet_of

WORDS = Words()
LONG = 300


def of_length(text: str, length: int = LONG) -> str:
    return (text * length)[:length].strip()


REAL = {
    "Polish": of_length("Łucja Żółkiewska-Ćwiklińska "),
    "Vietnamese": of_length("Nguyễn Thị Ánh Nguyệt "),
    "Greek": of_length("Κωνσταντίνα Παπαδοπούλου "),
    "Russian": of_length("Юлия Щёголева "),
    "Arabic": of_length("محمد الأحمد بن عبد الله "),
    "Hebrew": of_length("אֲבִיגַיִל כהן־לוי "),
    "Thai marks": of_length("Zoë\u0323\u0302 Ana "),
    "several scripts": of_length("Anna محمد Юлия אנה "),
    "markup": of_length("<b>&amp;<img src=x onerror=y>{until}%s\\n "),
    "quotes": of_length('O\'Brien "Q" `x` ; -- '),
}
"""Names that are read word by word."""

SOLID = {
    "one word": "W" * LONG,
    "ideographs": of_length("陈小明王大山"),
    "Hangul": of_length("김민수박지영"),
    "kana": of_length("さくらカタカナ"),
}
"""Such that no line ends between words, or in the widest letters."""

CLINIC_FIELDS = ("name", "phone", "phone_hours", "emergency_text")
HOW_LONG = (SheetForm(), SheetForm(large=True))


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(resources() / "knowledge")


@pytest.fixture(scope="module", params=["en", "ar", "zh"])
def sheet(request: pytest.FixtureRequest, knowledge: Knowledge) -> AftercareSheet:
    return sheet_of("face, shallow", knowledge, client_words(request.param))


def made(sheet: AftercareSheet) -> bytes | Fault:
    try:
        return make_aftercare_sheet(sheet, client_words(sheet.texts.language))
    except Fault as fault:
        return fault


def letters(text: str) -> str:
    kept = (one for one in unicodedata.normalize("NFKC", text) if unicodedata.category(one)[0] in "LN")
    return "".join(sorted(kept))


def with_clinic(sheet: AftercareSheet, field: str, text: str) -> AftercareSheet:
    # Longer than the domain takes: as an older file or another program might have left it.
    return replace(sheet, clinic=sheet.clinic.model_copy(update={field: text}))


@pytest.mark.parametrize("form", HOW_LONG, ids=["standard", "large"])
@pytest.mark.parametrize("script", list(REAL))
def test_a_name_of_300_letters_has_its_sheet(script: str, form: SheetForm, sheet: AftercareSheet) -> None:
    paper = made(replace(sheet, client_name=REAL[script], form=form))
    assert isinstance(paper, bytes), paper
    assert len(opened(paper).pages) <= (4 if form.large else 2)


@pytest.mark.parametrize("script", ["Polish", "Russian", "markup", "quotes"])
def test_the_whole_of_it_stands_at_the_head_and_its_beginning_at_the_foot(script: str, knowledge: Knowledge) -> None:
    sheet = replace(sheet_of("face, shallow", knowledge, WORDS), client_name=REAL[script])
    paper = make_aftercare_sheet(sheet, WORDS)
    assert unicodedata.normalize("NFC", " ".join(REAL[script].split())) in text_of(paper)
    for page in opened(paper).pages:
        foot = " ".join(page.extract_text().split())
        assert f"{REAL[script][:20]}" in foot
        assert "… · born 12 March 1988 · C-0042" in foot


@pytest.mark.parametrize("script", list(SOLID))
def test_where_two_pages_cannot_hold_it_a_sentence_says_so_and_large_print_holds_it(
    script: str, sheet: AftercareSheet
) -> None:
    standard = made(replace(sheet, client_name=SOLID[script]))
    assert isinstance(standard, bytes) or standard.code is FaultCode.PAPER_TOO_LONG
    assert isinstance(made(replace(sheet, client_name=SOLID[script], form=SheetForm(large=True))), bytes)


@pytest.mark.parametrize("field", CLINIC_FIELDS)
@pytest.mark.parametrize("script", ["Polish", "Arabic", "several scripts", "markup", "one word"])
def test_so_it_is_with_what_the_clinic_says_of_itself(field: str, script: str, sheet: AftercareSheet) -> None:
    text = (REAL | SOLID)[script]
    standard = made(with_clinic(sheet, field, text))
    if isinstance(standard, Fault):
        assert standard.code is FaultCode.PAPER_TOO_LONG
        assert str(WORDS.fault(standard)).endswith("or shorten the note on it.")
    large = made(replace(with_clinic(sheet, field, text), form=SheetForm(large=True)))
    assert isinstance(large, bytes) or script in SOLID
    for paper in (standard, large):
        if isinstance(paper, bytes):
            assert all(42 <= one.x <= 553 for one in pieces(paper))


@pytest.mark.parametrize(
    "phone", ["call Ana", "+353 (0)1 555", "١٢٣٤٥٦٧", "999999999999999999999999", "tel:+1;x=<b>", ""]
)
def test_a_phone_that_is_none_is_printed_and_gives_no_code(phone: str, knowledge: Knowledge) -> None:
    sheet = with_clinic(sheet_of("face, shallow", knowledge, WORDS), "phone", phone)
    text = text_of(make_aftercare_sheet(sheet, WORDS))
    digits = phone.isascii() and phone.isdigit()
    assert ("Or scan this code." in text) is digits
    assert phone in text


@pytest.mark.parametrize("script", [*REAL, *SOLID])
def test_the_other_papers_take_it_too(script: str, knowledge: Knowledge) -> None:
    name = (REAL | SOLID)[script]
    for sheet in _preparations(knowledge):
        assert len(opened(make_preparation_sheet(replace(sheet, client_name=name), WORDS)).pages) <= 4
    draft = a_full_draft()
    short = name[:200].strip()
    consent = draft.with_(consent=draft.consent.with_(confirmed_name=short))
    assert isinstance(consent.consent, Consent)
    paper = make_consent_paper(ConsentPaper(consent, name, BIRTH_DATE, 42, a_clinic()), WORDS)
    assert set(letters(name)) <= set(letters(text_of(paper)))


def _preparations(knowledge: Knowledge) -> list[PreparationSheet]:
    return [next(iter(preparations(knowledge, WORDS, form))) for form in FORMS]


def test_a_language_without_a_text_gets_the_english_one(knowledge: Knowledge) -> None:
    for language in ("xx", "", "tlh-Latn-x-private", "../en", "EN"):
        words = client_words(language)
        assert words.language == "en"
        paper = make_aftercare_sheet(sheet_of("scalp", knowledge, words), words)
        assert "Looking after your skin" in text_of(paper)


def test_zones_concerns_and_products_that_no_rule_knows_stand_on_the_papers(knowledge: Knowledge) -> None:
    draft = a_full_draft()
    passes = tuple(one.with_(zone="tail_tip") for one in draft.needling.passes)
    serums = tuple(one.with_(name="Unheard-of Serum 9", lot="ZZ-1") for one in draft.serums)
    strange = draft.with_(
        consultation=draft.consultation.with_(concerns=("no-such-concern",)),
        needling=draft.needling.with_(passes=passes),
        serums=serums,
    )
    text = text_of(make_aftercare_sheet(sheet_of("face, shallow", knowledge, WORDS, change=lambda _: strange), WORDS))
    for said in ("tail_tip", "Unheard-of Serum 9 lot ZZ-1", "Leave it alone.", "Keep out of the sun."):
        assert said in text
