"""What the barcode on a pack says, as far as it could be read."""

from __future__ import annotations

from datetime import date

from needlelog.domain.value import Line, Value
from needlelog.errors import FaultCode


class PackCode(Value):
    """One barcode as it was scanned and what it holds. ``gtin`` has 14 digits; what the code does not say is empty.

    ``notes`` are what a person should know of it, each a fault with a sentence of its own; nothing was left out for
    them but what could not be told apart.
    """

    raw: str
    gtin: Line = ""
    lot: Line = ""
    serial: Line = ""
    expires_on: date | None = None
    """The last good day: where a pack names a month only, that month's last."""

    made_on: date | None = None
    notes: tuple[FaultCode, ...] = ()
