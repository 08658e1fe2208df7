"""The database taken from under an open clinic: nothing is shown as saved that the next start would not find."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import text

from needlelog.domain.session import SessionDraft
from needlelog.errors import Fault, FaultCode
from needlelog.storage import connection, database
from needlelog.storage.connection import BUSY_MS, connect, fault_of
from needlelog.storage.database import Database
from tests.integration.storage import builders
from tests.integration.storage.conftest import KEY, Store


@pytest.fixture
def draft(store: Store) -> SessionDraft:
    """A visit that is on the disk."""
    return store.drafts.save(builders.draft(store.clients.add(builders.client()).id))


def refusal(store: Store, draft: SessionDraft) -> FaultCode:
    """What saving a change to ``draft`` is refused with."""
    with pytest.raises(Fault) as caught:
        store.drafts.save(draft.with_(knowledge_version="typed meanwhile"))
    return caught.value.code


def test_a_moved_database_takes_nothing_and_goes_on_once_it_is_back(store: Store, draft: SessionDraft) -> None:
    away = store.path.with_name("away.db")
    store.path.rename(away)
    assert refusal(store, draft) is FaultCode.DATABASE_GONE
    away.rename(store.path)
    saved = store.drafts.save(draft.with_(knowledge_version="typed meanwhile"))
    assert Store(store.path).drafts.get(draft.id) == saved


def test_a_removed_folder_takes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "clinic"
    folder.mkdir()
    store = Store(folder / "clinic.db")
    draft = store.drafts.save(builders.draft(store.clients.add(builders.client()).id))
    shutil.rmtree(folder)
    assert refusal(store, draft) is FaultCode.DATABASE_GONE
    store.database.close()


def test_another_file_in_its_place_takes_nothing(store: Store, draft: SessionDraft, tmp_path: Path) -> None:
    shutil.copy(store.path, tmp_path / "copy.db")
    (tmp_path / "copy.db").replace(store.path)
    assert refusal(store, draft) is FaultCode.DATABASE_GONE


def test_a_drive_that_makes_the_file_anew_when_it_is_opened_for_writing_is_worked_on(
    store: Store, draft: SessionDraft, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.database.close()
    opened: list[Path] = []

    def copies_first(path: Path, key: bytes, *, mode: str = "rw", busy_ms: int = BUSY_MS) -> Any:
        if mode == "rw" and not opened:
            opened.append(path)
            shutil.copy(path, tmp_path / "copy.db")
            (tmp_path / "copy.db").replace(path)
        return connect(path, key, mode=mode, busy_ms=busy_ms)

    monkeypatch.setattr(database, "connect", copies_first)
    again = Store(store.path)
    saved = again.drafts.save(draft.with_(knowledge_version="typed meanwhile"))
    assert opened == [store.path]
    assert again.drafts.get(draft.id) == saved
    again.database.close()


def test_a_drive_that_numbers_its_files_anew_meanwhile_is_worked_on(
    store: Store, draft: SessionDraft, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("stat", "fstat"):
        monkeypatch.setattr(os, name, _numbered_anew(getattr(os, name), store.path.stat().st_ino))
    saved = store.drafts.save(draft.with_(knowledge_version="typed meanwhile"))
    assert store.drafts.get(draft.id) == saved
    monkeypatch.undo()
    assert store.drafts.save(saved.with_(knowledge_version="as before")).knowledge_version == "as before"


def _numbered_anew(look: Callable[..., os.stat_result], number: int) -> Callable[..., os.stat_result]:
    def found(*what: Any, **how: Any) -> os.stat_result:
        real = look(*what, **how)
        return os.stat_result((real[0], number + 1_000_000, *real[2:10])) if real.st_ino == number else real

    return found


def test_a_file_cut_short_while_it_is_open_takes_nothing(store: Store, draft: SessionDraft) -> None:
    with closing(connect(store.path, KEY)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    saved = store.drafts.save(draft.with_(knowledge_version="before"))
    os.truncate(store.path, store.path.stat().st_size // 2)
    assert refusal(store, saved) is FaultCode.DATABASE_DAMAGED


def test_what_is_saved_after_the_log_was_taken_away_survives_a_crash(
    store: Store, draft: SessionDraft, tmp_path: Path
) -> None:
    once = store.drafts.save(draft.with_(knowledge_version="first"))
    store.path.with_name("clinic.db-wal").unlink()
    saved = store.drafts.save(once.with_(knowledge_version="second"))
    # What a crash leaves is what stands under the names now.
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for name in ("clinic.db", "clinic.db-wal"):
        shutil.copy(store.path.with_name(name), crashed / name)
    again = Database.open(crashed / "clinic.db", KEY)
    again.close()
    assert Store(crashed / "clinic.db").drafts.get(draft.id) == saved


def taken_log(store: Store) -> None:
    """Somebody takes the write-ahead log away."""
    store.path.with_name("clinic.db-wal").unlink()


def survivor(store: Store, draft: SessionDraft, folder: Path) -> SessionDraft | None:
    """What the next start finds of ``draft`` after a crash now, in a file that is whole."""
    folder.mkdir()
    for name in ("clinic.db", "clinic.db-wal"):
        if store.path.with_name(name).exists():
            shutil.copy(store.path.with_name(name), folder / name)
    again = Store(folder / "clinic.db")
    found = again.drafts.get(draft.id)
    again.database.close()
    return found


@pytest.mark.parametrize("in_transaction", [False, True], ids=["idle", "in a transaction"])
def test_a_log_taken_away_while_somebody_reads_goes_on_and_is_made_anew_afterwards(
    store: Store, draft: SessionDraft, tmp_path: Path, in_transaction: bool
) -> None:
    with store.database.reading() as session:
        if in_transaction:
            session.execute(text("SELECT count(*) FROM draft")).all()
        once = store.drafts.save(draft.with_(knowledge_version="first"))
        taken_log(store)
        for name in ("second", "third"):
            once = store.drafts.save(once.with_(knowledge_version=name))
            assert store.drafts.get(draft.id) == once
    saved = store.drafts.save(once.with_(knowledge_version="last"))
    assert store.drafts.get(draft.id) == saved
    assert survivor(store, draft, tmp_path / "crashed") == saved
    store.database.close()
    assert survivor(store, draft, tmp_path / "closed") == saved


def test_a_crash_while_the_old_log_goes_on_leaves_a_whole_file(
    store: Store, draft: SessionDraft, tmp_path: Path
) -> None:
    with closing(connect(store.path, KEY)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    with store.database.reading() as session:
        session.execute(text("SELECT count(*) FROM draft")).all()
        once = store.drafts.save(draft.with_(knowledge_version="first"))
        taken_log(store)
        store.drafts.save(once.with_(knowledge_version="second"))
        assert survivor(store, draft, tmp_path / "crashed") == draft


def test_nobody_new_comes_to_the_database_by_another_log(store: Store, draft: SessionDraft, tmp_path: Path) -> None:
    with store.database.reading(), store.database.reading():
        # All connections that there are yet are taken.
        taken_log(store)
        assert refusal(store, draft) is FaultCode.DATABASE_BUSY
    saved = store.drafts.save(draft.with_(knowledge_version="typed meanwhile"))
    assert survivor(store, draft, tmp_path / "crashed") == saved


def test_a_log_that_another_program_reads_is_folded_at_a_later_write(
    store: Store, draft: SessionDraft, tmp_path: Path
) -> None:
    with closing(connect(store.path, KEY)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM draft").fetchone()
        once = store.drafts.save(draft.with_(knowledge_version="first"))
        taken_log(store)
        once = store.drafts.save(once.with_(knowledge_version="second"))
        assert store.drafts.get(draft.id) == once
        other.execute("ROLLBACK")
    saved = store.drafts.save(once.with_(knowledge_version="last"))
    assert survivor(store, draft, tmp_path / "crashed") == saved


class _Refused(connection.sqlcipher.Error):  # type: ignore[misc]
    sqlite_errorname = "SQLITE_IOERR"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, FaultCode.DISK_FULL),
        (errno.EDQUOT, FaultCode.DISK_FULL),
        (errno.EROFS, FaultCode.DATA_FOLDER_READ_ONLY),
        (errno.EIO, FaultCode.WRITE_FAILED),
    ],
)
def test_an_error_without_a_reason_is_told_by_what_the_disk_says(
    store: Store, number: int, code: FaultCode, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(_folder: Path, _size: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(connection, "write_trial", refuses)
    found = fault_of(_Refused(), store.path)
    assert found is not None
    assert found.code is code


def test_no_name_of_sqlites_own_is_told(store: Store) -> None:
    found = fault_of(_Refused(), store.path)
    assert found is not None
    assert "SQLITE" not in str(found.values)
