"""Needling with the earlier visits beside it: the ghost, zones at one tap, and the depths of then."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtWidgets import QAbstractButton

from needlelog.domain.findings import StepId
from needlelog.domain.session import SessionDraft
from needlelog.domain.treatment import PlannedZone
from tests import builders as b
from tests.gui.screens.session.room import Room, named, ready_for_needling, tap, texts, to_the_passes
from ui.screens.session.needling.ghost import GhostSwitch
from ui.screens.session.needling.setting_panel import SettingPanel
from ui.screens.session.screen import SessionScreen
from ui.widgets.zone_map import ZoneMap


@pytest.fixture
def screen(room: Room) -> SessionScreen:
    """The second visit of a client, past the time-out, after one with two passes on each of three zones."""
    room.signed_visit()
    made = room.at(StepId.NEEDLING, change=ready_for_needling)
    to_the_passes(made)
    return made


def drawn(screen: SessionScreen) -> ZoneMap:
    return screen.page.findChildren(ZoneMap)[0]


def passes(room: Room, screen: SessionScreen) -> list[tuple[str, Decimal]]:
    return [(one.zone, one.depth_mm) for one in room.stored(screen.draft_id).needling.passes]


def test_the_zones_of_last_time_at_their_depths_take_two_taps(room: Room, screen: SessionScreen) -> None:
    tap(screen, "As on 17-Oct-2026 (3)")
    assert drawn(screen).selected() == set(b.FULL_DRAFT_ZONES)
    assert "17-Oct-2026: 0.50\u20130.75 mm, 6 passes" in texts(screen.page)
    tap(screen, "Pass done")
    assert sorted(passes(room, screen)) == sorted((zone, Decimal("0.75")) for zone in b.FULL_DRAFT_ZONES)


def test_a_whole_area_leaves_out_what_is_never_needled(screen: SessionScreen) -> None:
    full = next(one for one in screen.findChildren(QAbstractButton) if one.accessibleName().startswith("Full face"))
    full.click()
    chosen = drawn(screen).selected()
    assert {"forehead", "chin", "cheek_left"} <= chosen
    assert not chosen & {"eyelid_left", "lip_vermilion", "neck_front"}


def test_what_is_planned_and_not_done_yet_is_offered(room: Room) -> None:
    def planned(draft: SessionDraft) -> SessionDraft:
        ready = ready_for_needling(draft)
        zones = tuple(PlannedZone(zone=zone, depth_mm=Decimal("0.5")) for zone in ("chin", "nose"))
        plan = ready.consultation.plan.with_(zones=(*zones, PlannedZone(zone="forehead", confirmed=False)))
        return ready.with_(consultation=ready.consultation.with_(plan=plan))

    screen = room.at(StepId.NEEDLING, change=planned)
    screen.findChildren(SettingPanel)[0].device_field.set_value(b.DEVICE_ID)
    to_the_passes(screen)
    tap(screen, "Planned (2)")
    assert drawn(screen).selected() == {"chin", "nose"}
    tap(screen, "Pass done")
    drawn(screen).set_selected(())
    drawn(screen).selection_changed.emit([])
    offered = [one.accessibleName() for one in screen.findChildren(QAbstractButton) if one.isVisible()]
    assert "Planned (2)" not in offered


def test_one_zone_is_set_as_it_was_then(room: Room, screen: SessionScreen) -> None:
    drawn(screen).canvas.tapped.emit("cheek_left")
    tap(screen, "Depth: more")
    tap(screen, "Set the depths of that visit")
    tap(screen, "Pass done")
    assert passes(room, screen) == [("cheek_left", Decimal("0.75"))]


def test_the_ghost_goes_back_through_the_series_and_away(room: Room) -> None:
    room.signed_visit(days_ago=70)
    room.signed_visit(days_ago=34)
    screen = room.at(StepId.NEEDLING, change=ready_for_needling)
    switch = screen.findChildren(GhostSwitch)[0]
    told = []
    for _ in range(4):
        told.append((switch.accessibleName(), "last visit" in drawn(screen).zone_text("cheek_left")))
        switch.click()
    assert told == [
        ("Earlier visit on the map: 17-Oct-2026", True),
        ("Earlier visit on the map: 11-Sep-2026", True),
        ("Earlier visit on the map: none", False),
        ("Earlier visit on the map: 17-Oct-2026", True),
    ]


def test_no_pass_is_deeper_than_the_number_on_its_planned_zone(room: Room) -> None:
    room.signed_visit()

    def planned(draft: SessionDraft) -> SessionDraft:
        ready = ready_for_needling(draft)
        zones = (PlannedZone(zone="cheek_left", depth_mm=Decimal("1")),)
        return ready.with_(consultation=ready.consultation.with_(plan=ready.consultation.plan.with_(zones=zones)))

    screen = room.at(StepId.NEEDLING, change=planned)
    screen.findChildren(SettingPanel)[0].device_field.set_value(b.DEVICE_ID)
    to_the_passes(screen)
    assert "planned 1.00 mm, last visit 0.75 mm" in drawn(screen).zone_text("cheek_left")
    drawn(screen).canvas.tapped.emit("cheek_left")
    tap(screen, "Pass done")
    assert passes(room, screen) == [("cheek_left", Decimal("1"))]


def test_how_the_zone_took_it_stands_beside_its_depth(screen: SessionScreen) -> None:
    seen = drawn(screen).zone_text("cheek_left")
    assert "last visit 0.75 mm, " in seen
    assert named(screen, QAbstractButton, "Earlier visit on the map: 17-Oct-2026")


def test_a_client_without_a_visit_has_no_ghost(room: Room) -> None:
    screen = room.at(StepId.NEEDLING, change=ready_for_needling)
    assert not screen.findChildren(GhostSwitch)[0].isVisible()
