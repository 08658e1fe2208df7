"""The clinic as the next start finds it, looked at without a window."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from needlelog.domain.session import SessionDraft
from needlelog.services.desk import Desk
from tests.desks import PASSPHRASE, START, StandingClock, a_door


@contextmanager
def opened(clinic: Path) -> Iterator[Desk]:
    """The clinic as the next start finds it."""
    door = a_door(clinic, StandingClock(START))
    desk = door.unlock(door.tiles()[0].practitioner_id, PASSPHRASE)
    try:
        yield desk
    finally:
        desk.close()
        door.leave()


def stored(desk: Desk, draft_id: UUID) -> SessionDraft | None:
    """The open visit, if there still is one."""
    if draft_id not in {one.id for one in desk.sessions.open()}:
        return None
    return desk.sessions.resume(draft_id)[0].draft
