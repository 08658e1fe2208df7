"""A folder that cannot be used: one sentence in the window, a way on, and not one byte of it changed."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.desks import START
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
    after = prints(clinic)
    assert {name: after.get(name) for name in before} == before
    # Looking into a broken file may leave SQLite's own side files beside it, with nothing in them to be written back.
    assert set(after) - set(before) <= {"clinic.db-wal", "clinic.db-shm"}
    assert not (clinic / "clinic.db-wal").exists() or (clinic / "clinic.db-wal").stat().st_size == 0


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
