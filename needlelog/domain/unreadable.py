"""What stands in the clinic's file and cannot be read any more, with the little that can still be told of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Kept(StrEnum):
    """What one row keeps."""

    CLINIC = "clinic"
    PRACTITIONER = "practitioner"
    CLIENT = "client"
    ALLERGY = "allergy"
    FACT = "fact"
    OPEN_VISIT = "open-visit"
    DISCARDED_VISIT = "discarded-visit"
    VISIT = "visit"
    FOLLOW_UP = "follow-up"
    FOLLOW_UP_FORM = "follow-up-form"
    EVENT_ENTRY = "event-entry"
    PAPER = "paper"
    HAND_OVER = "hand-over"
    WITHDRAWAL = "withdrawal"
    PRODUCT = "product"
    LOT = "lot"
    PACK = "pack"
    MOVEMENT = "movement"
    RECALL = "recall"
    SERIES = "series"
    OWN_VALUE = "own-value"
    OWN_TEXTS = "own-texts"
    OWN_TEXTS_DRAFT = "own-texts-draft"
    SEAL = "seal"
    HEAD = "head"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """One such row. ``client`` is the number of the client it belongs to, 0 where that cannot be told.

    ``named`` is the name or code of what belongs to no client; ``place`` tells rows apart that nothing else does.
    """

    kept: Kept
    client: int = 0
    named: str = ""
    place: str = ""


class Met:
    """Every unreadable row that was met since the clinic was opened, each once, in the order of meeting."""

    def __init__(self) -> None:
        self._met: dict[Unreadable, None] = {}

    def note(self, rows: Iterable[Unreadable]) -> None:
        """Remember these."""
        self._met.update(dict.fromkeys(rows))

    def forget(self, kept: Kept) -> None:
        """Forget those of one kind: something was saved, and whatever is still damaged will be met again."""
        self._met = {one: None for one in self._met if one.kept is not kept}

    def all(self) -> tuple[Unreadable, ...]:
        """What was met so far."""
        return tuple(self._met)
