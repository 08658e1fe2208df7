"""What was seen is asked once of every pass that lacks it: the same for all at one tap, and what differs by zone."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from needlelog.domain.findings import StepId
from needlelog.domain.treatment import Endpoint
from tests.gui.screens.session.room import Room, named, ready_for_needling, tap, texts, to_the_passes
from ui.screens.session.needling.endpoint_panel import EndpointPanel
from ui.screens.session.screen import SessionScreen
from ui.widgets.chips import ChipRow
from ui.widgets.zone_map import ZoneMap

SEVEN = ("forehead", "nose", "malar_left", "malar_right", "cheek_left", "cheek_right", "chin")
RED = dict.fromkeys(SEVEN, Endpoint.ERYTHEMA)


@pytest.fixture
def screen(room: Room) -> SessionScreen:
    made = room.at(StepId.NEEDLING, change=ready_for_needling)
    to_the_passes(made)
    return made


def done_on(screen: SessionScreen, *zones: str) -> None:
    drawn = screen.findChildren(ZoneMap)[0]
    drawn.set_selected(())
    for zone in zones:
        drawn.canvas.tapped.emit(zone)
    QApplication.processEvents()
    tap(screen, "Pass done")


def panel(screen: SessionScreen) -> EndpointPanel:
    (found,) = screen.findChildren(EndpointPanel)
    return found


def seen(room: Room, screen: SessionScreen) -> dict[str, Endpoint | None]:
    return {one.zone: one.endpoint for one in room.stored(screen.draft_id).needling.passes}


def said_of_all(screen: SessionScreen, name: str) -> None:
    tap(named(panel(screen), ChipRow, "The same for all"), name)


def test_from_the_sign_off_one_tap_says_it_for_seven_zones_passed_one_by_one(room: Room, screen: SessionScreen) -> None:
    for zone in SEVEN:
        done_on(screen, zone)
    screen.presenter.go_to(StepId.AFTERCARE)
    (item,) = (one for one in screen.presenter.items if one.key == "endpoint")
    assert item.text == "Endpoint stated: 7 zones"
    screen.presenter.show_field.emit(item.step, item.field)
    QApplication.processEvents()
    assert "The same on all 7 zones" in texts(panel(screen))
    said_of_all(screen, "Erythema")
    assert seen(room, screen) == RED
    assert next(one.done for one in screen.presenter.items if one.key == "endpoint")
    # What was one of them otherwise is still there to be told apart.
    tap(panel(screen), "Erythema: state the endpoint of Chin")
    tap(named(panel(screen), ChipRow, "Endpoint: Chin"), "Stopped early")
    assert seen(room, screen)["chin"] is Endpoint.STOPPED_EARLY


def test_what_differs_is_said_of_its_zone_before_or_after_the_rest(room: Room, screen: SessionScreen) -> None:
    done_on(screen, *SEVEN)
    tap(screen, "Zone by zone")
    tap(panel(screen), "State it: state the endpoint of Chin")
    tap(named(panel(screen), ChipRow, "Endpoint: Chin"), "Pinpoint bleeding")
    assert "The same on the other 6 zones" in texts(panel(screen))
    said_of_all(screen, "Erythema")
    assert seen(room, screen) == RED | {"chin": Endpoint.PINPOINT_BLEEDING}
    tap(panel(screen), "Erythema: state the endpoint of Nose")
    tap(named(panel(screen), ChipRow, "Endpoint: Nose"), "Stopped early")
    said_of_all(screen, "None seen")
    assert seen(room, screen)["nose"] is Endpoint.STOPPED_EARLY
    assert seen(room, screen)["chin"] is Endpoint.PINPOINT_BLEEDING
    assert seen(room, screen)["forehead"] is Endpoint.NONE
    tap(panel(screen), "To the passes")
    assert not panel(screen).isVisible()


def test_what_was_said_beside_the_key_is_put_right_zone_by_zone(room: Room, screen: SessionScreen) -> None:
    done_on(screen, "cheek_left", "cheek_right")
    tap(screen, "Erythema")
    tap(screen, "Zone by zone")
    tap(panel(screen), "Erythema: state the endpoint of Left cheek")
    tap(named(panel(screen), ChipRow, "Endpoint: Left cheek"), "Pinpoint bleeding")
    assert seen(room, screen) == {"cheek_left": Endpoint.PINPOINT_BLEEDING, "cheek_right": Endpoint.ERYTHEMA}


def test_going_on_asks_what_is_missing_once_and_lets_go(room: Room, screen: SessionScreen) -> None:
    done_on(screen, "cheek_left")
    done_on(screen, "chin")
    tap(screen, "Next")
    assert (screen.presenter.draft.step, panel(screen).isVisible()) == (StepId.NEEDLING, True)
    said_of_all(screen, "Erythema")
    tap(screen, "Next")
    assert screen.presenter.draft.step is StepId.SERUM
    screen.presenter.go_to(StepId.NEEDLING)
    tap(panel(screen), "To the passes")
    done_on(screen, "nose")
    tap(screen, "Next")
    assert "Nose" in texts(panel(screen))
    assert "Chin" not in texts(panel(screen))
    tap(screen, "Next")
    assert screen.presenter.draft.step is StepId.SERUM


def test_a_pass_of_another_depth_on_the_same_zone_is_a_line_of_its_own(room: Room, screen: SessionScreen) -> None:
    done_on(screen, "cheek_left", "chin")
    done_on(screen, "cheek_left")
    tap(screen, "Depth: more")
    tap(screen, "Pass done")
    tap(screen, "Needling is over")
    told = texts(panel(screen)).split("\n")
    assert "The same on both zones" in told
    assert told.count("Left cheek") == 2
    said_of_all(screen, "Erythema")
    assert {one.endpoint for one in room.stored(screen.draft_id).needling.passes} == {Endpoint.ERYTHEMA}


def test_what_is_undone_is_asked_again_where_it_stood(room: Room, screen: SessionScreen) -> None:
    done_on(screen, "cheek_left", "chin")
    tap(screen, "Next")
    said_of_all(screen, "Erythema")
    tap(screen, "Undo")
    assert seen(room, screen) == {"cheek_left": None, "chin": None}
    assert "State it: state the endpoint of Chin" in [
        one.accessibleName() for one in panel(screen).findChildren(type(panel(screen).done)) if one.isVisible()
    ]
