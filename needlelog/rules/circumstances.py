"""What a rule may look at besides the draft itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from needlelog.clock import local
from needlelog.domain.client import Client
from needlelog.domain.clinic import Clinic
from needlelog.domain.history import NeedledVisit
from needlelog.domain.materials import DeviceSettings, Product
from needlelog.domain.own_texts import WordingInUse
from needlelog.domain.series import Series
from needlelog.domain.session import Numbing, SessionDraft
from needlelog.domain.stock import Shelf
from needlelog.domain.unsettled import Unsettled
from needlelog.i18n import Words
from needlelog.knowledge.model import Knowledge


@dataclass(frozen=True, slots=True)
class Circumstances:
    """The client, the clinic's list and the reference data, as they are ``now`` (aware, UTC)."""

    client: Client
    knowledge: Knowledge
    products: Mapping[UUID, Product]
    now: datetime
    tr: Words
    last_visit_on: date | None = None
    """The day of the last visit that counts, whether or not anything was needled in it."""

    needled: tuple[NeedledVisit, ...] = ()
    """The earlier visits that count in which was needled, the one done last first."""

    shelf: Shelf = field(default_factory=Shelf)
    """The stock without what this visit takes of it."""

    series: tuple[Series, ...] = ()
    """Every series of the client, those that have ended too."""

    unsettled: tuple[Unsettled, ...] = ()
    """Red flags and adverse events of the client's earlier visits that are still open."""

    numbed_before: tuple[Numbing, ...] = ()
    """Numbing creams of the client's other visits that may still count, signed or open."""

    clinic: Clinic | None = None
    """Whose papers they are; None where that cannot be read, so that nothing is held against it."""

    wording: WordingInUse = field(default_factory=WordingInUse)
    """By which of the clinic's own texts the client's sheets are worded."""

    def visit_day(self, draft: SessionDraft) -> date:
        """The calendar day of the visit in the clinic's zone."""
        return local(draft.started_at, draft.time_zone).date()

    def day_of_use(self, draft: SessionDraft, at: datetime | None) -> date:
        """The day something was used: a visit may go on on a later day than the one it was opened on.

        Never before the day of the visit, so that a clock set back makes nothing fresh again.
        """
        day = self.visit_day(draft)
        return max(day, local(at, draft.time_zone).date()) if at else day

    def device(self, device_id: UUID | None) -> DeviceSettings | None:
        """The settings of a device on the clinic's list, or None when it is not on it."""
        product = self.products.get(device_id) if device_id else None
        return product.device if product else None

    def zone_name(self, zone: str) -> str:
        """What people call the zone."""
        entry = self.knowledge.zones.get(zone)
        return self.tr(entry.name) if entry else zone
