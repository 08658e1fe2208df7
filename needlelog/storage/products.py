"""The clinic's own list of devices, products and lots, stored."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from needlelog.clock import Clock
from needlelog.domain.materials import AnaestheticLimits, DeviceSettings, Lot, Product, ProductKind
from needlelog.errors import Fault, FaultCode
from needlelog.storage.database import Database
from needlelog.storage.tables.base import MICROMETRES, MILLI, SQUARE_MILLIMETRES, scaled, unscaled
from needlelog.storage.tables.materials import AgentRow, LotRow, ProductRow


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
            row = session.get(ProductRow, product.id)
            if row is None:
                raise Fault(FaultCode.RECORD_NOT_FOUND)
            row.sqlmodel_update(_columns(product))
            session.execute(delete(AgentRow).where(col(AgentRow.product_id) == product.id))
            _add_agents(session, product)

    def get(self, product_id: UUID) -> Product:
        """One product; raises ``Fault(RECORD_NOT_FOUND)``."""
        with self._database.reading() as session:
            row = session.get(ProductRow, product_id)
            if row is None:
                raise Fault(FaultCode.RECORD_NOT_FOUND)
            agents = session.exec(
                select(AgentRow).where(AgentRow.product_id == product_id).order_by(col(AgentRow.position))
            ).all()
        return _product(row, agents)

    def all(self, kind: ProductKind | None = None, *, active_only: bool = True) -> tuple[Product, ...]:
        """The list, or one kind of it, by name."""
        query = select(ProductRow).order_by(func.lower(ProductRow.name), col(ProductRow.id))
        if kind is not None:
            query = query.where(ProductRow.kind == kind)
        if active_only:
            query = query.where(col(ProductRow.active))
        agents: dict[UUID, list[AgentRow]] = {}
        with self._database.reading() as session:
            rows = session.exec(query).all()
            for agent in session.exec(select(AgentRow).order_by(col(AgentRow.position))):
                agents.setdefault(agent.product_id, []).append(agent)
        return tuple(_product(row, agents.get(row.id, ())) for row in rows)

    def add_lot(self, lot: Lot) -> Lot:
        """Note a lot; the lot already noted under this product and code is returned as it stands."""
        with self._database.writing() as session:
            same = session.exec(
                select(LotRow).where(LotRow.product_id == lot.product_id, LotRow.code == lot.code)
            ).first()
            if same is not None:
                return _lot(same)
            session.add(LotRow(**lot.model_dump()))
        return lot

    def save_lot(self, lot: Lot) -> None:
        """Keep a changed expiry or code; raises ``Fault(RECORD_NOT_FOUND)``."""
        with self._database.writing() as session:
            row = session.get(LotRow, lot.id)
            if row is None:
                raise Fault(FaultCode.RECORD_NOT_FOUND)
            row.sqlmodel_update(lot.model_dump())

    def lots(self, product_id: UUID) -> tuple[Lot, ...]:
        """The lots of a product, the one used or noted last first."""
        newest = func.coalesce(LotRow.last_used_at, LotRow.added_at).desc()
        with self._database.reading() as session:
            rows = session.exec(
                select(LotRow).where(LotRow.product_id == product_id).order_by(newest, col(LotRow.added_at).desc())
            ).all()
        return tuple(_lot(row) for row in rows)


def _lot(row: LotRow) -> Lot:
    return Lot.model_validate(row.model_dump(exclude={"last_used_at"}))


def _columns(product: Product) -> dict[str, Any]:
    columns = product.model_dump(include=set(Product.model_fields) - {"device", "anaesthetic"})
    device = product.device
    columns |= {
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
    return columns | {
        "is_anaesthetic": limits is not None,
        "dwell_min_min": limits.dwell_min_min if limits else None,
        "dwell_max_min": limits.dwell_max_min if limits else None,
        "max_mg": scaled(limits.max_g, MILLI) if limits else None,
        "max_area_mm2": scaled(limits.max_area_cm2, SQUARE_MILLIMETRES) if limits else None,
        "anaesthetic_source": limits.source if limits else "",
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
