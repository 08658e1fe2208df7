"""A folder that cannot be used: one sentence in the window, a way on, and not one byte of it changed."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from shutil import which

import pytest

from needlelog.paths import DataFolder
from needlelog.storage.connection import SCHEMA, connect
from needlelog.vault.vault import Vault
from tests.desks import CHEAP, PASSPHRASE, START, StandingClock
from tests.e2e.processes import ROOT, Child

NOW = START.isoformat()
LEFT_OUT = {"clinic.lock", "tries.json"}


def prints(folder: Path) -> dict[str, str]:
    """Every file of the folder with its fingerprint, but the lock and the count of tries."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in LEFT_OUT
    }


def assert_as_it_was(clinic: Path, before: dict[str, str]) -> None:
    """No byte of the clinic has changed."""
    after = prints(clinic)
    assert {name: after.get(name) for name in before} == before
    # Looking into a database may leave SQLite's own side files beside it, with nothing in them to be written back.
    assert set(after) - set(before) <= {"clinic.db-wal", "clinic.db-shm"}
    assert not (clinic / "clinic.db-wal").exists() or (clinic / "clinic.db-wal").stat().st_size == 0


def test_a_second_start_says_who_has_the_clinic_open_and_the_lock_dies_with_its_holder(clinic: Path) -> None:
    with Child("unlocked", clinic, now=NOW) as first:
        first.until(at="waiting")
        with Child("trouble", clinic, now=NOW, says="This clinic is already open on") as second:
            second.finish()
        first.kill()
    with Child("unlocked", clinic, now=NOW, end=True) as third:
        third.finish()


def test_without_a_display_the_program_ends_with_a_sentence(clinic: Path) -> None:
    before = prints(clinic)
    environment = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
    done = subprocess.run(
        [sys.executable, "main.py", "--data-dir", str(clinic)],
        cwd=ROOT,
        env=environment | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert prints(clinic) == before


def _empty_database(folder: Path) -> None:
    (folder / "clinic.db").write_bytes(b"")


def _short_database(folder: Path) -> None:
    whole = (folder / "clinic.db").read_bytes()
    (folder / "clinic.db").write_bytes(whole[: len(whole) // 2])


def _damaged_keys(folder: Path) -> None:
    keys = (folder / "keys.json").read_bytes()
    (folder / "keys.json").write_bytes(keys[: len(keys) // 2])


@pytest.mark.parametrize(
    ("harm", "says", "locked"),
    [
        (_empty_database, "The clinic's database is damaged", True),
        (_short_database, "The clinic's database is damaged", True),
        (_damaged_keys, "is damaged.", False),
    ],
    ids=["empty database", "truncated database", "damaged keys"],
)
def test_a_damaged_clinic_is_said_and_left_as_it_is(
    clinic: Path, harm: Callable[[Path], None], says: str, locked: bool
) -> None:
    harm(clinic)
    before = prints(clinic)
    with Child("trouble", clinic, now=NOW, says=says, locked=locked) as child:
        child.finish()
    assert_as_it_was(clinic, before)


def test_something_else_in_the_folder_is_said_and_left_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "letter.txt").write_text("Dear all")
    with Child("trouble", folder, now=NOW, says="holds something else, not a NeedleLog clinic") as child:
        child.finish()
    assert [path.name for path in folder.iterdir()] == ["letter.txt"]


def test_a_drive_that_is_not_there_is_said_and_no_second_clinic_is_offered(tmp_path: Path) -> None:
    folder = tmp_path / "no drive" / "clinic"
    with Child("trouble", folder, now=NOW, says="cannot be made or reached") as child:
        child.finish()
    assert not folder.parent.exists()


def test_a_folder_below_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with Child("trouble", tmp_path / "file" / "clinic", now=NOW, says="cannot be made or reached") as child:
        child.finish()
    assert (tmp_path / "file").read_text() == "not a folder"


def test_a_clinic_of_a_newer_program_is_said_and_left_as_it_is(clinic: Path) -> None:
    folder = DataFolder(clinic)
    vault = Vault(folder.keys, folder.tries, StandingClock(), CHEAP)
    key = vault.unlock(vault.practitioners()[0].practitioner_id, PASSPHRASE)
    with closing(connect(folder.database, key.raw)) as database:
        database.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    before = prints(clinic)
    says = f"written by a newer NeedleLog (version {SCHEMA + 1}, this one reads {SCHEMA})"
    with Child("trouble", clinic, now=NOW, says=says, locked=True) as child:
        child.finish()
    assert_as_it_was(clinic, before)


def _write_protected(folder: Path) -> tuple[str, ...]:
    """Takes the right to write away; root, whom that does not stop, is started without the power to pass over it."""
    folder.chmod(0o500)
    return () if os.geteuid() else ("setpriv", "--bounding-set", "-dac_override,-dac_read_search")


def _on_a_read_only_drive(folder: Path) -> tuple[str, ...]:
    """For the child alone the folder lies on a drive that is mounted read-only."""
    mount = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'
    return (*_OWN_MOUNTS, "sh", "-c", mount, str(folder))


_OWN_MOUNTS = ("unshare", "--mount") if os.geteuid() == 0 else ("unshare", "--map-root-user", "--mount")


def _ways() -> list[Callable[[Path], tuple[str, ...]]]:
    """The ways in which this system can refuse to write; the drive needs the right to mount."""
    ways = [_write_protected] if os.geteuid() or which("setpriv") else []
    if which("unshare") and subprocess.run([*_OWN_MOUNTS, "true"], capture_output=True, check=False).returncode == 0:
        ways.append(_on_a_read_only_drive)
    return ways


@pytest.mark.parametrize("protect", _ways())
def test_a_folder_that_may_not_be_written_to_is_said_and_left_as_it_is(
    clinic: Path, protect: Callable[[Path], tuple[str, ...]]
) -> None:
    before = prints(clinic)
    under = protect(clinic)
    mode = clinic.stat().st_mode
    with Child("trouble", clinic, under=under, now=NOW, says=f"NeedleLog may not write into {clinic}") as child:
        child.finish()
    assert clinic.stat().st_mode == mode
    clinic.chmod(0o700)
    assert prints(clinic) == before
    with Child("unlocked", clinic, now=NOW, end=True) as after:
        after.finish()
