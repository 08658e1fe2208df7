"""The clinic's door: who may come in, before anything is unlocked.

Only what the unlock screen needs is imported here; the database and the rest load when the key turns (``opening``).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from needlelog.clock import Clock
from needlelog.errors import Fault, FaultCode
from needlelog.files import FolderLock, make_private
from needlelog.i18n import Words
from needlelog.paths import DataFolder, FolderKind, classify, is_writable
from needlelog.vault.key_file import Cost, KeyHolder, read_key_file

if TYPE_CHECKING:
    from needlelog.domain.clinic import Clinic
    from needlelog.services.desk import Desk
    from needlelog.services.opening import Opener
    from needlelog.vault.recovery import RecoveryKey


class Door:
    """One data folder, held for this program alone from ``enter`` to ``leave``."""

    def __init__(self, root: Path, resources: Path, clock: Clock, tr: Words, cost: Cost | None = None) -> None:
        self.folder = DataFolder(root)
        self._resources = resources
        self._clock = clock
        self._tr = tr
        self._cost = cost
        self._lock = FolderLock(self.folder.lock)
        self._stood = False

    @property
    def is_new(self) -> bool:
        """Whether the folder holds no clinic yet; raises ``Fault`` for a folder that cannot be used at all."""
        kind = classify(self.folder.root)
        if self._stood and kind is not FolderKind.CLINIC:
            # A second, empty clinic must not be offered in the place of one that went away.
            raise Fault(FaultCode.CLINIC_GONE, path=self.folder.root)
        if kind is FolderKind.FOREIGN:
            raise Fault(FaultCode.DATA_FOLDER_FOREIGN, path=self.folder.root)
        if kind is FolderKind.PHOTOS_ONLY:
            raise Fault(FaultCode.DATA_FOLDER_PHOTOS_ONLY, path=self.folder.root)
        if kind is FolderKind.MISSING:
            raise Fault(FaultCode.DATA_FOLDER_MISSING, path=self.folder.root)
        return kind is FolderKind.NEW

    def enter(self) -> None:
        """Make sure of the folder and hold it; raises ``Fault`` (DATA_IN_USE, DATA_FOLDER_READ_ONLY and others)."""
        if self._lock.stands:
            return
        self.leave()
        _ = self.is_new
        if not self.folder.root.exists():
            make_private(self.folder.root)
        # Asked before the rights are set, which would lift a protection that somebody put there.
        if not is_writable(self.folder.root):
            raise Fault(FaultCode.DATA_FOLDER_READ_ONLY, path=self.folder.root)
        make_private(self.folder.root)
        self._lock.acquire(self._clock.now())

    def leave(self) -> None:
        """Let the folder go."""
        if self._lock.held:
            self._lock.release()

    def tiles(self) -> tuple[KeyHolder, ...]:
        """Who may unlock; raises ``Fault`` (KEY_FILE_DAMAGED, KEY_FILE_NEWER)."""
        return tuple(entry.holder for entry in read_key_file(self.folder.keys).practitioners)

    def warm_up(self) -> None:
        """Load what unlocking will need; called off the UI thread once the first screen is painted."""
        from needlelog.services import opening

        opening.warm_up()

    def _opener(self) -> Opener:
        from needlelog.services.opening import Opener

        return Opener(self.folder, self._resources, self._clock, self._tr, self._cost)

    def new_recovery_key(self) -> RecoveryKey:
        """A fresh key to print."""
        from needlelog.vault.recovery import RecoveryKey

        return RecoveryKey.new()

    def emergency_number(self, country: str) -> str:
        """The number to dial in a country (ISO 3166-1 alpha-2), or ""; raises ``Fault``."""
        from needlelog.knowledge.emergency import emergency_number

        return emergency_number(self._resources / "knowledge", country)

    def recovery_sheet(self, clinic: Clinic, recovery: RecoveryKey) -> bytes:
        """The paper with the recovery key, as PDF; it is not kept anywhere."""
        from needlelog.documents.recovery_sheet import RecoverySheet, make_recovery_sheet

        return make_recovery_sheet(RecoverySheet(clinic, recovery.groups, self._clock.now()), self._tr)

    def set_up(
        self, clinic: Clinic, *, practitioner: str, credentials: str, passphrase: str, recovery: RecoveryKey
    ) -> Desk:
        """Make the clinic: encrypted database, product list, keys; slow, so called off the UI thread."""
        self.enter()
        made = self._opener().set_up(
            clinic, practitioner=practitioner, credentials=credentials, passphrase=passphrase, recovery=recovery
        )
        self._stood = True
        return made

    def unlock(self, practitioner_id: str, passphrase: str) -> Desk:
        """Open the clinic; raises ``Fault`` (PASSPHRASE_WRONG, PASSPHRASE_TOO_SOON, DATABASE_DAMAGED and others)."""
        self.enter()
        with self._opening():
            return self._opener().unlock(practitioner_id, passphrase)

    def unlock_with_recovery(self, practitioner_id: str, recovery: str, new_passphrase: str) -> Desk:
        """Open with the printed key and set a new passphrase; raises ``Fault(RECOVERY_KEY_WRONG)``."""
        self.enter()
        with self._opening():
            return self._opener().unlock_with_recovery(practitioner_id, recovery, new_passphrase)

    @contextmanager
    def _opening(self) -> Iterator[None]:
        """Remember that a clinic stands here; before it is open nobody has typed anything that could be kept."""
        try:
            yield
        except Fault as fault:
            if fault.code is FaultCode.DISK_FULL:
                raise Fault(FaultCode.DISK_FULL_UNOPENED) from fault
            raise
        self._stood = True
