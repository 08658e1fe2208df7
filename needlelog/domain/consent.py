"""Consent: the exact text, who agreed, and the strokes of the pen."""

from __future__ import annotations

import hashlib
from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from needlelog.domain.value import Line, Moment, Named, Value

Unit = Annotated[float, Field(ge=0, le=1)]
Point = tuple[Unit, Unit, Annotated[int, Field(ge=0)]]
"""Across, down (both 0 to 1 of the pad) and milliseconds since the first touch."""


class Signature(Value):
    """A drawn signature, or the full name typed in place of one. ``aspect`` is the pad's width over its height."""

    strokes: tuple[tuple[Point, ...], ...] = ()
    aspect: Annotated[float, Field(gt=0)] = 3.0
    typed_name: Line = ""
    at: Moment

    @model_validator(mode="after")
    def _not_blank(self) -> Self:
        if not self.typed_name and sum(len(stroke) for stroke in self.strokes) < 2:
            raise ValueError("a blank or one-dot signature is none")
        return self


class PhotoConsent(StrEnum):
    """The answer about photos, asked apart from the treatment."""

    RECORD_ONLY = "record-only"
    TEACHING = "teaching"
    PUBLICATION = "publication"
    DECLINED = "declined"


class ConsentText(Value):
    """One shipped or clinic-made text with its version."""

    id: Named
    version: Named
    language: Named
    title: Named
    text: str

    @property
    def sha256(self) -> str:
        """Fingerprint of the exact text."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()


class Understanding(Value):
    """How a client took in a text that is not in their language, or that they do not read.

    No ``interpreter``: they read it themselves, and needed none.
    """

    interpreter: Line = ""
    relation: Line = ""
    """Who the interpreter is to the client, or of what office."""

    at: Moment


class Consent(Value):
    """What was agreed to in this visit. The shown text is kept whole beside its fingerprint."""

    shown: ConsentText | None = None
    confirmed_name: Line = ""
    confirmed_birth_date: date | None = None
    signature: Signature | None = None
    photo: PhotoConsent | None = None
    photo_at: Moment | None = None
    understanding: Understanding | None = None
    """None where nobody asked: the text is in the client's language."""

    @property
    def complete(self) -> bool:
        """Whether a text was shown, name and birth date were confirmed and it was signed."""
        return bool(self.shown and self.confirmed_name and self.confirmed_birth_date and self.signature)
