"""An unlocked clinic on a real disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from needlelog.services.desk import Desk
from tests.desks import StandingClock, a_door, set_up_desk


@pytest.fixture
def clock() -> StandingClock:
    """The clock of the clinic."""
    return StandingClock()


@pytest.fixture
def desk(tmp_path: Path, clock: StandingClock) -> Iterator[Desk]:
    """A new clinic with one practitioner, unlocked."""
    door = a_door(tmp_path / "clinic", clock)
    made = set_up_desk(door)
    yield made
    made.close()
    door.leave()
