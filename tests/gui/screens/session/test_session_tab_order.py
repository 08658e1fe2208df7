"""Tab in the visit: every page in every state, each control once and in the order it is seen in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QWidget

from needlelog.domain.findings import StepId
from needlelog.domain.session import SessionDraft
from tests.builders import a_device, a_full_draft, a_numbing, an_id
from tests.gui.screens.session.room import Room, named, ready_for_needling, tap, to_the_passes, whole
from tests.gui.tab_walk import check_tab, controls, name_of
from ui.screens.session.drawer import FindingsDrawer
from ui.screens.session.needling.pass_panel import PassPanel
from ui.screens.session.needling.setting_panel import SettingPanel
from ui.screens.session.pages.numbing import NumbingPage
from ui.screens.session.screen import SessionScreen
from ui.screens.session.treatment_map import TreatmentMap
from ui.widgets.section_tabs import SectionTabs

Change = Callable[[SessionDraft], SessionDraft]
SIZES = ((1192, 800), (936, 768))


def blank(draft: SessionDraft) -> SessionDraft:
    return draft


def numbed(draft: SessionDraft) -> SessionDraft:
    return draft.with_(numbing=(a_numbing(), a_numbing(id=a_full_draft().id, removed_at=None)))


def open_list(screen: SessionScreen) -> None:
    next(one for one in controls(screen) if name_of(one) == "List of zones").click()  # type: ignore[attr-defined]
    QApplication.processEvents()


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("change", [blank, ready_for_needling, numbed, whole], ids=lambda one: one.__name__)
@pytest.mark.parametrize("step", list(StepId), ids=lambda step: step.value)
def test_tab_goes_round_every_page(room: Room, step: StepId, change: Change, size: tuple[int, int]) -> None:
    screen = room.open(room.start(change=lambda draft: change(draft).with_(step=step)), *size)
    check_tab(screen)


def test_tab_goes_round_every_page_that_was_reached_by_going_on(room: Room) -> None:
    """Pages made one after the other, each put in later than the bar below it."""
    screen = room.open(room.start(change=ready_for_needling))
    for step in StepId:
        assert screen.page.step is step
        check_tab(screen)
        QTest.keyClick(screen, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


@pytest.mark.parametrize("change", [blank, whole], ids=lambda one: one.__name__)
def test_every_part_of_the_consultation(room: Room, change: Change) -> None:
    room.signed_visit()
    screen = room.open(room.start(change=change, repeat=True))
    tabs = screen.page.findChildren(SectionTabs)[0]
    for part in range(tabs.count()):
        tabs.setCurrentIndex(part)
        QApplication.processEvents()
        check_tab(screen)


def test_the_panel_of_the_plan_and_its_devices_keep_still(room: Room) -> None:
    """Arrow keys in the device's choice change the plan, and the plan says which devices are likely."""
    for number, name in ((61, "Aa first"), (62, "Bb second"), (63, "Cc third")):
        room.desk.materials.add(a_device(id=an_id(number), name=name))
    screen = room.at(StepId.CONSULTATION)
    tabs = screen.page.findChildren(SectionTabs)[0]
    tabs.setCurrentIndex(tabs.count() - 1)
    drawn = next(one for one in screen.page.findChildren(TreatmentMap) if one.isVisible())
    drawn.canvas.tapped.emit("forehead")
    QApplication.processEvents()
    check_tab(screen)
    combo = named(screen, QComboBox, "Device")
    names = [combo.itemText(place) for place in range(combo.count())]
    combo.setFocus()
    for name in names:
        QTest.keyClick(combo, Qt.Key.Key_Down)
        assert combo.currentText() == name
        assert [combo.itemText(place) for place in range(combo.count())] == names
    assert room.stored(screen.draft_id).consultation.plan.zones[0].device_id is not None


def test_the_devices_of_the_pass_panel_keep_still(room: Room) -> None:
    for number, name in ((61, "Aa first"), (62, "Zz last")):
        room.desk.materials.add(a_device(id=an_id(number), name=name))
    screen = room.at(StepId.NEEDLING, change=ready_for_needling)
    combo = screen.findChildren(SettingPanel)[0].device_field.combo
    names = [combo.itemText(place) for place in range(combo.count())]
    combo.setFocus()
    combo.setCurrentIndex(0)
    for name in names[1:]:
        QTest.keyClick(combo, Qt.Key.Key_Down)
        assert combo.currentText() == name
    to_the_passes(screen)
    tap(screen, "Change device, cartridge, direction and count")
    assert [combo.itemText(place) for place in range(combo.count())] == names
    assert combo.currentText() == names[-1]


@pytest.mark.parametrize(
    ("step", "button"),
    [
        (StepId.CONSENT, "Client states another name or date of birth"),
        (StepId.REACTIONS, "Record an adverse event"),
        (StepId.NEEDLING, "To the passes"),
    ],
)
def test_forms_that_open(room: Room, step: StepId, button: str) -> None:
    screen = room.at(step, change=ready_for_needling if step is not StepId.CONSENT else None)
    tap(screen, button)
    before = controls(screen)
    way = check_tab(screen)
    assert {name_of(one) for one in before} <= {name_of(one) for one in way}


def test_a_consent_signed_by_typing(room: Room) -> None:
    screen = room.at(StepId.CONSENT)
    for answer in (None, "Ana Nowak"):
        typing = named(screen, QAbstractButton, "Sign by typing full name")
        typing.setFocus()
        room.dialogs.will_answer(answer)
        tap(screen, "Sign by typing full name")
        check_tab(screen)


@pytest.mark.parametrize("step", [StepId.CLEANSING, StepId.NUMBING, StepId.SERUM, StepId.COOLING], ids=str)
def test_the_form_for_a_new_product(room: Room, step: StepId) -> None:
    screen = room.at(step)
    screen.page.picker.add.click()  # type: ignore[attr-defined]
    QApplication.processEvents()
    check_tab(screen)


def test_the_numbing_card_with_its_later_fields(room: Room) -> None:
    screen = room.at(StepId.NUMBING, change=numbed)
    assert isinstance(screen.page, NumbingPage)
    assert len(screen.page.cards) == 2
    way = [name_of(one) for one in check_tab(screen)]
    for card in screen.page.cards.values():
        for one in controls(screen):
            if card.isAncestorOf(one):
                assert name_of(one) in way


def test_the_zones_of_the_needling_page_and_the_pass_panel(room: Room) -> None:
    screen = room.at(StepId.NEEDLING, change=ready_for_needling)
    to_the_passes(screen)
    assert screen.findChildren(PassPanel)[0].isVisible()
    open_list(screen)
    way = [name_of(one) for one in check_tab(screen)]
    for name in ("Find a zone in every view", "Zones of this view", "Depth (mm)", "Pass done"):
        assert name in way
    assert way.count("Pass done") == 1


def test_from_every_control_that_a_tap_or_an_arrow_can_reach(room: Room) -> None:
    """Chips and steps of the rail hold the focus without being a stop; from there Tab goes on as well."""
    screen = room.at(StepId.CONSENT)
    for one in screen.findChildren(QAbstractButton):
        if one.isVisible() and one.isEnabled() and one.focusPolicy() == Qt.FocusPolicy.ClickFocus:
            one.setFocus()
            QTest.keyClick(one, Qt.Key.Key_Tab)
            assert QApplication.focusWidget() in controls(screen)
            assert QApplication.focusWidget() is not one
    check_tab(screen)


def test_the_drawer_is_gone_through_between_the_page_and_the_bar(room: Room) -> None:
    screen = room.at(StepId.NEEDLING)
    drawer = screen.findChildren(FindingsDrawer)[0]
    screen.presenter.findings_wanted.emit()
    QApplication.processEvents()
    assert drawer.isVisible()
    way = check_tab(screen, over=drawer)
    start = way.index(named(drawer, QWidget, "Close findings"))
    way = [*way[start:], *way[:start]]
    inside = [drawer.isAncestorOf(one) for one in way]
    assert inside == sorted(inside, reverse=True), "the drawer is left and come back to"
    assert name_of(way[inside.count(True)]) == "Back"


def test_a_skipped_step(room: Room) -> None:
    screen = room.at(StepId.SERUM)
    room.dialogs.will_answer("Client declined")
    tap(screen, "Does not apply today")
    screen.setFocus()
    named(screen, QAbstractButton, "Applies after all").setFocus()
    check_tab(screen)


def test_enter_on_a_chip_goes_where_tab_goes(room: Room) -> None:
    screen: SessionScreen = room.at(StepId.CONSULTATION)
    way = check_tab(screen)
    chip = named(screen, QAbstractButton, "Melasma")
    row = next(one for one in way if one.parentWidget() is chip.parentWidget())
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Tab)
    by_tab = QApplication.focusWidget()
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is by_tab


def test_the_map_is_on_the_way_before_the_panel_beside_it(room: Room) -> None:
    screen = room.at(StepId.NEEDLING, change=ready_for_needling)
    treatment_map = screen.findChildren(TreatmentMap)[0]
    to_the_passes(screen)
    open_list(screen)
    way = check_tab(screen)
    place = {name_of(one): number for number, one in enumerate(way)}
    assert any(treatment_map.isAncestorOf(one) for one in way)
    assert place["Find a zone in every view"] < place["Depth (mm)"]
