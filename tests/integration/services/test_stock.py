"""The shelf of a real clinic: counted in, used by visits, recalled; nothing kept twice, nothing lost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from needlelog.domain.materials import Product, ProductKind
from needlelog.domain.session import SessionDraft
from needlelog.errors import Fault, FaultCode
from needlelog.services.desk import Desk
from tests import builders
from tests.desks import StandingClock
from tests.gui.screens.clinic_days import add_client, treat
from tests.gui.screens.clinic_days import passes as treated_passes

NAME, LOT = "12-pin cartridge", "CT-2291"
SCAN = "010084458800328817271130" + "10CT-2291"


def a_product(desk: Desk, kind: ProductKind = ProductKind.CARTRIDGE, name: str = NAME, unit: str = "") -> Product:
    return desk.materials.add(Product(id=uuid4(), kind=kind, name=name, amount_unit=unit, added_at=desk.clock.now()))


def a_draft(desk: Desk, **changes: Any) -> SessionDraft:
    client = desk.clients.add(builders.a_client(id=uuid4(), allergies=(), allergy_state="none-known", facts=()))
    draft = desk.sessions.start(client.id)
    flow, _ = desk.sessions.resume(draft.id)
    flow._store.save(flow.draft.with_(**changes))  # the rules of the visit are not what is tested here
    return desk.sessions.resume(draft.id)[0].draft


def passes(*ids: int, **changes: Any) -> Any:
    return builders.a_needling(passes=tuple(builders.a_pass(id=builders.an_id(one), **changes) for one in ids))


def left(desk: Desk, product_id: UUID) -> list[Decimal | None]:
    return [one.left for one in desk.stock.standings(product_id)]


def fault_of(call: Any, *arguments: Any, **named: Any) -> FaultCode:
    with pytest.raises(Fault) as caught:
        call(*arguments, **named)
    return caught.value.code


def test_a_visit_takes_one_cartridge_however_many_passes_and_gives_it_back(desk: Desk) -> None:
    product = a_product(desk)
    desk.materials.remember_lot(product.id, LOT, None)
    assert left(desk, product.id) == [None]
    desk.stock.receive(product.id, LOT, date(2027, 11, 30), Decimal(10))
    assert left(desk, product.id) == [Decimal(10)]
    draft = a_draft(desk, needling=passes(1, 2, 3))
    assert left(desk, product.id) == [Decimal(9)]
    flow, judge = desk.sessions.resume(draft.id)
    assert judge.around.shelf.standing(NAME, LOT).left == Decimal(10)  # type: ignore[union-attr]
    flow._store.save(flow.draft.with_(needling=builders.a_needling(passes=())))
    assert left(desk, product.id) == [Decimal(10)]


def test_signed_visits_count_however_they_wrote_the_lot(desk: Desk, clock: StandingClock) -> None:
    product = a_product(desk)
    desk.stock.receive(product.id, LOT, None, Decimal(10))
    for name, lot in (("Ana", "ct-2291"), ("Zoe", "CT-2291 "), ("Mia", "CT-2292")):
        used = tuple(one.with_(lot=lot) for one in treated_passes(("forehead",), Decimal("0.75")))
        treat(desk, clock, add_client(desk, name), clock.now(), needling=builders.a_needling(passes=used))
    assert left(desk, product.id)[-1] == Decimal(8)


def test_a_visit_given_up_keeps_what_was_used_in_it(desk: Desk) -> None:
    product = a_product(desk)
    desk.stock.receive(product.id, LOT, None, Decimal(3))
    draft, untouched = a_draft(desk, needling=passes(1, serial="SN-1")), a_draft(desk)
    desk.sessions.discard(draft.id, "client left")
    desk.sessions.discard(untouched.id, "not today")
    assert left(desk, product.id) == [Decimal(2)]
    _, judge = desk.sessions.resume(a_draft(desk).id)
    assert len(judge.around.shelf.used_needles) == 1
    desk.stock.recall(NAME, LOT, "Seal may leak")
    assert [use.discarded for _, use in desk.stock.treated_with_recalled()] == [True]


def test_amounts_are_taken_in_the_unit_of_the_product(desk: Desk) -> None:
    serum = a_product(desk, ProductKind.SERUM, "Hyaluronic acid serum", "ml")
    cream = a_product(desk, ProductKind.ANAESTHETIC, "Lidocaine cream 4 %", "g")
    desk.stock.receive(serum.id, "HA-77", None, Decimal("30"))
    desk.stock.receive(cream.id, "LX-10", None, Decimal("100"))
    uses = (builders.a_use(id=builders.an_id(1)), builders.a_use(id=builders.an_id(2), amount_unit="drop"))
    a_draft(desk, serums=uses, numbing=(builders.a_numbing(),))
    assert left(desk, serum.id) == [Decimal("28")]
    assert left(desk, cream.id) == [Decimal("90")]


def test_more_used_than_came_in_is_below_nought_and_not_hidden(desk: Desk) -> None:
    product = a_product(desk)
    desk.stock.receive(product.id, LOT, None, Decimal(1))
    a_draft(desk, needling=passes(1))
    a_draft(desk, needling=passes(1))
    assert left(desk, product.id) == [Decimal(-1)]


def test_what_is_thrown_away_takes_a_reason(desk: Desk) -> None:
    product = a_product(desk)
    lot = desk.stock.receive(product.id, LOT, None, Decimal(10))
    assert fault_of(desk.stock.take_off, lot.id, Decimal(2), " ") is FaultCode.REASON_MISSING
    desk.stock.take_off(lot.id, Decimal(2), "fell down")
    assert left(desk, product.id) == [Decimal(8)]
    assert [(one.kind.value, one.quantity, one.reason) for one in desk.stock.movements(lot.id)] == [
        ("received", Decimal(10), ""),
        ("taken-off", Decimal(2), "fell down"),
    ]
    assert fault_of(desk.stock.take_off, uuid4(), Decimal(2), "fell down") is FaultCode.RECORD_NOT_FOUND


def test_a_second_delivery_of_a_lot_adds_to_it_however_it_is_written(desk: Desk) -> None:
    product = a_product(desk)
    desk.stock.receive(product.id, LOT, None, Decimal(10))
    again = desk.stock.receive(product.id, "ct-2291", date(2027, 11, 30), Decimal(5))
    assert (again.code, again.expires_on) == (LOT, date(2027, 11, 30))
    assert left(desk, product.id) == [Decimal(15)]


def test_a_scan_finds_product_pack_and_lot(desk: Desk) -> None:
    product = a_product(desk)
    assert desk.stock.scan(SCAN).product is None
    desk.stock.keep_pack(product.id, "844588003288", 10)
    found = desk.stock.scan(SCAN)
    assert (found.product, found.lot) == (product, None)
    assert found.pack is not None
    assert found.pack.pieces == 10
    assert (found.code.lot, found.code.expires_on) == (LOT, date(2027, 11, 30))
    lot = desk.stock.receive(product.id, "ct-2291", None, Decimal(10))
    assert desk.stock.scan(SCAN).lot == lot


def test_one_product_has_several_packs_and_one_pack_one_product(desk: Desk) -> None:
    product, other = a_product(desk), a_product(desk, name="Another")
    desk.stock.keep_pack(product.id, "00844588003288", 1)
    desk.stock.keep_pack(product.id, "10614141000415", 10)
    desk.stock.keep_pack(product.id, "00844588003288", 5)
    assert [(one.gtin, one.pieces) for one in desk.stock.packs(product.id)] == [
        ("00844588003288", 5),
        ("10614141000415", 10),
    ]
    assert fault_of(desk.stock.keep_pack, other.id, "00844588003288") is FaultCode.PACK_KNOWN
    assert fault_of(desk.stock.keep_pack, other.id, "00844588003289") is FaultCode.SCAN_CHECK_DIGIT
    desk.stock.remove_pack("00844588003288")
    desk.stock.keep_pack(other.id, "00844588003288")
    assert desk.stock.scan("00844588003288"[2:]).product == other


def test_a_recall_flags_those_treated_and_ends_only_by_another_entry(desk: Desk) -> None:
    product = a_product(desk)
    a_draft(desk, needling=passes(1, lot="ct-2291"))
    a_draft(desk, needling=passes(1, lot="CT-1"))
    assert desk.stock.treated_with_recalled() == ()
    assert fault_of(desk.stock.recall, NAME, LOT, "") is FaultCode.REASON_MISSING
    noted = desk.stock.recall(NAME, LOT, "Maker's letter: seal of the pack may leak")
    assert noted.product_id == product.id
    again = fault_of(desk.stock.recall, NAME.upper(), LOT.lower(), "Recalled")
    assert again is FaultCode.LOT_RECALLED_ALREADY
    assert [(recall.id, use.lot) for recall, use in desk.stock.treated_with_recalled()] == [(noted.id, "ct-2291")]
    desk.materials.save(product.with_(name="Cartridge, 12 pins"))
    assert desk.stock.recall_of("Cartridge, 12 pins", LOT) is not None
    assert len(desk.stock.treated_with_recalled()) == 1
    desk.stock.end_recall(NAME, LOT, "Letter was about another lot")
    assert desk.stock.recalls() == ()
    assert desk.stock.treated_with_recalled() == ()
    entries = desk.stock.recall_entries(NAME, LOT)
    assert [(one.recalled, one.by) for one in entries] == [(True, desk.me.signature), (False, desk.me.signature)]
    assert fault_of(desk.stock.end_recall, NAME, LOT, "Ended") is FaultCode.LOT_RECALLED_ALREADY


def test_a_cartridge_with_a_number_is_known_from_open_and_from_signed_visits(desk: Desk) -> None:
    draft = a_draft(desk, needling=passes(1, serial="S-1"))
    other = a_draft(desk)
    _, judge = desk.sessions.resume(other.id)
    mine = desk.sessions.resume(draft.id)[1]
    assert len(judge.around.shelf.used_needles) == 1
    assert len(mine.around.shelf.used_needles) == 0
