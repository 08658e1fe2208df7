"""The reference data of the last good start, kept sealed in the data folder for the day the program's own is damaged.

A clinic is never left without rules, and never gets others unnoticed: what is read here was whole when it was kept,
is bound to the clinic's key, and is checked again before it is used.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from needlelog.errors import Fault
from needlelog.files import read_whole, write_whole
from needlelog.knowledge.model import Knowledge
from needlelog.knowledge.reading import TABLES, knowledge_of, read_files
from needlelog.services.reference import Trouble

ABOUT = b"reference data"
LIMIT_BYTES = 16 * 1024 * 1024


class Sealer(Protocol):
    """Seals and opens bytes; ``open`` raises ``ValueError`` for bytes that are not what was sealed."""

    def seal(self, plain: bytes, about: bytes) -> bytes:
        """``plain`` encrypted and bound to ``about``."""
        ...

    def open(self, sealed: bytes, about: bytes) -> bytes:
        """What was sealed."""
        ...


class LastGood:
    """One sealed copy of the reference files at ``path``."""

    def __init__(self, path: Path, sealer: Sealer) -> None:
        self._path = path
        self._sealer = sealer

    def load(self, shipped: Path) -> tuple[Knowledge, Trouble | None]:
        """The set of the folder ``shipped``, which is kept; or the one kept last, with what is wrong with ours.

        Raises the ``Fault`` of the folder where no whole set was kept either.
        """
        try:
            files = read_files(shipped)
            knowledge = knowledge_of(files)
        except Fault as fault:
            kept = self._kept()
            if kept is None:
                raise
            return kept, Trouble(fault, kept.version)
        self._keep(files)
        return knowledge, None

    def _keep(self, files: Mapping[str, bytes]) -> None:
        if self._opened() == files:
            return
        plain = json.dumps({name: content.decode() for name, content in files.items()}).encode()
        # A full disk must not keep a clinic with whole reference files from opening.
        with contextlib.suppress(Fault):
            write_whole(self._path, self._sealer.seal(plain, ABOUT))

    def _kept(self) -> Knowledge | None:
        files = self._opened()
        if files is None or set(files) != set(TABLES):
            return None
        try:
            return knowledge_of(files)
        except Fault:
            return None

    def _opened(self) -> Mapping[str, bytes] | None:
        try:
            plain = self._sealer.open(read_whole(self._path, limit=LIMIT_BYTES), ABOUT)
            return {name: text.encode() for name, text in json.loads(plain).items()}
        except (Fault, ValueError):
            return None
