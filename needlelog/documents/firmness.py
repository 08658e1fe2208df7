"""The words by which a rule forbids, puts off, sends to the phone, softens or allows, in each language.

They are data of ``resources/wording``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from needlelog.errors import Fault, FaultCode
from needlelog.paths import resources

Says = Literal["forbids", "puts_off", "softens", "allows"]
"""What a word does to what stands beside it: “not”, “wait”, “if possible”, “you may”."""

_SAYS: tuple[Says, ...] = ("forbids", "puts_off", "softens", "allows")

_WITHOUT_BLANKS = frozenset({"zh"})
_LETTERS: dict[str, int] = {"zh": 2, "ar": 3, "he": 3, "vi": 3}
"""How many letters in a row two texts must share to speak of the same; four in other languages."""

_FIELD = re.compile(r"\{[^{}]*\}")
_SIGN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Firmness:
    """The words of one language, as patterns over a text that ``plain`` has made."""

    language: str
    forbids: re.Pattern[str]
    calls: re.Pattern[str]
    emergency: re.Pattern[str]
    softens: re.Pattern[str]
    """What allows softens too."""

    any_of: re.Pattern[str]
    """All that ``told`` tells, the longest first, each in a group of its own."""

    says: Mapping[str, Says]
    """What is said by each of those groups."""

    forbidding: tuple[str, ...]
    """Whole words that forbid, as one would write them."""

    def told(self, text: str) -> tuple[tuple[Says, str], ...]:
        """What the words of a text do, each with the word; of “no problem” nothing is told but that it allows."""
        found = self.any_of.finditer(plain(text))
        return tuple((self.says[one.lastgroup or ""], one.group()) for one in found)

    def holds_back(self, text: str) -> bool:
        """Whether a text has a word that forbids or puts off."""
        return any(does in {"forbids", "puts_off"} for does, _ in self.told(text))

    def words(self, text: str) -> int:
        """How many words a text has, in Chinese signs, without its placeholders."""
        one = _SIGN if self.language in _WITHOUT_BLANKS else _WORD
        return len(one.findall(_FIELD.sub(" ", text)))

    def parts(self, text: str) -> set[str]:
        """The words of a text that do more than forbid, call or soften, letter by letter in short pieces."""
        bare = plain(text)
        for told in (self.forbids, self.calls, self.softens):
            bare = told.sub(" ", bare)
        size = _LETTERS.get(self.language, 4)
        return {word[at : at + size] for word in _WORD.findall(bare) for at in range(len(word) - size + 1)}


def plain(text: str) -> str:
    """``text`` as it is compared: no placeholders, nothing bold, one case, one apostrophe, single blanks."""
    return " ".join(_FIELD.sub(" ", text).replace("**", "").replace("’", "'").casefold().split())


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    path = resources() / "wording" / "firmness.toml"
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise Fault(FaultCode.RESOURCE_MISSING, name=path.name) from error


@lru_cache(maxsize=16)
def firmness(language: str) -> Firmness | None:
    """The words of ``language``, None where there are none; raises ``Fault(RESOURCE_MISSING)``."""
    lists = _data().get(language)
    if lists is None:
        return None
    whole = tuple(word for word in lists["forbids"] if not word.endswith(("*", "'")))
    each = sorted(
        ((does, word.casefold()) for does in _SAYS for word in lists[does]), key=lambda one: len(one[1]), reverse=True
    )
    return Firmness(
        language,
        forbids=_pattern(lists["forbids"], language),
        calls=_pattern(lists["calls"], language),
        emergency=_pattern(lists["emergency"], language),
        softens=_pattern([*lists["softens"], *lists["allows"]], language),
        any_of=re.compile("|".join(f"(?P<w{at}>{_one(word, language)})" for at, (_, word) in enumerate(each))),
        says={f"w{at}": does for at, (does, _) in enumerate(each)},
        forbidding=whole,
    )


def _pattern(words: list[str], language: str) -> re.Pattern[str]:
    longest_first = sorted((word.casefold() for word in words), key=len, reverse=True)
    return re.compile("|".join(_one(word, language) for word in longest_first))


def _one(word: str, language: str) -> str:
    if language in _WITHOUT_BLANKS:
        return re.escape(word)
    return _BETWEEN.join(_whole(part) for part in word.split(" … "))


def _whole(word: str) -> str:
    stem = word.removesuffix("*")
    # "Can" is no word of "can't".
    end = r"\w*" if word != stem else r"(?!'?\w)" if stem[-1].isalnum() else ""
    return rf"(?<!\w){re.escape(stem)}{end}"


_BETWEEN = r"[^.:;!?]{1,60}?"
"""What may stand in "leave make-up off" between the words that belong together."""
