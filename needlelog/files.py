"""Files written whole or not at all, private folders, and the lock that keeps a second program out."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import sys
from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from needlelog.errors import Fault, FaultCode

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS}
PRIVATE_FOLDER = 0o700


def write_fault(error: OSError, path: Path) -> Fault:
    """The fault that says why ``path`` could not be written."""
    if error.errno in _FULL:
        return Fault(FaultCode.DISK_FULL)
    if error.errno in _REFUSED:
        return Fault(FaultCode.DATA_FOLDER_READ_ONLY, path=path.parent)
    return Fault(FaultCode.WRITE_FAILED, path=path, reason=os.strerror(error.errno or errno.EIO))


def write_whole(path: Path, content: bytes) -> None:
    """Put ``content`` at ``path``, durable when this returns: all of it or, after any failure, what was there before.

    Only this user may read the file. Raises ``Fault`` (DISK_FULL, DATA_FOLDER_READ_ONLY, WRITE_FAILED).
    """
    # Not at the top: it pulls in what the first painting does not need.
    import tempfile

    part: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        part = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        if part is not None:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
        raise write_fault(error, path) from error


def save_chosen(path: Path, content: bytes) -> None:
    """``write_whole`` where somebody chose to; raises ``Fault`` (SAVE_NO_ROOM, SAVE_REFUSED, SAVE_FAILED)."""
    try:
        write_whole(path, content)
    except Fault as fault:
        cause = fault.__cause__
        number = cause.errno if isinstance(cause, OSError) else None
        if number in _FULL:
            raise Fault(FaultCode.SAVE_NO_ROOM, folder=path.parent) from cause
        if number in _REFUSED:
            raise Fault(FaultCode.SAVE_REFUSED, folder=path.parent) from cause
        raise Fault(FaultCode.SAVE_FAILED, folder=path.parent, reason=os.strerror(number or errno.EIO)) from cause


def write_trial(folder: Path, size: int) -> None:
    """Find out whether ``size`` bytes can be written in ``folder``; raises the ``OSError`` that says why not."""
    import tempfile

    with tempfile.TemporaryFile(dir=folder, prefix=".trial-", suffix=".part") as file:
        file.write(b"\0" * size)
        file.flush()
        os.fsync(file.fileno())


def read_whole(path: Path, *, limit: int) -> bytes:
    """The bytes of ``path``; raises ``Fault(READ_FAILED)`` when it cannot be read or is longer than ``limit`` bytes."""
    # Whoever opens a pipe waits for ever.
    if path.is_fifo():
        raise Fault(FaultCode.READ_FAILED, path=path, reason=os.strerror(errno.EINVAL))
    try:
        with path.open("rb") as file:
            content = file.read(limit + 1)
    except OSError as error:
        raise Fault(FaultCode.READ_FAILED, path=path, reason=os.strerror(error.errno or errno.EIO)) from error
    if len(content) > limit:
        raise Fault(FaultCode.READ_FAILED, path=path, reason=f"> {limit} bytes")
    return content


def sync_folder(folder: Path) -> None:
    """Make a rename in ``folder`` survive a power cut, where the system has a way to ask for that."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_private(folder: Path) -> None:
    """Make ``folder``, with those around it, for this user alone; raises ``Fault`` when it cannot be made.

    A folder of somebody else who lets this user write stays as open as it is.
    """
    try:
        folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        with contextlib.suppress(PermissionError):
            folder.chmod(PRIVATE_FOLDER)
    except OSError as error:
        if error.errno in _FULL | _REFUSED:
            raise write_fault(error, folder / "file") from error
        raise Fault(FaultCode.DATA_FOLDER_MISSING, path=folder) from error


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a folder open: ``since`` is an ISO moment."""

    host: str
    user: str
    pid: int
    since: str

    @property
    def since_local(self) -> datetime | str:
        """``since`` on this machine's wall clock; as it was written where it is no moment."""
        try:
            return datetime.fromisoformat(self.since).astimezone()
        except ValueError:
            return self.since


_UNKNOWN = Holder("?", "?", 0, "?")
# The lock is taken on a byte far behind the text, because Windows lets nobody read a locked byte.
_LOCKED_BYTE = 1 << 20
_TAKEN = {errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK}


class FolderLock:
    """A held lock on one data folder that a crash frees, and that tells a second program who holds it.

    Where the system can, the folder itself is locked too: whoever takes the file away lets nobody else in.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None
        self._folder: int | None = None

    @property
    def held(self) -> bool:
        """Whether this object holds the lock."""
        return self._handle is not None

    @property
    def stands(self) -> bool:
        """Whether this object holds the lock, and the folder is still the one it was taken on."""
        if self._handle is None:
            return False
        if self._folder is None:
            return True
        try:
            return os.path.samestat(self._path.parent.stat(), os.fstat(self._folder))
        except OSError:
            return False

    def acquire(self, since: datetime) -> None:
        """Take the lock; raises ``Fault(DATA_IN_USE)`` with host, user and since of the one who has it."""
        if self._handle is not None:
            return
        try:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
        except OSError as error:
            raise write_fault(error, self._path) from error
        folder: int | None = None
        try:
            folder = _folder_handle(self._path.parent)
            _hold(handle, folder, Holder(_host(), _user(), os.getpid(), since.isoformat()))
        except OSError as error:
            _close(handle, folder)
            raise write_fault(error, self._path) from error
        except Fault:
            _close(handle, folder)
            raise
        self._handle, self._folder = handle, folder

    def release(self) -> None:
        """Give the lock back; the file stays, empty."""
        if self._handle is None:
            return
        handle, self._handle = self._handle, None
        folder, self._folder = self._folder, None
        with contextlib.suppress(OSError):
            os.ftruncate(handle, 0)
        _close(handle, folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def _host() -> str:
    if sys.platform == "win32":
        return os.environ.get("COMPUTERNAME", "?")
    return os.uname().nodename


def _user() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "?"


def _folder_handle(folder: Path) -> int | None:
    if sys.platform == "win32":
        return None
    try:
        return os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return None


def _close(*handles: int | None) -> None:
    for handle in handles:
        if handle is not None:
            os.close(handle)


def _hold(handle: int, folder: int | None, holder: Holder) -> None:
    if not _take(handle) or not (folder is None or _take_too(folder)):
        other = _read_holder(handle)
        raise Fault(FaultCode.DATA_IN_USE, host=other.host, user=other.user, since=other.since_local, pid=other.pid)
    _write_holder(handle, holder)


def _take(handle: int, taken: Set[int] = _TAKEN) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in taken:
            return False
        raise
    return True


def _take_too(folder: int) -> bool:
    """``_take`` where many a drive cannot: False only for a folder that somebody else surely holds."""
    try:
        return _take(folder, {errno.EWOULDBLOCK})
    except OSError:
        return True


def _write_holder(handle: int, holder: Holder) -> None:
    text = json.dumps({"host": holder.host, "user": holder.user, "pid": holder.pid, "since": holder.since})
    # Who holds it is only told to others: a full disk keeps nobody from holding it.
    with contextlib.suppress(OSError):
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, text.encode())


def _read_holder(handle: int) -> Holder:
    os.lseek(handle, 0, os.SEEK_SET)
    try:
        found = json.loads(os.read(handle, 4096))
        return Holder(str(found["host"]), str(found["user"]), int(found["pid"]), str(found["since"]))
    except (ValueError, KeyError, TypeError):
        return _UNKNOWN
