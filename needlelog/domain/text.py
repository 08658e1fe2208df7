"""What text may hold: anything a person can see. Kept as it was typed, apart from blanks at both ends."""

from __future__ import annotations

import unicodedata

from needlelog.errors import Fault, FaultCode

EMAIL_LIMIT = 254
"""The longest e-mail address that can be sent to (RFC 5321 with erratum 1690)."""

LEAST_IN_REASON = 3
"""Letters or digits: fewer say nothing to whoever reads the record."""

# Embedding and override marks can make one client's name look like another's; plain right-to-left text needs none.
DIRECTION_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _unseen(character: str, allowed: str) -> bool:
    if character in allowed:
        return False
    return unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} or character in DIRECTION_CONTROLS


def _check(text: str, limit: int, allowed: str, field: str | None) -> str:
    named = {"field": field} if field else {}
    text = text.strip()
    # Nearly all text is printable as a whole, which Python knows without looking at each character here.
    for character in "" if text.isprintable() else text:
        if _unseen(character, allowed):
            raise Fault(FaultCode.ENTRY_CONTROL_CHARACTER, character=f"U+{ord(character):04X}", **named)
    if len(text) > limit:
        raise Fault(FaultCode.ENTRY_TOO_LONG, limit=limit, **named)
    return text


def check_line(text: str, *, limit: int, field: str | None = None) -> str:
    """``text`` without blanks at both ends; raises a ``Fault`` for control characters or too great a length."""
    return _check(text, limit, "", field)


def check_paragraphs(text: str, *, limit: int, field: str | None = None) -> str:
    """As ``check_line``, but line breaks and tabs are allowed; line breaks become ``\\n``."""
    return _check(text.replace("\r\n", "\n").replace("\r", "\n"), limit, "\n\t", field)


def fold(text: str) -> str:
    """``text`` for finding: no case, no accents, one form of each letter (``Łukasz`` and ``lukasz`` meet)."""
    plain = unicodedata.normalize("NFKD", text).casefold()  # first, so that letterlike signs lose their case too
    decomposed = unicodedata.normalize("NFKD", plain)
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(bare.translate(_PLAINER).split())


def letters(text: str) -> int:
    """How many letters and digits of any script ``text`` holds."""
    return sum(1 for character in text if character.isalnum())


def check_reason(text: str) -> str:
    """A written reason as given; raises ``Fault`` (REASON_MISSING, or REASON_TOO_SHORT for one that says nothing)."""
    if not text.strip():
        raise Fault(FaultCode.REASON_MISSING)
    if letters(text) < LEAST_IN_REASON:
        raise Fault(FaultCode.REASON_TOO_SHORT, least=LEAST_IN_REASON)
    return text


def fold_lot(code: str) -> str:
    """A lot code for finding: as printed on one pack and read off another, so no case and no blanks."""
    return "".join(unicodedata.normalize("NFKC", code).casefold().split())


# Letters that Unicode does not take apart into a base letter and a mark, and signs that some type and others do not.
_PLAINER = str.maketrans(
    {
        **dict.fromkeys("\u00ad\u180e\u200b\u2060\ufeff"),
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ħ": "h",
        "ŧ": "t",
        "ŋ": "n",
    }
)
