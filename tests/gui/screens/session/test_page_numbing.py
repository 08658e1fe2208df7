"""Numbing: the clock is read from the draft, the dose is held against the label, every time can be corrected."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from needlelog.domain.findings import Gate
from needlelog.domain.session import Plan
from needlelog.domain.treatment import PlannedZone
from tests.builders import an_anaesthetic, an_id
from tests.gui.screens.session.chair import (
    COLLEAGUE,
    CREAM,
    EXPIRED_ON,
    ME,
    OTHER_CREAM,
    Chair,
    at,
    emptied,
    typed,
    undo,
)
from ui.screens.session.numbing_card import NumbingCard
from ui.screens.session.pages.numbing import NumbingPage

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def chair(chair: Chair) -> Chair:
    """A visit in which all that a cream rests on was asked."""
    chair.answer_before_numbing()
    return chair


def opened(qtbot: QtBot, chair: Chair) -> NumbingPage:
    page = chair.page(NumbingPage)
    qtbot.addWidget(page)
    page.show()
    return page


def with_cream(qtbot: QtBot, chair: Chair) -> tuple[NumbingPage, NumbingCard]:
    page = opened(qtbot, chair)
    qtbot.mouseClick(page.picker.chips.button(CREAM.id), LEFT)
    (card,) = page.cards.values()
    return page, card


def test_one_tap_makes_an_application_with_its_label_and_the_planned_zones(qtbot: QtBot, chair: Chair) -> None:
    plan = Plan(zones=(PlannedZone(zone="cheek_left"), PlannedZone(zone="chin")))
    chair.presenter.edit(lambda draft: draft.with_(consultation=draft.consultation.with_(plan=plan)))
    _, card = with_cream(qtbot, chair)
    (numbing,) = chair.stored.numbing
    assert (numbing.name, numbing.strength, numbing.by) == (CREAM.name, "lidocaine 4 %", ME.signature)
    assert numbing.limits == CREAM.anaesthetic
    assert numbing.zones == ("cheek_left", "chin")
    assert card.zones.chips.value() == frozenset({"cheek_left", "chin"})
    assert numbing.on_at is None
    assert card.timer.apply.text() == "Apply now: 14:40"


def test_apply_now_takes_the_moment_and_the_clock_is_read_not_counted(qtbot: QtBot, chair: Chair) -> None:
    page, card = with_cream(qtbot, chair)
    qtbot.mouseClick(card.timer.apply, LEFT)
    assert chair.stored.numbing[0].on_at == at(14, 40)
    chair.clock.advance(minutes=18, seconds=22)
    page.tick()
    assert card.timer.clock.text() == "18:22"
    assert "11:38 to go" in card.timer.state.text()
    chair.clock.advance(minutes=-30)
    page.tick()
    assert card.timer.clock.text() == "00:00"


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (29, "01:00 to go"),
        (30, "Within 30 to 60 min"),
        (59, "Within 30 to 60 min"),
        (61, "Over time: the label ends at 60 min"),
    ],
)
def test_the_words_follow_the_label(qtbot: QtBot, chair: Chair, minutes: int, said: str) -> None:
    page, card = with_cream(qtbot, chair)
    qtbot.mouseClick(card.timer.apply, LEFT)
    chair.clock.advance(minutes=minutes)
    page.tick()
    assert said in card.timer.state.text()


def test_a_restart_goes_on_from_the_same_moment(qtbot: QtBot, chair: Chair) -> None:
    page, card = with_cream(qtbot, chair)
    qtbot.mouseClick(card.timer.apply, LEFT)
    page.hide()
    chair.clock.advance(hours=1, minutes=5, seconds=7)
    chair.restart()
    again = opened(qtbot, chair)
    (card,) = again.cards.values()
    assert card.timer.clock.text() == "1:05:07"
    assert card.timer.remove.text() == "Removed now: 15:45"
    assert not card.timer.apply.isVisible()


def test_removed_now_ends_it_and_undo_starts_it_again(qtbot: QtBot, chair: Chair) -> None:
    page, card = with_cream(qtbot, chair)
    qtbot.mouseClick(card.timer.apply, LEFT)
    chair.clock.advance(minutes=35)
    page.tick()
    qtbot.mouseClick(card.timer.remove, LEFT)
    assert chair.stored.numbing[0].removed_at == at(15, 15)
    assert card.timer.state.text() == "Removed: on for 35 min, 14:40 to 15:15"
    chair.clock.advance(minutes=10)
    page.tick()
    assert card.timer.clock.text() == "35:00"
    undo(qtbot, page)
    assert chair.stored.numbing[0].removed_at is None
    assert card.timer.clock.text() == "45:00"


def test_while_it_is_on_needling_waits(qtbot: QtBot, chair: Chair) -> None:
    page, card = with_cream(qtbot, chair)
    qtbot.mouseClick(card.timer.apply, LEFT)
    assert "numbing-on" in {one.code for one in chair.presenter.open_findings(Gate.NEEDLING)}
    assert card.findings.texts() == (), "the running clock says it already"
    page.tick()
    qtbot.mouseClick(card.timer.remove, LEFT)
    assert "numbing-on" not in {one.code for one in chair.presenter.open_findings(Gate.NEEDLING)}


def test_emptied_amounts_are_taken_off_the_record(qtbot: QtBot, chair: Chair) -> None:
    _, card = with_cream(qtbot, chair)
    typed(qtbot, card.grams.line, "12")
    typed(qtbot, card.area.line, "300")
    assert (chair.stored.numbing[0].applied_g, chair.stored.numbing[0].area_cm2) == (12, 300)
    emptied(qtbot, card.grams.line)
    assert (chair.stored.numbing[0].applied_g, chair.stored.numbing[0].area_cm2) == (None, 300)
    card.area.line.clear()
    card.leave()
    assert chair.stored.numbing[0].area_cm2 is None
    assert card.area.line.placeholderText() == "–"


def test_times_can_be_typed(qtbot: QtBot, chair: Chair) -> None:
    _, card = with_cream(qtbot, chair)
    typed(qtbot, card.on_at.field.line, "13:50")
    typed(qtbot, card.off_at.field.line, "14.30")
    (numbing,) = chair.stored.numbing
    assert (numbing.on_at, numbing.removed_at) == (at(13, 50), at(14, 30))
    assert card.timer.clock.text() == "40:00"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("25:00", "not a time of day"),
        ("abc", "not a time of day"),
        ("14:41", "in the future"),
        ("13:49", "before 13:50"),
    ],
)
def test_a_wrong_time_stays_in_the_entry_and_out_of_the_record(
    qtbot: QtBot, chair: Chair, text: str, said: str
) -> None:
    _, card = with_cream(qtbot, chair)
    typed(qtbot, card.on_at.field.line, "13:50")
    typed(qtbot, card.off_at.field.line, text)
    assert chair.stored.numbing[0].removed_at is None
    assert card.off_at.field.raw_text() == text
    assert said in card.off_at.field.line.accessibleDescription()


def test_on_cannot_come_after_removed(qtbot: QtBot, chair: Chair) -> None:
    _, card = with_cream(qtbot, chair)
    typed(qtbot, card.on_at.field.line, "13:50")
    typed(qtbot, card.off_at.field.line, "14:20")
    typed(qtbot, card.on_at.field.line, "14:30")
    assert chair.stored.numbing[0].on_at == at(13, 50)
    assert "after 14:20" in card.on_at.field.line.accessibleDescription()


def test_an_application_over_midnight_keeps_its_day(qtbot: QtBot, chair: Chair) -> None:
    chair.clock.advance(hours=9)
    chair.presenter.edit(lambda draft: draft.with_(started_at=at(23, 30)))
    _, card = with_cream(qtbot, chair)
    typed(qtbot, card.on_at.field.line, "23:38")
    assert chair.stored.numbing[0].on_at == at(23, 38)
    chair.clock.advance(minutes=40)
    typed(qtbot, card.off_at.field.line, "0:10")
    assert card.timer.clock.text() == "32:00"


@pytest.mark.parametrize(("text", "grams"), [("0,5", "0.5"), ("0.5", "0.5"), (".5", "0.5"), ("12", "12"), ("٣", "3")])
def test_grams_are_read_with_either_mark(qtbot: QtBot, chair: Chair, text: str, grams: str) -> None:
    _, card = with_cream(qtbot, chair)
    typed(qtbot, card.grams.line, text)
    assert chair.stored.numbing[0].applied_g == Decimal(grams)


@pytest.mark.parametrize("text", ["abc", "-1", "10 000", "10000", "0", "0.555", "1e2"])
def test_a_wrong_amount_stays_in_the_entry_and_out_of_the_record(qtbot: QtBot, chair: Chair, text: str) -> None:
    page, card = with_cream(qtbot, chair)
    typed(qtbot, card.grams.line, text)
    assert chair.stored.numbing[0].applied_g is None
    assert card.grams.raw_text() == text
    assert card.grams.line.accessibleDescription()
    qtbot.mouseClick(card.timer.apply, LEFT)
    assert card.grams.raw_text() == text, "saving something else must not disturb what is being typed"
    page.leaving()
    assert chair.stored.numbing[0].applied_g is None


def test_the_dose_is_computed_and_held_against_the_label(qtbot: QtBot, chair: Chair) -> None:
    _, card = with_cream(qtbot, chair)
    typed(qtbot, card.grams.line, "10")
    assert card.dose.text() == "lidocaine 400 mg applied; by injection at most 300 mg and 4.5 mg/kg."
    said = "Label: at most 40 g, on at most 900 cm². On the skin the limit of injections is advice only."
    assert card.printed.text() == said
    assert card.source.text().startswith("Sources: test; ")
    assert card.findings.texts() == ()
    typed(qtbot, card.grams.line, "41")
    assert card.findings.texts() == ("More Lidocaine cream 4 % than its label allows",)
    typed(qtbot, card.area.line, "901")
    assert card.findings.texts() == (
        "More Lidocaine cream 4 % than its label allows",
        "Lidocaine cream 4 % on a larger area than its label allows",
    )


def test_two_creams_have_two_clocks(qtbot: QtBot, chair: Chair) -> None:
    page, first = with_cream(qtbot, chair)
    qtbot.mouseClick(first.timer.apply, LEFT)
    chair.clock.advance(minutes=10)
    qtbot.mouseClick(page.picker.chips.button(OTHER_CREAM.id), LEFT)
    second = list(page.cards.values())[1]
    qtbot.mouseClick(second.timer.apply, LEFT)
    chair.clock.advance(minutes=5)
    page.tick()
    assert (first.timer.clock.text(), second.timer.clock.text()) == ("15:00", "05:00")


def test_a_nervous_second_tap_makes_no_second_application(qtbot: QtBot, chair: Chair) -> None:
    page, card = with_cream(qtbot, chair)
    qtbot.mouseClick(page.picker.chips.button(CREAM.id), LEFT)
    assert len(chair.stored.numbing) == 1
    qtbot.mouseClick(card.timer.apply, LEFT)
    qtbot.mouseClick(page.picker.chips.button(CREAM.id), LEFT)
    assert len(chair.stored.numbing) == 2, "once it is on, the same cream can be put on again elsewhere"


def test_an_expired_cream_is_said_at_once(qtbot: QtBot, chair: Chair) -> None:
    chair.materials.remember_lot(CREAM.id, "OLD", EXPIRED_ON)
    _, card = with_cream(qtbot, chair)
    qtbot.mouseClick(card.lot.chips.button("OLD"), LEFT)
    assert card.findings.texts() == ("Lidocaine cream 4 % is out of date",)


def test_removing_an_application_can_be_undone(qtbot: QtBot, chair: Chair) -> None:
    page, card = with_cream(qtbot, chair)
    qtbot.mouseClick(card.timer.apply, LEFT)
    before = chair.stored.numbing
    qtbot.mouseClick(card.remove, LEFT)
    assert chair.stored.numbing == ()
    undo(qtbot, page)
    assert chair.stored.numbing == before
    assert [shown.numbing for shown in page.cards.values()] == list(before)


def test_somebody_else_can_have_applied_it(qtbot: QtBot, chair: Chair) -> None:
    chair.people = (ME, COLLEAGUE)
    _, card = with_cream(qtbot, chair)
    qtbot.mouseClick(card.by.button(COLLEAGUE.signature), LEFT)
    assert chair.stored.numbing[0].by == "Tom Reed"


def test_the_early_signs_of_too_much_are_shown_with_their_source(qtbot: QtBot, chair: Chair) -> None:
    page = opened(qtbot, chair)
    assert not page.signs.isVisible()
    qtbot.mouseClick(page.picker.chips.button(CREAM.id), LEFT)
    assert page.signs.isVisible()


def test_it_ticks_only_while_it_is_seen(qtbot: QtBot, chair: Chair) -> None:
    page, card = with_cream(qtbot, chair)
    qtbot.mouseClick(card.timer.apply, LEFT)
    page.hide()
    chair.clock.advance(minutes=3)
    assert not page.ticking
    page.show()
    assert page.ticking
    assert card.timer.clock.text() == "03:00"


def test_a_finding_leads_to_its_application(qtbot: QtBot, chair: Chair) -> None:
    page, card = with_cream(qtbot, chair)
    qtbot.mouseClick(card.timer.apply, LEFT)
    page.focus_field(f"numbing:{card.numbing.id}")
    assert page.focusWidget() is card.timer.remove
    card.set_open(False)
    page.focus_field(f"lot:{CREAM.name}")
    assert page.focusWidget() is card.lot.code.line


@pytest.mark.parametrize(("shipped", "differs"), [("emla-eu", True), ("lmx4-uk", False)])
def test_limits_on_which_sources_differ_are_said_to_be_the_safer_ones(
    qtbot: QtBot, chair: Chair, shipped: str, differs: bool
) -> None:
    entry = chair.knowledge.products[shipped]
    listed = an_anaesthetic(id=an_id(60), name=entry.name, anaesthetic=entry.anaesthetic)
    chair.list.add(listed)
    page = opened(qtbot, chair)
    qtbot.mouseClick(page.picker.chips.button(listed.id), LEFT)
    (card,) = page.cards.values()
    assert ("Sources differ; the safer value is used." in card.printed.text()) is differs


def test_with_the_body_weight_the_most_for_this_body_is_said(qtbot: QtBot, chair: Chair) -> None:
    _, card = with_cream(qtbot, chair)
    assert card.weight.isVisible()
    typed(qtbot, card.grams.line, "5")
    typed(qtbot, card.weight.kilograms.line, "61,5")
    assert chair.stored.consultation.weight_kg == Decimal("61.5")
    said = "lidocaine 200 mg applied; by injection at most 276.75 mg (4.5 mg/kg at 61.5 kg)."
    assert card.dose.text() == said
    typed(qtbot, card.weight.kilograms.line, "90")
    assert "at most 300 mg in all (4.5 mg/kg at 90 kg is more)" in card.dose.text()
    typed(qtbot, card.weight.kilograms.line, "1")
    assert chair.stored.consultation.weight_kg == Decimal(90)  # nobody weighs that: it is not taken
    emptied(qtbot, card.weight.kilograms.line)
    assert chair.stored.consultation.weight_kg is None


def test_a_weight_that_is_hardly_one_of_an_adult_is_questioned(qtbot: QtBot, chair: Chair) -> None:
    _, card = with_cream(qtbot, chair)
    typed(qtbot, card.weight.kilograms.line, "5")
    assert chair.stored.consultation.weight_kg == Decimal(5)
    assert card.findings.texts() == ("5 kg for an adult? Check the body weight",)
    typed(qtbot, card.weight.kilograms.line, "55")
    assert card.findings.texts() == ()


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (59, "Within the usual 30 to 60 min"),
        (60, "Usual time over (30 to 60 min): wipe it off. The label ends at 300 min."),
        (300, "Over time: the label ends at 300 min. Remove it now."),
    ],
)
def test_a_label_that_allows_more_than_is_usual_says_what_the_usual_time_was(
    qtbot: QtBot, chair: Chair, minutes: int, said: str
) -> None:
    entry = chair.knowledge.products["lmx4-uk"]
    listed = an_anaesthetic(id=an_id(60), name=entry.name, anaesthetic=entry.anaesthetic, knowledge_id=entry.id)
    chair.list.add(listed)
    page = opened(qtbot, chair)
    qtbot.mouseClick(page.picker.chips.button(listed.id), LEFT)
    (card,) = page.cards.values()
    assert card.timer.state.text() == "Usually 30 to 60 min on the skin; the label ends at 300 min"
    assert "at most 2 g on 10 cm²" in card.printed.text()
    qtbot.mouseClick(card.timer.apply, LEFT)
    chair.clock.advance(minutes=minutes)
    page.tick()
    assert card.timer.state.text() == said
    assert chair.stored.running[0].usual_min == 60


def test_a_limit_that_the_clinic_shortens_meanwhile_counts_at_once_and_says_so(qtbot: QtBot, chair: Chair) -> None:
    page, card = with_cream(qtbot, chair)
    qtbot.mouseClick(card.timer.apply, LEFT)
    assert not card.timer.note.isVisible()
    limits = CREAM.anaesthetic
    assert limits is not None
    chair.list.add(CREAM.with_(anaesthetic=limits.with_(dwell_max_min=40)))
    chair.clock.advance(minutes=41)
    chair.presenter.refresh()
    page.entered()
    assert "the label ends at 40 min" in card.timer.state.text()
    assert card.timer.note.text() == (
        "Changed since it was recorded (On the skin for at most: 60 min, now 40 min). The stricter counts."
    )
    assert chair.stored.numbing[0].limits == limits, "the record keeps what it was applied with"
