"""Whether every sealed record still is what was sealed, and whether what it names is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import String, true, type_coerce
from sqlmodel import Session, SQLModel, col, select

from needlelog.clock import local
from needlelog.domain.adverse_events import EventEntry
from needlelog.domain.follow_up import FollowUpAnswer, FollowUpForm
from needlelog.domain.session import SessionDraft
from needlelog.storage.chain import (
    ADDENDUM,
    DISCARD,
    EVENT_ENTRY,
    FOLLOW_UP,
    HANDOVER,
    HEAD,
    INVALIDATION,
    PAPER,
    SESSION,
    WITHDRAWAL,
    fingerprint,
    seal_fingerprint,
    text_fingerprint,
)
from needlelog.storage.damage import (
    CONTENT_ERRORS,
    as_id,
    attempt,
    cells,
    content_of,
    contents,
    draft_in,
    is_whole,
    raw_ids,
)
from needlelog.storage.discarded import discard_content
from needlelog.storage.entries import event_entry_row, follow_up_in, follow_up_row, grade_rows
from needlelog.storage.head import head_content
from needlelog.storage.papers import handover_content, handover_id, paper_contents, withdrawal_content
from needlelog.storage.records import Record, addendum_content, invalidation_content, record_in, session_row, typed_rows
from needlelog.storage.tables import PARTS_OF_SESSION
from needlelog.storage.tables.chain import HeadBegunRow, SealRow
from needlelog.storage.tables.clients import ClientRow
from needlelog.storage.tables.drafts import DiscardedDraftRow, DraftRow
from needlelog.storage.tables.follow_ups import EventEntryRow, FollowUpFormRow, FollowUpGradeRow, FollowUpRow
from needlelog.storage.tables.papers import HandOverRow, PaperRow, WithdrawalRow
from needlelog.storage.tables.sessions import AddendumRow, InvalidationRow, SessionRow


class SealProblem(StrEnum):
    """What is wrong with a sealed record."""

    CHAIN_BROKEN = "chain-broken"
    RECORD_MISSING = "record-missing"
    CONTENT_CHANGED = "content-changed"
    ROWS_DIFFER = "rows-differ"
    NOT_SEALED = "not-sealed"
    PAPER_MISSING = "paper-missing"
    """The record says a sheet was given, and no such sheet or hand-over is kept."""

    UNREADABLE = "unreadable"
    """The row holds what nothing of ours ever put there."""


@dataclass(frozen=True, slots=True)
class SealFault:
    """One record that is not what was sealed; ``sequence`` is its place in the chain, if it has one.

    ``subject_id`` is empty where not even that can be read. ``session_id`` names the visit it belongs to, where that
    can still be told.
    """

    problem: SealProblem
    kind: str
    subject_id: UUID | None
    sequence: int | None = None
    session_id: UUID | None = None


_TABLES: dict[str, tuple[type[SQLModel], str]] = {
    SESSION: (SessionRow, "id"),
    ADDENDUM: (AddendumRow, "id"),
    INVALIDATION: (InvalidationRow, "session_id"),
    PAPER: (PaperRow, "id"),
    WITHDRAWAL: (WithdrawalRow, "id"),
    DISCARD: (DiscardedDraftRow, "id"),
    FOLLOW_UP: (FollowUpRow, "id"),
    EVENT_ENTRY: (EventEntryRow, "id"),
    HEAD: (HeadBegunRow, "id"),
}


def find_faults(session: Session) -> Iterator[SealFault]:
    """Every fault, in the order of the chain, then records without a seal. A damaged row is one fault, not the end."""
    previous = ""
    handovers = _handovers(session)
    sealed: set[tuple[str, UUID]] = set()
    for expected, seal in enumerate(_seals(session), start=1):
        if isinstance(seal, _DamagedSeal):
            if seal.subject_id is not None:
                sealed.add((seal.kind, seal.subject_id))
            previous = seal.sha256
            about = _owner(session, seal.kind, seal.subject_id) if seal.subject_id else None
            yield SealFault(SealProblem.CHAIN_BROKEN, seal.kind, seal.subject_id, seal.sequence, about)
            continue
        sealed.add((seal.kind, seal.subject_id))
        made = seal_fingerprint(
            expected, seal.kind, seal.subject_id, seal.content_sha256, seal.previous_sha256, seal.at
        )
        broken = seal.sequence != expected or seal.previous_sha256 != previous or seal.sha256 != made
        problem, about = _judged(session, seal, handovers)
        if broken:
            problem = SealProblem.CHAIN_BROKEN
        if problem is not None:
            yield SealFault(problem, seal.kind, seal.subject_id, seal.sequence, about)
        previous = seal.sha256
    yield from _unsealed(session, sealed, handovers)


@dataclass(frozen=True, slots=True)
class _DamagedSeal:
    """A seal whose row cannot be read, as far as it can."""

    sequence: int
    kind: str = ""
    subject_id: UUID | None = None
    sha256: str = ""


def _seals(session: Session) -> Iterator[SealRow | _DamagedSeal]:
    order = col(SealRow.sequence)
    whole = attempt(lambda: session.exec(select(SealRow).order_by(order)).all())
    if whole is not None:
        yield from (row if is_whole(row) else _damaged_seal(session, row.sequence) for row in whole)
        return
    for sequence in session.exec(select(SealRow.sequence).order_by(order)).all():
        row = attempt(session.get, SealRow, sequence)
        yield row if row is not None and is_whole(row) else _damaged_seal(session, sequence)


def _damaged_seal(session: Session, sequence: int) -> _DamagedSeal:
    columns = (SealRow.kind, SealRow.sha256, type_coerce(col(SealRow.subject_id), String))
    query = select(*columns).where(SealRow.sequence == sequence)
    found = attempt(lambda: session.exec(query).one())
    return _DamagedSeal(sequence, str(found[0]), as_id(found[2]), str(found[1])) if found else _DamagedSeal(sequence)


def _handovers(session: Session) -> dict[UUID, HandOverRow | None]:
    """Every hand-over by the id under which it is sealed; ``None`` for one that cannot be read."""
    whole = attempt(lambda: session.exec(select(HandOverRow)).all())
    if whole is not None:
        return {handover_id(row.paper_id, row.sequence): row for row in whole}
    found: dict[UUID, HandOverRow | None] = {}
    keys = select(type_coerce(col(HandOverRow.paper_id), String), HandOverRow.sequence)
    for text, sequence in session.exec(keys).all():
        paper_id = as_id(text)
        if paper_id is not None:
            found[handover_id(paper_id, sequence)] = attempt(session.get, HandOverRow, (paper_id, sequence))
    return found


def _judged(
    session: Session, seal: SealRow, handovers: Mapping[UUID, HandOverRow | None]
) -> tuple[SealProblem | None, UUID | None]:
    """What is wrong with the record under this seal, and the visit it belongs to."""
    row: SQLModel | None
    try:
        if seal.kind == HANDOVER:
            row = handovers.get(seal.subject_id)
            if row is None and seal.subject_id in handovers:
                return SealProblem.UNREADABLE, None
        else:
            row = _row(session, seal)
        problem = _problem(session, seal, row)
        about = None if problem is None else _session_of(session, row)
        if row is not None and seal.kind != HANDOVER:
            session.expunge(row)
    except CONTENT_ERRORS:
        return SealProblem.UNREADABLE, _owner(session, seal.kind, seal.subject_id)
    return problem, about


def _unsealed(
    session: Session, sealed: Collection[tuple[str, UUID]], handovers: Mapping[UUID, HandOverRow | None]
) -> Iterator[SealFault]:
    for kind, (table, key) in _TABLES.items():
        # The first time the end was noted nobody decided anything, so nothing was sealed.
        which = col(HeadBegunRow.reason) != "" if kind == HEAD else true()
        for subject_id in raw_ids(session, table, key, which):
            if subject_id is None:
                yield SealFault(SealProblem.UNREADABLE, kind, None)
            elif (kind, subject_id) not in sealed:
                yield SealFault(SealProblem.NOT_SEALED, kind, subject_id, session_id=_owner(session, kind, subject_id))
    for subject_id, row in handovers.items():
        if (HANDOVER, subject_id) not in sealed:
            about = _session_of(session, row)
            yield SealFault(SealProblem.NOT_SEALED, HANDOVER, subject_id, session_id=about)


def _owner(session: Session, kind: str, subject_id: UUID) -> UUID | None:
    """The visit a record belongs to, told without reading more of its row than that."""
    if kind in (SESSION, INVALIDATION):
        return subject_id
    if kind == DISCARD:
        row = attempt(session.get, DiscardedDraftRow, subject_id)
        return _session_of(session, row) if row else None
    table: Any = {
        ADDENDUM: AddendumRow,
        PAPER: PaperRow,
        WITHDRAWAL: WithdrawalRow,
        FOLLOW_UP: FollowUpRow,
        EVENT_ENTRY: EventEntryRow,
    }.get(kind)
    if table is None:
        return None
    return attempt(lambda: session.exec(select(table.session_id).where(table.id == subject_id)).first())


def photos_named(session: Session) -> dict[str, UUID]:
    """The fingerprint of every photo that a visit names, signed, open or given up, with the visit that names it."""
    found: dict[str, UUID] = {}
    for draft in _drafts(session):
        for photo in draft.photos:
            found.setdefault(photo.sha256, draft.id)
    for told in _heard(session):
        for photo in told.photos:
            found.setdefault(photo.sha256, told.session_id)
    return found


def _heard(session: Session) -> Iterator[FollowUpAnswer | FollowUpForm]:
    """Every answer of a follow-up, sealed or half-written, that can be read."""
    for content in contents(session, FollowUpRow):
        entry = attempt(follow_up_in, content)
        if isinstance(entry, FollowUpAnswer):
            yield entry
    for content in contents(session, FollowUpFormRow):
        form = attempt(FollowUpForm.model_validate_json, content)
        if form is not None:
            yield form


def _drafts(session: Session) -> Iterator[SessionDraft]:
    """What every visit recorded, signed ones first; a content that cannot be read any more is found by its seal."""
    for content in contents(session, SessionRow):
        record = record_in(content)
        if record is not None:
            yield record.draft
    for table in (DraftRow, DiscardedDraftRow):
        for content in contents(session, table):
            draft = draft_in(content)
            if draft is not None:
                yield draft


def number_and_day(session: Session, session_id: UUID) -> tuple[int, date] | None:
    """The client number and the day of a visit, wherever it stands and as far as it can still be told."""
    for visit in _told(session, session_id):
        try:
            number = session.exec(select(ClientRow.number).where(ClientRow.id == visit.client_id)).first()
            if number is not None:
                return number, local(visit.started_at, visit.time_zone).date()
        except CONTENT_ERRORS:
            continue
    return None


def _told(session: Session, session_id: UUID) -> Iterator[Any]:
    """Whatever still tells whose visit it was, when and where."""
    columns = select(SessionRow.client_id, SessionRow.started_at, SessionRow.time_zone)
    row = attempt(lambda: session.exec(columns.where(SessionRow.id == session_id)).first())
    if row is not None:
        yield row
    for table in (SessionRow, DraftRow, DiscardedDraftRow):
        content = content_of(session, table, session_id)
        record = record_in(content) if content and table is SessionRow else None
        draft = record.draft if record else draft_in(content) if content else None
        if draft is not None:
            yield draft


def _row(session: Session, seal: SealRow) -> SQLModel | None:
    return session.get(_TABLES[seal.kind][0], seal.subject_id) if seal.kind in _TABLES else None


def _session_of(session: Session, row: SQLModel | None) -> UUID | None:
    """The visit that a row belongs to."""
    if isinstance(row, SessionRow):
        return row.id
    if isinstance(row, DiscardedDraftRow):
        draft = draft_in(row.content)
        return draft.id if draft else None
    if isinstance(row, HandOverRow):
        return session.exec(select(PaperRow.session_id).where(PaperRow.id == row.paper_id)).first()
    return getattr(row, "session_id", None)


def _problem(session: Session, seal: SealRow, row: SQLModel | None) -> SealProblem | None:
    """What is wrong with the record under this seal."""
    if row is None:
        return SealProblem.RECORD_MISSING
    if seal.content_sha256 not in _contents_sha256(row):
        return SealProblem.CONTENT_CHANGED
    if isinstance(row, FollowUpRow):
        return _follow_up_problem(session, row)
    if isinstance(row, EventEntryRow):
        entry = EventEntry.model_validate_json(row.content)
        return None if cells(row) == cells(event_entry_row(entry, row.content)) else SealProblem.ROWS_DIFFER
    return _session_problem(session, row) if isinstance(row, SessionRow) else None


def _contents_sha256(row: SQLModel) -> tuple[str, ...]:
    """The fingerprints that the seal of a row may cover: one, but for papers that are called otherwise than then."""
    if isinstance(row, PaperRow):
        whole = hashlib.sha256(row.data).hexdigest() == row.sha256
        return tuple(fingerprint(one) for one in paper_contents(row)) if whole else ()
    return (_content_sha256(row),)


def _content_sha256(row: SQLModel) -> str:
    if isinstance(row, SessionRow | FollowUpRow | EventEntryRow):
        return text_fingerprint(row.content)
    if isinstance(row, AddendumRow):
        return fingerprint(addendum_content(row))
    if isinstance(row, InvalidationRow):
        return fingerprint(invalidation_content(row))
    if isinstance(row, HandOverRow):
        return fingerprint(handover_content(row))
    if isinstance(row, DiscardedDraftRow):
        return fingerprint(discard_content(row))
    if isinstance(row, HeadBegunRow):
        return fingerprint(head_content(row))
    if isinstance(row, WithdrawalRow):
        return fingerprint(withdrawal_content(row))
    return ""


def _follow_up_problem(session: Session, row: FollowUpRow) -> SealProblem | None:
    entry = follow_up_in(row.content)
    columns: Any = FollowUpGradeRow
    query = select(FollowUpGradeRow).where(columns.follow_up_id == row.id).order_by(columns.sequence)
    stored = attempt(_all, session, query)
    same = (
        stored is not None
        and cells(row) == cells(follow_up_row(entry, row.content))
        and [cells(one) for one in stored] == [cells(one) for one in grade_rows(entry)]
    )
    return None if same else SealProblem.ROWS_DIFFER


def _session_problem(session: Session, row: SessionRow) -> SealProblem | None:
    record = Record.model_validate_json(row.content)
    # The text is what was sealed, or this would not be asked.
    if cells(row) != cells(session_row(record, row.content, text_fingerprint(row.content))):
        return SealProblem.ROWS_DIFFER
    expected = [cells(one) for one in typed_rows(record.draft)]
    stored: list[dict[str, Any]] = []
    for table in PARTS_OF_SESSION:
        columns: Any = table
        query = select(table).where(columns.session_id == row.id).order_by(columns.sequence)
        rows = attempt(_all, session, query)
        if rows is None:
            return SealProblem.ROWS_DIFFER
        stored.extend(cells(one) for one in rows)
    if stored != expected:
        return SealProblem.ROWS_DIFFER
    return None if _sheets_kept(session, record.draft) else SealProblem.PAPER_MISSING


def _all(session: Session, query: Any) -> list[SQLModel]:
    return list(session.exec(query))


def _sheets_kept(session: Session, draft: SessionDraft) -> bool:
    """Whether every sheet that the record says was given or withdrawn is kept, with that very note."""
    query = (
        select(HandOverRow, PaperRow.sha256)
        .join(PaperRow, col(HandOverRow.paper_id) == col(PaperRow.id))
        .where(PaperRow.session_id == draft.id)
    )
    kept = {(row.paper_id, sha256, row.how, row.at, row.by) for row, sha256 in session.exec(query)}
    given = draft.aftercare.given
    if not all((one.document_id, one.sha256, one.how, one.at, one.by) in kept for one in given):
        return False
    told = {one.withdrawn.id: one.withdrawn for one in given if one.withdrawn}
    rows = session.exec(select(WithdrawalRow).where(col(WithdrawalRow.id).in_(told))).all() if told else ()
    noted = {(row.id, row.paper_id, row.handovers, row.reason, row.by, row.at) for row in rows}
    return all((key, one.document_id, one.handovers, one.reason, one.by, one.at) in noted for key, one in told.items())
