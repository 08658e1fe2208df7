"""The shelf: what came in, what is left, what a scanned code is, and lots that were recalled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

from needlelog.clock import Clock, today
from needlelog.domain.clinic import Practitioner
from needlelog.domain.history import LotUse
from needlelog.domain.materials import Lot, Product
from needlelog.domain.pack_code import PackCode
from needlelog.domain.stock import LotMovement, LotStanding, MovementKind, Pack, Recall, Shelf, Treated, lot_key
from needlelog.domain.text import check_reason, fold_lot
from needlelog.exchange.codes import gtin_of, read_code
from needlelog.rules.shelf import ToLookAfter, to_look_after
from needlelog.storage.clients import ClientRepository
from needlelog.storage.lots import UNKNOWN_PRODUCT, LotRepository
from needlelog.storage.products import ProductRepository
from needlelog.storage.sessions import SessionRepository
from needlelog.storage.stock import StockRepository


@dataclass(frozen=True, slots=True)
class Scanned:
    """A code with what the clinic knows of it: the product of its number, that pack, and the lot if it is noted."""

    code: PackCode
    product: Product | None = None
    pack: Pack | None = None
    lot: Lot | None = None

    @property
    def lot_code(self) -> str:
        """The lot as it is noted, or as the code says it; what has a serial number alone is known by that."""
        return self.lot.code if self.lot else self.code.lot or self.code.serial

    @property
    def expires_on(self) -> date | None:
        """The last good day the code says, or else the one that is noted for the lot."""
        return self.code.expires_on or (self.lot.expires_on if self.lot else None)


class Stock:
    """What the practice does with its shelf. ``me`` is whoever is unlocked now."""

    def __init__(
        self,
        repository: StockRepository,
        products: ProductRepository,
        lots: LotRepository,
        clients: ClientRepository,
        signed: SessionRepository,
        *,
        zone: Callable[[], str],
        clock: Clock,
        me: Practitioner,
    ) -> None:
        self._repository = repository
        self._products = products
        self._lots = lots
        self._clients = clients
        self._signed = signed
        self._zone = zone
        self._clock = clock
        self._me = me

    # scans

    def scan(self, text: str) -> Scanned:
        """What a scanner typed, with what is known of it; raises the ``Fault`` of ``read_code``."""
        code = read_code(text, today(self._clock, self._zone()))
        pack = self._repository.pack(code.gtin) if code.gtin else None
        return Scanned(code) if pack is None else self.known(code, self._products.get(pack.product_id), pack)

    def known(self, code: PackCode, product: Product, pack: Pack | None = None) -> Scanned:
        """What is known of a code once its product is."""
        wanted = fold_lot(code.lot or code.serial)
        lots = self._products.lots(product.id) if wanted else ()
        return Scanned(code, product, pack, next((one for one in lots if fold_lot(one.code) == wanted), None))

    def packs(self, product_id: UUID) -> tuple[Pack, ...]:
        """The packs of a product, by number."""
        return self._repository.packs(product_id)

    def keep_pack(self, product_id: UUID, gtin: str, pieces: int | None = None) -> Pack:
        """Note the number of a pack under its product.

        Raises ``Fault`` (SCAN_UNKNOWN, SCAN_CHECK_DIGIT, PACK_KNOWN where it is another product's).
        """
        pack = Pack(gtin=gtin_of(gtin), product_id=product_id, pieces=pieces)
        self._repository.keep_pack(pack)
        return pack

    def remove_pack(self, gtin: str) -> None:
        """Take a number off its product."""
        self._repository.remove_pack(gtin)

    # in and out

    def receive(self, product_id: UUID, code: str, expires_on: date | None, quantity: Decimal) -> Lot:
        """Count in so much of a lot, in the product's unit; the lot is noted if it is new."""
        wanted = fold_lot(code)
        lot = next((one for one in self._products.lots(product_id) if fold_lot(one.code) == wanted), None)
        if lot is None:
            lot = self._products.add_lot(
                Lot(id=uuid4(), product_id=product_id, code=code, expires_on=expires_on, added_at=self._clock.now())
            )
        elif expires_on is not None and lot.expires_on != expires_on:
            lot = lot.with_(expires_on=expires_on)
            self._products.save_lot(lot)
        self._move(lot.id, MovementKind.RECEIVED, quantity, "")
        return lot

    def take_off(self, lot_id: UUID, quantity: Decimal, reason: str) -> None:
        """Count out what was not used in a visit; raises ``Fault(REASON_MISSING)`` for no reason."""
        check_reason(reason)
        self._move(lot_id, MovementKind.TAKEN_OFF, quantity, reason)

    def movements(self, lot_id: UUID) -> tuple[LotMovement, ...]:
        """What came in and went out of a lot other than by visits, oldest first."""
        return self._repository.movements(lot_id)

    def standings(self, product_id: UUID | None = None) -> tuple[LotStanding, ...]:
        """How the lots of a product stand, or those of all, the one used or noted last first."""
        return self._repository.standings(product_id)

    def to_look_after(self, soon_days: int) -> tuple[ToLookAfter, ...]:
        """What on the shelf wants a look today: recalled, expired, or good for ``soon_days`` more at most."""
        day = today(self._clock, self._zone())
        return to_look_after(self.standings(), Shelf(recalls=self.recalls()), day, soon_days)

    def _move(self, lot_id: UUID, kind: MovementKind, quantity: Decimal, reason: str) -> None:
        self._repository.move(
            LotMovement(
                id=uuid4(),
                lot_id=lot_id,
                kind=kind,
                quantity=quantity,
                reason=reason,
                by=self._me.signature,
                at=self._clock.now(),
            )
        )

    # recalls

    def recall(self, product: str, lot: str, reason: str) -> Recall:
        """Mark a lot as recalled; raises ``Fault`` (REASON_MISSING, LOT_RECALLED_ALREADY)."""
        return self._note_recall(product, lot, reason, recalled=True)

    def end_recall(self, product: str, lot: str, reason: str) -> Recall:
        """Note that a recall does not hold any more; both entries stay. Faults as ``recall``."""
        return self._note_recall(product, lot, reason, recalled=False)

    def recalls(self) -> tuple[Recall, ...]:
        """The recalls that hold, newest first."""
        return self._repository.recalls()

    def recall_entries(self, product: str, lot: str) -> tuple[Recall, ...]:
        """Everything that was noted on recalls of this lot, oldest first."""
        key = lot_key(product, lot)
        return tuple(one for one in self._repository.recall_entries() if one.key == key)

    def recall_of(self, product: str, lot: str) -> Recall | None:
        """The recall that holds for this lot, if any."""
        return Shelf(recalls=tuple(self._repository.shelf_recalls().values())).recall(product, lot)

    def treated_with_recalled(self) -> tuple[tuple[Recall, LotUse], ...]:
        """Every use of a lot that stands recalled; visits entered in error too, since their clients must be asked."""
        holding = self._repository.shelf_recalls()
        found: list[tuple[Recall, LotUse]] = []
        for lot in dict.fromkeys(fold_lot(recall.lot) for recall in holding.values()):
            uses = self._lots.treated_with(lot)
            found += [(recall, use) for use in uses if (recall := _recall_of(use, holding))]
        return tuple(found)

    def recalled_of(self, client_id: UUID) -> tuple[tuple[Recall, LotUse], ...]:
        """What a client was treated with that stands recalled."""
        return tuple(pair for pair in self.treated_with_recalled() if pair[1].client_id == client_id)

    def recalled_lots_of(self, client_id: UUID) -> tuple[str, ...]:
        """The codes of those lots, each once."""
        return tuple(dict.fromkeys(recall.lot for recall, _ in self.recalled_of(client_id)))

    # who was treated

    def treated_with(self, lot: str) -> tuple[Treated, ...]:
        """Everybody who was treated with this lot of whatever product, by name and then by visit.

        ``lot`` in any case and with or without blanks; visits still open, given up and entered in error are among them.
        """
        holding = self._repository.shelf_recalls()
        uses = self._lots.treated_with(lot)
        known = {one: self._clients.contact(one) for one in dict.fromkeys(use.client_id for use in uses)}
        concerns = {visit.id: visit.concerns for client_id in known for visit in self._signed.for_client(client_id)}
        found = [
            Treated(
                use=use,
                birth_date=known[use.client_id].birth_date,
                phone=known[use.client_id].phone,
                email=known[use.client_id].email,
                concerns=concerns.get(use.session_id, ()),
                recall=_recall_of(use, holding),
            )
            for use in uses
        ]
        return tuple(sorted(found, key=lambda one: (one.use.client_name.casefold(), one.use.started_at)))

    def _note_recall(self, product: str, lot: str, reason: str, *, recalled: bool) -> Recall:
        check_reason(reason)
        key = lot_key(product, "")
        known = next((one for one in self._products.all(active_only=False) if lot_key(one.name, "") == key), None)
        noted = Recall(
            id=uuid4(),
            product_id=known.id if known else None,
            product=product,
            lot=lot,
            recalled=recalled,
            reason=reason,
            by=self._me.signature,
            at=self._clock.now(),
        )
        self._repository.recall(noted)
        return noted


def _recall_of(use: LotUse, holding: Mapping[str, Recall]) -> Recall | None:
    """The recall that this use falls under; where a visit is damaged and names no product any more, any of the lot."""
    if use.product != UNKNOWN_PRODUCT:
        return Shelf(recalls=tuple(holding.values())).recall(use.product, use.lot)
    return next((one for one in holding.values() if fold_lot(one.lot) == fold_lot(use.lot)), None)
