"""The sheet a client takes home, made from a whole visit and read back as PDF."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from needlelog.documents.aftercare_content import AftercareSheet, TreatedZone, sheet_for
from needlelog.documents.aftercare_sheet import make_aftercare_sheet
from needlelog.documents.aftercare_texts import aftercare_texts, languages
from needlelog.documents.client_words import client_words
from needlelog.documents.paper_file import CONTENT_WIDTH, LEAST_MARGIN
from needlelog.documents.sheet_texts import OwnTexts
from needlelog.domain.clinic import PageSize
from needlelog.errors import Fault, FaultCode
from needlelog.i18n import Words
from needlelog.knowledge.model import Knowledge
from needlelog.knowledge.reading import load_knowledge
from needlelog.paths import resources
from tests.builders import a_client, a_clinic, a_full_draft, a_moment, a_needling, a_pass, a_use, an_id
from tests.integration.documents.papers import fonts_of, opened, pieces, text_of

WORDS = Words()
NAMES = (
    "Łukasz O'Brien <b>& Søn",
    "Νίκος Παπαδόπουλος",
    "Nguyễn Thị Ánh",
    "Юлия Щёголева",
    '<img src="/etc/passwd">',
    "Zoe\u0308 & Sons {until} %s",
    "<a href='http://example.org'>x</a> <font color=white>",
)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(resources() / "knowledge")


@pytest.fixture(scope="module")
def sheet(knowledge: Knowledge) -> AftercareSheet:
    return sheet_for(a_full_draft(), a_client(), a_clinic(), knowledge, {}, WORDS)


@pytest.fixture(scope="module")
def paper(sheet: AftercareSheet) -> bytes:
    return make_aftercare_sheet(sheet, WORDS)


def test_the_visit_is_on_it(paper: bytes) -> None:
    text = text_of(paper)

    for said in (
        "Quay Street Skin Clinic",
        "Friday 20 November 2026, 15:33",
        "For Ana Nowak",
        "Forehead · Left cheek · Right cheek 0.5 to 0.75 mm, 2 passes",
        "Hyaluronic acid serum lot HA-77",
        "Lidocaine cream 4 % lot LX-10",
        "Friday 8 January 2027, 14:00",
        "+353 1 555 0100",
        "112 or 999",
        "Mara Lindt",
    ):
        assert said in text


def test_the_days_are_computed(paper: bytes) -> None:
    text = text_of(paper)

    for said in (
        "until Saturday 21 November, 16:00 Do not wash or cleanse the treated skin. Stay indoors and use no sunscreen. "
        "From tomorrow on Saturday 21 November",
        "from Saturday 21 November, 16:00 Wash gently: lukewarm water, mild cleanser.",
        "Ends in the first week 22 November to 26 November until Sunday 22 November, 04:00",
        "until Sunday 22 November, 16:00 Do not wear make-up on the treated skin.",
        "until Monday 23 November, 16:00 Skip the gym, hard exercise and all sweat.",
        "until end of Wednesday 25 November Do not use a sauna. Do not swim",
        "until end of Friday 4 December Keep out of the sun. Use only gentle products without fragrance.",
    ):
        assert said in text
    assert "{" not in text


def test_the_days_hold_over_the_end_of_summer_time(knowledge: Knowledge) -> None:
    passes = (a_pass(at=datetime(2026, 10, 24, 14, 40, tzinfo=UTC)),)
    draft = a_full_draft(
        needling=a_needling(passes=passes, started_at=None, ended_at=None),
        serums=(),
        cooling=(),
        time_zone="Europe/London",
    )
    text = text_of(make_aftercare_sheet(sheet_for(draft, a_client(), a_clinic(), knowledge, {}, WORDS), WORDS))

    assert "Saturday 24 October 2026, 15:40" in text
    assert "until Monday 26 October, 15:00 Do not wear make-up" in text


def test_what_ends_tomorrow_stands_under_today(paper: bytes) -> None:
    """Under tomorrow's name it would read as if it began then."""
    text = text_of(paper)
    today, tomorrow = text.index("From today on"), text.index("From tomorrow on")

    assert today < text.index("Do not wash or cleanse") < tomorrow < text.index("Wash gently")
    assert (
        tomorrow
        < text.index("Ends in the first week")
        < text.index("Do not wear make-up")
        < text.index("Ends later until")
    )


def test_what_begins_on_a_later_day_stands_under_that_day(knowledge: Knowledge) -> None:
    later = {
        "wash-gently": {"from_h": 72},
        "sunscreen": {"from_h": 240},
    }
    rules = {id_: rule.model_copy(update=later.get(id_, {})) for id_, rule in knowledge.aftercare.items()}
    other = knowledge.with_(aftercare=rules)
    text = text_of(make_aftercare_sheet(sheet_for(a_full_draft(), a_client(), a_clinic(), other, {}, WORDS), WORDS))

    assert "From tomorrow on" not in text
    assert "Days 3 to 7 22 November to 26 November from Monday 23 November, 16:00 Wash gently" in text
    assert "Then until Monday 21 December from Monday 30 November, 16:00 Wear mineral sunscreen" in text


def test_what_ends_or_begins_at_midnight_is_told_by_the_day(knowledge: Knowledge) -> None:
    at = datetime(2026, 11, 20, 12, tzinfo=UTC)
    needling = a_needling(passes=(a_pass(at=at),), started_at=None, ended_at=None)
    draft = a_full_draft(needling=needling, serums=(), cooling=())
    rules = knowledge.aftercare | {"sunscreen": knowledge.aftercare["sunscreen"].model_copy(update={"from_h": 36})}
    other = knowledge.with_(aftercare=rules)
    text = text_of(make_aftercare_sheet(sheet_for(draft, a_client(), a_clinic(), other, {}, WORDS), WORDS))

    assert "until end of Saturday 21 November Use no growth-factor" in text
    assert "from Sunday 22 November Wear mineral sunscreen" in text
    assert "00:00" not in text


@pytest.mark.parametrize(
    ("language", "head", "next_visit", "until"),
    [
        ("en", "20 November 2026, 3:33 pm", "8 January 2027, 2:00 pm", "22 November, 4:00 am"),
        ("es", "20 de noviembre de 2026, 3:33 p. m.", "8 de enero de 2027, 2:00 p. m.", "22 de noviembre 4:00 a. m."),
        ("fr", "20 novembre 2026 à 15:33", "8 janvier 2027 à 14:00", "22 novembre à 04:00"),
    ],
)
def test_hours_are_counted_as_in_the_clinics_country(
    language: str, head: str, next_visit: str, until: str, knowledge: Knowledge
) -> None:
    words = client_words(language)
    american = a_clinic(country="US")
    made = sheet_for(a_full_draft(), a_client(language=language), american, knowledge, {}, words)
    text = text_of(make_aftercare_sheet(made, words))

    assert all(said in text for said in (head, next_visit, until))


@pytest.mark.parametrize(("country", "until"), [("IE", "22 November, 16:00"), ("US", "22 November, 4:00\u00a0pm")])
def test_hours_within_a_rule_of_ones_own_are_counted_so_too(knowledge: Knowledge, country: str, until: str) -> None:
    own = OwnTexts({"rules.no-make-up.text": "No make-up until {until}.", "rules.no-make-up.brief": ""}, "own-1")
    texts = aftercare_texts("en", knowledge.aftercare.values(), own)
    sheet = sheet_for(a_full_draft(), a_client(), a_clinic(country=country), knowledge, {}, WORDS, texts=texts)
    (told,) = (one.text for group in sheet.timeline.groups for one in group.items if one.rule == "no-make-up")
    assert until in told
    titles = " ".join(group.title for group in sheet.timeline.groups)
    assert ("16:00" in titles, "pm" in titles) == (country == "IE", country == "US")


def test_what_to_mind_before_the_next_visit_stands_below_its_day(paper: bytes) -> None:
    text = text_of(paper)

    assert "What comes next Your next visit Friday 8 January 2027, 14:00" in text
    assert text.count("8 January 2027") == 1
    assert text.index("8 January 2027") < text.index("no sun or tanning beds") < text.index("Come with clean")


def test_an_emergency_of_today_stands_before_what_may_wait(knowledge: Knowledge) -> None:
    rules = dict(reversed(knowledge.aftercare.items()))
    rules["call-bumps"] = rules["call-bumps"].model_copy(update={"order": 1})
    other = knowledge.with_(aftercare=rules)
    text = text_of(make_aftercare_sheet(sheet_for(a_full_draft(), a_client(), a_clinic(), other, {}, WORDS), WORDS))

    assert text.index("The same day for blisters") < text.index("For new bumps")


@pytest.mark.parametrize("name", NAMES)
def test_any_name_is_printed_literally(sheet: AftercareSheet, name: str) -> None:
    paper = make_aftercare_sheet(replace(sheet, client_name=name, note=name, home_products=()), WORDS)

    assert text_of(paper).count(unicodedata.normalize("NFC", name)) == 4
    assert b"/URI" not in paper
    assert b"/Image" not in paper.replace(b"/ImageB /ImageC /ImageI", b"")


@pytest.mark.parametrize("name", ["אנה כהן", "محمد الأحمد"])
def test_right_to_left_names_are_printed(sheet: AftercareSheet, name: str) -> None:
    paper = make_aftercare_sheet(replace(sheet, client_name=name), WORDS)
    bases = {font for font, _ in fonts_of(paper)}

    assert any("DejaVuSans-Bold" in font for font in bases)
    assert len(opened(paper).pages) == 2


@pytest.mark.parametrize(("name", "character"), [("𠮷野", "𠮷"), ("Ana 😀", "😀")])
def test_a_name_no_font_has_is_refused_before_anything_is_drawn(
    sheet: AftercareSheet, name: str, character: str
) -> None:
    with pytest.raises(Fault) as caught:
        make_aftercare_sheet(replace(sheet, client_name=name), WORDS)

    assert caught.value.code is FaultCode.CHARACTER_NOT_PRINTABLE
    assert character in str(WORDS.fault(caught.value))


@pytest.mark.parametrize("size", list(PageSize))
def test_two_pages_inside_the_margins_of_both_papers(sheet: AftercareSheet, size: PageSize) -> None:
    clinic = sheet.clinic.with_(page_size=size)
    paper = make_aftercare_sheet(replace(sheet, clinic=clinic), WORDS)
    pages = opened(paper).pages
    width, height = float(pages[0].mediabox.width), float(pages[0].mediabox.height)
    across, down = (width - CONTENT_WIDTH) / 2, LEAST_MARGIN

    assert len(pages) == 2
    assert (round(width), round(height)) == {PageSize.A4: (595, 842), PageSize.LETTER: (612, 792)}[size]
    assert across >= 15 * 72 / 25.4 - 0.3
    for piece in pieces(paper):
        assert across - 0.1 <= piece.x <= width - across
        assert down + 2 <= piece.y <= height - down


def test_no_type_is_smaller_than_14_but_the_footer(paper: bytes) -> None:
    found = pieces(paper)
    footer_top = LEAST_MARGIN + 40

    assert min(piece.size for piece in found) >= 12
    assert {piece.size for piece in found if piece.y > footer_top and piece.size < 14} == set()


def test_each_page_says_whose_it_is(paper: bytes) -> None:
    for number, page in enumerate(opened(paper).pages, start=1):
        text = " ".join(page.extract_text().split())
        assert "Ana Nowak · born 12 March 1988 · C-0042" in text
        assert f"Page {number} of 2" in text
        assert "Visit 20 November 2026 · sheet aftercare-en" in text


def test_every_font_is_inside(paper: bytes) -> None:
    found = dict(fonts_of(paper))

    assert found
    assert all(found.values())
    assert b"Helvetica" not in paper


def test_the_file_names_no_client_and_runs_nothing(paper: bytes) -> None:
    reader = opened(paper)

    assert reader.metadata is not None
    assert "Nowak" not in str(dict(reader.metadata))
    assert reader.metadata.author == "Quay Street Skin Clinic"
    assert str(reader.trailer["/Root"]["/Lang"]) == "en"  # type: ignore[index]
    for key in (b"/JS", b"/JavaScript", b"/URI", b"/EmbeddedFiles", b"/OpenAction", b"/Annots"):
        assert key not in paper


def test_the_same_visit_gives_the_same_bytes(
    sheet: AftercareSheet, paper: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")

    assert make_aftercare_sheet(sheet, WORDS) == paper
    assert make_aftercare_sheet(replace(sheet, note="Other."), WORDS) != paper


def test_a_full_visit_with_a_note_fits(sheet: AftercareSheet, knowledge: Knowledge) -> None:
    draft = a_full_draft(
        serums=(a_use(name="Hyaluronic acid serum"), a_use(id=an_id(77), name="Peptide serum", lot="PS-077")),
    )
    full = sheet_for(draft, a_client(full_name="Konstantina Papadopoulou-Lindqvist"), a_clinic(), knowledge, {}, WORDS)

    paper = make_aftercare_sheet(
        replace(full, note="Your left cheek was a little dry. Use the cream twice a day. " * 3), WORDS
    )

    assert len(opened(paper).pages) == 2
    assert "Use the cream twice a day." in text_of(paper)


def test_notes_that_do_not_fit_are_refused(sheet: AftercareSheet) -> None:
    with pytest.raises(Fault) as caught:
        make_aftercare_sheet(replace(sheet, note="One more line. " * 150), WORDS)

    assert caught.value.code is FaultCode.PAPER_TOO_LONG
    assert caught.value.values == {"pages": 2, "needed": 3}


def test_a_bare_sheet_is_still_whole(sheet: AftercareSheet) -> None:
    bare = replace(
        sheet,
        clinic=sheet.clinic.with_(phone="", phone_hours="", emergency_text=""),
        emergency_number="",
        next_visit_at=None,
        home_products=(),
        materials=(),
        zones=(TreatedZone("Chin", Decimal("1.00"), Decimal("1.00"), 1),),
    )
    text = text_of(make_aftercare_sheet(bare, WORDS))

    assert "Chin 1 mm, 1 pass" in text
    assert "Dial your local emergency number." in text


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=120), st.text(min_size=1, max_size=120))
def test_any_text_gives_a_paper_or_a_fault(sheet: AftercareSheet, note: str, name: str) -> None:
    refused = None
    try:
        paper = make_aftercare_sheet(replace(sheet, note=note, client_name=name), WORDS)
    except Fault as fault:
        refused = fault.code
    expected = {None, FaultCode.CHARACTER_NOT_PRINTABLE, FaultCode.PAPER_TOO_LONG}

    assert refused in expected
    assert refused or len(opened(paper).pages) <= 2


@pytest.mark.parametrize("language", languages())
def test_each_template_speaks_plainly(language: str, knowledge: Knowledge) -> None:
    texts = aftercare_texts(language, knowledge.aftercare.values())

    assert len(texts.main.split()) <= 25
    assert len(texts.summary_lines) == 3
    for said in (texts.main, *texts.summary_lines):
        assert max(len(sentence.split()) for sentence in re.split(r"[.!?]", said)) <= 15
        assert not re.search(r"\d", said)


def test_a_language_without_a_template_falls_back_to_english(knowledge: Knowledge) -> None:
    for unknown in ("xx", "../knowledge/zones", ""):
        assert aftercare_texts(unknown, knowledge.aftercare.values()).language == "en"


def test_what_was_given_is_counted_from_the_visit(sheet: AftercareSheet) -> None:
    assert sheet.timeline.ended_at == a_moment(93)
