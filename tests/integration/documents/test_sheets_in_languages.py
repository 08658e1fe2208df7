"""The sheets as they come out in each of the ten languages: on their pages, whole, in order, from the right side."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import pytest
from bidi.algorithm import get_display

from needlelog.clock import local
from needlelog.documents.aftercare_content import AftercareSheet
from needlelog.documents.aftercare_sheet import make_aftercare_sheet
from needlelog.documents.client_words import client_words
from needlelog.documents.preparation_sheet import PreparationSheet, make_preparation_sheet
from needlelog.domain.papers import SheetForm
from needlelog.i18n import ISOLATED, ISOLATED_END, Words
from needlelog.knowledge.model import Knowledge
from needlelog.knowledge.reading import load_knowledge
from needlelog.paths import resources
from needlelog.rules.aftercare import day_and_month, local_end, spoken_day
from tests import builders
from tests.integration.documents.languages import FORMS, LANGUAGES, OTHERS, preparations, with_next_visit
from tests.integration.documents.papers import drawn_lines, opened, pieces
from tests.integration.documents.ten_visits import crowded, sheet_of, visits

FROM_THE_RIGHT = ("ar", "he")
FORM_NAMES = ("standard", "large")
NAMES = frozenset({"Ana Nowak", "retinol"})
"""The same in several languages."""


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(resources() / "knowledge")


def letters(text: str) -> str:
    """Letters and digits alone, in the order in which they are read: what blanks, signs and line ends cannot change."""
    return "".join(one for one in unicodedata.normalize("NFKC", text) if unicodedata.category(one)[0] in "LN")


def read(paper: bytes, words: Words) -> str:
    """What a reader of the file finds, page by page and line by line, as letters in reading order."""
    if words.right_to_left:
        return letters(" ".join(str(get_display(line, base_dir="R")) for line in drawn_lines(paper)))
    return letters(" ".join(page.extract_text() for page in opened(paper).pages))


def sentences(sheet: AftercareSheet, words: Words) -> Iterator[str]:
    """Everything that a client must be able to read, in the order of the sheet."""
    texts, timeline, zone = sheet.texts, sheet.timeline, sheet.timeline.time_zone
    yield from (texts.title, sheet.client_name, texts.main, texts.timeline, texts.timeline_note)
    for group in timeline.groups:
        if day := local_end(group.window, zone):
            yield day_and_month(local(group.window.starts_at, zone).date() if group.window.starts_at else day, words)
        yield from (item.brief for item in group.items)
    yield texts.normal
    yield from (item.brief for item in sorted(timeline.normal, key=lambda item: item.window.ends_at or 0))  # type: ignore[arg-type,return-value]
    yield from (texts.call, texts.scan)
    signs = [item for item in timeline.call if item.topic != "Emergency"]
    yield from (item.brief for soon in (True, False) for item in signs if item.same_day is soon)
    yield from (item.brief for item in timeline.call if item.topic == "Emergency")
    yield texts.treatment
    yield from (zone.name for zone in sheet.zones)
    yield texts.ahead
    assert sheet.next_visit_at is not None
    yield spoken_day(local(sheet.next_visit_at, zone).date(), words)
    yield from (item.text for item in timeline.results)
    yield from (one.brief for kind in ("leave", "do") for one in sheet.preparing if one.kind == kind)
    yield from (texts.diary, *texts.diary_rows, *texts.summary_lines)


def before_the_visit(sheet: PreparationSheet) -> Iterator[str]:
    texts = sheet.texts
    yield from (texts.title, texts.main, texts.timeline)
    yield from (one.told for one in sheet.advice if one.kind != "call")
    yield from (texts.planned, *sheet.concerns, *sheet.zones) if sheet.concerns or sheet.zones else ()
    yield texts.call
    yield from (one.told for one in sheet.advice if one.kind == "call")
    yield from (texts.ticks, *texts.tick_rows, *texts.summary_lines)


def assert_in_order(said: Iterator[str], text: str) -> None:
    at = 0
    for sentence in said:
        found = text.find(letters(sentence), at)
        assert found >= 0, (sentence, "comes earlier" if letters(sentence) in text else "is not there")
        at = found + 1


@pytest.mark.parametrize("form", FORMS, ids=FORM_NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_says_everything_in_order_on_its_pages(language: str, form: SheetForm, knowledge: Knowledge) -> None:
    words = client_words(language)
    for name in visits():
        sheet = sheet_of(name, knowledge, words, form, change=with_next_visit)
        paper = make_aftercare_sheet(sheet, words)
        text = read(paper, words)

        assert len(opened(paper).pages) <= (4 if form.large else 2), name
        assert_in_order(sentences(sheet, words), text)
        drawn = letters(" ".join(drawn_lines(paper))) if words.right_to_left else text
        # A name within a phrase from right to left is set apart, and drawn as it stands.
        names = [re.sub(f".*{ISOLATED}|{ISOLATED_END}.*", "", one.name) for one in sheet.materials]
        for said in (*names, *(one.lot for one in sheet.materials), sheet.client_name, sheet.clinic.phone):
            assert all(letters(word) in drawn for word in said.split()), (name, said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_crowded_sheet_keeps_each_part_on_its_page_and_its_diary(language: str, knowledge: Knowledge) -> None:
    words = client_words(language)
    sheet = sheet_of("radio frequency", knowledge, words, change=lambda _: with_next_visit(crowded()))
    paper = make_aftercare_sheet(sheet, words)
    texts, (days, rest) = sheet.texts, opened(paper).pages

    assert_in_order(sentences(sheet, words), read(paper, words))
    if not words.right_to_left:
        assert letters(texts.normal) not in letters(days.extract_text())
        assert letters(rest.extract_text()).startswith(letters(texts.normal))


@pytest.mark.parametrize("form", FORMS, ids=FORM_NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_whom_to_call_is_found_at_a_glance(language: str, form: SheetForm, knowledge: Knowledge) -> None:
    words = client_words(language)
    for name in ("face, shallow", "skin type V"):
        sheet = sheet_of(name, knowledge, words, form, change=with_next_visit)
        paper = make_aftercare_sheet(sheet, words)
        large = "".join(piece.text for piece in pieces(paper) if piece.size >= 24)
        assert sheet.clinic.phone in large
        assert sheet.emergency_number in large


@pytest.mark.parametrize("language", LANGUAGES)
def test_so_does_the_preparation_sheet(language: str, knowledge: Knowledge) -> None:
    words = client_words(language)
    for form in FORMS:
        for sheet in preparations(knowledge, words, form):
            paper = make_preparation_sheet(sheet, words)
            assert len(opened(paper).pages) <= (4 if form.large else 2)
            assert_in_order(before_the_visit(sheet), read(paper, words))


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_on_it_is_left_in_english(language: str, knowledge: Knowledge) -> None:
    words = client_words(language)
    said = [*sentences(sheet_of("face, shallow", knowledge, words, change=with_next_visit), words)]
    english = {*sentences(sheet_of("face, shallow", knowledge, Words(), change=with_next_visit), Words())}

    assert [one for one in said if one in english - NAMES] == []
    assert not [one for one in said if "{" in one]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_says_its_language_and_title(language: str, knowledge: Knowledge) -> None:
    words = client_words(language)
    reader = opened(make_aftercare_sheet(sheet_of("scalp", knowledge, words), words))

    assert reader.trailer["/Root"]["/Lang"] == language  # type: ignore[index]
    assert reader.metadata is not None
    assert reader.metadata.title == words("Aftercare")
    assert reader.metadata.subject == f"aftercare-{language} {sheet_of('scalp', knowledge, words).texts.version}"


@pytest.mark.parametrize("form", FORMS, ids=FORM_NAMES)
@pytest.mark.parametrize("language", FROM_THE_RIGHT)
def test_a_sheet_from_right_to_left_is_laid_out_as_in_a_mirror(
    language: str, form: SheetForm, knowledge: Knowledge
) -> None:
    words = client_words(language)
    paper = make_aftercare_sheet(sheet_of("face, shallow", knowledge, words, form), words)
    width = float(opened(paper).pages[0].mediabox.width)
    found = pieces(paper)
    clinic = next(one for one in found if one.text.strip() == "Quay Street Skin Clinic")

    # The name of the clinic stands at the right edge, Latin as it is; numbers keep their order.
    assert clinic.x > width / 2
    assert any("+353 1 555 0100" in line for line in drawn_lines(paper))
    assert min(one.x for one in found) >= 42.4
    # Signs stand right of their text: nothing but them reaches the outermost strip.
    rows = [one for one in found if one.page == 1 and one.size >= 14]
    assert max(one.x for one in rows) < width - 42


@pytest.mark.parametrize("language", FROM_THE_RIGHT)
def test_the_drawings_of_a_sheet_from_the_right_are_no_mirror_images(language: str, knowledge: Knowledge) -> None:
    """The client's left stays left on the drawing, and a camera reads the code."""
    placed = {}
    for words in (Words(), client_words(language)):
        paper = make_aftercare_sheet(sheet_of("acne scars, deep", knowledge, words), words)
        contents = b"\n".join(page.get_contents().get_data() for page in opened(paper).pages)  # type: ignore[union-attr]
        found = re.findall(rb"q (-?[\d.]+) 0 0 -[\d.]+ (-?[\d.]+) -?[\d.]+ cm\n", contents)
        placed[words.language] = [(float(wide), float(left)) for wide, left in found]

    here, there = placed["en"], placed[language]
    assert len(here) == len(there) == 2
    assert all(wide > 0 for wide, _ in there)
    assert all(left > 300 for _, left in here)
    assert all(left < 300 for _, left in there)


@pytest.mark.parametrize("language", FROM_THE_RIGHT)
def test_names_and_numbers_of_another_direction_stay_whole(language: str, knowledge: Knowledge) -> None:
    words = client_words(language)
    needling = builders.a_needling(passes=(builders.a_pass(cartridge="Nano (12) Ltd.", lot="2231-B/7"),))
    sheet = sheet_of("scalp", knowledge, words, change=lambda draft: draft.with_(needling=needling))
    found = [one.text.strip() for one in pieces(make_aftercare_sheet(sheet, words))]

    assert "Nano (12) Ltd." in found
    assert "2231-B/7" in found
    assert "C-0042" in " ".join(found)


def test_a_note_in_another_direction_is_read_in_its_own(knowledge: Knowledge) -> None:
    words = client_words("ar")
    note = "Dear Ana, call me (Mara) on Monday."
    with_note = sheet_of(
        "scalp", knowledge, words, change=lambda draft: draft.with_(aftercare=draft.aftercare.with_(note=note))
    )
    found = [one.text.strip() for one in pieces(make_aftercare_sheet(with_note, words))]
    assert note in found
