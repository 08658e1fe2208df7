"""The shelf of the made-up clinic: which product and which lot was at hand on a given day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid5

from needlelog.demo.data import Delivery, Story
from needlelog.domain.materials import Product, ProductKind
from needlelog.domain.value import Moment
from needlelog.services.desk import Desk

_OWN = UUID("0e1d7c52-77aa-5a0e-9b3c-44d2f1a9c8e6")


@dataclass(frozen=True, slots=True)
class AtHand:
    """One lot with its product."""

    product: Product
    code: str
    expires_on: date | None


class Shelf:
    """Products by their short names, and the newest lot of each that had come in by some day."""

    def __init__(self, story: Story, products: dict[str, Product], today: date) -> None:
        self._deliveries = story.deliveries
        self._cartridge_of = {device: one.id for one in story.cartridges for device in one.fits}
        self.products = products
        self._today = today

    def device(self, name: str) -> Product:
        """A device of the list by its shipped id."""
        return self.products[name]

    def cartridge(self, device: str, day: date) -> AtHand:
        """The cartridge that fits ``device``, from the box that was open on ``day``."""
        return self.at_hand(self._cartridge_of[device], day)

    def expired_cartridge(self, device: str, day: date) -> AtHand:
        """A forgotten box of the same cartridge, out of date on ``day``."""
        at_hand = self.cartridge(device, day)
        return AtHand(at_hand.product, f"{at_hand.code}-R", day - timedelta(days=17))

    def at_hand(self, name: str, day: date) -> AtHand:
        """The product ``name`` with the newest lot in the house on ``day``; no lot where none is kept."""
        here = [one for one in self._deliveries if one.of == name and self._came(one) <= day]
        if not here:
            return AtHand(self.products[name], "", None)
        newest = min(here, key=lambda one: one.came)
        return AtHand(self.products[name], newest.code, self._today + timedelta(days=newest.expires))

    def _came(self, delivery: Delivery) -> date:
        return self._today - timedelta(days=delivery.came)


def buy_cartridges(desk: Desk, story: Story, today: date, opened_at: Moment) -> Shelf:
    """Put the clinic's own cartridges beside the shipped products, and note the numbers of the packs it buys."""
    products = {product.knowledge_id: product for product in desk.materials.all() if product.knowledge_id}
    for one in story.cartridges:
        products[one.id] = desk.materials.add(
            Product(id=uuid5(_OWN, one.id), kind=ProductKind.CARTRIDGE, name=one.name, added_at=opened_at)
        )
    for pack in story.packs:
        desk.stock.keep_pack(products[pack.of].id, pack.gtin, pack.pieces)
    return Shelf(story, products, today)


def take_in(desk: Desk, shelf: Shelf, delivery: Delivery, today: date) -> None:
    """Count in one delivery with its last good day."""
    product, expires_on = shelf.products[delivery.of], today + timedelta(days=delivery.expires)
    if delivery.count is None:
        desk.materials.remember_lot(product.id, delivery.code, expires_on)
    else:
        desk.stock.receive(product.id, delivery.code, expires_on, delivery.count)
