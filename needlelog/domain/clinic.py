"""The clinic and the people who treat there."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from uuid import UUID

from needlelog.domain.value import Line, Moment, Named, Paragraphs, Value


class PageSize(StrEnum):
    """The paper in the clinic's printer."""

    A4 = "A4"
    LETTER = "Letter"


class Clinic(Value):
    """Whose papers these are. ``country`` is ISO 3166-1 alpha-2, ``time_zone`` an IANA name, ``logo`` PNG or JPEG."""

    name: Named
    address: Paragraphs = ""
    phone: Line = ""
    phone_hours: Line = ""
    emergency_text: Paragraphs = ""
    country: Line = ""
    time_zone: Named
    page_size: PageSize = PageSize.A4
    language: Line = "en"
    logo: bytes | None = None


CAPTIONS: Mapping[str, str] = {
    "name": "Clinic name",
    "address": "Address",
    "phone": "Phone for clients",
    "phone_hours": "When it is answered",
    "emergency_text": "In an emergency",
    "country": "Country",
    "time_zone": "Time zone",
    "page_size": "Paper in the printer",
    "language": "Language",
    "logo": "Logo",
}
"""What people call each field of a ``Clinic``."""


class Practitioner(Value):
    """One person who treats and signs."""

    id: UUID
    name: Named
    credentials: Line = ""
    active: bool = True
    added_at: Moment

    @property
    def signature(self) -> str:
        """Name and credentials as they stand under a record."""
        return f"{self.name}, {self.credentials}" if self.credentials else self.name
