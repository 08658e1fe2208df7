"""Wrong tries and the wait that follows them. Kept in a small file, so that a restart does not end the wait."""

from __future__ import annotations

import contextlib
import json
import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from needlelog.clock import Clock
from needlelog.errors import Fault, FaultCode
from needlelog.files import read_whole, write_whole

FREE_TRIES = 3
FIRST_WAIT_S = 5
LONGEST_WAIT_S = 300
_SIZE_LIMIT = 1 << 16


@dataclass(frozen=True, slots=True)
class _Count:
    wrong: int
    last: datetime

    def wait(self) -> timedelta:
        """How long to wait after the last wrong try: 5 s after the fourth, then twice as long each time."""
        if self.wrong <= FREE_TRIES:
            return timedelta()
        doublings = min(self.wrong - FREE_TRIES - 1, 16)
        return timedelta(seconds=min(FIRST_WAIT_S * 2**doublings, LONGEST_WAIT_S))


class Tries:
    """The wrong tries of each practitioner."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path = path
        self._clock = clock

    def check(self, practitioner_id: str) -> None:
        """Raise ``Fault(PASSPHRASE_TOO_SOON)`` with the seconds left, if there is still a wait."""
        counts = self._read()
        count = counts.get(practitioner_id)
        if count is None:
            return
        now = self._clock.now()
        if now < count.last:
            # The clock was set back: the wait starts again now, or it would last until the old time returns.
            count = _Count(count.wrong, now)
            self._write(counts | {practitioner_id: count})
        left = count.last + count.wait() - now
        if left > timedelta():
            raise Fault(FaultCode.PASSPHRASE_TOO_SOON, seconds=math.ceil(left.total_seconds()))

    def note_wrong(self, practitioner_id: str) -> None:
        """Count one more wrong try."""
        counts = self._read()
        before = counts.get(practitioner_id)
        wrong = before.wrong + 1 if before else 1
        self._write(counts | {practitioner_id: _Count(wrong, self._clock.now())})

    def forget(self, practitioner_id: str) -> None:
        """Start again at none."""
        counts = self._read()
        if counts.pop(practitioner_id, None) is not None:
            self._write(counts)

    def _read(self) -> dict[str, _Count]:
        if not self._path.exists():
            return {}
        try:
            found = json.loads(read_whole(self._path, limit=_SIZE_LIMIT))
            return {
                str(who): _Count(int(count["wrong"]), datetime.fromisoformat(count["last"]).astimezone(UTC))
                for who, count in found.items()
            }
        except (Fault, ValueError, KeyError, TypeError, AttributeError):
            # The count only slows guessing at the screen; a damaged one must not shut the practitioner out.
            return {}

    def _write(self, counts: dict[str, _Count]) -> None:
        content = {who: {"wrong": c.wrong, "last": c.last.isoformat()} for who, c in counts.items()}
        # A disk that takes no count must not turn a right passphrase away, nor hide that one was wrong.
        with contextlib.suppress(Fault):
            write_whole(self._path, json.dumps(content).encode())
