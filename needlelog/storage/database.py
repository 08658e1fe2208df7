"""The encrypted database: how it is made, opened, checked and closed.

Everything that is SQLite's or SQLCipher's own stands here, in ``connection``, ``guards`` and the migrations.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import URL, Connection, Engine, ExceptionContext, QueuePool, create_engine, event
from sqlmodel import Session

from needlelog.domain.unreadable import Met
from needlelog.errors import Fault, FaultCode
from needlelog.files import sync_folder, write_fault
from needlelog.storage.connection import BUSY_MS, LOGS, SCHEMA, connect, fault_of, is_sound, remove_all
from needlelog.storage.damage import MET
from needlelog.storage.guards import replace_guards
from needlelog.storage.place import Place
from needlelog.storage.tables import METADATA

_BEGIN = "needlelog_begin"
SEALED = "needlelog_sealed"
"""Stands in the ``info`` of a session in which a seal was appended."""


def _engine(path: Path, key: bytes, busy_ms: int, place: Place | None = None) -> Engine:
    def _connect() -> Any:
        if place is not None and place.lost_log():
            # A connection with another log than those that are open would put the file out of order.
            raise Fault(FaultCode.DATABASE_BUSY)
        connection = connect(path, key, busy_ms=busy_ms)
        if place is not None:
            place.note_log()
        return connection

    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        module=sqlcipher,
        creator=_connect,
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

    def __init__(self, path: Path, engine: Engine, place: Place) -> None:
        self.path = path
        self._reading = engine
        # A write asks for the write lock at once, so that it never fails half-way for want of it.
        self._writing = engine.execution_options(**{_BEGIN: "BEGIN IMMEDIATE"})
        self._after_seal: Callable[[], None] | None = None
        self._place = place
        # Whoever takes a connection and whoever sees that nobody has one come one after the other.
        self._gate = Lock()
        self.met = Met()
        try:
            # Two: whoever reads for long leaves one to write by, with the same log.
            with self._joined(self._reading), self._joined(self._reading):
                self._place.check()
        except BaseException:
            self.close()
            raise

    def after_seal(self, call: Callable[[], None]) -> None:
        """Have ``call`` made whenever a seal has become durable; it must not raise."""
        self._after_seal = call

    @classmethod
    def create(cls, path: Path, key: bytes, *, busy_ms: int = BUSY_MS) -> Database:
        """Make a new database and open it; it appears under its name only when it is whole.

        Raises ``Fault`` (DATA_FOLDER_FOREIGN when something stands there, and those of writing).
        """
        if path.exists():
            raise Fault(FaultCode.DATA_FOLDER_FOREIGN, path=path.parent)
        part = path.with_name(f".{path.name}.part")
        remove_all(part)
        try:
            os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            _make_schema(part, key)
            part.replace(path)
            sync_folder(path.parent)
        except OSError as error:
            remove_all(part)
            raise write_fault(error, path) from error
        except Fault:
            remove_all(part)
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

            migrate(path, key, found, SCHEMA)
        if not os.access(path, os.W_OK):
            raise Fault(FaultCode.DATA_FOLDER_READ_ONLY, path=path.parent)
        place = Place(path)
        return cls(path, _engine(path, key, busy_ms, place), place)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one moment of the database; nothing it changes is kept."""
        with (
            self._joined(self._reading) as connection,
            Session(connection, autoflush=False, info={MET: self.met}) as session,
        ):
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session whose changes are durable when the block ends, or did not happen when it raises."""
        self._keep_log()
        with (
            self._joined(self._writing) as connection,
            Session(connection, expire_on_commit=False, info={MET: self.met}) as session,
        ):
            with session.begin():
                yield session
                self._place.check()
            sealed = SEALED in session.info
        if sealed and self._after_seal is not None:
            self._after_seal()

    @contextmanager
    def writing_rows(self) -> Iterator[Connection]:
        """As ``writing``, for statements alone: the shortest way for what happens at each tap."""
        self._keep_log()
        with self._joined(self._writing) as connection, connection.begin():
            yield connection
            self._place.check()

    @contextmanager
    def _joined(self, engine: Engine) -> Iterator[Connection]:
        with self._gate:
            connection = engine.connect()
        with connection:
            yield connection

    def _keep_log(self) -> None:
        """Where somebody took the write-ahead log away, fold what stands in it into the file and begin another.

        The old log goes on for as long as anybody else is at the database: two logs would put the file out of order.
        """
        if not self._place.lost_log():
            return
        self._place.check()
        with self._gate:
            pool = self._reading.pool
            if not isinstance(pool, QueuePool) or pool.checkedout():
                return
            if not pool.checkedin() or self._folded():
                self._reading.dispose()
                self._place.forget_log()

    def _folded(self) -> bool:
        """Whether all of the log now stands in the file; asked without waiting, as the next write asks again."""
        with closing(self._reading.raw_connection()) as connection:
            cursor = connection.cursor()
            wait = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
            cursor.execute("PRAGMA busy_timeout = 0")
            try:
                busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            except sqlcipher.Error:
                # What is wrong with the disk is told by the write that follows.
                return False
            finally:
                cursor.execute(f"PRAGMA busy_timeout = {wait}")
        return not busy

    def close(self) -> None:
        """Close every connection; the write-ahead log is folded into the file by the last one."""
        self._reading.dispose()
        self._place.release()


def check(path: Path, key: bytes, *, busy_ms: int = BUSY_MS) -> int:
    """The schema number of a sound database, read without changing a byte; raises the faults of ``Database.open``."""
    if not path.is_file():
        raise Fault(FaultCode.DATABASE_DAMAGED, path=path.parent)
    stood = {log for log in _logs(path) if log.exists()}
    try:
        return _looked_at(path, key, busy_ms)
    except Fault:
        # SQLite makes its logs anew, empty, before it sees that the file is none of its own.
        for log in _logs(path):
            if log not in stood:
                with contextlib.suppress(OSError):
                    log.unlink(missing_ok=True)
        raise


def _logs(path: Path) -> tuple[Path, ...]:
    return tuple(path.with_name(path.name + suffix) for suffix in LOGS)


def _looked_at(path: Path, key: bytes, busy_ms: int) -> int:
    try:
        with closing(connect(path, key, mode="ro", busy_ms=busy_ms)) as connection:
            found = int(connection.execute("PRAGMA user_version").fetchone()[0])
            if found > SCHEMA:
                raise Fault(FaultCode.DATABASE_NEWER, found=found, known=SCHEMA)
            sound = is_sound(connection)
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
