"""The consultation: each part, what it stores, and what happens to wrong entries."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit

from needlelog.domain.client import Allergy, AllergyState, Fact, FactKind
from needlelog.domain.findings import StepId
from needlelog.domain.partial_date import PartialDate, Precision
from needlelog.domain.treatment import PlannedZone
from tests import builders as b
from tests.gui.keys import type_text
from tests.gui.screens.session.room import Room, named, tap, texts
from ui.screens.session.consultation.question_row import QuestionRow
from ui.screens.session.screen import SessionScreen
from ui.widgets.chips import ChipRow, GradeRow
from ui.widgets.section_tabs import SectionTabs
from ui.widgets.zone_map import ZoneMap

PARTS = ("today", "preparation", "screening", "allergies", "baseline", "plan")


def open_part(screen: SessionScreen, part: str) -> None:
    tabs = screen.page.findChildren(SectionTabs)[0]
    # A visit that repeats another has one more part, before these.
    tabs.setCurrentIndex(tabs.count() - len(PARTS) + PARTS.index(part))
    QApplication.processEvents()


def at(room: Room, part: str) -> SessionScreen:
    screen = room.open(room.start())
    open_part(screen, part)
    return screen


def row_of(screen: SessionScreen, question: str) -> QuestionRow:
    return next(one for one in screen.page.findChildren(QuestionRow) if question in texts(one))


def test_concerns_words_and_skin_type(room: Room) -> None:
    screen = at(room, "today")
    tap(screen, "Acne scars")
    tap(screen, "Melasma")
    tap(screen, "IV")
    stored = room.stored(screen.draft_id).consultation
    assert stored.fitzpatrick == 4
    assert set(stored.concerns) == {"acne-scars", "melasma"}
    tap(screen, "Melasma")
    assert room.stored(screen.draft_id).consultation.concerns == ("acne-scars",)


@pytest.mark.parametrize("typed", ["x" * 5001, "bell \x07 here"])
def test_words_that_cannot_be_kept_stay_and_are_explained(room: Room, typed: str) -> None:
    screen = at(room, "today")
    words = named(screen, QPlainTextEdit, "In the client's words")
    words.setPlainText(typed)
    tap(screen, "Next")
    tap(screen, "Back")
    assert room.stored(screen.draft_id).consultation.concern_note in ("", typed)
    if not room.stored(screen.draft_id).consultation.concern_note:
        open_part(screen, "today")
        assert words.toPlainText() == typed
        assert words.accessibleDescription()


@pytest.mark.parametrize(
    "typed", ['<img src="/etc/passwd">', "R&D", "\u05e9\u05dc\u05d5\u05dd", "\U0001f600", "e\u0301\u0323", "a\nb"]
)
def test_words_of_any_script_are_kept_as_they_are(room: Room, typed: str) -> None:
    screen = at(room, "today")
    named(screen, QPlainTextEdit, "In the client's words").setPlainText(typed)
    assert screen.deactivate()
    kept = room.stored(screen.draft_id).consultation.concern_note
    again = room.open(screen.draft_id)
    open_part(again, "today")
    assert named(again, QPlainTextEdit, "In the client's words").toPlainText() == kept
    assert kept.replace("\u00e9", "e\u0301") == typed or kept == typed or len(kept) == len(typed)


def test_next_leads_through_the_parts_that_are_open_and_then_on(room: Room) -> None:
    screen = room.open(room.start())
    tabs = screen.page.findChildren(SectionTabs)[0]
    shown = []
    for _ in PARTS[1:]:
        tap(screen, "Next")
        shown.append(PARTS[tabs.currentIndex()])
    assert tuple(shown) == PARTS[1:]
    open_part(screen, "today")
    tap(screen, "Next")
    tap(screen, "All kept")
    open_part(screen, "today")
    tap(screen, "Next")
    assert PARTS[tabs.currentIndex()] == "screening"
    open_part(screen, "plan")
    tap(screen, "Next")
    assert screen.presenter.draft.step is StepId.CONSENT


def test_preparation_one_by_one_and_the_rest_at_once(room: Room) -> None:
    screen = at(room, "preparation")
    first = screen.page.findChildren(QuestionRow)[0]
    tap(first, "No")
    tap(screen, "All kept")
    kept = {one.item: one.kept for one in room.stored(screen.draft_id).consultation.preparation}
    assert sorted(kept) == sorted(b.PREPARATION_IDS)
    assert sorted(kept.values()) == ["no"] + ["yes"] * 5


def test_a_preparation_that_the_screening_asks_about_too_says_the_same_of_it(room: Room) -> None:
    screen = at(room, "preparation")
    rows = screen.page.findChildren(QuestionRow)
    thinners = next(one for one in rows if "blood thinner" in texts(one))
    tap(thinners, "No")
    assert f"Noted on the record. {room.desk.knowledge.contraindications['C08'].detail}" in texts(thinners)
    bare = next(one for one in rows if "without make-up" in texts(one))
    tap(bare, "No")
    assert "Noted on the record" in texts(bare).splitlines()


def test_screening_goes_through_all_groups(room: Room) -> None:
    screen = at(room, "screening")
    for _ in range(6):
        tap(screen, "Read out: none applies")
    asked = screen.presenter.questions(screen.presenter.draft)
    answers = room.stored(screen.draft_id).consultation.screening
    assert {one.contraindication for one in answers} == {one.id for one in asked}
    assert {one.answer for one in answers} == {"no"}


def test_only_a_group_of_which_all_is_answered_bears_a_tick(room: Room) -> None:
    screen = at(room, "screening")

    def ticked() -> list[str]:
        groups = [one for one in screen.page.findChildren(QAbstractButton) if "  " in one.text() and "/" in one.text()]
        return [one.text() for one in groups if not one.icon().isNull()]

    assert ticked() == []
    tap(screen, "Read out: none applies")
    assert ticked() == ["Skin today  7/7"]


def test_a_yes_is_judged_at_once_and_a_wrong_day_stays(room: Room) -> None:
    screen = at(room, "screening")
    entry = next(one for one in screen.presenter.questions(screen.presenter.draft) if one.wait)
    screen.page.focus_field(f"screening:{entry.id}")
    QApplication.processEvents()
    row = row_of(screen, entry.question)
    tap(row, "Yes")
    day = next(one for one in row.findChildren(QLineEdit) if one.isVisible())
    day.setFocus()
    type_text(day, "31 2 2026")
    tap(screen, "Next")
    assert room.stored(screen.draft_id).consultation.screening[-1].ended_on is None
    tap(screen, "Back")
    screen.page.focus_field(f"screening:{entry.id}")
    assert day.text() == "31 2 2026"
    assert "does not exist" in day.accessibleDescription()
    day.clear()
    type_text(day, "1 11 2026")
    assert screen.deactivate()
    assert room.stored(screen.draft_id).consultation.screening[-1].ended_on == date(2026, 11, 1)


def test_of_what_ended_in_a_month_the_last_day_counts_and_the_row_says_so(room: Room) -> None:
    screen = at(room, "screening")
    entry = next(one for one in screen.presenter.questions(screen.presenter.draft) if one.wait and one.wait.days > 60)
    screen.page.focus_field(f"screening:{entry.id}")
    QApplication.processEvents()
    row = row_of(screen, entry.question)
    tap(row, "Yes")
    ended = next(one for one in row.findChildren(QLineEdit) if one.isVisible())
    ended.setFocus()
    type_text(ended, "10/2026")
    row.leaving()
    answer = room.stored(screen.draft_id).consultation.screening[-1]
    assert (answer.ended_on, answer.ended_precision) == (date(2026, 10, 31), Precision.MONTH)
    assert "(counted from 31-Oct-2026, only the month is known)" in texts(row)
    ended.clear()
    type_text(ended, "2020")
    row.leaving()
    assert room.stored(screen.draft_id).consultation.screening[-1].ended_on == date(2020, 12, 31)
    assert "Waiting period is over (counted from 31-Dec-2020, only the year is known)" in texts(row)
    tap(screen, "Next")
    tap(screen, "Back")
    screen.page.focus_field(f"screening:{entry.id}")
    assert ended.text() == "2020"


def test_a_planned_chemotherapy_takes_the_day_it_begins(room: Room) -> None:
    screen = at(room, "screening")
    entry = next(one for one in screen.presenter.questions(screen.presenter.draft) if one.ahead)
    screen.page.focus_field(f"screening:{entry.id}")
    QApplication.processEvents()
    row = row_of(screen, entry.question)
    tap(row, "Yes")
    assert f"Stop: {entry.detail}" in texts(row)
    begins = next(one for one in row.findChildren(QLineEdit) if one.isVisible())
    assert begins.accessibleName() == "It begins on (leave empty if nobody knows)"
    for typed, kept, said in (
        ("17 12 2026", date(2026, 12, 17), "Stop: Begins 17-Dec-2026: in 3 weeks (27 days); the rule asks"),
        ("18 12 2026", date(2026, 12, 18), "Far enough ahead"),
        ("01/2027", date(2027, 1, 31), "Far enough ahead (counted from 01-Jan-2027, only the month is known)"),
    ):
        begins.clear()
        type_text(begins, typed)
        row.leaving()
        assert room.stored(screen.draft_id).consultation.screening[-1].ended_on == kept
        assert said in texts(row)
    begins.clear()
    type_text(begins, "18 12 2062")
    row.leaving()
    assert "too far ahead" in begins.accessibleDescription()
    assert room.stored(screen.draft_id).consultation.screening[-1].ended_on == date(2027, 1, 31)


def test_what_ended_takes_no_day_to_come(room: Room) -> None:
    screen = at(room, "screening")
    screen.page.focus_field("screening:C19")
    QApplication.processEvents()
    row = row_of(screen, room.desk.knowledge.contraindications["C19"].question)
    tap(row, "Yes")
    ended = next(one for one in row.findChildren(QLineEdit) if one.isVisible())
    type_text(ended, "18 12 2026")
    row.leaving()
    assert "in the future" in ended.accessibleDescription()
    assert room.stored(screen.draft_id).consultation.screening[-1].ended_on is None


def test_a_month_on_file_is_confirmed_as_the_month_it_is(room: Room) -> None:
    room.signed_visit(days_ago=34)
    fact = Fact(
        id=b.an_id(3),
        kind=FactKind.MEDICINE,
        text="Isotretinoin 20 mg",
        contraindication="C13",
        until=PartialDate(date(2026, 7, 1), Precision.MONTH),
        noted_on=date(2026, 8, 1),
    )
    room.desk.clients.save(room.desk.clients.get(room.client.id).with_(facts=(fact,)))
    screen = at(room, "screening")
    assert "On file: Isotretinoin 20 mg, until Jul-2026" in texts(screen.page)
    tap(screen, "Read out: still so")
    stored = {one.contraindication: one for one in room.stored(screen.draft_id).consultation.screening}
    assert (stored["C13"].ended_on, stored["C13"].ended_precision) == (date(2026, 7, 31), Precision.MONTH)


def test_nothing_on_file_is_asked_blind(room: Room) -> None:
    fact = Fact(
        id=b.an_id(3),
        kind=FactKind.MEDICINE,
        text="Isotretinoin 20 mg",
        contraindication="C01",
        since=PartialDate(date(2026, 7, 14)),
        noted_on=date(2026, 7, 14),
    )
    room.desk.clients.save(room.client.with_(facts=(fact,)))
    screen = at(room, "screening")
    screen.page.focus_field("screening:C01")
    QApplication.processEvents()
    assert "On file since 14-Jul-2026: Isotretinoin 20 mg" in texts(screen.page)
    tap(screen, "Read out: none applies")
    assert "C01" not in {one.contraindication for one in room.stored(screen.draft_id).consultation.screening}
    assert not named(screen, QAbstractButton, "Read out: none applies").isEnabled()


def test_standing_answers_of_the_last_visit_are_confirmed_at_one_tap_and_not_asked_again(room: Room) -> None:
    room.signed_visit(days_ago=34)
    fact = Fact(
        id=b.an_id(3),
        kind=FactKind.MEDICINE,
        text="Isotretinoin 20 mg",
        contraindication="C13",
        until=PartialDate(date(2026, 7, 14)),
        noted_on=date(2026, 8, 1),
    )
    room.desk.clients.save(room.desk.clients.get(room.client.id).with_(facts=(fact,)))
    screen = at(room, "screening")
    said = texts(screen.page)
    assert "On file: Isotretinoin 20 mg, until 14-Jul-2026" in said
    assert "Denied on 17-Oct-2026; tap what is different:" in said
    assert named(screen.page, QAbstractButton, "Different today: Keloid or raised scars").isVisible()
    tap(screen, "Read out: still so")
    stored = {one.contraindication: one for one in room.stored(screen.draft_id).consultation.screening}
    standing = {one.id for one in room.desk.knowledge.contraindications.values() if one.standing}
    assert set(stored) <= standing | {"C13"}
    assert {one.confirmed_from for one in stored.values()} == {date(2026, 10, 17), date(2026, 8, 1)}
    assert (stored["C13"].answer, stored["C13"].ended_on) == ("yes", date(2026, 7, 14))
    asked = {one.id for one in screen.presenter.questions(screen.presenter.draft)}
    while named_or_none(screen, "Read out: none applies"):
        tap(screen, "Read out: none applies")
    answered = {one.contraindication for one in room.stored(screen.draft_id).consultation.screening}
    assert answered == asked


def test_what_is_different_today_is_answered_by_itself(room: Room) -> None:
    room.signed_visit(days_ago=34)
    fact = Fact(
        id=b.an_id(3), kind=FactKind.CONDITION, text="Diabetes", contraindication="C17", noted_on=date(2026, 8, 1)
    )
    room.desk.clients.save(room.desk.clients.get(room.client.id).with_(facts=(fact,)))
    screen = at(room, "screening")
    tap(screen, "Different today: Diabetes")
    row = row_of(screen, room.desk.knowledge.contraindications["C17"].question)
    tap(row, "No")
    answers = {one.contraindication: one for one in room.stored(screen.draft_id).consultation.screening}
    assert (answers["C17"].answer, answers["C17"].confirmed_from) == ("no", None)


def test_an_allergy_on_file_is_answered_by_itself(room: Room) -> None:
    room.signed_visit(days_ago=34)
    allergy = Allergy(substance="Lidocaine", reaction="rash")
    client = room.desk.clients.get(room.client.id)
    room.desk.clients.save(client.with_(allergy_state=AllergyState.KNOWN, allergies=(allergy,)))
    screen = at(room, "screening")
    tap(screen, "Read out: still so")
    screen.page.focus_field("screening:C23")
    QApplication.processEvents()
    assert "Allergy on file: Lidocaine, rash" in texts(screen.page)
    assert not named(screen, QAbstractButton, "Read out: none applies").isEnabled()
    answered = {one.contraindication for one in room.stored(screen.draft_id).consultation.screening}
    allergies = {one.id for one in room.desk.knowledge.contraindications.values() if one.group == "allergies"}
    assert not answered & allergies


def test_a_cold_sore_in_one_zone_shuts_that_zone_only(room: Room) -> None:
    screen = at(room, "screening")
    entry = room.desk.knowledge.contraindications["C02"]
    screen.page.focus_field("screening:C02")
    QApplication.processEvents()
    tap(row_of(screen, entry.question), "Yes")
    tap(screen, "Everywhere: show where")
    drawn = next(one for one in screen.page.findChildren(ZoneMap) if one.isVisible())
    drawn.canvas.tapped.emit("chin")
    tap(screen, "Only there")
    stored = {one.contraindication: one for one in room.stored(screen.draft_id).consultation.screening}
    assert stored["C02"].zones == ("chin",)
    assert named(screen, QAbstractButton, "Only there: Chin").isVisible()
    tap(screen, "Only there: Chin")
    tap(screen, "Everywhere")
    stored = {one.contraindication: one for one in room.stored(screen.draft_id).consultation.screening}
    assert stored["C02"].zones == ()
    assert named(screen, QAbstractButton, "Everywhere: show where").isVisible()


def named_or_none(screen: SessionScreen, name: str) -> bool:
    return any(
        one.accessibleName() == name and one.isVisible() and one.isEnabled()
        for one in screen.page.findChildren(QAbstractButton)
    )


def test_allergies_are_confirmed_and_an_added_one_is_on_the_client(room: Room) -> None:
    screen = at(room, "allergies")
    tap(screen, "Confirmed with the client")
    assert room.stored(screen.draft_id).consultation.allergy_state is AllergyState.NONE_KNOWN
    type_text(named(screen, QLineEdit, "Add an allergy: substance"), "Lidocaine & <b>latex</b>")
    tap(screen, "Add allergy")
    added = (Allergy(substance="Lidocaine & <b>latex</b>"),)
    assert room.desk.clients.get(room.client.id).allergies == added
    assert room.stored(screen.draft_id).consultation.allergies == added


def test_one_tap_does_not_wipe_a_named_allergy(room: Room) -> None:
    known = room.desk.clients.get(room.client.id).with_(
        allergy_state=AllergyState.KNOWN, allergies=(Allergy(substance="Nickel"),)
    )
    room.desk.clients.save(known)
    screen = at(room, "allergies")
    tap(screen, "None known")
    assert room.desk.clients.get(room.client.id).allergies == known.allergies
    assert "Nickel stays on file" in texts(screen.page)
    tap(screen, "Add allergy")
    assert "Nickel stays on file" not in texts(screen.page)
    assert "No substance is named yet. Type it, then add it." in texts(screen.page)
    assert QApplication.focusWidget() is named(screen, QLineEdit, "Add an allergy: substance")


def test_baseline_grades_are_taken_and_taken_back(room: Room) -> None:
    screen = at(room, "baseline")
    row = next(one for one in screen.page.findChildren(GradeRow) if one.isVisible())
    row.button(2).click()
    assert [one.value for one in room.stored(screen.draft_id).consultation.baseline] == [2]
    row.button(2).click()
    assert not room.stored(screen.draft_id).consultation.baseline


def test_a_zone_is_planned_with_its_usual_depth_and_taken_off(room: Room) -> None:
    screen = at(room, "plan")
    drawn = next(one for one in screen.page.findChildren(ZoneMap) if one.isVisible())
    drawn.canvas.tapped.emit("forehead")
    zone = room.stored(screen.draft_id).consultation.plan.zones[0]
    assert (zone.zone, zone.confirmed) == ("forehead", True)
    assert zone.depth_mm is not None
    assert zone.usual_depth
    assert "The usual depth, chosen by nobody yet" in texts(screen.page)
    line = named(screen, QLineEdit, "Depth (mm)")
    line.setFocus()
    line.selectAll()
    type_text(line, "0,6")
    assert screen.deactivate()
    chosen = room.stored(screen.draft_id).consultation.plan.zones[0]
    assert (chosen.depth_mm, chosen.usual_depth) == (Decimal("0.60"), False)
    drawn.canvas.tapped.emit("eyelid_left")
    assert len(room.stored(screen.draft_id).consultation.plan.zones) == 1
    drawn.set_selected(("forehead",))
    tap(screen, "Take off the plan")
    assert not room.stored(screen.draft_id).consultation.plan.zones


def test_a_usual_depth_counts_as_chosen_once_it_is_confirmed(room: Room) -> None:
    screen = at(room, "plan")
    drawn = next(one for one in screen.page.findChildren(ZoneMap) if one.isVisible())
    for zone in ("forehead", "chin"):
        drawn.canvas.tapped.emit(zone)
    drawn.set_selected(("chin",))
    drawn.selection_changed.emit(["chin"])
    tap(screen, "Confirm")
    zones = {one.zone: one.usual_depth for one in room.stored(screen.draft_id).consultation.plan.zones}
    assert zones == {"forehead": True, "chin": False}
    assert "The usual depth" not in texts(screen.page)


def test_values_of_the_last_visit_count_when_they_are_confirmed(room: Room) -> None:
    room.signed_visit()
    screen = room.open(room.start(repeat=True))
    open_part(screen, "plan")
    assert "Taken from the visit of 17-Oct-2026" in texts(screen.page)
    drawn = next(one for one in screen.page.findChildren(ZoneMap) if one.isVisible())
    assert "last visit 0.75 mm" in drawn.zone_text("cheek_left")
    drawn.canvas.tapped.emit("cheek_left")
    tap(screen, "Confirm")
    zones = {one.zone: one.confirmed for one in room.stored(screen.draft_id).consultation.plan.zones}
    assert zones == {"forehead": False, "cheek_left": True, "cheek_right": False}
    tap(screen, "Confirm all")
    assert all(one.confirmed for one in room.stored(screen.draft_id).consultation.plan.zones)


def test_the_tabs_say_what_is_complete(room: Room) -> None:
    screen = at(room, "today")
    tabs = screen.page.findChildren(SectionTabs)[0]
    assert tabs.accessibleTabName(0) == "Today"
    tap(screen, "Melasma")
    assert tabs.accessibleTabName(0) == "Today, complete"
    assert screen.page.step is StepId.CONSULTATION
    assert screen.page.findChildren(ChipRow)


def test_the_plan_names_its_zones_with_their_depths(room: Room) -> None:
    zones = (
        PlannedZone(zone="chin", depth_mm=Decimal("0.5")),
        PlannedZone(zone="cheek_right", device_id=b.DEVICE_ID, depth_mm=Decimal(1)),
        PlannedZone(zone="cheek_left", device_id=b.DEVICE_ID, depth_mm=Decimal(1)),
        PlannedZone(zone="forehead"),
    )
    plan = b.a_consultation().plan.with_(zones=zones)
    screen = room.at(StepId.CONSULTATION, change=lambda x: x.with_(consultation=b.a_consultation(plan=plan)))
    open_part(screen, "plan")
    said = texts(screen.page).replace("\u00a0", " ")
    assert "1.00 mm, Test Pen: Left cheek, Right cheek" in said
    assert "0.50 mm: Chin" in said
    assert "No depth yet: Forehead" in said
