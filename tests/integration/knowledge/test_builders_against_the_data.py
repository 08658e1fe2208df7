"""The full draft of the builders keeps every rule of the shipped data: a finding in a test is that test's own."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from needlelog.domain.session import ScreeningAnswer
from needlelog.i18n import Words
from needlelog.knowledge.model import Knowledge
from needlelog.knowledge.reading import load_knowledge
from needlelog.rules.circumstances import Circumstances
from needlelog.rules.judgement import judge
from tests import builders


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(Path(__file__).parents[3] / "resources" / "knowledge")


def _around(knowledge: Knowledge) -> Circumstances:
    listed = (builders.a_device(), builders.a_cartridge(), builders.an_anaesthetic(), builders.a_product())
    return Circumstances(
        client=builders.a_client(),
        knowledge=knowledge,
        products={product.id: product for product in listed},
        now=builders.ENDED,
        tr=Words(),
    )


def test_nothing_speaks_against_the_full_draft(knowledge: Knowledge) -> None:
    assert judge(builders.a_full_draft(), _around(knowledge)) == ()


@pytest.mark.parametrize(
    ("zone", "depth", "codes"),
    [
        ("cheek_left", "1.00", set()),
        ("cheek_left", "1.25", set()),  # the full draft treats scars
        ("chin", "1.25", {"depth-warn"}),
        ("cheek_left", "1.75", {"depth-zone", "depth-evaluated"}),
        ("eyelid_left", "0.25", {"zone-never"}),
        ("shoulder_left", "2.50", {"depth-evaluated", "depth-unsourced"}),
        ("abdomen", "2.75", {"depth-ceiling", "depth-device"}),
    ],
)
def test_the_bands_bite_where_the_tables_say(knowledge: Knowledge, zone: str, depth: str, codes: set[str]) -> None:
    needling = builders.a_needling(passes=(builders.a_pass(zone=zone, depth_mm=Decimal(depth)),))
    found = judge(builders.a_full_draft(needling=needling), _around(knowledge))
    assert {finding.code for finding in found} == codes
    assert all(finding.sources for finding in found)


@pytest.mark.parametrize("row", builders.SCREENING_IDS)
def test_a_yes_to_any_question_is_noticed_with_its_source(knowledge: Knowledge, row: str) -> None:
    draft = builders.a_full_draft()
    screening = tuple(
        ScreeningAnswer(contraindication=each.contraindication, answer="yes", at=each.at)
        if each.contraindication == row
        else each
        for each in draft.consultation.screening
    )
    found = judge(draft.with_(consultation=draft.consultation.with_(screening=screening)), _around(knowledge))
    if knowledge.contraindications[row].only_for:
        assert found == ()  # the visit uses a pen; this one is asked for radio frequency alone
    else:
        # What speaks against the cream that was used is said of the cream as well.
        assert {finding.code for finding in found} - {"no-anaesthetic"} == {row}
        assert all(set(finding.sources) == set(knowledge.contraindications[row].sources) for finding in found)
