"""Reactions: per zone, "none observed" as an answer of its own, and adverse events."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPlainTextEdit

from needlelog.domain.findings import StepId
from needlelog.domain.reactions import Outcome, Seriousness
from needlelog.domain.session import SessionDraft
from tests.builders import a_full_draft, an_observation
from tests.gui.keys import type_text
from tests.gui.screens.session.room import Room, named, ready_for_needling, tap, texts
from ui.screens.session.screen import SessionScreen
from ui.widgets.chips import ChipRow, GradeRow
from ui.widgets.reaction_row import ReactionRow


@pytest.fixture
def screen(room: Room) -> SessionScreen:
    draft_id = room.start(change=ready_for_needling)
    flow, _ = room.desk.sessions.resume(draft_id)
    flow.edit(lambda x: x.with_(needling=a_full_draft().needling, step=StepId.REACTIONS))
    return room.open(draft_id)


def redness(screen: SessionScreen) -> GradeRow:
    return named(screen, GradeRow, "Redness")


def stored(room: Room, screen: SessionScreen) -> SessionDraft:
    return room.stored(screen.draft_id)


def test_grades_stand_by_zone(room: Room, screen: SessionScreen) -> None:
    redness(screen).button(1).click()
    tap(screen, "Left cheek")
    assert redness(screen).value() is None
    redness(screen).button(3).click()
    got = {(one.zone, one.reaction): one.grade for one in stored(room, screen).reactions.observations}
    assert got == {("", "redness"): 1, ("cheek_left", "redness"): 3}
    redness(screen).button(3).click()
    assert len(stored(room, screen).reactions.observations) == 1


def test_none_observed_is_said_and_not_implied(room: Room, screen: SessionScreen) -> None:
    assert "No answer yet" in texts(screen.page)
    tap(screen, "None observed")
    assert stored(room, screen).reactions.none_observed_at == room.clock.now()
    tap(screen, "Take back")
    assert stored(room, screen).reactions.none_observed_at is None


def test_none_observed_and_a_grade_exclude_each_other(room: Room, screen: SessionScreen) -> None:
    tap(screen, "None observed")
    redness(screen).button(2).click()
    reactions = stored(room, screen).reactions
    assert reactions.none_observed_at is None
    assert len(reactions.observations) == 1
    names = [one.accessibleName() for one in screen.findChildren(QAbstractButton) if one.isVisible()]
    assert "None observed" not in names


@pytest.mark.parametrize("typed", ["Fainted <b>briefly</b> & woke", "\u05e9\u05dc\u05d5\u05dd", "\U0001f600"])
def test_an_adverse_event_is_recorded_word_for_word(room: Room, screen: SessionScreen, typed: str) -> None:
    tap(screen, "None observed")
    tap(screen, "Record an adverse event")
    type_text(named(screen, QPlainTextEdit, "What happened?"), typed)
    tap(screen, "Not serious")
    tap(screen, "Record it")
    event = stored(room, screen).reactions.adverse_events[0]
    assert (event.what, event.seriousness) == (typed, Seriousness.NOT_SERIOUS)
    assert stored(room, screen).reactions.none_observed_at is None
    assert typed in texts(screen.page)


def test_an_adverse_event_without_words_or_weight_is_not_recorded_and_nothing_is_lost(
    room: Room, screen: SessionScreen
) -> None:
    tap(screen, "Record an adverse event")
    tap(screen, "Record it")
    what = named(screen, QPlainTextEdit, "What happened?")
    assert what.accessibleDescription()
    type_text(what, "Hives on the neck")
    tap(screen, "Record it")
    assert not stored(room, screen).reactions.adverse_events
    tap(screen, "Next")
    tap(screen, "Back")
    assert what.toPlainText() == "Hives on the neck"
    assert what.isVisible()
    tap(screen, "Needed treatment to prevent harm")
    tap(screen, "Record it")
    assert stored(room, screen).reactions.adverse_events[0].what == "Hives on the neck"


def test_a_rare_reaction_comes_up_when_it_is_asked_for(room: Room, screen: SessionScreen) -> None:
    rare = next(one for one in room.desk.knowledge.reactions.values() if not one.common)
    assert not [one for one in screen.findChildren(GradeRow) if one.accessibleName() == rare.name and one.isVisible()]
    tap(screen, "Add a reaction")
    tap(screen, rare.name)
    assert named(screen, GradeRow, rare.name)


def test_other_reactions_are_closed_until_one_is_asked_for_and_stay_while_graded(
    room: Room, screen: SessionScreen
) -> None:
    assert not [
        one for one in screen.findChildren(GradeRow) if one.accessibleName() == "Bruise or crust" and one.isVisible()
    ]
    tap(screen, "Add a reaction")
    tap(screen, "Bruise or crust")
    bruise = named(screen, GradeRow, "Bruise or crust")
    assert bruise.isAncestorOf(QApplication.focusWidget() or screen), "the grades are next"
    assert not [
        one for one in screen.findChildren(QAbstractButton) if one.text() == "Milia or acne flare" and one.isVisible()
    ]
    bruise.button(2).click()
    tap(screen, "Left cheek")
    assert bruise.isVisible(), "what is graded on one zone is seen from every zone"
    assert "Whole treated area 2" in texts(screen.page)
    again = room.open(screen.draft_id)
    assert named(again, GradeRow, "Bruise or crust").value() == 2


def test_a_reaction_asked_for_by_mistake_goes_away_again(room: Room, screen: SessionScreen) -> None:
    for _ in range(2):
        tap(screen, "Add a reaction")
        tap(screen, "Bruise or crust")
    assert not [
        one for one in screen.findChildren(GradeRow) if one.accessibleName() == "Bruise or crust" and one.isVisible()
    ]
    assert not stored(room, screen).reactions.observations


def test_a_graded_reaction_cannot_be_put_away_with_its_grade(room: Room, screen: SessionScreen) -> None:
    tap(screen, "Add a reaction")
    tap(screen, "Bruise or crust")
    named(screen, GradeRow, "Bruise or crust").button(1).click()
    tap(screen, "Add a reaction")
    tap(screen, "Bruise or crust")
    assert named(screen, GradeRow, "Bruise or crust").value() == 1
    assert len(stored(room, screen).reactions.observations) == 1


def test_a_grade_taken_back_leaves_its_row_where_it_is(room: Room, screen: SessionScreen) -> None:
    tap(screen, "Add a reaction")
    tap(screen, "Bruise or crust")
    named(screen, GradeRow, "Bruise or crust").button(1).click()
    screen = room.open(screen.draft_id)
    bruise = named(screen, GradeRow, "Bruise or crust")
    bruise.button(1).click()
    assert bruise.isVisible()
    assert not stored(room, screen).reactions.observations


def when(screen: SessionScreen, moment: str) -> None:
    named(screen, ChipRow, "When").button(moment).click()
    QApplication.processEvents()


def test_grades_stand_by_moment(room: Room, screen: SessionScreen) -> None:
    when(screen, "end-of-needling")
    redness(screen).button(3).click()
    when(screen, "after-cooling")
    assert redness(screen).value() is None
    assert "End of needling 3" in texts(screen.page)
    redness(screen).button(1).click()
    got = {(one.moment, one.grade) for one in stored(room, screen).reactions.observations}
    assert got == {("end-of-needling", 3), ("after-cooling", 1)}
    when(screen, "end-of-needling")
    redness(screen).button(3).click()
    assert [one.moment for one in stored(room, screen).reactions.observations] == ["after-cooling"]


def test_none_observed_may_be_said_of_one_moment(room: Room, screen: SessionScreen) -> None:
    when(screen, "end-of-needling")
    redness(screen).button(2).click()
    when(screen, "after-cooling")
    tap(screen, "None observed")
    reactions = stored(room, screen).reactions
    assert reactions.none_observed_at is None, "something was seen in this visit"
    assert [one.moment for one in reactions.nothing_seen] == ["after-cooling"]
    assert len(reactions.observations) == 1
    redness(screen).button(1).click()
    assert stored(room, screen).reactions.nothing_seen == ()
    redness(screen).button(1).click()
    tap(screen, "None observed")
    tap(screen, "Take back")
    assert stored(room, screen).reactions.nothing_seen == ()


def test_the_moment_after_cooling_is_offered_once_something_cooled_the_skin(room: Room) -> None:
    draft_id = room.start(change=ready_for_needling)
    flow, _ = room.desk.sessions.resume(draft_id)
    full = a_full_draft()
    flow.edit(lambda x: x.with_(needling=full.needling, step=StepId.REACTIONS))
    assert named(room.open(draft_id), ChipRow, "When").value() == "end-of-needling"
    flow, _ = room.desk.sessions.resume(draft_id)
    flow.edit(lambda x: x.with_(cooling=full.cooling))
    assert named(room.open(draft_id), ChipRow, "When").value() == "after-cooling"


def test_a_grade_on_a_zone_that_is_not_treated_any_more_can_be_seen_and_taken_back(room: Room) -> None:
    draft_id = room.start(change=ready_for_needling)
    flow, _ = room.desk.sessions.resume(draft_id)
    needling = a_full_draft().needling
    seen = an_observation(zone="cheek_left", grade=2)
    flow.edit(lambda x: x.with_(needling=needling, reactions=x.reactions.with_(observations=(seen,))))
    left = tuple(one for one in needling.passes if one.zone != "cheek_left")
    flow.edit(lambda x: x.with_(needling=needling.with_(passes=left), step=StepId.REACTIONS))
    screen = room.open(draft_id)
    assert "After cooling, Left cheek 2" in texts(screen.page)
    when(screen, "after-cooling")
    assert "Left cheek 2" in texts(screen.page)
    tap(screen, "Left cheek (not treated)")
    assert redness(screen).value() == 2
    redness(screen).button(2).click()
    assert not stored(room, screen).reactions.observations
    names = [one.accessibleName() for one in screen.findChildren(QAbstractButton) if one.isVisible()]
    assert "Left cheek (not treated)" not in names


def test_what_was_graded_before_moments_were_kept_is_not_lost(room: Room) -> None:
    draft_id = room.start(change=ready_for_needling)
    flow, _ = room.desk.sessions.resume(draft_id)
    full = a_full_draft()
    old = an_observation(zone="", grade=2, moment="")
    flow.edit(
        lambda x: x.with_(
            needling=full.needling,
            cooling=full.cooling,
            reactions=x.reactions.with_(observations=(old,)),
            step=StepId.REACTIONS,
        )
    )
    screen = room.open(draft_id)
    assert redness(screen).value() == 2
    redness(screen).button(3).click()
    assert [one.grade for one in stored(room, screen).reactions.observations] == [3]


def test_an_adverse_event_keeps_its_onset_and_how_it_stands(room: Room, screen: SessionScreen) -> None:
    tap(screen, "Record an adverse event")
    type_text(named(screen, QPlainTextEdit, "What happened?"), "Hives")
    tap(screen, "Not serious")
    tap(screen, "Getting better")
    tap(screen, "Record it")
    (event,) = stored(room, screen).reactions.adverse_events
    assert (event.outcome, event.onset_at) == (Outcome.RESOLVING, event.at)


def test_what_is_expected_is_read_whole_and_no_row_moves_under_a_tap(room: Room, screen: SessionScreen) -> None:
    rows = [one for one in screen.page.findChildren(ReactionRow) if one.isVisible()]
    for row in rows:
        assert row.note.text().startswith("Expected: ")
        assert row.note.heightForWidth(row.note.width()) <= row.note.height()
    assert rows[1].note.text() == "Expected: Hours to days"
    assert "worst the next morning" in rows[1].grades.accessibleDescription()
    before = [row.geometry() for row in rows]
    rows[0].grades.button(1).click()
    QApplication.processEvents()
    assert rows[0].note.text() == "1 Almost clear"
    assert [row.geometry() for row in rows] == before


def test_taking_off_the_last_grade_says_nothing_of_what_was_observed(room: Room, screen: SessionScreen) -> None:
    redness(screen).button(2).click()
    tap(screen, "Nothing else observed")
    assert stored(room, screen).reactions.nothing_seen
    redness(screen).button(2).click()
    reactions = stored(room, screen).reactions
    assert (reactions.observations, reactions.nothing_seen, reactions.none_observed_at) == ((), (), None)
    assert "No answer yet" in texts(screen.page)
