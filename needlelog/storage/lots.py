"""Who was treated with a lot: asked when a maker recalls it, so nobody may be missed for a blank or a capital."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select as sql_select
from sqlalchemy import true
from sqlmodel import Session, SQLModel, col

from needlelog.clock import local
from needlelog.domain.history import LotUse
from needlelog.domain.session import SessionDraft
from needlelog.domain.text import fold_lot
from needlelog.domain.unreadable import Kept
from needlelog.storage.damage import (
    as_id,
    attempt,
    content_of,
    draft_in,
    every_text,
    note,
    readable,
    text_of,
    unreadable,
)
from needlelog.storage.database import Database
from needlelog.storage.discarded import given_up
from needlelog.storage.records import record_in
from needlelog.storage.tables.clients import ClientRow
from needlelog.storage.tables.drafts import DraftRow
from needlelog.storage.tables.sessions import InvalidationRow, MaterialUseRow, NeedlingPassRow, SessionRow

UNKNOWN_PRODUCT = "?"
"""Stands where a damaged visit holds the code and can no longer say what for."""

_AT_ONCE = 500
"""Values in one question; a database takes only so many."""


class _Used(NamedTuple):
    session_id: UUID
    product: str
    lot: str


class LotRepository:
    """Every use of every lot, in signed visits, in open ones and in those that were given up."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def treated_with(self, code: str) -> tuple[LotUse, ...]:
        """Every visit in which this lot of whatever product was used, oldest first, each product once.

        Codes meet without regard to case and blanks, as ``fold_lot`` has it. Visits still open stand among them, and
        so do visits given up and those marked as entered in error: whoever they were recorded for must be asked.
        """
        wanted = fold_lot(code)
        if not wanted:
            return ()
        with self._database.reading() as session:
            zones = _signed(session, wanted)
            found = [*_uses(session, zones), *_unsigned_uses(session, wanted)]
        return tuple(sorted(found, key=lambda one: (one.started_at, one.client_number, one.product)))


def _signed(session: Session, wanted: str) -> dict[_Used, dict[str, None]]:
    """The zones of each use, in the order in which they were treated."""
    found: defaultdict[_Used, dict[str, None]] = defaultdict(dict)
    passes = _rows_of(session, NeedlingPassRow, NeedlingPassRow.cartridge, NeedlingPassRow.zone, wanted)
    for session_id, lot, name, zone, device in passes:
        found[_Used(session_id, name or device, lot)][zone] = None
    uses = _rows_of(session, MaterialUseRow, MaterialUseRow.name, MaterialUseRow.zones, wanted)
    for session_id, lot, name, zones, _ in uses:
        found[_Used(session_id, name, lot)].update(dict.fromkeys(zones.split()))
    return found


_Row = tuple[UUID, str, str, str, str]


def _rows_of(session: Session, table: type[SQLModel], name: Any, zones: Any, wanted: str) -> Iterator[_Row]:
    columns: Any = table
    device = columns.device if table is NeedlingPassRow else columns.name
    # The codes themselves are few and come out of the index; folding them here is the same in every database.
    codes = [one for one in every_text(session, columns.lot, Kept.VISIT) if fold_lot(one) == wanted]
    query = sql_select(columns.session_id, columns.lot, col(name), col(zones), device)
    for some in _in_parts(codes):
        asked = query.where(columns.lot.in_(some)).order_by(columns.session_id, columns.sequence)
        yield from readable(session, asked, _texts, Kept.VISIT)


def _texts(session_id: UUID, *texts: str) -> _Row:
    """A row in which all is text that is text; what a visit is not asked about by a lot does not matter here."""
    lot, name, zones, device = texts
    if not all(isinstance(one, str) for one in texts):
        raise ValueError("no text")
    return session_id, lot, name, zones, device


def _uses(session: Session, zones: dict[_Used, dict[str, None]]) -> Iterator[LotUse]:
    about: dict[UUID, _About] = {}
    void: set[UUID] = set()
    for some in _in_parts(list(dict.fromkeys(used.session_id for used in zones))):
        query = (
            sql_select(
                col(SessionRow.id),
                col(SessionRow.client_id),
                col(SessionRow.started_at),
                col(SessionRow.time_zone),
                col(ClientRow.number),
                col(ClientRow.full_name),
            )
            .outerjoin(ClientRow, col(ClientRow.id) == col(SessionRow.client_id))
            .where(col(SessionRow.id).in_(some))
        )
        found = readable(
            session, query, _About.of, Kept.VISIT, client=ClientRow.number, rescue=lambda key: _sealed(session, key)
        )
        about.update((one.session_id, one) for one in found)
        gone = sql_select(col(InvalidationRow.session_id)).where(col(InvalidationRow.session_id).in_(some))
        void.update(session.execute(gone).scalars())
    for used, treated in zones.items():
        one = about.get(used.session_id)
        use = attempt(_use, one, used.product, used.lot, treated) if one else None
        if use is None:
            note(session, unreadable(Kept.VISIT, one.number if one else None, None, used.session_id.hex))
        else:
            yield use.with_(invalidated=use.session_id in void)


class _About(NamedTuple):
    """Whose visit it was, and when."""

    session_id: UUID
    client_id: UUID
    started_at: datetime
    time_zone: str
    number: int
    name: str

    @classmethod
    def of(cls, *columns: Any) -> _About:
        """The same out of a row; raises ``ValueError`` and its like for one that does not tell it."""
        one = cls(*columns)
        # What the list will show must be readable before it is.
        _use(one, UNKNOWN_PRODUCT, UNKNOWN_PRODUCT, ())
        local(one.started_at, one.time_zone)
        return one


def _sealed(session: Session, key: object) -> _About | None:
    """The same out of the record itself, where the columns that repeat it are damaged."""
    session_id = as_id(key)
    record = record_in(content_of(session, SessionRow, session_id) or "")
    if record is None or session_id is None:
        return None
    draft, client = record.draft, record.client
    return _About(session_id, draft.client_id, draft.started_at, draft.time_zone, client.number, client.full_name)


def _use(about: _About, product: str, lot: str, zones: Iterable[str], **more: bool) -> LotUse:
    return LotUse(
        session_id=about.session_id,
        client_id=about.client_id,
        client_number=about.number,
        client_name=about.name,
        started_at=about.started_at,
        time_zone=about.time_zone,
        product=product,
        lot=lot,
        zones=tuple(zones),
        **more,
    )


class _Unsigned(NamedTuple):
    """A visit that is open or was given up; ``draft`` is None where it cannot be read, ``text`` is what stands there.

    ``started_at`` is the best that can be told of it then.
    """

    id: UUID
    client_id: UUID
    draft: SessionDraft | None
    text: str
    started_at: datetime | None
    discarded: bool


def _unsigned_uses(session: Session, wanted: str) -> Iterator[LotUse]:
    columns = sql_select(col(DraftRow.id), col(DraftRow.client_id), col(DraftRow.content))
    unsigned = readable(session, columns, _opened, Kept.OPEN_VISIT)
    for given in given_up(session, true()):
        row = given.row
        unsigned.append(
            _Unsigned(row.id, row.client_id, given.draft, text_of(row.content), row.discarded_at, discarded=True)
        )
    for one in unsigned:
        used = _used_in(one.draft, wanted) if one.draft else {}
        if one.draft is None and wanted in fold_lot(one.text):
            # Nobody can say what for, but the code stands in it: better asked in vain than missed.
            used = {(UNKNOWN_PRODUCT, wanted): {}}
        if not used:
            continue
        kept = Kept.DISCARDED_VISIT if one.discarded else Kept.OPEN_VISIT
        about = attempt(_whose, session, one)
        for (product, lot), treated in used.items():
            use = attempt(_use_of, about, product, lot, treated, one.discarded) if about else None
            if use is None:
                note(session, unreadable(kept, None, None, one.id.hex))
            else:
                yield use


def _opened(draft_id: UUID, client_id: UUID, content: str) -> _Unsigned:
    return _Unsigned(draft_id, client_id, draft_in(content), text_of(content), None, discarded=False)


def _use_of(about: _About, product: str, lot: str, treated: Iterable[str], discarded: bool) -> LotUse:
    return _use(about, product, lot, treated, signed=False, discarded=discarded)


def _used_in(draft: SessionDraft, wanted: str) -> Mapping[tuple[str, str], dict[str, None]]:
    zones: defaultdict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for one in draft.needling.passes:
        if fold_lot(one.lot) == wanted:
            zones[one.cartridge or one.device, one.lot][one.zone] = None
    for use in draft.uses:
        if fold_lot(use.lot) == wanted:
            zones[use.name, use.lot].update(dict.fromkeys(use.zones))
    return zones


def _whose(session: Session, one: _Unsigned) -> _About:
    query = sql_select(col(ClientRow.number), col(ClientRow.full_name)).where(
        col(ClientRow.id) == (one.draft.client_id if one.draft else one.client_id)
    )
    number, name = session.execute(query).one()
    if one.draft:
        draft = one.draft
        return _About(draft.id, draft.client_id, draft.started_at, draft.time_zone, number, name)
    started = one.started_at
    if started is None:
        begun = sql_select(col(DraftRow.started_at)).where(col(DraftRow.id) == one.id)
        started = attempt(lambda: session.execute(begun).scalar()) or datetime.fromtimestamp(0, UTC)
    return _About(one.id, one.client_id, started, "UTC", number, name)


def _in_parts(values: list[Any]) -> Iterable[list[Any]]:
    for start in range(0, len(values), _AT_ONCE):
        yield values[start : start + _AT_ONCE]
