"""The structure of the papers, as whoever has them read aloud hears it: headings, lists, pictures in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pypdf.generic import ContentStream

from needlelog.documents.aftercare_content import sheet_for
from needlelog.documents.aftercare_sheet import make_aftercare_sheet
from needlelog.documents.client_words import client_words
from needlelog.documents.consent_paper import ConsentPaper, make_consent_paper
from needlelog.documents.lot_list import LotList, make_lot_list
from needlelog.documents.record_sheet import make_record_sheet
from needlelog.documents.recovery_sheet import RecoverySheet, make_recovery_sheet
from needlelog.i18n import Words
from needlelog.knowledge.consent import load_consent_texts
from needlelog.knowledge.model import Knowledge
from needlelog.knowledge.reading import load_knowledge
from needlelog.paths import resources
from tests.builders import ENDED, a_client, a_clinic, a_full_draft
from tests.integration.documents.long_papers import a_file, a_long_draft, a_long_visit, a_report
from tests.integration.documents.papers import opened
from tests.integration.documents.test_consent_paper import signed_with
from tests.integration.documents.test_record_sheet import a_signed_session

WORDS = Words()
TEXTS = {one.language: one for one in load_consent_texts(resources() / "consent")}


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(resources() / "knowledge")


@pytest.fixture(scope="module")
def papers(knowledge: Knowledge) -> dict[str, bytes]:
    """One of each kind."""
    made: dict[str, bytes] = {}
    for language in ("en", "ar"):
        words = client_words(language)
        sheet = sheet_for(a_full_draft(), a_client(language=language), a_clinic(), knowledge, {}, words)
        made[f"aftercare-{language}"] = make_aftercare_sheet(sheet, words)
        made[f"consent-{language}"] = consent(language)
    made["record"] = make_record_sheet(a_signed_session(), a_clinic(), knowledge, WORDS)
    made["lots"] = make_lot_list(LotList(a_clinic(), "L-1", (), ENDED, "Ana"), knowledge, WORDS)
    made["recovery"] = make_recovery_sheet(RecoverySheet(a_clinic(), ("7K4QM", "X2RTW"), ENDED), WORDS)
    signed = a_long_visit(a_long_draft(knowledge))
    made["report"], made["file"] = a_report(knowledge, signed), a_file(knowledge, signed)
    return made


def consent(language: str) -> bytes:
    return make_consent_paper(ConsentPaper.of(signed_with(TEXTS[language]), a_clinic(), ""), client_words(language))


KINDS = ("aftercare-en", "aftercare-ar", "consent-en", "consent-ar", "record", "lots", "recovery", "report", "file")


def elements(node: Any) -> Iterator[Any]:
    """Every element below the root, in reading order."""
    yield node
    for kid in node.get("/K", []):
        found = kid.get_object()
        if found.get("/Type") == "/StructElem":
            yield from elements(found)


def structure(paper: bytes) -> list[Any]:
    root = opened(paper).trailer["/Root"]["/StructTreeRoot"].get_object()  # type: ignore[index]
    return list(elements(root["/K"].get_object()))


def marks(paper: bytes) -> list[list[tuple[str, int | None]]]:
    """What is marked on each page, and that nothing is drawn outside of a mark."""
    reader, found = opened(paper), []
    for page in reader.pages:
        here: list[tuple[str, int | None]] = []
        depth = 0
        for operands, operator in ContentStream(page["/Contents"].get_object(), reader).operations:
            if operator in (b"BDC", b"BMC"):
                assert depth == 0, "marks lie within one another"
                depth += 1
                properties = operands[1] if len(operands) > 1 else {}
                number = properties.get("/MCID") if isinstance(properties, dict) else None
                here.append((str(operands[0]), None if number is None else int(number)))
            elif operator == b"EMC":
                depth -= 1
            elif operator in (b"Tj", b"TJ", b"S", b"s", b"f", b"B", b"b", b"Do"):
                assert depth == 1, f"{operator!r} stands outside of every mark"
        assert depth == 0
        found.append(here)
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_everything_drawn_is_an_element_or_decoration(papers: dict[str, bytes], kind: str) -> None:
    paper = papers[kind]
    root = opened(paper).trailer["/Root"]  # type: ignore[index]
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"].get_object()["/Marked"]
    tree = root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    for place, (page, here) in enumerate(zip(opened(paper).pages, marks(paper), strict=True)):
        assert int(page["/StructParents"]) == place
        numbers = [number for _, number in here if number is not None]
        assert numbers == list(range(len(numbers)))
        owners = [one.get_object() for one in tree[2 * place + 1]]
        roles = [role for role, number in here if number is not None]
        assert [owner["/S"] for owner in owners] == roles
        assert here[-1][0] == "/Artifact", "the foot of a page is not read out"


@pytest.mark.parametrize("kind", KINDS)
def test_it_has_one_title_and_every_picture_speaks(papers: dict[str, bytes], kind: str) -> None:
    found = structure(papers[kind])
    roles = [str(one["/S"]) for one in found]
    assert roles[0] == "/Document"
    assert roles.count("/H1") == 1
    assert all(str(one["/Alt"]).strip() for one in found if one["/S"] == "/Figure")
    for one in found:
        if one["/S"] == "/LI":
            assert one["/P"].get_object()["/S"] == "/L"
            assert [kid.get_object()["/S"] for kid in one["/K"]] == ["/LBody"]


def test_a_sheet_for_a_client_tells_its_lists_and_its_pictures(papers: dict[str, bytes]) -> None:
    found = structure(papers["aftercare-en"])
    roles = [str(one["/S"]) for one in found]
    assert roles.count("/LI") > 20
    assert roles.count("/H2") >= 5
    assert [str(one["/Alt"]) for one in found if one["/S"] == "/Figure"] == [
        "Or scan this code. +353 1 555 0100",
        "Dark: treated today",
    ]


def cells(table: Any) -> list[list[str]]:
    """The roles of the cells of each row."""
    rows = [kid.get_object() for kid in table["/K"]]
    assert {str(one["/S"]) for one in rows} == {"/TR"}
    return [[str(kid.get_object()["/S"])[1:] for kid in one["/K"]] for one in rows]


@pytest.mark.parametrize("kind", ["aftercare-en", "aftercare-ar"])
def test_the_days_to_tick_are_a_table_with_its_headings(papers: dict[str, bytes], kind: str) -> None:
    (table,) = [one for one in structure(papers[kind]) if one["/S"] == "/Table"]
    first, *others = cells(table)
    assert first == ["TH"] * 8
    assert others
    assert all(row == ["TH", *["TD"] * 7] for row in others)
    scopes = [str(one["/A"]["/Scope"]) for one in elements(table) if one["/S"] == "/TH"]
    assert scopes == ["/Column"] * 8 + ["/Row"] * len(others)


@pytest.mark.parametrize("kind", ["record", "consent-en"])
def test_what_is_recorded_is_a_table_with_a_heading_to_each_row(papers: dict[str, bytes], kind: str) -> None:
    tables = [one for one in structure(papers[kind]) if one["/S"] == "/Table"]
    assert tables
    for table in tables:
        first, *others = cells(table)
        if "TD" in first:
            assert all(row == ["TH", "TD"] for row in (first, *others))
        else:
            assert all(row == ["TH", *["TD"] * (len(first) - 1)] for row in others)
    if kind == "record":
        # The values of one label are one cell, which says the label once.
        assert any(len(one["/K"]) > 1 for table in tables for one in elements(table) if one["/S"] == "/TD")


def test_each_picture_says_where_it_stands(papers: dict[str, bytes]) -> None:
    for kind in ("aftercare-en", "aftercare-ar", "consent-en"):
        width, height = (float(one) for one in opened(papers[kind]).pages[0].mediabox[2:])
        figures = [one for one in structure(papers[kind]) if one["/S"] == "/Figure"]
        assert figures
        for one in figures:
            left, bottom, right, top = (float(each) for each in one["/A"]["/BBox"])
            assert 0 < left < right < width
            assert 0 < bottom < top < height
    left_of = [
        float(one["/A"]["/BBox"][0])
        for kind in ("aftercare-en", "aftercare-ar")
        for one in structure(papers[kind])
        if one["/S"] == "/Figure"
    ]
    assert left_of[0] > 298 > left_of[2], "mirrored with the paper"


def test_what_is_drawn_from_right_to_left_is_told_as_it_is_read(papers: dict[str, bytes]) -> None:
    told = [str(one["/ActualText"]) for one in structure(papers["consent-ar"]) if "/ActualText" in one]
    for paragraph in TEXTS["ar"].text.split("\n\n"):
        assert paragraph in told
    assert not [one for one in structure(papers["consent-ar"]) if "/Lang" in one], "the whole paper is in Arabic"
    apart = make_consent_paper(ConsentPaper.of(signed_with(TEXTS["ar"]), a_clinic(), ""), WORDS)
    own = [one for one in structure(apart) if one.get("/Lang") == "ar"]
    assert len(own) == len(TEXTS["ar"].text.split("\n\n")) + 1
    assert not [one for one in structure(papers["consent-en"]) if "/ActualText" in one]


@pytest.mark.parametrize("language", ["fr", "he"])
def test_a_paragraph_over_a_page_end_is_one_element(language: str) -> None:
    text = TEXTS[language]
    long = text.model_copy(update={"text": "\n\n".join([text.text.replace("\n\n", " ")] * 3)})
    paper = make_consent_paper(ConsentPaper.of(signed_with(long), a_clinic(), ""), WORDS)
    spread = [
        {int(str(mark.get_object()["/Pg"]["/StructParents"])) for mark in one["/K"] if "/MCID" in mark.get_object()}
        for one in structure(paper)
        if one["/S"] == "/P"
    ]
    assert any(len(pages) >= 2 for pages in spread)


def test_long_papers_have_bookmarks_and_short_ones_none(papers: dict[str, bytes]) -> None:
    titles = [str(one.title) for one in opened(papers["record"]).outline]  # type: ignore[union-attr]
    assert titles[0] == "Treatment record"
    assert {"1 Consultation", "5 Microneedling", "9 Aftercare"} <= set(titles)
    assert opened(papers["aftercare-en"]).outline == []
    assert opened(papers["consent-en"]).outline == []


def test_a_letter_of_any_script_stands_in_the_words_of_a_picture(knowledge: Knowledge) -> None:
    clinic = a_clinic(phone="0123 456 789")
    words = client_words("ar")
    sheet = sheet_for(a_full_draft(), a_client(language="ar"), clinic, knowledge, {}, words)
    paper = make_aftercare_sheet(sheet, words)
    assert paper == make_aftercare_sheet(sheet, words)
    figures = [str(one["/Alt"]) for one in structure(paper) if one["/S"] == "/Figure"]
    assert figures[0].endswith("0123 456 789")
