"""Numbers as people type them, read without a locale."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

from needlelog.errors import Fault, FaultCode

_MARKS = {",": ".", "\u066b": ".", "\uff0e": ".", "\uff0c": ".", "\u2212": "-", "\u066c": " "}


def read_decimal(text: str) -> Decimal:
    """The number in ``text``: ``.`` or ``,`` as decimal mark, digits of any script, nothing else.

    Raises ``Fault(ENTRY_EMPTY)`` or ``Fault(ENTRY_NOT_A_NUMBER)``.
    """
    plain = ""
    for character in text.strip():
        digit = unicodedata.decimal(character, None)
        plain += str(digit) if digit is not None else _MARKS.get(character, character)
    if not plain:
        raise Fault(FaultCode.ENTRY_EMPTY)
    whole, _, part = plain.removeprefix("-").removeprefix("+").partition(".")
    if not (whole + part).isdecimal():
        raise Fault(FaultCode.ENTRY_NOT_A_NUMBER)
    return Decimal(plain)
