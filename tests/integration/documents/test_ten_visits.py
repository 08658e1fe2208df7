"""Ten visits side by side: the sheet of the first in full, and of each other what it says more, less or otherwise.

``ten_visits.txt`` is read by people: whoever changes a rule sees there on whose sheet it changes something.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from needlelog.documents.aftercare_content import AftercareSheet
from needlelog.documents.aftercare_sheet import make_aftercare_sheet
from needlelog.domain.clinic import PageSize
from needlelog.domain.session import SheetForm
from needlelog.i18n import Words
from needlelog.knowledge.model import Knowledge
from needlelog.knowledge.reading import load_knowledge
from needlelog.paths import resources
from tests.integration.documents.papers import opened, text_of
from tests.integration.documents.ten_visits import sheet_of, visits

WORDS = Words()
GOLDEN = Path(__file__).with_name("ten_visits.txt")


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(resources() / "knowledge")


def told(sheet: AftercareSheet) -> Iterator[str]:
    """Everything that depends on the visit, one line each, as it stands under its heading."""
    for group in sheet.timeline.groups:
        yield from (f"{group.title} | {item.kind} | {item.brief}" for item in group.items)
    yield from (f"normal | {item.text}" for item in sheet.timeline.normal)
    yield from (f"call | {item.topic} | {item.brief}" for item in sheet.timeline.call)
    yield from (f"result | {item.text}" for item in sheet.timeline.results)
    yield from (f"next | {one.kind} | {one.day} | {one.brief}" for one in sheet.preparing)
    yield from (f"done | {zone.name} | {zone.shallowest_mm} to {zone.deepest_mm} mm" for zone in sheet.zones)
    yield from (f"used | {one.name} | {one.lot}" for one in sheet.materials)
    yield f"picture | {', '.join(sheet.views)} | {', '.join(sheet.zone_ids)}"


def side_by_side(knowledge: Knowledge) -> str:
    sheets = {name: list(told(sheet_of(name, knowledge, WORDS))) for name in visits()}
    first, *others = sheets
    lines = [f"== {first}", *sheets[first]]
    for name in others:
        lines.append(f"\n== {name}")
        lines += [f"- {line}" for line in sheets[first] if line not in sheets[name]]
        lines += [f"+ {line}" for line in sheets[name] if line not in sheets[first]]
    return "\n".join(lines) + "\n"


def test_the_sheets_differ_exactly_where_they_should(knowledge: Knowledge) -> None:
    assert side_by_side(knowledge) == GOLDEN.read_text("utf-8")


@pytest.mark.parametrize(
    "form",
    [
        SheetForm(),
        SheetForm(paper=PageSize.LETTER),
        SheetForm(large=True),
        SheetForm(large=True, paper=PageSize.LETTER),
    ],
    ids=["A4", "Letter", "large", "large on Letter"],
)
@pytest.mark.parametrize("name", list(visits()))
def test_every_sentence_is_on_paper(name: str, form: SheetForm, knowledge: Knowledge) -> None:
    sheet = sheet_of(name, knowledge, WORDS, form)
    paper = make_aftercare_sheet(sheet, WORDS)
    text = text_of(paper)

    items = [item for group in sheet.timeline.groups for item in group.items]
    for item in (*items, *sheet.timeline.normal, *sheet.timeline.call):
        assert item.brief in text
    for result in sheet.timeline.results:
        assert result.text in text
    assert len(opened(paper).pages) <= (4 if form.large else 2)


def test_grey_is_grey(knowledge: Knowledge) -> None:
    """No colour operator names three different parts: a printer without colour loses nothing."""
    coloured = _colours(make_aftercare_sheet(sheet_of("scalp", knowledge, WORDS), WORDS))
    grey = _colours(make_aftercare_sheet(sheet_of("scalp", knowledge, WORDS, SheetForm(grey=True)), WORDS))

    assert any(len(set(parts)) > 1 for parts in coloured)
    assert grey
    assert all(len(set(parts)) == 1 for parts in grey)


def _colours(paper: bytes) -> set[tuple[bytes, ...]]:
    found: set[tuple[bytes, ...]] = set()
    for page in opened(paper).pages:
        contents = page.get_contents()
        assert contents is not None
        operators = contents.get_data().split()
        marks = [place for place, each in enumerate(operators) if each in (b"rg", b"RG")]
        found |= {tuple(operators[place - 3 : place]) for place in marks}
    return found
