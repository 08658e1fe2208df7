"""What was done before, and whether the records still are what was signed."""

from __future__ import annotations

from uuid import UUID

from needlelog.domain.history import LotUse, VisitSummary
from needlelog.domain.session import SignedSession
from needlelog.storage.lots import LotRepository
from needlelog.storage.sessions import SealFault, SessionRepository


class History:
    """What was recorded, read only."""

    def __init__(self, signed: SessionRepository, lots: LotRepository) -> None:
        self._signed = signed
        self._lots = lots

    def visits(self, client_id: UUID) -> tuple[VisitSummary, ...]:
        """A client's signed visits, the one signed last first; a wrong clock cannot change that order."""
        return self._signed.for_client(client_id)

    def visit(self, session_id: UUID) -> SignedSession:
        """One signed visit with everything added to it since."""
        return self._signed.get(session_id)

    def latest(self, client_id: UUID) -> SignedSession | None:
        """The visit of a client signed last, of those not invalidated."""
        return self._signed.latest(client_id)

    def treated_with_lot(self, code: str) -> tuple[LotUse, ...]:
        """Who was treated with this lot, when and where on the body; open, discarded and invalid visits too.

        ``code`` may be typed in any case and with or without blanks.
        """
        return self._lots.treated_with(code)

    def verify(self) -> tuple[SealFault, ...]:
        """Walk the whole chain of seals; empty when every record is as it was signed."""
        return self._signed.verify()
