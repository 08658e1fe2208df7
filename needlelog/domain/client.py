"""The client: identity, contact, allergies, and standing facts with dates."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator

from needlelog.domain.partial_date import PartialDate
from needlelog.domain.value import Email, Line, Moment, Named, Paragraphs, Value

Fitzpatrick = Annotated[int, Field(ge=1, le=6)]
"""Fitzpatrick skin type I to VI as 1 to 6."""

ROMAN = ("", "I", "II", "III", "IV", "V", "VI")


def client_label(number: int) -> str:
    """The client number as shown: ``C-0042``."""
    return f"C-{number:04d}"


def initials(full_name: str) -> str:
    """The first letter of the first and of the last part of a name: ``Z. H.`` for who may see it but not read it."""
    letters = [part[0].upper() for part in full_name.split() if part[0].isalpha()]
    return " ".join(f"{letter}." for letter in (*letters[:1], *letters[1:][-1:]))


class AllergyState(StrEnum):
    """What is known about allergies: an empty list never means "none" (NHS CUI patient banner)."""

    KNOWN = "known"
    NONE_KNOWN = "none-known"
    NOT_RECORDED = "not-recorded"
    UNAVAILABLE = "unavailable"


class Allergy(Value):
    """One substance and what it did."""

    substance: Named
    reaction: Line = ""


class FactKind(StrEnum):
    """What a standing fact is about."""

    CONDITION = "condition"
    MEDICINE = "medicine"
    PROCEDURE = "procedure"


class Fact(Value):
    """One standing fact of a client's history. ``until`` empty means it still holds."""

    id: UUID
    kind: FactKind
    text: Named
    contraindication: Line = ""
    since: PartialDate | None = None
    until: PartialDate | None = None
    noted_on: date


class Client(Value):
    """One client. ``number`` is the clinic's own running number; ``version`` grows with each saved change."""

    id: UUID
    number: Annotated[int, Field(ge=1)]
    full_name: Named
    known_as: Line = ""
    birth_date: date
    phone: Line = ""
    email: Email = ""
    address: Paragraphs = ""
    emergency_contact: Line = ""
    language: Line = "en"
    fitzpatrick: Fitzpatrick | None = None
    allergy_state: AllergyState = AllergyState.NOT_RECORDED
    allergies: tuple[Allergy, ...] = ()
    facts: tuple[Fact, ...] = ()
    notes: Paragraphs = ""
    added_at: Moment
    archived_at: Moment | None = None
    version: int = 0

    @model_validator(mode="after")
    def _allergies_match_state(self) -> Self:
        if (self.allergy_state is AllergyState.KNOWN) != bool(self.allergies):
            raise ValueError("allergies are listed exactly when the state is 'known'")
        return self

    @property
    def label(self) -> str:
        """The client number as shown: ``C-0042``."""
        return client_label(self.number)

    def age_on(self, day: date) -> int:
        """Full years on ``day``; born on 29 February counts from 1 March in common years."""
        had_birthday = (day.month, day.day) >= (self.birth_date.month, self.birth_date.day)
        return day.year - self.birth_date.year - (0 if had_birthday else 1)


class ClientSummary(Value):
    """A client as a list shows them."""

    id: UUID
    number: int
    full_name: Named
    known_as: Line = ""
    birth_date: date
    phone: Line = ""
    fitzpatrick: Fitzpatrick | None = None
    allergy_state: AllergyState
    archived_at: Moment | None = None
    visits: int = 0
    last_visit_at: Moment | None = None
    open_drafts: int = 0

    @property
    def label(self) -> str:
        """The client number as shown: ``C-0042``."""
        return client_label(self.number)
