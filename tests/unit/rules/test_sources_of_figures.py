"""The source that is named first is the one that gives the figure, and the figure is told in its measure."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from needlelog.domain.findings import CLINIC, Finding, Source
from needlelog.i18n import Words
from needlelog.knowledge.entry import OwnValue, sources_of
from needlelog.knowledge.figures import with_value
from needlelog.knowledge.model import Contraindication
from needlelog.rules.judgement import judge
from needlelog.rules.screening import asked_wait
from tests import builders as b
from tests.unit.rules.surroundings import around, shipped

ENDED_ON = b.STARTED.date() - timedelta(days=10)
WAITS = [one.id for one in shipped().contraindications.values() if one.wait is not None]


def _found(row: str, ended_on: date | None = ENDED_ON) -> Finding:
    draft = b.a_full_draft()
    part = draft.consultation
    said = tuple(
        one.with_(answer="yes", ended_on=ended_on) if one.contraindication == row else one for one in part.screening
    )
    found = judge(draft.with_(consultation=part.with_(screening=said)), around())
    return next(one for one in found if one.code == row)


@pytest.mark.parametrize(
    ("row", "address", "asked"),
    [
        ("C13", "sisubeautyclinic.com", "12 months"),
        ("C25", "balancedayspa.com", "12 months"),
        ("C24", "esthetikmtl.com", "6 months"),
        ("C19", "beautyandthebroworlando.com", "3 months"),
        ("C30", "manualslib.es", "1 year"),
    ],
)
def test_the_page_that_gives_the_wait_is_named_and_not_a_better_one_that_gives_another(
    row: str, address: str, asked: str
) -> None:
    found = _found(row)
    assert found.sources[0].address.startswith(address)
    assert f"the rule asks {asked} (until" in found.detail
    assert "366" not in found.detail
    assert set(found.sources) == set(shipped().contraindications[row].sources)


@pytest.mark.parametrize("row", WAITS)
def test_every_wait_is_told_by_the_source_in_use(row: str) -> None:
    entry = shipped().contraindications[row]
    used = [source for one in entry.variants if one.used and one.key == "wait.days" for source in one.sources]
    first = sources_of(entry, "wait.days")[0]
    assert first in (used or entry.sources)
    assert entry.wait is not None
    if entry.wait.said and used:
        assert any(one.value.startswith(entry.wait.said) for one in entry.variants if one.used)


@pytest.mark.parametrize("row", WAITS)
def test_a_wait_that_is_not_told_in_days_says_how_they_come_of_it(row: str) -> None:
    wait = shipped().contraindications[row].wait
    assert wait is not None
    assert bool(wait.counted) is bool(wait.said)
    if wait.said:
        assert not shipped().contraindications[row].ahead
        assert _found(row, b.STARTED.date() - timedelta(days=1)).detail.endswith(f"). {wait.counted}")


def test_days_that_the_clinic_set_are_told_as_days() -> None:
    entry = with_value(shipped().contraindications["C13"], "wait.days", 200)
    own = OwnValue(key="wait.days", value="200", ours="366", reason="our doctor", by="M", at=b.STARTED)
    clinic = Source(address="our own", kind=CLINIC)
    assert isinstance(entry, Contraindication)
    entry = entry.with_(own=(own,), sources=(clinic, *entry.sources))
    assert asked_wait(entry, Words()) == "28 weeks (200 days)"
    assert sources_of(entry, "wait.days")[0] == clinic


def test_the_ceiling_names_the_page_that_gives_it() -> None:
    needling = b.a_full_draft().needling
    deep = needling.with_(passes=tuple(one.with_(depth_mm=Decimal("2.6")) for one in needling.passes))
    found = judge(b.a_full_draft(needling=deep), around())
    ceiling = next(one for one in found if one.code == "depth-ceiling")
    assert "droracle" in ceiling.sources[0].address
