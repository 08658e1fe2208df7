"""The signed consent as a paper: the exact text, who agreed, the strokes of the pen as lines, and the visit's seal."""

from __future__ import annotations

import itertools
import math
import re

import pytest
from pypdf.generic import ContentStream

from needlelog.documents.client_words import client_words
from needlelog.documents.consent_paper import READ, ConsentPaper, make_consent_paper
from needlelog.domain.consent import Consent, ConsentText, PhotoConsent, Signature
from needlelog.domain.seal_code import SealCode
from needlelog.domain.signed import SignedSession
from needlelog.errors import Fault, FaultCode
from needlelog.i18n import Words
from needlelog.knowledge.consent import load_consent_texts
from needlelog.paths import resources
from tests.builders import a_clinic, a_full_draft
from tests.integration.documents.languages import OTHERS, Asked
from tests.integration.documents.papers import fonts_of, opened, pieces, text_of
from tests.integration.documents.test_record_sheet import NAME, a_signed_session
from tests.integration.documents.test_sheets_in_languages import letters, read

WORDS = Words()
CODE = str(SealCode.of("5a" * 32, 7, "ef" * 32))
TEXTS = load_consent_texts(resources() / "consent")
ENGLISH = next(one for one in TEXTS if one.language == "en")
STROKES = tuple(
    tuple((0.05 + 0.9 * step / 40, 0.5 + 0.3 * math.sin(step / 3 + shift), step * 10) for step in range(40))
    for shift in (0.0, 1.5)
)


def signed_with(text: ConsentText, **changes: object) -> SignedSession:
    draft = a_full_draft()
    consent = draft.consent.with_(
        **{
            "shown": text,
            "confirmed_name": NAME,
            "signature": Signature(strokes=STROKES, aspect=3.2, at=draft.started_at),
            "photo": PhotoConsent.TEACHING,
            "photo_at": draft.started_at,
        }
        | changes
    )
    return a_signed_session(draft.with_(consent=consent))


def made(signed: SignedSession) -> bytes:
    shown = signed.draft.consent.shown
    return make_consent_paper(
        ConsentPaper.of(signed, a_clinic(), CODE), client_words(shown.language if shown else "en")
    )


@pytest.mark.parametrize("text", TEXTS, ids=lambda one: str(one.language))
def test_every_sentence_of_every_language_is_on_it(text: ConsentText) -> None:
    paper = made(signed_with(text))
    found = text_of(paper)
    assert text.id in found
    assert text.sha256 in found.replace(" ", "")
    assert all(dict(fonts_of(paper)).values())
    if text.language in ("ar", "he"):
        # In the order in which it is read; the foot of a page stands within the one sentence that goes on behind it.
        said = read(paper, client_words(text.language))
        missing = [one for one in re.split(r"(?<=[.؟?!])\s", text.text) if letters(one) not in said]
        assert len(missing) <= len(opened(paper).pages) - 1, missing
    else:
        body = "".join(one.text for one in pieces(paper) if one.size == READ.size)
        compact = re.sub(r"\s", "", body)
        for paragraph in text.text.split("\n\n"):
            assert re.sub(r"\s", "", paragraph) in compact


@pytest.mark.parametrize("text", TEXTS, ids=lambda one: str(one.language))
def test_what_stands_around_it_is_in_its_language(text: ConsentText) -> None:
    words = client_words(text.language)
    paper = made(signed_with(text))
    said = read(paper, words)
    for phrase in (
        "Signed consent",
        "Who agreed",
        "Name as said",
        "Date of birth as said",
        "Photos for my record and for teaching",
        "To check this print, type this code in NeedleLog under Settings, Records:",
    ):
        told = words(phrase)
        assert (told == phrase) is (text.language == "en")
        # A line may end within it, and what is set apart in it keeps its own direction.
        assert all(letters(word) in said for word in told.split()), phrase
    reader = opened(paper)
    assert str(reader.trailer["/Root"]["/Lang"]) == text.language  # type: ignore[index]
    assert reader.metadata is not None
    assert reader.metadata.title == words("Signed consent")
    again = signed_with(text, photo=None, photo_at=None, confirmed_name="", confirmed_birth_date=None)
    assert all(letters(word) in read(made(again), words) for word in words("not asked").split())


def test_every_word_around_it_is_in_every_catalogue() -> None:
    asked = Asked()
    signed = signed_with(ENGLISH)
    void = signed.with_(invalidated_at=signed.signed_at, invalidated_by="Eve", invalidated_reason="x")
    other = signed_with(
        ENGLISH,
        confirmed_name="Somebody Else",
        photo=None,
        photo_at=None,
        confirmed_birth_date=None,
        signature=Signature(typed_name=NAME, at=signed.draft.started_at),
    )
    every = [signed_with(ENGLISH, photo=photo) for photo in PhotoConsent]
    for one in (signed, void, other, *every):
        make_consent_paper(ConsentPaper.of(one, a_clinic(), CODE), Words(catalogue=asked))
    draft = ConsentPaper(signed.draft, NAME, signed.client.birth_date, 42, a_clinic())
    make_consent_paper(draft, Words(catalogue=asked))
    assert len(asked.phrases) > 25
    for language in OTHERS:
        words = client_words(language)
        untold = {one for one in asked.phrases if words(one) == one}
        assert untold <= ({"Photos"} if language == "fr" else set()), language


@pytest.mark.parametrize("language", ["ar", "he"])
def test_from_right_to_left_the_ink_is_no_mirror_image(language: str) -> None:
    inks = []
    for one in ("en", language):
        text = next(each for each in TEXTS if each.language == one)
        reader = opened(made(signed_with(text)))
        operations = ContentStream(reader.pages[-1]["/Contents"].get_object(), reader).operations
        strokes = [float(operands[0]) for operands, operator in operations if operator == b"l"]
        inks.append(strokes)
    here, there = inks
    assert len(here) == len(there)
    longest = [[second - first for first, second in itertools.pairwise(ink)] for ink in (here, there)]
    right = [sum(1 for step in steps if 0 < step < 20) for steps in longest]
    assert min(right) > 60


def test_it_says_who_agreed_when_and_to_which_photos() -> None:
    text = text_of(made(signed_with(ENGLISH)))
    for said in (
        f"Name as said {NAME} · as on file",
        "Date of birth as said 12-Mar-1988 · as on file",
        "20-Nov-2026 14:00, times in Europe/Dublin",
        "Photos for my record and for teaching · 20-Nov-2026 14:00",
        "Visit signed by Mara Lindt, RN on 20-Nov-2026 15:40.",
        CODE,
        " ".join(["ef" * 8] * 4),
    ):
        assert said in text


def test_another_name_than_on_file_stands_beside_it() -> None:
    text = text_of(made(signed_with(ENGLISH, confirmed_name="Somebody Else", photo=None, photo_at=None)))
    assert f"Somebody Else · on file: {NAME}" in text
    assert "Photos not asked" in text


def test_the_signature_is_lines_and_no_picture() -> None:
    paper = made(signed_with(ENGLISH))
    page = opened(paper).pages[-1]
    content = ContentStream(page["/Contents"].get_object(), opened(paper))
    assert sum(1 for _, operator in content.operations if operator == b"l") >= 2 * (len(STROKES[0]) - 1)
    assert not list(page.images)


def test_a_typed_signature_is_told_as_one() -> None:
    typed = Signature(typed_name=NAME, at=a_full_draft().started_at)
    assert f"by typing: {NAME}" in text_of(made(signed_with(ENGLISH, signature=typed)))


def test_before_the_visit_is_signed_it_says_that_no_seal_covers_it() -> None:
    draft = signed_with(ENGLISH).draft
    paper = ConsentPaper(draft, NAME, a_signed_session().client.birth_date, 42, a_clinic())
    text = text_of(make_consent_paper(paper, WORDS))
    assert "No seal covers this paper yet" in text
    assert "type this code" not in text


def test_a_visit_entered_in_error_is_marked_on_it() -> None:
    signed = signed_with(ENGLISH)
    void = signed.with_(invalidated_at=signed.signed_at, invalidated_by="Eve", invalidated_reason="Wrong <b>client")
    assert "Marked as entered in error by Eve on 20-Nov-2026 15:40: Wrong <b>client" in text_of(made(void))


@pytest.mark.parametrize("consent", [Consent(), Consent(shown=ENGLISH)])
def test_without_a_signature_there_is_no_paper(consent: Consent) -> None:
    draft = a_full_draft().with_(consent=consent)
    with pytest.raises(Fault) as refused:
        make_consent_paper(ConsentPaper(draft, NAME, a_signed_session().client.birth_date, 42, a_clinic()), WORDS)
    assert refused.value.code is FaultCode.CONSENT_NOT_SIGNED


@pytest.mark.parametrize("name", ["ليلى الخطيب", "נועה כהן", "王小明", "Nguyễn Thị Ánh", "M" * 200, "Łu " * 66])
def test_any_name_fits_and_no_name_is_in_the_files_own_words(name: str) -> None:
    signed = signed_with(ENGLISH, confirmed_name=name.strip())
    signed = signed.with_(client=signed.client.with_(full_name=name.strip()))
    paper = made(signed)
    assert paper == made(signed)
    assert min(piece.size for piece in pieces(paper)) >= 10
    width = float(opened(paper).pages[0].mediabox.width)
    assert all(40 <= piece.x < width - 40 for piece in pieces(paper))
    said = str(dict(opened(paper).metadata or {}))
    assert name.strip() not in said
    assert CODE in said
