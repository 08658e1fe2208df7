"""The head of the chain, kept outside the database: which seal was the last, so that none is missing at the end.

The chain proves every seal by the one after it, and the last one by nothing. So its number and fingerprint stand in a
sealed file of their own beside the database. The file is written after the transaction of the seal: after a power cut
between the two it names the seal before, and it never names one that was not made. A copy of the folder keeps both;
whoever copies them one after another takes this file first.
"""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from sqlmodel import Session, col, select

from needlelog.errors import Fault
from needlelog.files import read_whole, write_whole
from needlelog.storage.damage import ROW_ERRORS
from needlelog.storage.database import Database
from needlelog.storage.tables.chain import SealRow

_ABOUT = b"head of the chain"
_LIMIT = 4096


class Sealer(Protocol):
    """Seals bytes with a key of its own."""

    def seal(self, plain: bytes, about: bytes) -> bytes:
        """``plain`` so that nobody without the key can make or change it."""
        ...

    def open(self, sealed: bytes, about: bytes) -> bytes:
        """What was sealed; raises ``ValueError`` when it is not that any more."""
        ...


class HeadState(StrEnum):
    """What the chain says of the head that was kept."""

    HELD = "held"
    MISSING = "missing"
    DAMAGED = "damaged"
    TAIL_GONE = "tail-gone"
    REPLACED = "replaced"
    """The seal of that number is another one."""


@dataclass(frozen=True, slots=True)
class Head:
    """The last seal that was made. ``since`` is the last seal that was there when heads began to be kept."""

    sequence: int
    sha256: str
    since: int


@dataclass(frozen=True, slots=True)
class HeadCheck:
    """The end of the chain, held against the head that was kept (``None`` where it cannot be read)."""

    state: HeadState
    last_sequence: int
    last_sha256: str
    head: Head | None


class ChainHead:
    """Follows the chain of one database."""

    def __init__(self, path: Path, sealer: Sealer, database: Database) -> None:
        self.path = path
        self._sealer = sealer
        self._database = database

    def follow(self) -> None:
        """Note the last seal, unless the chain contradicts what is noted: that stays for the check to tell.

        Never raises for what the disk refuses: the records stand, and the note follows with the next seal.
        """
        with contextlib.suppress(Fault, *ROW_ERRORS):
            found = self.check()
            if found.state is HeadState.MISSING:
                self._write(Head(found.last_sequence, found.last_sha256, found.last_sequence))
            elif found.state is HeadState.HELD and found.head and found.head.sequence < found.last_sequence:
                self._write(Head(found.last_sequence, found.last_sha256, found.head.since))

    def check(self) -> HeadCheck:
        """Hold the end of the chain against the head.

        The head is read first: what is sealed meanwhile may make the chain longer than it, never shorter.
        """
        head, damaged = None, False
        if self.path.exists():
            try:
                head = self._read()
            except (Fault, *ROW_ERRORS):
                damaged = True
        with self._database.reading() as session:
            sequence, sha256 = _last(session)
            if head is None:
                return HeadCheck(HeadState.DAMAGED if damaged else HeadState.MISSING, sequence, sha256, None)
            state = HeadState.HELD
            if head.sequence > sequence:
                state = HeadState.TAIL_GONE
            elif head.sequence:
                query = select(SealRow.sha256).where(SealRow.sequence == head.sequence)
                if session.exec(query).first() != head.sha256:
                    state = HeadState.REPLACED
            return HeadCheck(state, sequence, sha256, head)

    def _read(self) -> Head:
        plain = json.loads(self._sealer.open(read_whole(self.path, limit=_LIMIT), _ABOUT))
        return Head(int(plain["sequence"]), str(plain["sha256"]), int(plain["since"]))

    def _write(self, head: Head) -> None:
        plain = {"sequence": head.sequence, "sha256": head.sha256, "since": head.since}
        write_whole(self.path, self._sealer.seal(json.dumps(plain).encode(), _ABOUT))


def _last(session: Session) -> tuple[int, str]:
    columns = select(SealRow.sequence, SealRow.sha256)
    return session.exec(columns.order_by(col(SealRow.sequence).desc()).limit(1)).first() or (0, "")
