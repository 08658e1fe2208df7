"""The head of the chain, kept outside the database: which seal was the last, so that none is missing at the end.

The chain proves every seal by the one after it, and the last one by nothing. So its number and fingerprint stand in a
sealed file of their own beside the database. The file is written after the transaction of the seal: after a power cut
between the two it names the seal before, and it never names one that was not made. A copy of the folder keeps both;
whoever copies them one after another takes this file first. The database says since when there is such a file, so that
one that went astray is missed; it is begun anew by somebody, for a reason that is sealed.
"""

from __future__ import annotations

import contextlib
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID, uuid4

from sqlmodel import Session, col, func, select

from needlelog.clock import Clock
from needlelog.domain.unreadable import Kept
from needlelog.errors import Fault, FaultCode
from needlelog.files import read_whole, write_whole
from needlelog.storage.chain import HEAD, append_seal, fingerprint
from needlelog.storage.damage import ROW_ERRORS, cells, is_whole, readable
from needlelog.storage.database import Database
from needlelog.storage.tables.chain import HeadBegunRow, SealRow

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
    NOT_BEGUN = "not-begun"
    MISSING = "missing"
    """There was one."""

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
    begun: bool
    """The database says that there was one."""


@dataclass(frozen=True, slots=True)
class HeadBegun:
    """One time the head was begun; without a reason it was by itself, the first time."""

    id: UUID
    after_seal: int
    reason: str
    by: str
    at: datetime


def head_content(row: HeadBegunRow) -> dict[str, Any]:
    """What the seal of a head that was begun anew covers."""
    return {
        "id": str(row.id),
        "after_seal": row.after_seal,
        "reason": row.reason,
        "by": row.by,
        "at": row.at.isoformat(),
    }


class ChainHead:
    """Follows the chain of one database."""

    def __init__(self, path: Path, sealer: Sealer, database: Database, clock: Clock) -> None:
        self.path = path
        self._sealer = sealer
        self._database = database
        self._clock = clock

    def follow(self) -> None:
        """Note the last seal, unless the chain contradicts what is noted: that stays for the check to tell.

        Never raises for what the disk refuses: the records stand, and the note follows with the next seal.
        """
        with contextlib.suppress(Fault, *ROW_ERRORS):
            found = self.check()
            since = found.head.since if found.head else found.last_sequence
            if found.state not in (HeadState.NOT_BEGUN, HeadState.HELD):
                return
            if found.head is None or found.head.sequence < found.last_sequence:
                self._write(Head(found.last_sequence, found.last_sha256, since))
            # After the file: a power cut between the two leaves one that is not missed yet, and none that never was.
            if not found.begun:
                with self._database.writing() as session:
                    _add(session, HeadBegun(uuid4(), since, "", "", self._clock.now()))

    def begin_anew(self, reason: str, by: str) -> None:
        """Begin a head that is missing or damaged at the seal that is the last now; who did so and why is sealed.

        Raises ``Fault``: RECORD_CHANGED_ELSEWHERE where there is nothing to begin, and those of writing.
        """
        found = self.check()
        if found.state not in (HeadState.MISSING, HeadState.DAMAGED):
            raise Fault(FaultCode.RECORD_CHANGED_ELSEWHERE)
        at = self._clock.now().astimezone(UTC)
        with self._database.writing() as session:
            row = _add(session, HeadBegun(uuid4(), found.last_sequence, reason, by, at))
            append_seal(session, HEAD, row.id, fingerprint(head_content(row)), at)
            sequence, sha256 = _last(session)
        self._write(Head(sequence, sha256, found.last_sequence))

    def begun_anew(self) -> tuple[HeadBegun, ...]:
        """Each time somebody began it anew, the first one first."""
        query = select(HeadBegunRow).where(HeadBegunRow.reason != "").order_by(col(HeadBegunRow.sequence))
        with self._database.reading() as session:
            return tuple(readable(session, query, _begun, Kept.HEAD))

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
            begun = session.exec(select(func.count()).select_from(HeadBegunRow)).one() > 0
            if head is None:
                gone = HeadState.MISSING if begun else HeadState.NOT_BEGUN
                return HeadCheck(HeadState.DAMAGED if damaged else gone, sequence, sha256, None, begun)
            state = HeadState.HELD
            if head.sequence > sequence:
                state = HeadState.TAIL_GONE
            elif head.sequence:
                query = select(SealRow.sha256).where(SealRow.sequence == head.sequence)
                if session.exec(query).first() != head.sha256:
                    state = HeadState.REPLACED
            return HeadCheck(state, sequence, sha256, head, begun)

    def _read(self) -> Head:
        plain = json.loads(self._sealer.open(read_whole(self.path, limit=_LIMIT), _ABOUT))
        return Head(int(plain["sequence"]), str(plain["sha256"]), int(plain["since"]))

    def _write(self, head: Head) -> None:
        plain = {"sequence": head.sequence, "sha256": head.sha256, "since": head.since}
        write_whole(self.path, self._sealer.seal(json.dumps(plain).encode(), _ABOUT))


def _add(session: Session, begun: HeadBegun) -> HeadBegunRow:
    last = session.exec(select(func.max(col(HeadBegunRow.sequence)))).one() or 0
    row = HeadBegunRow(sequence=last + 1, **asdict(begun))
    session.add(row)
    session.flush()
    return row


def _begun(row: HeadBegunRow) -> HeadBegun:
    if not is_whole(row):
        raise ValueError("not what its columns hold")
    return HeadBegun(**cells(row, "sequence"))


def _last(session: Session) -> tuple[int, str]:
    columns = select(SealRow.sequence, SealRow.sha256)
    return session.exec(columns.order_by(col(SealRow.sequence).desc()).limit(1)).first() or (0, "")
