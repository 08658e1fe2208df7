"""Lots on the day they touch the skin."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from needlelog.domain.findings import Finding, Gate, Level, StepId
from needlelog.domain.session import Cleansing, SessionDraft
from needlelog.domain.value import Value
from needlelog.knowledge.entry import sources_of
from needlelog.rules.circumstances import Circumstances
from needlelog.rules.judgement import judge
from tests import builders

Around = Callable[..., Circumstances]


def _codes(draft: SessionDraft, around: Circumstances) -> list[str]:
    return [
        finding.code
        for finding in judge(draft, around)
        if finding.code.startswith("lot-") and finding.code != "lot-expires-soon"
    ]


def _without_expiry(draft: SessionDraft, around: Circumstances) -> list[Finding]:
    return [finding for finding in judge(draft, around) if finding.code == "expiry-missing"]


def _with_pass(**changes: object) -> SessionDraft:
    return builders.a_full_draft(needling=builders.a_needling(passes=(builders.a_pass(**changes),)))


@pytest.mark.parametrize(("days", "codes"), [(-1, ["lot-expired"]), (0, []), (1, [])])
def test_the_last_good_day_is_good(days: int, codes: list[str], around: Around) -> None:
    assert _codes(_with_pass(expires_on=builders.TODAY + timedelta(days=days)), around()) == codes


def test_a_visit_needled_on_a_later_day_is_judged_on_that_day(around: Around) -> None:
    next_day = builders.STARTED + timedelta(days=1)
    assert _codes(_with_pass(expires_on=builders.TODAY, at=next_day), around()) == ["lot-expired"]
    assert _codes(_with_pass(expires_on=next_day.date(), at=next_day), around()) == []


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_two_passes_with_one_lot_the_later_day_counts(order: tuple[int, ...], around: Around) -> None:
    passes = [
        builders.a_pass(id=builders.an_id(900 + day), expires_on=builders.TODAY, at=builders.STARTED + timedelta(day))
        for day in order
    ]
    draft = builders.a_full_draft(needling=builders.a_needling(passes=tuple(passes)))
    assert _codes(draft, around()) == ["lot-expired"]


def test_each_lot_of_needles_is_judged(around: Around) -> None:
    expired = [builders.TODAY - timedelta(days=1), builders.TODAY - timedelta(days=2), builders.TODAY]
    passes = [builders.a_pass(id=builders.an_id(900 + n), expires_on=day) for n, day in enumerate(expired)]
    draft = builders.a_full_draft(needling=builders.a_needling(passes=tuple(passes)))
    assert _codes(draft, around()) == ["lot-expired", "lot-expired"]


def test_a_clock_set_back_makes_no_lot_fresh(around: Around) -> None:
    stale = _with_pass(expires_on=builders.TODAY - timedelta(days=1), at=builders.STARTED - timedelta(days=30))
    assert _codes(stale, around()) == ["lot-expired"]


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"duration_s": 600, "lot": "", "expires_on": None}, []),
        ({"duration_s": 600, "lot": "", "expires_on": builders.TODAY - timedelta(days=1)}, ["lot-expired"]),
        ({"duration_s": None, "lot": "", "expires_on": None}, ["lot-missing"]),
    ],
)
def test_what_is_timed_needs_no_lot_but_must_be_in_date(
    changes: dict[str, object], codes: list[str], around: Around
) -> None:
    use: Value = builders.a_use(id=builders.an_id(77), **changes)
    assert _codes(builders.a_full_draft(cooling=(use,)), around()) == codes


LOT: dict[str, Any] = {"lot": "L-1", "expires_on": None}
NO_LOT: dict[str, Any] = {"lot": "", "expires_on": None}


@pytest.mark.parametrize(
    ("step", "made"),
    [
        (StepId.CLEANSING, lambda lot: {"cleansing": Cleansing(uses=(builders.a_use(id=builders.an_id(77), **lot),))}),
        (StepId.NUMBING, lambda lot: {"numbing": (builders.a_numbing(**lot),)}),
        (StepId.NEEDLING, lambda lot: {"needling": builders.a_needling(passes=(builders.a_pass(**lot),))}),
        (StepId.SERUM, lambda lot: {"serums": (builders.a_use(**lot),)}),
        (StepId.COOLING, lambda lot: {"cooling": (builders.a_use(id=builders.an_id(77), **lot),)}),
        (StepId.COOLING, lambda lot: {"cooling": (builders.a_use(id=builders.an_id(77), duration_s=600, **lot),)}),
    ],
)
def test_a_lot_without_its_expiry_is_asked_for_before_signing(
    step: StepId, made: Callable[[dict[str, Any]], dict[str, Any]], around: Around
) -> None:
    (found,) = _without_expiry(builders.a_full_draft(**made(LOT)), around())
    assert (found.step, found.level, found.gate, found.overridable) == (step, Level.ASK, Gate.SIGNING, True)
    assert "L-1" in found.detail
    assert found.sources == sources_of(around().knowledge.guidance["record-per-visit"])
    dated = {"lot": "L-1", "expires_on": builders.TODAY}
    for lot in (dated, NO_LOT):
        assert not _without_expiry(builders.a_full_draft(**made(lot)), around()), lot


def test_one_lot_is_asked_for_once_and_another_anew(around: Around) -> None:
    passes = tuple(
        builders.a_pass(id=builders.an_id(at), lot=lot, expires_on=None) for at, lot in enumerate(("A", "A", "B"))
    )
    found = _without_expiry(builders.a_full_draft(needling=builders.a_needling(passes=passes)), around())
    assert len({finding.key for finding in found}) == len(found) == 2
