"""The clinic's own list of devices, products and lots, stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, String, delete, func, or_, type_coerce, update
from sqlmodel import Session, col, select

from needlelog.clock import Clock
from needlelog.domain.materials import AnaestheticLimits, DeviceSettings, Listed, Lot, Product, ProductKind
from needlelog.domain.unreadable import Kept
from needlelog.errors import Fault, FaultCode
from needlelog.storage.damage import ROW_ERRORS, as_id, attempt, cells, readable
from needlelog.storage.database import Database
from needlelog.storage.tables.base import MICROMETRES, MILLI, SQUARE_MILLIMETRES, scaled, unscaled
from needlelog.storage.tables.materials import AgentRow, LotRow, ProductRow

# What is damaged in just the column that is asked for stands in every list, so that it is missed in none.
_KIND = type_coerce(col(ProductRow.kind), String)
_OF_NO_KIND = or_(_KIND.is_(None), _KIND.not_in([one.value for one in ProductKind]))
_ACTIVE = type_coerce(col(ProductRow.active), Integer)
_NEITHER_YES_NOR_NO = or_(_ACTIVE.is_(None), _ACTIVE.not_in((0, 1)))

# What no rule reads, with what stands in for it while a visit is judged; none of it is ever written back.
_NO_RULE_READS: Mapping[str, Any] = {
    "maker": "",
    "amount_unit": "",
    "active": True,
    "added_at": datetime(1970, 1, 1, tzinfo=UTC),
    "output_unit": "",
    "device_source": "",
    "anaesthetic_source": "",
}


class ProductRepository:
    """Products and the lots they come from."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def add(self, product: Product) -> None:
        """Put a product on the list."""
        with self._database.writing() as session:
            session.add(ProductRow(**_columns(product)))
            session.flush()
            _add_agents(session, product)

    def save(self, product: Product) -> None:
        """Keep a change; raises ``Fault(RECORD_NOT_FOUND)``."""
        with self._database.writing() as session:
            values = _columns(product)
            del values["id"]
            changed = session.execute(update(ProductRow).where(col(ProductRow.id) == product.id).values(**values))
            if not changed.rowcount:  # type: ignore[attr-defined]
                raise Fault(FaultCode.RECORD_NOT_FOUND)
            session.execute(delete(AgentRow).where(col(AgentRow.product_id) == product.id))
            _add_agents(session, product)
        self._database.met.forget(Kept.PRODUCT)

    def get(self, product_id: UUID) -> Product:
        """One product; raises ``Fault`` (RECORD_NOT_FOUND, RECORD_DAMAGED)."""
        with self._database.reading() as session:
            try:
                return whole_product(session, product_id)
            except ROW_ERRORS as error:
                raise Fault(FaultCode.RECORD_DAMAGED) from error

    def all(self, kind: ProductKind | None = None, *, active_only: bool = True) -> tuple[Product, ...]:
        """The list, or one kind of it, by name."""
        query = select(ProductRow).order_by(func.lower(ProductRow.name), col(ProductRow.id))
        if kind is not None:
            query = query.where(or_(col(ProductRow.kind) == kind, _OF_NO_KIND))
        if active_only:
            query = query.where(or_(col(ProductRow.active), _NEITHER_YES_NOR_NO))
        agents: dict[UUID, list[AgentRow]] = {}
        bare = select(AgentRow).order_by(col(AgentRow.position))
        with self._database.reading() as session:
            every = attempt(lambda: session.exec(bare).all())

            def product(row: ProductRow) -> Product:
                # A strength that cannot be read is never left out: the product is shown whole or not at all.
                own = session.exec(bare.where(AgentRow.product_id == row.id)).all() if every is None else ()
                return _product(row, agents.get(row.id, own))

            for agent in every or ():
                agents.setdefault(agent.product_id, []).append(agent)
            return tuple(readable(session, query, product, Kept.PRODUCT, named=ProductRow.name))

    def for_rules(self) -> Listed:
        """Everything on the list to judge by, past and present, by its id.

        A product is there as long as all that the rules read of it can be read.
        """
        listed = Listed((product.id, product) for product in self.all(active_only=False))
        with self._database.reading() as session:
            for raw in session.exec(select(type_coerce(col(ProductRow.id), String))).all():
                product_id = as_id(raw)
                product = attempt(_for_rules, session, product_id) if product_id and product_id not in listed else None
                if product is not None:
                    listed[product.id] = product
                elif product_id not in listed:
                    listed.damaged = True
        return listed

    def add_lot(self, lot: Lot) -> Lot:
        """Note a lot; the lot already noted under this product and code is returned as it stands."""
        with self._database.writing() as session:
            query = select(LotRow).where(LotRow.product_id == lot.product_id, LotRow.code == lot.code)
            if session.execute(query.with_only_columns(func.count(col(LotRow.code)))).scalar_one():
                same = attempt(lambda: lot_of(session.exec(query).one()))
                if same is None:
                    raise Fault(FaultCode.RECORD_DAMAGED)
                return same
            session.add(LotRow(**lot.model_dump()))
        return lot

    def save_lot(self, lot: Lot) -> None:
        """Keep a changed expiry or code; raises ``Fault(RECORD_NOT_FOUND)``."""
        with self._database.writing() as session:
            values = lot.model_dump(exclude={"id"})
            changed = session.execute(update(LotRow).where(col(LotRow.id) == lot.id).values(**values))
            if not changed.rowcount:  # type: ignore[attr-defined]
                raise Fault(FaultCode.RECORD_NOT_FOUND)

    def lots(self, product_id: UUID) -> tuple[Lot, ...]:
        """The lots of a product, the one used or noted last first."""
        newest = func.coalesce(LotRow.last_used_at, LotRow.added_at).desc()
        with self._database.reading() as session:
            query = select(LotRow).where(LotRow.product_id == product_id)
            query = query.order_by(newest, col(LotRow.added_at).desc())
            return tuple(readable(session, query, lot_of, Kept.LOT, named=LotRow.code))


def whole_product(session: Session, product_id: UUID) -> Product:
    """One product with its agents; raises ``ROW_ERRORS``, and ``Fault(RECORD_NOT_FOUND)``."""
    row = session.get(ProductRow, product_id)
    if row is None:
        raise Fault(FaultCode.RECORD_NOT_FOUND)
    agents = select(AgentRow).where(AgentRow.product_id == product_id).order_by(col(AgentRow.position))
    return _product(row, session.exec(agents).all())


def _for_rules(session: Session, product_id: UUID) -> Product:
    """A damaged product as far as the rules read it; raises ``ROW_ERRORS`` where not all of that can be read."""
    columns: Any = ProductRow
    found: dict[str, Any] = {}
    for name in ProductRow.model_fields:
        query = select(getattr(columns, name)).where(ProductRow.id == product_id)
        value = attempt(lambda query=query: (session.exec(query).one(),))
        if value is None and name not in _NO_RULE_READS:
            raise ValueError(name)
        found[name] = value[0] if value is not None else _NO_RULE_READS[name]
    agents = session.exec(select(AgentRow).where(AgentRow.product_id == product_id).order_by(col(AgentRow.position)))
    kept = agents.all()
    last: Product | None = None
    for stood_in in ({}, _NO_RULE_READS):
        last = last or attempt(lambda more=stood_in: _product(ProductRow(**{**found, **more}), kept))
    if last is None:
        raise ValueError("no product")
    return last


def lot_of(row: LotRow) -> Lot:
    """The lot in this row; raises ``ROW_ERRORS``."""
    return Lot.model_validate(cells(row, "last_used_at"))


def _columns(product: Product) -> dict[str, Any]:
    values = product.model_dump(include=set(Product.model_fields) - {"device", "anaesthetic"})
    device = product.device
    values |= {
        "device_kind": device.kind if device else None,
        "depth_min_um": scaled(device.depth_min_mm, MICROMETRES) if device else None,
        "depth_max_um": scaled(device.depth_max_mm, MICROMETRES) if device else None,
        "depth_step_um": scaled(device.depth_step_mm, MICROMETRES) if device else None,
        "depth_evaluated_um": scaled(device.depth_evaluated_mm, MICROMETRES) if device else None,
        "output_unit": device.output_unit if device else "",
        "output_fixed_milli": scaled(device.output_fixed, MILLI) if device else None,
        "device_source": device.source if device else "",
    }
    limits = product.anaesthetic
    return values | {
        "is_anaesthetic": limits is not None,
        "dwell_min_min": limits.dwell_min_min if limits else None,
        "dwell_max_min": limits.dwell_max_min if limits else None,
        "max_mg": scaled(limits.max_g, MILLI) if limits else None,
        "max_area_mm2": scaled(limits.max_area_cm2, SQUARE_MILLIMETRES) if limits else None,
        "anaesthetic_source": limits.source if limits else "",
        "layer_mg_per_10cm2": scaled(limits.g_per_10cm2, MILLI) if limits else None,
        "not_again_h": limits.not_again_h if limits else None,
    }


def _add_agents(session: Session, product: Product) -> None:
    agents = product.anaesthetic.agents if product.anaesthetic else ()
    for position, (agent, percent) in enumerate(agents):
        milli = scaled(percent, MILLI) or 0
        session.add(AgentRow(product_id=product.id, position=position, agent=agent, percent_milli=milli))


def _known(value: Decimal | None) -> Decimal:
    if value is None:
        raise ValueError("a device without its depths")
    return value


def _device(row: ProductRow) -> DeviceSettings | None:
    if row.device_kind is None:
        return None
    return DeviceSettings(
        kind=row.device_kind,
        depth_min_mm=_known(unscaled(row.depth_min_um, MICROMETRES, 2)),
        depth_max_mm=_known(unscaled(row.depth_max_um, MICROMETRES, 2)),
        depth_step_mm=_known(unscaled(row.depth_step_um, MICROMETRES, 2)),
        depth_evaluated_mm=unscaled(row.depth_evaluated_um, MICROMETRES, 2),
        output_unit=row.output_unit,
        output_fixed=unscaled(row.output_fixed_milli, MILLI, 0),
        source=row.device_source,
    )


def _product(row: ProductRow, agents: Sequence[AgentRow]) -> Product:
    limits = AnaestheticLimits(
        agents=tuple((one.agent, unscaled(one.percent_milli, MILLI, 1) or Decimal(0)) for one in agents),
        dwell_min_min=row.dwell_min_min,
        dwell_max_min=row.dwell_max_min,
        max_g=unscaled(row.max_mg, MILLI, 0),
        max_area_cm2=unscaled(row.max_area_mm2, SQUARE_MILLIMETRES, 0),
        source=row.anaesthetic_source,
        g_per_10cm2=unscaled(row.layer_mg_per_10cm2, MILLI, 0),
        not_again_h=row.not_again_h,
    )
    return Product(
        id=row.id,
        kind=row.kind,
        name=row.name,
        maker=row.maker,
        knowledge_id=row.knowledge_id,
        device=_device(row),
        anaesthetic=limits if row.is_anaesthetic else None,
        amount_unit=row.amount_unit,
        active=row.active,
        added_at=row.added_at,
    )
