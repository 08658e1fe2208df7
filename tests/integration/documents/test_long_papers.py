"""Papers of many pages: what stands on each of them, where they end, and what their files say of themselves."""

from __future__ import annotations

import re

import pytest

from needlelog.knowledge.model import Knowledge
from needlelog.knowledge.reading import load_knowledge
from needlelog.paths import resources
from tests.builders import a_full_draft, a_needling
from tests.integration.documents.long_papers import (
    LONG_NAME,
    LOTS,
    ZONES,
    a_consent_on_paper,
    a_file,
    a_list,
    a_long_draft,
    a_long_visit,
    a_record,
    a_report,
)
from tests.integration.documents.papers import opened
from tests.integration.documents.test_record_sheet import a_signed_session
from tests.integration.documents.test_tags import marks, structure

NAME = "Ana Nowak"
BORN = "born 12-Mar-1988"
OF_A_CLIENT = ("record", "consent", "file")
KINDS = (*OF_A_CLIENT, "report", "list")


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(resources() / "knowledge")


@pytest.fixture(scope="module")
def papers(knowledge: Knowledge) -> dict[str, bytes]:
    signed = a_long_visit(a_long_draft(knowledge))
    return {
        "record": a_record(knowledge, signed),
        "consent": a_consent_on_paper(signed),
        "file": a_file(knowledge, signed),
        "report": a_report(knowledge, signed),
        "list": a_list(knowledge),
    }


def pages_of(paper: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in opened(paper).pages]


@pytest.mark.parametrize("kind", KINDS)
def test_each_page_says_which_of_how_many_it_is_and_the_file_names_nobody(papers: dict[str, bytes], kind: str) -> None:
    pages = pages_of(papers[kind])
    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page
    reader = opened(papers[kind])
    assert "Nowak" not in str(reader.metadata)
    assert NAME not in str(reader.outline)
    assert reader.trailer["/Root"]["/Lang"] == "en"  # type: ignore[index]


@pytest.mark.parametrize("kind", OF_A_CLIENT)
def test_each_page_says_whose_it_is(papers: dict[str, bytes], kind: str) -> None:
    for page in pages_of(papers[kind]):
        assert f"{NAME} · {BORN}" in page


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_ends_with_a_heading(papers: dict[str, bytes], kind: str) -> None:
    for page in marks(papers[kind]):
        roles = [role for role, number in page if number is not None]
        assert roles[-1] not in ("/H1", "/H2")


def test_bookmarks_lead_to_every_part_of_a_long_paper(papers: dict[str, bytes]) -> None:
    titles = [entry["/Title"] for entry in opened(papers["record"]).outline]  # type: ignore[index, call-overload]
    assert titles[:3] == ["Treatment record", "At a glance", "1 Consultation"]
    assert "5 Microneedling" in titles


def test_the_signature_stands_beside_the_words_that_announce_it(knowledge: Knowledge) -> None:
    """Wherever the page ends: with ever more said before it."""
    for extra in range(0, 30, 3):
        draft = a_long_draft(knowledge, 8)
        note = draft.consultation.plan.with_(note="\n".join(f"line {number}" for number in range(extra)))
        told = draft.with_(consultation=draft.consultation.with_(plan=note))
        paper = a_record(knowledge, a_long_visit(told))
        announced = next(place for place, page in enumerate(pages_of(paper)) if "drawn below" in page)
        drawn = [place for place, page in enumerate(marks(paper)) for role, _ in page if role == "/Figure"]
        assert announced == drawn[-1]


def test_no_page_begins_with_a_pass_without_its_zone(knowledge: Knowledge) -> None:
    """Wherever the page ends: with ever more passes."""
    for passes in range(48, 64, 3):
        pages = pages_of(a_record(knowledge, a_long_visit(a_long_draft(knowledge, passes))))
        assert not [page for page in pages if re.match(r"\d\.\d\d mm", page)]


def test_what_was_needled_with_is_said_where_it_changes(papers: dict[str, bytes]) -> None:
    text = " ".join(pages_of(papers["record"]))
    assert text.count("Needled with") == len(LOTS)
    for lot in LOTS:
        assert text.count(f"lot {lot}") == 1
    assert text.index(f"lot {LOTS[0]}") < text.index(f"lot {LOTS[1]}")


def test_the_headings_of_the_list_stand_on_each_page_and_are_read_once(papers: dict[str, bytes]) -> None:
    pages = pages_of(papers["list"])
    assert all(page.startswith("Client Visit and what it was used for Contact") for page in pages[1:])
    later = marks(papers["list"])[1]
    assert later[0] == ("/Artifact", None)


def test_a_short_report_needs_one_page_and_a_longer_one_leaves_no_seal_alone(knowledge: Knowledge) -> None:
    signed = a_long_visit(a_long_draft(knowledge, 8))
    assert len(pages_of(a_report(knowledge, signed, entries=2, products=3))) == 1
    for entries in range(2, 12):
        pages = pages_of(a_report(knowledge, signed, entries=entries))
        if len(pages) > 1:
            assert pages[-1].index("Day ") < pages[-1].index("Entries are only added to")


def test_the_longest_name_takes_one_line_of_the_foot(knowledge: Knowledge) -> None:
    signed = a_long_visit(a_long_draft(knowledge, 2), LONG_NAME)
    for paper in (a_record(knowledge, signed), a_consent_on_paper(signed), a_file(knowledge, signed, 1, LONG_NAME)):
        for page in opened(paper).pages:
            foot = [line for line in page.extract_text().splitlines() if BORN in line][-1]
            assert "Wolfeschlegelsteinhausen" in foot
            assert "C-0042" in foot
            assert re.search(r"C-0042 · .*\d\.\d", foot)


def test_the_record_begins_with_what_the_next_visit_asks_first(knowledge: Knowledge) -> None:
    """Each zone by the number that it has in the picture, what the needle went around, and why somebody went on."""
    draft = a_long_draft(knowledge, 24)
    said = next(one for one in draft.consultation.screening if one.contraindication == "C38")
    told = said.with_(answer="yes", zones=("chin", "thigh_left"))
    answers = tuple(told if one is said else one for one in draft.consultation.screening)
    draft = draft.with_(consultation=draft.consultation.with_(screening=answers))
    paper = a_record(knowledge, a_long_visit(draft))
    first = pages_of(paper)[0]
    glance = first[first.index("At a glance") : first.index("1 Consultation")]
    for number, zone in enumerate(ZONES, start=1):
        assert f"{number} {knowledge.zones[zone].name} " in glance
    assert f"Gone around {knowledge.contraindications['C38'].title}: Chin" in glance
    assert "thigh" not in glance
    # Whatever a reason was given for is named: what matters most must not be the part that is counted.
    despite = "; ".join(one.finding.title for one in draft.overrides)
    assert f"{despite}. Reason: Agreed in writing by the dermatologist." in glance
    (picture,) = [str(one["/Alt"]) for one in structure(paper) if "Zones treated" in str(one.get("/Alt", ""))]
    assert all(f"{number} {knowledge.zones[zone].name}" in picture for number, zone in enumerate(ZONES, start=1))


def test_a_visit_without_needling_has_nothing_to_show_at_a_glance(knowledge: Knowledge) -> None:
    draft = a_full_draft(needling=a_needling(passes=()))
    assert "At a glance" not in " ".join(pages_of(a_record(knowledge, a_signed_session(draft))))


def test_the_passes_of_a_zone_stand_in_one_row_of_the_report(knowledge: Knowledge) -> None:
    text = " ".join(pages_of(a_report(knowledge, a_long_visit(a_long_draft(knowledge)))))
    assert text.count("Left cheek: ") == 1
    assert "Left cheek: 1 × 1.25 mm, 1 × 0.50 mm, 1 × 0.75 mm, 1 × 1.00 mm, 1 × 1.25 mm, Test Pen" in text
