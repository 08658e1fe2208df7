"""Numbers as people read them."""

from __future__ import annotations

from decimal import Decimal


def number(value: Decimal | None) -> str:
    """A number without the noughts of its storage, never with an exponent; "" for none."""
    return "" if value is None else f"{value.normalize():f}"
