"""The base of every value, and the text, number and time types they are built from."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from needlelog.domain.text import EMAIL_LIMIT, check_line, check_paragraphs

LINE_LIMIT = 200
PARAGRAPHS_LIMIT = 10_000


class Value(BaseModel):
    """A frozen value: two with the same content are the same, and nothing in it changes."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True, hide_input_in_errors=True)

    def with_(self, **changes: Any) -> Self:
        """A checked copy with these fields replaced; raises ``pydantic.ValidationError``."""
        return type(self).model_validate({**{name: getattr(self, name) for name in type(self).model_fields}, **changes})


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(UTC)


def _line(text: str) -> str:
    return check_line(text, limit=LINE_LIMIT)


def _email(text: str) -> str:
    return check_line(text, limit=EMAIL_LIMIT)


def _paragraphs(text: str) -> str:
    return check_paragraphs(text, limit=PARAGRAPHS_LIMIT)


Line = Annotated[str, AfterValidator(_line)]
"""One line of text, at most ``LINE_LIMIT`` characters, no control characters; may be empty."""

Named = Annotated[str, AfterValidator(_line), Field(min_length=1)]
"""A ``Line`` that is not empty."""

Email = Annotated[str, AfterValidator(_email)]
"""An e-mail address as typed, at most ``EMAIL_LIMIT`` characters; may be empty."""

Paragraphs = Annotated[str, AfterValidator(_paragraphs)]
"""Text of several lines, at most ``PARAGRAPHS_LIMIT`` characters, no control characters but line breaks."""

Moment = Annotated[datetime, AfterValidator(_utc)]
"""An aware moment, kept in UTC."""

Millimetres = Annotated[Decimal, Field(ge=0, max_digits=6, decimal_places=2)]
Percent = Annotated[Decimal, Field(ge=0, max_digits=6, decimal_places=3)]
SquareCentimetres = Annotated[Decimal, Field(gt=0, max_digits=6, decimal_places=1)]
Grams = Annotated[Decimal, Field(gt=0, max_digits=8, decimal_places=3)]
Kilograms = Annotated[Decimal, Field(gt=0, max_digits=4, decimal_places=1)]
Output = Annotated[Decimal, Field(ge=0, max_digits=9, decimal_places=3)]
"""What a device is set to besides its depth, in the unit that stands beside it."""

Count = Annotated[int, Field(ge=0, le=1_000_000)]
"""A whole number of something that can be counted or timed in a visit."""

Amount = Annotated[Decimal, Field(gt=0, max_digits=10, decimal_places=3)]
"""An amount in the unit that stands beside it."""
