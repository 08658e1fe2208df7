"""Lines that print beside a drawn sign, “do not” or “do”: whether the clinic's own words still go with it.

A line that allows what is crossed out beside it would be a lie on the client's sheet. Lists of words find the plain
cases, which cannot be printed: a word that allows, and none that forbids or puts off. All else is shown beside its sign
to whoever keeps the wording, who is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from needlelog.documents.firmness import Firmness, Says, firmness, plain
from needlelog.documents.wording import Wording
from needlelog.errors import Fault, FaultCode
from needlelog.i18n import ISOLATED, ISOLATED_END, Words

Sign = Literal["leave", "do"]

_SIGNS: Mapping[str, Sign] = {"avoid": "leave", "leave": "leave", "do": "do"}
"""The sign beside which rules of a kind print, whatever their words."""

MOST_NAMED = 3
"""Words that a refusal names as such that forbid."""


@dataclass(frozen=True, slots=True)
class BesideSign:
    """One line in other words than the shipped ones that somebody must read beside its sign.

    ``doubt`` says what in it may turn it round; "" where nothing that is known does.
    """

    key: str
    sign: Sign
    text: str
    doubt: str = ""


def sign_of(wording: Wording, key: str) -> Sign | None:
    """The sign beside which a text prints; None for one that has none."""
    rule = wording.rule_of(key)
    return _SIGNS.get(rule.kind) if rule is not None else None


def allowing(wording: Wording, key: str, text: str) -> str:
    """The word by which a text allows what the sign beside it forbids; "" where it has none, or says what not to do."""
    words = firmness(wording.shipped.language)
    if words is None or sign_of(wording, key) != "leave" or words.holds_back(text):
        return ""
    return next((word for does, word in words.told(text) if does == "allows"), "")


# At each key that is typed, one text of a hundred has changed.
@lru_cache(maxsize=4096)
def fault_beside(wording: Wording, key: str, text: str, tr: Words) -> Fault | None:
    """``WORDING_TURNED`` for a text that must not be printed beside its sign, with words that would forbid."""
    allows = allowing(wording, key, text)
    if not allows:
        return None
    words = firmness(wording.shipped.language)
    named = words.forbidding[:MOST_NAMED] if words is not None else ()
    listed = ", ".join(f"“{_set_apart(word)}”" for word in named)
    return Fault(FaultCode.WORDING_TURNED, field=wording.caption(key, tr), allows=_set_apart(allows), words=listed)


def beside_signs(wording: Wording, texts: Mapping[str, str], tr: Words) -> tuple[BesideSign, ...]:
    """What of ``texts`` is to be read beside its sign before it is kept, in the order of the sheet."""
    words = firmness(wording.shipped.language)
    found = []
    for key, text in wording.differing(texts).items():
        sign = sign_of(wording, key)
        if sign is None or not text.strip() or text.strip() == wording.shipped.texts[key].strip():
            continue
        doubt = _doubt(words, sign, text, wording.shipped.texts[key], tr) if words is not None else ""
        # What is to be done and is not forbidden goes with its sign; of what is to be left no list can be sure.
        if sign == "leave" or doubt:
            found.append(BesideSign(key, sign, text, doubt))
    return tuple(found)


def _doubt(words: Firmness, sign: Sign, own: str, shipped: str, tr: Words) -> str:
    if sign == "do":
        forbids = words.forbids.match(plain(own)) and not words.forbids.match(plain(shipped))
        return tr("It begins as something that is not to be done.") if forbids else ""
    # The short words of preparing name the thing alone, and so may the clinic's.
    if words.holds_back(shipped) and not words.holds_back(own):
        return tr("No word that forbids was found in it.")
    told, before = words.told(own), plain(shipped)
    gained = next((word for does, word in told if does in {"softens", "allows"} and word not in before), "")
    if gained:
        return tr("“{word}” in it may allow what the sign forbids.", word=_set_apart(gained))
    if _nots(told) > max(_nots(words.told(shipped)), 1):
        return tr("It says “not” more than once, which may turn it round.")
    return ""


def _nots(told: Iterable[tuple[Says, str]]) -> int:
    return sum(does == "forbids" for does, _ in told)


def _set_apart(word: str) -> str:
    """A word that may run from the right, within a sentence of the practitioner's language."""
    return word if word.isascii() else f"{ISOLATED}{word}{ISOLATED_END}"
