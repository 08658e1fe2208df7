"""The clinic's own list: add, change, take off and put back; lots with their last day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from needlelog.domain.materials import DeviceKind, ProductKind
from needlelog.errors import Fault, FaultCode
from needlelog.services.desk import Desk
from tests.gui.answers import ScriptedDialogs
from ui.screens.products.figures import agents_text, parse_agents
from ui.screens.products.screen import ProductsScreen
from ui.toolkit.dialogs import Leaving
from ui.toolkit.kit import Kit
from ui.widgets.labelled_field import LabelledField


def typed(field: LabelledField, text: str) -> None:
    field.set_raw_text(text)
    field.edited.emit()


def names(screen: ProductsScreen) -> list[str]:
    return [card.product.name for card in screen.cards]


def by_name(screen: ProductsScreen, name: str) -> None:
    next(card for card in screen.cards if card.product.name == name).chosen.emit()


def test_the_shipped_devices_stand_first_with_their_range(kit: Kit, desk: Desk) -> None:
    screen = ProductsScreen(kit, desk)
    assert "SkinPen Precision" in names(screen)
    by_name(screen, "SkinPen Precision")
    assert screen.form.device.most.raw_text() == "2.5"
    assert screen.form.device.step.raw_text() == "0.25"


@pytest.mark.parametrize("most", ["1,5", "1.5", "١٫٥"])
def test_a_device_is_added_with_either_decimal_mark(kit: Kit, desk: Desk, most: str) -> None:
    screen = ProductsScreen(kit, desk)
    screen.new_product.click()
    form = screen.form
    typed(form.name, "Pen <b>& Co")
    form.device.kind.set_value(DeviceKind.MOTOR_PEN)
    typed(form.device.most, most)
    typed(form.device.step, "0.1")
    form.save.click()
    kept = next(one for one in desk.materials.all(ProductKind.DEVICE) if one.name == "Pen <b>& Co")
    assert kept.device is not None
    assert (kept.device.depth_max_mm, kept.device.depth_step_mm) == (Decimal("1.50"), Decimal("0.10"))
    assert "Pen <b>& Co" in names(screen)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("abc", FaultCode.ENTRY_NOT_A_NUMBER),
        ("-1", FaultCode.ENTRY_TOO_SMALL),
        ("1000", FaultCode.ENTRY_TOO_LARGE),
        ("0.123", FaultCode.ENTRY_TOO_FINE),
        ("", FaultCode.ENTRY_EMPTY),
    ],
)
def test_a_wrong_figure_is_said_and_stays(kit: Kit, desk: Desk, text: str, code: FaultCode) -> None:
    screen = ProductsScreen(kit, desk)
    by_name(screen, "SkinPen Precision")
    typed(screen.form.device.most, text)
    screen.form.save.click()
    fault = screen.form.device.most.fault()
    assert fault is not None
    assert fault.code is code
    assert screen.form.device.most.raw_text() == text
    stored = next(one for one in desk.materials.all() if one.name == "SkinPen Precision")
    assert stored.device is not None
    assert stored.device.depth_max_mm == Decimal("2.5")


def a_new_cream(kit: Kit, desk: Desk) -> ProductsScreen:
    screen = ProductsScreen(kit, desk)
    screen.kinds.button(ProductKind.ANAESTHETIC).click()
    screen.new_product.click()
    typed(screen.form.name, "House cream")
    typed(screen.form.anaesthetic.agents, "lidocaine 4")
    return screen


def test_layer_area_and_wait_of_the_clinics_own_cream_are_kept(kit: Kit, desk: Desk) -> None:
    screen = a_new_cream(kit, desk)
    figures = screen.form.anaesthetic
    for field, text in ((figures.layer, "0,5"), (figures.max_area, "300"), (figures.not_again, "12")):
        typed(field, text)
    screen.form.save.click()
    (kept,) = (one.anaesthetic for one in desk.materials.all(ProductKind.ANAESTHETIC) if one.name == "House cream")
    assert kept is not None
    assert (kept.g_per_10cm2, kept.max_area_cm2, kept.not_again_h) == (Decimal("0.5"), Decimal(300), 12)
    by_name(screen, "EMLA cream 5 % (EU, UK)")
    assert figures.layer.value() == Decimal(2), "a shipped cream shows what its label says"
    by_name(screen, "House cream")
    assert (figures.layer.raw_text(), figures.not_again.raw_text()) == ("0.5", "12")


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("layer", "0", FaultCode.ENTRY_TOO_SMALL),
        ("layer", "10000", FaultCode.ENTRY_TOO_LARGE),
        ("layer", "0.555", FaultCode.ENTRY_TOO_FINE),
        ("layer", "thin", FaultCode.ENTRY_NOT_A_NUMBER),
        ("not_again", "0", FaultCode.ENTRY_TOO_SMALL),
        ("not_again", "10000", FaultCode.ENTRY_TOO_LARGE),
        ("not_again", "0,5", FaultCode.ENTRY_TOO_SMALL),
        ("not_again", "1,5", FaultCode.ENTRY_TOO_FINE),
        ("max_g", "10000", FaultCode.ENTRY_TOO_LARGE),
        ("max_g", "0", FaultCode.ENTRY_TOO_SMALL),
        ("max_area", "0", FaultCode.ENTRY_TOO_SMALL),
        ("dwell_max", "10000", FaultCode.ENTRY_TOO_LARGE),
    ],
)
def test_a_figure_that_no_label_has_is_said_and_stays(
    kit: Kit, desk: Desk, field: str, text: str, code: FaultCode
) -> None:
    screen = a_new_cream(kit, desk)
    wrong = getattr(screen.form.anaesthetic, field)
    typed(wrong, text)
    screen.form.save.click()
    fault = wrong.fault()
    assert fault is not None
    assert fault.code is code
    assert wrong.raw_text() == text
    assert "House cream" not in [one.name for one in desk.materials.all()]


def test_least_above_most_is_refused(kit: Kit, desk: Desk) -> None:
    screen = ProductsScreen(kit, desk)
    by_name(screen, "SkinPen Precision")
    typed(screen.form.device.least, "3")
    screen.form.save.click()
    stored = next(one for one in desk.materials.all() if one.name == "SkinPen Precision")
    assert stored.device is not None
    assert stored.device.depth_min_mm == 0


def test_off_the_list_and_back(kit: Kit, desk: Desk) -> None:
    screen = ProductsScreen(kit, desk)
    by_name(screen, "Exceed")
    screen.form.active.click()
    assert "Exceed" not in [one.name for one in desk.materials.all(ProductKind.DEVICE)]
    assert names(screen)[-1] == "Exceed"
    screen.form.active.click()
    assert "Exceed" in [one.name for one in desk.materials.all(ProductKind.DEVICE)]


def test_a_changed_product_is_not_left_silently(kit: Kit, desk: Desk, dialogs: ScriptedDialogs) -> None:
    screen = ProductsScreen(kit, desk)
    by_name(screen, "Exceed")
    typed(screen.form.maker, "Needle Works")
    dialogs.will_answer(Leaving.SAVE)
    assert screen.deactivate()
    assert next(one for one in desk.materials.all() if one.name == "Exceed").maker == "Needle Works"
    typed(screen.form.maker, "somebody")
    dialogs.will_answer(Leaving.DISCARD)
    assert screen.deactivate()
    assert next(one for one in desk.materials.all() if one.name == "Exceed").maker == "Needle Works"


def test_a_changed_product_stays_with_its_kind_on_the_wish_to_stay(
    kit: Kit, desk: Desk, dialogs: ScriptedDialogs
) -> None:
    screen = ProductsScreen(kit, desk)
    by_name(screen, "Exceed")
    typed(screen.form.maker, "Needle Works")
    dialogs.will_answer(Leaving.STAY, Leaving.SAVE)
    screen.kinds.button(ProductKind.SERUM).click()
    assert screen.kinds.value() is ProductKind.DEVICE
    assert screen.form.maker.raw_text() == "Needle Works"
    screen.kinds.button(ProductKind.SERUM).click()
    assert screen.kinds.value() is ProductKind.SERUM


def test_lots_say_when_they_expired(kit: Kit, desk: Desk) -> None:
    screen = ProductsScreen(kit, desk)
    screen.kinds.button(ProductKind.ANAESTHETIC).click()
    for code, day in (("LX-1", "19 11 2026"), ("LX-2", "20 11 2026"), ("LX-3", "21 11 2026"), ("LX-4", "")):
        typed(screen.lots.code, code)
        typed(screen.lots.expiry, day)
        screen.lots.add_lot.click()
    assert sorted(screen.lots.rows()) == [
        ("LX-1", "19-Nov-2026", "Expired"),
        ("LX-2", "20-Nov-2026", "Last day"),
        ("LX-3", "21-Nov-2026", "1 day left"),
        ("LX-4", "not recorded", ""),
    ]


def test_a_lot_without_a_code_is_refused(kit: Kit, desk: Desk) -> None:
    screen = ProductsScreen(kit, desk)
    screen.kinds.button(ProductKind.ANAESTHETIC).click()
    typed(screen.lots.expiry, "31 2 2027")
    screen.lots.add_lot.click()
    assert screen.lots.rows() == []
    assert screen.lots.expiry.raw_text() == "31 2 2027"


def test_an_emptied_anaesthetic_keeps_its_kind(kit: Kit, desk: Desk) -> None:
    screen = ProductsScreen(kit, desk)
    screen.kinds.button(ProductKind.ANAESTHETIC).click()
    product = screen.cards[0].product
    typed(screen.form.anaesthetic.agents, "lidocaine 2,5 + prilocaine 2.5 %")
    screen.form.save.click()
    kept = desk.materials.get(product.id)
    assert kept.anaesthetic is not None
    assert kept.anaesthetic.agents == (("lidocaine", Decimal("2.5")), ("prilocaine", Decimal("2.5")))


def test_agents_are_read_and_written_alike() -> None:
    agents = (("lidocaine", Decimal("2.5")), ("tetracaine", Decimal(7)))
    assert parse_agents(agents_text(agents), field="Agents") == agents
    with pytest.raises(Fault):
        parse_agents("lidocaine", field="Agents")


def test_an_expiry_beyond_today_is_allowed(kit: Kit, desk: Desk) -> None:
    screen = ProductsScreen(kit, desk)
    screen.kinds.button(ProductKind.ANAESTHETIC).click()
    product = screen.cards[0].product
    typed(screen.lots.code, "LX-9")
    typed(screen.lots.expiry, "2028-03-31")
    screen.lots.add_lot.click()
    (lot,) = desk.materials.lots(product.id)
    assert lot.expires_on == date(2028, 3, 31)
