"""The plug pulled while wording is kept, a key is changed or a database is brought up to date: the old or the new."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from needlelog.domain.own_texts import SheetKind
from needlelog.errors import Fault, FaultCode
from needlelog.storage.connection import SCHEMA
from needlelog.storage.database import check
from needlelog.storage.migrate import migrate
from tests.desks import PASSPHRASE, StandingClock, a_door, set_up_desk
from tests.integration.services.keeping_child import MAIN, NEW, RECOVERY
from tests.integration.storage.conftest import KEY
from tests.integration.storage.test_migrations import clinic_with_a_visit, counts, migrations

ROOT = Path(__file__).resolve().parents[3]


def killed_at(act: str, moment: str, folder: Path, *more: str) -> None:
    """Do ``act`` in another process until the plug is pulled at ``moment``."""
    module = "tests.integration.services.keeping_child"
    command = [sys.executable, "-m", module, act, moment, str(folder), *more]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A clinic that nobody has open."""
    door = a_door(tmp_path / "clinic", StandingClock())
    set_up_desk(door).close()
    door.leave()
    return tmp_path / "clinic"


@pytest.mark.parametrize(("moment", "kept"), [("commit", False), ("committed", True)])
def test_wording_is_kept_whole_or_not_at_all(folder: Path, moment: str, kept: bool) -> None:
    killed_at("wording", moment, folder)
    door = a_door(folder, StandingClock())
    desk = door.unlock(door.tiles()[0].practitioner_id, PASSPHRASE)
    found = desk.templates.current(SheetKind.AFTERCARE, "en")
    assert (found.texts if found else None) == ({"main": MAIN} if kept else None)
    assert desk.proof.whole().flaws == ()
    assert desk.notices() == ()
    desk.close()
    door.leave()


def test_a_passphrase_that_was_not_changed_yet_still_opens(folder: Path) -> None:
    killed_at("passphrase", "rename", folder)
    door = a_door(folder, StandingClock())
    me = door.tiles()[0].practitioner_id
    with pytest.raises(Fault) as caught:
        door.unlock(me, NEW)
    assert caught.value.code is FaultCode.PASSPHRASE_WRONG
    desk = door.unlock(me, PASSPHRASE)
    desk.practice.change_passphrase(PASSPHRASE, NEW)
    desk.close()
    door.unlock(me, NEW).close()
    door.leave()


def test_a_recovery_key_that_was_not_replaced_yet_leaves_the_passphrase_as_it_is(folder: Path) -> None:
    before = (folder / "keys.json").read_bytes()
    killed_at("recovery key", "rename", folder)
    assert (folder / "keys.json").read_bytes() == before
    door = a_door(folder, StandingClock())
    desk = door.unlock(door.tiles()[0].practitioner_id, PASSPHRASE)
    desk.practice.replace_recovery(RECOVERY)
    desk.close()
    door.leave()


@pytest.mark.parametrize("moment", ["commit", "rename"])
def test_a_database_is_of_the_old_schema_until_it_is_whole_in_the_new_one(tmp_path: Path, moment: str) -> None:
    path = tmp_path / "clinic.db"
    clinic_with_a_visit(path)
    before, steps = counts(path), migrations(tmp_path)
    killed_at("migration", moment, tmp_path, str(steps))
    assert check(path, KEY) == SCHEMA
    assert counts(path) == before
    migrate(path, KEY, SCHEMA, SCHEMA + 1, steps)
    assert counts(path) == before
    assert not list(tmp_path.glob(".*"))
