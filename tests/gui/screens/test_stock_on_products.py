"""Stock by lot: counted in by hand and by scan, taken off with a reason, recalled, and found by its pack."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from PySide6.QtWidgets import QPushButton

from needlelog.domain.materials import Product, ProductKind
from needlelog.domain.stock import LotStanding
from needlelog.services.desk import Desk
from tests import builders as b
from tests.gui.answers import ScriptedDialogs
from tests.gui.conftest import Show
from tests.gui.scanner import scan
from tests.gui.screens.conftest import Routes
from ui.screens.products.lot_row import LotRow
from ui.screens.products.screen import ProductsScreen
from ui.toolkit.kit import Kit
from ui.toolkit.screen import ToLot

PACK = "00844588003288"
CODE = f"01{PACK}1727113010CT-2291"


@pytest.fixture
def cartridge(desk: Desk) -> Product:
    return desk.materials.add(b.a_cartridge(id=uuid4()))


@pytest.fixture
def screen(kit: Kit, desk: Desk, cartridge: Product, shown: Show, routes: Routes) -> Iterator[ProductsScreen]:
    made = ProductsScreen(kit, desk)
    routes.listen(made)
    shown(made)
    made.kinds.changed.emit(ProductKind.CARTRIDGE)
    yield made
    made.close()


def standing(desk: Desk, product: Product) -> LotStanding:
    (only,) = desk.stock.standings(product.id)
    return only


def row(screen: ProductsScreen, lot: str = "CT-2291") -> LotRow:
    return next(one for one in screen.lots.lots if one.lot.lot == lot)


def opened(screen: ProductsScreen, lot: str = "CT-2291") -> LotRow:
    row(screen, lot).opened.emit()
    return row(screen, lot)


def press(within: LotRow, name: str) -> None:
    next(one for one in within.findChildren(QPushButton) if one.accessibleName() == name).click()


def test_what_came_is_counted_in_and_what_is_left_is_said(
    screen: ProductsScreen, desk: Desk, cartridge: Product
) -> None:
    for lots in ("10", "5"):
        screen.lots.code.set_raw_text("CT-2291")
        screen.lots.expiry.set_raw_text("11/2027")
        screen.lots.quantity.set_raw_text(lots)
        screen.lots.add_lot.click()
    held = standing(desk, cartridge)
    assert (held.left, held.expires_on) == (Decimal(15), date(2027, 11, 30))
    assert "15 pieces left" in row(screen).texts()


def test_a_part_of_a_piece_is_not_counted(screen: ProductsScreen, desk: Desk, cartridge: Product) -> None:
    screen.lots.code.set_raw_text("CT-2291")
    screen.lots.quantity.set_raw_text("1.5")
    screen.lots.add_lot.click()
    assert desk.stock.standings(cartridge.id) == ()
    assert screen.lots.quantity.raw_text() == "1.5"


def test_each_scan_of_a_known_pack_adds_its_pieces(screen: ProductsScreen, desk: Desk, cartridge: Product) -> None:
    desk.stock.keep_pack(cartridge.id, PACK, 10)
    scan(screen, CODE)
    scan(screen, CODE)
    assert desk.stock.standings(cartridge.id) == ()
    assert (screen.lots.code.raw_text(), screen.lots.expiry.value()) == ("CT-2291", date(2027, 11, 30))
    screen.lots.add_lot.click()
    assert standing(desk, cartridge).left == Decimal(20)
    scan(screen, CODE)
    assert screen.lots.quantity.value() == Decimal(10)


def test_a_scan_shows_its_product_whatever_was_shown(screen: ProductsScreen, desk: Desk, cartridge: Product) -> None:
    desk.stock.keep_pack(cartridge.id, PACK, 10)
    screen.kinds.changed.emit(ProductKind.SERUM)
    scan(screen, CODE)
    assert screen.kinds.value() is ProductKind.CARTRIDGE
    assert screen.lots.code.raw_text() == "CT-2291"


def test_an_unknown_pack_is_asked_for_and_noted(
    screen: ProductsScreen, desk: Desk, cartridge: Product, dialogs: ScriptedDialogs
) -> None:
    dialogs.will_answer(cartridge.name)
    scan(screen, CODE)
    assert [text.split(",")[0] for text in screen.packs.texts()] == [PACK]
    assert screen.lots.code.raw_text() == "CT-2291"


def test_the_pack_of_a_new_product_is_noted_with_it(
    screen: ProductsScreen, desk: Desk, dialogs: ScriptedDialogs
) -> None:
    dialogs.will_answer("It is not on the list yet")
    scan(screen, CODE)
    screen.form.name.set_raw_text("16-pin cartridge")
    screen.form.save.click()
    product = next(one for one in desk.materials.all() if one.name == "16-pin cartridge")
    assert [pack.gtin for pack in desk.stock.packs(product.id)] == [PACK]
    assert screen.lots.code.raw_text() == "CT-2291"


def test_what_is_no_pack_is_one_sentence(screen: ProductsScreen, desk: Desk, cartridge: Product) -> None:
    scan(screen, "https://example.com/pack")
    assert "web address" in screen.notice.text()
    assert screen.lots.code.raw_text() == ""


def test_taking_off_needs_a_reason(screen: ProductsScreen, desk: Desk, cartridge: Product) -> None:
    desk.stock.receive(cartridge.id, "CT-2291", None, Decimal(10))
    screen.lots.read()
    one = opened(screen)
    press(one, "Take off")
    assert one.take is not None
    one.take.amount.set_raw_text("2")
    one.take.do_it.click()
    assert standing(desk, cartridge).left == Decimal(10)
    one.take.reason.set_raw_text("Seal broken")
    one.take.do_it.click()
    assert standing(desk, cartridge).left == Decimal(8)


def test_a_lot_is_recalled_with_a_reason_and_the_recall_ends_with_another(
    screen: ProductsScreen, desk: Desk, cartridge: Product, dialogs: ScriptedDialogs
) -> None:
    desk.stock.receive(cartridge.id, "CT-2291", None, Decimal(10))
    screen.lots.read()
    dialogs.will_answer(None, "Maker's letter", "Another lot was meant")
    one = opened(screen)
    press(one, "Recall this lot")
    assert desk.stock.recalls() == ()
    press(one, "Recall this lot")
    assert [recall.reason for recall in desk.stock.recalls()] == ["Maker's letter"]
    assert row(screen).marks == ("Recalled",)
    press(row(screen), "End the recall")
    assert desk.stock.recalls() == ()
    assert row(screen).marks == ()


@pytest.mark.parametrize(
    ("until", "marks"),
    [(date(2026, 11, 19), ("Expired",)), (date(2026, 12, 20), ("30 days left",)), (date(2026, 12, 21), ())],
)
def test_a_lot_says_when_it_goes_out_of_date(
    screen: ProductsScreen, desk: Desk, cartridge: Product, until: date, marks: tuple[str, ...]
) -> None:
    desk.stock.receive(cartridge.id, "CT-2291", until, Decimal(10))
    screen.lots.read()
    assert row(screen).marks == marks


def test_from_a_lot_one_tap_leads_to_those_treated_with_it(
    screen: ProductsScreen, desk: Desk, cartridge: Product, routes: Routes
) -> None:
    desk.stock.receive(cartridge.id, "CT-2291", None, Decimal(10))
    screen.lots.read()
    press(opened(screen), "Who was treated?")
    assert routes == [ToLot("CT-2291")]


def test_a_number_is_noted_and_taken_off_by_hand(screen: ProductsScreen, desk: Desk, cartridge: Product) -> None:
    for text in ("00844588003289", PACK):
        screen.packs.gtin.set_raw_text(text)
        screen.packs.pieces.set_raw_text("10")
        screen.packs.add_pack.click()
    assert screen.packs.texts() == [f"{PACK}, 10 pieces"]
    screen.packs._remover(PACK)()
    assert desk.stock.packs(cartridge.id) == ()


def card_of(screen: ProductsScreen, product: Product) -> tuple[str, ...]:
    return next(card.stock for card in screen.cards if card.product.id == product.id)


def test_the_list_says_what_may_be_used_and_what_not(screen: ProductsScreen, desk: Desk, cartridge: Product) -> None:
    assert card_of(screen, cartridge) == ()
    for lot, until in (("A", None), ("B", date(2026, 11, 1)), ("C", date(2026, 11, 25)), ("D", date(2028, 1, 1))):
        desk.stock.receive(cartridge.id, lot, until, Decimal(10))
    desk.stock.recall(cartridge.name, "D", "Maker's letter")
    screen.activate()
    assert card_of(screen, cartridge) == ("20 pieces left", "1 recalled", "1 expired", "1 expires soon")
    for standing in desk.stock.standings(cartridge.id):
        if standing.lot != "D":
            desk.stock.take_off(standing.lot_id, Decimal(10), "Thrown away")
    screen.activate()
    assert card_of(screen, cartridge) == ("Nothing left", "1 recalled")
