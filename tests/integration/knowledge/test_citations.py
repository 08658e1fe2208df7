"""How the shipped sources are named where people read them."""

from __future__ import annotations

import pytest

from needlelog.domain.findings import Source
from needlelog.knowledge.model import Knowledge
from needlelog.knowledge.reading import load_knowledge
from needlelog.paths import resources


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(resources() / "knowledge")


def test_every_web_address_has_a_name_that_is_none(knowledge: Knowledge) -> None:
    sources = {one.address: one for table in knowledge.tables().values() for e in table.values() for one in e.sources}
    on_the_web = [one for address, one in sources.items() if "/" in address]
    assert len(on_the_web) > 100
    for one in on_the_web:
        said = knowledge.cited(one)
        assert said != one.address
        assert "http" not in said
        assert ".com" not in said


def test_a_paper_is_cited_by_title_journal_and_year(knowledge: Knowledge) -> None:
    review = Source(address="ouci.dntb.gov.ua/en/works/7X1Z3mr4")
    assert knowledge.cited(review) == (
        "Safety Profile for Microneedling: A Systematic Review. Dermatologic Surgery, 2021"
    )


def test_what_the_set_does_not_know_keeps_its_own_words(knowledge: Knowledge) -> None:
    for words in ("example.org/page", "the clinic's own entry for this device"):
        assert knowledge.cited(Source(address=words)) == words
