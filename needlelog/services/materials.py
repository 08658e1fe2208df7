"""The clinic's own list of devices, products and lots."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4, uuid5

from needlelog.clock import Clock
from needlelog.domain.materials import Lot, Product, ProductKind
from needlelog.knowledge.labels import label_of
from needlelog.knowledge.model import Knowledge
from needlelog.storage.products import ProductRepository

# Products filled from the reference data get the same id in every clinic, so that filling twice changes nothing.
_SHIPPED = UUID("6f9d4c1e-6a55-5c6e-9f0e-3b1f5d2a7c10")


def shipped_products(knowledge: Knowledge, added_at: datetime) -> tuple[Product, ...]:
    """The list a new clinic starts with: every device and product of which figures were actually seen."""
    devices = tuple(
        Product(
            id=uuid5(_SHIPPED, entry.id),
            kind=ProductKind.DEVICE,
            name=entry.name,
            maker=entry.maker,
            knowledge_id=entry.id,
            device=entry.settings,
            added_at=added_at,
        )
        for entry in knowledge.devices.values()
    )
    others = tuple(
        Product(
            id=uuid5(_SHIPPED, entry.id),
            kind=entry.kind,
            name=entry.name,
            maker=entry.maker,
            knowledge_id=entry.id,
            anaesthetic=label_of(entry),
            amount_unit=entry.amount_unit,
            added_at=added_at,
        )
        for entry in knowledge.products.values()
    )
    return devices + others


class Materials:
    """What the practice works with."""

    def __init__(self, repository: ProductRepository, clock: Clock) -> None:
        self._repository = repository
        self._clock = clock

    def fill(self, knowledge: Knowledge) -> None:
        """Put the shipped devices and products on the list; those already there stay as they are."""
        known = {product.id for product in self._repository.all(active_only=False)}
        for product in shipped_products(knowledge, self._clock.now()):
            if product.id not in known:
                self._repository.add(product)

    def all(self, kind: ProductKind | None = None, *, active_only: bool = True) -> tuple[Product, ...]:
        """The list, or one kind of it, by name."""
        return self._repository.all(kind, active_only=active_only)

    def get(self, product_id: UUID) -> Product:
        """One product; raises ``Fault(RECORD_NOT_FOUND)``."""
        return self._repository.get(product_id)

    def add(self, product: Product) -> Product:
        """Put a product on the list."""
        self._repository.add(product)
        return product

    def save(self, product: Product) -> Product:
        """Keep a change of a product; signed records keep their own copy."""
        self._repository.save(product)
        return product

    def lots(self, product_id: UUID) -> tuple[Lot, ...]:
        """The lots of a product, newest first."""
        return self._repository.lots(product_id)

    def lot_at_hand(self, product_id: UUID, day: date) -> Lot | None:
        """The lot that was used last of those not out of date on ``day``, if there is one."""
        lots = self._repository.lots(product_id)
        return next((lot for lot in lots if lot.expires_on is None or lot.expires_on >= day), None)

    def remember_lot(self, product_id: UUID, code: str, expires_on: date | None) -> Lot:
        """The lot of this code, noted now if it is new; an expiry given later takes the place of the noted one.

        What is signed keeps its own copy.
        """
        noted = next((lot for lot in self._repository.lots(product_id) if lot.code == code), None)
        if noted is None:
            return self._repository.add_lot(
                Lot(id=uuid4(), product_id=product_id, code=code, expires_on=expires_on, added_at=self._clock.now())
            )
        if expires_on is not None and noted.expires_on != expires_on:
            changed = noted.with_(expires_on=expires_on)
            self._repository.save_lot(changed)
            return changed
        return noted
