"""A lot that must not be used is told in the list, and stops whoever chooses it before it is in the hand."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit

from needlelog.domain.findings import Gate, StepId
from tests import builders as b
from tests.gui.keys import type_text
from tests.gui.screens.session.room import Room, named, ready_for_needling, tap, texts
from ui.screens.session.needling.setting_panel import SettingPanel
from ui.screens.session.screen import SessionScreen

NAME, REASON = "12-pin cartridge", "Seal of some blisters may leak"
GOOD, RECALLED = "CT-2291", "CT-2300"


@pytest.fixture
def screen(room: Room) -> SessionScreen:
    room.desk.materials.remember_lot(b.CARTRIDGE_ID, RECALLED, b.a_lot().expires_on)
    room.desk.stock.recall(NAME, RECALLED, REASON)
    return room.at(StepId.NEEDLING, change=ready_for_needling)


def setting_of(screen: SessionScreen) -> SettingPanel:
    return screen.findChildren(SettingPanel)[0]


def combo_of(screen: SessionScreen) -> QComboBox:
    return setting_of(screen).cartridge._choice.combo


def offered(screen: SessionScreen) -> list[str]:
    return [combo_of(screen).itemText(place) for place in range(combo_of(screen).count())]


def choose(screen: SessionScreen, lot: str) -> None:
    (place,) = [place for place, text in enumerate(offered(screen)) if lot in text]
    combo_of(screen).setCurrentIndex(place)
    combo_of(screen).activated.emit(place)


def lot_in_hand(room: Room, screen: SessionScreen) -> str:
    held = room.stored(screen.draft_id).needling.in_hand
    return held.lot if held else ""


def test_a_recalled_lot_is_told_in_the_list(screen: SessionScreen) -> None:
    assert [text for text in offered(screen) if "RECALLED" in text] == [f"RECALLED \u00b7 {RECALLED} \u00b7 {NAME}"]


def test_a_recalled_lot_stops_when_it_is_chosen(room: Room, screen: SessionScreen) -> None:
    choose(screen, GOOD)
    choose(screen, RECALLED)
    said = texts(setting_of(screen))
    assert f"{NAME}: this lot was recalled" in said
    assert REASON in said
    chosen = setting_of(screen).cartridge.value()
    assert chosen is not None
    assert chosen.lot == lot_in_hand(room, screen) == GOOD
    assert GOOD in combo_of(screen).currentText()
    assert not screen.presenter.open_findings(Gate.NEEDLING)


def test_it_is_used_all_the_same_for_a_written_reason_only(room: Room, screen: SessionScreen) -> None:
    choose(screen, RECALLED)
    room.dialogs.will_answer(None)
    tap(screen, "Use it all the same")
    assert lot_in_hand(room, screen) == ""
    room.dialogs.will_answer("Supplier confirmed: this pack is not affected")
    tap(screen, "Use it all the same")
    assert lot_in_hand(room, screen) == RECALLED
    assert "It was not taken" not in texts(setting_of(screen))
    assert [one.reason for one in room.stored(screen.draft_id).overrides] == [
        "Supplier confirmed: this pack is not affected"
    ]
    tap(screen, "To the passes")
    screen.page._map.canvas.tapped.emit("cheek_left")  # type: ignore[attr-defined]
    tap(screen, "Pass done")
    assert [one.lot for one in room.stored(screen.draft_id).needling.passes] == [RECALLED]


def test_a_recalled_lot_stops_when_it_is_typed(room: Room, screen: SessionScreen) -> None:
    setting = setting_of(screen)
    choose(screen, GOOD)
    combo_of(screen).setCurrentIndex(combo_of(screen).count() - 1)
    combo_of(screen).activated.emit(combo_of(screen).count() - 1)
    for name, text in (("Cartridge", NAME), ("Lot", RECALLED.lower()), ("Use by", "10 2027")):
        type_text(named(setting, QLineEdit, name), text)
    tap(setting, "Use this lot")
    assert REASON in texts(setting)
    assert lot_in_hand(room, screen) == ""


def test_another_lot_takes_the_stop_away(room: Room, screen: SessionScreen) -> None:
    choose(screen, RECALLED)
    choose(screen, GOOD)
    assert REASON not in texts(setting_of(screen))
    assert not [
        one for one in screen.findChildren(QAbstractButton) if one.text() == "Use it all the same" and one.isVisible()
    ]
    assert lot_in_hand(room, screen) == GOOD
