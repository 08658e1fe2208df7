"""One tap is one act: a double tap, a bouncing pedal and a key held down do not act again."""

from __future__ import annotations

from datetime import datetime, timedelta

from needlelog.clock import Clock


class OneTap:
    """After an act the next taps are taken for the same one, until nobody has tapped for ``pause_s`` seconds."""

    def __init__(self, clock: Clock, pause_s: float) -> None:
        self._clock = clock
        self._pause = timedelta(seconds=pause_s)
        self._last: datetime | None = None

    def acted(self) -> None:
        """Something was done at this tap."""
        self._last = self._clock.now()

    def elsewhere(self) -> None:
        """Something else was tapped: the next tap is an act of its own."""
        self._last = None

    def is_same(self) -> bool:
        """Whether a tap now belongs to the one that has acted already."""
        now = self._clock.now()
        # A clock that was set back says nothing about taps.
        same = self._last is not None and timedelta(0) <= now - self._last < self._pause
        if same:
            self._last = now
        return same
