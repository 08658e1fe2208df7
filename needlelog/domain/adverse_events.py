"""An adverse event as it went on: the first entry and everything added since. No entry takes another one back."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from needlelog.domain.reactions import Outcome, Seriousness
from needlelog.domain.value import Line, Moment, Named, Paragraphs, Value


class EventEntryKind(StrEnum):
    """What an entry does: opens the event, tells how it went on, or corrects an earlier entry, which stays."""

    OPENED = "opened"
    COURSE = "course"
    CORRECTION = "correction"


class EventEntry(Value):
    """One entry on an adverse event of a signed visit. Empty fields say nothing new."""

    id: UUID
    event_id: UUID
    session_id: UUID
    kind: EventEntryKind
    text: Annotated[Paragraphs, Field(min_length=1)]
    seriousness: Seriousness | None = None
    outcome: Outcome | None = None
    action_taken: Paragraphs = ""
    reported_to: Line = ""
    onset_at: Moment | None = None
    zones: tuple[str, ...] = ()
    follow_up_id: UUID | None = None
    corrects: UUID | None = None
    in_visit: bool = False
    """It was recorded in the visit itself and is sealed with it."""

    by: Named
    at: Moment


SERIOUSNESS_ORDER = tuple(Seriousness)
"""From the least to the gravest."""


class EventHistory(Value):
    """One adverse event, its entries in the order in which they were sealed; the first one opened it."""

    entries: Annotated[tuple[EventEntry, ...], Field(min_length=1)]

    @property
    def opening(self) -> EventEntry:
        """How it was first recorded."""
        return self.entries[0]

    @property
    def id(self) -> UUID:
        """The event's own id."""
        return self.opening.event_id

    @property
    def gravest(self) -> Seriousness:
        """The gravest it was ever said to be: a later entry may add to that and not soften it."""
        said = [one.seriousness for one in self.entries if one.seriousness is not None]
        return max(said, key=SERIOUSNESS_ORDER.index, default=Seriousness.NOT_SERIOUS)

    @property
    def outcome(self) -> Outcome | None:
        """How it stood at last, as far as anybody said."""
        return next((one.outcome for one in reversed(self.entries) if one.outcome is not None), None)

    @property
    def is_open(self) -> bool:
        """Whether nobody has said yet how it ended: resolved, or with something that lasts."""
        return self.outcome not in {Outcome.RESOLVED, Outcome.LASTING}

    @property
    def onset_at(self) -> Moment:
        """When it began, as said last; else when it was recorded."""
        told = next((one.onset_at for one in reversed(self.entries) if one.onset_at is not None), None)
        return told or self.opening.at

    @property
    def zones(self) -> tuple[str, ...]:
        """Every zone it was ever said to be on."""
        return tuple(dict.fromkeys(zone for one in self.entries for zone in one.zones))

    @property
    def reported_to(self) -> tuple[str, ...]:
        """Everybody it was reported to."""
        return tuple(dict.fromkeys(one.reported_to for one in self.entries if one.reported_to))


class Involved(Value):
    """A device or product that touched the skin of an event: its name, lot, serial number and last good day.

    ``gtins`` are the numbers of the packs that the clinic knows of it; a record names none.
    """

    what: Named
    name: Named
    maker: Line = ""
    lot: Line = ""
    serial: Line = ""
    expires_on: date | None = None
    gtins: tuple[str, ...] = ()

    @property
    def udi(self) -> str:
        """Pack number, last good day, lot and serial number as a code has them; "" without the one pack it can be."""
        if len(self.gtins) != 1:
            return ""
        until = self.expires_on.strftime("%y%m%d") if self.expires_on else ""
        parts = (("01", self.gtins[0]), ("17", until), ("10", self.lot), ("21", self.serial))
        return "".join(f"({identifier}){value}" for identifier, value in parts if value)
