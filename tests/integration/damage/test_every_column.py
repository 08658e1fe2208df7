"""Whatever stands in whatever column: no verb breaks, whatever is whole is listed, and the check names what is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Boolean, TypeDecorator

from needlelog.errors import Fault
from needlelog.services.desk import Desk
from needlelog.storage.database import Database
from needlelog.storage.tables import METADATA, PARTS_OF_SESSION
from needlelog.storage.tables.follow_ups import EventEntryRow
from needlelog.storage.tables.sessions import SessionRow
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
CODES = ("'eaten'", "''", "7")
HEX = re.compile(r"[0-9a-f]{32}")
KEPT_BY_NOTHING_ELSE = {("invalidation", "session_id"), ("clinic", "id")}
"""Cells without which nothing says any more what their row is about."""

SEALED = {row.__tablename__ for row in (*PARTS_OF_SESSION, SessionRow, EventEntryRow)}
READ_ONCE = {"clinic_value", "own_texts", "practitioner", "clinic"}
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
    plain: Any = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
    kind: type = bool if isinstance(plain, Boolean) else plain.python_type
    return kind


def garbage_for(column: Any, place: int) -> Iterator[str]:
    """Nothing at all, and one kind of what cannot stand in this column: every kind has its turn in some column."""
    kind = kind_of(column)
    every = CODES if issubclass(kind, Enum) else GARBAGE[kind]
    yield every[place % len(every)]
    if not (column.primary_key or column.nullable):
        yield "NULL"


def values_in(value: Any, name: str) -> set[str]:
    """What a verb gave, each value by the ids in it; those of a client's verb bear its name."""
    found = value if isinstance(value, tuple | list) else [value]
    return {f"{name}: {' '.join(dict.fromkeys(HEX.findall(repr(one).replace('-', ''))))}" for one in found}


def said_by(desk: Desk, clinic: FullClinic) -> tuple[dict[str, set[str]], list[str]]:
    """What every verb gives, and which broke."""
    found: dict[str, set[str]] = {}
    broken: list[str] = []
    for name, verb in verbs(desk, clinic.worlds[0]):
        try:
            found[name] = values_in(verb(), name)
        except Fault:
            found[name] = set()
        except Exception as error:  # noqa: BLE001 - just this is what no verb may raise
            broken.append(f"{name}: {type(error).__name__}: {error}")
            found[name] = set()
    return found, broken


class Damaged:
    """The first row of one table, damaged cell by cell, and put back."""

    def __init__(self, connection: Any, table: str) -> None:
        self._connection, self._table = connection, table
        names = [column.name for column in METADATA.tables[table].columns]
        quoted = ", ".join(f'"{name}"' for name in names)
        found = connection.execute(f"SELECT rowid, {quoted} FROM {table} ORDER BY rowid LIMIT 1").fetchone()
        assert found is not None, f"nothing stands in {table}"
        self._rowid, *values = found
        self._row: dict[str, Any] = dict(zip(names, values, strict=True))

    def ids(self) -> set[str]:
        """What the row is about: this may be lost with it, and nothing else."""
        found = {value for value in self._row.values() if isinstance(value, str) and HEX.fullmatch(value)}
        if "series_sequence" in self._row:
            series = self._connection.execute(
                "SELECT id FROM series WHERE sequence = ?", (self._row["series_sequence"],)
            )
            found.add(series.fetchone()[0])
        return found

    @contextmanager
    def cell(self, column: str, garbage: str) -> Iterator[bool]:
        """Whether the cell takes this garbage, which stands in it as long as the block lasts."""
        place = f'UPDATE {self._table} SET "{column}" = {{}} WHERE rowid = {self._rowid}'
        try:
            self._connection.execute(place.format(garbage))
        except sqlcipher.Error:
            yield False
            return
        try:
            yield self._connection.execute(
                f'SELECT "{column}" IS NOT ? FROM {self._table} WHERE rowid = {self._rowid}', (self._row[column],)
            ).fetchone() == (1,)
        finally:
            self._connection.execute(place.format("?"), (self._row[column],))


class Opened:
    """The clinic, open; opened anew where that matters."""

    def __init__(self, clinic: FullClinic, table: str) -> None:
        self._clinic, self._once = clinic, table in READ_ONCE
        self._stack = ExitStack()
        self.desk = self._stack.enter_context(clinic.opened())

    def anew(self) -> Desk:
        """The desk, which knows what stands in the file now."""
        if self._once:
            self.close()
            self.desk = self._stack.enter_context(self._clinic.opened())
        return self.desk

    def close(self) -> None:
        self._stack.close()


def missed(whole: dict[str, set[str]], now: dict[str, set[str]], mine: set[str]) -> Iterator[str]:
    """What was listed, is not any more, and has nothing to do with the damaged row."""
    for name, before in whole.items():
        lost = [one for one in before - now[name] if not mine & set(HEX.findall(one))]
        if lost:
            yield f"{name} lost {sorted(lost)}"


@pytest.mark.parametrize("table", sorted(METADATA.tables))
def test_one_damaged_row_hides_no_other_and_is_named(clinic: FullClinic, table: str) -> None:
    wrong: list[str] = []
    with clinic.rows() as connection, closing(Opened(clinic, table)) as opened:
        whole, broken = said_by(opened.desk, clinic)
        assert (broken, opened.desk.proof.whole().flaws) == ([], ())
        damaged = Damaged(connection, table)
        for place, column in enumerate(METADATA.tables[table].columns):
            for garbage in garbage_for(column, place):
                where = f"{table}.{column.name} = {garbage}"
                with damaged.cell(column.name, garbage) as taken:
                    if not taken:
                        continue
                    desk = opened.anew()
                    now, broken = said_by(desk, clinic)
                    wrong += [f"{where}: {one}" for one in broken]
                    if (table, column.name) not in KEPT_BY_NOTHING_ELSE:
                        wrong += [f"{where}: {one}" for one in missed(whole, now, damaged.ids())]
                    silent = garbage == "NULL" or (garbage == "''" and kind_of(column) is str)
                    # What is sealed is held against its seal elsewhere, cell by cell.
                    if not silent and (table not in SEALED or place == 0) and not desk.proof.whole().flaws:
                        wrong.append(f"{where}: the check says nothing")
    assert wrong == []
