"""The time, handed in: nothing else in the program asks the machine what time it is."""

from __future__ import annotations

import time as ticking
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Protocol

from needlelog.errors import Fault, FaultCode

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

HALF_HOUR = timedelta(minutes=30)


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


JUMP = timedelta(minutes=1)
"""By how much a clock may be put right at once without running times becoming wrong."""


class SteadyClock:
    """The machine's clock, which goes on by itself where somebody sets it while the program runs.

    Else a cream that is on the skin would be on it for an hour less, and the record would say so.
    """

    def __init__(self, clock: Clock | None = None, seconds: Callable[[], float] | None = None) -> None:
        self._clock = clock or SystemClock()
        self._seconds = seconds or _seconds
        self._from = self._clock.now(), self._seconds()

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        shown, counted = self._both()
        return shown if abs(shown - counted) < JUMP else counted

    @property
    def set_to(self) -> datetime | None:
        """What the machine shows, where it was set meanwhile; None where it runs as it should."""
        shown, counted = self._both()
        return shown if abs(shown - counted) >= JUMP else None

    def follow(self) -> None:
        """Take the time that the machine shows from now on."""
        self._from = self._clock.now(), self._seconds()

    def _both(self) -> tuple[datetime, datetime]:
        shown, seconds = self._clock.now(), self._seconds()
        moment, began = self._from
        counted = moment + timedelta(seconds=seconds - began)
        if abs(shown - counted) < JUMP:
            # A clock that is a little slow or fast is put right by and by.
            self._from = shown, seconds
        return shown, counted


def _seconds() -> float:
    """Seconds that pass whatever anybody sets, and also while the computer sleeps."""
    for name in ("CLOCK_BOOTTIME", "CLOCK_MONOTONIC"):
        if hasattr(ticking, name):
            return ticking.clock_gettime(getattr(ticking, name))
    return ticking.monotonic()


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


def next_half_hour(moment: datetime, zone: str) -> datetime:
    """The half hour that strikes next on the wall clock of ``zone``, in UTC; ``moment`` where it strikes just then."""
    at = local(moment, zone)
    past = timedelta(minutes=at.minute, seconds=at.second, microseconds=at.microsecond) % HALF_HOUR
    return moment.astimezone(UTC) + (HALF_HOUR - past if past else timedelta())


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
