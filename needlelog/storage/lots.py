"""Who was treated with a lot: asked when a maker recalls it, so nobody may be missed for a blank or a capital."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select as sql_select
from sqlalchemy import true
from sqlmodel import Session, SQLModel, col, select

from needlelog.domain.history import LotUse
from needlelog.domain.session import SessionDraft
from needlelog.domain.text import fold_lot
from needlelog.storage.damage import draft_in
from needlelog.storage.database import Database
from needlelog.storage.drafts import given_up
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
    for row in _rows_of(session, NeedlingPassRow, NeedlingPassRow.cartridge, NeedlingPassRow.zone, wanted):
        found[_Used(row.session_id, row.name or row.device, row.lot)][row.zones] = None
    for row in _rows_of(session, MaterialUseRow, MaterialUseRow.name, MaterialUseRow.zones, wanted):
        found[_Used(row.session_id, row.name, row.lot)].update(dict.fromkeys(row.zones.split()))
    return found


def _rows_of(session: Session, table: type[SQLModel], name: Any, zones: Any, wanted: str) -> Iterator[Any]:
    columns: Any = table
    device = columns.device if table is NeedlingPassRow else columns.name
    # The codes themselves are few and come out of the index; folding them here is the same in every database.
    codes = [one for one in session.execute(sql_select(columns.lot).distinct()).scalars() if fold_lot(one) == wanted]
    query = sql_select(
        columns.session_id, columns.lot, col(name).label("name"), col(zones).label("zones"), device.label("device")
    )
    for some in _in_parts(codes):
        yield from session.execute(query.where(columns.lot.in_(some)).order_by(columns.session_id, columns.sequence))


def _uses(session: Session, zones: dict[_Used, dict[str, None]]) -> Iterator[LotUse]:
    about: dict[UUID, Any] = {}
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
            .join(ClientRow, col(ClientRow.id) == col(SessionRow.client_id))
            .where(col(SessionRow.id).in_(some))
        )
        about.update((row.id, row) for row in session.execute(query))
        gone = sql_select(col(InvalidationRow.session_id)).where(col(InvalidationRow.session_id).in_(some))
        void.update(session.execute(gone).scalars())
    for used, treated in zones.items():
        row = about[used.session_id]
        yield LotUse(
            session_id=row.id,
            client_id=row.client_id,
            client_number=row.number,
            client_name=row.full_name,
            started_at=row.started_at,
            time_zone=row.time_zone,
            product=used.product,
            lot=used.lot,
            zones=tuple(treated),
            invalidated=row.id in void,
        )


def _unsigned_uses(session: Session, wanted: str) -> Iterator[LotUse]:
    unsigned: list[tuple[SessionDraft, bool]] = []
    for row in session.exec(select(DraftRow)).all():
        opened = draft_in(row.content)
        if opened is None:
            yield from _damaged_use(session, row, wanted)
        else:
            unsigned.append((opened, False))
    unsigned += [(draft, True) for _, draft in given_up(session, true())]
    for draft, discarded in unsigned:
        zones: defaultdict[tuple[str, str], dict[str, None]] = defaultdict(dict)
        for one in draft.needling.passes:
            if fold_lot(one.lot) == wanted:
                zones[one.cartridge or one.device, one.lot][one.zone] = None
        for use in draft.uses:
            if fold_lot(use.lot) == wanted:
                zones[use.name, use.lot].update(dict.fromkeys(use.zones))
        if not zones:
            continue
        client = session.get_one(ClientRow, draft.client_id)
        for (product, lot), treated in zones.items():
            yield LotUse(
                session_id=draft.id,
                client_id=draft.client_id,
                client_number=client.number,
                client_name=client.full_name,
                started_at=draft.started_at,
                time_zone=draft.time_zone,
                product=product,
                lot=lot,
                zones=tuple(treated),
                signed=False,
                discarded=discarded,
            )


def _damaged_use(session: Session, row: DraftRow, wanted: str) -> Iterator[LotUse]:
    """An open visit that cannot be read any more and holds the code somewhere: better asked in vain than missed."""
    if wanted in fold_lot(row.content):
        client = session.get_one(ClientRow, row.client_id)
        yield LotUse(
            session_id=row.id,
            client_id=row.client_id,
            client_number=client.number,
            client_name=client.full_name,
            started_at=row.started_at,
            time_zone="UTC",
            product=UNKNOWN_PRODUCT,
            lot=wanted,
            signed=False,
        )


def _in_parts(values: list[Any]) -> Iterable[list[Any]]:
    for start in range(0, len(values), _AT_ONCE):
        yield values[start : start + _AT_ONCE]
