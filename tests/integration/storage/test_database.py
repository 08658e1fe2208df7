"""The database file itself: protections, damage, full disks, two programs."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from needlelog.errors import Fault, FaultCode
from needlelog.storage import database
from needlelog.storage.connection import connect
from needlelog.storage.database import Database
from tests.integration.storage import builders
from tests.integration.storage.conftest import KEY, Store

PROTECTIONS = {
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "secure_delete": 1,
    "synchronous": 2,
    "journal_mode": "wal",
    "busy_timeout": 5000,
    "cipher_use_hmac": "1",
}


def pragmas(session: Session) -> dict[str, Any]:
    connection = session.connection()
    return {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in PROTECTIONS}


def test_every_connection_is_protected(store: Store) -> None:
    found: list[dict[str, Any]] = []
    here = threading.Barrier(4)

    def look() -> None:
        with store.database.reading() as session:
            found.append(pragmas(session))
            here.wait(30)

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.database.writing() as session:
        found.append(pragmas(session))
    assert found == [PROTECTIONS] * 5


def test_a_write_that_fails_half_way_did_not_happen(store: Store) -> None:
    added = store.clients.add(builders.client())

    def half_way() -> None:
        with store.database.writing() as session:
            session.connection().exec_driver_sql("UPDATE client SET notes = 'half'")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half_way()
    assert store.clients.get(added.id) == added


def test_reading_keeps_nothing(store: Store) -> None:
    added = store.clients.add(builders.client())
    with store.database.reading() as session:
        session.connection().exec_driver_sql("UPDATE client SET notes = 'x'")
    assert store.clients.get(added.id) == added


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE client SET number = 0",
        "UPDATE client SET full_name = ''",
        "UPDATE client SET full_name = NULL",
        "UPDATE client SET fitzpatrick = 7",
        "UPDATE client SET allergy_state = 'perhaps'",
        "INSERT INTO client_allergy VALUES ('nobody', 0, 'x', '')",
        "DELETE FROM client",
        "UPDATE client_fact SET kind = 'rumour'",
        "UPDATE client_fact SET since_precision = 'decade' WHERE since IS NOT NULL",
        "UPDATE client_fact SET since_precision = NULL WHERE since IS NOT NULL",
        "UPDATE client_fact SET until_precision = 'month' WHERE until IS NULL",
    ],
)
def test_the_database_repeats_the_rules_of_the_domain(store: Store, statement: str) -> None:
    store.clients.add(builders.client())
    with pytest.raises(SQLAlchemyError, match="constraint"), store.database.writing() as session:
        session.connection().exec_driver_sql(statement)


def test_an_error_does_not_carry_a_clients_words(store: Store) -> None:
    client = store.clients.add(builders.client())
    with pytest.raises(SQLAlchemyError) as caught, store.database.writing() as session:
        session.connection().exec_driver_sql("INSERT INTO client_allergy VALUES (?, 0, ?, '')", ("x", builders.MARKER))
    assert builders.MARKER not in str(caught.value)
    assert client.full_name not in str(caught.value)


def test_sqlite_cannot_open_it(store: Store) -> None:
    store.clients.add(builders.client())
    with closing(sqlite3.connect(store.path)) as plain, pytest.raises(sqlite3.DatabaseError):
        plain.execute("SELECT * FROM client")


def test_the_files_are_private(store: Store) -> None:
    store.clients.add(builders.client())
    assert {one.stat().st_mode & 0o777 for one in store.path.parent.iterdir()} == {0o600}


def closed_clinic(path: Path) -> bytes:
    store = Store(path)
    store.clients.add(builders.client())
    store.database.close()
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    return path.read_bytes()


def damaged(whole: bytes, how: str) -> bytes:
    if how == "empty":
        return b""
    if how == "html":
        return b"<!doctype html><html>" * 50
    if how == "half":
        return whole[: len(whole) // 2]
    if how == "zero page":
        return whole[:8192] + bytes(4096) + whole[12288:]
    place = {"salt": 5, "first page": 2000, "later page": 40_000, "last byte": len(whole) - 1}[how]
    flipped = bytearray(whole)
    flipped[place] ^= 0x01
    return bytes(flipped)


@pytest.mark.parametrize("how", ["empty", "html", "half", "zero page", "salt", "first page", "later page", "last byte"])
def test_a_damaged_file_is_refused_and_left_as_it_is(tmp_path: Path, how: str) -> None:
    path = tmp_path / "clinic.db"
    content = damaged(closed_clinic(path), how)
    path.write_bytes(content)
    with pytest.raises(Fault) as caught:
        Database.open(path, KEY)
    assert caught.value.code is FaultCode.DATABASE_DAMAGED
    assert path.read_bytes() == content


@pytest.mark.parametrize("left", [0, 1, 100, 4096, 20_000])
def test_a_file_cut_short_is_refused_and_nothing_is_put_beside_it(tmp_path: Path, left: int) -> None:
    path = tmp_path / "clinic.db"
    content = closed_clinic(path)[:left]
    path.write_bytes(content)
    with pytest.raises(Fault) as caught:
        Database.open(path, KEY)
    assert caught.value.code is FaultCode.DATABASE_DAMAGED
    assert [one.name for one in tmp_path.iterdir()] == ["clinic.db"]
    assert path.read_bytes() == content


def test_a_log_beside_a_damaged_file_is_left_where_it_is(tmp_path: Path) -> None:
    path = tmp_path / "clinic.db"
    path.write_bytes(closed_clinic(path)[:100])
    log = tmp_path / "clinic.db-wal"
    log.write_bytes(b"what could still be rescued")
    with pytest.raises(Fault):
        Database.open(path, KEY)
    assert log.read_bytes() == b"what could still be rescued"


def test_another_key_or_no_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "clinic.db"
    content = closed_clinic(path)
    for other, key in ((path, bytes(32)), (tmp_path / "gone.db", KEY)):
        with pytest.raises(Fault) as caught:
            Database.open(other, key)
        assert caught.value.code is FaultCode.DATABASE_DAMAGED
    assert path.read_bytes() == content
    assert not (tmp_path / "gone.db").exists()


def test_a_wrong_key_says_nothing_on_the_console(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "clinic.db"
    closed_clinic(path)
    with pytest.raises(Fault):
        Database.open(path, bytes(32))
    assert capfd.readouterr() == ("", "")


def test_a_newer_file_is_refused_unchanged_even_with_a_log_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "clinic.db"
    closed_clinic(path)
    with closing(connect(path, KEY)) as newer:
        newer.execute("PRAGMA user_version = 99")
        before = {one.name: one.read_bytes() for one in tmp_path.iterdir() if not one.name.endswith("-shm")}
        assert set(before) == {"clinic.db", "clinic.db-wal"}
        with pytest.raises(Fault) as caught:
            Database.open(path, KEY)
        after = {one.name: one.read_bytes() for one in tmp_path.iterdir() if not one.name.endswith("-shm")}
    assert caught.value.code is FaultCode.DATABASE_NEWER
    assert caught.value.values["found"] == 99
    assert after == before


def test_a_new_database_is_not_made_over_another(tmp_path: Path) -> None:
    path = tmp_path / "clinic.db"
    content = closed_clinic(path)
    with pytest.raises(Fault) as caught:
        Database.create(path, KEY)
    assert caught.value.code is FaultCode.DATA_FOLDER_FOREIGN
    assert path.read_bytes() == content


def test_an_interrupted_creation_leaves_nothing_in_the_way(tmp_path: Path) -> None:
    path = tmp_path / "clinic.db"
    (tmp_path / ".clinic.db.part").write_bytes(b"half")
    (tmp_path / ".clinic.db.part-wal").write_bytes(b"half")
    made = Database.create(path, KEY)
    with made.reading() as session:
        session.connection()
    made.close()
    assert [one.name for one in tmp_path.iterdir()] == ["clinic.db"]
    with pytest.raises(Fault):
        Database.create(tmp_path / "gone" / "clinic.db", KEY)


def test_a_full_disk_is_said_and_nothing_is_lost(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    client = store.clients.add(builders.client())
    saved = store.drafts.save(builders.draft(client.id))
    store.database.close()
    whole = connect

    def cramped(path: Path, key: bytes, **options: Any) -> Any:
        connection = whole(path, key, **options)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
        return connection

    monkeypatch.setattr(database, "connect", cramped)
    with pytest.raises(Fault) as caught:
        store.drafts.save(saved.with_(knowledge_version="x", aftercare=saved.aftercare.with_(note="n" * 10_000)))
    assert caught.value.code is FaultCode.DISK_FULL
    with pytest.raises(Fault) as caught:
        store.papers.data(saved.id)
    assert caught.value.code is FaultCode.RECORD_NOT_FOUND
    monkeypatch.setattr(database, "connect", whole)
    assert store.drafts.get(saved.id) == saved
    store.database.close()
    Store(store.path).database.close()


def test_another_program_that_holds_the_database_is_a_fault_not_a_crash(store: Store) -> None:
    patient = Database.open(store.path, KEY, busy_ms=20)
    with closing(connect(store.path, KEY)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Fault) as caught, patient.writing() as session:
            session.connection()
        assert caught.value.code is FaultCode.DATABASE_BUSY
        other.execute("ROLLBACK")
    with patient.writing() as session:
        session.connection().exec_driver_sql("SELECT 1")
    patient.close()


def test_writers_in_several_threads_wait_for_one_another(store: Store) -> None:
    failed: list[BaseException] = []

    def add() -> None:
        try:
            for _ in range(5):
                store.clients.add(builders.client())
        except BaseException as error:  # noqa: BLE001
            failed.append(error)

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert sorted(one.number for one in store.clients.search("")) == list(range(1, 21))


WRITER = """
import sys
from pathlib import Path
from tests.integration.storage import builders
from tests.integration.storage.conftest import Store
store = Store(Path(sys.argv[1]))
client = store.clients.add(builders.client())
draft = store.drafts.save(builders.draft(client.id))
print(draft.id, flush=True)
while True:
    draft = store.drafts.save(draft)
    print(draft.revision, flush=True)
"""


@pytest.mark.parametrize("shown", [1, 2, 5, 17, 40])
def test_what_was_said_to_be_saved_survives_kill_9(tmp_path: Path, shown: int) -> None:
    path = tmp_path / "clinic.db"
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3]
    ) as writer:
        assert writer.stdout is not None
        draft_id = writer.stdout.readline().strip()
        for _ in range(shown):
            writer.stdout.readline()
        os.kill(writer.pid, signal.SIGKILL)
        rest = [line for line in writer.stdout.read().splitlines() if line]
    acknowledged = int(rest[-1]) if rest else shown + 1
    store = Store(path)
    found = store.drafts.open()
    assert [str(one.id) for one in found] == [draft_id]
    revision = store.drafts.get(found[0].id).revision
    # At most one more than was acknowledged: committed, and killed before it could say so.
    assert revision in {acknowledged, acknowledged + 1}
    store.database.close()


SIGNER = """
import sys
from pathlib import Path
from tests.integration.storage import builders
from tests.integration.storage.conftest import Store
store = Store(Path(sys.argv[1]))
client = store.clients.add(builders.client())
while True:
    print(store.sign(client, builders.draft(client.id)).id, flush=True)
"""


@pytest.mark.parametrize("shown", [1, 3, 8])
def test_a_signature_is_whole_or_was_not_given_after_kill_9(tmp_path: Path, shown: int) -> None:
    path = tmp_path / "clinic.db"
    with subprocess.Popen(
        [sys.executable, "-c", SIGNER, str(path)], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3]
    ) as signer:
        assert signer.stdout is not None
        said = [signer.stdout.readline().strip() for _ in range(shown)]
        os.kill(signer.pid, signal.SIGKILL)
        said += signer.stdout.read().split()
    store = Store(path)
    client = store.clients.search("")[0]
    kept = {str(one.id) for one in store.sessions.for_client(client.id)}
    assert set(said) <= kept
    assert len(kept) <= len(said) + 1
    assert client.visits == len(kept)
    assert len(store.drafts.open()) <= 1
    assert not kept & {str(one.id) for one in store.drafts.open()}
    assert store.sessions.verify() == ()
    store.database.close()
