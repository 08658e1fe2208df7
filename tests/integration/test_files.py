"""Whole files and the lock, on a real disk."""

from __future__ import annotations

import errno
import fcntl
import os
import resource
import signal
import stat
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from needlelog.errors import Fault, FaultCode
from needlelog.files import FolderLock, Holder, make_private, read_whole, write_fault, write_whole
from needlelog.i18n import Words

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def test_written_whole_and_private(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    path.write_bytes(b"old")
    path.chmod(0o644)
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [entry.name for entry in tmp_path.iterdir()] == ["keys.json"]


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    path.write_bytes(b"old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(Fault) as caught:
            write_whole(path, b"x" * 5000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert caught.value.code is FaultCode.DISK_FULL
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["keys.json"]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, FaultCode.DISK_FULL),
        (errno.EDQUOT, FaultCode.DISK_FULL),
        (errno.EACCES, FaultCode.DATA_FOLDER_READ_ONLY),
        (errno.EROFS, FaultCode.DATA_FOLDER_READ_ONLY),
        (errno.EIO, FaultCode.WRITE_FAILED),
    ],
)
def test_every_refusal_of_the_disk_has_its_fault(number: int, code: FaultCode) -> None:
    fault = write_fault(OSError(number, "x"), Path("/data/clinic/keys.json"))
    assert fault.code is code
    assert str(Words().fault(fault))
    if code is FaultCode.DATA_FOLDER_READ_ONLY:
        assert fault.values["path"] == Path("/data/clinic")


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Fault) as caught:
        write_whole(tmp_path / "gone" / "file", b"x")
    assert caught.value.code is FaultCode.WRITE_FAILED


def test_reading_has_a_limit(tmp_path: Path) -> None:
    path = tmp_path / "big"
    path.write_bytes(b"12345")
    assert read_whole(path, limit=5) == b"12345"
    for missing_or_large, limit in ((path, 4), (tmp_path / "none", 5), (tmp_path, 5)):
        with pytest.raises(Fault) as caught:
            read_whole(missing_or_large, limit=limit)
        assert caught.value.code is FaultCode.READ_FAILED


def test_private_folder(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "clinic"
    make_private(folder)
    assert folder.stat().st_mode & 0o777 == 0o700
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Fault) as caught:
        make_private(tmp_path / "file" / "clinic")
    assert caught.value.code is FaultCode.DATA_FOLDER_MISSING


HOLDER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from needlelog.files import FolderLock
lock = FolderLock(Path(sys.argv[1]))
lock.acquire(datetime(2026, 11, 20, 12, 0, tzinfo=UTC))
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_program_is_told_who_and_a_crash_frees_the_lock(tmp_path: Path) -> None:
    path = tmp_path / "clinic.lock"
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        lock = FolderLock(path)
        with pytest.raises(Fault) as caught:
            lock.acquire(NOON)
        assert caught.value.code is FaultCode.DATA_IN_USE
        assert caught.value.values["pid"] == holder.pid
        assert caught.value.values["host"] == os.uname().nodename
        assert caught.value.values["since"] == NOON
        holder.kill()
        holder.wait()
    with lock:
        lock.acquire(NOON)
        assert lock.held
        with pytest.raises(Fault):
            FolderLock(path).acquire(NOON)
    assert not lock.held
    FolderLock(path).acquire(NOON)


def test_a_lock_file_of_nonsense_is_no_obstacle(tmp_path: Path) -> None:
    path = tmp_path / "clinic.lock"
    path.write_bytes(b"\xff\x00[]")
    with FolderLock(path) as lock:
        lock.acquire(NOON)
        assert lock.held


def test_since_is_told_by_the_clock_on_this_computers_wall(monkeypatch: pytest.MonkeyPatch) -> None:
    holder = Holder("front-desk", "mara", 7, "2026-11-20T12:00:00+00:00")
    try:
        with monkeypatch.context() as moved:
            moved.setenv("TZ", "Asia/Kolkata")
            time.tzset()
            since = holder.since_local
        assert isinstance(since, datetime)
        assert (since.hour, since.minute) == (17, 30)
    finally:
        time.tzset()


def test_taking_the_lock_file_away_lets_nobody_in(tmp_path: Path) -> None:
    path = tmp_path / "clinic.lock"
    with FolderLock(path) as lock:
        lock.acquire(NOON)
        path.unlink()
        with pytest.raises(Fault) as caught:
            FolderLock(path).acquire(NOON)
        assert caught.value.code is FaultCode.DATA_IN_USE
        assert lock.stands
    FolderLock(path).acquire(NOON)


@pytest.mark.parametrize("number", [errno.ENOTSUP, errno.EINVAL, errno.ENOLCK, errno.EBADF, errno.EACCES])
def test_a_drive_that_locks_no_folders_is_worked_on_by_the_file_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    flock = fcntl.flock

    def files_only(handle: int, how: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(number, os.strerror(number))
        flock(handle, how)

    monkeypatch.setattr(fcntl, "flock", files_only)
    _is_held_by_its_file(tmp_path / "clinic.lock")


def test_a_folder_that_cannot_be_opened_is_worked_on_by_the_file_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.open

    def files_only(path: str, flags: int, mode: int = 0o777) -> int:
        if flags & os.O_DIRECTORY:
            raise PermissionError(errno.EACCES, "no")
        return real(path, flags, mode)

    monkeypatch.setattr(os, "open", files_only)
    _is_held_by_its_file(tmp_path / "clinic.lock")


def _is_held_by_its_file(path: Path) -> None:
    with FolderLock(path) as lock:
        lock.acquire(NOON)
        assert lock.stands
        with pytest.raises(Fault) as caught:
            FolderLock(path).acquire(NOON)
        assert caught.value.code is FaultCode.DATA_IN_USE
    FolderLock(path).acquire(NOON)


def test_a_lock_on_a_folder_that_was_moved_away_stands_no_longer(tmp_path: Path) -> None:
    folder = tmp_path / "clinic"
    folder.mkdir()
    with FolderLock(folder / "clinic.lock") as lock:
        lock.acquire(NOON)
        folder.rename(tmp_path / "away")
        assert lock.held
        assert not lock.stands
        folder.mkdir()
        assert not lock.stands


def test_a_disk_that_takes_no_name_of_the_holder_still_lets_it_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int, _text: bytes) -> int:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "write", full)
    with FolderLock(tmp_path / "clinic.lock") as lock:
        lock.acquire(NOON)
        assert lock.held


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "keys.json")
    with pytest.raises(Fault) as caught:
        read_whole(tmp_path / "keys.json", limit=10)
    assert caught.value.code is FaultCode.READ_FAILED
