"""Whether the open database still is the file under its name: else what is said to be saved lands nowhere."""

from __future__ import annotations

import os
from pathlib import Path

from needlelog.errors import Fault, FaultCode


class Place:
    """Where one open database stands. Some systems let a file be written to long after it was removed or replaced."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._log = path.with_name(f"{path.name}-wal")
        self._file: tuple[int, int] | None = None
        self._pin: int | None = None
        self._size = 0
        self._log_file: tuple[int, int] | None = None

    def check(self) -> None:
        """Raise ``Fault``: DATABASE_GONE for another file or none, DATABASE_DAMAGED for one that became shorter.

        The first check takes what stands there for the file, so SQLite has to have it open by then: some drives
        number a file anew when it is opened for writing.
        """
        try:
            if self._file is None:
                self._hold()
            found = self._path.stat()
            if _number(found) != self._file:
                found = self._look_again()
        except OSError as error:
            raise Fault(FaultCode.DATABASE_GONE, path=self._path.parent) from error
        # Nothing of ours makes the file shorter while it is open.
        if found.st_size < self._size:
            raise Fault(FaultCode.DATABASE_DAMAGED, path=self._path.parent)
        self._size = found.st_size

    def _hold(self) -> None:
        # Some drives number a file anew once nobody has it open. Held by its path alone it loses no lock of SQLite's.
        if hasattr(os, "O_PATH"):
            self._pin = os.open(self._path, os.O_PATH)
        self._file = _number(self._path.stat())

    def _look_again(self) -> os.stat_result:
        """What stands under the name, opened afresh: a drive may number anew what is open, and stay the same file."""
        if self._pin is None:
            found = self._path.stat()
            same = _number(found) == self._file
        else:
            fresh = os.open(self._path, os.O_PATH)
            try:
                found = os.fstat(fresh)
            finally:
                os.close(fresh)
            same = os.path.samestat(found, os.fstat(self._pin))
        if not same:
            raise Fault(FaultCode.DATABASE_GONE, path=self._path.parent)
        self._file = _number(self._path.stat())
        return found

    def release(self) -> None:
        """Let the file go; the next check takes whatever stands there then."""
        if self._pin is not None:
            os.close(self._pin)
        self._pin, self._file, self._size = None, None, 0
        self.forget_log()

    def lost_log(self) -> bool:
        """Whether the log that was written to is no longer under its name: a crash would take what stands in it."""
        return self._log_file is not None and self._log_now() != self._log_file

    def note_log(self) -> None:
        """Take the log that stands there for the one that is written to, where none is noted yet."""
        self._log_file = self._log_file or self._log_now()

    def _log_now(self) -> tuple[int, int] | None:
        try:
            found = self._log.stat()
        except OSError:
            return None
        return _number(found)

    def forget_log(self) -> None:
        """The next log is another file."""
        self._log_file = None


def _number(found: os.stat_result) -> tuple[int, int]:
    return found.st_dev, found.st_ino
