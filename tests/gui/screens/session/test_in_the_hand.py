"""Device and cartridge: what is missing is said before the passes, and what was chosen outlives a restart."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from needlelog.domain.findings import StepId
from needlelog.domain.materials import Product
from needlelog.domain.treatment import Direction
from tests import builders as b
from tests.gui.screens.session.room import Room, named, ready_for_needling, tap, texts, to_the_passes
from ui.screens.session.needling.cartridge import CartridgeInUse
from ui.screens.session.needling.pass_panel import PassPanel
from ui.screens.session.needling.setting_panel import SettingPanel
from ui.screens.session.screen import SessionScreen


def panels(screen: SessionScreen) -> tuple[SettingPanel, PassPanel]:
    return screen.findChildren(SettingPanel)[0], screen.findChildren(PassPanel)[0]


def choose_device(setting: SettingPanel, device: Product) -> None:
    setting.device_field.set_value(device.id)
    setting.device_field.committed.emit(device.id)


def another_device(room: Room) -> Product:
    return room.desk.materials.add(b.a_device(id=b.an_id(71), name="Other pen"))


def lot_of(room: Room, code: str) -> CartridgeInUse:
    (lot,) = [one for one in room.desk.materials.lots(b.CARTRIDGE_ID) if one.code == code]
    return CartridgeInUse(b.a_cartridge().name, lot.code, lot.expires_on)


def at_needling(room: Room) -> SessionScreen:
    return room.at(StepId.NEEDLING, change=ready_for_needling)


def test_without_a_device_one_stays_and_is_told(room: Room) -> None:
    screen = at_needling(room)
    setting, passes = panels(screen)
    setting.device_field.set_value(None)
    tap(screen, "To the passes")
    assert "Choose the device first." in texts(setting)
    assert setting.isVisible()
    assert not passes.isVisible()
    assert setting.device_field.isAncestorOf(setting.window().focusWidget())
    choose_device(setting, another_device(room))
    assert "Choose the device first." not in texts(setting)


def test_without_a_lot_one_goes_on_knowingly_and_once(room: Room) -> None:
    screen = at_needling(room)
    setting, passes = panels(screen)
    tap(screen, "To the passes")
    assert "No cartridge lot chosen" in texts(setting)
    assert not passes.isVisible()
    QTest.keyClick(screen, Qt.Key.Key_F8)
    assert setting.isVisible()  # nor does the pedal go on by itself
    tap(screen, "Go on without a lot")
    assert passes.isVisible()
    tap(screen, "Change device, cartridge, direction and count")
    assert "No cartridge lot chosen" not in texts(setting)
    tap(screen, "To the passes")
    assert passes.isVisible()


def test_a_device_chosen_by_hand_is_there_after_a_restart(room: Room) -> None:
    other = another_device(room)
    screen = at_needling(room)
    setting, _ = panels(screen)
    planned = setting.device_field.value()
    assert planned != other.id
    choose_device(setting, other)
    tap(screen, "Vertical")
    setting.count.set_value(Decimal(1))
    setting.count.step_by(2)
    assert screen.deactivate()
    again, _ = panels(room.open(screen.draft_id))
    device = again.device()
    assert device is not None
    assert (device.id, again.direction.value(), again.count.value()) == (other.id, Direction.VERTICAL, Decimal(3))


def test_the_lot_chosen_before_the_first_pass_is_there_after_a_restart(room: Room) -> None:
    screen = at_needling(room)
    setting, _ = panels(screen)
    room.desk.materials.remember_lot(b.CARTRIDGE_ID, "CT-9", None)
    setting.cartridge.reload()
    wanted = next(one for one in setting.cartridge._known.values() if one.lot == "CT-9")
    setting.cartridge.take(wanted)
    assert screen.deactivate()
    screen = room.open(screen.draft_id)
    again, _ = panels(screen)
    assert again.cartridge.value() == wanted


def test_what_lies_in_the_hand_is_no_part_of_the_record(room: Room) -> None:
    visit = room.signed_visit()
    assert visit.draft.needling.in_hand is None
    other = another_device(room)
    screen = at_needling(room)
    setting, _ = panels(screen)
    choose_device(setting, other)
    assert room.stored(screen.draft_id).needling.in_hand is not None
    assert room.stored(screen.draft_id).needling.passes == ()
    to_the_passes(screen)
    assert named(screen, QAbstractButton, "Pass done").isVisible()


def test_the_panel_of_the_next_pass_names_device_and_lot_when_the_visit_is_opened_again(room: Room) -> None:
    screen = at_needling(room)
    setting, _ = panels(screen)
    setting.cartridge.take(lot_of(room, "CT-2291"))
    tap(screen, "To the passes")
    screen.page._map.canvas.tapped.emit("cheek_left")  # type: ignore[attr-defined]
    tap(screen, "Pass done")
    assert screen.deactivate()
    _, passes = panels(room.open(screen.draft_id))
    assert passes.isVisible()
    assert "No device chosen" not in texts(passes)
    assert "lot CT-2291" in texts(passes)


def test_a_device_named_anew_on_the_list_is_named_anew_on_the_panel(room: Room) -> None:
    screen = at_needling(room)
    setting, passes = panels(screen)
    setting.cartridge.take(lot_of(room, "CT-2291"))
    tap(screen, "To the passes")
    device = setting.device()
    assert device is not None
    room.desk.materials.save(device.with_(name="Pen at the window"))
    screen.page.entered()
    assert "Pen at the window" in texts(passes)
