"""The words by which a rule forbids, sends to the phone or softens, in each language: data of ``resources/wording``."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from needlelog.errors import Fault, FaultCode
from needlelog.paths import resources

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
    forbidding: tuple[str, ...]
    """Whole words that forbid, as one would write them."""

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
    forbids, calls, emergency, softens = (
        _pattern(lists[name], language) for name in ("forbids", "calls", "emergency", "softens")
    )
    whole = tuple(word for word in lists["forbids"] if not word.endswith(("*", "'")))
    return Firmness(language, forbids, calls, emergency, softens, whole)


def _pattern(words: list[str], language: str) -> re.Pattern[str]:
    if language in _WITHOUT_BLANKS:
        return re.compile("|".join(map(re.escape, words)))
    return re.compile("|".join(_one(word.casefold()) for word in sorted(words, key=len, reverse=True)))


def _one(word: str) -> str:
    stem = word.removesuffix("*")
    end = r"\w*" if word != stem else r"(?!\w)" if stem[-1].isalnum() else ""
    return rf"(?<!\w){re.escape(stem)}{end}"
