"""The encrypted database: how it is made, opened and closed, and what its errors mean.

Everything that is SQLite's or SQLCipher's own stands here, in ``guards`` and in the migrations.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import URL, Connection, Engine, ExceptionContext, QueuePool, create_engine, event
from sqlmodel import Session

from needlelog.errors import Fault, FaultCode
from needlelog.files import sync_folder, write_fault
from needlelog.storage.guards import REFUSAL, replace_guards
from needlelog.storage.tables import METADATA

SCHEMA = 1
"""The number of this program's schema, stored as ``user_version``; the newest migration bears it."""

KEY_BYTES = 32
BUSY_MS = 5000
_BEGIN = "needlelog_begin"


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
    if name.startswith("SQLITE_FULL") or name == "SQLITE_IOERR_WRITE":
        return Fault(FaultCode.DISK_FULL)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return Fault(FaultCode.DATABASE_BUSY)
    if name.startswith("SQLITE_READONLY"):
        return Fault(FaultCode.DATA_FOLDER_READ_ONLY, path=path.parent)
    if name.startswith(("SQLITE_IOERR", "SQLITE_CANTOPEN")):
        return Fault(FaultCode.WRITE_FAILED, path=path, reason=name)
    if name.startswith("SQLITE_CONSTRAINT") and REFUSAL in str(error):
        return Fault(FaultCode.RECORD_SIGNED)
    return None


def _engine(path: Path, key: bytes, busy_ms: int) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        module=sqlcipher,
        creator=lambda: connect(path, key, busy_ms=busy_ms),
        poolclass=QueuePool,
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get(_BEGIN, "BEGIN"))

    @event.listens_for(engine, "handle_error")
    def _translate(context: ExceptionContext) -> None:
        fault = fault_of(context.original_exception, path)
        if fault is not None:
            raise fault

    return engine


class Database:
    """One clinic's open database."""

    def __init__(self, path: Path, engine: Engine) -> None:
        self.path = path
        self._reading = engine
        # A write asks for the write lock at once, so that it never fails half-way for want of it.
        self._writing = engine.execution_options(**{_BEGIN: "BEGIN IMMEDIATE"})

    @classmethod
    def create(cls, path: Path, key: bytes, *, busy_ms: int = BUSY_MS) -> Database:
        """Make a new database and open it; it appears under its name only when it is whole.

        Raises ``Fault`` (DATA_FOLDER_FOREIGN when something stands there, and those of writing).
        """
        if path.exists():
            raise Fault(FaultCode.DATA_FOLDER_FOREIGN, path=path.parent)
        part = path.with_name(f".{path.name}.part")
        _remove_all(part)
        try:
            os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            _make_schema(part, key)
            part.replace(path)
            sync_folder(path.parent)
        except OSError as error:
            _remove_all(part)
            raise write_fault(error, path) from error
        except Fault:
            _remove_all(part)
            raise
        return cls.open(path, key, busy_ms=busy_ms)

    @classmethod
    def open(cls, path: Path, key: bytes, *, busy_ms: int = BUSY_MS) -> Database:
        """Open a database after checking it, bringing an older one up to date.

        Raises ``Fault`` (DATABASE_DAMAGED, DATABASE_NEWER, DATABASE_BUSY, DATA_FOLDER_READ_ONLY); the file is
        then as it was.
        """
        found = check(path, key, busy_ms=busy_ms)
        if found < SCHEMA:
            from needlelog.storage.migrate import migrate

            migrate(path, key, found)
        if not os.access(path, os.W_OK):
            raise Fault(FaultCode.DATA_FOLDER_READ_ONLY, path=path.parent)
        return cls(path, _engine(path, key, busy_ms))

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one moment of the database; nothing it changes is kept."""
        with Session(self._reading, autoflush=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session whose changes are durable when the block ends, or did not happen when it raises."""
        with Session(self._writing, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def writing_rows(self) -> Iterator[Connection]:
        """As ``writing``, for statements alone: the shortest way for what happens at each tap."""
        with self._writing.begin() as connection:
            yield connection

    def close(self) -> None:
        """Close every connection; the write-ahead log is folded into the file by the last one."""
        self._reading.dispose()


def check(path: Path, key: bytes, *, busy_ms: int = BUSY_MS) -> int:
    """The schema number of a sound database, read without changing a byte; raises the faults of ``Database.open``."""
    if not path.exists():
        raise Fault(FaultCode.DATABASE_DAMAGED, path=path.parent)
    try:
        with closing(connect(path, key, mode="ro", busy_ms=busy_ms)) as connection:
            found = int(connection.execute("PRAGMA user_version").fetchone()[0])
            if found > SCHEMA:
                raise Fault(FaultCode.DATABASE_NEWER, found=found, known=SCHEMA)
            sound = connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
    except sqlcipher.Error as error:
        raise fault_of(error, path) or Fault(FaultCode.DATABASE_DAMAGED, path=path.parent) from error
    # SQLite takes an empty file for a new database, of schema 0.
    if not sound or found < 1:
        raise Fault(FaultCode.DATABASE_DAMAGED, path=path.parent)
    return found


def _make_schema(path: Path, key: bytes) -> None:
    engine = _engine(path, key, BUSY_MS)
    try:
        with engine.begin() as connection:
            METADATA.create_all(connection)
            replace_guards(connection)
            connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")
    finally:
        engine.dispose()


def _remove_all(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
