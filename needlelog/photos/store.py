"""Sealed photos in their folder, each under the fingerprint of its content."""

from __future__ import annotations

import errno
import hashlib
import os
import re
from collections.abc import Collection
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from needlelog.errors import Fault, FaultCode
from needlelog.files import make_private, read_whole, write_whole
from needlelog.photos.picture import checked, thumbnail

_FILE_LIMIT = 256 << 20
_SHA256 = re.compile(r"[0-9a-f]{64}")


class PhotoState(StrEnum):
    """What became of a photo's file."""

    WHOLE = "whole"
    MISSING = "missing"
    CHANGED = "changed"


class Sealer(Protocol):
    """Encrypts bytes and binds them to what they are about."""

    def seal(self, plain: bytes, about: bytes) -> bytes:
        """``plain`` encrypted."""
        ...

    def open(self, sealed: bytes, about: bytes) -> bytes:
        """What was sealed; raises ``ValueError`` when it is not that any more."""
        ...


class PhotoStore:
    """The photos of one clinic. A photo is never changed: another picture is another photo."""

    def __init__(self, folder: Path, sealer: Sealer) -> None:
        self._folder = folder
        self._sealer = sealer

    def add(self, data: bytes) -> str:
        """Check, seal and keep a JPEG or PNG, durable when this returns; returns the SHA-256 that names it.

        Raises ``Fault`` (PHOTO_UNREADABLE, PHOTO_TOO_LARGE, DISK_FULL and others of writing).
        """
        kept = checked(data)
        sha256 = hashlib.sha256(kept).hexdigest()
        path = self._path(sha256)
        if path.exists() and self._holds(sha256):
            return sha256
        make_private(path.parent)
        write_whole(path, self._sealer.seal(kept, sha256.encode()))
        return sha256

    def data(self, sha256: str) -> bytes:
        """The photo as it was kept; raises ``Fault(PHOTO_DAMAGED)`` when it is gone or not the same any more."""
        try:
            kept = self._sealer.open(read_whole(self._path(sha256), limit=_FILE_LIMIT), sha256.encode())
        except ValueError as error:
            raise Fault(FaultCode.PHOTO_DAMAGED) from error
        except Fault as fault:
            raise Fault(FaultCode.PHOTO_DAMAGED) from fault
        if hashlib.sha256(kept).hexdigest() != sha256:
            raise Fault(FaultCode.PHOTO_DAMAGED)
        return kept

    def check(self, sha256: str) -> PhotoState:
        """Whether the file of this photo is there and opens to the very content that it is named by."""
        try:
            if not self._path(sha256).exists():
                return PhotoState.MISSING
            self.data(sha256)
        except Fault:
            return PhotoState.CHANGED
        return PhotoState.WHOLE

    def strays(self, named: Collection[str]) -> tuple[str, ...]:
        """Every file in the folder that is not the place of one of these photos; raises ``Fault(READ_FAILED)``."""
        expected = {self.place(sha256) for sha256 in named}
        try:
            found = [path for path in self._folder.rglob("*") if not path.is_dir()]
        except OSError as error:
            reason = os.strerror(error.errno or errno.EIO)
            raise Fault(FaultCode.READ_FAILED, path=self._folder, reason=reason) from error
        places = (path.relative_to(self._folder.parent).as_posix() for path in found)
        return tuple(sorted(place for place in places if place not in expected))

    def place(self, sha256: str) -> str:
        """Where the file of a photo lies within the data folder."""
        return f"{self._folder.name}/{sha256[:2]}/{sha256}"

    def thumbnail(self, sha256: str, edge_px: int) -> bytes:
        """A small JPEG of a photo, its longer edge at most ``edge_px``; made anew, so that none lies about unsealed."""
        return thumbnail(self.data(sha256), edge_px)

    def _holds(self, sha256: str) -> bool:
        try:
            self.data(sha256)
        except Fault:
            return False
        return True

    def _path(self, sha256: str) -> Path:
        if not _SHA256.fullmatch(sha256):
            raise Fault(FaultCode.PHOTO_DAMAGED)
        return self._folder / sha256[:2] / sha256
