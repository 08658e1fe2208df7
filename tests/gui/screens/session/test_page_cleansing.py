"""Cleansing: one tap records, one big action ends it, everything can be taken back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from needlelog.domain.session import Plan
from needlelog.domain.treatment import PlannedProduct
from tests.gui.answers import ScriptedDialogs
from tests.gui.screens.session.chair import (
    CLEANSER,
    COLLEAGUE,
    EXPIRED_ON,
    GOOD_UNTIL,
    ME,
    MICELLAR,
    Chair,
    at,
    undo,
)
from ui.screens.session.pages.cleansing import CleansingPage

LEFT = Qt.MouseButton.LeftButton


def opened(qtbot: QtBot, chair: Chair) -> CleansingPage:
    page = chair.page(CleansingPage)
    qtbot.addWidget(page)
    page.show()
    return page


def test_one_tap_on_a_cleanser_records_it(qtbot: QtBot, chair: Chair) -> None:
    page = opened(qtbot, chair)
    qtbot.mouseClick(page.picker.chips.button(CLEANSER.id), LEFT)
    (use,) = chair.stored.cleansing.uses
    assert (use.product_id, use.name, use.by, use.at) == (CLEANSER.id, "Gentle cleanser", ME.signature, at(14, 40))
    assert page.picker.chips.button(CLEANSER.id).isChecked()


def test_a_second_tap_on_the_same_cleanser_opens_it_and_records_nothing_more(qtbot: QtBot, chair: Chair) -> None:
    page = opened(qtbot, chair)
    qtbot.mouseClick(page.picker.chips.button(CLEANSER.id), LEFT)
    card = page.cards[chair.stored.cleansing.uses[0].id]
    card.set_open(False)
    qtbot.mouseClick(page.picker.chips.button(CLEANSER.id), LEFT)
    assert len(chair.stored.cleansing.uses) == 1
    assert card.body.isVisible()
    assert page.picker.chips.button(CLEANSER.id).isChecked()


def test_several_cleansers_stand_in_the_order_they_were_used(qtbot: QtBot, chair: Chair) -> None:
    page = opened(qtbot, chair)
    qtbot.mouseClick(page.picker.chips.button(MICELLAR.id), LEFT)
    qtbot.mouseClick(page.picker.chips.button(CLEANSER.id), LEFT)
    assert [use.name for use in chair.stored.cleansing.uses] == [MICELLAR.name, CLEANSER.name]
    assert [card.use.name for card in page.cards.values()] == [MICELLAR.name, CLEANSER.name]


def test_a_name_with_markup_is_shown_as_typed(qtbot: QtBot, chair: Chair) -> None:
    page = opened(qtbot, chair)
    assert page.picker.chips.button(MICELLAR.id).accessibleName() == "Micellar <b>water</b> & more"
    qtbot.mouseClick(page.picker.chips.button(MICELLAR.id), LEFT)
    (card,) = page.cards.values()
    assert card.title.text() == "Micellar <b>water</b> & more"
    assert card.title.textFormat() is Qt.TextFormat.PlainText


def test_what_the_last_visit_used_comes_first_and_is_confirmed_by_the_tap(qtbot: QtBot, chair: Chair) -> None:
    planned = PlannedProduct(product_id=MICELLAR.id, from_visit_on=at(9, 0).date().replace(month=10, day=12))
    planned = planned.with_(confirmed=False)
    chair.presenter.edit(
        lambda draft: draft.with_(consultation=draft.consultation.with_(plan=Plan(products=(planned,))))
    )
    page = opened(qtbot, chair)
    chip = page.picker.chips.button(MICELLAR.id)
    assert chip.accessibleName() == "Micellar <b>water</b> & more · from 12-Oct-2026"
    assert chip.x() < page.picker.chips.button(CLEANSER.id).x()
    qtbot.mouseClick(chip, LEFT)
    assert chair.stored.consultation.plan.products[0].confirmed
    assert chair.stored.cleansing.uses[0].product_id == MICELLAR.id


def test_a_known_lot_is_one_tap(qtbot: QtBot, chair: Chair) -> None:
    chair.materials.remember_lot(CLEANSER.id, "CL-3", GOOD_UNTIL)
    page = opened(qtbot, chair)
    qtbot.mouseClick(page.picker.chips.button(CLEANSER.id), LEFT)
    (card,) = page.cards.values()
    chip = card.lot.chips.button("CL-3")
    assert chip.accessibleName() == "CL-3 · to 30-Jun-2027"
    qtbot.mouseClick(chip, LEFT)
    (use,) = chair.stored.cleansing.uses
    assert (use.lot, use.expires_on) == ("CL-3", GOOD_UNTIL)
    assert "Lot CL-3, expires 30-Jun-2027" in card.accessibleName()
    assert not card.findings.texts()


def test_an_expired_lot_is_said_at_once_and_wants_a_reason(
    qtbot: QtBot, chair: Chair, dialogs: ScriptedDialogs
) -> None:
    chair.materials.remember_lot(CLEANSER.id, "OLD", EXPIRED_ON)
    page = opened(qtbot, chair)
    qtbot.mouseClick(page.picker.chips.button(CLEANSER.id), LEFT)
    (card,) = page.cards.values()
    assert card.lot.chips.button("OLD").accessibleName() == "OLD · expired 30-Sep-2026"
    dialogs.will_answer(None)
    qtbot.mouseClick(card.lot.chips.button("OLD"), LEFT)
    assert chair.stored.cleansing.uses[0].lot == ""
    assert card.lot.chips.value() is None
    dialogs.will_answer("No other bottle is left")
    qtbot.mouseClick(card.lot.chips.button("OLD"), LEFT)
    assert [one.reason for one in chair.stored.overrides] == ["No other bottle is left"]
    assert chair.stored.cleansing.uses[0].expires_on == EXPIRED_ON
    assert card.findings.texts() == ("Gentle cleanser is out of date",)
    assert card.findings.isVisible()


def test_done_takes_the_time_and_whoever_is_working(qtbot: QtBot, chair: Chair) -> None:
    page = opened(qtbot, chair)
    qtbot.mouseClick(page.done, LEFT)
    assert (chair.stored.cleansing.done_at, chair.stored.cleansing.done_by) == (at(14, 40), ME.signature)
    assert page.verdict.text() == "Cleansed at 14:40"
    assert not page.done.isVisible()
    qtbot.mouseClick(page.undo, LEFT)
    assert chair.stored.cleansing.done_at is None
    assert page.done.isVisible()


def test_somebody_else_can_have_done_it(qtbot: QtBot, chair: Chair) -> None:
    chair.people = (ME, COLLEAGUE)
    page = opened(qtbot, chair)
    qtbot.mouseClick(page.who.button(COLLEAGUE.signature), LEFT)
    qtbot.mouseClick(page.picker.chips.button(CLEANSER.id), LEFT)
    qtbot.mouseClick(page.done, LEFT)
    assert chair.stored.cleansing.done_by == "Tom Reed"
    assert chair.stored.cleansing.uses[0].by == "Tom Reed"


def test_the_time_can_be_corrected_but_not_into_the_future(qtbot: QtBot, chair: Chair) -> None:
    page = opened(qtbot, chair)
    qtbot.mouseClick(page.done, LEFT)
    line = page.at.field.line
    line.selectAll()
    qtbot.keyClicks(line, "1415")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert chair.stored.cleansing.done_at == at(14, 15)
    line.selectAll()
    qtbot.keyClicks(line, "15:30")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert chair.stored.cleansing.done_at == at(14, 15)
    assert line.text() == "15:30"
    assert "in the future" in line.accessibleDescription()


def test_leaving_the_time_alone_keeps_its_seconds(qtbot: QtBot, chair: Chair) -> None:
    chair.clock.advance(seconds=33)
    page = opened(qtbot, chair)
    qtbot.mouseClick(page.done, LEFT)
    before = chair.stored.cleansing.done_at
    page.leaving()
    assert chair.stored.cleansing.done_at == before


def test_removing_offers_to_undo_and_undo_puts_it_back_in_its_place(qtbot: QtBot, chair: Chair) -> None:
    page = opened(qtbot, chair)
    for product in (MICELLAR, CLEANSER):
        qtbot.mouseClick(page.picker.chips.button(product.id), LEFT)
    first, second = chair.stored.cleansing.uses
    qtbot.mouseClick(page.cards[first.id].remove, LEFT)
    assert chair.stored.cleansing.uses == (second,)
    undo(qtbot, page)
    assert chair.stored.cleansing.uses == (first, second)
    assert list(page.cards) == [second.id, first.id]
    assert page.records.indexOf(page.cards[first.id]) == 0


def test_a_restart_shows_the_same(qtbot: QtBot, chair: Chair) -> None:
    page = opened(qtbot, chair)
    qtbot.mouseClick(page.picker.chips.button(CLEANSER.id), LEFT)
    qtbot.mouseClick(page.done, LEFT)
    said = [card.summary.text() for card in page.cards.values()]
    page.hide()
    chair.restart()
    again = opened(qtbot, chair)
    assert [card.summary.text() for card in again.cards.values()] == said
    assert again.verdict.text() == "Cleansed at 14:40"


def test_what_cannot_be_saved_stays_on_the_page(qtbot: QtBot, chair: Chair) -> None:
    page = opened(qtbot, chair)
    chair.store.full = True
    qtbot.mouseClick(page.picker.chips.button(CLEANSER.id), LEFT)
    assert [card.use.name for card in page.cards.values()] == ["Gentle cleanser"]
    assert chair.stored.cleansing.uses == ()
    chair.store.full = False
    assert chair.presenter.flush()
    assert chair.stored.cleansing.uses[0].name == "Gentle cleanser"
