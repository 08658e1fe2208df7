"""A given sheet counts as long as it tells the visit as it is recorded."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from needlelog.domain.papers import HandOver, SheetGiven
from needlelog.domain.session import SessionDraft
from needlelog.domain.treatment import Endpoint
from needlelog.rules.circumstances import Circumstances
from needlelog.rules.completeness import items
from needlelog.rules.sheet import printed_facts, printed_now, sheet_is_current
from tests import builders
from tests.unit.rules.surroundings import around


def given(draft: SessionDraft, *, of: SessionDraft | None = None, minutes: float = 120, printed: bool = True) -> Any:
    """``draft`` with one more sheet given that was made from ``of``."""
    facts = printed_facts(of or draft) if printed else ""
    at = builders.a_moment(minutes)
    one = SheetGiven(document_id=builders.an_id(950), sha256="cd" * 32, how=HandOver.SHOWN, at=at, printed=facts)
    return draft.with_(aftercare=draft.aftercare.with_(given=(*draft.aftercare.given, one)))


def counts(draft: SessionDraft) -> bool:
    return next(item.done for item in items(draft, around()) if item.key == "sheet")


def aftercare(draft: SessionDraft, **changes: Any) -> SessionDraft:
    return draft.with_(aftercare=draft.aftercare.with_(**changes))


def first_pass(draft: SessionDraft, **changes: Any) -> SessionDraft:
    first, *rest = draft.needling.passes
    return draft.with_(needling=draft.needling.with_(passes=(first.with_(**changes), *rest)))


CHANGES = {
    "a zone taken off": lambda x: x.with_(needling=x.needling.with_(passes=x.needling.passes[:1])),
    "a deeper pass": lambda x: first_pass(x, depth_mm=Decimal("2.75")),
    "another lot": lambda x: first_pass(x, lot="CT-9"),
    "more passes": lambda x: first_pass(x, count=9),
    "a product taken off": lambda x: x.with_(serums=()),
    "another end": lambda x: x.with_(cooling=tuple(one.with_(duration_s=5400) for one in x.cooling)),
    "another note": lambda x: aftercare(x, note="Call me."),
    "another next visit": lambda x: aftercare(x, next_visit_at=x.aftercare.next_visit_at + timedelta(days=1)),
    "another home product": lambda x: aftercare(x, products=("Balm",)),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_sheet_that_tells_something_else_is_given_again(what: str) -> None:
    draft = given(builders.a_full_draft())
    assert counts(draft)
    changed = CHANGES[what](draft)
    assert not counts(changed)
    assert counts(given(changed))


def test_what_no_sheet_prints_leaves_it_current() -> None:
    draft = given(builders.a_full_draft())
    assert counts(first_pass(draft, endpoint=Endpoint.NONE))
    assert counts(draft.with_(reactions=draft.reactions.with_(note="Calm at the door."), revision=99, overrides=()))


def test_the_sheet_in_the_clients_hand_is_the_last_one() -> None:
    draft = builders.a_full_draft()
    other = aftercare(draft, note="Call me.")
    assert not counts(given(given(draft), of=other))


def test_a_sheet_given_after_a_change_counts_only_for_what_it_was_made_from() -> None:
    before = builders.a_full_draft()
    assert not counts(given(aftercare(before, note="Call me."), of=before))


def test_a_sheet_without_its_facts_counts_until_more_is_done() -> None:
    draft = aftercare(builders.a_full_draft(), given=())
    assert counts(given(draft, printed=False))
    assert not counts(given(draft, minutes=80, printed=False))


def held_against(given_in: Circumstances, now: Circumstances) -> bool:
    """Whether a sheet given in these circumstances still counts in those."""
    draft = given(builders.a_full_draft())
    *_, last = draft.aftercare.given
    _, surroundings = printed_now(draft, given_in)
    draft = aftercare(draft, given=(last.with_(around=surroundings),))
    return next(item.done for item in items(draft, now) if item.key == "sheet")


def in_clinic(client: dict[str, Any] | None = None, clinic: dict[str, Any] | None = None, **changes: Any) -> Any:
    clinic_now = builders.a_clinic(**(clinic or {}))
    return around(client=builders.a_client(**(client or {})), clinic=clinic_now, **changes)


def with_rule(rule: str, **changes: Any) -> Any:
    knowledge = around().knowledge
    changed = {**knowledge.aftercare, rule: knowledge.aftercare[rule].with_(**changes)}
    return knowledge.model_copy(update={"aftercare": changed})


def a_rule() -> str:
    """The id of a rule that every sheet prints."""
    return next(one.id for one in around().knowledge.aftercare.values() if not one.areas)


AROUND = {
    "another name": {"client": {"full_name": "Ana Kowalska"}},
    "another birth date": {"client": {"birth_date": date(1988, 3, 13)}},
    "another language": {"client": {"language": "de"}},
    "another clinic": {"clinic": {"name": "Harbour Skin"}},
    "another phone": {"clinic": {"phone": "01273 555 999"}},
    "other words for an emergency": {"clinic": {"emergency_text": "Call us first."}},
    "another country": {"clinic": {"country": "US"}},
    "a logo": {"clinic": {"logo": b"PNG"}},
}


@pytest.mark.parametrize("what", AROUND)
def test_a_sheet_that_tells_another_client_or_clinic_is_given_again(what: str) -> None:
    assert held_against(in_clinic(), in_clinic())
    assert not held_against(in_clinic(), in_clinic(**AROUND[what]))


def test_an_aftercare_value_of_the_clinics_own_makes_the_sheet_older() -> None:
    printed = with_rule(a_rule(), until_h=99)
    assert not held_against(in_clinic(), in_clinic(knowledge=printed))
    assert held_against(in_clinic(), in_clinic(client={"notes": "Prefers mornings", "phone": "1"}))


def test_what_was_not_kept_with_an_older_sheet_is_unknown_and_not_outdated() -> None:
    draft = given(builders.a_full_draft())
    assert next(item.done for item in items(draft, in_clinic(clinic={"phone": "1"})) if item.key == "sheet")
    assert held_against(in_clinic(), around())


def seen(draft: SessionDraft, **changes: Any) -> SessionDraft:
    observation = builders.an_observation(**changes)
    return draft.with_(reactions=draft.reactions.with_(observations=(observation,)))


@pytest.mark.parametrize(
    ("changed", "current"),
    [
        (lambda x: seen(x, reaction="infection", scale="ctcae"), False),
        (lambda x: seen(x, reaction="pain", scale="pain-nrs", grade=2), True),
        (lambda x: x.with_(consultation=x.consultation.with_(fitzpatrick=5)), False),
        (lambda x: x.with_(consultation=x.consultation.with_(fitzpatrick=2)), True),
    ],
    ids=["a reaction never expected", "a mild one", "darker skin than thought", "lighter skin"],
)
def test_only_skin_and_reactions_that_bring_a_rule_make_the_sheet_older(changed: Any, current: bool) -> None:
    here = around(clinic=builders.a_clinic())
    draft = builders.a_full_draft()
    printed, surroundings = printed_now(draft, here)
    one = SheetGiven(
        document_id=builders.an_id(950),
        sha256="cd" * 32,
        how=HandOver.SHOWN,
        at=builders.a_moment(120),
        printed=printed,
        around=surroundings,
    )
    draft = draft.with_(aftercare=draft.aftercare.with_(given=(one,)))

    assert sheet_is_current(draft, here)
    assert sheet_is_current(changed(draft), here) is current
