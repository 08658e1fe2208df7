"""Needling: the time-out, the gate, passes with their defaults, and what is asked before a pass is recorded."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from needlelog.domain.findings import Gate, StepId
from needlelog.domain.session import ScreeningAnswer, SessionDraft
from needlelog.domain.treatment import Direction, Endpoint, NeedlingPass, PlannedZone
from tests import builders as b
from tests.gui.keys import type_text
from tests.gui.screens.session.room import Room, named, ready_for_needling, tap, texts, to_the_passes
from ui.screens.session.needling.cartridge import CartridgeInUse
from ui.screens.session.needling.pass_panel import PassPanel
from ui.screens.session.needling.setting_panel import SettingPanel
from ui.screens.session.screen import SessionScreen
from ui.widgets.elided import ElidedLabel
from ui.widgets.toast import Toast
from ui.widgets.zone_map import ZoneMap


@pytest.fixture
def screen(room: Room) -> SessionScreen:
    made = room.at(StepId.NEEDLING, change=ready_for_needling)
    lot = room.desk.materials.lots(b.CARTRIDGE_ID)[0]
    made.findChildren(SettingPanel)[0].cartridge.set_value(CartridgeInUse("12-pin cartridge", lot.code, lot.expires_on))
    to_the_passes(made)
    return made


def asks(screen: SessionScreen) -> bool:
    """Whether it is asked what was seen."""
    return any(one.accessibleName() == "Erythema" and one.isVisible() for one in screen.findChildren(QAbstractButton))


def endpoints(room: Room, screen: SessionScreen) -> list[Endpoint | None]:
    return [one.endpoint for one in recorded(room, screen)]


def test_the_next_tap_after_a_pass_begins_a_new_choice(room: Room, screen: SessionScreen) -> None:
    choose(screen, "cheek_left", "cheek_right")
    tap(screen, "Pass done")
    zone_map(screen).canvas.tapped.emit("forehead")
    assert zone_map(screen).selected() == {"forehead"}
    zone_map(screen).canvas.tapped.emit("chin")
    assert zone_map(screen).selected() == {"forehead", "chin"}


def test_a_double_tap_on_the_way_to_the_passes_records_none(room: Room) -> None:
    room.kit = replace(room.kit, pause_s=1.0)
    made = room.at(StepId.NEEDLING, change=ready_for_needling)
    choose(made, "cheek_left")
    to_the_passes(made)
    tap(made, "Pass done")
    assert not recorded(room, made)
    room.clock.advance(seconds=2)
    tap(made, "Pass done")
    assert len(recorded(room, made)) == 1


PLACES = ("Depth: less", "Depth: more", "Pass done", "Change device, cartridge, direction and count")


@pytest.mark.parametrize("size", [(1216, 766), (960, 734)])
def test_what_is_tapped_again_and_again_stays_in_its_place(room: Room, size: tuple[int, int]) -> None:
    room.signed_visit()
    made = room.at(StepId.NEEDLING, change=ready_for_needling)
    made.resize(*size)
    to_the_passes(made)

    def places() -> list[QRect]:
        QApplication.processEvents()
        found = [named(made, QAbstractButton, name) for name in PLACES]
        return [QRect(one.mapTo(made, QPoint()), one.size()) for one in found]

    choose(made, "cheek_left")
    before = places()
    for zones in (("forehead", "cheek_left", "cheek_right", "periorbital_left", "upper_lip"), ("chin",)):
        choose(made, *zones)
        assert places() == before
    tap(made, "Pass done")
    assert asks(made)
    assert places() == before
    panel = made.findChildren(PassPanel)[0]
    whole = QRect(panel.mapTo(made, QPoint()), panel.size())
    assert all(whole.contains(one) for one in before)
    told = [one for one in panel.findChildren(QLabel) if one.isVisible() and "Test Pen" in one.text()]
    assert [one.height() >= one.heightForWidth(one.width()) for one in told] == [True]


def test_a_device_chosen_by_hand_is_not_put_aside_for_the_planned_one(room: Room) -> None:
    other = room.desk.materials.add(b.a_device(id=b.an_id(61), name="Other pen"))
    plan = b.a_consultation().plan.with_(zones=(PlannedZone(zone="forehead", device_id=b.DEVICE_ID),))
    consultation = b.a_consultation().with_(plan=plan)
    made = room.at(StepId.NEEDLING, change=lambda x: ready_for_needling(x).with_(consultation=consultation))
    setting = made.findChildren(SettingPanel)[0]
    setting.device_field.set_value(other.id)
    setting.device_field.committed.emit(other.id)
    to_the_passes(made)
    choose(made, "forehead")
    tap(made, "Pass done")
    assert [one.device for one in recorded(room, made)] == ["Other pen"]


def test_a_reason_does_not_outlive_the_pass_it_was_given_for(room: Room, screen: SessionScreen) -> None:
    choose(screen, "forehead")
    type_depth(screen, "2")
    room.dialogs.will_answer("Old scar", "Old scar again")
    tap(screen, "Pass done")
    assert len(room.stored(screen.draft_id).overrides) == 1
    tap(undo_of(screen), "Undo")
    assert not room.stored(screen.draft_id).overrides
    tap(screen, "Pass done")
    tap(screen, "1 pass recorded")
    tap(screen, "Remove pass: Forehead")
    assert not room.stored(screen.draft_id).overrides
    tap(undo_of(screen), "Undo")
    assert [one.reason for one in room.stored(screen.draft_id).overrides] == ["Old scar again"]
    assert len(recorded(room, screen)) == 1


def test_a_reason_without_its_second_one_is_not_kept(room: Room, screen: SessionScreen) -> None:
    choose(screen, "forehead", "cheek_left")
    type_depth(screen, "2.4")
    room.dialogs.will_answer("Old scar", None)
    tap(screen, "Pass done")
    assert len(room.dialogs.asked) == 2
    assert not recorded(room, screen)
    assert not room.stored(screen.draft_id).overrides


def test_a_pedal_records_nothing_while_another_panel_is_in_front(
    room: Room, screen: SessionScreen, qtbot: QtBot
) -> None:
    choose(screen, "cheek_left")
    tap(screen, "Pass done")
    for front in ("1 pass recorded", "Change device, cartridge, direction and count"):
        tap(screen, front)
        qtbot.keyClick(screen, Qt.Key.Key_F8)
        assert len(recorded(room, screen)) == 1
        assert named(screen, QAbstractButton, "Pass done").isVisible()
    qtbot.keyClick(screen, Qt.Key.Key_F8)
    assert len(recorded(room, screen)) == 2


def test_nothing_is_called_recorded_on_a_slow_disk_before_the_rules_let_it(room: Room) -> None:
    times = itertools.count()
    draft = room.start(change=lambda x: ready_for_needling(x).with_(step=StepId.NEEDLING))
    made = room.open(draft, seconds=lambda: float(next(times)))
    to_the_passes(made)
    made.presenter.edit(unscreened)
    choose(made, "forehead")
    tap(made, "Pass done")
    assert not recorded(room, made)
    assert not made.presenter.draft.needling.passes
    assert [one for one in made.findChildren(Toast) if one.isVisible()] == []
    assert len(room.dialogs.told) == 1


def unscreened(draft: SessionDraft) -> SessionDraft:
    return draft.with_(consultation=draft.consultation.with_(screening=()))


def zone_map(screen: SessionScreen) -> ZoneMap:
    return screen.page.findChildren(ZoneMap)[0]


def undo_of(screen: SessionScreen) -> Toast:
    return next(one for one in screen.findChildren(Toast) if one.isVisible())


def choose(screen: SessionScreen, *zones: str) -> None:
    """Tap these zones so that exactly they are selected."""
    drawn = screen.page.findChildren(ZoneMap)[0]
    drawn.set_selected(())
    drawn.selection_changed.emit([])
    for zone in sorted(zones):
        drawn.show_view(drawn.view_of(zone))
        drawn.canvas.tapped.emit(zone)


def depth(screen: SessionScreen) -> QLineEdit:
    return screen.findChildren(PassPanel)[0].depth_mm.line


def type_depth(screen: SessionScreen, text: str) -> None:
    line = depth(screen)
    line.setFocus()
    line.selectAll()
    type_text(line, text)


def recorded(room: Room, screen: SessionScreen) -> tuple[NeedlingPass, ...]:
    return room.stored(screen.draft_id).needling.passes


def said(screen: SessionScreen) -> str:
    return undo_of(screen).accessibleName()


def said_for(*zones: str) -> Callable[[SessionDraft], SessionDraft]:
    """Planned for these zones; nothing said yet."""

    def change(draft: SessionDraft) -> SessionDraft:
        ready = ready_for_needling(draft)
        plan = ready.consultation.plan.with_(zones=tuple(PlannedZone(zone=zone) for zone in zones))
        needling = ready.needling.with_(time_out=())
        return ready.with_(consultation=ready.consultation.with_(plan=plan), needling=needling)

    return change


def say_all(screen: SessionScreen) -> None:
    for box in screen.page.findChildren(QCheckBox):
        if box.isVisible() and not box.isChecked():
            box.click()


def test_a_pass_takes_its_values_from_the_plan_and_then_from_the_pass_before(room: Room, screen: SessionScreen) -> None:
    choose(screen, "cheek_left")
    assert depth(screen).text() == "0.75"
    type_depth(screen, "0,5")
    tap(screen, "Change device, cartridge, direction and count")
    tap(screen, "Vertical")
    to_the_passes(screen)
    tap(screen, "Pass done")
    choose(screen, "cheek_right")
    tap(screen, "Pass done")
    choose(screen, "cheek_left")
    assert depth(screen).text() == "0.50"
    first, second = recorded(room, screen)
    assert (first.zone, first.depth_mm, first.lot, first.expires_on) == (
        "cheek_left",
        Decimal("0.50"),
        "CT-2291",
        date(2027, 11, 30),
    )
    assert (first.device_id, first.output, first.output_unit, first.by) == (
        b.DEVICE_ID,
        Decimal(7000),
        "rpm",
        "Mara Lindt, RN",
    )
    assert (second.zone, second.depth_mm) == ("cheek_right", Decimal("0.75"))
    assert {one.direction for one in (first, second)} == {Direction.VERTICAL}
    assert room.stored(screen.draft_id).needling.started_at == room.clock.now()


def test_three_zones_two_passes_each_and_two_depths_by_foot_pedal(
    room: Room, screen: SessionScreen, qtbot: QtBot
) -> None:
    for typed in ("0.5", "0.75"):
        choose(screen)
        choose(screen, *b.FULL_DRAFT_ZONES)
        type_depth(screen, typed)
        qtbot.keyClick(depth(screen), Qt.Key.Key_F8)
        room.clock.advance(minutes=2)
    got = [(one.zone, one.depth_mm) for one in recorded(room, screen)]
    assert sorted(got) == sorted((zone, Decimal(d)) for zone in b.FULL_DRAFT_ZONES for d in ("0.50", "0.75"))
    assert named(screen, QAbstractButton, "6 passes recorded")


def test_a_zone_that_is_never_needled_stops_and_takes_a_reason(room: Room, screen: SessionScreen) -> None:
    choose(screen, "eyelid_left")
    type_depth(screen, "0.2")
    room.dialogs.will_answer(None)
    tap(screen, "Pass done")
    assert not recorded(room, screen)
    assert "is not needled" in room.dialogs.asked[-1].text


def test_an_expired_cartridge_needs_a_reason_and_a_lot_is_added_on_the_spot(room: Room, screen: SessionScreen) -> None:
    choose(screen, "cheek_left")
    type_lot(screen, "OLD-1", "10 2026")
    assert "12-pin cartridge is out of date" in texts(screen.page)
    assert screen.findChildren(SettingPanel)[0].cartridge.value() is None
    add_lot(screen, "NEW-1", "10 2027")
    tap(screen, "Pass done")
    done = recorded(room, screen)[0]
    assert (done.lot, done.expires_on) == ("NEW-1", date(2027, 10, 31))
    lots = [lot.code for one in room.desk.materials.all() for lot in room.desk.materials.lots(one.id)]
    assert {"OLD-1", "NEW-1"} <= set(lots)


def add_lot(screen: SessionScreen, code: str, expiry: str) -> None:
    type_lot(screen, code, expiry)
    to_the_passes(screen)


def type_lot(screen: SessionScreen, code: str, expiry: str) -> None:
    panel = screen.findChildren(SettingPanel)[0]
    if not panel.cartridge.isVisible():
        tap(screen, "Change device, cartridge, direction and count")
    combo = panel.cartridge._choice.combo
    combo.setCurrentIndex(combo.count() - 1)
    combo.activated.emit(combo.count() - 1)
    for name, text in (("Cartridge", "12-pin cartridge"), ("Lot", code), ("Use by", expiry)):
        line = named(panel, QLineEdit, name)
        line.clear()
        type_text(line, text)
    tap(panel, "Use this lot")


def shut_now(screen: SessionScreen) -> int:
    return len([one for one in screen.presenter.open_findings(Gate.NEEDLING) if one.code != "missing-time-out"])


def test_a_recorded_pass_can_be_undone_and_a_removed_one_put_back(room: Room, screen: SessionScreen) -> None:
    choose(screen, "cheek_left")
    tap(screen, "Pass done")
    tap(undo_of(screen), "Undo")
    assert not recorded(room, screen)
    tap(screen, "Pass done")
    before = recorded(room, screen)
    tap(screen, "1 pass recorded")
    tap(screen, "Remove pass: Left cheek")
    assert not recorded(room, screen)
    tap(undo_of(screen), "Undo")
    assert recorded(room, screen) == before


def test_a_double_tap_and_a_pedal_held_down_make_one_pass(room: Room, qtbot: QtBot) -> None:
    room.kit = replace(room.kit, pause_s=1.0)
    made = room.at(StepId.NEEDLING, change=ready_for_needling)
    to_the_passes(made)
    choose(made, "cheek_left")
    tap(made, "Pass done")
    tap(made, "Pass done")
    for _ in range(20):
        room.clock.advance(milliseconds=50)
        qtbot.keyClick(made, Qt.Key.Key_F8)
    assert len(recorded(room, made)) == 1
    room.clock.advance(seconds=5)
    qtbot.keyClick(made, Qt.Key.Key_F8)
    assert len(recorded(room, made)) == 2


def test_going_on_ends_the_needling_and_looking_round_does_not(room: Room, screen: SessionScreen) -> None:
    choose(screen, "cheek_left")
    tap(screen, "Pass done")
    screen.presenter.go_to(StepId.REACTIONS)
    assert room.stored(screen.draft_id).needling.ended_at is None
    screen.presenter.go_to(StepId.NEEDLING)
    tap(screen, "Back")
    assert room.stored(screen.draft_id).needling.ended_at is None
    tap(screen, "Next")
    room.clock.advance(minutes=3)
    tap(screen, "Next")
    assert asks(screen)
    assert room.stored(screen.draft_id).needling.ended_at is None
    tap(screen, "Next")
    assert room.stored(screen.draft_id).needling.ended_at == room.clock.now()
    assert "Needling is over" not in [one.text for one in screen.presenter.items if not one.done]


def test_needling_is_over_when_it_is_said_to_be(room: Room, screen: SessionScreen) -> None:
    choose(screen, "cheek_left")
    tap(screen, "Pass done")
    room.clock.advance(minutes=12)
    tap(screen, "Needling is over")
    assert room.stored(screen.draft_id).needling.ended_at == room.clock.now()
    assert asks(screen)
    tap(screen, "To the passes")
    tap(screen, "Pass done")
    assert room.stored(screen.draft_id).needling.ended_at is None


def test_a_lot_being_typed_is_still_there_on_return_and_is_not_left_out_of_a_pass(
    room: Room, screen: SessionScreen
) -> None:
    choose(screen, "cheek_left")
    panel = screen.findChildren(SettingPanel)[0]
    if not panel.cartridge.isVisible():
        tap(screen, "Change device, cartridge, direction and count")
    combo = panel.cartridge._choice.combo
    combo.setCurrentIndex(combo.count() - 1)
    combo.activated.emit(combo.count() - 1)
    type_text(named(panel, QLineEdit, "Lot"), "HALF")
    tap(screen, "Next")
    tap(screen, "Back")
    assert named(panel, QLineEdit, "Lot").text() == "HALF"
    tap(screen, "To the passes")
    assert "Use the new lot first, or empty its fields." in texts(panel)
    assert panel.isVisible()
    named(panel, QLineEdit, "Lot").clear()
    to_the_passes(screen)
    tap(screen, "Change device, cartridge, direction and count")
    type_text(named(panel, QLineEdit, "Lot"), "HALF")
    QTest.keyClick(screen, Qt.Key.Key_F8)
    assert panel.isVisible()
    assert not recorded(room, screen)


def test_what_is_missing_is_said(screen: SessionScreen) -> None:
    tap(screen, "Pass done")
    assert said(screen) == "Tap a zone on the map first."


def test_the_likely_devices_come_first(room: Room) -> None:
    def plan(draft: SessionDraft) -> SessionDraft:
        zone = PlannedZone(zone="cheek_left", device_id=other, depth_mm=Decimal("0.5"))
        consultation = b.a_consultation()
        return ready_for_needling(draft).with_(
            consultation=consultation.with_(plan=consultation.plan.with_(zones=(zone,)))
        )

    other: UUID = room.desk.materials.add(b.a_device(id=b.an_id(5), name="Zz last by name")).id
    screen = room.at(StepId.NEEDLING, change=plan)
    assert screen.findChildren(SettingPanel)[0].device_field.combo.itemText(0) == "Zz last by name"
    QApplication.processEvents()


def test_last_time_is_said_beside_the_zone(room: Room) -> None:
    room.signed_visit()
    screen = room.at(StepId.NEEDLING, change=ready_for_needling)
    to_the_passes(screen)
    choose(screen, "cheek_left")
    assert "17-Oct-2026: 0.50\u20130.75 mm, 2 passes" in texts(screen.page)


def test_what_only_the_new_pass_brings_up_is_asked_before_it_is_recorded(room: Room) -> None:
    def numbed_anew(draft: SessionDraft) -> SessionDraft:
        ready = ready_for_needling(draft)
        later = room.clock.now() + timedelta(minutes=5)
        again = tuple(one.with_(on_at=later, removed_at=later) for one in ready.numbing)
        return ready.with_(numbing=again)

    made = room.at(StepId.NEEDLING, change=numbed_anew)
    room.dialogs.will_answer("Spot on the chin only")
    lot = room.desk.materials.lots(b.CARTRIDGE_ID)[0]
    setting = made.findChildren(SettingPanel)[0]
    setting.cartridge.set_value(CartridgeInUse("12-pin cartridge", lot.code, lot.expires_on))
    to_the_passes(made)
    choose(made, "cheek_left")
    tap(made, "Pass done")
    assert "went onto needled skin" in room.dialogs.asked[0].text
    assert len(recorded(room, made)) == 1


def test_a_zone_with_a_tattoo_is_not_blocked_on_the_map_but_says_to_avoid_it(room: Room) -> None:
    def with_tattoo(draft: SessionDraft) -> SessionDraft:
        ready = ready_for_needling(draft)
        others = tuple(one for one in ready.consultation.screening if one.contraindication not in {"C02", "C38"})
        there = (
            ScreeningAnswer(contraindication="C38", answer="yes", zones=("cheek_left",), at=draft.started_at),
            ScreeningAnswer(contraindication="C02", answer="yes", zones=("chin",), at=draft.started_at),
        )
        return ready.with_(consultation=ready.consultation.with_(screening=(*others, *there)))

    made = room.at(StepId.NEEDLING, change=with_tattoo)
    to_the_passes(made)
    drawn = zone_map(made)
    said = drawn.zone_text("cheek_left")
    assert "avoid the tattoo" in said
    assert "blocked" not in said
    assert "blocked" in drawn.zone_text("chin")
    assert "tattoo" not in drawn.zone_text("chin")
    choose(made, "forehead")
    assert "avoid the tattoo" not in texts(made)
    choose(made, "cheek_left", "forehead")
    assert "Left cheek: avoid the tattoo" in texts(made)


def test_many_zones_are_counted_and_named_below_rather_than_cut_off(room: Room, screen: SessionScreen) -> None:
    choose(screen, "cheek_left", "cheek_right", "forehead", "chin", "malar_left")
    type_depth(screen, "0.5")
    names = "Forehead, Left cheekbone, Left cheek, Right cheek, Chin"
    head = next(one for one in screen.findChildren(ElidedLabel) if one.accessibleName() == names)
    assert (head.text(), head.is_elided()) == ("5 zones", False)
    assert "Left cheekbone" in head.toolTip()
    assert names in texts(screen.page).split("\n")
    tap(screen, "Pass done")
    assert said(screen) == "Recorded: 5 zones"
    choose(screen, "cheek_left", "cheek_right")
    assert "Left cheek, Right cheek" in texts(screen.page).split("\n")
    assert head.toolTip() == ""
