"""The depth of the next pass: whose it is, what speaks against it, and that it is always in sight."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton, QApplication

from needlelog.domain.findings import StepId
from needlelog.domain.session import ScreeningAnswer, SessionDraft
from needlelog.domain.treatment import PlannedZone
from tests import builders as b
from tests.gui.screens.session.room import Room, named, ready_for_needling, tap, texts, to_the_passes
from tests.gui.screens.session.test_page_needling import (
    choose,
    depth,
    recorded,
    said,
    type_depth,
    zone_map,
)
from ui.screens.session.needling.cartridge import CartridgeInUse
from ui.screens.session.needling.pass_panel import PassPanel
from ui.screens.session.needling.setting_panel import SettingPanel
from ui.screens.session.screen import SessionScreen
from ui.widgets.scan_notice import ScanNotice


@pytest.fixture
def screen(room: Room) -> SessionScreen:
    made = room.at(StepId.NEEDLING, change=ready_for_needling)
    lot = room.desk.materials.lots(b.CARTRIDGE_ID)[0]
    made.findChildren(SettingPanel)[0].cartridge.set_value(CartridgeInUse("12-pin cartridge", lot.code, lot.expires_on))
    to_the_passes(made)
    return made


def test_an_emptied_depth_is_no_depth(room: Room, screen: SessionScreen) -> None:
    choose(screen, "cheek_left")
    depth(screen).clear()
    assert screen.findChildren(PassPanel)[0].done.text() == "Pass done"
    tap(screen, "Pass done")
    assert not recorded(room, screen)


def test_a_depth_set_by_hand_stays_when_a_zone_is_taken_out(room: Room, screen: SessionScreen) -> None:
    choose(screen, "cheek_left", "cheek_right")
    type_depth(screen, "0.6")
    zone_map(screen).canvas.tapped.emit("cheek_right")
    assert depth(screen).text() == "0.60"
    zone_map(screen).canvas.tapped.emit("forehead")
    tap(screen, "Pass done")
    assert [one.depth_mm for one in recorded(room, screen)] == [Decimal("0.60")] * 2


def test_zones_planned_at_different_depths_are_each_done_at_their_own(room: Room) -> None:
    consultation = b.a_consultation()
    planned = tuple(
        PlannedZone(zone=zone, device_id=b.DEVICE_ID, depth_mm=Decimal(depth))
        for zone, depth in (("forehead", "0.5"), ("cheek_left", "1.25"))
    )
    plan = consultation.plan.with_(zones=planned)
    made = room.at(
        StepId.NEEDLING, change=lambda x: ready_for_needling(x).with_(consultation=consultation.with_(plan=plan))
    )
    to_the_passes(made)
    choose(made, "forehead", "cheek_left")
    assert depth(made).text() == ""
    assert "Each zone at its own depth: Forehead 0.50, Left cheek 1.25" in texts(made)
    tap(made, "Pass done")
    assert [(one.zone, one.depth_mm) for one in recorded(room, made)] == [
        ("forehead", Decimal("0.50")),
        ("cheek_left", Decimal("1.25")),
    ]
    choose(made)
    choose(made, "forehead", "cheek_left")
    tap(made, "Depth: less")
    tap(made, "Pass done")
    assert [one.depth_mm for one in recorded(room, made)][2:] == [Decimal("0.50")] * 2


def test_the_button_says_what_it_will_record(screen: SessionScreen) -> None:
    choose(screen, "cheek_left")
    type_depth(screen, "0.6")
    panel = screen.findChildren(PassPanel)[0]
    panel.depth_mm.commit()
    assert panel.done.text() == "Pass done\n0.60 mm on Left cheek"
    zone_map(screen).canvas.tapped.emit("cheek_right")
    zone_map(screen).canvas.tapped.emit("forehead")
    assert panel.done.text() == "Pass done\n0.60 mm on 3 zones"


@pytest.mark.parametrize(("typed", "says"), [("2", "Forehead: 2 mm is above the limit"), ("2.4", "is above the limit")])
def test_a_depth_over_the_limit_of_the_zone_needs_a_reason(
    room: Room, screen: SessionScreen, typed: str, says: str
) -> None:
    choose(screen, "forehead")
    type_depth(screen, typed)
    room.dialogs.will_answer(None, "Old scar, agreed with Dr Byrne")
    tap(screen, "Pass done")
    assert not recorded(room, screen)
    assert says in room.dialogs.asked[0].text
    assert depth(screen).text() == f"{Decimal(typed):.2f}"
    tap(screen, "Pass done")
    assert recorded(room, screen)[0].depth_mm == Decimal(typed)
    assert room.stored(screen.draft_id).overrides[-1].reason == "Old scar, agreed with Dr Byrne"


def test_one_reason_may_stand_for_all_zones_of_a_pass_that_was_too_deep(room: Room, screen: SessionScreen) -> None:
    zones = {"forehead", "nose", "chin", "cheek_left"}
    choose(screen, *zones)
    type_depth(screen, "1.75")
    room.dialogs.will_answer("Single scars only", False)
    tap(screen, "Pass done")
    first, second = room.dialogs.asked
    assert first.text == "Nose: 1.75 mm is above the limit of 0.75 mm"
    for name in ("Forehead", "Chin", "Left cheek"):
        assert f"\u2022 {name}: 1.75 mm is above the limit of 1.5 mm" in second.told.split("\n")
    assert len(recorded(room, screen)) == len(zones)
    given = [one for one in room.stored(screen.draft_id).overrides if one.finding.code == "depth-zone"]
    assert {one.finding.field for one in given} == {f"zone:{zone}" for zone in zones}
    assert {one.reason for one in given} == {"Single scars only"}


def test_each_zone_may_have_its_own_reason_and_without_one_nothing_is_recorded(
    room: Room, screen: SessionScreen
) -> None:
    choose(screen, "forehead", "nose", "chin")
    type_depth(screen, "1.75")
    room.dialogs.will_answer("Scar on the nose", None)
    tap(screen, "Pass done")
    room.dialogs.will_answer("Scar on the nose", True, "Scar on the forehead", None)
    tap(screen, "Pass done")
    assert room.dialogs.all_used()
    assert not recorded(room, screen)
    room.dialogs.will_answer("Scar on the nose", True, "Scar on the forehead", "Scar on the chin")
    tap(screen, "Pass done")
    assert len(recorded(room, screen)) == 3
    reasons = [one.reason for one in room.stored(screen.draft_id).overrides if one.finding.code == "depth-zone"]
    assert reasons == ["Scar on the nose", "Scar on the forehead", "Scar on the chin"]


def test_a_depth_beyond_the_device_needs_a_reason(room: Room) -> None:
    shallow = room.desk.materials.get(b.DEVICE_ID)
    assert shallow.device
    room.desk.materials.save(shallow.with_(device=shallow.device.with_(depth_max_mm=Decimal("0.6"))))
    screen = room.at(StepId.NEEDLING, change=ready_for_needling)
    choose(screen, "cheek_left")
    to_the_passes(screen)
    type_depth(screen, "0.7")
    room.dialogs.will_answer("Dial goes further than its label")
    tap(screen, "Pass done")
    assert "outside what Test Pen can do" in room.dialogs.asked[0].text
    assert recorded(room, screen)[0].depth_mm == Decimal("0.70")


WRONG = ["abc", "-1", "5", "0.123", "0,5 mm", '<img src="/etc/passwd">', "\u05d0", "\U0001f600", "e\u0301", "1" * 5000]


@pytest.mark.parametrize("typed", WRONG)
def test_a_wrong_depth_stays_is_explained_and_records_nothing(room: Room, screen: SessionScreen, typed: str) -> None:
    choose(screen, "cheek_left")
    type_depth(screen, typed)
    tap(screen, "Pass done")
    assert not recorded(room, screen)
    assert depth(screen).text() == typed[: depth(screen).maxLength()]
    assert depth(screen).accessibleDescription()
    tap(screen, "Next")
    tap(screen, "Back")
    assert depth(screen).text() == typed[: depth(screen).maxLength()]


@pytest.mark.parametrize("typed", ["0,5", "0.5", ".5", "\u0660\u066b\u0665"])
def test_every_way_to_write_a_depth_is_the_same_depth(room: Room, screen: SessionScreen, typed: str) -> None:
    choose(screen, "cheek_left")
    type_depth(screen, typed)
    tap(screen, "Pass done")
    assert [one.depth_mm for one in recorded(room, screen)] == [Decimal("0.50")]


def test_a_depth_set_by_hand_stays_when_a_zone_is_added(screen: SessionScreen) -> None:
    choose(screen, "cheek_left")
    type_depth(screen, "0.6")
    screen.findChildren(PassPanel)[0].depth_mm.commit()
    zone_map(screen).canvas.tapped.emit("cheek_right")
    assert depth(screen).text() == "0.60"
    choose(screen)
    choose(screen, "forehead")
    assert depth(screen).text() == "0.75"


def test_what_is_missing_for_a_pass_comes_into_sight_and_the_depth_does_after_it(room: Room) -> None:
    made = room.at(StepId.NEEDLING, change=ready_for_needling)
    panel, setting = made.findChildren(PassPanel)[0], made.findChildren(SettingPanel)[0]
    to_the_passes(made)
    choose(made, "cheek_left")
    setting.device_field.set_value(None)
    tap(made, "Pass done")
    assert said(made) == "Choose the device first."
    assert not setting.device_field.visibleRegion().isEmpty()
    setting.device_field.set_value(b.DEVICE_ID)
    to_the_passes(made)
    assert panel.depth_mm.line.visibleRegion().boundingRect().height() == panel.depth_mm.line.height()


def test_the_button_never_says_another_depth_than_the_line(screen: SessionScreen) -> None:
    choose(screen, "cheek_left")
    done = screen.findChildren(PassPanel)[0].done
    type_depth(screen, "0,6")
    assert done.text() == "Pass done\n0.60 mm on Left cheek"
    type_depth(screen, "zero")
    assert done.text() == "Pass done"


@pytest.mark.parametrize("view", ["face_front", "body_back"])
def test_the_depth_keeps_its_place_in_sight_while_needling_is_held_back(room: Room, view: str) -> None:
    room.signed_visit()

    def held(draft: SessionDraft) -> SessionDraft:
        ready = ready_for_needling(draft)
        others = (one for one in ready.consultation.screening if one.contraindication != "C13")
        one = ScreeningAnswer(contraindication="C13", answer="yes", at=draft.started_at, ended_on=date(2026, 10, 1))
        return ready.with_(consultation=ready.consultation.with_(screening=(*others, one)))

    made = room.at(StepId.NEEDLING, change=held)
    made.resize(960, 672)  # 1024 x 768 under an alarm
    to_the_passes(made)
    zone_map(made).show_view(view)
    zone_map(made).view_changed.emit(view)
    more = named(made, QAbstractButton, "Depth: more")

    def place() -> QPoint:
        QApplication.processEvents()
        assert more.visibleRegion().boundingRect() == more.rect(), "not wholly in sight"
        return more.mapTo(made, QPoint())

    assert "Needling is not cleared: Isotretinoin in the past" in texts(made)
    none_chosen = place()
    choose(made, "cheek_left")
    assert place().y() == none_chosen.y()


def test_a_long_word_on_a_scan_leaves_the_depth_and_the_key_in_sight(room: Room) -> None:
    made = room.at(StepId.NEEDLING, change=ready_for_needling)
    made.resize(960, 768)
    to_the_passes(made)
    choose(made, "cheek_left")
    for _ in range(11):
        tap(made, "Pass done")
    tap(made, "Pinpoint bleeding")
    tap(made, "Needling is over")
    notice = made.findChildren(ScanNotice)[0]
    why = (
        "The maker writes that the seal of some blisters of this lot may leak, so the tips may not be sterile any more."
    )
    said = f"6-pin sterile cartridge: this lot was recalled. {why} Ask every client about signs of infection."
    notice.say(f"{said} Nothing was recorded.", "stop", "Use it all the same", lambda: None)
    QApplication.processEvents()
    assert notice.isVisible()
    assert notice.height() > 100
    for name in ("Depth: less", "Depth: more", "Pass done"):
        key = named(made, QAbstractButton, name)
        assert key.visibleRegion().boundingRect() == key.rect(), name
