"""Entries added after signing in their canonical form, and the typed rows that are made from them."""

from __future__ import annotations

from pydantic import TypeAdapter

from needlelog.domain.adverse_events import EventEntry
from needlelog.domain.follow_up import FlagHandled, FollowUpAnswer, FollowUpAttempt, FollowUpEntry
from needlelog.storage.chain import canonical
from needlelog.storage.tables.follow_ups import EventEntryRow, FollowUpGradeRow, FollowUpRow

_ENTRY: TypeAdapter[FollowUpAnswer | FollowUpAttempt | FlagHandled] = TypeAdapter(FollowUpEntry)


def entry_text(entry: FollowUpAnswer | FollowUpAttempt | FlagHandled | EventEntry) -> str:
    """The entry as it is stored and sealed."""
    return canonical(entry.model_dump(mode="json"))


def follow_up_in(text: str) -> FollowUpAnswer | FollowUpAttempt | FlagHandled:
    """The follow-up in this document; raises ``ValueError``."""
    return _ENTRY.validate_json(text)


def follow_up_row(entry: FollowUpAnswer | FollowUpAttempt | FlagHandled, text: str) -> FollowUpRow:
    """The row of one entry."""
    return FollowUpRow(
        id=entry.id,
        session_id=entry.session_id,
        kind=entry.kind,
        moment="" if isinstance(entry, FlagHandled) else entry.moment,
        red=isinstance(entry, FollowUpAnswer) and bool(entry.flags),
        about=entry.answer_id if isinstance(entry, FlagHandled) else None,
        by=entry.by,
        at=entry.at,
        content=text,
    )


def grade_rows(entry: FollowUpAnswer | FollowUpAttempt | FlagHandled) -> tuple[FollowUpGradeRow, ...]:
    """The grades of an answer, one row each."""
    if not isinstance(entry, FollowUpAnswer):
        return ()
    return tuple(
        FollowUpGradeRow(
            id=one.id,
            follow_up_id=entry.id,
            session_id=entry.session_id,
            sequence=sequence,
            reaction=one.reaction,
            scale=one.scale,
            grade=one.grade,
            zone=one.zone,
            at=one.at,
        )
        for sequence, one in enumerate(entry.observations)
    )


def event_entry_row(entry: EventEntry, text: str) -> EventEntryRow:
    """The row of one entry on an adverse event."""
    return EventEntryRow(
        id=entry.id,
        session_id=entry.session_id,
        event_id=entry.event_id,
        kind=entry.kind,
        seriousness=entry.seriousness,
        outcome=entry.outcome,
        by=entry.by,
        at=entry.at,
        content=text,
    )
