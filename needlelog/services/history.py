"""What was done before, and whether the records still are what was signed."""

from __future__ import annotations

from uuid import UUID

from needlelog.domain.session import SignedSession, VisitSummary
from needlelog.storage.sessions import SealFault, SessionRepository


class History:
    """Signed visits, read only."""

    def __init__(self, signed: SessionRepository) -> None:
        self._signed = signed

    def visits(self, client_id: UUID) -> tuple[VisitSummary, ...]:
        """A client's signed visits, newest first."""
        return self._signed.for_client(client_id)

    def visit(self, session_id: UUID) -> SignedSession:
        """One signed visit with everything added to it since."""
        return self._signed.get(session_id)

    def latest(self, client_id: UUID) -> SignedSession | None:
        """The newest signed visit of a client that was not invalidated."""
        return self._signed.latest(client_id)

    def verify(self) -> tuple[SealFault, ...]:
        """Walk the whole chain of seals; empty when every record is as it was signed."""
        return self._signed.verify()
