"""Bringing an older database up to date: on a copy, in one transaction, checked, and only then put in its place."""

from __future__ import annotations

import contextlib
import os
import shutil
from contextlib import closing
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from alembic import command
from alembic.config import Config
from sqlalchemy import URL, Connection, NullPool, create_engine, event

from needlelog.errors import Fault, FaultCode
from needlelog.files import sync_folder, write_fault
from needlelog.storage.connection import connect, fault_of, is_sound, remove_all
from needlelog.storage.guards import replace_guards

MIGRATIONS = Path(__file__).parent / "migrations"


def revision_of(schema: int) -> str:
    """The name of the migration that leads to this schema number."""
    return f"{schema:04d}"


def configuration(connection: Connection, migrations: Path = MIGRATIONS) -> Config:
    """Alembic's configuration for one open connection."""
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def upgrade(connection: Connection, found: int, wanted: int, migrations: Path = MIGRATIONS) -> None:
    """Run the migrations from ``found`` to ``wanted`` in the transaction of ``connection``.

    ``user_version`` alone says where a database stands; Alembic's own table is made for the run and dropped after.
    """
    config = configuration(connection, migrations)
    if found:
        command.stamp(config, revision_of(found))
    command.upgrade(config, revision_of(wanted))
    connection.exec_driver_sql("DROP TABLE alembic_version")
    # A rebuilt table has lost its triggers.
    replace_guards(connection)
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise RuntimeError(f"migration to schema {wanted} leaves rows that belong to nothing")
    connection.exec_driver_sql(f"PRAGMA user_version = {wanted}")


def migrate(path: Path, key: bytes, found: int, wanted: int, migrations: Path | None = None) -> None:
    """Replace the database by an upgraded copy; the old file stays beside it as ``clinic.db.schema-N``.

    Raises ``Fault`` (DISK_FULL, DATABASE_DAMAGED, DATA_FOLDER_READ_ONLY); the database is then as it was.
    """
    copy = path.with_name(f".{path.name}.upgrade.part")
    try:
        remove_all(copy)
        with closing(connect(path, key)) as old:
            old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            # No log may be left that would be applied to the new file.
            old.execute("PRAGMA journal_mode = DELETE").fetchone()
            old.execute("VACUUM INTO ?", (str(copy),))
        copy.chmod(0o600)
        _upgrade_file(copy, key, found, wanted, migrations or MIGRATIONS)
        _keep(path, path.with_name(f"{path.name}.schema-{found}"))
        copy.replace(path)
        sync_folder(path.parent)
    except sqlcipher.Error as error:
        raise fault_of(error, path) or Fault(FaultCode.DATABASE_DAMAGED, path=path.parent) from error
    except OSError as error:
        raise write_fault(error, path) from error
    finally:
        with contextlib.suppress(OSError):
            remove_all(copy)


def _upgrade_file(path: Path, key: bytes, found: int, wanted: int, migrations: Path) -> None:
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        module=sqlcipher,
        creator=lambda: _without_references(path, key),
        poolclass=NullPool,
        hide_parameters=True,
    )
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    with engine.begin() as connection:
        upgrade(connection, found, wanted, migrations)
    with closing(connect(path, key)) as done:
        if not is_sound(done):
            raise Fault(FaultCode.DATABASE_DAMAGED, path=path.parent)
        done.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _without_references(path: Path, key: bytes) -> object:
    connection = connect(path, key)
    # Rebuilding a table that others refer to would otherwise take their rows with it.
    connection.execute("PRAGMA foreign_keys = OFF")
    return connection


def _keep(path: Path, kept: Path) -> None:
    kept.unlink(missing_ok=True)
    try:
        os.link(path, kept)
    except OSError:
        shutil.copy2(path, kept)
