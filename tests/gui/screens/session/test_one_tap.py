"""Gloves on: one tap records a product with what is known, names what is missing, and keeps the action in view."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from needlelog.domain.findings import Gate, StepId
from needlelog.domain.materials import ProductKind
from needlelog.domain.session import Cleansing, Plan, SessionDraft
from needlelog.domain.signed import SignedSession
from needlelog.domain.treatment import PlannedZone
from tests.builders import a_draft, a_full_draft, a_needling, a_numbing, a_use, an_id
from tests.gui.answers import ScriptedDialogs
from tests.gui.screens.session.chair import (
    CLEANSER,
    CREAM,
    EXPIRED_ON,
    GOOD_UNTIL,
    LIGHT,
    MASK,
    ME,
    SERUM,
    Chair,
    at,
    typed,
)
from tests.gui.screens.session.room import Room, named, ready_for_needling, tap
from tests.integration.documents.test_record_sheet import a_signed_session
from ui.screens.session.numbing_card import NumbingCard
from ui.screens.session.pages.cleansing import CleansingPage
from ui.screens.session.pages.cooling import CoolingPage
from ui.screens.session.pages.numbing import NumbingPage
from ui.screens.session.pages.reactions import ReactionsPage
from ui.screens.session.pages.serum import SerumPage
from ui.screens.session.screen import SessionScreen
from ui.screens.session.use_card import UseCard
from ui.screens.session.uses_page import UsesPage

LEFT = Qt.MouseButton.LeftButton
SIZES = [(1172, 800), (916, 768)]
"""What the window's own rail leaves of 1280x800 and of 1024x768."""


def tapped(qtbot: QtBot, chair: Chair, kind: type[UsesPage], product: Any) -> tuple[UsesPage, UseCard]:
    page = chair.page(kind)
    qtbot.addWidget(page)
    page.show()
    qtbot.mouseClick(page.picker.chips.button(product.id), LEFT)
    (card,) = page.cards.values()
    return page, card


def numbed(qtbot: QtBot, chair: Chair) -> tuple[NumbingPage, NumbingCard]:
    page = chair.page(NumbingPage)
    qtbot.addWidget(page)
    page.show()
    qtbot.mouseClick(page.picker.chips.button(CREAM.id), LEFT)
    (card,) = page.cards.values()
    return page, card


def planned(chair: Chair) -> None:
    plan = Plan(zones=(PlannedZone(zone="cheek_left"), PlannedZone(zone="chin")))
    chair.presenter.edit(lambda draft: draft.with_(consultation=draft.consultation.with_(plan=plan)))


# what one tap records


def test_the_lot_used_last_comes_with_the_tap(qtbot: QtBot, chair: Chair) -> None:
    chair.materials.remember_lot(CLEANSER.id, "CL-OLDER", GOOD_UNTIL)
    chair.materials.remember_lot(CLEANSER.id, "CL-NEWER", GOOD_UNTIL)
    _, card = tapped(qtbot, chair, CleansingPage, CLEANSER)
    (use,) = chair.stored.cleansing.uses
    assert (use.lot, use.expires_on) == ("CL-NEWER", GOOD_UNTIL)
    assert card.accessibleName() == "Gentle cleanser, Lot CL-NEWER, expires 30-Jun-2027, 14:40"
    assert (card.lacking(), card.is_open(), card.missing.isVisible()) == ((), False, False)


def test_a_lot_out_of_date_never_comes_by_itself(qtbot: QtBot, chair: Chair) -> None:
    chair.materials.remember_lot(CLEANSER.id, "CL-GOOD", GOOD_UNTIL)
    chair.materials.remember_lot(CLEANSER.id, "CL-EXPIRED", EXPIRED_ON)
    tapped(qtbot, chair, CleansingPage, CLEANSER)
    assert chair.stored.cleansing.uses[0].lot == "CL-GOOD"


def test_the_last_good_day_is_good_at_the_chair_too(chair: Chair) -> None:
    chair.materials.remember_lot(CLEANSER.id, "CL-1", GOOD_UNTIL)
    for day, lot in ((GOOD_UNTIL, "CL-1"), (GOOD_UNTIL.replace(month=7, day=1), None)):
        found = chair.materials.lot_at_hand(CLEANSER.id, day)
        assert (found.code if found else None) == lot


def test_where_no_lot_is_good_the_place_for_one_opens_and_nothing_else(qtbot: QtBot, chair: Chair) -> None:
    chair.materials.remember_lot(CLEANSER.id, "CL-EXPIRED", EXPIRED_ON)
    _, card = tapped(qtbot, chair, CleansingPage, CLEANSER)
    assert chair.stored.cleansing.uses[0].lot == ""
    assert card.lot.entry.isVisible()
    assert not card.at.isVisible()
    typed(qtbot, card.lot.code.line, "CL-2")
    typed(qtbot, card.lot.expiry.line, "06/2027")
    assert chair.stored.cleansing.uses[0].lot == "CL-2"
    assert not card.is_open(), "what was missing is there: the card is a line again"


def test_a_serum_goes_on_the_planned_zones_while_none_is_treated(qtbot: QtBot, chair: Chair) -> None:
    planned(chair)
    tapped(qtbot, chair, SerumPage, SERUM)
    assert chair.stored.serums[0].zones == ("cheek_left", "chin")


def test_a_numbing_with_all_that_is_needed_stays_closed(qtbot: QtBot, chair: Chair) -> None:
    planned(chair)
    chair.materials.remember_lot(CREAM.id, "LM-1", GOOD_UNTIL)
    _, card = numbed(qtbot, chair)
    (numbing,) = chair.stored.numbing
    assert (numbing.lot, numbing.expires_on) == ("LM-1", GOOD_UNTIL)
    assert (numbing.on_at, numbing.applied_g, numbing.area_cm2) == (None, None, None)
    assert not card.body.isVisible()
    assert card.timer.apply.isVisible()
    assert card.grams.isVisible()
    assert card.area.isVisible()


def test_what_is_over_and_complete_folds_its_amounts(qtbot: QtBot, chair: Chair) -> None:
    chair.answer_before_numbing()
    _, card = numbed(qtbot, chair)
    qtbot.mouseClick(card.timer.apply, LEFT)
    typed(qtbot, card.grams.line, "10")
    qtbot.mouseClick(card.timer.remove, LEFT)
    assert card.amounts.isVisible(), "the area is still to be said"
    typed(qtbot, card.area.line, "200")
    card.set_open(False)
    assert not card.amounts.isVisible()
    qtbot.mouseClick(card.edit, LEFT)
    assert card.amounts.isVisible()


# what is missing


def test_what_is_missing_stands_in_one_line_that_leads_there(qtbot: QtBot, chair: Chair) -> None:
    page, card = tapped(qtbot, chair, SerumPage, SERUM)
    assert card.lacking() == ("lot number", "zones")
    card.set_open(False)
    assert card.missing.accessibleName() == "Not recorded yet: lot number, zones"
    qtbot.mouseClick(card.missing, LEFT)
    assert page.focusWidget() is card.lot.code.line
    assert card.zones.isVisible()
    assert not card.missing.isVisible()
    qtbot.mouseClick(card.zones.chips.button("forehead"), LEFT)
    assert card.zones.isVisible(), "a second zone may follow the first"


def test_a_lot_without_a_date_is_named_and_asked_for_its_date(qtbot: QtBot, chair: Chair) -> None:
    chair.materials.remember_lot(CLEANSER.id, "CL-1", None)
    page, card = tapped(qtbot, chair, CleansingPage, CLEANSER)
    assert card.lacking() == ("expiry date of the lot",)
    assert card.lot.code.raw_text() == "CL-1"
    assert page.focusWidget() is card.lot.expiry.editor
    held = [one for one in chair.presenter.open_findings(Gate.SIGNING) if one.code == "expiry-missing"]
    assert [one.step for one in held] == [StepId.CLEANSING]
    typed(qtbot, card.lot.expiry.line, "06/2027")
    assert chair.stored.cleansing.uses[0].expires_on == GOOD_UNTIL
    assert "expiry-missing" not in {one.code for one in chair.presenter.findings}
    assert not card.missing.isVisible()
    page.focus_field(f"lot:{CLEANSER.name}")
    assert card.body.isVisible()


@pytest.mark.parametrize("product", [LIGHT, MASK])
def test_what_is_told_by_its_minutes_is_not_asked_for_a_lot(qtbot: QtBot, chair: Chair, product: Any) -> None:
    _, card = tapped(qtbot, chair, CoolingPage, product)
    assert card.lacking() == ()
    assert card.duration.start.isVisible()


# how much it was last time


def last_time(chair: Chair, **fields: Any) -> SignedSession:
    signed = a_signed_session(a_full_draft(**fields))
    chair.last_visit = signed
    return signed


def test_the_amount_of_last_time_is_offered_and_taken_by_a_tap_only(qtbot: QtBot, chair: Chair) -> None:
    last_time(chair, serums=(a_use(product_id=SERUM.id, amount=Decimal("1.50"), amount_unit="drops"),))
    _, card = tapped(qtbot, chair, SerumPage, SERUM)
    assert chair.stored.serums[0].amount is None
    assert card.as_last.accessibleName() == "1.5 drops as on 20-Nov-2026"
    qtbot.mouseClick(card.as_last, LEFT)
    (use,) = chair.stored.serums
    assert (use.amount, use.amount_unit) == (Decimal("1.50"), "drops")
    assert not card.as_last.isVisible()
    assert card.amount.line.accessibleName() == "Amount of Hyaluronic acid serum (drops)"


def test_grams_and_area_of_last_time_are_taken_together(qtbot: QtBot, chair: Chair) -> None:
    last = a_numbing(product_id=CREAM.id, applied_g=Decimal("12.50"), area_cm2=Decimal(180))
    last_time(chair, numbing=(last,))
    _, card = numbed(qtbot, chair)
    assert chair.stored.numbing[0].applied_g is None
    assert card.as_last.accessibleName() == "12.5 g, 180 cm² as on 20-Nov-2026"
    qtbot.mouseClick(card.as_last, LEFT)
    (numbing,) = chair.stored.numbing
    assert (numbing.applied_g, numbing.area_cm2) == (Decimal("12.50"), Decimal(180))


@pytest.mark.parametrize("other", [{"product_id": an_id(999)}, {"product_id": SERUM.id, "amount": None}])
def test_another_product_or_no_amount_offers_nothing(qtbot: QtBot, chair: Chair, other: dict[str, Any]) -> None:
    last_time(chair, serums=(a_use(**other),))
    _, card = tapped(qtbot, chair, SerumPage, SERUM)
    assert not card.as_last.isVisible()


# the action stays in view


def seen_whole(part: QWidget) -> bool:
    """Whether all of ``part`` lies inside the frame that scrolls its page."""
    around = part.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    assert isinstance(around, QScrollArea)
    port = around.viewport()
    place = QRect(part.mapTo(port, QPoint(0, 0)), part.size())
    return part.isVisible() and port.rect().contains(place)


def in_the_room(room: Room, step: StepId, size: tuple[int, int]) -> SessionScreen:
    def change(draft: SessionDraft) -> SessionDraft:
        full = a_full_draft()
        return draft.with_(consultation=full.consultation, cleansing=Cleansing(), step=step)

    return room.open(room.start(change=change), *size)


def take_first(screen: SessionScreen, room: Room, *kinds: ProductKind, lot: bool) -> None:
    page = screen.page
    assert isinstance(page, UsesPage | NumbingPage)
    product = next(one for kind in kinds for one in room.desk.materials.all(kind))
    if lot:
        room.desk.materials.remember_lot(product.id, "L-1", GOOD_UNTIL)
    chip = page.picker.chips.button(product.id)
    chip.click()
    QApplication.processEvents()
    QApplication.processEvents()


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("lot", [True, False], ids=["known lot", "no lot"])
def test_skin_is_clean_stays_in_view(room: Room, size: tuple[int, int], lot: bool) -> None:
    screen = in_the_room(room, StepId.CLEANSING, size)
    take_first(screen, room, ProductKind.CLEANSER, lot=lot)
    page = screen.page
    assert isinstance(page, CleansingPage)
    assert seen_whole(page.done)
    (card,) = page.cards.values()
    assert seen_whole(card)
    page.done.click()
    QApplication.processEvents()
    assert seen_whole(page.ending)
    assert page.picker.isAncestorOf(QApplication.focusWidget() or page), "a stray key must not leave the visit"


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_numbing_clock_and_its_amounts_stay_in_view(room: Room, size: tuple[int, int]) -> None:
    screen = in_the_room(room, StepId.NUMBING, size)
    take_first(screen, room, ProductKind.ANAESTHETIC, lot=True)
    page = screen.page
    assert isinstance(page, NumbingPage)
    (card,) = page.cards.values()
    for part in (card.title, card.timer.apply, card.grams, card.area):
        assert seen_whole(part), part
    card.timer.apply.click()
    QApplication.processEvents()
    for part in (card.title, card.timer.remove, card.timer.clock, card.grams, card.area):
        assert seen_whole(part), part


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_start_and_stop_stay_in_view(room: Room, size: tuple[int, int]) -> None:
    screen = in_the_room(room, StepId.COOLING, size)
    take_first(screen, room, ProductKind.COOLING, lot=True)
    page = screen.page
    assert isinstance(page, CoolingPage)
    (card,) = page.cards.values()
    assert seen_whole(card)
    card.duration.start.click()
    QApplication.processEvents()
    assert card.duration.stop.hasFocus()
    assert seen_whole(card.duration.stop)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_main_reactions_are_seen_without_scrolling(room: Room, size: tuple[int, int]) -> None:
    draft_id = room.start(change=ready_for_needling)
    flow, _ = room.desk.sessions.resume(draft_id)
    flow.edit(lambda draft: draft.with_(needling=a_needling(), step=StepId.REACTIONS))
    screen = room.open(draft_id, *size)
    page = screen.page
    assert isinstance(page, ReactionsPage)
    main = [entry for entry in room.desk.knowledge.reactions.values() if entry.main]
    assert [entry.name for entry in main] == ["Redness", "Swelling", "Pinpoint bleeding", "Pain"]
    for name in ("None observed", "Whole treated area", *(("Add a reaction",) if size == SIZES[0] else ())):
        assert seen_whole(named(screen, QAbstractButton, name)), name
    for entry in main:
        row = page.row(entry.id)
        assert seen_whole(row), entry.name
        tops = {row.grades.button(grade.value).y() for grade in room.desk.knowledge.scales[entry.scale].grades}
        assert len(tops) == 1, f"{entry.name} stands in one row"


# a step that does not apply


def test_a_step_with_a_product_is_not_marked_as_not_applying(room: Room, dialogs: ScriptedDialogs) -> None:
    screen = room.at(StepId.CLEANSING, change=lambda draft: draft.with_(cleansing=Cleansing(uses=(a_use(),))))
    tap(screen, "Does not apply today")
    assert [str(told) for told in dialogs.told] == [
        "Something is recorded in this step, so it does apply today. "
        "If it was not done, remove what stands there first; Undo brings it back."
    ]
    assert not dialogs.asked, "no reason is asked for in vain"
    assert room.stored(screen.draft_id).skip_of(StepId.CLEANSING) is None


def test_undo_after_not_applying_makes_the_step_apply_again(qtbot: QtBot, chair: Chair) -> None:
    page, card = tapped(qtbot, chair, CleansingPage, CLEANSER)
    before = chair.stored.cleansing
    qtbot.mouseClick(card.remove, LEFT)
    assert chair.presenter.may_skip(StepId.CLEANSING)
    assert chair.presenter.skip(StepId.CLEANSING, "Came with clean skin")
    assert page.toast is not None
    named(page, QAbstractButton, "Undo").click()
    assert chair.stored.cleansing == before
    assert chair.stored.skip_of(StepId.CLEANSING) is None


def test_who_did_it_is_said_where_it_is_somebody_else(qtbot: QtBot, chair: Chair) -> None:
    by_other = a_use(product_id=SERUM.id, at=at(14, 30), by="Tom Reed", zones=())
    chair.store.text = a_draft(serums=(by_other, by_other.with_(id=an_id(77), by=ME.signature))).model_dump_json()
    chair.restart()
    page = chair.page(SerumPage)
    qtbot.addWidget(page)
    first, second = page.cards.values()
    assert "Tom Reed" in first.accessibleName()
    assert ME.signature not in second.accessibleName()
