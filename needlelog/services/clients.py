"""Clients: find, add, change, archive."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from needlelog.clock import Clock
from needlelog.domain.client import Client, ClientSummary
from needlelog.storage.clients import ClientRepository


class Clients:
    """What the practice does with its clients."""

    def __init__(self, repository: ClientRepository, clock: Clock) -> None:
        self._repository = repository
        self._clock = clock

    def find(self, query: str, *, archived: bool = False) -> tuple[ClientSummary, ...]:
        """Clients whose name (any script, accents or not), number, phone or birth date matches; newest visit first."""
        return self._repository.search(query, archived=archived)

    def get(self, client_id: UUID) -> Client:
        """One client; raises ``Fault(RECORD_NOT_FOUND)``."""
        return self._repository.get(client_id)

    def add(self, client: Client) -> Client:
        """A new client with the next free number."""
        return self._repository.add(client)

    def save(self, client: Client) -> Client:
        """Keep a change; raises ``Fault(RECORD_CHANGED_ELSEWHERE)`` when somebody was faster."""
        return self._repository.save(client)

    def archive(self, client_id: UUID) -> None:
        """Take the client off the daily list; nothing is deleted."""
        self._repository.archive(client_id, self._clock.now())

    def unarchive(self, client_id: UUID) -> None:
        """Put the client back on the daily list."""
        self._repository.unarchive(client_id)

    def same_person(
        self, full_name: str, birth_date: date, *, except_id: UUID | None = None
    ) -> tuple[ClientSummary, ...]:
        """Clients with the same name and date of birth: likely the same person entered twice."""
        return self._repository.same_person(full_name, birth_date, except_id=except_id)
