"""The recovery key as people read, print and type it: Crockford's base 32 in six groups of five, the last a check."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field

from needlelog.errors import Fault, FaultCode

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_GROUP = 5
_SECRET_GROUPS = 5
_LENGTH = _GROUP * (_SECRET_GROUPS + 1)
# What is read or typed for a digit or letter it looks like.
_LOOKALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})


def _check_group(letters: str) -> str:
    number = int.from_bytes(hashlib.sha256(b"needlelog recovery key" + letters.encode()).digest()[:4], "big")
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in range(_GROUP))


def _read(text: str) -> str:
    """``text`` in capitals without blanks and dashes, look-alikes read as what they stand for."""
    return "".join(c for c in text.upper() if c.isalnum()).translate(_LOOKALIKE)


@dataclass(frozen=True, slots=True)
class RecoveryKey:
    """125 random bits that open the clinic when every passphrase is lost. Never stored: printed once."""

    _letters: str = field(repr=False)

    @classmethod
    def new(cls) -> RecoveryKey:
        """A fresh random key."""
        return cls("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP * _SECRET_GROUPS)))

    @classmethod
    def parse(cls, text: str) -> RecoveryKey:
        """The key that was typed; blanks, dashes, case and look-alikes do not matter.

        Raises ``Fault(RECOVERY_KEY_WRONG)`` when the check group does not fit.
        """
        typed = _read(text)
        letters, check = typed[: _GROUP * _SECRET_GROUPS], typed[_GROUP * _SECRET_GROUPS :]
        if len(typed) != _LENGTH or set(typed) - set(_ALPHABET) or check != _check_group(letters):
            raise Fault(FaultCode.RECOVERY_KEY_WRONG)
        return cls(letters)

    @property
    def groups(self) -> tuple[str, ...]:
        """The six groups as they are printed, the check group last."""
        whole = self._letters + _check_group(self._letters)
        return tuple(whole[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))

    def text(self) -> str:
        """The whole key as it is printed."""
        return "-".join(self.groups)

    def confirms(self, group: int, typed: str) -> bool:
        """Whether ``typed`` is the group at this index, to see that the sheet was really kept."""
        return _read(typed) == self.groups[group]

    def secret(self) -> bytes:
        """The bytes that the wrapping key is derived from."""
        return self._letters.encode()
