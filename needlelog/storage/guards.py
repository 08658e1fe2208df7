"""Triggers that make the database itself refuse to change what is signed.

``INSERT OR REPLACE`` deletes without firing delete triggers unless a pragma is set, and another program need not
set it; so every key of the new row, its hidden row number included, is looked up before the insert.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, Table, UniqueConstraint
from sqlmodel import SQLModel

from needlelog.storage.tables import APPEND_ONLY, PARTS_OF_SEALED

REFUSAL = "signed records are only added to"


def _keys(table: Table) -> Iterator[tuple[str, ...]]:
    yield tuple(column.name for column in table.primary_key.columns)
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            yield tuple(column.name for column in constraint.columns)
    for index in table.indexes:
        if index.unique:
            yield tuple(column.name for column in index.columns)


def _triggers(row: type[SQLModel]) -> Iterator[str]:
    table: Table = row.__table__  # type: ignore[attr-defined]
    name = table.name
    refuse = f"SELECT RAISE(ABORT, '{REFUSAL}')"
    yield f"CREATE TRIGGER {name}_never_changed BEFORE UPDATE ON {name} BEGIN {refuse}; END"
    yield f"CREATE TRIGGER {name}_never_removed BEFORE DELETE ON {name} BEGIN {refuse}; END"
    keys = sorted({*_keys(table), ("rowid",)})
    same = " OR ".join("(" + " AND ".join(f'"{column}" = NEW."{column}"' for column in key) + ")" for key in keys)
    yield (
        f"CREATE TRIGGER {name}_never_replaced BEFORE INSERT ON {name} "  # noqa: S608
        f"WHEN EXISTS (SELECT 1 FROM {name} WHERE {same}) BEGIN {refuse}; END"
    )
    if row in PARTS_OF_SEALED:
        kind, subject = PARTS_OF_SEALED[row]
        yield (
            f"CREATE TRIGGER {name}_never_joined BEFORE INSERT ON {name} "  # noqa: S608
            f"WHEN EXISTS (SELECT 1 FROM seal WHERE kind = '{kind}' AND subject_id = NEW.{subject}) "
            f"BEGIN {refuse}; END"
        )


def guard_statements() -> tuple[str, ...]:
    """The statements that make every guard."""
    return tuple(statement for row in APPEND_ONLY for statement in _triggers(row))


def replace_guards(connection: Connection) -> None:
    """Make every guard anew; rebuilding a table drops the ones it had."""
    old = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().all()
    for name in old:
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    for statement in guard_statements():
        connection.exec_driver_sql(statement)
