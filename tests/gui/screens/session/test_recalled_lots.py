"""A recalled lot is told wherever a lot is chosen: cleanser, cream, serum, and what cools."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QAbstractButton

from needlelog.domain.findings import StepId
from needlelog.domain.materials import Product, ProductKind
from tests import builders as b
from tests.gui.screens.session.room import Room
from ui.screens.session.lot_picker import LotPicker
from ui.screens.session.materials_page import MaterialsPage
from ui.screens.session.screen import SessionScreen

GOOD, RECALLED, UNTIL = "HA-10", "HA-77", date(2027, 6, 30)
STEPS = {
    ProductKind.CLEANSER: StepId.CLEANSING,
    ProductKind.ANAESTHETIC: StepId.NUMBING,
    ProductKind.SERUM: StepId.SERUM,
    ProductKind.COOLING: StepId.COOLING,
}


def a_product(room: Room, kind: ProductKind) -> Product:
    made = b.an_anaesthetic(id=b.an_id(31)) if kind is ProductKind.ANAESTHETIC else b.a_product(id=b.an_id(31))
    product = room.desk.materials.add(made.with_(kind=kind, name="Test product"))
    for lot in (GOOD, RECALLED):
        room.clock.advance(seconds=1)
        room.desk.materials.remember_lot(product.id, lot, UNTIL)
    return product


def page_of(screen: SessionScreen) -> MaterialsPage:
    assert isinstance(screen.page, MaterialsPage)
    return screen.page


def chips(screen: SessionScreen) -> list[str]:
    (picker,) = (one for one in page_of(screen).findChildren(LotPicker))
    return [one.text() for one in picker.chips.findChildren(QAbstractButton)]


@pytest.mark.parametrize("kind", STEPS)
def test_a_recalled_lot_is_told_in_every_list_of_lots_and_stands_last(room: Room, kind: ProductKind) -> None:
    product = a_product(room, kind)
    room.desk.stock.recall(product.name, RECALLED, "Seal of some tubes may leak")
    screen = room.at(STEPS[kind])
    page_of(screen).picker.taken.emit(product)  # type: ignore[attr-defined]
    assert chips(screen) == [f"{GOOD} \u00b7 to 30-Jun-2027", f"RECALLED \u00b7 {RECALLED}", "Another lot"]


@pytest.mark.parametrize("kind", STEPS)
def test_a_product_whose_lot_in_use_is_recalled_says_so_before_it_is_taken(room: Room, kind: ProductKind) -> None:
    product = a_product(room, kind)
    screen = room.at(STEPS[kind])
    picker = page_of(screen).picker  # type: ignore[attr-defined]
    assert "RECALLED" not in picker.caption_of(product)
    room.desk.stock.recall(product.name, RECALLED, "Seal of some tubes may leak")
    screen.presenter.refresh()
    screen.page.entered()
    assert picker.chips.button(product.id).text() == f"Test product \u00b7 lot {RECALLED} RECALLED"


def test_a_lot_that_is_recalled_while_its_list_is_shown_is_marked_there(room: Room) -> None:
    product = a_product(room, ProductKind.SERUM)
    screen = room.at(StepId.SERUM)
    page_of(screen).picker.taken.emit(product)  # type: ignore[attr-defined]
    assert not any("RECALLED" in one for one in chips(screen))
    room.desk.stock.recall(product.name, RECALLED, "Seal of some tubes may leak")
    screen.presenter.refresh()
    screen.page.show_draft(screen.presenter.draft)
    assert f"RECALLED \u00b7 {RECALLED}" in chips(screen)
