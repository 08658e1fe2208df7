"""The time-out before the needle and the gate behind it: nothing is recorded before both let it."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton, QCheckBox

from needlelog.domain.findings import Gate, StepId
from needlelog.errors import Fault, FaultCode
from tests import builders as b
from tests.gui.screens.session.room import Room, named, ready_for_needling, tap, texts, to_the_passes
from tests.gui.screens.session.test_page_needling import (
    choose,
    recorded,
    said_for,
    say_all,
    shut_now,
    type_depth,
    unscreened,
)
from ui.screens.session.needling.cartridge import CartridgeInUse
from ui.screens.session.needling.pass_panel import PassPanel
from ui.screens.session.needling.setting_panel import SettingPanel
from ui.screens.session.screen import SessionScreen


@pytest.fixture
def screen(room: Room) -> SessionScreen:
    made = room.at(StepId.NEEDLING, change=ready_for_needling)
    lot = room.desk.materials.lots(b.CARTRIDGE_ID)[0]
    made.findChildren(SettingPanel)[0].cartridge.set_value(CartridgeInUse("12-pin cartridge", lot.code, lot.expires_on))
    to_the_passes(made)
    return made


def test_the_time_out_is_said_item_by_item(room: Room) -> None:
    screen = room.at(
        StepId.NEEDLING,
        change=lambda x: ready_for_needling(x).with_(needling=b.a_needling(passes=(), time_out=(), started_at=None)),
    )
    boxes = [box for box in screen.page.findChildren(QCheckBox) if box.isVisible()]
    assert len(boxes) == len(b.TIME_OUT_IDS)
    assert not screen.findChildren(PassPanel)[0].isVisible()
    for count, box in enumerate(boxes, 1):
        box.click()
        ticks = room.stored(screen.draft_id).needling.time_out
        assert len(ticks) == count
        assert ticks[-1].by == "Mara Lindt, RN"
    assert screen.findChildren(SettingPanel)[0].isVisible()


def test_a_zone_that_the_time_out_did_not_name_is_said_before_its_pass(room: Room) -> None:
    made = room.at(StepId.NEEDLING, change=said_for("forehead"))
    say_all(made)
    made.findChildren(SettingPanel)[0].device_field.set_value(b.DEVICE_ID)
    to_the_passes(made)
    choose(made, "forehead")
    tap(made, "Pass done")
    assert not room.dialogs.asked
    choose(made, "chin")
    room.dialogs.will_answer(False, True)
    tap(made, "Pass done")
    assert room.dialogs.asked[-1].told.startswith("New: Chin, 0.50 mm.\n\u2022 Zones, device and depths are said")
    assert [one.zone for one in recorded(room, made)] == ["forehead"]
    room.clock.advance(minutes=3)
    tap(made, "Pass done")
    assert [one.zone for one in recorded(room, made)] == ["forehead", "chin"]
    again = {one.item for one in room.stored(made.draft_id).needling.time_out if one.at == room.clock.now()}
    assert again == {"zones-device-skin"}
    tap(made, "Pass done")
    assert len(room.dialogs.asked) == 2


def test_the_time_out_comes_back_with_what_has_changed(room: Room) -> None:
    made = room.at(StepId.NEEDLING, change=said_for("forehead"))
    say_all(made)
    made.findChildren(SettingPanel)[0].device_field.set_value(b.DEVICE_ID)
    to_the_passes(made)
    later = room.clock.now()
    made.presenter.edit(lambda x: x.with_(numbing=(*x.numbing, b.a_numbing(id=b.an_id(800), on_at=later))))
    assert "Say it again. Changed since: the anaesthetic." in texts(made)
    assert not made.findChildren(PassPanel)[0].isVisible()
    assert not named(made, QCheckBox, "The anaesthetic is wiped off completely.").isChecked()
    assert named(made, QCheckBox, "The client says name and date of birth.").isChecked()
    say_all(made)
    to_the_passes(made)
    assert named(made, QAbstractButton, "Pass done").isVisible()


def test_no_pass_before_needling_is_cleared(room: Room) -> None:
    # Without a cream: one that is on before the screening is said first.
    screen = room.at(StepId.NEEDLING, change=lambda x: unscreened(ready_for_needling(x)).with_(numbing=()))
    assert "screening questions are not answered" in texts(screen.page)
    to_the_passes(screen)
    choose(screen, "forehead")
    tap(screen, "Pass done")
    assert not recorded(room, screen)
    assert len(room.dialogs.told) == 1


def test_no_reason_is_asked_for_a_pass_while_needling_is_not_cleared(room: Room, screen: SessionScreen) -> None:
    choose(screen, "cheek_left")
    type_depth(screen, "2.4")
    screen.presenter.edit(unscreened)
    tap(screen, "Pass done")
    assert room.dialogs.asked == []
    assert [str(one) for one in room.dialogs.told] == [
        str(room.kit.tr.fault(Fault(FaultCode.NEEDLING_NOT_CLEARED, count=shut_now(screen))))
    ]
    assert not recorded(room, screen)


def test_a_time_out_left_out_for_a_reason_gives_way_to_the_passes(room: Room) -> None:
    screen = room.at(
        StepId.NEEDLING,
        change=lambda x: ready_for_needling(x).with_(needling=b.a_needling(passes=(), time_out=(), started_at=None)),
    )
    (finding,) = screen.presenter.open_findings(Gate.NEEDLING)
    screen.presenter.override(finding, "Second room, said aloud there")
    to_the_passes(screen)
    choose(screen, "cheek_left")
    tap(screen, "Change device, cartridge, direction and count")
    to_the_passes(screen)
    tap(screen, "Pass done")
    assert len(recorded(room, screen)) == 1
