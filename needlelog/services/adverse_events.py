"""Adverse events of signed visits: opened, told on, corrected by a further entry, never taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from uuid import UUID, uuid4

from needlelog.clock import Clock
from needlelog.domain.adverse_events import EventEntry, EventEntryKind, EventHistory, Involved
from needlelog.domain.clinic import Practitioner
from needlelog.domain.materials import Product
from needlelog.domain.reactions import Outcome, Seriousness
from needlelog.domain.signed import SignedSession
from needlelog.domain.stock import Pack
from needlelog.domain.unsettled import Unsettled
from needlelog.errors import Fault, FaultCode
from needlelog.i18n import Words
from needlelog.rules.adverse_events import histories, involved
from needlelog.storage.follow_ups import FollowUpRepository


class AdverseEvents:
    """What the practice does about adverse events. ``me`` is whoever is unlocked now."""

    def __init__(
        self,
        repository: FollowUpRepository,
        *,
        visit: Callable[[UUID], SignedSession],
        products: Callable[[], Mapping[UUID, Product]],
        packs: Callable[[UUID], tuple[Pack, ...]],
        clock: Clock,
        tr: Words,
        me: Practitioner,
    ) -> None:
        self._repository = repository
        self._visit = visit
        self._products = products
        self._packs = packs
        self._clock = clock
        self._tr = tr
        self._me = me

    def of(self, signed: SignedSession) -> tuple[EventHistory, ...]:
        """The adverse events of one visit."""
        return histories(signed.draft, self._repository.event_entries([signed.id]))

    def unsettled(self, client_id: UUID) -> tuple[Unsettled, ...]:
        """The adverse events of this client's visits that are not over, the oldest visit first."""
        found = []
        for session_id in self._repository.visits_with_events(client_id):
            try:
                signed = self._visit(session_id)
            except Fault as fault:
                # The history shows that a damaged visit is there; what it says cannot be built on.
                if fault.code is not FaultCode.RECORD_DAMAGED:
                    raise
                continue
            draft = signed.draft
            found += [
                Unsettled(visit_at=draft.started_at, time_zone=draft.time_zone, event=one)
                for one in self.of(signed)
                if one.is_open
            ]
        return tuple(found)

    def entries(self, session_ids: Iterable[UUID]) -> tuple[EventEntry, ...]:
        """What was added about adverse events of these visits since they were signed."""
        return self._repository.event_entries(session_ids)

    def one(self, signed: SignedSession, event_id: UUID) -> EventHistory:
        """One adverse event; raises ``Fault(RECORD_NOT_FOUND)``."""
        found = next((one for one in self.of(signed) if one.id == event_id), None)
        if found is None:
            raise Fault(FaultCode.RECORD_NOT_FOUND)
        return found

    def involved(self, signed: SignedSession, event: EventHistory) -> tuple[Involved, ...]:
        """The devices and products that touched the zones of an event, with their numbers, out of the sealed visit."""
        return involved(signed.draft, event.zones, self._products(), self._gtins, self._tr)

    def _gtins(self, product_id: UUID) -> tuple[str, ...]:
        return tuple(pack.gtin for pack in self._packs(product_id))

    def open(
        self,
        session_id: UUID,
        text: str,
        seriousness: Seriousness | None,
        *,
        onset_at: datetime | None = None,
        zones: tuple[str, ...] = (),
        outcome: Outcome | None = None,
        action_taken: str = "",
        reported_to: str = "",
        follow_up_id: UUID | None = None,
    ) -> EventEntry:
        """Open an adverse event on a signed visit; raises ``Fault`` (ENTRY_EMPTY, EVENT_UNWEIGHED)."""
        if seriousness is None:
            raise Fault(FaultCode.EVENT_UNWEIGHED)
        new = uuid4()
        return self._add(
            id=new,
            event_id=new,
            session_id=session_id,
            kind=EventEntryKind.OPENED,
            text=text,
            seriousness=seriousness,
            onset_at=onset_at,
            zones=zones,
            outcome=outcome,
            action_taken=action_taken,
            reported_to=reported_to,
            follow_up_id=follow_up_id,
        )

    def add(
        self,
        event: EventHistory,
        text: str,
        *,
        seriousness: Seriousness | None = None,
        outcome: Outcome | None = None,
        action_taken: str = "",
        reported_to: str = "",
        corrects: UUID | None = None,
    ) -> EventEntry:
        """Tell how an event went on, or correct one of its entries; both stay. Raises ``Fault(ENTRY_EMPTY)``."""
        if corrects is not None and corrects not in {one.id for one in event.entries}:
            raise Fault(FaultCode.RECORD_NOT_FOUND)
        return self._add(
            id=uuid4(),
            event_id=event.id,
            session_id=event.opening.session_id,
            kind=EventEntryKind.COURSE if corrects is None else EventEntryKind.CORRECTION,
            text=text,
            seriousness=seriousness,
            outcome=outcome,
            action_taken=action_taken,
            reported_to=reported_to,
            corrects=corrects,
        )

    def _add(self, *, text: str, **values: object) -> EventEntry:
        if not text.strip():
            raise Fault(FaultCode.ENTRY_EMPTY)
        entry = EventEntry.model_validate({**values, "text": text, "by": self._me.signature, "at": self._clock.now()})
        self._repository.add_event_entry(entry)
        return entry
