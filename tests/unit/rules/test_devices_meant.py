"""A device in the hand counts before its first pass: what it asks for is asked before the shot, not after."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from needlelog.domain.findings import Gate, StepId
from needlelog.domain.materials import DeviceKind, DeviceSettings, Listed
from needlelog.domain.session import SessionDraft, StepSkipped
from needlelog.domain.treatment import Direction, InHand
from needlelog.rules.devices_meant import devices_meant
from needlelog.rules.judgement import judge
from needlelog.rules.screening import UNANSWERED
from tests import builders as b
from tests.unit.rules.surroundings import around

RF = b.a_device(
    id=b.an_id(555),
    name="RF box",
    device=DeviceSettings(kind=DeviceKind.RF, depth_max_mm=Decimal("3.5"), depth_step_mm=Decimal("0.5"), source="x"),
)


def _in_hand(**changes: Any) -> SessionDraft:
    full = b.a_full_draft()
    asked = tuple(one for one in full.consultation.screening if one.contraindication != "C39")
    held = InHand(device_id=RF.id, direction=Direction.VERTICAL, count=1)
    part = full.consultation.with_(screening=asked, plan=full.consultation.plan.with_(zones=()))
    needling = full.needling.with_(**({"passes": (), "ended_at": None, "in_hand": held} | changes))
    return full.with_(consultation=part, needling=needling)


def _codes(draft: SessionDraft, products: dict[Any, Any] | None = None) -> dict[str, Gate]:
    found = judge(draft, around(products=products if products is not None else {RF.id: RF}))
    return {one.code: one.gate for one in found}


def test_the_question_about_implants_holds_the_needle_as_soon_as_the_device_is_in_the_hand() -> None:
    assert _codes(_in_hand())[UNANSWERED] is Gate.NEEDLING
    assert UNANSWERED not in _codes(_in_hand(in_hand=None))


def test_once_needling_is_over_or_left_out_nothing_is_in_the_hand() -> None:
    assert devices_meant(_in_hand()) == (RF.id,)
    assert devices_meant(_in_hand(ended_at=b.ENDED)) == ()
    skipped = StepSkipped(step=StepId.NEEDLING, reason="not today", at=b.ENDED)
    assert devices_meant(_in_hand().with_(skipped=(skipped,))) == ()


def test_a_skin_type_it_is_not_authorised_for_is_said_with_the_device_in_the_hand() -> None:
    pen = b.a_device(id=RF.id, knowledge_id="exceed")
    draft = _in_hand()
    draft = draft.with_(consultation=draft.consultation.with_(fitzpatrick=6))
    assert "device-skin-type" in _codes(draft, {pen.id: pen})


def test_a_device_in_the_hand_that_cannot_be_read_stops() -> None:
    listed = Listed()
    listed.damaged = True
    found = [one for one in judge(_in_hand(), around(products=listed)) if one.code == "product-unreadable"]
    assert "The device in the hand cannot be read any more" in {one.title for one in found}
