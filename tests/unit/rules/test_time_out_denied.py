"""Nobody says at the time-out what the program knows to be untrue, unless a reason is written against it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from needlelog.domain.findings import StepId
from needlelog.domain.session import SessionDraft
from needlelog.domain.stock import Recall, Shelf
from needlelog.domain.treatment import Direction, InHand
from needlelog.rules.circumstances import Circumstances
from needlelog.rules.completeness import items
from needlelog.rules.judgement import judge
from needlelog.rules.time_out import said, stands
from needlelog.rules.time_out_denied import denials, open_denials
from needlelog.workflow.reasons import with_reason
from tests import builders as b

Around = Callable[..., Circumstances]
Change = Callable[[SessionDraft, Circumstances], tuple[SessionDraft, Circumstances]]
HELD = InHand(
    cartridge="12-pin cartridge",
    lot="CT-2291",
    expires_on=date(2027, 6, 30),
    direction=Direction.CROSSHATCH,
    count=1,
)


def _before_the_needle() -> SessionDraft:
    draft = b.a_full_draft()
    return draft.with_(needling=draft.needling.with_(passes=(), ended_at=None, time_out=(), in_hand=HELD))


def _cream_on(draft: SessionDraft, around: Circumstances) -> tuple[SessionDraft, Circumstances]:
    (cream, *others) = draft.numbing
    return draft.with_(numbing=(cream.with_(removed_at=None), *others)), around


def _unsigned(draft: SessionDraft, around: Circumstances) -> tuple[SessionDraft, Circumstances]:
    return draft.with_(consent=draft.consent.with_(signature=None)), around


def _other_name(draft: SessionDraft, around: Circumstances) -> tuple[SessionDraft, Circumstances]:
    return draft.with_(consent=draft.consent.with_(confirmed_name="Somebody Else")), around


def _not_asked(draft: SessionDraft, around: Circumstances) -> tuple[SessionDraft, Circumstances]:
    return draft.with_(consultation=draft.consultation.with_(allergies_confirmed_at=None)), around


def _expired(draft: SessionDraft, around: Circumstances) -> tuple[SessionDraft, Circumstances]:
    held = HELD.with_(expires_on=date(2026, 9, 30))
    return draft.with_(needling=draft.needling.with_(in_hand=held)), around


def _recalled(draft: SessionDraft, around: Circumstances) -> tuple[SessionDraft, Circumstances]:
    recall = Recall(
        id=b.an_id(70), product=HELD.cartridge, lot=HELD.lot, reason="Seal", by="Mara Lindt", at=b.a_moment()
    )
    return draft, replace(around, shelf=Shelf(recalls=(recall,)))


def _cold_sore(draft: SessionDraft, around: Circumstances) -> tuple[SessionDraft, Circumstances]:
    answers = tuple(
        one.with_(answer="yes", ended_on=None) if one.contraindication == "C02" else one
        for one in draft.consultation.screening
    )
    return draft.with_(consultation=draft.consultation.with_(screening=answers)), around


@pytest.mark.parametrize(
    ("change", "item", "step"),
    [
        (_cream_on, "anaesthetic-off", StepId.NUMBING),
        (_unsigned, "consent", StepId.CONSENT),
        (_other_name, "identity", StepId.CONSENT),
        (_not_asked, "allergies", StepId.CONSULTATION),
        (_expired, "cartridge", StepId.NEEDLING),
        (_recalled, "cartridge", StepId.NEEDLING),
        (_cold_sore, "zones-device-skin", StepId.CONSULTATION),
    ],
)
def test_an_item_is_closed_while_its_opposite_is_known(around: Around, change: Change, item: str, step: StepId) -> None:
    here = around()
    draft, here = change(_before_the_needle(), here)
    closed = {one.id: open_denials(one, draft, here) for one in here.knowledge.time_out.values()}
    assert [name for name, found in closed.items() if found] == [item]
    (finding,) = closed[item]
    assert finding.step is step
    assert finding.field
    assert finding.key in {one.key for one in judge(draft, here)}

    wanted = here.knowledge.time_out[item]
    ticked = draft.with_(
        needling=draft.needling.with_(time_out=(said(wanted, draft, here, by="M", at=b.a_moment(40)),))
    )
    assert not stands(wanted, ticked, here)

    reasoned = with_reason(draft, finding, "Prescriber agreed in writing", by="Mara Lindt", at=b.a_moment(41))
    tick = said(wanted, reasoned, here, by="M", at=b.a_moment(42))
    assert stands(wanted, reasoned.with_(needling=reasoned.needling.with_(time_out=(tick,))), here)
    assert finding.title in tick.said


def test_the_time_out_is_not_done_once_a_ticked_item_is_known_to_be_untrue(around: Around) -> None:
    here = around()
    draft = _before_the_needle()
    ticks = tuple(said(one, draft, here, by="M", at=b.a_moment(40)) for one in here.knowledge.time_out.values())
    ticked = draft.with_(needling=draft.needling.with_(time_out=ticks))
    assert _done(ticked, here)
    withdrawn, _ = _unsigned(ticked, here)
    assert not _done(withdrawn, here)


def _done(draft: SessionDraft, around: Circumstances) -> bool:
    return next(one.done for one in items(draft, around) if one.key == "time-out")


def test_needles_out_of_the_hand_again_are_held_against_nobody(around: Around) -> None:
    here = around()
    draft, _ = _expired(_before_the_needle(), here)
    cartridge = here.knowledge.time_out["cartridge"]
    assert denials(cartridge, draft, here)
    done = b.a_pass(lot="CT-2291", expires_on=date(2027, 6, 30), depth_mm=Decimal("0.5"))
    over = draft.needling.with_(passes=(done,), ended_at=b.a_moment(50))
    assert not denials(cartridge, draft.with_(needling=over), here)
