"""A visit that repeats another: what each act confirms, what it leaves to be answered by itself, what ends it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from needlelog.domain.client import Allergy, AllergyState, Client
from needlelog.domain.findings import Finding, Gate, Level, StepId
from needlelog.domain.session import Plan, ScreeningAnswer, SessionDraft
from needlelog.domain.signed import SignedSession
from needlelog.domain.treatment import PlannedProduct, PlannedZone
from needlelog.knowledge.model import Contraindication, Knowledge
from needlelog.workflow.again import Again, holds_back, over_by, repeated, speaks_against, used_again
from needlelog.workflow.due import OpenPoint
from tests import builders as b

DAY = date(2026, 11, 20)
NICKEL = Allergy(substance="Nickel")


def _entry(knowledge: Knowledge, group: str, *, standing: bool) -> Contraindication:
    found = knowledge.contraindications.values()
    return next(one for one in found if one.group == group and bool(one.standing) is standing and not one.derived_from)


@pytest.fixture
def standing(knowledge: Knowledge) -> Contraindication:
    """A question on health whose answer stands from visit to visit."""
    return _entry(knowledge, "health", standing=True)


@pytest.fixture
def asked_afresh(knowledge: Knowledge) -> Contraindication:
    """A question on the skin that is asked at each visit."""
    return _entry(knowledge, "skin-today", standing=False)


@pytest.fixture
def on_allergies(knowledge: Knowledge) -> Contraindication:
    """A question on allergies that is asked at each visit."""
    return _entry(knowledge, "allergies", standing=False)


def _answer(entry: Contraindication, answer: str) -> ScreeningAnswer:
    return ScreeningAnswer.model_validate({"contraindication": entry.id, "answer": answer, "at": b.a_moment(1)})


def _last(*answers: ScreeningAnswer, **consultation: Any) -> SignedSession:
    part = b.a_consultation(screening=answers, **consultation)
    return b.a_signed_session(draft=b.a_full_draft(consultation=part))


def _again(last: SignedSession, *questions: Contraindication, client: Client | None = None) -> Again:
    return Again(last, client or b.a_client(), questions, ("P01", "P02"), ("acne-scars", "melasma"))


def _repeat(**consultation: Any) -> SessionDraft:
    draft = b.a_draft(repeats_visit_on=DAY)
    return draft.with_(consultation=draft.consultation.with_(**consultation))


def _with(draft: SessionDraft, part: Any) -> SessionDraft:
    return draft.with_(consultation=part)


def test_still_so_confirms_what_stands_and_says_since_when(
    standing: Contraindication, asked_afresh: Contraindication
) -> None:
    again = _again(_last(_answer(standing, "no"), _answer(asked_afresh, "no")), standing, asked_afresh)
    draft = _repeat()
    assert not again.still_so_said(draft)
    after = _with(draft, again.with_still_so(draft.consultation, b.a_moment(90)))
    (said,) = after.consultation.screening
    assert (said.contraindication, said.answer, said.confirmed_from, said.at) == (
        standing.id,
        "no",
        DAY,
        b.a_moment(90),
    )
    assert after.consultation.allergies_confirmed_at == b.a_moment(90)
    assert after.consultation.allergy_state is AllergyState.NONE_KNOWN
    assert again.still_so_said(after)


def test_still_so_leaves_what_was_answered_today_alone(standing: Contraindication) -> None:
    again = _again(_last(_answer(standing, "no")), standing)
    draft = _repeat(screening=(_answer(standing, "yes"),))
    after = again.with_still_so(draft.consultation, b.a_moment(90))
    assert [one.answer for one in after.screening] == ["yes"]


@pytest.mark.parametrize(
    ("changes", "alike"),
    [
        ({}, True),
        ({"allergy_state": AllergyState.KNOWN, "allergies": (NICKEL,)}, False),
        ({"allergy_state": AllergyState.NOT_RECORDED}, False),
        ({"allergy_state": AllergyState.UNAVAILABLE}, False),
    ],
)
def test_allergies_are_confirmed_along_only_while_they_are_those_of_then(changes: dict[str, Any], alike: bool) -> None:
    again = _again(_last(), client=b.a_client(**changes))
    assert again.allergies_stand is alike
    after = again.with_still_so(_repeat().consultation, b.a_moment(90))
    assert (after.allergies_confirmed_at is not None) is alike


def test_allergies_that_nobody_confirmed_then_are_confirmed_by_themselves() -> None:
    assert not _again(_last(allergies_confirmed_at=None)).allergies_stand


def test_none_applies_answers_what_is_asked_afresh_and_nothing_else(
    standing: Contraindication, asked_afresh: Contraindication
) -> None:
    again = _again(_last(_answer(standing, "no"), _answer(asked_afresh, "no")), standing, asked_afresh)
    draft = _repeat()
    assert again.afresh(draft) == (asked_afresh,)
    after = _with(draft, again.with_none_applies(draft, b.a_moment(91)))
    (said,) = after.consultation.screening
    assert (said.contraindication, said.answer, said.confirmed_from) == (asked_afresh.id, "no", None)
    assert [(one.item, one.kept) for one in after.consultation.preparation] == [("P01", "yes"), ("P02", "yes")]
    assert again.none_applies_said(after)
    assert not again.none_applies_said(draft)


@pytest.mark.parametrize("then", ["yes", "unsure"])
def test_a_question_that_applied_then_is_answered_by_itself(asked_afresh: Contraindication, then: str) -> None:
    again = _again(_last(_answer(asked_afresh, then)), asked_afresh)
    draft = _repeat()
    assert again.afresh(draft) == ()
    assert again.by_themselves(draft) == (asked_afresh,)
    assert again.with_none_applies(draft, b.a_moment(91)).screening == ()


def test_a_question_on_allergies_waits_until_the_allergies_are_confirmed(on_allergies: Contraindication) -> None:
    again = _again(_last(_answer(on_allergies, "no")), on_allergies)
    draft = _repeat()
    assert again.by_themselves(draft) == (on_allergies,)
    confirmed = _with(draft, again.with_still_so(draft.consultation, b.a_moment(90)))
    assert again.afresh(confirmed) == (on_allergies,)


def test_with_an_allergy_on_file_every_question_on_allergies_is_answered_by_itself(
    on_allergies: Contraindication,
) -> None:
    client = b.a_client(allergy_state=AllergyState.KNOWN, allergies=(NICKEL,))
    last = _last(_answer(on_allergies, "no"), allergy_state=AllergyState.KNOWN, allergies=(NICKEL,))
    again = _again(last, on_allergies, client=client)
    draft = _repeat()
    confirmed = _with(draft, again.with_still_so(draft.consultation, b.a_moment(90)))
    assert confirmed.consultation.allergies == (NICKEL,)
    assert again.by_themselves(confirmed) == (on_allergies,)


def test_the_plan_is_settled_with_the_day_it_comes_from() -> None:
    zone = PlannedZone(zone="forehead", depth_mm=Decimal("0.75"), from_visit_on=DAY, confirmed=False)
    product = PlannedProduct(product_id=b.SERUM_ID, from_visit_on=DAY, confirmed=False)
    draft = _repeat(plan=Plan(zones=(zone,), products=(product,)))
    again = _again(_last(concerns=("acne-scars", "gone")))
    assert not again.planned(draft)
    after = _with(draft, again.with_plan(draft.consultation))
    assert after.consultation.concerns == ("acne-scars",)
    assert after.consultation.plan.zones == (zone.with_(confirmed=True),)
    assert after.consultation.plan.products == (product.with_(confirmed=True),)
    assert again.planned(after)


@pytest.mark.parametrize(
    ("then", "denied"),
    [
        ({"C19": "yes"}, False),  # one question asked for both then
        ({"C19": "unsure"}, False),
        ({"C19": "no"}, True),
        ({}, True),
        ({"C19": "yes", "C19-ahead": "no"}, True),
        ({"C19": "no", "C19-ahead": "yes"}, False),
    ],
)
def test_what_may_be_to_come_is_not_denied_where_one_question_once_asked_for_both(
    knowledge: Knowledge, then: dict[str, str], denied: bool
) -> None:
    ended, ahead = knowledge.contraindications["C19"], knowledge.contraindications["C19-ahead"]
    answers = tuple(_answer(knowledge.contraindications[row], answer) for row, answer in then.items())
    again = _again(_last(*answers), ended, ahead)
    after = again.with_none_applies(_repeat(), b.a_moment(90))
    assert (ahead.id in {one.contraindication for one in after.screening}) is denied
    assert (ahead in again.by_themselves(_repeat())) is not denied
    assert (ended.id in {one.contraindication for one in after.screening}) is (then.get("C19", "no") == "no")


def test_a_concern_named_today_stays() -> None:
    draft = _repeat(concerns=("melasma",))
    assert _again(_last()).with_plan(draft.consultation).concerns == ("melasma",)


def test_a_visit_repeats_the_last_one_only() -> None:
    last = _last()
    assert repeated(_repeat(), last) is last
    assert repeated(_repeat(), None) is None
    assert repeated(b.a_draft(), last) is None
    assert repeated(b.a_draft(repeats_visit_on=date(2026, 11, 19)), last) is None
    assert repeated(_repeat(), last.with_(invalidated_at=b.a_moment(300))) is None


def test_a_use_is_repeated_in_its_amount_and_whole_minutes_from_the_lot_of_today() -> None:
    before = b.a_use(amount=Decimal("1.5"), amount_unit="ml", duration_s=659, lot="OLD")
    new = b.a_use(id=b.an_id(7), amount=None, amount_unit="g", lot="NEW", zones=("chin",), at=b.a_moment(90))
    made = used_again(before, new)
    assert (made.amount, made.amount_unit, made.duration_s) == (Decimal("1.5"), "ml", 600)
    assert (made.id, made.lot, made.zones, made.at) == (new.id, "NEW", ("chin",), b.a_moment(90))
    assert used_again(before.with_(duration_s=59), new).duration_s is None


@pytest.mark.parametrize(
    ("since", "put_on"),
    [(60, 80), (80, 80), (86, 86), (90, 90), (95, 90)],
)
def test_what_was_on_as_then_was_put_on_so_long_before_but_not_before_what_came_before_it(
    since: int, put_on: int
) -> None:
    mask = b.a_use(at=b.a_moment(90), duration_s=600)
    made = over_by(mask, b.a_moment(90), b.a_moment(since))
    assert (made.at, made.duration_s) == (b.a_moment(put_on), 600)


def _finding(code: str, step: StepId = StepId.SERUM, gate: Gate = Gate.SIGNING) -> Finding:
    return Finding(key=code, code=code, step=step, level=Level.STOP, gate=gate, title=code)


@pytest.mark.parametrize(
    ("code", "speaks"),
    [
        ("lot-expired", True),
        ("lot-recalled", True),
        ("lot-used-up", True),
        ("lot-missing", True),
        ("allergy-met", True),
        ("numbing-dose", True),
        # what follows by itself: the last good day nears, the cream is on, something is not done yet
        ("lot-expires-soon", False),
        ("numbing-on", False),
        ("missing-serum", False),
    ],
)
def test_what_speaks_against_a_short_way(code: str, speaks: bool) -> None:
    known = _finding("known")
    assert bool(speaks_against((known,), (known, _finding(code)))) is speaks


def test_a_step_is_held_back_by_its_own_open_points_at_a_gate() -> None:
    points = [
        OpenPoint(_finding(code, step, gate), due=False, reason_asked=False)
        for code, step, gate in (
            ("here", StepId.CONSENT, Gate.NEEDLING),
            ("noted", StepId.CONSENT, Gate.NONE),
            ("elsewhere", StepId.SERUM, Gate.SIGNING),
        )
    ]
    assert [one.code for one in holds_back(StepId.CONSENT, points)] == ["here"]
