"""The code on a signed paper: which clinic, which seal, the beginning of its fingerprint, and two letters to check it.

Twenty letters and digits in groups of four, without I, L, O and U, so that it can be read out and typed from a print.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from typing import Self

from needlelog.errors import Fault, FaultCode

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_AS_READ = str.maketrans("OIL", "011")
_CLINIC, _NUMBER, _PRINT, _CHECK = 4, 5, 9, 2
LENGTH = _CLINIC + _NUMBER + _PRINT + _CHECK
_GROUP = 4
_BITS = 5
_SHAPE = re.compile(r"(?<![0-9A-Z])[0-9A-Z]{4}(?:-[0-9A-Z]{4}){4}(?![0-9A-Z])")


@dataclass(frozen=True, slots=True)
class SealCode:
    """What a code says: ``clinic`` and ``fingerprint`` are beginnings of two seals' fingerprints, in its letters."""

    clinic: str
    number: int
    fingerprint: str

    @classmethod
    def of(cls, first_sha256: str, number: int, sha256: str) -> Self:
        """The code of a seal in the chain that begins with the seal of ``first_sha256``."""
        return cls(_beginning(first_sha256, _CLINIC), number, _beginning(sha256, _PRINT))

    @classmethod
    def parse(cls, typed: str) -> Self:
        """The code as typed, in any case, with or without dashes and blanks.

        Raises ``Fault`` (CODE_EMPTY, CODE_LENGTH, CODE_MISTYPED).
        """
        if not typed.strip():
            raise Fault(FaultCode.CODE_EMPTY)
        # No more than could be a code is looked at: what is pasted may be a whole book.
        shown = unicodedata.normalize("NFKC", typed[: 8 * LENGTH]).upper()
        code = "".join(one for one in shown if one.isalnum()).translate(_AS_READ)
        if len(code) != LENGTH or len(typed) > 8 * LENGTH:
            raise Fault(FaultCode.CODE_LENGTH, length=LENGTH)
        bare, check = code[:-_CHECK], code[-_CHECK:]
        if not set(code) <= set(_LETTERS) or check != _check_of(bare):
            raise Fault(FaultCode.CODE_MISTYPED)
        number = bare[_CLINIC : _CLINIC + _NUMBER]
        return cls(bare[:_CLINIC], _number_of(number), bare[_CLINIC + _NUMBER :])

    def fits_clinic(self, first_sha256: str) -> bool:
        """Whether it was made in the chain that begins with this seal."""
        return self.clinic == _beginning(first_sha256, _CLINIC)

    def fits(self, sha256: str) -> bool:
        """Whether the seal of this fingerprint is the one it was made of."""
        return self.fingerprint == _beginning(sha256, _PRINT)

    def __str__(self) -> str:
        bare = self.clinic + _letters_of(self.number, _NUMBER) + self.fingerprint
        code = bare + _check_of(bare)
        return "-".join(code[place : place + _GROUP] for place in range(0, LENGTH, _GROUP))


def codes_in(text: str, most: int) -> tuple[SealCode, ...]:
    """The codes that stand in a text, each once, no more than so many."""
    found: dict[SealCode, None] = {}
    for match in _SHAPE.finditer(text):
        try:
            found[SealCode.parse(match.group())] = None
        except Fault:
            continue
        if len(found) == most:
            break
    return tuple(found)


def _letters_of(value: int, count: int) -> str:
    return "".join(_LETTERS[(value >> (_BITS * place)) & 31] for place in reversed(range(count)))


def _number_of(letters: str) -> int:
    value = 0
    for one in letters:
        value = (value << _BITS) | _LETTERS.index(one)
    return value


def _beginning(sha256: str, count: int) -> str:
    """The first bits of a fingerprint in hexadecimal digits, as so many letters."""
    digits = (sha256 + "0" * 64)[:64]
    return _letters_of(int(digits, 16) >> (256 - _BITS * count), count)


def _check_of(bare: str) -> str:
    return _beginning(hashlib.sha256(bare.encode("ascii")).hexdigest(), _CHECK)
