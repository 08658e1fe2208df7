"""Papers of a visit or a client: what was made, in which form, how it was handed over, and what was taken back."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from needlelog.domain.clinic import PageSize
from needlelog.domain.value import Line, Moment, Named, Paragraphs, Value

SLIP = "A wrong tap, taken back at once"
"""The reason kept with a hand-over that was never one."""


class PaperKind(StrEnum):
    """What a stored paper is."""

    AFTERCARE = "aftercare"
    PREPARATION = "preparation"
    CONSENT = "consent"
    RECORD = "record"
    ADVERSE_EVENT = "adverse-event"


class Paper(Value):
    """A stored paper without its bytes; ``sha256`` is their fingerprint.

    A paper that belongs to no visit bears the client's id as its ``session_id``.
    """

    id: UUID
    session_id: UUID
    client_id: UUID
    kind: PaperKind
    language: Named
    template_version: Named
    sha256: Named
    size_bytes: int
    made_at: Moment


class SheetForm(Value):
    """How a client's papers are printed: their letters, their colours, their paper (None is the clinic's own)."""

    large: bool = False
    grey: bool = False
    paper: PageSize | None = None


class HandOver(StrEnum):
    """How a paper reached the client."""

    PRINTED = "printed"
    SAVED = "saved"
    SHOWN = "shown"


class Withdrawal(Value):
    """That a paper was given in error: its first ``handovers`` hand-overs no longer count, one after them does.

    Of a wrong tap that was taken back at once only the last of them does not: nobody was given anything by it.
    """

    id: UUID
    document_id: UUID
    handovers: int
    reason: Paragraphs
    by: Named
    at: Moment

    @property
    def slip(self) -> bool:
        """Whether it takes back a wrong tap."""
        return self.reason == SLIP

    def covers(self, handover: int) -> bool:
        """Whether the hand-over of this number, counted from 1, no longer counts by it."""
        return handover == self.handovers if self.slip else handover <= self.handovers


class SheetGiven(Value):
    """One aftercare sheet that was made and given. The bytes are stored under ``document_id``."""

    document_id: UUID
    sha256: Named
    how: HandOver
    at: Moment
    by: Line = ""
    printed: Line = ""
    """The fingerprint of what of the visit stood on it; empty in records from before this was kept."""

    around: Line = ""
    """The same of what stood on it of client, clinic and reference data."""

    withdrawn: Withdrawal | None = None
    """Why it was given in error, if it was."""
