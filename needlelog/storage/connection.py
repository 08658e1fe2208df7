"""One connection to the encrypted file: its protections, its schema number, and what the driver's errors mean."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from needlelog.errors import Fault, FaultCode
from needlelog.files import write_fault, write_trial
from needlelog.storage.guards import REFUSAL

SCHEMA = 11
"""The number of this program's schema, stored as ``user_version``; the newest migration bears it."""

KEY_BYTES = 32
BUSY_MS = 5000
_MOST_SAID = 10_000
_OF_A_ROW = ("NULL value in ", "NUMERIC value in ", "TEXT value in ")
_ROOM_BYTES = 1 << 17
"""What SQLite may need at once for its logs."""
LOGS = ("-wal", "-shm", "-journal")
"""What SQLite may keep beside its file, by the ending of the name."""


def connect(path: Path, key: bytes, *, mode: str = "rw", busy_ms: int = BUSY_MS) -> Any:
    """A driver connection with every protection switched on; the file must be there.

    Transactions are explicit: the driver begins none by itself. The key goes in before anything is read.
    """
    if len(key) != KEY_BYTES:
        raise ValueError("a database key has 32 bytes")
    connection = sqlcipher.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=busy_ms / 1000,
    )
    try:
        # A wrong key would otherwise be reported on stderr.
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("PRAGMA foreign_keys = ON")
        # Without it INSERT OR REPLACE deletes rows past their delete triggers.
        connection.execute("PRAGMA recursive_triggers = ON")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute(f"PRAGMA busy_timeout = {busy_ms}")
        if mode != "ro":
            connection.execute("PRAGMA journal_mode = WAL").fetchone()
        connection.execute("PRAGMA synchronous = FULL")
    except BaseException:
        connection.close()
        raise
    return connection


def fault_of(error: BaseException | None, path: Path) -> Fault | None:
    """The fault that a driver's error stands for; ``None`` for what can only be a mistake of ours."""
    if not isinstance(error, sqlcipher.Error):
        return None
    name: str = getattr(error, "sqlite_errorname", None) or ""
    if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return Fault(FaultCode.DATABASE_DAMAGED, path=path.parent)
    if name.startswith("SQLITE_FULL"):
        return Fault(FaultCode.DISK_FULL)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return Fault(FaultCode.DATABASE_BUSY)
    if name.startswith("SQLITE_READONLY"):
        return Fault(FaultCode.DATA_FOLDER_READ_ONLY, path=path.parent)
    if name.startswith(("SQLITE_IOERR", "SQLITE_CANTOPEN")):
        return _why(name, path)
    if name.startswith("SQLITE_CONSTRAINT") and REFUSAL in str(error):
        return Fault(FaultCode.RECORD_SIGNED)
    return None


def _why(name: str, path: Path) -> Fault:
    """What stands behind an error that SQLite does not tell more of: the disk itself is asked for a little room."""
    if not path.exists():
        return Fault(FaultCode.DATABASE_GONE, path=path.parent)
    try:
        write_trial(path.parent, _ROOM_BYTES)
    except OSError as error:
        return write_fault(error, path)
    code = FaultCode.READ_FAILED if "READ" in name else FaultCode.WRITE_FAILED
    return Fault(code, path=path, reason=os.strerror(errno.EIO))


def is_sound(connection: Any) -> bool:
    """Whether the file is whole as a database.

    What single rows hold that their columns should not is told row by row, and keeps nobody from all the others.
    """
    connection.execute("PRAGMA ignore_check_constraints = ON")
    try:
        said = [str(row[0]) for row in connection.execute(f"PRAGMA quick_check({_MOST_SAID})")]
    finally:
        connection.execute("PRAGMA ignore_check_constraints = OFF")
    return all(one == "ok" or one.startswith(_OF_A_ROW) for one in said)


def remove_all(path: Path) -> None:
    """Take a database file away, with the logs that SQLite keeps beside it."""
    for suffix in ("", *LOGS):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
