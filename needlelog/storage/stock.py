"""The shelf, stored: packs, movements and recalls; what visits used is read from the visits themselves.

So nothing needs to be put back when a use is taken off a visit, and no count can drift away from the records.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, delete, func, true, type_coerce
from sqlmodel import Session, col, select

from needlelog.domain.history import UNTOLD
from needlelog.domain.materials import ProductKind
from needlelog.domain.session import Numbing, SessionDraft
from needlelog.domain.stock import LotMovement, LotStanding, MovementKind, Pack, Recall, Shelf, lot_key, needle_key
from needlelog.domain.text import fold_lot
from needlelog.domain.unreadable import Kept
from needlelog.errors import Fault, FaultCode
from needlelog.storage.damage import attempt, cells, contents, draft_in, every_text, note, readable, unreadable
from needlelog.storage.database import Database
from needlelog.storage.discarded import given_up
from needlelog.storage.tables.base import MILLI
from needlelog.storage.tables.drafts import DraftRow
from needlelog.storage.tables.materials import LotRow, ProductRow
from needlelog.storage.tables.sessions import InvalidationRow, MaterialUseRow, NeedlingPassRow
from needlelog.storage.tables.stock import LotMovementRow, NeedleRow, PackRow, RecallRow

_NOT_IN_FULL = "the entry of this recall is damaged and its reason and day cannot be read in full"
_NO_MOMENT = datetime(1970, 1, 1, tzinfo=UTC)

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
            query = select(PackRow).where(PackRow.gtin == gtin)
            return next(iter(readable(session, query, pack_of, Kept.PACK, named=PackRow.gtin)), None)

    def packs(self, product_id: UUID) -> tuple[Pack, ...]:
        """The packs of a product, by number."""
        query = select(PackRow).where(PackRow.product_id == product_id).order_by(col(PackRow.gtin))
        with self._database.reading() as session:
            return tuple(readable(session, query, pack_of, Kept.PACK, named=PackRow.gtin))

    def keep_pack(self, pack: Pack) -> None:
        """Note a pack or change how many it holds; raises ``Fault(PACK_KNOWN)`` when it is another product's."""
        with self._database.writing() as session:
            query = select(ProductRow.name).join(PackRow, col(PackRow.product_id) == col(ProductRow.id))
            others = query.where(PackRow.gtin == pack.gtin, PackRow.product_id != pack.product_id)
            named = session.exec(others).first()
            if named is not None:
                raise Fault(FaultCode.PACK_KNOWN, name=named)
            session.execute(delete(PackRow).where(col(PackRow.gtin) == pack.gtin))
            session.add(PackRow(**pack.model_dump()))

    def remove_pack(self, gtin: str) -> None:
        """Take a number off its product; nothing happens when it is not there."""
        with self._database.writing() as session:
            session.execute(delete(PackRow).where(col(PackRow.gtin) == gtin))

    # movements

    def move(self, movement: LotMovement) -> None:
        """Note what came in or went out; raises ``Fault(RECORD_NOT_FOUND)`` for a lot that is not there."""
        with self._database.writing() as session:
            if session.exec(select(func.count()).where(LotRow.id == movement.lot_id)).one() == 0:
                raise Fault(FaultCode.RECORD_NOT_FOUND)
            values = movement.model_dump(exclude={"quantity"})
            session.add(
                LotMovementRow(
                    **values, sequence=_next(session, LotMovementRow), quantity_milli=int(movement.quantity * MILLI)
                )
            )

    def movements(self, lot_id: UUID) -> tuple[LotMovement, ...]:
        """What came in and went out of a lot, oldest first."""
        query = select(LotMovementRow).where(LotMovementRow.lot_id == lot_id).order_by(col(LotMovementRow.sequence))
        with self._database.reading() as session:
            return tuple(readable(session, query, movement_of, Kept.MOVEMENT))

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
                needle_lots=frozenset(_needle_lots(session, drafts)),
            )

    def standings(self, product_id: UUID | None = None) -> tuple[LotStanding, ...]:
        """How every lot stands, or those of one product: the one used or noted last first."""
        with self._database.reading() as session:
            return tuple(_standings(session, list(_drafts(session, None)), product_id))


def pack_of(row: PackRow) -> Pack:
    """The pack in this row; raises ``ROW_ERRORS``."""
    return Pack.model_validate(cells(row))


def movement_of(row: LotMovementRow) -> LotMovement:
    """The movement in this row; raises ``ROW_ERRORS``."""
    return LotMovement(**cells(row, "sequence", "quantity_milli"), quantity=_milli(row.quantity_milli))


def _next(session: Session, table: Any) -> int:
    return int(session.execute(select(func.coalesce(func.max(table.sequence), 0))).scalar_one()) + 1


def _entries(session: Session) -> Iterator[Recall]:
    # SQLAlchemy makes a "no" of an empty text, which would end a recall.
    raw: Any = type_coerce(col(RecallRow.recalled), Integer).label("as_it_stands")
    query: Any = select(RecallRow, raw).order_by(col(RecallRow.sequence))
    rescue = partial(_damaged_recall, session)
    yield from readable(session, query, _recall_told, Kept.RECALL, named=RecallRow.lot, rescue=rescue)


def _recall_told(row: RecallRow, recalled: object) -> Recall:
    if recalled not in (0, 1):
        raise ValueError("neither a recall nor its end")
    return recall_of(row)


def _damaged_recall(session: Session, sequence: object) -> Recall:
    """A recall that holds, by what can be read of a damaged entry, were it the end of one; raises ``ROW_ERRORS``."""
    number = int(str(sequence))

    def cell(name: str) -> object:
        column: Any = getattr(RecallRow, name)
        return session.exec(select(column).where(RecallRow.sequence == number)).one()

    def with_cell(told: Recall, name: str) -> Recall:
        return told.with_(**{name: cell(name)})

    told = Recall.model_validate(
        {
            "id": UUID(int=number),
            "product": UNTOLD,
            "lot": cell("lot"),
            "reason": _NOT_IN_FULL,
            "by": UNTOLD,
            "at": _NO_MOMENT,
        }
    )
    for name in ("id", "product_id", "product", "by", "at"):
        told = attempt(with_cell, told, name) or told
    reason = attempt(cell, "reason")
    if isinstance(reason, str) and reason:
        told = attempt(lambda: told.with_(reason=f"{reason} ({_NOT_IN_FULL})")) or told
    note(session, unreadable(Kept.RECALL, None, told.lot, number))
    return told


def recall_of(row: RecallRow) -> Recall:
    """The recall in this row; raises ``ROW_ERRORS``."""
    return Recall.model_validate(cells(row, "sequence"))


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
        renamed = attempt(_renamed, session, one) if one.product_id else None
        if renamed is not None and renamed.key != one.key:
            yield renamed


def _renamed(session: Session, one: Recall) -> Recall | None:
    name = session.exec(select(ProductRow.name).where(ProductRow.id == one.product_id)).first()
    return one.with_(product=name) if name else None


def _drafts(session: Session, except_session: UUID | None) -> Iterator[SessionDraft]:
    """Visits that are not signed: open ones, and those given up, in which what was recorded was used all the same.

    One that cannot be read any more is said by the check of the records and must not keep the others from the shelf.
    """
    found = [draft_in(content) for content in contents(session, DraftRow)]
    found += [one.draft for one in given_up(session, true())]
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
    moved = _moved(session)

    def of_row(lot: LotRow, product: ProductRow) -> LotStanding:
        received, taken_off, at = moved.get(lot.id, (None, Decimal(0), None))
        return LotStanding(
            lot_id=lot.id,
            product_id=product.id,
            product=product.name,
            kind=product.kind,
            lot=lot.code,
            expires_on=lot.expires_on,
            unit="piece" if product.kind is ProductKind.CARTRIDGE else product.amount_unit,
            received=received,
            received_at=at,
            taken_off=taken_off,
        )

    found = readable(session, query, of_row, Kept.LOT, named=LotRow.code)
    counted = [one.lot for one in found if one.lot_id in moved]
    used = _used(session, drafts, counted) if counted else _Used(Decimal)
    for one in found:
        took = used[f"{one.key}|{one.unit}"]
        yield one.with_(used=took) if took else one


def _moved(session: Session) -> dict[UUID, tuple[Decimal | None, Decimal, datetime | None]]:
    """What came in (None where nothing ever did), what went out, and when something last came in, by lot."""
    sums = (
        select(
            LotMovementRow.lot_id,
            LotMovementRow.kind,
            func.sum(LotMovementRow.quantity_milli),
            func.max(LotMovementRow.at),
        )
        .group_by(col(LotMovementRow.lot_id), col(LotMovementRow.kind))
        .order_by(func.max(LotMovementRow.sequence))
    )
    found: dict[UUID, tuple[Decimal | None, Decimal, datetime | None]] = {}
    for lot_id, kind, amount, at in attempt(_summed, session, sums) or _each_movement(session):
        received, off, when = found.get(lot_id, (None, Decimal(0), None))
        if kind is MovementKind.RECEIVED:
            found[lot_id] = ((received or Decimal(0)) + amount, off, max(when or at, at))
        else:
            found[lot_id] = (received, off + amount, when)
    return found


_Moved = tuple[UUID, MovementKind, Decimal, datetime]


def _summed(session: Session, sums: Any) -> list[_Moved]:
    return [(lot_id, kind, _milli(milli), at) for lot_id, kind, milli, at in session.execute(sums)]


def _each_movement(session: Session) -> Iterator[_Moved]:
    """The same one by one, where a damaged movement spoils the sum."""
    query = select(LotMovementRow).order_by(col(LotMovementRow.sequence))
    for one in readable(session, query, movement_of, Kept.MOVEMENT):
        yield one.lot_id, one.kind, one.quantity, one.at


def _milli(milli: object) -> Decimal:
    # A sum over anything but whole numbers is none.
    if not isinstance(milli, int):
        raise ValueError("no whole number")  # noqa: TRY004
    return Decimal(milli) / MILLI


def _used(session: Session, drafts: list[SessionDraft], codes: list[str]) -> _Used:
    """What visits took of these lots: a cartridge for each visit it was used in, other products by amount."""
    found = _Used(Decimal)
    valid = col(NeedlingPassRow.session_id).not_in(select(InvalidationRow.session_id))
    passes: Any = (
        select(NeedlingPassRow.cartridge, NeedlingPassRow.lot, func.count(NeedlingPassRow.session_id.distinct()))  # type: ignore[attr-defined]
        .where(col(NeedlingPassRow.lot).in_(_spellings(session, NeedlingPassRow.lot, codes)), valid)
        .group_by(col(NeedlingPassRow.cartridge), col(NeedlingPassRow.lot))
    )
    for key, visits in readable(session, passes, lambda name, lot, visits: (lot_key(name, lot), visits), Kept.VISIT):
        found[f"{key}|piece"] += visits
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
    for key, amount in readable(session, uses, _amount, Kept.VISIT):
        found[key] += amount
    for draft in drafts:
        for key in {lot_key(one.cartridge, one.lot) for one in draft.needling.passes if one.lot}:
            found[f"{key}|piece"] += 1
        for use in draft.uses:
            taken, unit = (use.applied_g, "g") if isinstance(use, Numbing) else (use.amount, use.amount_unit)
            if use.lot and taken:
                found[f"{lot_key(use.name, use.lot)}|{unit}"] += taken
    return found


def _amount(name: str, lot: str, unit: str, milli: int | None) -> tuple[str, Decimal]:
    return f"{lot_key(name, lot)}|{unit}", Decimal(milli or 0) / MILLI


def _spellings(session: Session, column: Any, codes: list[str]) -> list[str]:
    """Every way in which visits wrote one of these lots."""
    wanted = {fold_lot(code) for code in codes}
    return [written for written in every_text(session, column, Kept.VISIT) if fold_lot(written) in wanted]


def _needles(session: Session, drafts: list[SessionDraft]) -> Iterator[str]:
    valid = col(NeedleRow.session_id).not_in(select(InvalidationRow.session_id))
    numbers = select(NeedleRow.cartridge, NeedleRow.lot, NeedleRow.serial).where(valid)
    yield from readable(session, numbers, needle_key, Kept.VISIT)
    for draft in drafts:
        yield from (needle_key(one.cartridge, one.lot, one.serial) for one in draft.needling.passes if one.serial)


def _needle_lots(session: Session, drafts: list[SessionDraft]) -> Iterator[str]:
    valid = col(NeedlingPassRow.session_id).not_in(select(InvalidationRow.session_id))
    lots: Any = (
        select(NeedlingPassRow.cartridge, NeedlingPassRow.lot).where(valid, NeedlingPassRow.lot != "").distinct()
    )
    yield from readable(session, lots, lot_key, Kept.VISIT)
    for draft in drafts:
        yield from (lot_key(one.cartridge, one.lot) for one in draft.needling.passes if one.lot)
