"""What speaks against a cream is asked before it is recorded or put on, never after."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from needlelog.domain.client import Allergy, AllergyState
from needlelog.domain.findings import Level
from needlelog.domain.session import ScreeningAnswer, SessionDraft
from tests.gui.answers import ScriptedDialogs
from tests.gui.screens.session.chair import (
    CREAM,
    EXPIRED_ON,
    GOOD_UNTIL,
    OTHER_CREAM,
    Chair,
    at,
    typed,
)
from tests.gui.screens.session.test_page_numbing import LEFT, opened, with_cream


@pytest.fixture
def chair(chair: Chair) -> Chair:
    """A visit in which all that a cream rests on was asked."""
    chair.answer_before_numbing()
    return chair


def allergic(chair: Chair) -> None:
    """The client's file names what is in the creams."""
    known = chair.presenter.client.with_(
        allergy_state=AllergyState.KNOWN, allergies=(Allergy(substance="Lidocaine"), Allergy(substance="Nickel"))
    )
    chair._client = known
    chair.presenter.refresh()


def test_what_the_client_is_allergic_to_is_marked_and_asks_before_it_is_recorded(
    qtbot: QtBot, chair: Chair, dialogs: ScriptedDialogs
) -> None:
    allergic(chair)
    page = opened(qtbot, chair)
    tile = page.picker.chips.button(CREAM.id)
    assert tile.text() == f"{CREAM.name} · Allergy: Lidocaine"
    assert not tile.icon().isNull()
    dialogs.will_answer(None)
    qtbot.mouseClick(tile, LEFT)
    assert dialogs.asked[-1].text == "Allergy on file: Lidocaine"
    assert chair.stored.numbing == ()
    dialogs.will_answer("Patch test was clear")
    qtbot.mouseClick(page.picker.chips.button(CREAM.id), LEFT)
    assert [one.name for one in chair.stored.numbing] == [CREAM.name]
    assert [one.reason for one in chair.stored.overrides] == ["Patch test was clear"]
    (card,) = page.cards.values()
    assert card.findings.texts() == ("Allergy on file: Lidocaine",)
    (line,) = card.findings._lines
    QApplication.processEvents()
    right = line.mapTo(card, line.rect().topRight()).x()
    assert right == card.timer.mapTo(card, card.timer.rect().topRight()).x()


def test_without_an_allergy_no_tile_is_marked(qtbot: QtBot, chair: Chair) -> None:
    page = opened(qtbot, chair)
    tile = page.picker.chips.button(CREAM.id)
    assert (tile.text(), tile.icon().isNull()) == (CREAM.name, True)


def said_yes(chair: Chair, row: str) -> None:
    """The client answered this question with yes."""
    answer = ScreeningAnswer(contraindication=row, answer="yes", at=chair.clock.now())

    def change(draft: SessionDraft) -> SessionDraft:
        others = (one for one in draft.consultation.screening if one.contraindication != row)
        return draft.with_(consultation=draft.consultation.with_(screening=(*others, answer)))

    chair.presenter.edit(change)


@pytest.mark.parametrize("row", ["C10", "C11", "C23", "C41"])
def test_a_reason_against_the_cream_is_said_on_the_page_and_asks_before_it_is_recorded(
    qtbot: QtBot, chair: Chair, dialogs: ScriptedDialogs, row: str
) -> None:
    said_yes(chair, row)
    page, title = opened(qtbot, chair), chair.knowledge.contraindications[row].title
    assert page.against.isVisible()
    assert page.against.texts() == (f"Keep the numbing cream off: {title}",)
    dialogs.will_answer(None)
    qtbot.mouseClick(page.picker.chips.button(CREAM.id), LEFT)
    assert dialogs.asked[-1].text == f"Keep {CREAM.name} off: {title}"
    assert chair.stored.numbing == ()
    dialogs.will_answer("Her doctor agreed in writing")
    qtbot.mouseClick(page.picker.chips.button(CREAM.id), LEFT)
    (card,) = page.cards.values()
    assert card.findings.texts() == (f"Keep {CREAM.name} off: {title}",)
    assert [one.reason for one in chair.stored.overrides] == ["Her doctor agreed in writing"]
    asked = len(dialogs.asked)
    qtbot.mouseClick(card.timer.apply, LEFT)
    assert chair.stored.numbing[0].on_at == at(14, 40)
    assert len(dialogs.asked) == asked, "the reason that was given stands"


def test_what_is_answered_after_the_cream_was_chosen_asks_before_it_is_applied(
    qtbot: QtBot, chair: Chair, dialogs: ScriptedDialogs
) -> None:
    page, card = with_cream(qtbot, chair)
    said_yes(chair, "C41")
    assert not page.against.isVisible()
    assert card.findings.texts() == (f"Keep {CREAM.name} off: Reasons against the anaesthetic",)
    dialogs.will_answer(None)
    qtbot.mouseClick(card.timer.apply, LEFT)
    assert chair.stored.numbing[0].on_at is None
    dialogs.will_answer("She is not pregnant after all")
    qtbot.mouseClick(card.timer.apply, LEFT)
    assert chair.stored.numbing[0].on_at == at(14, 40)
    assert [one.finding.level for one in chair.stored.overrides] == [Level.STOP]


def test_a_cream_that_is_put_on_before_all_was_asked_asks_once_and_names_what_was_not(
    qtbot: QtBot, chair: Chair, dialogs: ScriptedDialogs
) -> None:
    chair.presenter.edit(
        lambda draft: draft.with_(consultation=draft.consultation.with_(screening=(), allergies_confirmed_at=None))
    )
    page, card = with_cream(qtbot, chair)
    assert not dialogs.asked, "it is not on the skin yet"
    dialogs.will_answer(None)
    qtbot.mouseClick(card.timer.apply, LEFT)
    asked = dialogs.asked[-1]
    assert asked.text == f"{CREAM.name} before these questions are answered"
    assert chair.stored.numbing[0].on_at is None
    dialogs.will_answer("Asked by word of mouth: nothing speaks against it")
    qtbot.mouseClick(card.timer.apply, LEFT)
    assert chair.stored.numbing[0].on_at == at(14, 40)
    (kept,) = chair.stored.overrides
    for title in ("Allergy to metal", "Allergy to a local anaesthetic", "Reasons against", "Allergies, not confirmed"):
        assert title in kept.finding.detail
    count = len(dialogs.asked)
    qtbot.mouseClick(card.timer.remove, LEFT)
    qtbot.mouseClick(page.picker.chips.button(OTHER_CREAM.id), LEFT)
    qtbot.mouseClick(list(page.cards.values())[1].timer.apply, LEFT)
    assert chair.stored.numbing[1].on_at == at(14, 40)
    assert len(dialogs.asked) == count, "the word that was given stands for the visit"


def test_a_cream_out_of_date_asks_before_it_is_applied(qtbot: QtBot, chair: Chair, dialogs: ScriptedDialogs) -> None:
    chair.materials.remember_lot(CREAM.id, "OLD", EXPIRED_ON)
    _, card = with_cream(qtbot, chair)
    qtbot.mouseClick(card.lot.chips.button("OLD"), LEFT)
    dialogs.will_answer(None)
    qtbot.mouseClick(card.timer.apply, LEFT)
    assert dialogs.asked[-1].text == f"{CREAM.name} is out of date"
    assert chair.stored.numbing[0].on_at is None


def test_a_time_typed_for_an_expired_cream_is_not_taken_without_a_reason(
    qtbot: QtBot, chair: Chair, dialogs: ScriptedDialogs
) -> None:
    chair.materials.remember_lot(CREAM.id, "OLD", EXPIRED_ON)
    _, card = with_cream(qtbot, chair)
    qtbot.mouseClick(card.lot.chips.button("OLD"), LEFT)
    card.set_open(True)
    dialogs.will_answer(None)
    typed(qtbot, card.on_at.field.line, "14:30")
    assert chair.stored.numbing[0].on_at is None
    assert card.on_at.field.raw_text() == ""


def test_another_lot_of_a_cream_that_is_on_asks_where_it_is_out_of_date(
    qtbot: QtBot, chair: Chair, dialogs: ScriptedDialogs
) -> None:
    chair.materials.remember_lot(CREAM.id, "OLD", EXPIRED_ON)
    chair.materials.remember_lot(CREAM.id, "NEW", GOOD_UNTIL)
    _, card = with_cream(qtbot, chair)
    qtbot.mouseClick(card.timer.apply, LEFT)
    card.set_open(True)
    dialogs.will_answer(None)
    qtbot.mouseClick(card.lot.chips.button("OLD"), LEFT)
    assert chair.stored.numbing[0].lot == "NEW"
    assert card.lot.chips.value() == "NEW"
    dialogs.will_answer("It is the one that was used")
    qtbot.mouseClick(card.lot.chips.button("OLD"), LEFT)
    assert chair.stored.numbing[0].lot == "OLD"
    assert [one.finding.code for one in chair.stored.overrides] == ["lot-expired"]


def test_more_than_the_label_allows_asks_before_it_is_applied(
    qtbot: QtBot, chair: Chair, dialogs: ScriptedDialogs
) -> None:
    _, card = with_cream(qtbot, chair)
    typed(qtbot, card.grams.line, "400")
    dialogs.will_answer(None)
    qtbot.mouseClick(card.timer.apply, LEFT)
    assert chair.stored.numbing[0].on_at is None
