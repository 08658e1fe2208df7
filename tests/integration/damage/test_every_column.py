"""Whatever stands in whatever column: no verb breaks, whatever is whole is listed, and the check names what is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Boolean, TypeDecorator

from needlelog.errors import Fault
from needlelog.services.desk import Desk
from needlelog.storage.database import Database
from needlelog.storage.tables import METADATA
from tests.integration.damage.full_clinic import FullClinic, verbs

NO_TEXT = "CAST(x'ff00' AS TEXT)"
GARBAGE: dict[type, tuple[str, ...]] = {
    int: ("'many'", "''", "x'00'"),
    str: (NO_TEXT, "x'ff00'", "''"),
    bool: ("'perhaps'", "''"),
    datetime: ("'yesterday'", "''", "7", "'2026-13-45 00:00:00'"),
    date: ("'soon'", "''", "7", "'2026-02-30'"),
    UUID: ("'nobody'", "''", "7"),
    bytes: ("'text'", "7"),
}
HEX = re.compile(r"[0-9a-f]{32}")
READ_ONCE = {"clinic_value", "practitioner", "clinic"}
"""Tables that are read when the clinic is opened, so that it is opened anew for them."""


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> FullClinic:
    """Built once: every test puts back what it damaged."""
    keys: list[bytes] = []
    made = Database.create

    def noting(path: Path, key: bytes) -> Database:
        keys.append(key)
        return made(path, key)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("needlelog.services.opening.Database.create", noting)
        return FullClinic(tmp_path_factory.mktemp("damage") / "clinic", keys)


def kind_of(column: Any) -> type:
    plain = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
    return bool if isinstance(plain, Boolean) else plain.python_type


def garbage_for(column: Any) -> Iterator[str]:
    kind = kind_of(column)
    if issubclass(kind, Enum):
        yield from ("'eaten'", "''", "7")
    else:
        yield from GARBAGE[kind]
    if not column.primary_key:
        yield "NULL"


def values_in(value: Any, name: str) -> set[str]:
    """What a verb gave, each value by the ids in it; those of a client's verb bear its name."""
    found = value if isinstance(value, tuple | list) else [value]
    return {f"{name}: {' '.join(dict.fromkeys(HEX.findall(repr(one).replace('-', ''))))}" for one in found}


def said_by(desk: Desk, clinic: FullClinic) -> tuple[dict[str, set[str]], list[str]]:
    """What every verb gives, and which broke."""
    found: dict[str, set[str]] = {}
    broken: list[str] = []
    for name, verb in verbs(desk, clinic.worlds):
        try:
            found[name] = values_in(verb(), name)
        except Fault:
            found[name] = set()
        except Exception as error:  # noqa: BLE001 - just this is what no verb may raise
            broken.append(f"{name}: {type(error).__name__}: {error}")
            found[name] = set()
    return found, broken


def belongs(row: dict[str, Any], clinic: FullClinic, connection: Any) -> set[str]:
    """The ids of everything that one row is about: it may be lost with it, and nothing else."""
    ids = {str(value) for value in row.values() if isinstance(value, str) and HEX.fullmatch(value)}
    if "series_sequence" in row:
        found = connection.execute("SELECT id FROM series WHERE sequence = ?", (row["series_sequence"],))
        ids.add(found.fetchone()[0])
    return ids


@pytest.mark.parametrize("table", sorted(METADATA.tables))
def test_one_damaged_row_hides_no_other(clinic: FullClinic, table: str) -> None:
    columns = METADATA.tables[table].columns
    wrong: list[str] = []
    with clinic.rows() as connection:
        names = [f'"{column.name}"' for column in columns]
        query = f"SELECT rowid, {', '.join(names)} FROM {table} ORDER BY rowid LIMIT 1"
        rowid, *values = connection.execute(query).fetchone()
        row = dict(zip((column.name for column in columns), values, strict=True))
        mine = belongs(row, clinic, connection)
        with clinic.opened() as desk:
            whole, broken = said_by(desk, clinic)
            assert broken == []
            assert desk.proof.whole().flaws == ()
        desk_of = clinic.opened()
        desk = desk_of.__enter__()
        for column in columns:
            for garbage in garbage_for(column):
                where = f"{table}.{column.name} = {garbage}"
                try:
                    connection.execute(f'UPDATE {table} SET "{column.name}" = {garbage} WHERE rowid = {rowid}')
                except Exception:  # noqa: BLE001 - SQLite itself lets a key or a column hold no such thing
                    continue
                if table in READ_ONCE:
                    desk_of.__exit__(None, None, None)
                    desk_of = clinic.opened()
                    desk = desk_of.__enter__()
                now, broken = said_by(desk, clinic)
                wrong += [f"{where}: {one}" for one in broken]
                for name, before in whole.items():
                    lost = {one for one in before - now[name] if not mine & set(HEX.findall(one))}
                    if lost and table not in {"clinic"}:
                        wrong.append(f"{where}: {name} lost {sorted(lost)}")
                connection.execute(f'UPDATE {table} SET "{column.name}" = ? WHERE rowid = {rowid}', (row[column.name],))
        desk_of.__exit__(None, None, None)
    Path(f"/tmp/mend-wrong-{table}.txt").write_text("\n".join(wrong))
    assert wrong == []
