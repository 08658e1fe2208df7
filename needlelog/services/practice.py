"""The clinic itself, the people who work there, and their ways in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import uuid4

from needlelog.clock import Clock
from needlelog.domain.clinic import Clinic, Practitioner
from needlelog.errors import Fault, FaultCode
from needlelog.storage.clinic import ClinicRepository, PractitionerRepository
from needlelog.vault.recovery import RecoveryKey
from needlelog.vault.sealing import DatabaseKey
from needlelog.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class OpenVault:
    """The vault with the key that opened it: the proof every change of the key file takes."""

    vault: Vault
    key: DatabaseKey


class Practice:
    """The clinic's own details. ``me`` is whoever is unlocked now. Verbs with a passphrase are slow."""

    def __init__(
        self,
        clinics: ClinicRepository,
        practitioners: PractitionerRepository,
        me: Practitioner,
        opened: OpenVault,
        clock: Clock,
    ) -> None:
        self._clinics = clinics
        self._practitioners = practitioners
        self._opened = opened
        self._clock = clock
        self.me = me

    def clinic(self) -> Clinic:
        """The clinic as far as it can be read, to work with; raises ``Fault(RECORD_NOT_FOUND)`` before set-up."""
        return self._there(self._clinics.as_told())

    def letterhead(self) -> Clinic:
        """The clinic as papers show it, which is whole or not at all; raises ``Fault(RECORD_DAMAGED)`` as well."""
        return self._there(self._clinics.get())

    def _there(self, clinic: Clinic | None) -> Clinic:
        if clinic is None:
            raise Fault(FaultCode.RECORD_NOT_FOUND)
        return clinic

    def damaged(self) -> tuple[str, ...]:
        """The fields of the clinic that cannot be read any more."""
        return self._clinics.damaged()

    def save(self, clinic: Clinic, put_right: Collection[str] = ()) -> None:
        """Keep changed details; papers already given stay as they were.

        Raises ``Fault(DETAIL_DAMAGED)`` while a damaged field is not among those ``put_right``.
        """
        self._clinics.save(clinic, put_right)

    def practitioners(self) -> tuple[Practitioner, ...]:
        """Everybody who may treat and sign."""
        return self._practitioners.all()

    def add_practitioner(self, name: str, credentials: str, passphrase: str) -> Practitioner:
        """One more person who may unlock, treat and sign; raises ``Fault(PASSPHRASE_TOO_WEAK)``."""
        new = Practitioner(id=uuid4(), name=name, credentials=credentials, added_at=self._clock.now())
        vault, key = self._opened.vault, self._opened.key
        vault.add_practitioner(key, str(new.id), new.name, passphrase)
        try:
            self._practitioners.add(new)
        except BaseException:
            # A tile must not open a clinic that does not know its practitioner.
            vault.remove(key, str(new.id))
            raise
        return new

    def change_passphrase(self, old: str, new: str) -> None:
        """Replace my own passphrase; raises ``Fault`` (PASSPHRASE_WRONG, PASSPHRASE_TOO_SOON, PASSPHRASE_TOO_WEAK)."""
        self._opened.vault.change_passphrase(str(self.me.id), old, new)

    def replace_recovery(self, recovery: RecoveryKey) -> None:
        """Make this the clinic's recovery key; the sheet printed before is worthless from now on."""
        self._opened.vault.replace_recovery(self._opened.key, recovery)
