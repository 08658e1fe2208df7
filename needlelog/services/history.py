"""What was done before."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from needlelog.domain.history import LotUse, VisitSummary
from needlelog.domain.papers import SheetForm
from needlelog.domain.signed import SignedSession
from needlelog.errors import Fault, FaultCode
from needlelog.storage.lots import LotRepository
from needlelog.storage.sessions import SessionRepository


class History:
    """What was recorded, read only."""

    def __init__(self, signed: SessionRepository, lots: LotRepository) -> None:
        self._signed = signed
        self._lots = lots

    def visits(self, client_id: UUID) -> tuple[VisitSummary, ...]:
        """A client's signed visits, the one done last first, also where one was signed late or a clock stood wrong."""
        return self._signed.for_client(client_id)

    def visit(self, session_id: UUID) -> SignedSession:
        """One signed visit with everything added to it since; raises ``Fault`` (RECORD_NOT_FOUND, RECORD_DAMAGED)."""
        return self._signed.get(session_id)

    def readable(self, session_ids: Iterable[UUID]) -> tuple[SignedSession, ...]:
        """These signed visits, in this order, without those too damaged to be read."""
        return tuple(visit for session_id in session_ids if (visit := self._readable(session_id)) is not None)

    def _readable(self, session_id: UUID) -> SignedSession | None:
        try:
            return self._signed.get(session_id)
        except Fault as fault:
            if fault.code is not FaultCode.RECORD_DAMAGED:
                raise
            return None

    def latest(self, client_id: UUID) -> SignedSession | None:
        """The visit of a client done last, of those that can be read and are not invalidated."""
        return self._signed.latest(client_id)

    def paper_form(self, client_id: UUID) -> SheetForm:
        """How this client's papers were printed at the last visit."""
        latest = self.latest(client_id)
        return (latest.draft.aftercare.form if latest else None) or SheetForm()

    def treated_with_lot(self, code: str) -> tuple[LotUse, ...]:
        """Who was treated with this lot, when and where on the body; open, discarded and invalid visits too.

        ``code`` may be typed in any case and with or without blanks.
        """
        return self._lots.treated_with(code)
