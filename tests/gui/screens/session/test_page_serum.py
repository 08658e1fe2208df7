"""Serum: product, lot, amount in its unit, the zones that were treated."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from needlelog.domain.session import SessionDraft
from needlelog.domain.stock import Recall
from tests.builders import a_needling, an_id
from tests.gui.screens.session.chair import GEL, GOOD_UNTIL, SERUM, Chair, at, emptied, typed
from ui.screens.session.pages.serum import SerumPage
from ui.screens.session.use_card import UseCard

LEFT = Qt.MouseButton.LeftButton


def treated(chair: Chair) -> None:
    """The visit as it stands after needling; how the passes got there is another page's business."""
    draft = chair.stored.with_(needling=a_needling())
    chair.store.text = draft.model_dump_json()
    chair.restart()


def opened(qtbot: QtBot, chair: Chair) -> SerumPage:
    page = chair.page(SerumPage)
    qtbot.addWidget(page)
    page.show()
    return page


def with_serum(qtbot: QtBot, chair: Chair) -> tuple[SerumPage, UseCard]:
    page = opened(qtbot, chair)
    qtbot.mouseClick(page.picker.chips.button(SERUM.id), LEFT)
    (card,) = page.cards.values()
    return page, card


def test_a_tap_puts_the_serum_on_the_zones_that_were_treated(qtbot: QtBot, chair: Chair) -> None:
    treated(chair)
    _, card = with_serum(qtbot, chair)
    (use,) = chair.stored.serums
    assert use.zones == ("forehead", "cheek_left", "cheek_right")
    assert card.zones.chips.value() == frozenset(use.zones)


def test_a_zone_can_be_left_out_and_another_added(qtbot: QtBot, chair: Chair) -> None:
    treated(chair)
    _, card = with_serum(qtbot, chair)
    qtbot.mouseClick(card.zones.chips.button("forehead"), LEFT)
    qtbot.mouseClick(card.zones.more, LEFT)
    qtbot.mouseClick(card.zones.chips.button("neck_front"), LEFT)
    assert set(chair.stored.serums[0].zones) == {"cheek_left", "cheek_right", "neck_front"}


@pytest.mark.parametrize(("text", "amount"), [("0,5", "0.5"), ("0.5", "0.5"), (".25", "0.25"), ("2", "2")])
def test_an_amount_is_read_with_either_mark(qtbot: QtBot, chair: Chair, text: str, amount: str) -> None:
    _, card = with_serum(qtbot, chair)
    typed(qtbot, card.amount.line, text)
    (use,) = chair.stored.serums
    assert (use.amount, use.amount_unit) == (Decimal(amount), "ml")


def test_an_emptied_amount_is_taken_off_the_record(qtbot: QtBot, chair: Chair) -> None:
    _, card = with_serum(qtbot, chair)
    typed(qtbot, card.amount.line, "2")
    assert chair.stored.serums[0].amount == 2
    emptied(qtbot, card.amount.line)
    (use,) = chair.stored.serums
    assert (use.amount, use.amount_unit) == (None, "ml")
    assert card.amount.raw_text() == ""
    qtbot.mouseClick(card.amount._more, LEFT)
    assert chair.stored.serums[0].amount == 1


@pytest.mark.parametrize("text", ["abc", "-1", "10 000", "0", "1.234"])
def test_a_wrong_amount_stays_in_the_entry_and_out_of_the_record(qtbot: QtBot, chair: Chair, text: str) -> None:
    page, card = with_serum(qtbot, chair)
    typed(qtbot, card.amount.line, text)
    qtbot.mouseClick(page.picker.chips.button(GEL.id), LEFT)
    assert chair.stored.serums[0].amount is None
    assert card.amount.raw_text() == text


def test_the_unit_is_one_tap(qtbot: QtBot, chair: Chair) -> None:
    _, card = with_serum(qtbot, chair)
    card.amount.step_by(1)
    qtbot.mouseClick(card.unit.button("drops"), LEFT)
    (use,) = chair.stored.serums
    assert (use.amount, use.amount_unit) == (Decimal(1), "drops")


def test_two_serums_open_one_at_a_time(qtbot: QtBot, chair: Chair) -> None:
    page, first = with_serum(qtbot, chair)
    qtbot.mouseClick(page.picker.chips.button(GEL.id), LEFT)
    second = list(page.cards.values())[1]
    assert not first.body.isVisible()
    assert second.body.isVisible()
    qtbot.mouseClick(first.edit, LEFT)
    assert first.body.isVisible()


def test_what_is_half_typed_is_taken_when_the_page_is_left(qtbot: QtBot, chair: Chair) -> None:
    page, card = with_serum(qtbot, chair)
    qtbot.keyClicks(card.lot.code.line, "HA-9")
    qtbot.keyClicks(card.amount.line, "1,5")
    page.leaving()
    (use,) = chair.stored.serums
    assert (use.lot, use.amount) == ("HA-9", Decimal("1.5"))


def test_its_time_can_be_corrected(qtbot: QtBot, chair: Chair) -> None:
    _, card = with_serum(qtbot, chair)
    typed(qtbot, card.at.field.line, "14:20")
    assert chair.stored.serums[0].at == at(14, 20)
    typed(qtbot, card.at.field.line, "")
    card.at.field.line.clear()
    card.at.commit()
    assert chair.stored.serums[0].at == at(14, 20)


def test_a_finding_about_a_lot_leads_to_it(qtbot: QtBot, chair: Chair) -> None:
    page, card = with_serum(qtbot, chair)
    card.set_open(False)
    page.focus_field(f"lot:{SERUM.name}")
    assert card.body.isVisible()


def test_what_the_card_says_is_what_is_stored(qtbot: QtBot, chair: Chair) -> None:
    treated(chair)
    page, card = with_serum(qtbot, chair)
    card.amount.step_by(1)
    stored: SessionDraft = chair.stored
    assert card.use == stored.serums[0]
    assert card.accessibleName() == "Hyaluronic acid serum, 1 ml, Forehead, Left cheek, Right cheek, 14:40"
    assert card.lacking() == ("lot number",)
    assert page.picker.chips.value() == frozenset({SERUM.id})


def test_a_lot_in_use_that_was_recalled_is_not_taken_by_itself(qtbot: QtBot, chair: Chair) -> None:
    chair.materials.remember_lot(SERUM.id, "BAD", GOOD_UNTIL)
    recall = Recall(
        id=an_id(91), product=SERUM.name, lot="BAD", reason="Contaminated", by="Mara Lindt", at=chair.clock.now()
    )
    chair.recalls = (recall,)
    page = opened(qtbot, chair)
    qtbot.mouseClick(page.picker.chips.button(SERUM.id), LEFT)
    assert chair.stored.serums[0].lot == ""
