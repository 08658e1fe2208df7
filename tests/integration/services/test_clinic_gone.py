"""A clinic that goes away behind the lock: nobody is offered a second, empty one in its place."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from needlelog.errors import Fault, FaultCode
from needlelog.services.door import Door
from needlelog.storage import database
from tests.desks import PASSPHRASE, StandingClock, a_door, set_up_desk


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Door]:
    """The door of a clinic that was open and is locked."""
    made = a_door(tmp_path / "clinic", StandingClock())
    set_up_desk(made).close()
    yield made
    made.leave()


def test_a_clinic_that_went_away_is_said_and_found_again(door: Door, tmp_path: Path) -> None:
    folder = door.folder.root
    folder.rename(tmp_path / "away")
    for _ in range(2):
        with pytest.raises(Fault) as caught:
            door.enter()
        assert caught.value.code is FaultCode.CLINIC_GONE
        assert not folder.exists()
    (tmp_path / "away").rename(folder)
    door.enter()
    assert not door.is_new
    door.unlock(door.tiles()[0].practitioner_id, PASSPHRASE).close()


def test_an_emptied_folder_is_no_new_clinic_either(door: Door) -> None:
    folder = door.folder.root
    shutil.rmtree(folder)
    folder.mkdir()
    with pytest.raises(Fault) as caught:
        door.enter()
    assert caught.value.code is FaultCode.CLINIC_GONE


def test_a_full_disk_before_opening_promises_nothing_about_what_was_typed(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> int:
        raise Fault(FaultCode.DISK_FULL)

    monkeypatch.setattr(database, "check", full)
    with pytest.raises(Fault) as caught:
        door.unlock(door.tiles()[0].practitioner_id, PASSPHRASE)
    assert caught.value.code is FaultCode.DISK_FULL_UNOPENED


def test_a_count_of_tries_that_cannot_be_kept_opens_and_refuses_as_always(door: Door) -> None:
    door.folder.tries.unlink(missing_ok=True)
    door.folder.tries.mkdir()
    who = door.tiles()[0].practitioner_id
    with pytest.raises(Fault) as caught:
        door.unlock(who, "not the passphrase")
    assert caught.value.code is FaultCode.PASSPHRASE_WRONG
    door.unlock(who, PASSPHRASE).close()


@pytest.mark.parametrize("kind", ["folder", "pipe", "loop"])
def test_what_is_no_file_is_no_database_and_no_key_file(door: Door, kind: str) -> None:
    def stand_in(path: Path) -> None:
        path.unlink()
        if kind == "folder":
            path.mkdir()
        elif kind == "pipe":
            os.mkfifo(path)
        else:
            path.symlink_to(path.name)

    who = door.tiles()[0].practitioner_id
    stand_in(door.folder.database)
    with pytest.raises(Fault) as caught:
        door.unlock(who, PASSPHRASE)
    assert caught.value.code is FaultCode.DATABASE_DAMAGED
    stand_in(door.folder.keys)
    with pytest.raises(Fault) as caught:
        door.tiles()
    assert caught.value.code is FaultCode.KEY_FILE_DAMAGED
