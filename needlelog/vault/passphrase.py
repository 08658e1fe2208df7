"""What a passphrase is worth before it is used, and the one form in which it is used."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from needlelog.errors import Fault, FaultCode

MINIMUM_CHARACTERS = 10
_GOOD_CHARACTERS = 16
_STRONG_CHARACTERS = 22
_FEW_DIFFERENT = 5

_COMMON = frozenset(
    """password passwort passphrase letmein welcome qwerty qwertz azerty asdfgh iloveyou admin administrator
    login secret dragon monkey sunshine princess football baseball master shadow superman batman trustno
    clinic clinique klinik praxis studio salon beauty skin skincare derma needle needles needling microneedling
    needlelog dermapen client practitioner aesthetic aesthetics test guest user
    summer winter spring autumn monday january changeme default hello computer internet""".split()  # noqa: SIM905
)
_RUNS = (
    "0123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qwertzuiop",
    "yxcvbnm",
)


class Hint(StrEnum):
    """What would make a passphrase better."""

    LONGER = "longer"
    LESS_COMMON = "less-common"
    LESS_REPEATED = "less-repeated"
    ANOTHER_WORD = "another-word"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Strength:
    """``score`` from 0 (refused) to 4 (strong), and the one thing that would help most."""

    score: int
    hint: Hint

    @property
    def enough(self) -> bool:
        """Whether the vault takes it."""
        return self.score > 0


def normalised(passphrase: str) -> bytes:
    """The bytes that a passphrase stands for, the same however a keyboard composes its accents."""
    return unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")


def _telling_characters(text: str) -> int:
    """The characters of ``text`` that do not merely go on from, or repeat, what stands before them."""
    lowered = text.casefold()
    count = 0
    for index, character in enumerate(lowered):
        before = lowered[index - 1 : index]
        repeated = before == character
        run = bool(before) and any(before + character in run or character + before in run for run in _RUNS)
        count += not (repeated or run)
    return count


def _without_common(text: str) -> str:
    lowered = text.casefold()
    for word in sorted(_COMMON, key=len, reverse=True):
        if len(word) >= 4:
            lowered = lowered.replace(word, "#")
    return lowered


def passphrase_strength(text: str) -> Strength:
    """How well ``text`` would keep a clinic shut: its length, without common words, runs and repeats."""
    text = unicodedata.normalize("NFKC", text)
    if len(text) < MINIMUM_CHARACTERS:
        return Strength(0, Hint.LONGER)
    bare = _without_common(text)
    telling = _telling_characters(bare)
    if len(set(bare)) < _FEW_DIFFERENT or telling < len(bare) // 2:
        return Strength(1, Hint.LESS_COMMON if "#" in bare else Hint.LESS_REPEATED)
    if telling < MINIMUM_CHARACTERS:
        return Strength(1, Hint.LESS_COMMON if "#" in bare else Hint.ANOTHER_WORD)
    if telling < _GOOD_CHARACTERS:
        return Strength(2, Hint.ANOTHER_WORD)
    if telling < _STRONG_CHARACTERS:
        return Strength(3, Hint.NONE)
    return Strength(4, Hint.NONE)


def check_passphrase(text: str) -> None:
    """Raise ``Fault(PASSPHRASE_TOO_WEAK)`` for a passphrase that is too short to be used."""
    if not passphrase_strength(text).enough:
        raise Fault(FaultCode.PASSPHRASE_TOO_WEAK, minimum=MINIMUM_CHARACTERS)
