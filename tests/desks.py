"""A real clinic in a throw-away folder: real SQLCipher file, real keys made cheap, a clock that stands still."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from needlelog.bootstrap import door, words
from needlelog.domain.clinic import Clinic
from needlelog.services.desk import Desk
from needlelog.services.door import Door
from needlelog.vault.key_file import Cost
from needlelog.vault.recovery import RecoveryKey

PASSPHRASE = "correct horse battery"
CHEAP = Cost(memory_kib=64, passes=1, lanes=1)
START = datetime(2026, 11, 20, 13, 40, tzinfo=UTC)


class StandingClock:
    """A clock that moves only when told to."""

    def __init__(self, moment: datetime = START) -> None:
        self.moment = moment

    def now(self) -> datetime:
        """The moment it stands at."""
        return self.moment

    def pass_(self, **span: float) -> None:
        """Move on by a ``timedelta``."""
        self.moment += timedelta(**span)


def a_test_clinic() -> Clinic:
    """The clinic that tests work in."""
    return Clinic(
        name="Seaside Skin Clinic",
        address="12 Harbour Road\nBrighton BN1 1AA",
        phone="01273 555 010",
        phone_hours="Mon to Sat, 9:00 to 18:00",
        emergency_text="If you have trouble breathing, call 999 at once.",
        country="GB",
        time_zone="Europe/London",
    )


def a_door(folder: Path, clock: StandingClock) -> Door:
    """The door of this folder, with cheap keys, entered."""
    made = door(folder, clock=clock, tr=words(), cost=CHEAP)
    made.enter()
    return made


def set_up_desk(made: Door, clinic: Clinic | None = None) -> Desk:
    """A new clinic with one practitioner, unlocked."""
    return made.set_up(
        clinic or a_test_clinic(),
        practitioner="Mara Lindqvist",
        credentials="RN",
        passphrase=PASSPHRASE,
        recovery=RecoveryKey.new(),
    )
