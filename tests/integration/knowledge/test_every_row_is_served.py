"""Every row of the clinical tables stands in the shipped data, and every mark of doubt stands where it belongs.

The letter is the table: D devices, A depth by area, K depth by concern, T technique, C contraindications, M topical
anaesthetics, X toxicity, G scales and endpoints, R reactions, F check-ins, H aftercare, I intervals, L sterility,
traces and licensing, V where sources differ, S founding facts, Z what was not found.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from needlelog.knowledge.model import Entry, Knowledge
from needlelog.knowledge.reading import load_knowledge
from needlelog.paths import resources

ROWS = {
    "D": 25, "A": 28, "K": 15, "T": 6, "C": 46, "M": 12, "X": 4, "G": 14,
    "R": 16, "F": 4, "H": 13, "I": 8, "L": 17, "V": 21, "S": 20, "Z": 1,
}  # fmt: skip
EVERY_ROW = [f"{letter}{number:02}" for letter, count in ROWS.items() for number in range(1, count + 1)]

# rows whose decisive value was not seen, or only in part: the entry must say so
NOT_SEEN = {"A11", "A25", "A26", "D11", "D20", "G03", "L03", "L14", "M09", "I07", "F01", "F02", "F03", "F04"}
SEEN_IN_PART = {
    "A03", "A14", "A15", "A16", "A19", "A20", "A21", "A24", "K12", "K13", "T02", "D07", "D09", "D14", "D15", "D16",
    "D17", "D18", "D19", "G14", "R02", "R03", "R06", "L04", "L06", "L15", "L16",
}  # fmt: skip


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(resources() / "knowledge")


def _entries(knowledge: Knowledge) -> list[Entry]:
    return [entry for table in knowledge.tables().values() for entry in table.values()]


def _serving(knowledge: Knowledge, row: str) -> list[Entry]:
    return [entry for entry in _entries(knowledge) if row in entry.rows]


@pytest.mark.parametrize("row", EVERY_ROW)
def test_the_row_is_served(knowledge: Knowledge, row: str) -> None:
    assert _serving(knowledge, row)


def test_no_entry_names_a_row_that_is_not_there(knowledge: Knowledge) -> None:
    assert {row for entry in _entries(knowledge) for row in entry.rows} == set(EVERY_ROW)


@pytest.mark.parametrize("row", sorted(SEEN_IN_PART | NOT_SEEN))
def test_what_was_not_seen_or_only_in_part_is_marked(knowledge: Knowledge, row: str) -> None:
    for entry in _serving(knowledge, row):
        seen = {source.seen for source in entry.sources} | {entry.seen}
        assert seen != {"yes"}, entry.id
    if row in NOT_SEEN and row != "I07":
        assert all(entry.placeholder or entry.proposal for entry in _serving(knowledge, row))


def test_general_knowledge_is_never_said_to_have_been_seen(knowledge: Knowledge) -> None:
    hearsay = [source for entry in _entries(knowledge) for source in entry.sources if source.kind == "U"]
    assert hearsay
    assert {source.seen for source in hearsay} == {"no"}


def test_what_we_chose_ourselves_is_marked_as_a_proposal(knowledge: Knowledge) -> None:
    for site in knowledge.sites.values():
        assert site.proposal or site.never, site.id
    chosen = (knowledge.interval, knowledge.scales["bleeding"], knowledge.guidance["refuse-used"])
    assert all(entry.proposal for entry in (*chosen, *knowledge.follow_up_moments.values()))
    assert not any(entry.proposal for entry in knowledge.contraindications.values())


def test_where_sources_differ_every_value_is_kept_and_the_safest_wait_counts(knowledge: Knowledge) -> None:
    waits = {row: entry for row, entry in knowledge.contraindications.items() if entry.wait and entry.variants}
    assert len(waits) > 10
    for entry in waits.values():
        assert entry.wait is not None
        numbers = [variant.number for variant in entry.variants if variant.number is not None]
        assert entry.wait.days == max(numbers), entry.id
    told = [variant.value for variant in knowledge.contraindications["C24"].variants]
    assert told == ["48 hours", "7 days (radio frequency)", "2 weeks (most pages)", "3 months", "6 months (one clinic)"]
    assert {source.address for source in knowledge.contraindications["C24"].variants[0].sources} == {
        "medspadeluxela.com/pages/microneedling-pre-post-care"
    }


def test_depths_differ_by_concern_where_the_tables_say_so(knowledge: Knowledge) -> None:
    (scars,) = knowledge.sites["cheek"].for_concerns
    assert (scars.concern, scars.warn_above_mm, scars.confirm_above_mm) == (
        "acne-scars",
        Decimal("1.5"),
        Decimal("1.5"),
    )
    assert {band.concern for band in knowledge.sites["abdomen"].for_concerns} == {"stretch-marks", "abdominal-scar"}
    assert knowledge.concerns["hyperpigmentation"].never_deeper_mm == Decimal("0.5")


@pytest.mark.parametrize("fact", [row for row in EVERY_ROW if row.startswith("S")])
def test_each_founding_fact_is_served_by_entries_that_rest_on_it(knowledge: Knowledge, fact: str) -> None:
    told = knowledge.founding[fact]
    served = [knowledge.entry(place) for place in told.serves]
    assert served
    assert all(served)
    assert any(source.kind == "SEED" for entry in served if entry for source in entry.sources)
    assert {source.kind for source in told.sources} == {"SEED"}


def test_conflicts_name_both_sides_and_lead_to_what_was_chosen(knowledge: Knowledge) -> None:
    assert len(knowledge.conflicts) == ROWS["V"]
    for conflict in knowledge.conflicts.values():
        assert any(source.kind == "SEED" for source in conflict.sources) or conflict.founding == "No figure"
        assert all(knowledge.entry(place) for place in conflict.serves)


def test_no_device_without_a_seen_range_is_offered(knowledge: Knowledge) -> None:
    assert set(knowledge.devices).isdisjoint(knowledge.described_devices)
    assert {device.name for device in knowledge.described_devices.values()} >= {
        "Dermapen 4", "Morpheus8", "Secret RF", "Vivace", "Potenza", "Genius", "INTRAcel", "EndyMed Intensif", "MDPen",
    }  # fmt: skip
