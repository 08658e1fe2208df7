"""What a visit needs, and what no skipped step takes away."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from needlelog.domain.findings import Gate, StepId
from needlelog.domain.papers import HandOver, SheetGiven
from needlelog.domain.session import Aftercare, SessionDraft, StepSkipped
from needlelog.rules.circumstances import Circumstances
from needlelog.rules.judgement import judge, still_open
from tests import builders

Around = Callable[..., Circumstances]


def _skipping(step: StepId) -> tuple[StepSkipped, ...]:
    return (StepSkipped(step=step, reason="Not today", at=builders.a_moment(1)),)


def _open(draft: SessionDraft, around: Circumstances, gate: Gate) -> set[str]:
    return {finding.code for finding in still_open(draft, judge(draft, around), gate)}


def test_a_skipped_consent_step_does_not_take_consent_away(around: Around) -> None:
    blank = builders.a_consent(signature=None, confirmed_name="", confirmed_birth_date=None)
    draft = builders.a_full_draft(consent=blank, skipped=_skipping(StepId.CONSENT))
    assert {"missing-consent", "missing-identity"} <= _open(draft, around(), Gate.NEEDLING)


def test_a_skipped_needling_step_does_not_take_the_time_out_away_from_passes(around: Around) -> None:
    skipped = _skipping(StepId.NEEDLING)
    treated = builders.a_full_draft(needling=builders.a_needling(time_out=()), skipped=skipped)
    assert "missing-time-out" in _open(treated, around(), Gate.NEEDLING)
    untreated = builders.a_full_draft(needling=builders.a_needling(time_out=(), passes=()), skipped=skipped)
    assert _open(untreated, around(), Gate.SIGNING) == set()


@pytest.mark.parametrize("step", [StepId.CLEANSING, StepId.NUMBING, StepId.SERUM, StepId.COOLING])
def test_other_steps_are_skipped_with_what_they_need(step: StepId, around: Around) -> None:
    empty = {"cleansing": builders.Cleansing(), "numbing": (), "serums": (), "cooling": ()}
    assert _open(builders.a_full_draft(**empty), around(), Gate.SIGNING) >= {f"missing-{step}"}
    draft = builders.a_full_draft(**empty, skipped=_skipping(step))
    assert f"missing-{step}" not in _open(draft, around(), Gate.SIGNING)


def test_a_signature_under_no_text_is_no_consent(around: Around) -> None:
    draft = builders.a_full_draft(consent=builders.a_consent(shown=None))
    assert _open(draft, around(), Gate.NEEDLING) == {"missing-consent"}


def _given(minutes: float) -> SheetGiven:
    at = builders.a_moment(minutes)
    return SheetGiven(document_id=builders.an_id(950), sha256="cd" * 32, how=HandOver.PRINTED, at=at)


def test_a_sheet_given_before_the_last_product_is_not_the_sheet_of_this_visit(around: Around) -> None:
    before_the_mask = builders.a_full_draft(aftercare=Aftercare(given=(_given(82.5),)))
    assert _open(before_the_mask, around(), Gate.SIGNING) == {"missing-sheet"}
    again = builders.a_full_draft(aftercare=Aftercare(given=(_given(82.5), _given(83))))
    assert _open(again, around(), Gate.SIGNING) == set()


def test_a_pass_without_its_endpoint_is_not_signed_and_no_reason_stands_in_for_it(around: Around) -> None:
    stated = builders.a_full_draft()
    first, *rest = stated.needling.passes
    needling = stated.needling.with_(passes=(first.with_(endpoint=None), *rest))
    for draft in (stated.with_(needling=needling), stated.with_(needling=needling, skipped=_skipping(StepId.NEEDLING))):
        (found,) = still_open(draft, judge(draft, around()), Gate.SIGNING)
        assert (found.code, found.overridable, found.field) == ("missing-endpoint", False, "endpoint")
        assert found.title == "Endpoint stated: Forehead"
    every = stated.needling.with_(passes=tuple(one.with_(endpoint=None) for one in stated.needling.passes))
    (found,) = still_open(stated.with_(needling=every), judge(stated.with_(needling=every), around()), Gate.SIGNING)
    assert found.title == f"Endpoint stated: {len(stated.treated_zones)} zones"
    assert _open(stated, around(), Gate.SIGNING) == set()
