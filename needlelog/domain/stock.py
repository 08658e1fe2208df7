"""What lies on the shelf: packs by their numbers, what came in and went out, and lots that were recalled."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from needlelog.domain.follow_up import Reached
from needlelog.domain.history import UNTOLD, LotUse
from needlelog.domain.materials import ProductKind
from needlelog.domain.text import fold, fold_lot
from needlelog.domain.value import Amount, Count, Line, Moment, Named, Paragraphs, Value


class Pack(Value):
    """One pack in which a product is sold, by its GTIN of 14 digits; ``pieces`` is how many it holds, if known."""

    gtin: Annotated[str, Field(pattern=r"^\d{14}$")]
    product_id: UUID
    pieces: Count | None = None


class MovementKind(StrEnum):
    """Which way something went."""

    RECEIVED = "received"
    TAKEN_OFF = "taken-off"


class LotMovement(Value):
    """Something of a lot that came in, or that went out by another way than a visit. Only ever added to."""

    id: UUID
    lot_id: UUID
    kind: MovementKind
    quantity: Amount
    reason: Line = ""
    by: Named
    at: Moment


class Recall(Value):
    """A lot that was recalled, or with ``recalled`` False one that is not any more. Only ever added to.

    It names product and lot as they stand in the records, so that it holds for what is not on the list any more.
    Where an entry is damaged so that its product cannot be told, ``UNTOLD`` stands there for every product of that lot.
    """

    id: UUID
    product_id: UUID | None = None
    product: Named
    lot: Named
    recalled: bool = True
    reason: Annotated[Paragraphs, Field(min_length=1)]
    by: Named
    at: Moment

    @property
    def key(self) -> str:
        """What it is about, however it is written."""
        return lot_key(self.product, self.lot)


class Treated(Value):
    """One use of a lot with whom to call about it; ``concerns`` are ids of the reference data."""

    use: LotUse
    birth_date: date | None = None
    """None where the client's own record is damaged."""

    phone: Line = ""
    email: Line = ""
    concerns: tuple[str, ...] = ()
    recall: Recall | None = None
    called_at: Moment | None = None
    """When the client was told of the recall, with how and by whom; None while nobody has noted it."""

    called_how: Reached | None = None
    called_by: Line = ""
    """The recall that holds for this lot of this product."""


class LotStanding(Value):
    """One lot and what is left of it. ``received`` is None while nobody has counted it in.

    ``used`` is what visits took, but for the one that is being judged; ``unit`` is that of the product.
    """

    lot_id: UUID
    product_id: UUID
    product: Named
    kind: ProductKind
    lot: Named
    expires_on: date | None = None
    unit: Line = ""
    received: Decimal | None = None
    received_at: Moment | None = None
    taken_off: Decimal = Decimal(0)
    used: Decimal = Decimal(0)

    @property
    def left(self) -> Decimal | None:
        """What should be on the shelf; below nought more was used than came in. None while it is not counted."""
        return None if self.received is None else self.received - self.taken_off - self.used

    @property
    def key(self) -> str:
        """What it is about, as ``Recall.key``."""
        return lot_key(self.product, self.lot)


class Shelf(Value):
    """What a rule may know of the stock. ``used_needles`` are the cartridges with a serial number of other visits."""

    standings: tuple[LotStanding, ...] = ()
    recalls: tuple[Recall, ...] = ()
    """Those that hold."""

    used_needles: frozenset[str] = frozenset()
    needle_lots: frozenset[str] = frozenset()
    """The lots of needles of other visits, by ``lot_key``."""

    def standing(self, product: str, lot: str) -> LotStanding | None:
        """How the lot of a product stands, if it is on the list."""
        key = lot_key(product, lot)
        return next((one for one in self.standings if one.key == key), None)

    def recall(self, product: str, lot: str) -> Recall | None:
        """Why this lot of this product was recalled, if it was."""
        keys = (lot_key(product, lot), lot_key(UNTOLD, lot))
        return next((one for one in self.recalls if one.key in keys), None)


def lot_key(product: str, lot: str) -> str:
    """A lot of a product, the same for every way of writing either."""
    return f"{fold(product)}\n{fold_lot(lot)}"


def needle_key(cartridge: str, lot: str, serial: str) -> str:
    """One single cartridge, the same for every way of writing it."""
    return f"{lot_key(cartridge, lot)}\n{fold_lot(serial)}"
