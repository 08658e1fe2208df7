"""The time, handed in: nothing else in the program asks the machine what time it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Protocol

from needlelog.errors import Fault, FaultCode

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


class Clock(Protocol):
    """Says now, always in UTC."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return datetime.now(UTC)


def zone_of(name: str) -> ZoneInfo:
    """The IANA time zone of this name; raises ``Fault(TIME_ZONE_UNKNOWN)``."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Fault(FaultCode.TIME_ZONE_UNKNOWN, name=name) from error


def local(moment: datetime, zone: str) -> datetime:
    """The same moment on the wall clock of ``zone``."""
    return moment.astimezone(zone_of(zone))


def today(clock: Clock, zone: str) -> date:
    """The calendar day it is now in ``zone``."""
    return local(clock.now(), zone).date()


def moment_near(wall: time, near: datetime, zone: str) -> datetime:
    """The moment closest to ``near`` at which the wall clock of ``zone`` shows ``wall``."""
    middle = local(near, zone).date()
    found = []
    for day in (middle - timedelta(days=1), middle, middle + timedelta(days=1)):
        for fold in (0, 1):
            shown = datetime.combine(day, wall, zone_of(zone)).replace(fold=fold)
            moment = shown.astimezone(UTC)
            # A time that the change of clocks leaves out comes back as another one.
            if local(moment, zone).time() == wall:
                found.append(moment)
    return min(found, key=lambda moment: abs(moment - near))
