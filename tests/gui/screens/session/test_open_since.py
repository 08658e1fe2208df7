"""At the chair: what was heard since the last visit, and what of it is still open."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from needlelog.domain.findings import StepId
from needlelog.domain.follow_up import Reached
from needlelog.domain.reactions import Observation
from tests.gui.screens.session.room import Room, ready_for_needling, tap, texts, to_the_passes
from ui.screens.session.consultation.still_so import UnsettledLines
from ui.screens.session.screen import SessionScreen
from ui.widgets.zone_map import ZoneMap


@pytest.fixture
def infected(room: Room) -> Room:
    """The last visit was 34 days ago; on its third day the left cheek was infected, and nobody wrote what was done."""
    visit = room.signed_visit()
    now = room.clock.moment
    room.clock.moment = visit.draft.started_at + timedelta(days=3)
    seen = Observation(
        id=uuid4(), reaction="infection", scale="ctcae", grade=3, zone="cheek_left", at=room.clock.moment
    )
    form = room.desk.follow_ups.begin(visit.id, "72h").with_(reached=Reached.PHONE, observations=(seen,))
    room.desk.follow_ups.answer(form, visit)
    room.clock.moment = now
    return room


def unsettled(screen: SessionScreen) -> list[str]:
    return [one.text() for one in screen.findChildren(UnsettledLines) if one.isVisible()]


@pytest.mark.parametrize("repeat", [True, False])
def test_the_consultation_says_it_before_anything_is_asked(infected: Room, repeat: bool) -> None:
    screen = infected.open(infected.start(repeat=repeat))
    if not repeat:
        screen.page.focus_field("known")
    (told,) = unsettled(screen)
    assert told.startswith(
        "A red flag of 20-Oct-2026 is open. After the visit of 17-Oct-2026: Bacterial infection, Left cheek."
    )
    assert told.endswith("Asked for then: to be seen today. Nobody has written yet what was done about it.")


def test_nothing_open_says_nothing(room: Room) -> None:
    room.signed_visit()
    assert unsettled(room.open(room.start(repeat=True))) == []


def test_map_and_depths_of_then_say_how_the_skin_took_it_since(infected: Room) -> None:
    screen = infected.at(StepId.NEEDLING, change=ready_for_needling)
    to_the_passes(screen)
    told = screen.page.findChildren(ZoneMap)[0].zone_text("cheek_left")
    assert "last visit 0.75 mm" in told
    assert "on day 3 bacterial infection 3 Severe" in told
    tap(screen, "As on 17-Oct-2026 (3)")
    assert "Worst: redness 2 Mild, on day 3 bacterial infection 3 Severe" in texts(screen.page)


def test_a_red_flag_without_a_grade_is_told_by_its_day(room: Room) -> None:
    visit = room.signed_visit()
    now, room.clock.moment = room.clock.moment, visit.draft.started_at + timedelta(days=3)
    form = room.desk.follow_ups.begin(visit.id, "72h").with_(reached=Reached.PHONE)
    room.desk.follow_ups.answer(form.replied("blisters-pus", value="yes"), visit)
    room.clock.moment = now
    screen = room.at(StepId.NEEDLING, change=ready_for_needling)
    to_the_passes(screen)
    tap(screen, "As on 17-Oct-2026 (3)")
    assert "Worst: redness 2 Mild, red flag on day 3" in texts(screen.page)
