"""Precautions at the chair: considered at one tap in the drawer, a deep pass asked about once, and told when signed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from needlelog.domain.findings import Considered, Finding, Gate, Level, StepId
from needlelog.domain.session import ScreeningAnswer, SessionDraft
from needlelog.domain.signed import SignedSession
from needlelog.domain.treatment import NeedlingPass
from needlelog.i18n import Words
from needlelog.workflow.precautions import with_considered
from tests import builders as b
from tests.gui.screens.session.room import Room, named, ready_for_needling, tap, texts, to_the_passes, whole
from tests.gui.screens.session.test_page_aftercare import part
from tests.gui.screens.session.test_page_needling import choose, recorded, type_depth, undo_of
from ui.screens.record.screen import RecordScreen
from ui.screens.session.drawer import FindingsDrawer
from ui.screens.session.needling.cartridge import CartridgeInUse
from ui.screens.session.needling.depth_question import depth_question, open_in_words
from ui.screens.session.needling.pass_list import PassList
from ui.screens.session.needling.setting_panel import SettingPanel
from ui.screens.session.screen import SessionScreen
from ui.widgets.finding_bar import FindingList

PAINKILLER, SENSITIVE = "Anti-inflammatory painkiller", "Sensitive skin or another condition"


def with_yes(draft: SessionDraft) -> SessionDraft:
    """A painkiller two days ago, and sensitive skin."""
    ended = {"C09": date(2026, 11, 18), "C44": None}
    answers = (
        one.with_(answer="yes", ended_on=ended[one.contraindication]) if one.contraindication in ended else one
        for one in draft.consultation.screening
    )
    return draft.with_(consultation=draft.consultation.with_(screening=tuple(answers)))


def with_yes_early(draft: SessionDraft) -> SessionDraft:
    """The same with everything after the questions still to do."""
    return with_yes(draft.with_(consultation=b.a_consultation()))


def at_consultation(draft: SessionDraft) -> SessionDraft:
    return with_yes(ready_for_needling(draft))


def drawer(screen: SessionScreen) -> FindingsDrawer:
    return screen.findChildren(FindingsDrawer)[0]


def kept(room: Room, screen: SessionScreen) -> tuple[Considered, ...]:
    return room.stored(screen.draft_id).considered


@pytest.fixture
def asked(room: Room) -> SessionScreen:
    """A visit with two precautions, and its drawer open."""
    screen = room.open(room.start(change=at_consultation))
    tap(screen, "2 precautions")
    return screen


def test_one_tap_answers_and_the_count_goes_down(room: Room, asked: SessionScreen) -> None:
    waiting = named(drawer(asked), FindingList, "Precautions to consider")
    assert {PAINKILLER, SENSITIVE} <= set(texts(waiting).split("\n"))
    assert "Precautions to consider (2)" in texts(drawer(asked))
    tap(drawer(asked), f"I have considered this: {PAINKILLER}")
    assert not room.dialogs.asked
    (said,) = kept(room, asked)
    assert (said.finding.code, said.by, said.at, said.note) == ("C09", "Mara Lindt, RN", room.clock.now(), "")
    assert PAINKILLER not in texts(waiting)
    assert "Considered by Mara Lindt, RN, 14:40" in texts(named(drawer(asked), FindingList, "Considered"))
    assert named(asked, QAbstractButton, "1 precaution")
    tap(drawer(asked), f"I have considered this: {SENSITIVE}")
    assert named(asked, QAbstractButton, "No findings")
    assert not waiting.isVisible()


def test_a_note_is_optional_and_can_be_changed_and_taken_away(room: Room, asked: SessionScreen) -> None:
    tap(drawer(asked), f"I have considered this: {PAINKILLER}")
    room.dialogs.will_answer(None, "One tablet", "")
    tap(drawer(asked), f"Add a note: {PAINKILLER}")
    assert kept(room, asked)[0].note == ""
    tap(drawer(asked), f"Add a note: {PAINKILLER}")
    assert kept(room, asked)[0].note == "One tablet"
    assert "One tablet" in texts(drawer(asked))
    tap(drawer(asked), f"Change the note: {PAINKILLER}")
    assert kept(room, asked)[0].note == ""
    assert [one.least for one in room.dialogs.asked] == [0, 0, 0]


def test_it_can_be_taken_back(room: Room, asked: SessionScreen) -> None:
    tap(drawer(asked), f"I have considered this: {PAINKILLER}")
    tap(drawer(asked), f"Take back: {PAINKILLER}")
    assert kept(room, asked) == ()
    assert named(asked, QAbstractButton, "2 precautions")


def test_a_double_tap_answers_one_and_not_the_next_that_comes_up_in_its_place(room: Room) -> None:
    room.kit = replace(room.kit, pause_s=1.0)
    screen = room.open(room.start(change=at_consultation))
    tap(screen, "2 precautions")
    for _ in range(2):
        shown = [
            one
            for one in drawer(screen).findChildren(QAbstractButton)
            if one.isVisible() and one.text() == "I have considered this"
        ]
        shown[0].click()
        QApplication.processEvents()
    assert len(kept(room, screen)) == 1
    room.clock.advance(seconds=2)
    tap(drawer(screen), f"I have considered this: {SENSITIVE}")
    assert len(kept(room, screen)) == 2


def test_by_keys_the_focus_goes_on_to_the_next_precaution(room: Room, asked: SessionScreen, qtbot: QtBot) -> None:
    named(drawer(asked), QAbstractButton, f"I have considered this: {PAINKILLER}").setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == f"I have considered this: {SENSITIVE}"
    qtbot.keyClick(focus, Qt.Key.Key_Space)
    assert len(kept(room, asked)) == 2
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "Close findings"


def test_the_drawer_opens_at_its_top_however_far_it_was_read_before(room: Room) -> None:
    screen = room.open(room.start(change=with_yes_early))
    tap(screen, "2 precautions")
    bar = drawer(screen).findChildren(QScrollArea)[0].verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    drawer(screen).close_drawer()
    tap(screen, "2 precautions")
    assert bar.value() == 0


def test_a_plain_note_has_nothing_to_answer(room: Room) -> None:
    def early(draft: SessionDraft) -> SessionDraft:
        return ready_for_needling(draft).with_(serums=(b.a_use(lot="", expires_on=None),), step=StepId.COOLING)

    screen = room.open(room.start(change=early))
    assert [one.code for one in screen.presenter.findings if one.gate is Gate.NONE] == ["lot-missing"]
    screen._open_drawer()
    noted = named(drawer(screen), FindingList, "Good to know")
    assert "No lot for" in texts(noted)
    assert not [one for one in noted.findChildren(QAbstractButton) if one.text() == "I have considered this"]


# a deep pass


@pytest.fixture
def chair(room: Room) -> SessionScreen:
    made = room.at(StepId.NEEDLING, change=ready_for_needling)
    lot = room.desk.materials.lots(b.CARTRIDGE_ID)[0]
    made.findChildren(SettingPanel)[0].cartridge.set_value(CartridgeInUse("12-pin cartridge", lot.code, lot.expires_on))
    to_the_passes(made)
    choose(made, "forehead")
    return made


Record = Callable[[SessionScreen, QtBot], None]


def by_tap(screen: SessionScreen, qtbot: QtBot) -> None:
    del qtbot
    tap(screen, "Pass done")


def by_pedal(screen: SessionScreen, qtbot: QtBot) -> None:
    qtbot.keyClick(screen.page, Qt.Key.Key_F8)


@pytest.mark.parametrize("record", [by_tap, by_pedal])
def test_a_deep_pass_is_asked_about_once_and_kept_with_its_answer(
    room: Room, chair: SessionScreen, qtbot: QtBot, record: Record
) -> None:
    type_depth(chair, "1")
    room.dialogs.will_answer(False, True)
    record(chair, qtbot)
    assert recorded(room, chair) == ()
    assert kept(room, chair) == ()
    record(chair, qtbot)
    assert [one.text for one in room.dialogs.asked] == ["Forehead: 1 mm is deep, guides stop at 0.75 mm"] * 2
    (said,) = kept(room, chair)
    assert (said.finding.code, said.at) == ("depth-warn", recorded(room, chair)[0].at)
    assert named(chair, QAbstractButton, "No findings")
    room.clock.advance(minutes=1)
    record(chair, qtbot)
    assert len(recorded(room, chair)) == 2
    assert len(room.dialogs.asked) == 2


def test_another_depth_or_zone_is_another_question_and_a_usual_one_is_none(room: Room, chair: SessionScreen) -> None:
    type_depth(chair, "0.75")
    tap(chair, "Pass done")
    assert not room.dialogs.asked
    room.dialogs.will_answer(True, True, True)
    for depth in ("1", "1.25"):
        type_depth(chair, depth)
        tap(chair, "Pass done")
    choose(chair, "chin")
    type_depth(chair, "1.25")
    tap(chair, "Pass done")
    assert [one.text for one in room.dialogs.asked] == [
        "Forehead: 1 mm is deep, guides stop at 0.75 mm",
        "Forehead: 1.25 mm is deep, guides stop at 0.75 mm",
        "Chin: 1.25 mm is deep, guides stop at 1 mm",
    ]
    assert len(kept(room, chair)) == 3


def test_what_nobody_has_considered_is_asked_again_of_the_next_pass(room: Room, chair: SessionScreen) -> None:
    type_depth(chair, "1")
    room.dialogs.will_answer(True, True)
    tap(chair, "Pass done")
    chair.presenter.take_back_considered(kept(room, chair)[0].finding.key)
    tap(chair, "Pass done")
    assert len(room.dialogs.asked) == 2
    assert len(kept(room, chair)) == 1


def test_a_limit_that_another_concern_brings_is_another_question(room: Room, chair: SessionScreen) -> None:
    type_depth(chair, "1")
    room.dialogs.will_answer(True, True)
    tap(chair, "Pass done")
    chair.presenter.edit(lambda x: x.with_(consultation=x.consultation.with_(concerns=("hyperpigmentation",))))
    assert named(chair, QAbstractButton, "1 precaution")
    room.clock.advance(minutes=1)
    tap(chair, "Pass done")
    assert [one.text for one in room.dialogs.asked] == [
        "Forehead: 1 mm is deep, guides stop at 0.75 mm",
        "Forehead: 1 mm is deep, guides stop at 0.5 mm",
    ]
    assert named(chair, QAbstractButton, "No findings")


def test_a_depth_that_became_deep_by_another_concern_is_asked_about_at_the_next_pass(
    room: Room, chair: SessionScreen
) -> None:
    type_depth(chair, "0.75")
    tap(chair, "Pass done")
    assert not room.dialogs.asked
    chair.presenter.edit(lambda x: x.with_(consultation=x.consultation.with_(concerns=("hyperpigmentation",))))
    room.clock.advance(minutes=1)
    room.dialogs.will_answer(True)
    tap(chair, "Pass done")
    assert [one.text for one in room.dialogs.asked] == ["Forehead: 0.75 mm is deep, guides stop at 0.5 mm"]
    assert len(kept(room, chair)) == 1


def test_from_deep_to_shallow_one_answer_covers_what_is_less_deep(room: Room, chair: SessionScreen) -> None:
    type_depth(chair, "1.25")
    room.dialogs.will_answer(True)
    tap(chair, "Pass done")
    type_depth(chair, "1")
    tap(chair, "Pass done")
    assert len(recorded(room, chair)) == 2
    assert [one.text for one in room.dialogs.asked] == ["Forehead: 1.25 mm is deep, guides stop at 0.75 mm"]
    tap(chair, "No findings")
    done = named(drawer(chair), FindingList, "Considered")
    assert {
        "Forehead: 1.25 mm is deep, guides stop at 0.75 mm",
        "Forehead: 1 mm is deep, guides stop at 0.75 mm",
    } <= set(texts(done).split("\n"))
    assert len([one for one in done.findChildren(QAbstractButton) if one.text() == "Take back"]) == 1
    tap(drawer(chair), "Take back: Forehead: 1.25 mm is deep, guides stop at 0.75 mm")
    assert named(chair, QAbstractButton, "2 precautions")


def test_the_question_of_a_depth_names_what_is_open_about_its_zones(room: Room) -> None:
    def tattooed(draft: SessionDraft) -> SessionDraft:
        ready = with_yes(ready_for_needling(draft))
        others = tuple(one for one in ready.consultation.screening if one.contraindication != "C38")
        there = ScreeningAnswer(contraindication="C38", answer="yes", zones=("chin", "nose"), at=draft.started_at)
        return ready.with_(consultation=ready.consultation.with_(screening=(*others, there)))

    made = room.at(StepId.NEEDLING, change=tattooed)
    to_the_passes(made)
    room.dialogs.will_answer(False, False, False)
    choose(made, "forehead")
    type_depth(made, "1")
    tap(made, "Pass done")
    assert "Still open" not in room.dialogs.asked[-1].told  # neither the tattoo is there, nor the painkiller
    choose(made, "chin")
    type_depth(made, "1.25")
    tap(made, "Pass done")
    said = "Still open here: Tattoo or permanent make-up in the area: Chin."
    assert said in room.dialogs.asked[-1].told.split("\n")
    for one in made.presenter.open_precautions_of(made.page._panel.passes(room.clock.now(), "Mara Lindt")):
        made.presenter.edit(lambda draft, one=one: with_considered(draft, (one,), by="Mara Lindt", at=room.clock.now()))
    tap(made, "Pass done")
    assert "Still open" not in room.dialogs.asked[-1].told


def test_of_many_that_are_open_it_names_some_and_counts_the_rest() -> None:
    many = [
        Finding(key=f"k{at}", code="C1", step=StepId.CONSULTATION, level=Level.ASK, title=f"T{at}") for at in range(5)
    ]
    assert open_in_words(Words(), many) == "Still open here: T0; T1; T2 and 2 more."
    assert open_in_words(Words(), ()) == ""


def test_several_zones_at_once_are_one_question(room: Room, chair: SessionScreen) -> None:
    choose(chair, "forehead", "chin", "nose")
    type_depth(chair, "0.75")
    tap(chair, "Depth: more")
    room.dialogs.will_answer("Old scars on the nose", True)
    type_depth(chair, "1.25")
    tap(chair, "Pass done")
    assert [one.kind for one in room.dialogs.asked] == ["ask_text", "ask"]
    assert room.dialogs.asked[1].text == "Are these depths meant?"
    assert {one.finding.field for one in kept(room, chair)} == {"zone:forehead", "zone:chin"}
    assert len(recorded(room, chair)) == 3


def test_the_answer_goes_with_its_pass_and_is_asked_again_of_the_next(room: Room, chair: SessionScreen) -> None:
    type_depth(chair, "1")
    room.dialogs.will_answer(True, True)
    tap(chair, "Pass done")
    tap(undo_of(chair), "Undo")
    assert (recorded(room, chair), kept(room, chair)) == ((), ())
    choose(chair, "forehead")
    type_depth(chair, "1")
    tap(chair, "Pass done")
    chair.findChildren(PassList)[0].remove_requested.emit(recorded(room, chair)[0].id)
    assert (recorded(room, chair), kept(room, chair)) == ((), ())
    tap(undo_of(chair), "Undo")
    assert len(kept(room, chair)) == len(recorded(room, chair)) == 1


def test_a_written_reason_answers_for_all_that_is_said_about_that_depth(room: Room, chair: SessionScreen) -> None:
    type_depth(chair, "2")
    room.dialogs.will_answer("One old boxcar scar, agreed")
    tap(chair, "Pass done")
    assert [one.kind for one in room.dialogs.asked] == ["ask_text"]
    assert [one.finding.code for one in kept(room, chair)] == ["depth-evaluated"]


def test_the_question_names_the_figure_and_where(room: Room, chair: SessionScreen) -> None:
    def about(*depths: tuple[str, str]) -> tuple[str, str, str]:
        new = tuple(
            b.a_pass(id=b.an_id(900 + at), zone=zone, depth_mm=Decimal(depth))
            for at, (zone, depth) in enumerate(depths)
        )
        found = [one for one in chair.presenter.findings_of_passes(new) if one.is_precaution]
        question = depth_question(room.kit.tr, room.desk.knowledge, found, new)
        return question.title, question.text, question.verb

    title, text, verb = about(("forehead", "1.00"), ("cheek_left", "0.50"))
    assert title == "Forehead: 1 mm is deep, guides stop at 0.75 mm"
    assert verb == "Yes, 1.00 mm: Forehead"
    assert "kept in the record" in text
    _, text, verb = about(("forehead", "1.00"), ("chin", "1.25"), ("nose", "0.60"))
    assert verb == "Yes, 0.60\u20131.25 mm: 3 zones"
    assert text.count("\u2022") == 3


# told


def deep(needling_pass: NeedlingPass) -> NeedlingPass:
    return needling_pass.with_(zone="forehead", depth_mm=Decimal("1.25"))


def signed(room: Room, consider: bool) -> SignedSession:
    """The whole visit with both precautions and a deep pass, signed by a tap; ``consider``: one of them is answered."""
    draft_id = room.start(change=lambda draft: with_yes(whole(draft)))
    flow, _ = room.desk.sessions.resume(draft_id)
    needling = b.a_full_draft().needling
    one, *rest = needling.passes
    flow.edit(lambda x: x.with_(needling=needling.with_(passes=(deep(one), *rest)), step=StepId.AFTERCARE))
    screen = room.open(draft_id)
    for finding in screen.presenter.open_findings(Gate.SIGNING):
        screen.presenter.override(finding, "on paper")
    part(screen, 1)
    told = texts(screen.page)
    assert "Nothing is missing. 3 precautions were not answered: " in told
    assert {PAINKILLER, SENSITIVE} <= set(told.partition("not answered: ")[2].partition(".\n")[0].split("; "))
    assert "Everything is there." not in told
    tap(screen, "Show what is open")
    if consider:
        tap(drawer(screen), f"I have considered this: {PAINKILLER}")
        room.dialogs.will_answer("Last on Wednesday")
        tap(drawer(screen), f"Add a note: {PAINKILLER}")
        assert "2 precautions were not answered: " in texts(screen.page)
    drawer(screen).close_drawer()
    room.dialogs.will_answer(True)
    tap(screen, "Sign and lock")
    assert SENSITIVE in room.dialogs.asked[-1].told
    assert (PAINKILLER in room.dialogs.asked[-1].told) is not consider
    return room.desk.history.visit(draft_id)


def test_what_came_up_since_is_said_before_anybody_is_asked_to_sign(room: Room) -> None:
    draft_id = room.start(change=whole)
    flow, _ = room.desk.sessions.resume(draft_id)
    flow.edit(lambda x: x.with_(needling=b.a_full_draft().needling, step=StepId.AFTERCARE))
    screen = room.open(draft_id)
    for finding in screen.presenter.open_findings(Gate.SIGNING):
        screen.presenter.override(finding, "on paper")
    part(screen, 1)
    serum = room.stored(draft_id).serums[0]
    room.desk.stock.recall(serum.name, serum.lot, "Glass in the bottle")
    tap(screen, "Sign and lock")
    assert len(room.dialogs.told) == 1
    assert not room.dialogs.asked
    assert not named(screen, QAbstractButton, "Sign and lock").isEnabled()


def test_what_nobody_answered_holds_no_signature_up_and_is_told_in_the_record(room: Room) -> None:
    visit = signed(room, consider=False)
    assert visit.draft.considered == ()
    assert {one.code for one in visit.draft.unanswered} == {"C09", "C44", "depth-warn"}


def test_the_record_says_what_was_considered_by_whom_and_what_was_not(room: Room) -> None:
    visit = signed(room, consider=True)
    screen = RecordScreen(room.kit, room.desk, visit.id)
    shown = {one.accessibleName() for one in screen.findChildren(QWidget)}
    assert f"Precaution: {PAINKILLER}. Considered by Mara Lindt, RN, 20-Nov-2026 14:40" in shown
    assert f"Precaution: {SENSITIVE}. Told, not answered" in shown
    assert "Precaution: Forehead: 1.25 mm is deep, guides stop at 0.75 mm. Told, not answered" in shown
    assert "Note: Last on Wednesday" in {one.text() for one in screen.findChildren(QLabel)}
