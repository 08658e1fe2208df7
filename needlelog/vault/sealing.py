"""The cryptography itself: deriving, wrapping, and sealing of bytes. Imported names come late: they cost time."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from needlelog.vault.key_file import Cost, Wrapped

KEY_BYTES = 32
NONCE_BYTES = 12


class SealBrokenError(ValueError):
    """The bytes are not what was sealed, or not with this key."""


def from_passphrase(passphrase: bytes, salt: bytes, cost: Cost) -> bytes:
    """The wrapping key of a passphrase (Argon2id, RFC 9106)."""
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    return Argon2id(
        salt=salt, length=KEY_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib
    ).derive(passphrase)


def derive(secret: bytes, purpose: str, salt: bytes = b"") -> bytes:
    """A key for one purpose out of a secret that is already hard to guess (HKDF, RFC 5869)."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    info = f"needlelog {purpose}".encode()
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt or None, info=info).derive(secret)


def seal(key: bytes, plain: bytes, about: bytes) -> bytes:
    """``plain`` encrypted and bound to ``about`` (AES-256-GCM), its random nonce in front."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, about)


def unseal(key: bytes, sealed: bytes, about: bytes) -> bytes:
    """What was sealed; raises ``SealBrokenError`` for another key, another ``about`` or changed bytes."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], about)
    except (InvalidTag, ValueError) as error:
        raise SealBrokenError("the seal is broken") from error


def wrap(wrapping_key: bytes, database_key: bytes, about: bytes) -> Wrapped:
    """The database key, sealed for one holder."""
    return Wrapped(seal(wrapping_key, database_key, about))


@dataclass(frozen=True, slots=True)
class KeySealer:
    """Seals and opens bytes with one key, for a layer that does not know keys."""

    _key: bytes = field(repr=False)

    def seal(self, plain: bytes, about: bytes) -> bytes:
        """``plain`` encrypted and bound to ``about``."""
        return seal(self._key, plain, about)

    def open(self, sealed: bytes, about: bytes) -> bytes:
        """What was sealed; raises ``ValueError`` when it is not that any more."""
        return unseal(self._key, sealed, about)


@dataclass(frozen=True, slots=True)
class DatabaseKey:
    """The clinic's 32-byte key, and the keys derived from it."""

    raw: bytes = field(repr=False)

    @classmethod
    def new(cls) -> DatabaseKey:
        """A fresh random key."""
        return cls(secrets.token_bytes(KEY_BYTES))

    def sub_key(self, purpose: str) -> bytes:
        """A 32-byte key for one purpose, from which the database key cannot be found."""
        return derive(self.raw, purpose)

    def sealer(self, purpose: str) -> KeySealer:
        """A sealer with its own key, for example for ``"photos"``."""
        return KeySealer(self.sub_key(purpose))
