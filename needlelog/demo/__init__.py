"""The made-up clinic: a lifelike year, written through the same services and rules as a real one."""

from __future__ import annotations

from datetime import datetime

from needlelog.demo.agenda import Year
from needlelog.demo.clock import BuildingClock
from needlelog.demo.data import read_story
from needlelog.i18n import Words
from needlelog.paths import resources
from needlelog.services.desk import Desk
from needlelog.services.door import Door
from needlelog.services.opening import Opener
from needlelog.vault.key_file import Cost
from needlelog.vault.recovery import RecoveryKey

PASSPHRASE = "linden row open house"  # noqa: S105 - everything behind it is made up
"""What opens the made-up clinic."""

_NO_SECRET = Cost(memory_kib=64, passes=1, lanes=1)


def build_demo(door: Door, now: datetime) -> Desk:
    """Set up the made-up clinic behind ``door`` (entered, its folder new) and unlock it.

    The year before ``now`` (aware) is written with a clock of its own, which the story moves; the desk that is handed
    back runs on the door's clock, like that of any other clinic.
    """
    folder = resources()
    story = read_story(folder / "demo")
    clock = BuildingClock(now)
    opener = Opener(door.folder, folder, clock, Words(folder / "locale"), _NO_SECRET)
    year = Year(story, clock, now)
    clock.moment = year.opens_at
    desk = opener.set_up(
        story.clinic,
        practitioner=story.practitioner,
        credentials=story.credentials,
        passphrase=PASSPHRASE,
        recovery=RecoveryKey.new(),
    )
    try:
        year.write(desk)
        clock.moment = now
    finally:
        desk.close()
    return door.unlock(door.tiles()[0].practitioner_id, PASSPHRASE)


__all__ = ["PASSPHRASE", "build_demo"]
