"""A clock that was set back between two starts: whoever goes on with an open visit is told before they do."""

from __future__ import annotations

from needlelog.services.desk import Desk
from tests import builders
from tests.desks import StandingClock


def test_an_open_visit_from_a_time_yet_to_come_is_told(desk: Desk, clock: StandingClock) -> None:
    client = desk.clients.add(builders.a_client())
    desk.sessions.start(client.id)
    assert desk.notices() == ()
    clock.pass_(minutes=-4)
    assert desk.notices() == ()
    clock.pass_(days=-1)
    (notice,) = desk.notices()
    assert "saved at 20-Nov-2026" in notice
    assert "now shows 19-Nov-2026" in notice
    # A clock that was put right must not be made wrong again.
    assert "is wrong, put the computer's date and time right" in notice
    assert "If it is right, leave the clock" in notice
    clock.pass_(days=1, minutes=4)
    assert desk.notices() == ()
