"""The time-out stands for what it was said about: whatever changes afterwards is said again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from needlelog.domain.client import Allergy, AllergyState
from needlelog.domain.session import SessionDraft
from needlelog.domain.treatment import Direction, InHand, PlannedZone
from needlelog.rules.circumstances import Circumstances
from needlelog.rules.completeness import items
from needlelog.rules.time_out import changed_since, fingerprint, said
from tests import builders as b

Around = Callable[..., Circumstances]
Change = Callable[[SessionDraft, Circumstances], tuple[SessionDraft, Circumstances]]


def _planned(*zones: str, **changes: object) -> SessionDraft:
    draft = b.a_full_draft()
    plan = draft.consultation.plan.with_(zones=tuple(PlannedZone(zone=zone) for zone in zones), **changes)
    return draft.with_(
        consultation=draft.consultation.with_(plan=plan), needling=draft.needling.with_(passes=(), ended_at=None)
    )


def _said(draft: SessionDraft, around: Circumstances) -> SessionDraft:
    ticks = tuple(
        said(item, draft, around, by="Mara", at=b.a_moment(40)) for item in around.knowledge.time_out.values()
    )
    return draft.with_(needling=draft.needling.with_(time_out=ticks))


def _undone(draft: SessionDraft, around: Circumstances) -> dict[str, tuple[str, ...] | None]:
    found = {one.id: changed_since(one, draft, around) for one in around.knowledge.time_out.values()}
    return {item: changed for item, changed in found.items() if changed != ()}


def _with_pass(draft: SessionDraft, **changes: object) -> SessionDraft:
    one = b.a_pass(**({"id": b.an_id(900 + len(draft.needling.passes))} | changes))
    return draft.with_(needling=draft.needling.with_(passes=(*draft.needling.passes, one)))


def _client(draft: SessionDraft, around: Circumstances) -> tuple[SessionDraft, Circumstances]:
    return draft, replace(around, client=around.client.with_(full_name="Somebody Else"))


def _allergy(draft: SessionDraft, around: Circumstances) -> tuple[SessionDraft, Circumstances]:
    known = (*around.client.allergies, Allergy(substance="Nickel"))
    return draft, replace(around, client=around.client.with_(allergies=known, allergy_state=AllergyState.KNOWN))


def _consent(draft: SessionDraft, around: Circumstances) -> tuple[SessionDraft, Circumstances]:
    assert draft.consent.signature
    later = draft.consent.signature.with_(at=b.a_moment(50))
    return draft.with_(consent=draft.consent.with_(signature=later)), around


def _numbing(draft: SessionDraft, around: Circumstances) -> tuple[SessionDraft, Circumstances]:
    return draft.with_(numbing=(*draft.numbing, b.a_numbing(id=b.an_id(800), name="Second cream"))), around


def _wiped_off(draft: SessionDraft, around: Circumstances) -> tuple[SessionDraft, Circumstances]:
    """It was said while the cream was on, and the cream came off later."""
    (cream, *others) = draft.numbing
    on = _said(draft.with_(numbing=(cream.with_(removed_at=None), *others)), around)
    return on.with_(numbing=draft.numbing), around


def _zone(draft: SessionDraft, around: Circumstances) -> tuple[SessionDraft, Circumstances]:
    return _with_pass(draft, zone="chin"), around


def _device(draft: SessionDraft, around: Circumstances) -> tuple[SessionDraft, Circumstances]:
    first = _with_pass(draft, zone="forehead")
    return _with_pass(first, zone="forehead", device="Other pen"), around


def _cartridge(draft: SessionDraft, around: Circumstances) -> tuple[SessionDraft, Circumstances]:
    first = _with_pass(draft, zone="forehead", lot="A-1")
    return _with_pass(first, zone="forehead", lot="B-2"), around


def _deeper(draft: SessionDraft, around: Circumstances) -> tuple[SessionDraft, Circumstances]:
    plan = draft.consultation.plan
    zones = tuple(one.with_(depth_mm=Decimal("2.5")) for one in plan.zones)
    return draft.with_(consultation=draft.consultation.with_(plan=plan.with_(zones=zones))), around


def _other_lot(draft: SessionDraft, around: Circumstances) -> tuple[SessionDraft, Circumstances]:
    (cream, *others) = draft.numbing
    assert cream.lot
    return draft.with_(numbing=(cream.with_(lot="Z-9"), *others)), around


def _next_day(draft: SessionDraft, around: Circumstances) -> tuple[SessionDraft, Circumstances]:
    return draft, replace(around, now=around.now + timedelta(days=1))


EVERY_ITEM = dict.fromkeys(b.TIME_OUT_IDS, ("day",))


@pytest.mark.parametrize(
    ("change", "undone"),
    [
        (_client, {"identity": ("client",)}),
        (_allergy, {"allergies": ("allergies",)}),
        (_consent, {"consent": ("consent",)}),
        (_numbing, {"allergies": ("products",), "anaesthetic-off": ("numbing",)}),
        (_wiped_off, {"anaesthetic-off": ("numbing",)}),
        (_zone, {"zones-device-skin": ("zones",)}),
        (_device, {"zones-device-skin": ("device",)}),
        (_cartridge, {"cartridge": ("cartridge",)}),
        (_deeper, {"zones-device-skin": ("depths",)}),
        (_other_lot, {"allergies": ("products",)}),
        (_next_day, EVERY_ITEM),
    ],
)
def test_what_changes_is_said_again(around: Around, change: Change, undone: dict[str, tuple[str, ...]]) -> None:
    here = around()
    draft = _said(_planned("forehead"), here)
    assert _undone(draft, here) == {}
    assert _undone(*change(draft, here)) == undone


def _off_at(draft: SessionDraft, minutes: int | None) -> SessionDraft:
    (cream, *others) = draft.numbing
    off = None if minutes is None else b.a_moment(minutes)
    return draft.with_(numbing=(cream.with_(removed_at=off), *others))


@pytest.mark.parametrize(("minutes", "stands"), [(35, True), (39, True), (40, True), (41, False), (None, False)])
def test_a_corrected_time_leaves_wiped_off_and_one_after_the_word_does_not(
    around: Around, minutes: int | None, stands: bool
) -> None:
    here = around()
    draft = _said(_off_at(_planned("forehead"), 38), here)
    found = _undone(_off_at(draft, minutes), here)
    assert found == ({} if stands else {"anaesthetic-off": ("numbing",)})
    (cream, *others) = draft.numbing
    assert _undone(draft.with_(numbing=(cream.with_(on_at=b.a_moment(12)), *others)), here) == {}


def test_a_removal_that_is_taken_back_undoes_wiped_off_also_when_it_comes_off_again(around: Around) -> None:
    here = around()
    draft = _said(_off_at(_planned("forehead"), 38), here)
    assert _undone(_off_at(draft, None), here) == {"anaesthetic-off": ("numbing",)}
    assert _undone(_off_at(_off_at(draft, None), 45), here) == {"anaesthetic-off": ("numbing",)}


def test_a_corrected_time_makes_no_other_time_out(around: Around) -> None:
    here = around()
    draft = _off_at(_planned("forehead"), 38)
    assert fingerprint(_off_at(draft, 36), here) == fingerprint(draft, here)
    assert fingerprint(_off_at(draft, None), here) != fingerprint(draft, here)


def test_what_falls_away_and_what_was_planned_is_not_said_again(around: Around) -> None:
    here = around()
    draft = _said(_planned("forehead", "chin"), here)
    fewer = draft.consultation.with_(plan=draft.consultation.plan.with_(zones=draft.consultation.plan.zones[:1]))
    assert _undone(draft.with_(consultation=fewer, numbing=()), here) == {}
    assert _undone(_with_pass(draft, zone="chin", depth_mm=Decimal("0.5")), here) == {}


def test_the_first_lot_of_a_product_and_another_zone_change_no_depth(around: Around) -> None:
    here = around()
    planned = _planned("forehead")
    (cream, *others) = planned.numbing
    draft = _said(planned.with_(numbing=(cream.with_(lot=""), *others)), here)
    assert _undone(draft.with_(numbing=(cream, *others)), here) == {}
    plan = draft.consultation.plan
    more = plan.with_(zones=(*plan.zones, PlannedZone(zone="chin", depth_mm=Decimal("0.5"))))
    wider = draft.with_(consultation=draft.consultation.with_(plan=more))
    assert _undone(wider, here) == {"zones-device-skin": ("zones",)}


def test_zones_nobody_had_planned_need_no_second_word(around: Around) -> None:
    here = around()
    draft = _said(_planned(), here)
    assert _undone(_with_pass(_with_pass(draft, zone="forehead"), zone="chin"), here) == {}


def test_an_item_that_was_never_said_is_open(around: Around) -> None:
    assert set(_undone(_planned("forehead").with_(needling=b.a_needling(passes=(), time_out=())), around())) == set(
        b.TIME_OUT_IDS
    )


def test_the_list_says_why_it_is_open_and_asks_nothing_once_needling_is_over(around: Around) -> None:
    here = around()
    draft = _zone(_said(_planned("forehead"), here), here)[0]
    (item,) = (one for one in items(draft, here) if one.key == "time-out")
    assert (item.text, item.done) == ("Time-out said again: something has changed since", False)
    over = draft.with_(needling=draft.needling.with_(ended_at=b.a_moment(70)))
    (item,) = (one for one in items(over, here) if one.key == "time-out")
    assert item.done


def test_a_reason_for_no_time_out_does_not_speak_for_what_changes_after_one_was_said(around: Around) -> None:
    here = around()

    def key(draft: SessionDraft) -> str:
        return next(one.finding_key for one in items(draft, here) if one.key == "time-out")

    planned = _planned("forehead")
    assert key(planned.with_(needling=planned.needling.with_(time_out=()))) == "missing:time-out"
    said_of_forehead = _said(planned, here)
    chin = _with_pass(said_of_forehead, zone="chin")
    nose = _with_pass(chin, zone="nose")
    assert len({"missing:time-out", key(chin), key(nose)}) == 3


def test_what_was_said_first_stays_and_the_newest_word_counts(around: Around) -> None:
    here = around()
    draft = _with_pass(_said(_planned("forehead"), here), zone="chin")
    again = tuple(said(item, draft, here, by="Mara", at=b.a_moment(50)) for item in here.knowledge.time_out.values())
    both = draft.with_(needling=draft.needling.with_(time_out=(*draft.needling.time_out, *again)))
    assert _undone(both, here) == {}


def _held(draft: SessionDraft, **held: object) -> SessionDraft:
    hand = InHand.model_validate({"direction": Direction.CROSSHATCH, "count": 1, **held})
    return draft.with_(needling=draft.needling.with_(in_hand=hand))


def test_another_lot_or_serial_than_the_one_told_is_said_again(around: Around) -> None:
    here = around()
    told = _said(_held(_planned("forehead"), cartridge="Cartridge", lot="A-1", serial="7"), here)
    undone = {"cartridge": ("cartridge",)}
    assert _undone(told, here) == {}
    assert _undone(_with_pass(told, zone="forehead", cartridge="Cartridge", lot="A-1", serial="7"), here) == {}
    for lot, serial in (("B-2", "7"), ("A-1", "8")):
        assert _undone(_held(told, cartridge="Cartridge", lot=lot, serial=serial), here) == undone
        assert _undone(_with_pass(told, zone="forehead", cartridge="Cartridge", lot=lot, serial=serial), here) == undone


def test_the_first_cartridge_taken_where_none_was_told_needs_no_second_word(around: Around) -> None:
    here = around()
    taken = _held(_said(_planned("forehead"), here), cartridge="Cartridge", lot="A-1")
    assert _undone(taken, here) == {}
    used = _with_pass(taken, zone="forehead", cartridge="Cartridge", lot="A-1", serial="")
    assert _undone(used, here) == {}
    assert _undone(_held(used, cartridge="Cartridge", lot="B-2"), here) == {"cartridge": ("cartridge",)}


def test_another_device_in_the_hand_than_the_one_told_is_said_again(around: Around) -> None:
    first, other = b.a_device(), b.a_device(id=b.an_id(71), name="Other pen")
    here = replace(around(), products={one.id: one for one in (first, other)})
    told = _said(_held(_planned("forehead"), device_id=first.id), here)
    assert _undone(told, here) == {}
    assert _undone(_held(told, device_id=other.id), here) == {"zones-device-skin": ("device",)}
