"""The stock of one product: its lots with what is left of each, counted in by hand or by a scan."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout

from needlelog.domain.entry import parse_expiry, parse_line
from needlelog.domain.materials import Product, ProductKind
from needlelog.domain.stock import LotStanding
from needlelog.domain.text import LEAST_IN_REASON, fold_lot
from needlelog.domain.value import LINE_LIMIT
from needlelog.errors import Fault, FaultCode
from needlelog.i18n import Words, record_date
from needlelog.services.desk import Desk
from needlelog.services.stock import Scanned
from ui.screens.products.lot_row import LotRow, expiry_text
from ui.screens.products.take_off import quantity_field
from ui.toolkit.buttons import button
from ui.toolkit.discard import discard
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.plain import caption
from ui.toolkit.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.line_fields import DateField, LineField
from ui.widgets.notice import Notice
from ui.widgets.scan_field import ScanField


class LotsCard(Card):
    """Lots, the one used last first, and a line to count in what came."""

    code_entered = Signal(str)
    changed = Signal()
    """Something came in or went out, or a recall was made or ended."""
    treated_wanted = Signal(str)
    """The code of a lot: who was treated with it?"""

    def __init__(self, kit: Kit, desk: Desk, today: Callable[[], date]) -> None:
        self.scan = ScanField(kit.theme, kit.tr)
        super().__init__(kit.tr("Stock"), self.scan)
        self.scan.entered.connect(self.code_entered)
        self._kit = kit
        self._desk = desk
        self._today = today
        self._product: Product | None = None
        self._open_lot = ""
        self._packs = 0
        self._pack_lot = ""
        self.lots: list[LotRow] = []
        self.notice = Notice(kit.theme, "ok")
        self._build_form()
        self._empty = label(
            kit.tr("No lots yet. Lots used in visits are added here automatically."), "body", muted=True, wrap=True
        )
        self._rows = QVBoxLayout()
        self._rows.setSpacing(SPACE)
        self.add(self.notice)
        self.add(self._form)
        self.add(self._empty)
        self.add(self._rows)

    def _build_form(self) -> None:
        tr, theme = self._kit.tr, self._kit.theme
        code, expiry = tr("Lot"), tr("Expires on")
        # Asked for when it is counted in, and not by everybody who passes through the line.
        self.code = LineField[str](theme, tr, code, lambda text: parse_line(text, field=code, limit=LINE_LIMIT))
        self.expiry = DateField[date](
            theme,
            tr,
            expiry,
            lambda text: parse_expiry(text, field=expiry, today=self._today()),
            record_date,
            hint=tr("06/2027 will do"),
        )
        self.quantity = self._quantity("")
        self.add_lot = button(theme, tr("Count in"), "secondary", "plus")
        self.add_lot.clicked.connect(self._on_add)
        taking = QVBoxLayout()
        taking.setSpacing(4)
        taking.addWidget(label(" ", "strong"))  # the button stands beside the line, not beside its name
        taking.addWidget(self.add_lot)
        taking.addStretch(1)
        top = Qt.AlignmentFlag.AlignTop
        self._form = QGridLayout()
        self._form.setHorizontalSpacing(2 * SPACE)
        self._form.setVerticalSpacing(SPACE)
        self._form.addWidget(self.code, 0, 0, top)
        self._form.addWidget(self.expiry, 0, 1, top)
        self._form.addWidget(self.quantity, 1, 0, top)
        self._form.addLayout(taking, 1, 1)
        self._form.setColumnStretch(0, 1)
        self._form.setColumnStretch(1, 1)

    def _quantity(self, unit: str) -> LineField[Decimal]:
        tr = self._kit.tr
        made = quantity_field(self._kit, tr("Came in, {unit}", unit=tr(unit or "pieces")), unit, required=False)
        made.edited.connect(self._name_verb)
        return made

    # showing

    def show_product(self, product: Product) -> None:
        """Show the lots of this product."""
        if self._product is None or self._product.id != product.id:
            for field in (self.code, self.expiry):
                field.set_raw_text("")
            self._open_lot = ""
            self._pack_lot = ""
            self.notice.say("")
        self._product = product
        self.set_title(self._kit.tr("Stock of {name}", name=product.name))
        unit = _unit_of(product)
        old, self.quantity = self.quantity, self._quantity(unit)
        self._form.replaceWidget(old, self.quantity)
        discard(old)
        self._form.setAlignment(self.quantity, Qt.AlignmentFlag.AlignTop)
        self._name_verb()
        self.read()

    def unsaved(self) -> bool:
        """Whether a lot was typed and not noted."""
        return any(field.raw_text().strip() for field in (self.code, self.expiry, self.quantity))

    def rows(self) -> list[tuple[str, ...]]:
        """Each lot with its last good day and what that means today."""
        tr = self._kit.tr
        return [(row.lot.lot, *expiry_text(tr, row.lot.expires_on, self._today())) for row in self.lots]

    def read(self) -> None:
        """Read the stock afresh."""
        for row in self.lots:
            discard(row)
        self.lots = []
        product = self._product
        if product is None:
            return
        soon = self._desk.knowledge.shelf.expires_soon_days
        for lot in self._desk.stock.standings(product.id):
            row = LotRow(self._kit, lot, self._today(), soon, self._desk.stock.recall_of(product.name, lot.lot))
            row.opened.connect(self._opener(lot.lot))
            row.count_in_wanted.connect(self._on_count_in)
            row.taken_off.connect(self._on_taken_off)
            row.recall_wanted.connect(self._on_recall)
            row.end_wanted.connect(self._on_end)
            row.treated_wanted.connect(lambda one: self.treated_wanted.emit(one.lot))
            if lot.lot == self._open_lot:
                self._show_open(row, product)
            self.lots.append(row)
            self._rows.addWidget(row)
        self._empty.setVisible(not self.lots)

    def _show_open(self, row: LotRow, product: Product) -> None:
        stock = self._desk.stock
        zone = self._desk.practice.clinic().time_zone
        row.open(stock.movements(row.lot.lot_id), stock.recall_entries(product.name, row.lot.lot), zone)

    def _opener(self, lot: str) -> Callable[[], None]:
        def toggle() -> None:
            self._open_lot = "" if self._open_lot == lot else lot
            self.read()
            row = next((one for one in self.lots if one.lot.lot == lot), None)
            if row is not None:
                row.head.setFocus()

        return toggle

    # counting in

    def take_scan(self, scanned: Scanned) -> None:
        """Fill the line with a scanned pack; every further scan of the same lot adds a pack to the amount."""
        again = bool(self._pack_lot) and fold_lot(scanned.lot_code) == self._pack_lot
        self._packs = self._packs + 1 if again and self.quantity.value() is not None else 1
        self._pack_lot = fold_lot(scanned.lot_code)
        pieces = (scanned.pack.pieces if scanned.pack else None) or 0
        self.code.set_value(scanned.lot_code or None)
        self.expiry.set_value(scanned.expires_on)
        product = self._product
        if product is not None and not _unit_of(product):
            self.quantity.set_value(Decimal(self._packs * max(1, pieces)))
        elif pieces:
            self.quantity.set_value(Decimal(self._packs * pieces))
        tr = self._kit.tr
        counted = tr.plural("{count} pack scanned.", "{count} packs scanned.", self._packs)
        notes = " ".join(tr.fault(Fault(note)).what for note in scanned.code.notes)
        asked = tr("Scan the next one, or count them in.")
        self.notice.say(" ".join(part for part in (counted, notes, asked) if part), "hold" if notes else "accent")
        self._name_verb()
        (self.add_lot if self.quantity.raw_text().strip() else self.quantity).setFocus()

    def _name_verb(self) -> None:
        tr = self._kit.tr
        text = tr("Count in") if self.quantity.raw_text().strip() else tr("Note this lot")
        self.add_lot.setText(caption(text))
        self.add_lot.setAccessibleName(text)

    def _on_count_in(self, lot: LotStanding) -> None:
        self.code.set_value(lot.lot)
        self.expiry.set_value(lot.expires_on)
        self.quantity.setFocus()

    def _on_add(self) -> None:
        product = self._product
        if product is None or not all([self.code.check(), self.expiry.check(), self.quantity.check()]):
            return
        if not self.code.raw_text().strip():
            self.code.show_finding(str(self._kit.tr.fault(Fault(FaultCode.ENTRY_EMPTY, field=self._kit.tr("Lot")))))
            self.code.setFocus()
            return
        code, expires_on, quantity = self.code.value() or "", self.expiry.value(), self.quantity.value()
        try:
            if quantity is None:
                self._desk.materials.remember_lot(product.id, code, expires_on)
            else:
                self._desk.stock.receive(product.id, code, expires_on, quantity)
        except Fault as fault:
            self.code.show_finding(str(self._kit.tr.fault(fault)))
            return
        for field in (self.code, self.expiry, self.quantity):
            field.set_raw_text("")
        self._packs, self._pack_lot = 0, ""
        self._name_verb()
        self.notice.say("")
        self.read()
        self.changed.emit()
        self.scan.setFocus()

    def _on_taken_off(self, lot: LotStanding, amount: Decimal, reason: str) -> None:
        self._try(lambda: self._desk.stock.take_off(lot.lot_id, amount, reason))

    # recalls

    def _on_recall(self, lot: LotStanding) -> None:
        tr = self._kit.tr
        reason = self._kit.dialogs.ask_text(
            self,
            tr("Recall lot {lot} of {name}?", lot=lot.lot, name=lot.product),
            tr("Why? Everybody who was treated with it is flagged until the recall is ended."),
            tr("Recall this lot"),
            True,
            recall_phrases(tr),
            least=LEAST_IN_REASON,
        )
        if reason:
            self._try(lambda: self._desk.stock.recall(lot.product, lot.lot, reason))

    def _on_end(self, lot: LotStanding) -> None:
        tr = self._kit.tr
        reason = self._kit.dialogs.ask_text(
            self,
            tr("End the recall of lot {lot} of {name}?", lot=lot.lot, name=lot.product),
            tr("Why? The flags of its clients go; the entry of the recall stays."),
            tr("End the recall"),
            True,
            end_phrases(tr),
            least=LEAST_IN_REASON,
        )
        if reason:
            self._try(lambda: self._desk.stock.end_recall(lot.product, lot.lot, reason))

    def _try(self, act: Callable[[], object]) -> None:
        try:
            act()
        except Fault as fault:
            self.notice.say(str(self._kit.tr.fault(fault)), "stop")
            return
        self.notice.say("")
        self.read()
        self.changed.emit()


def _unit_of(product: Product) -> str:
    """The unit that stock of this product is counted in; "" for pieces."""
    pieces = product.kind is ProductKind.CARTRIDGE or product.amount_unit == "piece"
    return "" if pieces else product.amount_unit


def recall_phrases(tr: Words) -> tuple[str, ...]:
    """Why a lot may be recalled."""
    return (tr("Maker's recall letter"), tr("Notice of the authority"), tr("Our own suspicion, maker asked"))


def end_phrases(tr: Words) -> tuple[str, ...]:
    """Why a recall may end."""
    return (tr("Maker's letter: this lot is not affected"), tr("All clients spoken to"), tr("Marked by mistake"))
