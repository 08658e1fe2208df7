"""What the tables share: enumerations kept by value, and decimals kept as whole numbers of a smaller unit."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from sqlalchemy import Enum

MICROMETRES = 1000
"""In a millimetre."""

MILLI = 1000
"""Milligrams in a gram, thousandths in any other unit."""

SQUARE_MILLIMETRES = 100
"""In a square centimetre."""


def codes(kind: type[StrEnum], of: str = "") -> Enum:
    """A column of this enumeration's values, checked by the database; ``of`` tells two of a table apart."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        length=40,
        name=f"{of}{kind.__name__.lower()}_known",
        values_callable=lambda members: [member.value for member in members],
    )


def scaled(value: Decimal | None, factor: int) -> int | None:
    """``value`` in the smaller unit; raises ``ValueError`` when that is not a whole number of it."""
    if value is None:
        return None
    whole = value * factor
    if whole != whole.to_integral_value():
        raise ValueError(f"finer than 1/{factor}")
    return int(whole)


def unscaled(value: int | None, factor: int, places: int) -> Decimal | None:
    """The number back in its own unit, with at least ``places`` decimal places where they are noughts."""
    if value is None:
        return None
    exact = Decimal(value) / factor
    rounded = exact.quantize(Decimal(1).scaleb(-places))
    return rounded if rounded == exact else exact.normalize()
