"""The key file: what it holds, how it is written, and how damage is told from a wrong passphrase.

A checksum finds damage before any passphrase is asked; a code made with the database key finds changes on purpose
afterwards. Practitioners' names stand in it in plain text, because the unlock screen shows them; no client's does.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from needlelog.errors import Fault, FaultCode
from needlelog.files import read_whole, write_whole

FORMAT = "needlelog-keys"
VERSION = 1
_SIZE_LIMIT = 1 << 20
SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess of a passphrase costs (Argon2id). RFC 9106 recommends 64 MiB, three passes, four lanes."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4

    def sane(self) -> bool:
        """Whether a machine could work this out: a damaged file must not freeze the program."""
        return 8 * self.lanes <= self.memory_kib <= 4 << 20 and 1 <= self.passes <= 64 and 1 <= self.lanes <= 64


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A database key that one holder can open."""

    sealed: bytes


@dataclass(frozen=True, slots=True)
class KeyHolder:
    """A practitioner who may unlock the clinic, as the unlock screen shows them."""

    practitioner_id: str
    name: str


@dataclass(frozen=True, slots=True)
class PassphraseEntry:
    """One practitioner's way in."""

    holder: KeyHolder
    cost: Cost
    salt: bytes
    wrapped: Wrapped


@dataclass(frozen=True, slots=True)
class RecoveryEntry:
    """The printed recovery key's way in."""

    salt: bytes
    wrapped: Wrapped


@dataclass(frozen=True, slots=True)
class KeyFile:
    """The whole key file, in memory."""

    practitioners: tuple[PassphraseEntry, ...]
    recovery: RecoveryEntry
    code: bytes = b""

    def entry(self, practitioner_id: str) -> PassphraseEntry | None:
        """This practitioner's entry, if there is one."""
        return next((e for e in self.practitioners if e.holder.practitioner_id == practitioner_id), None)

    def with_entry(self, entry: PassphraseEntry) -> KeyFile:
        """A copy in which ``entry`` stands for its practitioner, in its old place or at the end."""
        if self.entry(entry.holder.practitioner_id) is None:
            return replace(self, practitioners=(*self.practitioners, entry))
        same = entry.holder.practitioner_id
        changed = tuple(entry if e.holder.practitioner_id == same else e for e in self.practitioners)
        return replace(self, practitioners=changed)

    def without(self, practitioner_id: str) -> KeyFile:
        """A copy without this practitioner."""
        return replace(
            self,
            practitioners=tuple(e for e in self.practitioners if e.holder.practitioner_id != practitioner_id),
        )

    def authenticated(self, code_key: bytes) -> KeyFile:
        """A copy that carries the code which only a holder of the database key can make."""
        return replace(self, code=_code(self, code_key))

    def is_authentic(self, code_key: bytes) -> bool:
        """Whether nobody without the database key has changed this file."""
        return hmac.compare_digest(self.code, _code(self, code_key))


def about_passphrase(practitioner_id: str, cost: Cost, salt: bytes) -> bytes:
    """What a practitioner's wrapped key is bound to."""
    bound = [VERSION, "passphrase", practitioner_id, cost.memory_kib, cost.passes, cost.lanes, salt.hex()]
    return json.dumps(bound).encode()


def about_recovery(salt: bytes) -> bytes:
    """What the wrapped key of the recovery sheet is bound to."""
    return json.dumps([VERSION, "recovery", salt.hex()]).encode()


def _code(file: KeyFile, code_key: bytes) -> bytes:
    return hmac.digest(code_key, _canonical(_body(file)), "sha256")


def _canonical(content: dict[str, Any]) -> bytes:
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode()


def _body(file: KeyFile) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "practitioners": [
            {
                "id": entry.holder.practitioner_id,
                "name": entry.holder.name,
                "argon2id": {
                    "memory_kib": entry.cost.memory_kib,
                    "passes": entry.cost.passes,
                    "lanes": entry.cost.lanes,
                    "salt": entry.salt.hex(),
                },
                "wrapped": entry.wrapped.sealed.hex(),
            }
            for entry in file.practitioners
        ],
        "recovery": {"salt": file.recovery.salt.hex(), "wrapped": file.recovery.wrapped.sealed.hex()},
    }


def write_key_file(path: Path, file: KeyFile) -> None:
    """Write the key file whole; raises the faults of ``write_whole``."""
    content = _body(file) | {"code": file.code.hex()}
    content["checksum"] = hashlib.sha256(_canonical(content)).hexdigest()
    write_whole(path, json.dumps(content, indent=1, sort_keys=True).encode() + b"\n")


def read_key_file(path: Path) -> KeyFile:
    """The key file; raises ``Fault`` (KEY_FILE_DAMAGED, KEY_FILE_NEWER, READ_FAILED)."""
    if not path.is_file():
        raise Fault(FaultCode.KEY_FILE_DAMAGED, path=path)
    raw = read_whole(path, limit=_SIZE_LIMIT)
    try:
        content = json.loads(raw)
        checksum = content.pop("checksum")
        sound = content["format"] == FORMAT and hashlib.sha256(_canonical(content)).hexdigest() == checksum
        version = int(content["version"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Fault(FaultCode.KEY_FILE_DAMAGED, path=path) from error
    if not sound:
        raise Fault(FaultCode.KEY_FILE_DAMAGED, path=path)
    if version > VERSION:
        raise Fault(FaultCode.KEY_FILE_NEWER, path=path, found=version, known=VERSION)
    try:
        return _file(content)
    except (ValueError, KeyError, TypeError) as error:
        raise Fault(FaultCode.KEY_FILE_DAMAGED, path=path) from error


def _file(content: dict[str, Any]) -> KeyFile:
    entries = []
    for entry in content["practitioners"]:
        kdf = entry["argon2id"]
        cost = Cost(int(kdf["memory_kib"]), int(kdf["passes"]), int(kdf["lanes"]))
        if not cost.sane():
            raise ValueError("no machine could work this out")
        holder = KeyHolder(str(entry["id"]), str(entry["name"]))
        wrapped = Wrapped(bytes.fromhex(entry["wrapped"]))
        entries.append(PassphraseEntry(holder, cost, bytes.fromhex(kdf["salt"]), wrapped))
    recovery = content["recovery"]
    return KeyFile(
        practitioners=tuple(entries),
        recovery=RecoveryEntry(bytes.fromhex(recovery["salt"]), Wrapped(bytes.fromhex(recovery["wrapped"]))),
        code=bytes.fromhex(content["code"]),
    )
