"""An adverse event by taps and words: opened from a follow-up or from the visit, told on, corrected, on paper."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from needlelog.domain.adverse_events import EventEntryKind
from needlelog.domain.follow_up import FollowUpAnswer, Reached
from needlelog.domain.papers import PaperKind
from needlelog.domain.reactions import Outcome, Seriousness
from needlelog.domain.signed import SignedSession
from needlelog.services.desk import Desk
from tests.desks import StandingClock
from tests.gui.answers import ScriptedDialogs
from tests.gui.conftest import Show
from tests.gui.keys import type_text
from tests.gui.screens.clinic_days import add_client, treat
from tests.gui.screens.conftest import Routes
from ui.screens.adverse_event.screen import EventScreen
from ui.screens.paper.screen import PaperScreen
from ui.toolkit.kit import Kit
from ui.toolkit.screen import ToEvent, ToPaper

NAME = "Lukasz O'Brien <b>& Son"


@pytest.fixture
def visit(desk: Desk, standing: StandingClock) -> SignedSession:
    return treat(desk, standing, add_client(desk, NAME), standing.now() - timedelta(days=3, hours=2))


@pytest.fixture
def answer(desk: Desk, visit: SignedSession) -> FollowUpAnswer:
    form = desk.follow_ups.begin(visit.id, "72h").with_(reached=Reached.PHONE, note="Sore & hot")
    return desk.follow_ups.answer(form.replied("blisters-pus", value="yes"), visit)


def words(widget: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def opened(kit: Kit, desk: Desk, visit: SignedSession, show: Show, **of: UUID) -> EventScreen:
    made = EventScreen(kit, desk, visit.id, of.get("event"), of.get("follow_up"))
    made.resize(1192, 800)
    show(made)
    made.activate()
    return made


def an_event(desk: Desk, visit: SignedSession) -> UUID:
    return desk.adverse_events.open(visit.id, "Hives", Seriousness.NEEDED_TREATMENT, zones=("forehead",)).event_id


def test_opened_from_a_follow_up_it_begins_with_what_that_said(
    kit: Kit, desk: Desk, visit: SignedSession, answer: FollowUpAnswer, shown: Show, routes: Routes
) -> None:
    screen = opened(kit, desk, visit, shown, follow_up=answer.id)
    routes.listen(screen)
    assert screen.form.what.raw_text() == "Are there blisters or pus? Yes.\nSore & hot"
    screen.form.keep.click()
    assert "how serious" in screen.failed.text()
    assert desk.adverse_events.of(visit) == ()
    screen.form.seriousness.button(Seriousness.NEEDED_TREATMENT).click()
    screen.form.zones.button("cheek_left").click()
    screen.form.outcome.button(Outcome.ONGOING).click()
    screen.form.day.set_raw_text("19 11 2026")
    screen.form.clock.set_raw_text("23:10")
    type_text(screen.form.action.editor, "Sent to <Dr> Lane")
    screen.form.keep.click()
    (event,) = desk.adverse_events.of(visit)
    assert routes == [ToEvent(visit.id, event.id)]
    first = event.opening
    assert (first.seriousness, first.outcome, first.zones, first.follow_up_id) == (
        Seriousness.NEEDED_TREATMENT, Outcome.ONGOING, ("cheek_left",), answer.id,
    )  # fmt: skip
    assert first.action_taken == "Sent to <Dr> Lane"
    assert event.onset_at.isoformat() == "2026-11-19T23:10:00+00:00"


def test_a_day_that_is_none_opens_nothing_and_loses_nothing(
    kit: Kit, desk: Desk, visit: SignedSession, shown: Show, dialogs: ScriptedDialogs
) -> None:
    screen = opened(kit, desk, visit, shown)
    type_text(screen.form.what.editor, "Blister")
    screen.form.seriousness.button(Seriousness.NOT_SERIOUS).click()
    for wrong in ("31 2 2026", "22 11 2026"):
        screen.form.day.set_raw_text(wrong)
        screen.form.keep.click()
        assert desk.adverse_events.of(visit) == ()
        assert screen.form.what.raw_text() == "Blister"
    dialogs.will_answer(False)
    assert not screen.deactivate()
    assert not screen.keep()


def test_a_course_and_a_correction_are_added_and_both_stay(
    kit: Kit, desk: Desk, visit: SignedSession, shown: Show
) -> None:
    screen = opened(kit, desk, visit, shown, event=an_event(desk, visit))
    type_text(screen.form.what.editor, "Gone by the evening")
    screen.form.outcome.button(Outcome.RESOLVED).click()
    type_text(screen.form.reported.line, "Maker")
    screen.form.keep.click()
    first = desk.adverse_events.of(visit)[0].opening
    screen.form.kind.button(str(first.id)).click()
    type_text(screen.form.what.editor, "It was not hives <b>at all</b>")
    screen.form.seriousness.button(Seriousness.NOT_SERIOUS).click()
    screen.form.keep.click()
    (event,) = desk.adverse_events.of(visit)
    assert [one.kind for one in event.entries] == [
        EventEntryKind.OPENED, EventEntryKind.COURSE, EventEntryKind.CORRECTION,
    ]  # fmt: skip
    said = words(screen)
    for part in (
        "Hives", "Gone by the evening", "It was not hives <b>at all</b>", "which stays",
        "The gravest it was ever said to be stands here", "Needed treatment to prevent permanent harm",
        "Reported to: Maker",
    ):  # fmt: skip
        assert part in said
    assert screen.deactivate(), "nothing is half written any more"


def test_device_and_lots_of_the_zones_stand_beside_it(kit: Kit, desk: Desk, visit: SignedSession, shown: Show) -> None:
    said = words(opened(kit, desk, visit, shown, event=an_event(desk, visit)))
    assert "Test Pen" in said
    assert "lot CT-2291" in said
    assert "Yellow Card" in said, "whom to report to in this country"


def test_the_report_is_kept_previewed_and_saved_under_no_name(
    kit: Kit, desk: Desk, visit: SignedSession, shown: Show, routes: Routes, dialogs: ScriptedDialogs
) -> None:
    screen = opened(kit, desk, visit, shown, event=an_event(desk, visit))
    routes.listen(screen)
    screen.report.click()
    (kept,) = [one for one in desk.papers.of_session(visit.id) if one.kind is PaperKind.ADVERSE_EVENT]
    assert routes == [ToPaper(kept.id)]
    paper = PaperScreen(kit, desk, kept.id)
    shown(paper)
    paper.activate()
    assert "Adverse event report" in words(paper)
    dialogs.will_answer(None)
    paper.hand_over.save_asked.emit()
    assert [one.text for one in dialogs.asked] == ["adverse-event.pdf"]
