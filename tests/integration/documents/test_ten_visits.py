"""Ten visits side by side: the sheet of the first in full, and of each other what it says more, less or otherwise.

``ten_visits.txt`` is read by people: whoever changes a rule sees there on whose sheet it changes something.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from needlelog.documents.aftercare_content import AftercareSheet
from needlelog.documents.aftercare_sheet import make_aftercare_sheet
from needlelog.domain.clinic import PageSize
from needlelog.domain.papers import SheetForm
from needlelog.i18n import Words
from needlelog.knowledge.model import Knowledge
from needlelog.knowledge.reading import load_knowledge
from needlelog.paths import resources
from needlelog.rules.aftercare import AftercareItem
from tests.integration.documents.languages import with_next_visit
from tests.integration.documents.papers import opened, text_of
from tests.integration.documents.ten_visits import moved, sheet_of, visits

WORDS = Words()
GOLDEN = Path(__file__).with_name("ten_visits.txt")


FIRST = "face, shallow"


@dataclass(frozen=True)
class Differs:
    """How a sheet differs from that of the shallow face, by rules, and why it should."""

    why: str
    more: frozenset[str] = frozenset()
    less: frozenset[str] = frozenset()
    other_times: frozenset[str] = frozenset()


DIFFERS: Mapping[str, Differs] = {
    FIRST: Differs("it is what the others are held against"),
    "acne scars, deep": Differs(
        "deeper than 1.5 mm the skin stays pink longer",
        more=frozenset({"normal-after-deep"}),
    ),
    "scalp": Differs(
        "hair is washed, dressed and shaded where a face is cleansed, creamed and gets sunscreen",
        more=frozenset({"no-hair-washing", "no-hair-products", "wash-hair-gently", "hat", "next: clean-hair"}),
        less=frozenset({"no-washing", "moisturise", "wash-gently", "sunscreen", "next: bare-skin-before"}),
    ),
    "stretch marks on the thighs": Differs(
        "clothes rub there, and what is worn there is self-tanner and not a face's make-up",
        more=frozenset({"loose-clothes", "no-body-make-up"}),
        less=frozenset({"no-make-up"}),
    ),
    "around the eyes": Differs(
        "cream runs into eyes, lids swell, and sight is never waited for",
        more=frozenset({"eyes-clear", "normal-swelling-eyes", "call-eyes"}),
    ),
    "radio frequency": Differs(
        "heat makes it swell longer and may burn or hollow, and it went deep",
        more=frozenset({"normal-after-deep", "call-after-radio-frequency"}),
        other_times=frozenset({"no-make-up", "normal-swelling", "call-swelling"}),
    ),
    "a reaction beyond what is expected": Differs("what was seen is named", more=frozenset({"call-reaction"})),
    "no numbing": Differs("nobody is warned of what was not used", less=frozenset({"call-emergency-numbing"})),
    "skin type V": Differs(
        "darker skin keeps marks of the sun",
        more=frozenset({"cover-darker-skin", "call-dark-marks"}),
    ),
    "clocks change tonight": Differs(
        "it is another day: all has other times, and nothing else changes",
    ),
}


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


def by_rule(sheet: AftercareSheet) -> dict[str, str]:
    """Each rule on a sheet with what it says and until when."""
    timeline = sheet.timeline
    items = [item for group in timeline.groups for item in group.items]
    told = {one.rule: f"{one.window} {one.brief}" for one in (*items, *timeline.normal, *timeline.call)}
    return (
        told
        | {one.rule: one.text for one in timeline.results}
        | {f"next: {one.rule}": one.brief for one in sheet.preparing}
    )


@pytest.mark.parametrize("name", list(visits()))
def test_each_sheet_has_what_its_visit_asks_for_and_nothing_else(name: str, knowledge: Knowledge) -> None:
    first = by_rule(sheet_of(FIRST, knowledge, WORDS, change=with_next_visit))
    here = by_rule(sheet_of(name, knowledge, WORDS, change=with_next_visit))
    expected = DIFFERS[name]

    assert set(here) - set(first) == expected.more, expected.why
    assert set(first) - set(here) == expected.less, expected.why
    if name != "clocks change tonight":
        changed = {rule for rule in set(first) & set(here) if first[rule] != here[rule]}
        assert changed == expected.other_times, expected.why


@pytest.fixture(scope="module")
def papers(knowledge: Knowledge) -> Mapping[str, str]:
    """What stands on each of the ten."""
    sheets = {name: sheet_of(name, knowledge, WORDS, change=with_next_visit) for name in visits()}
    return {name: text_of(make_aftercare_sheet(sheet, WORDS)) for name, sheet in sheets.items()}


@pytest.mark.parametrize("name", list(visits()))
def test_what_only_it_says_is_on_its_paper_and_on_no_other(
    name: str, papers: Mapping[str, str], knowledge: Knowledge
) -> None:
    sheet = sheet_of(name, knowledge, WORDS, change=with_next_visit)
    items = [item for group in sheet.timeline.groups for item in group.items]
    said = {item.rule: item.brief for item in (*items, *sheet.timeline.normal, *sheet.timeline.call)}
    said |= {f"next: {one.rule}": one.brief for one in sheet.preparing}

    for rule in DIFFERS[name].more:
        with_it = {other for other, differs in DIFFERS.items() if rule in differs.more}
        assert {other for other, text in papers.items() if said[rule] in text} == with_it, rule


HOURS = {
    "no-washing": 24,
    "wash-gently": 24,
    "no-active-serum": 36,
    "no-make-up": 48,
    "no-exercise": 72,
    "normal-redness": 72,
}
DAYS = {"no-sauna": 5, "no-actives": 7, "no-sun": 14, "no-peel-laser": 31, "results-first": 28, "results-full": 92}


@pytest.mark.parametrize(
    ("ended_at", "zone", "says"),
    [
        # Clocks go back tonight, forward tonight, in another country, and where they never change.
        (
            (2026, 10, 24, 15, 30),
            "Europe/London",
            ("until Sunday 25 October, 14:30", "until Monday 26 October, 02:30", "until end of Tuesday 24 November"),
        ),
        (
            (2026, 3, 28, 15, 30),
            "Europe/London",
            ("until Sunday 29 March, 16:30", "until Monday 30 March, 04:30", "until end of Tuesday 28 April"),
        ),
        ((2027, 3, 13, 15, 30), "America/New_York", ("until Sunday 14 March, 16:30", "until end of Saturday 27 March")),
        ((2026, 10, 24, 15, 30), "Asia/Kolkata", ("until Sunday 25 October, 15:30", "until Monday 26 October, 03:30")),
        # Ends of months and of the year, and the leap day.
        (
            (2026, 4, 30, 9, 30),
            "Europe/London",
            ("From tomorrow on Friday 1 May", "until Saturday 2 May, 09:30", "until end of Sunday 31 May"),
        ),
        (
            (2026, 12, 30, 15, 30),
            "Europe/London",
            ("until Friday 1 January, 03:30", "until end of Wednesday 6 January", "30 December 2026, 15:30"),
        ),
        (
            (2028, 2, 28, 15, 30),
            "Europe/London",
            ("From tomorrow on Tuesday 29 February", "until Wednesday 1 March, 03:30", "1 March to 5 March"),
        ),
        (
            (2027, 2, 28, 15, 30),
            "Europe/London",
            ("From tomorrow on Monday 1 March", "until Tuesday 2 March, 03:30", "2 March to 6 March"),
        ),
    ],
    ids=[
        "clocks back",
        "clocks forward",
        "clocks forward in New York",
        "clocks stay",
        "month",
        "year",
        "leap day",
        "no leap day",
    ],
)
def test_days_and_hours_are_those_on_the_clients_wall(
    ended_at: tuple[int, int, int, int, int], zone: str, says: tuple[str, ...], knowledge: Knowledge
) -> None:
    place = ZoneInfo(zone)
    ended = datetime(*ended_at, tzinfo=place)
    sheet = sheet_of(FIRST, knowledge, WORDS, change=lambda draft: moved(draft, ended.astimezone(UTC), zone))
    text = text_of(make_aftercare_sheet(sheet, WORDS))
    timeline = sheet.timeline
    items: dict[str, AftercareItem] = {item.rule: item for group in timeline.groups for item in group.items}
    items |= {item.rule: item for item in (*timeline.normal, *timeline.results)}

    assert [said for said in says if said not in text] == []
    for rule, hours in HOURS.items():
        window = items[rule].window
        assert (window.starts_at or window.ends_at) == ended.astimezone(UTC) + timedelta(hours=hours), rule
    for rule, days in DAYS.items():
        assert items[rule].window.last_day == ended.date() + timedelta(days=days), rule


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
