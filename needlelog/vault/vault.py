"""The vault: who may open the clinic, and with what."""

from __future__ import annotations

import secrets
from dataclasses import replace
from pathlib import Path

from needlelog.clock import Clock
from needlelog.errors import Fault, FaultCode
from needlelog.vault import sealing
from needlelog.vault.key_file import (
    SALT_BYTES,
    Cost,
    KeyFile,
    KeyHolder,
    PassphraseEntry,
    RecoveryEntry,
    about_passphrase,
    about_recovery,
    read_key_file,
    write_key_file,
)
from needlelog.vault.passphrase import check_passphrase, normalised
from needlelog.vault.recovery import RecoveryKey
from needlelog.vault.sealing import DatabaseKey, SealBrokenError
from needlelog.vault.tries import Tries

_CODE = "key file"
_RECOVERY = "recovery key"


class Vault:
    """The keys of one clinic. Every verb that changes the key file takes the open database key as its proof."""

    def __init__(self, keys: Path, tries: Path, clock: Clock, cost: Cost | None = None) -> None:
        self._path = keys
        self._tries = Tries(tries, clock)
        self._cost = cost or Cost()

    def create(self, practitioner_id: str, name: str, passphrase: str, recovery: RecoveryKey, key: DatabaseKey) -> None:
        """Write a new key file for a new clinic; raises ``Fault(PASSPHRASE_TOO_WEAK)`` or DATA_FOLDER_FOREIGN."""
        check_passphrase(passphrase)
        if self._path.exists():
            raise Fault(FaultCode.DATA_FOLDER_FOREIGN, path=self._path.parent)
        entry = self._entry(KeyHolder(practitioner_id, name), passphrase, key)
        self._write(KeyFile((entry,), _recovery_entry(recovery, key)), key)

    def practitioners(self) -> tuple[KeyHolder, ...]:
        """Who may unlock, in the order they were added; raises ``Fault(KEY_FILE_DAMAGED)`` or KEY_FILE_NEWER."""
        return tuple(entry.holder for entry in read_key_file(self._path).practitioners)

    def unlock(self, practitioner_id: str, passphrase: str) -> DatabaseKey:
        """The database key; raises ``Fault`` (PASSPHRASE_WRONG, PASSPHRASE_TOO_SOON, KEY_FILE_DAMAGED)."""
        file = read_key_file(self._path)
        entry = file.entry(practitioner_id)
        if entry is None:
            raise Fault(FaultCode.RECORD_NOT_FOUND)
        self._tries.check(practitioner_id)
        wrapping = sealing.from_passphrase(normalised(passphrase), entry.salt, entry.cost)
        about = about_passphrase(practitioner_id, entry.cost, entry.salt)
        try:
            key = DatabaseKey(sealing.unseal(wrapping, entry.wrapped.sealed, about))
        except SealBrokenError as error:
            self._tries.note_wrong(practitioner_id)
            raise Fault(FaultCode.PASSPHRASE_WRONG) from error
        self._check_authentic(file, key)
        self._tries.forget(practitioner_id)
        return key

    def unlock_with_recovery(self, recovery: RecoveryKey) -> DatabaseKey:
        """The database key; raises ``Fault`` (RECOVERY_KEY_WRONG, KEY_FILE_DAMAGED)."""
        file = read_key_file(self._path)
        wrapping = sealing.derive(recovery.secret(), _RECOVERY, file.recovery.salt)
        try:
            raw = sealing.unseal(wrapping, file.recovery.wrapped.sealed, about_recovery(file.recovery.salt))
        except SealBrokenError as error:
            raise Fault(FaultCode.RECOVERY_KEY_WRONG) from error
        key = DatabaseKey(raw)
        self._check_authentic(file, key)
        return key

    def add_practitioner(self, key: DatabaseKey, practitioner_id: str, name: str, passphrase: str) -> None:
        """Give one more practitioner a way in; raises ``Fault(PASSPHRASE_TOO_WEAK)``."""
        check_passphrase(passphrase)
        file = self._checked(key)
        self._write(file.with_entry(self._entry(KeyHolder(practitioner_id, name), passphrase, key)), key)

    def rename(self, key: DatabaseKey, practitioner_id: str, name: str) -> None:
        """Change the name on a practitioner's tile."""
        file = self._checked(key)
        entry = _known(file, practitioner_id)
        self._write(file.with_entry(replace(entry, holder=KeyHolder(practitioner_id, name))), key)

    def change_passphrase(self, practitioner_id: str, old: str, new: str) -> DatabaseKey:
        """Replace a passphrase by its owner; raises ``Fault`` (PASSPHRASE_TOO_WEAK and those of ``unlock``)."""
        check_passphrase(new)
        key = self.unlock(practitioner_id, old)
        self.reset_passphrase(key, practitioner_id, new)
        return key

    def reset_passphrase(self, key: DatabaseKey, practitioner_id: str, new: str) -> None:
        """Replace a forgotten passphrase, with the clinic open (by the recovery key or by a colleague)."""
        check_passphrase(new)
        file = self._checked(key)
        holder = _known(file, practitioner_id).holder
        self._write(file.with_entry(self._entry(holder, new, key)), key)
        self._tries.forget(practitioner_id)

    def replace_recovery(self, key: DatabaseKey, recovery: RecoveryKey) -> None:
        """Make the old recovery sheet worthless and this one the clinic's."""
        self._write(replace(self._checked(key), recovery=_recovery_entry(recovery, key)), key)

    def remove(self, key: DatabaseKey, practitioner_id: str) -> None:
        """Take a practitioner's way in away; the last one stays, or nobody could unlock."""
        file = self._checked(key)
        _known(file, practitioner_id)
        if len(file.practitioners) == 1:
            raise ValueError("the last practitioner cannot be removed")
        self._write(file.without(practitioner_id), key)
        self._tries.forget(practitioner_id)

    def _entry(self, holder: KeyHolder, passphrase: str, key: DatabaseKey) -> PassphraseEntry:
        salt = secrets.token_bytes(SALT_BYTES)
        wrapping = sealing.from_passphrase(normalised(passphrase), salt, self._cost)
        about = about_passphrase(holder.practitioner_id, self._cost, salt)
        return PassphraseEntry(holder, self._cost, salt, sealing.wrap(wrapping, key.raw, about))

    def _checked(self, key: DatabaseKey) -> KeyFile:
        file = read_key_file(self._path)
        self._check_authentic(file, key)
        return file

    def _check_authentic(self, file: KeyFile, key: DatabaseKey) -> None:
        if not file.is_authentic(key.sub_key(_CODE)):
            raise Fault(FaultCode.KEY_FILE_DAMAGED, path=self._path)

    def _write(self, file: KeyFile, key: DatabaseKey) -> None:
        write_key_file(self._path, file.authenticated(key.sub_key(_CODE)))


def _known(file: KeyFile, practitioner_id: str) -> PassphraseEntry:
    entry = file.entry(practitioner_id)
    if entry is None:
        raise Fault(FaultCode.RECORD_NOT_FOUND)
    return entry


def _recovery_entry(recovery: RecoveryKey, key: DatabaseKey) -> RecoveryEntry:
    salt = secrets.token_bytes(SALT_BYTES)
    wrapping = sealing.derive(recovery.secret(), _RECOVERY, salt)
    return RecoveryEntry(salt, sealing.wrap(wrapping, key.raw, about_recovery(salt)))
