"""What was seen when a pass ended: asked beside the key that records it, and stated of what the question names."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton

from needlelog.domain.findings import StepId
from needlelog.domain.treatment import Endpoint
from tests import builders as b
from tests.gui.screens.session.room import Room, named, ready_for_needling, tap, texts, to_the_passes
from tests.gui.screens.session.test_page_needling import (
    asks,
    choose,
    endpoints,
    said,
    type_depth,
    undo_of,
    zone_map,
)
from ui.screens.session.needling.cartridge import CartridgeInUse
from ui.screens.session.needling.setting_panel import SettingPanel
from ui.screens.session.screen import SessionScreen


@pytest.fixture
def screen(room: Room) -> SessionScreen:
    made = room.at(StepId.NEEDLING, change=ready_for_needling)
    lot = room.desk.materials.lots(b.CARTRIDGE_ID)[0]
    made.findChildren(SettingPanel)[0].cartridge.set_value(CartridgeInUse("12-pin cartridge", lot.code, lot.expires_on))
    to_the_passes(made)
    return made


def test_an_endpoint_is_stated_after_the_passes_that_led_up_to_it(room: Room, screen: SessionScreen) -> None:
    choose(screen, "cheek_left")
    assert not asks(screen)
    tap(screen, "Pass done")
    tap(screen, "Pass done")
    assert endpoints(room, screen) == [None, None]
    assert "What did you see? Left cheek, 0.75 mm, 2 passes since" in texts(screen)
    tap(screen, "Pinpoint bleeding")
    assert endpoints(room, screen) == [Endpoint.PINPOINT_BLEEDING] * 2
    assert said(screen) == "Pinpoint bleeding: Left cheek"
    tap(screen, "Pass done")
    assert endpoints(room, screen) == [Endpoint.PINPOINT_BLEEDING] * 2 + [None]


def test_a_wrong_endpoint_is_put_right_by_another_tap_or_taken_back(room: Room, screen: SessionScreen) -> None:
    choose(screen, "cheek_left", "cheek_right")
    tap(screen, "Pass done")
    tap(screen, "Erythema")
    tap(screen, "Stopped early")
    assert endpoints(room, screen) == [Endpoint.STOPPED_EARLY] * 2
    tap(undo_of(screen), "Undo")
    assert endpoints(room, screen) == [Endpoint.ERYTHEMA] * 2


def test_a_pass_without_its_endpoint_is_found_in_the_list(room: Room, screen: SessionScreen) -> None:
    choose(screen, "cheek_left")
    tap(screen, "Pass done")
    zone_map(screen).canvas.tapped.emit("forehead")
    tap(screen, "1 pass recorded")
    tap(screen, "State the endpoint: Left cheek")
    tap(screen, "None seen")
    assert endpoints(room, screen) == [Endpoint.NONE]
    tap(screen, "Change the endpoint: Left cheek")
    tap(screen, "Erythema")
    assert endpoints(room, screen) == [Endpoint.ERYTHEMA]
    tap(screen, "To the next pass")
    assert named(screen, QAbstractButton, "Pass done").isVisible()


def test_no_statement_reaches_a_pass_that_the_question_does_not_name(room: Room, screen: SessionScreen) -> None:
    choose(screen, "cheek_left")
    tap(screen, "Pass done")
    tap(screen, "Erythema")
    choose(screen, "forehead")
    choose(screen, "cheek_left")
    assert not asks(screen)
    tap(screen, "Pass done")
    type_depth(screen, "1,0")
    tap(screen, "Pass done")
    assert "What did you see? Left cheek, 1.00 mm, 14:" in texts(screen)
    tap(screen, "Pinpoint bleeding")
    assert endpoints(room, screen) == [Endpoint.ERYTHEMA, None, Endpoint.PINPOINT_BLEEDING]


def test_what_is_missing_is_asked_again_when_somebody_comes_back_to_the_step(room: Room, screen: SessionScreen) -> None:
    choose(screen, "cheek_left", "cheek_right")
    tap(screen, "Pass done")
    choose(screen, "forehead")
    assert not asks(screen)
    tap(screen, "Back")
    tap(screen, "Next")
    assert "What did you see? Left cheek, Right cheek, 0.75 mm, 2 passes since" in texts(screen)
    tap(screen, "Erythema")
    assert endpoints(room, screen) == [Endpoint.ERYTHEMA] * 2
    tap(screen, "Stopped early")
    assert endpoints(room, screen) == [Endpoint.STOPPED_EARLY] * 2
    choose(screen, "forehead")
    assert not asks(screen)


def test_without_a_chosen_zone_it_is_asked_of_all_that_wait(room: Room, screen: SessionScreen) -> None:
    for zone in ("cheek_left", "forehead"):
        choose(screen, zone)
        tap(screen, "Pass done")
    choose(screen)
    assert "What did you see? Forehead, Left cheek, " in texts(screen)
    tap(screen, "Zone by zone")
    assert {"Forehead", "Left cheek"} <= set(texts(screen).split("\n"))
    tap(screen, "To the passes")
    tap(screen, "None seen")
    assert endpoints(room, screen) == [Endpoint.NONE] * 2
