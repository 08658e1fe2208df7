"""Reasons against the numbing cream stop the cream, before it is on the skin and for as long as it is on record."""

from __future__ import annotations

import pytest

from needlelog.domain.client import Allergy, AllergyState
from needlelog.domain.findings import Finding, Gate, Level, StepId
from needlelog.domain.session import SessionDraft, YesNo
from needlelog.rules.before_use import against_product, against_record
from needlelog.rules.judgement import answered, judge
from needlelog.rules.no_anaesthetic import CODE, UNASKED, not_asked_yet, reasons_against
from needlelog.rules.places import place_of
from needlelog.workflow.reasons import with_reason
from tests import builders as b
from tests.unit.rules.surroundings import around, shipped

AGAINST_THE_CREAM = ("C10", "C11", "C23", "C41")


def _said(row: str, answer: YesNo, draft: SessionDraft | None = None) -> SessionDraft:
    draft = draft or b.a_full_draft()
    part = draft.consultation
    said = tuple(
        one.with_(answer=answer, ended_on=None) if one.contraindication == row else one for one in part.screening
    )
    return draft.with_(consultation=part.with_(screening=said))


@pytest.mark.parametrize("row", AGAINST_THE_CREAM)
@pytest.mark.parametrize("answer", ["yes", "unsure"])
def test_it_is_said_before_any_cream_is_chosen(row: str, answer: YesNo) -> None:
    (found,) = reasons_against(_said(row, answer).with_(numbing=()), around())
    assert (found.level, found.gate, found.step) == (Level.STOP, Gate.NONE, StepId.NUMBING)
    assert shipped().contraindications[row].title in found.title
    assert set(found.sources) == set(shipped().contraindications[row].sources)
    assert found.detail.startswith("Not sure.") is (answer == "unsure")


@pytest.mark.parametrize("row", AGAINST_THE_CREAM)
def test_a_cream_about_to_be_used_wants_a_reason_and_the_same_reason_stands_once_it_is_on_record(row: str) -> None:
    draft = _said(row, "yes").with_(numbing=())
    (asked,) = against_product(StepId.NUMBING, b.an_anaesthetic(), draft, around())
    assert (asked.code, asked.level, asked.gate, asked.overridable) == (CODE, Level.STOP, Gate.NEEDLING, True)
    assert b.an_anaesthetic().name in asked.title
    on_record = draft.with_(numbing=b.a_full_draft().numbing)
    (found,) = (one for one in judge(on_record, around()) if one.code == CODE)
    assert found.field == f"numbing:{on_record.numbing[0].id}"
    assert not answered(on_record, found)
    reasoned = with_reason(on_record, asked, "Her doctor agreed in writing", by="me", at=b.ENDED)
    assert answered(reasoned, found)


@pytest.mark.parametrize("row", AGAINST_THE_CREAM)
def test_no_is_no_reason_against_it(row: str) -> None:
    draft = _said(row, "no")
    assert not reasons_against(draft, around())
    assert not against_product(StepId.NUMBING, b.an_anaesthetic(), draft, around())
    assert CODE not in {one.code for one in judge(draft, around())}


def test_it_speaks_against_no_other_product() -> None:
    draft = _said("C41", "yes")
    assert not against_product(StepId.SERUM, b.a_product(), draft, around())


def test_what_nobody_was_asked_is_named() -> None:
    draft = b.a_full_draft()
    part = draft.consultation
    left = tuple(one for one in part.screening if one.contraindication != "C41")
    unasked = draft.with_(consultation=part.with_(screening=left))
    assert [one.id for one in not_asked_yet(unasked, shipped())] == ["C41"]
    assert not not_asked_yet(draft, shipped())
    (found,) = reasons_against(unasked, around())
    assert (found.level, found.gate) == (Level.MISSING, Gate.NONE)
    assert found.detail == "Not answered yet: Reasons against the anaesthetic"


@pytest.mark.parametrize("row", ["C22", "C23", "C41", "C10", "C11", "allergies"])
def test_a_cream_that_goes_on_before_all_was_asked_is_asked_about_once(row: str) -> None:
    draft = b.a_full_draft()
    part = draft.consultation
    if row == "allergies":
        part = part.with_(allergies_confirmed_at=None)
    else:
        part = part.with_(screening=tuple(one for one in part.screening if one.contraindication != row))
    (cream, *_) = draft.numbing
    waiting = draft.with_(consultation=part, numbing=(cream.with_(on_at=None, removed_at=None),))
    assert not [one for one in judge(waiting, around()) if one.code == UNASKED], "it is not on the skin"
    put_on = draft.with_(consultation=part, numbing=(cream,))
    (found,) = against_record(cream, judge(put_on, around()))
    assert (found.code, found.level, found.gate, found.overridable) == (UNASKED, Level.HOLD, Gate.NEEDLING, True)
    title = "Allergies, not confirmed" if row == "allergies" else shipped().contraindications[row].title
    assert title in found.detail
    reasoned = with_reason(put_on, found, "Asked by word of mouth", by="me", at=b.ENDED)
    second = cream.with_(id=b.an_id(998), name="Another cream", on_at=b.a_moment(30))
    both = reasoned.with_(numbing=(cream, second))
    (again,) = (one for one in judge(both, around()) if one.code == UNASKED)
    assert answered(both, again), "one word for all of them"


def _without(*rows: str, confirmed: bool = True) -> SessionDraft:
    """A visit with a cream on the skin in which these questions were not asked."""
    draft = b.a_full_draft()
    part = draft.consultation
    part = part.with_(screening=tuple(one for one in part.screening if one.contraindication not in rows))
    return draft.with_(consultation=part if confirmed else part.with_(allergies_confirmed_at=None))


def _unasked(draft: SessionDraft) -> Finding:
    (found,) = (one for one in judge(draft, around()) if one.code == UNASKED)
    return found


def test_a_reason_for_one_question_is_none_for_another_that_was_not_asked_either() -> None:
    little, more = _without(confirmed=False), _without("C10", "C11", confirmed=False)
    reasoned = with_reason(more, _unasked(little), "Asked by word of mouth", by="me", at=b.ENDED)
    assert not answered(reasoned, _unasked(reasoned))
    assert "Pregnan" in _unasked(reasoned).detail


def test_a_reason_for_more_of_them_stands_once_some_were_asked_after_all() -> None:
    reasoned = with_reason(
        _without("C10", "C11"), _unasked(_without("C10", "C11")), "Asked aloud by me", by="me", at=b.ENDED
    )
    for less in (_without("C10"), _without("C11"), _without("C10", "C11")):
        later = less.with_(overrides=reasoned.overrides)
        assert answered(later, _unasked(later))
    other = _without("C10", "C23").with_(overrides=reasoned.overrides)
    assert not answered(other, _unasked(other))


def test_nothing_is_asked_of_a_cream_where_all_was_answered() -> None:
    draft = b.a_full_draft()
    assert UNASKED not in {one.code for one in judge(draft, around())}


def test_allergies_are_called_on_file_only_where_some_are() -> None:
    unsaid = b.a_full_draft(consultation=b.a_full_draft().consultation.with_(allergies_confirmed_at=None))
    (found,) = reasons_against(unsaid, around())
    assert found.detail == "Not answered yet: Allergies, not confirmed"
    client = b.a_client(allergy_state=AllergyState.KNOWN, allergies=(Allergy(substance="Nickel"),))
    (found,) = reasons_against(unsaid, around(client=client))
    assert found.detail == "Not answered yet: Allergies on file, not confirmed"
    (on_record,) = (one for one in judge(unsaid, around()) if one.code == UNASKED)
    assert on_record.title == f"{unsaid.numbing[0].name} before these questions are answered"


def test_one_tap_leads_to_the_row_it_rests_on() -> None:
    (found,) = (one for one in judge(_said("C23", "yes"), around()) if one.code == CODE)
    assert place_of(found, shipped()) == "contraindications:C23"


def test_an_application_is_held_back_by_everything_that_stops_it_and_by_nothing_else() -> None:
    client = b.a_client(allergy_state=AllergyState.KNOWN, allergies=(Allergy(substance="Lidocaine"),))
    draft = _said("C41", "yes")
    old = draft.numbing[0].with_(lot="OLD", expires_on=b.STARTED.date().replace(year=2025))
    draft = draft.with_(numbing=(old,))
    found = against_record(old, judge(draft, around(client=client)))
    assert {one.code for one in found} == {CODE, "allergy-met", "lot-expired"}
    other = old.with_(id=b.an_id(999), name="Another cream", lot="")
    assert not against_record(other, judge(draft, around(client=client)))


@pytest.mark.parametrize(("step", "gate"), [("cleansing", Gate.NEEDLING), ("serums", Gate.SIGNING)])
def test_a_lot_out_of_date_holds_the_step_that_comes_after_it(step: str, gate: Gate) -> None:
    draft, old = b.a_full_draft(), b.STARTED.date().replace(year=2025)
    if step == "cleansing":
        uses = tuple(one.with_(lot="OLD", expires_on=old) for one in draft.cleansing.uses)
        draft = draft.with_(cleansing=draft.cleansing.with_(uses=uses))
    else:
        draft = draft.with_(serums=tuple(one.with_(lot="OLD", expires_on=old) for one in draft.serums))
    (found,) = (one for one in judge(draft, around()) if one.code == "lot-expired")
    assert (found.level, found.gate) == (Level.STOP, gate)
