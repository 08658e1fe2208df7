"""Cooling and soothing: what, and for how long; the clock survives a restart."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.gui.screens.session.chair import CLEANSER, LIGHT, MASK, Chair, at, undo
from ui.screens.session.pages.cooling import CoolingPage
from ui.screens.session.use_card import UseCard

LEFT = Qt.MouseButton.LeftButton


def opened(qtbot: QtBot, chair: Chair) -> CoolingPage:
    page = chair.page(CoolingPage)
    qtbot.addWidget(page)
    page.show()
    return page


def with_light(qtbot: QtBot, chair: Chair) -> tuple[CoolingPage, UseCard]:
    page = opened(qtbot, chair)
    qtbot.mouseClick(page.picker.chips.button(LIGHT.id), LEFT)
    (card,) = page.cards.values()
    return page, card


def test_masks_and_lights_are_offered_and_nothing_else(qtbot: QtBot, chair: Chair) -> None:
    page = opened(qtbot, chair)
    assert page.picker.product(MASK.id)
    assert page.picker.product(LIGHT.id)
    assert page.picker.product(CLEANSER.id) is None


def test_start_and_stop_are_moments(qtbot: QtBot, chair: Chair) -> None:
    page, card = with_light(qtbot, chair)
    qtbot.mouseClick(card.duration.start, LEFT)
    (use,) = chair.stored.cooling
    assert (use.started_at, use.duration_s) == (at(14, 40), None)
    chair.clock.advance(minutes=9, seconds=30)
    page.tick()
    assert card.duration.clock.text() == "09:30"
    qtbot.mouseClick(card.duration.stop, LEFT)
    assert chair.stored.cooling[0].duration_s == 570
    assert "9.5 min" in card.accessibleName()
    undo(qtbot, page)
    assert chair.stored.cooling[0].duration_s is None


def test_a_running_light_goes_on_after_a_restart(qtbot: QtBot, chair: Chair) -> None:
    page, card = with_light(qtbot, chair)
    qtbot.mouseClick(card.duration.start, LEFT)
    page.hide()
    chair.clock.advance(minutes=4)
    chair.restart()
    again = opened(qtbot, chair)
    (card,) = again.cards.values()
    again.tick()
    assert card.duration.clock.text() == "04:00"
    card.set_open(True)
    assert card.duration.stop.isVisible()


def test_minutes_can_be_set_by_hand(qtbot: QtBot, chair: Chair) -> None:
    _, card = with_light(qtbot, chair)
    card.duration.minutes.step_by(1)
    assert chair.stored.cooling[0].duration_s == 600
    qtbot.mouseClick(card.duration.minutes.line, LEFT)
    card.duration.minutes.line.selectAll()
    qtbot.keyClicks(card.duration.minutes.line, "12,5")
    qtbot.keyClick(card.duration.minutes.line, Qt.Key.Key_Return)
    assert chair.stored.cooling[0].duration_s == 750


def test_a_light_is_not_asked_for_a_lot_until_it_is_tapped(qtbot: QtBot, chair: Chair) -> None:
    _, card = with_light(qtbot, chair)
    assert (card.lacking(), card.is_open()) == ((), False)
    qtbot.mouseClick(card.edit, LEFT)
    assert not card.lot.entry.isVisible()
    qtbot.mouseClick(card.lot.chips.button("new"), LEFT)
    assert card.lot.entry.isVisible()


def test_removing_what_runs_can_be_undone(qtbot: QtBot, chair: Chair) -> None:
    page, card = with_light(qtbot, chair)
    qtbot.mouseClick(card.duration.start, LEFT)
    before = chair.stored.cooling
    qtbot.mouseClick(card.remove, LEFT)
    assert chair.stored.cooling == ()
    undo(qtbot, page)
    assert chair.stored.cooling == before
