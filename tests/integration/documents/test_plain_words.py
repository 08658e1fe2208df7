"""M1 to M16: what makes a sheet understandable and actionable, held against every shipped text and every sheet.

Each test here names its rule. For the other languages the same is held by ``test_reading_measures`` (M1, M2, M4, M6,
M8, M9), ``test_aftercare_sheet`` (M3, M12), ``test_sheets_in_languages`` (M3, M7, M10 to M12, M14 to M16) and
``test_tags`` (M14); M13 does not depend on the language. M5 knows English verbs alone: elsewhere reviewers judge it.

The reading measures are the program's own, held against hand-computed values in ``test_reading_grade``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from needlelog.documents.aftercare_content import AftercareSheet
from needlelog.documents.aftercare_sheet import make_aftercare_sheet
from needlelog.documents.aftercare_texts import aftercare_texts
from needlelog.documents.preparation_content import NextVisit, preparation_for
from needlelog.documents.preparation_sheet import make_preparation_sheet
from needlelog.documents.preparation_texts import preparation_texts
from needlelog.documents.reading_grade import MEASURES, MOST_LONGEST, MOST_MEAN, reading_of
from needlelog.domain.papers import SheetForm
from needlelog.i18n import Words
from needlelog.knowledge.model import Knowledge
from needlelog.knowledge.reading import load_knowledge
from needlelog.paths import resources
from tests import builders
from tests.integration.documents.languages import with_next_visit
from tests.integration.documents.papers import pieces, text_of
from tests.integration.documents.ten_visits import sheet_of, visits

WORDS = Words()
MOST_GRADE, MOST_OF_ONE = MEASURES["en"].limit, 10.0
"""M1."""

VERBS = frozenset(
    {"do", "use", "stay", "skip", "keep", "wear", "wash", "have", "leave", "take", "let", "come", "call", "your"}
)
"""With which a line that says what to do begins, or it speaks of you."""

PASSIVE = re.compile(r"\b(should|must|may|can) be \w+ed\b|\bis to be\b|\bare to be\b")
JARGON = re.compile(
    r"\b(erythema|oedema|edema|hyperpigment\w*|post-inflammatory|occlusive|dermis|epiderm\w*|topical|granuloma\w*|"
    r"contraindicat\w*|adverse|lesion\w*|exfoliant\w*|actives|pruritus|analgesic\w*|anaesthetic|haematoma|papule\w*)\b",
    re.I,
)
"""M8: the words of the trade that no sheet may use."""


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(resources() / "knowledge")


@pytest.fixture(scope="module", params=list(visits()))
def sheet(request: Any, knowledge: Knowledge) -> AftercareSheet:
    return sheet_of(request.param, knowledge, WORDS)


@pytest.fixture(scope="module")
def paper(sheet: AftercareSheet) -> bytes:
    return make_aftercare_sheet(sheet, WORDS)


@pytest.fixture(scope="module")
def text(paper: bytes) -> str:
    return text_of(paper)


def grade(texts: Iterable[str]) -> float:
    found = reading_of(texts, "en").grade
    assert found is not None
    return found


def sections(knowledge: Knowledge) -> dict[str, list[str]]:
    """Every shipped text for clients by the section of the sheet in which it stands."""
    found: dict[str, list[str]] = {}
    for rule in knowledge.aftercare.values():
        found.setdefault(f"aftercare {rule.kind}", []).append(rule.text)
    for advice in knowledge.preparing.values():
        found.setdefault(f"preparation {advice.kind}", []).append(advice.text)
    texts, before = (
        aftercare_texts("en", knowledge.aftercare.values()),
        preparation_texts("en", knowledge.preparing.values()),
    )
    found["aftercare frame"] = [texts.main, texts.timeline_note, *texts.diary_rows, *texts.summary_lines]
    found["preparation frame"] = [before.main, before.timeline_note, *before.tick_rows, *before.summary_lines]
    return found


def test_the_measure_knows_plain_from_hard() -> None:
    assert grade(["Do not wash your face.", "Keep it cool."]) < 2
    assert grade(["Transient erythema following percutaneous instrumentation necessitates medical consultation."]) > 20


def test_m1_every_section_is_read_at_twelve(knowledge: Knowledge) -> None:
    grades = {name: round(grade(texts), 1) for name, texts in sections(knowledge).items()}
    assert max(grades.values()) <= MOST_GRADE, grades
    # One hard sentence would drown among many plain ones.
    for rule in (*knowledge.aftercare.values(), *knowledge.preparing.values()):
        assert grade([rule.text]) <= MOST_OF_ONE, rule.text


def printed(sheet: AftercareSheet, text: str) -> dict[str, list[str]]:
    """Every sentence on one sheet by section, as its client reads it with days and times; ``text`` is the paper's."""
    timeline, texts = sheet.timeline, sheet.texts
    left = re.findall(r"From \w+day \d+ \w+ on: no [^.]+\.", text)
    assert len(left) == len({one.day for one in sheet.preparing if one.kind == "leave"})
    asked = [one.brief for one in sheet.preparing if one.kind == "do"]
    return {
        "frame": [texts.main, texts.timeline_note, texts.scan, *texts.diary_rows, *texts.summary_lines],
        "days": [item.brief for group in timeline.groups for item in group.items],
        "normal": [item.brief for item in timeline.normal],
        "call": [item.brief for item in timeline.call],
        "ahead": [*(item.text for item in timeline.results), *left, *asked],
    }


@pytest.mark.parametrize("name", list(visits()))
def test_m1_and_m2_hold_for_every_sentence_of_every_visit(name: str, knowledge: Knowledge) -> None:
    sheet = sheet_of(name, knowledge, WORDS, change=with_next_visit)
    text = text_of(make_aftercare_sheet(sheet, WORDS))
    for section, texts in printed(sheet, text).items():
        reading = reading_of(texts, "en")
        assert all(sentence in text for sentence in texts), section
        assert grade(texts) <= MOST_GRADE, (section, grade(texts))
        assert reading.mean <= MOST_MEAN, section
        assert reading.longest <= MOST_LONGEST, section
        assert [sentence for sentence in texts if grade([sentence]) > MOST_OF_ONE] == []


@pytest.mark.parametrize("name", list(visits()))
def test_they_do_with_every_day_written_out(name: str, knowledge: Knowledge) -> None:
    """As the sheet says it once under a heading; "November" alone counts like a hard word."""
    timeline = sheet_of(name, knowledge, WORDS).timeline
    items = [item for group in timeline.groups for item in group.items]
    whole = reading_of([item.text for item in (*items, *timeline.normal, *timeline.call, *timeline.results)], "en")

    assert whole.grade is not None
    assert whole.grade <= MOST_GRADE
    assert whole.mean <= MOST_MEAN
    assert whole.longest <= MOST_LONGEST


def test_m2_sentences_are_short(knowledge: Knowledge) -> None:
    for name, texts in sections(knowledge).items():
        reading = reading_of(texts, "en")
        assert reading.mean <= MOST_MEAN, name
        assert reading.longest <= MOST_LONGEST, name
    for rule in (*knowledge.aftercare.values(), *knowledge.preparing.values()):
        assert reading_of([rule.text], "en").longest <= MOST_MEAN, rule.id


def test_m3_one_main_message_comes_first(sheet: AftercareSheet, text: str) -> None:
    assert len(sheet.texts.main.split()) <= 25
    assert text.count(sheet.texts.main) == 1
    assert text.index(sheet.texts.main) < text.index(sheet.texts.timeline)


def test_m4_lists_are_short_under_headings(sheet: AftercareSheet, text: str) -> None:
    for heading in (
        sheet.texts.timeline,
        sheet.texts.normal,
        sheet.texts.call,
        sheet.texts.treatment,
        sheet.texts.ahead,
    ):
        assert heading in text
    # What always holds is the longest stretch: a few lines of each kind, never a wall.
    for group in sheet.timeline.groups:
        assert max(sum(one.kind == kind for one in group.items) for kind in ("avoid", "do")) <= 5
    signs = [one.same_day for one in sheet.timeline.call if one.topic != "Emergency"]
    assert max(signs.count(True), signs.count(False)) <= 5


def test_m4_holds_for_a_visit_that_needs_every_rule(knowledge: Knowledge) -> None:
    signs = [rule for rule in knowledge.aftercare.values() if rule.kind == "call" and rule.topic != "Emergency"]
    assert sum(rule.same_day for rule in signs) == 4
    assert len(signs) <= 9


def test_m5_what_to_do_is_said_as_a_verb_to_you(knowledge: Knowledge) -> None:
    told = [rule for rule in knowledge.aftercare.values() if rule.kind in {"avoid", "do"}]
    for rule in (*told, *knowledge.preparing.values()):
        first = re.findall(r"[a-z']+", rule.text.lower())[0]
        assert first in VERBS, rule.text
        assert not PASSIVE.search(rule.text), rule.text


def test_m6_one_act_a_line(knowledge: Knowledge) -> None:
    for texts in sections(knowledge).values():
        assert not [text for text in texts if " and then " in text.lower()]


def test_m7_times_are_days_and_clock_times(sheet: AftercareSheet, text: str) -> None:
    assert not re.search(r"\b\d+ ?(h|hours?|hrs)\b", text.replace(sheet.clinic.phone_hours, ""))
    assert not re.search(r"\bfor \d+ (days?|weeks?)\b", text)
    assert re.search(r"until (Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day \d+ [A-Z][a-z]+, \d\d:\d\d", text)


def test_m8_no_word_of_the_trade(knowledge: Knowledge) -> None:
    for texts in sections(knowledge).values():
        assert not [text for text in texts if JARGON.search(text)]


def test_m9_numbers_are_whole_and_no_share_is_a_percentage(knowledge: Knowledge) -> None:
    for texts in sections(knowledge).values():
        for text in texts:
            assert "%" not in text
            assert not re.search(r"\d[.,]\d", text)


def test_m10_when_to_call_whom_and_the_ambulance(sheet: AftercareSheet, paper: bytes, text: str) -> None:
    assert sheet.texts.call in text
    assert sheet.clinic.phone_hours in text
    large = {piece.text.strip() for piece in pieces(paper) if piece.size >= 24}
    assert {sheet.clinic.phone, sheet.emergency_number} <= large


def test_m11_a_list_to_tick(sheet: AftercareSheet, text: str) -> None:
    assert sheet.texts.diary in text


def test_m12_three_lines_sum_it_up_at_the_end(sheet: AftercareSheet, text: str) -> None:
    assert len(sheet.texts.summary_lines) == 3
    places = [text.rindex(line) for line in sheet.texts.summary_lines]
    assert places == sorted(places)
    assert min(places) > text.index(sheet.texts.diary)


@pytest.mark.parametrize(("form", "least", "most_pages"), [(SheetForm(), 14, 2), (SheetForm(large=True), 18, 4)])
@pytest.mark.parametrize("name", list(visits()))
def test_m13_letters_are_large_enough_and_lines_short(
    name: str, form: SheetForm, least: float, most_pages: int, knowledge: Knowledge
) -> None:
    paper = make_aftercare_sheet(sheet_of(name, knowledge, WORDS, form), WORDS)
    found = pieces(paper)
    foot = max(piece.y for piece in found if piece.text.startswith(" · born"))
    assert min(piece.size for piece in found if piece.y > foot + 1) >= least
    assert max(len(piece.text) for piece in found) <= 75
    assert not re.search(r"\b[A-Z]{2,}(?: [A-Z]{2,}){3,}\b", text_of(paper))
    assert len(PdfReader(BytesIO(paper)).pages) <= most_pages


def test_m14_the_picture_has_a_caption_and_its_places_in_words(sheet: AftercareSheet, text: str) -> None:
    assert sheet.views
    assert sheet.texts.picture in text
    assert all(zone.name in text for zone in sheet.zones)


def test_m15_the_language_is_the_clients(knowledge: Knowledge) -> None:
    draft = visits()["face, shallow"]
    paper = make_aftercare_sheet(sheet_of("face, shallow", knowledge, WORDS), WORDS)
    assert str(PdfReader(BytesIO(paper)).trailer["/Root"]["/Lang"]) == builders.a_client().language  # type: ignore[index]
    assert draft.consent.shown is not None
    assert draft.consent.shown.language == builders.a_client().language


def test_m16_it_is_this_visits(sheet: AftercareSheet, text: str) -> None:
    for said in (*(zone.name for zone in sheet.zones), *(one.name for one in sheet.materials)):
        assert said in text
    assert all(f"lot {one.lot}" in text for one in sheet.materials if one.lot)
    assert f"{sheet.timeline.ended_at.year}" in text


@pytest.mark.parametrize("zones", [("cheek_left",), ("scalp_crown",), ("thigh_left",), ("periorbital_left",), ()])
def test_the_preparation_sheet_is_as_plain(zones: tuple[str, ...], knowledge: Knowledge) -> None:
    visit = NextVisit(builders.a_moment(49 * 24 * 60), ("acne-scars",), zones)
    made = preparation_for(
        visit, builders.a_client(), builders.a_clinic(), knowledge, now=builders.ENDED, form=SheetForm(), words=WORDS
    )
    paper = make_preparation_sheet(made, WORDS)
    text = text_of(paper)

    assert len(made.texts.main.split()) <= 25
    assert text.index(made.texts.main) < text.index(made.texts.timeline)
    for said in (made.clinic.phone, *made.texts.tick_rows, *made.texts.summary_lines):
        assert said in text
    assert "From Friday 25 December on" in text
    assert "{" not in text
    assert len(PdfReader(BytesIO(paper)).pages) <= 2
    assert min(piece.size for piece in pieces(paper)) >= 12
