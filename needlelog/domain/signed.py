"""The signed visit: the last draft under its seal, who the client was then, and whatever was added since."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from needlelog.domain.session import SessionDraft
from needlelog.domain.value import Line, Moment, Named, Paragraphs, Value


class ClientAsSigned(Value):
    """Who the client was when the visit was signed."""

    id: UUID
    number: int
    full_name: Named
    birth_date: date


class Seal(Value):
    """One link of the chain: content and everything before it, in one fingerprint."""

    sequence: int
    kind: Named
    subject_id: UUID
    content_sha256: Named
    previous_sha256: str
    sha256: Named
    at: Moment


class Addendum(Value):
    """Words added to a signed visit; the visit itself stays as it was."""

    id: UUID
    session_id: UUID
    text: Paragraphs
    by: Named
    at: Moment


class SignedSession(Value):
    """A signed visit: the last draft, sealed, with whatever was added since."""

    draft: SessionDraft
    client: ClientAsSigned
    signed_at: Moment
    signed_by: Named
    seal: Seal
    addenda: tuple[Addendum, ...] = ()
    invalidated_at: Moment | None = None
    invalidated_by: Line = ""
    invalidated_reason: Paragraphs = ""

    @property
    def id(self) -> UUID:
        """The draft's id, kept for good."""
        return self.draft.id
