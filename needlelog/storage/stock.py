"""The shelf, stored: packs, movements and recalls; what visits used is read from the visits themselves.

So nothing needs to be put back when a use is taken off a visit, and no count can drift away from the records.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import func, true
from sqlmodel import Session, col, select

from needlelog.domain.materials import ProductKind
from needlelog.domain.session import Numbing, SessionDraft
from needlelog.domain.stock import LotMovement, LotStanding, MovementKind, Pack, Recall, Shelf, lot_key, needle_key
from needlelog.domain.text import fold_lot
from needlelog.errors import Fault, FaultCode
from needlelog.storage.damage import contents, draft_in
from needlelog.storage.database import Database
from needlelog.storage.drafts import given_up
from needlelog.storage.tables.base import MILLI
from needlelog.storage.tables.drafts import DraftRow
from needlelog.storage.tables.materials import LotRow, ProductRow
from needlelog.storage.tables.sessions import InvalidationRow, MaterialUseRow, NeedlingPassRow
from needlelog.storage.tables.stock import LotMovementRow, NeedleRow, PackRow, RecallRow

_Used = defaultdict[str, Decimal]
"""How much of each lot was used, by ``lot_key``, in the unit after the bar (``lot_key|ml``)."""


class StockRepository:
    """What lies on the shelf."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # packs

    def pack(self, gtin: str) -> Pack | None:
        """The pack of this number."""
        with self._database.reading() as session:
            row = session.get(PackRow, gtin)
            return Pack.model_validate(row.model_dump()) if row else None

    def packs(self, product_id: UUID) -> tuple[Pack, ...]:
        """The packs of a product, by number."""
        query = select(PackRow).where(PackRow.product_id == product_id).order_by(col(PackRow.gtin))
        with self._database.reading() as session:
            return tuple(Pack.model_validate(row.model_dump()) for row in session.exec(query))

    def keep_pack(self, pack: Pack) -> None:
        """Note a pack or change how many it holds; raises ``Fault(PACK_KNOWN)`` when it is another product's."""
        with self._database.writing() as session:
            row = session.get(PackRow, pack.gtin)
            if row is not None and row.product_id != pack.product_id:
                named = session.get_one(ProductRow, row.product_id).name
                raise Fault(FaultCode.PACK_KNOWN, name=named)
            session.merge(PackRow(**pack.model_dump()))

    def remove_pack(self, gtin: str) -> None:
        """Take a number off its product; nothing happens when it is not there."""
        with self._database.writing() as session:
            row = session.get(PackRow, gtin)
            if row is not None:
                session.delete(row)

    # movements

    def move(self, movement: LotMovement) -> None:
        """Note what came in or went out; raises ``Fault(RECORD_NOT_FOUND)`` for a lot that is not there."""
        with self._database.writing() as session:
            if session.get(LotRow, movement.lot_id) is None:
                raise Fault(FaultCode.RECORD_NOT_FOUND)
            columns = movement.model_dump(exclude={"quantity"})
            session.add(
                LotMovementRow(
                    **columns, sequence=_next(session, LotMovementRow), quantity_milli=int(movement.quantity * MILLI)
                )
            )

    def movements(self, lot_id: UUID) -> tuple[LotMovement, ...]:
        """What came in and went out of a lot, oldest first."""
        query = select(LotMovementRow).where(LotMovementRow.lot_id == lot_id).order_by(col(LotMovementRow.sequence))
        with self._database.reading() as session:
            return tuple(
                LotMovement(
                    **row.model_dump(exclude={"sequence", "quantity_milli"}),
                    quantity=Decimal(row.quantity_milli) / MILLI,
                )
                for row in session.exec(query)
            )

    # recalls

    def recall(self, recall: Recall) -> None:
        """Note a recall or its end; raises ``Fault(LOT_RECALLED_ALREADY)`` where that changes nothing."""
        with self._database.writing() as session:
            holds = any(one.key == recall.key for one in _holding(session))
            if holds is recall.recalled:
                raise Fault(FaultCode.LOT_RECALLED_ALREADY)
            session.add(RecallRow(**recall.model_dump(), sequence=_next(session, RecallRow)))

    def recalls(self) -> tuple[Recall, ...]:
        """The recalls that hold, newest first."""
        with self._database.reading() as session:
            return tuple(reversed(_holding(session)))

    def shelf_recalls(self) -> dict[str, Recall]:
        """The recalls that hold, by what they are about under the old and the present name of the product."""
        with self._database.reading() as session:
            return {one.key: one for one in _with_new_names(session, _holding(session))}

    def recall_entries(self) -> tuple[Recall, ...]:
        """Every recall and every end of one, in their order."""
        with self._database.reading() as session:
            return tuple(_entries(session))

    # standings

    def shelf(self, *, except_session: UUID | None = None) -> Shelf:
        """Everything on the shelf; what the visit ``except_session`` used stands as not used."""
        with self._database.reading() as session:
            drafts = list(_drafts(session, except_session))
            return Shelf(
                standings=tuple(_standings(session, drafts, None)),
                recalls=tuple(_with_new_names(session, _holding(session))),
                used_needles=frozenset(_needles(session, drafts)),
            )

    def standings(self, product_id: UUID | None = None) -> tuple[LotStanding, ...]:
        """How every lot stands, or those of one product: the one used or noted last first."""
        with self._database.reading() as session:
            return tuple(_standings(session, list(_drafts(session, None)), product_id))


def _next(session: Session, table: Any) -> int:
    return int(session.execute(select(func.coalesce(func.max(table.sequence), 0))).scalar_one()) + 1


def _entries(session: Session) -> Iterator[Recall]:
    for row in session.exec(select(RecallRow).order_by(col(RecallRow.sequence))):
        yield Recall.model_validate(row.model_dump(exclude={"sequence"}))


def _holding(session: Session) -> list[Recall]:
    last: dict[str, Recall] = {}
    for one in _entries(session):
        last.pop(one.key, None)
        last[one.key] = one
    return [one for one in last.values() if one.recalled]


def _with_new_names(session: Session, recalls: list[Recall]) -> Iterator[Recall]:
    """The recalls, each under the product's present name as well where that was changed since."""
    for one in recalls:
        yield one
        product = session.get(ProductRow, one.product_id) if one.product_id else None
        if product is not None and lot_key(product.name, one.lot) != one.key:
            yield one.with_(product=product.name)


def _drafts(session: Session, except_session: UUID | None) -> Iterator[SessionDraft]:
    """Visits that are not signed: open ones, and those given up, in which what was recorded was used all the same.

    One that cannot be read any more is said by the check of the records and must not keep the others from the shelf.
    """
    found = [draft_in(content) for content in contents(session, DraftRow)]
    found += [draft for _, draft in given_up(session, true())]
    yield from (draft for draft in found if draft is not None and draft.id != except_session)


def _standings(session: Session, drafts: list[SessionDraft], product_id: UUID | None) -> Iterator[LotStanding]:
    newest = func.coalesce(LotRow.last_used_at, LotRow.added_at).desc()
    query = (
        select(LotRow, ProductRow)
        .join(ProductRow, col(ProductRow.id) == col(LotRow.product_id))
        .order_by(newest, col(LotRow.added_at).desc())
    )
    if product_id is not None:
        query = query.where(LotRow.product_id == product_id)
    rows = session.exec(query).all()
    moved = _moved(session)
    counted = [lot.code for lot, _ in rows if lot.id in moved]
    used = _used(session, drafts, counted) if counted else _Used(Decimal)
    for lot, product in rows:
        received, taken_off, at = moved.get(lot.id, (None, Decimal(0), None))
        unit = "piece" if product.kind is ProductKind.CARTRIDGE else product.amount_unit
        yield LotStanding(
            lot_id=lot.id,
            product_id=product.id,
            product=product.name,
            kind=product.kind,
            lot=lot.code,
            expires_on=lot.expires_on,
            unit=unit,
            received=received,
            received_at=at,
            taken_off=taken_off,
            used=used[f"{lot_key(product.name, lot.code)}|{unit}"],
        )


def _moved(session: Session) -> dict[UUID, tuple[Decimal | None, Decimal, datetime | None]]:
    """What came in (None where nothing ever did), what went out, and when something last came in, by lot."""
    query = select(
        LotMovementRow.lot_id,
        LotMovementRow.kind,
        func.sum(LotMovementRow.quantity_milli),
        func.max(LotMovementRow.at),
    ).group_by(col(LotMovementRow.lot_id), col(LotMovementRow.kind))
    found: dict[UUID, tuple[Decimal | None, Decimal, datetime | None]] = {}
    for lot_id, kind, milli, at in session.execute(query):
        received, off, when = found.get(lot_id, (None, Decimal(0), None))
        amount = Decimal(milli) / MILLI
        found[lot_id] = (amount, off, at) if kind is MovementKind.RECEIVED else (received, amount, when)
    return found


def _used(session: Session, drafts: list[SessionDraft], codes: list[str]) -> _Used:
    """What visits took of these lots: a cartridge for each visit it was used in, other products by amount."""
    found = _Used(Decimal)
    valid = col(NeedlingPassRow.session_id).not_in(select(InvalidationRow.session_id))
    passes: Any = (
        select(NeedlingPassRow.cartridge, NeedlingPassRow.lot, func.count(NeedlingPassRow.session_id.distinct()))  # type: ignore[attr-defined]
        .where(col(NeedlingPassRow.lot).in_(_spellings(session, NeedlingPassRow.lot, codes)), valid)
        .group_by(col(NeedlingPassRow.cartridge), col(NeedlingPassRow.lot))
    )
    for cartridge, lot, visits in session.execute(passes):
        found[f"{lot_key(cartridge, lot)}|piece"] += visits
    uses: Any = (
        select(
            MaterialUseRow.name, MaterialUseRow.lot, MaterialUseRow.amount_unit, func.sum(MaterialUseRow.amount_milli)
        )
        .where(
            col(MaterialUseRow.lot).in_(_spellings(session, MaterialUseRow.lot, codes)),
            col(MaterialUseRow.session_id).not_in(select(InvalidationRow.session_id)),
        )
        .group_by(col(MaterialUseRow.name), col(MaterialUseRow.lot), col(MaterialUseRow.amount_unit))
    )
    for name, lot, unit, milli in session.execute(uses):
        found[f"{lot_key(name, lot)}|{unit}"] += Decimal(milli or 0) / MILLI
    for draft in drafts:
        for key in {lot_key(one.cartridge, one.lot) for one in draft.needling.passes if one.lot}:
            found[f"{key}|piece"] += 1
        for use in draft.uses:
            amount, unit = (use.applied_g, "g") if isinstance(use, Numbing) else (use.amount, use.amount_unit)
            if use.lot and amount:
                found[f"{lot_key(use.name, use.lot)}|{unit}"] += amount
    return found


def _spellings(session: Session, column: Any, codes: list[str]) -> list[str]:
    """Every way in which visits wrote one of these lots."""
    wanted = {fold_lot(code) for code in codes}
    return [written for written in session.exec(select(column).distinct()) if fold_lot(written) in wanted]


def _needles(session: Session, drafts: list[SessionDraft]) -> Iterator[str]:
    valid = col(NeedleRow.session_id).not_in(select(InvalidationRow.session_id))
    for cartridge, lot, serial in session.execute(
        select(NeedleRow.cartridge, NeedleRow.lot, NeedleRow.serial).where(valid)
    ):
        yield needle_key(cartridge, lot, serial)
    for draft in drafts:
        yield from (needle_key(one.cartridge, one.lot, one.serial) for one in draft.needling.passes if one.serial)
