"""Signs that leave no ink: which of them a script needs, and which come along unseen with what is pasted."""

from __future__ import annotations

import re
import unicodedata

_NO_INK = dict.fromkeys(map(ord, "\u00ad\u2060\u2061\u2062\u2063\u2064\ufeff"))
"""Soft hyphens, word joiners, unseen signs of mathematics, byte order marks: without them a line looks the same."""

_PARTS = re.compile("[\u180e\u200b]+")
_SPACELESS = frozenset({"KHMER", "LAO", "MYANMAR", "THAI"})
"""Scripts written without blanks, in which a blank of no width says where a word ends."""

_MONGOLIAN = frozenset({"MONGOLIAN"})
_LEFT_MARK, _RIGHT_MARK, _JOINERS = "\u200e", "\u200f", "\u200c\u200d"
_MARKS = f"{_LEFT_MARK}{_RIGHT_MARK}{_JOINERS} "
_NEVER_JOINED = frozenset({"Lu", "Ll", "Nd", "Po", "Pd", "Ps", "Pe"})
_ADLAM = 0x1E900
"""From here on there are letters that have a capital form and are joined all the same."""


def without_unseen(text: str) -> str:
    """``text`` without the signs that nobody can see and that change nothing of what is seen, nor blanks at both ends.

    Kept is what a script needs: U+200B between letters of Khmer, Lao, Myanmar and Thai, U+180E between Mongolian
    ones, joiners and direction marks inside; and what cannot be taken out without a trace. Empty where nothing of
    ``text`` can be seen.
    """
    text = _PARTS.sub(_needed, text.translate(_NO_INK)).strip()
    if all(unicodedata.category(character) in ("Cf", "Zs") for character in text):
        return ""
    return _without_idle(_without_idle(text)[::-1])[::-1].strip()


def _needed(run: re.Match[str]) -> str:
    before, after = run.string[run.start() - 1 : run.start()], run.string[run.end() : run.end() + 1]
    for sign, scripts in (("\u200b", _SPACELESS), ("\u180e", _MONGOLIAN)):
        if sign in run[0] and _written_in(before, scripts) and _written_in(after, scripts):
            return sign
    return ""


def _written_in(character: str, scripts: frozenset[str]) -> bool:
    """Whether it is a letter, a mark on one or a digit of these scripts."""
    if not character or unicodedata.category(character)[0] not in "LMN":
        return False
    return unicodedata.name(character, "").partition(" ")[0] in scripts


def _without_idle(line: str) -> str:
    """``line`` without the marks at its beginning that do nothing to the first sign that is seen."""
    begins = len(line) - len(line.lstrip(_MARKS))
    beside = line[begins : begins + 1]
    if not beside:
        return line
    return "".join(sign for sign in line[:begins] if not _is_idle(sign, beside)) + line[begins:]


def _is_idle(sign: str, beside: str) -> bool:
    if sign == _LEFT_MARK:
        return unicodedata.bidirectional(beside) == "L"
    if sign == _RIGHT_MARK:
        return unicodedata.bidirectional(beside) in ("R", "AL")
    if sign not in _JOINERS:
        return False
    return ord(beside) < _ADLAM and unicodedata.category(beside) in _NEVER_JOINED
