"""Lots and products that are not on the list yet: typed once, at the chair, and remembered."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from needlelog.domain.materials import ProductKind
from tests.builders import a_product, an_id
from tests.gui.screens.session.chair import CLEANSER, Chair
from ui.screens.session.lot_picker import LotPicker
from ui.screens.session.new_product import NewProduct
from ui.screens.session.pages.cleansing import CleansingPage
from ui.screens.session.pages.cooling import CoolingPage
from ui.screens.session.pages.numbing import NumbingPage

LEFT = Qt.MouseButton.LeftButton


def lots_of_cleanser(qtbot: QtBot, chair: Chair) -> LotPicker:
    page = chair.page(CleansingPage)
    qtbot.addWidget(page)
    page.show()
    qtbot.mouseClick(page.picker.chips.button(CLEANSER.id), LEFT)
    (card,) = page.cards.values()
    return card.lot


def test_a_new_lot_is_recorded_and_remembered(qtbot: QtBot, chair: Chair) -> None:
    lot = lots_of_cleanser(qtbot, chair)
    assert lot.entry.isVisible()
    qtbot.keyClicks(lot.code.line, "CL-77")
    qtbot.keyClick(lot.code.line, Qt.Key.Key_Return)
    qtbot.keyClicks(lot.expiry.line, "06/2027")
    qtbot.keyClick(lot.expiry.line, Qt.Key.Key_Return)
    (use,) = chair.stored.cleansing.uses
    assert (use.lot, use.expires_on) == ("CL-77", date(2027, 6, 30))
    (noted,) = chair.materials.lots(CLEANSER.id)
    assert (noted.code, noted.expires_on) == ("CL-77", date(2027, 6, 30))
    assert lot.chips.button("CL-77").isChecked()
    assert not lot.entry.isVisible()


def test_a_month_is_shown_back_as_its_last_day(qtbot: QtBot, chair: Chair) -> None:
    lot = lots_of_cleanser(qtbot, chair)
    qtbot.keyClicks(lot.expiry.line, "2/28")
    assert lot.expiry.editor.accessibleDescription() == "29-Feb-2028"


def test_an_expired_date_is_said_while_typing(qtbot: QtBot, chair: Chair) -> None:
    lot = lots_of_cleanser(qtbot, chair)
    qtbot.keyClicks(lot.expiry.line, "10/2026")
    assert lot.expiry.editor.accessibleDescription() == "31-Oct-2026: out of date"


@pytest.mark.parametrize(
    ("text", "said"),
    [("31 2 2027", "does not exist"), ("13/2027", "does not exist"), ("soon", "not a date"), ("1/2099", "too far")],
)
def test_a_wrong_expiry_keeps_the_lot_out_of_the_record(qtbot: QtBot, chair: Chair, text: str, said: str) -> None:
    lot = lots_of_cleanser(qtbot, chair)
    qtbot.keyClicks(lot.code.line, "CL-77")
    qtbot.keyClicks(lot.expiry.line, text)
    qtbot.mouseClick(lot.use, LEFT)
    assert chair.stored.cleansing.uses[0].lot == ""
    assert lot.expiry.raw_text() == text
    assert said in lot.expiry.editor.accessibleDescription()


def test_a_lot_needs_its_number(qtbot: QtBot, chair: Chair) -> None:
    lot = lots_of_cleanser(qtbot, chair)
    qtbot.mouseClick(lot.use, LEFT)
    assert "Lot number is empty" in lot.code.editor.accessibleDescription()


def test_the_expiry_of_a_known_lot_can_be_added_later(qtbot: QtBot, chair: Chair) -> None:
    chair.materials.remember_lot(CLEANSER.id, "CL-1", None)
    lot = lots_of_cleanser(qtbot, chair)
    qtbot.mouseClick(lot.chips.button("CL-1"), LEFT)
    qtbot.mouseClick(lot.chips.button("new"), LEFT)
    assert lot.code.raw_text() == "CL-1"
    qtbot.keyClicks(lot.expiry.line, "30 6 27")
    qtbot.mouseClick(lot.use, LEFT)
    assert chair.stored.cleansing.uses[0].expires_on == date(2027, 6, 30)
    assert [one.expires_on for one in chair.materials.lots(CLEANSER.id)] == [date(2027, 6, 30)]


def test_a_lot_in_use_stays_ticked_when_another_is_begun_and_dropped(qtbot: QtBot, chair: Chair) -> None:
    chair.materials.remember_lot(CLEANSER.id, "CL-1", date(2027, 6, 30))
    lot = lots_of_cleanser(qtbot, chair)
    qtbot.mouseClick(lot.chips.button("CL-1"), LEFT)
    qtbot.mouseClick(lot.chips.button("new"), LEFT)
    assert chair.stored.cleansing.uses[0].lot == "CL-1"
    qtbot.mouseClick(lot.chips.button("CL-1"), LEFT)
    assert chair.stored.cleansing.uses[0].lot == "CL-1"
    assert not lot.entry.isVisible()


def form_of_numbing(qtbot: QtBot, chair: Chair) -> tuple[NumbingPage, NewProduct]:
    page = chair.page(NumbingPage)
    qtbot.addWidget(page)
    page.show()
    qtbot.mouseClick(page.picker.add, LEFT)
    form = page.picker.form
    assert form is not None
    return page, form


def test_an_anaesthetic_is_added_from_its_label_and_used(qtbot: QtBot, chair: Chair) -> None:
    page, form = form_of_numbing(qtbot, chair)
    agent, strength = form.agents[0]
    for line, text in (
        (form.name, "House <i>cream</i> & co"),
        (form.maker, "Harbour Pharmacy"),
        (agent, "lidocaine"),
        (strength, "2,5"),
        (form.least, "20"),
        (form.most, "60"),
        (form.grams, "10"),
        (form.area, "200"),
        (form.layer, "1,5"),
        (form.not_again, "24"),
    ):
        qtbot.keyClicks(line.line, text)
    qtbot.mouseClick(form.add, LEFT)
    added = next(one for one in chair.list.products.values() if one.maker == "Harbour Pharmacy")
    limits = added.anaesthetic
    assert limits is not None
    assert limits.agents == (("lidocaine", Decimal("2.5")),)
    assert (limits.dwell_min_min, limits.dwell_max_min) == (20, 60)
    assert (limits.max_g, limits.max_area_cm2) == (Decimal(10), Decimal(200))
    assert (limits.g_per_10cm2, limits.not_again_h) == (Decimal("1.5"), 24)
    assert limits.source == "clinic's own entry"
    (numbing,) = chair.stored.numbing
    assert (numbing.name, numbing.limits, numbing.strength) == ("House <i>cream</i> & co", limits, "lidocaine 2.5 %")
    assert page.picker.form is None


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("layer", "0"),
        ("layer", "10000"),
        ("layer", "0,555"),
        ("not_again", "0"),
        ("not_again", "10000"),
        ("not_again", "0,5"),
        ("not_again", "soon"),
    ],
)
def test_a_wrong_layer_or_wait_is_refused_and_stays(qtbot: QtBot, chair: Chair, field: str, text: str) -> None:
    _, form = form_of_numbing(qtbot, chair)
    qtbot.keyClicks(form.name.line, "Plain cream")
    wrong = getattr(form, field)
    qtbot.keyClicks(wrong.line, text)
    qtbot.mouseClick(form.add, LEFT)
    assert wrong.fault() is not None
    assert wrong.raw_text() == text
    assert chair.stored.numbing == ()
    assert "Plain cream" not in {one.name for one in chair.list.products.values()}


def test_figures_that_the_label_does_not_print_stay_unknown(qtbot: QtBot, chair: Chair) -> None:
    _, form = form_of_numbing(qtbot, chair)
    qtbot.keyClicks(form.name.line, "Plain cream")
    qtbot.mouseClick(form.add, LEFT)
    limits = chair.stored.numbing[0].limits
    assert (limits.agents, limits.max_g, limits.dwell_max_min) == ((), None, None)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Name is empty"),
        ({"name": "lidocaine CREAM 4 %"}, "on the list already"),
        ({"name": "New", "agent": "lidocaine"}, "What strength"),
        ({"name": "New", "strength": "5"}, "Which agent"),
        ({"name": "New", "agent": "lidocaine", "strength": "101"}, "above 100"),
        ({"name": "New", "agent": "lidocaine", "strength": "0"}, "below"),
        ({"name": "New", "least": "60", "most": "30"}, "less than the least"),
        ({"name": "New", "least": "abc"}, "not a number"),
        ({"name": "x" * 121}, "longer than 120"),
    ],
)
def test_a_form_with_something_wrong_adds_nothing(
    qtbot: QtBot, chair: Chair, fields: dict[str, str], said: str
) -> None:
    _, form = form_of_numbing(qtbot, chair)
    known = len(chair.list.products)
    agent, strength = form.agents[0]
    lines = {"name": form.name, "agent": agent, "strength": strength, "least": form.least, "most": form.most}
    for field, text in fields.items():
        lines[field].line.setText(text)
    qtbot.mouseClick(form.add, LEFT)
    assert len(chair.list.products) == known
    assert any(said in line.editor.accessibleDescription() for line in lines.values())


def test_an_add_on_can_be_added_at_cooling(qtbot: QtBot, chair: Chair) -> None:
    page = chair.page(CoolingPage)
    qtbot.addWidget(page)
    page.show()
    page.picker.open_form()
    form = page.picker.form
    assert form is not None
    qtbot.keyClicks(form.name.line, "Blue light")
    qtbot.mouseClick(form.kind.button(ProductKind.ADDON), LEFT)
    qtbot.mouseClick(form.add, LEFT)
    (use,) = chair.stored.cooling
    assert (use.name, use.kind) == ("Blue light", ProductKind.ADDON)


def test_cancel_takes_the_form_away(qtbot: QtBot, chair: Chair) -> None:
    page, form = form_of_numbing(qtbot, chair)
    qtbot.mouseClick(form.cancel, LEFT)
    assert page.picker.form is None
    assert page.picker.add.isEnabled()


def test_a_long_list_is_cut_and_opens_with_one_tap(qtbot: QtBot, chair: Chair) -> None:
    for number in range(12):
        chair.list.add(a_product(id=an_id(200 + number), kind=ProductKind.CLEANSER, name=f"Soap {number:02d}"))
    page = chair.page(CleansingPage)
    qtbot.addWidget(page)
    page.show()
    assert page.picker.more.text() == "6 more"
    qtbot.mouseClick(page.picker.more, LEFT)
    qtbot.mouseClick(page.picker.chips.button(an_id(211)), LEFT)
    assert chair.stored.cleansing.uses[0].name == "Soap 11"


def test_the_one_used_last_stands_before_the_others(qtbot: QtBot, chair: Chair) -> None:
    zinc = a_product(id=an_id(300), kind=ProductKind.CLEANSER, name="Zinc wash")
    chair.list.add(zinc)
    chair.materials.remember_lot(zinc.id, "Z-1", None)
    page = chair.page(CleansingPage)
    qtbot.addWidget(page)
    page.show()
    assert page.picker.chips.button(zinc.id).x() < page.picker.chips.button(CLEANSER.id).x()
