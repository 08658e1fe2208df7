"""The clinic's own list: what it treats with, by kind, each product with its figures and its lots."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from needlelog.clock import today
from needlelog.domain.materials import Product, ProductKind
from needlelog.domain.stock import Shelf
from needlelog.errors import Fault
from needlelog.exchange.codes import may_be_scan
from needlelog.services.damage import ON_THE_SHELF
from needlelog.services.desk import Desk
from needlelog.services.stock import Scanned
from ui.screens.products.lots import LotsCard
from ui.screens.products.packs import PacksCard
from ui.screens.products.product_cards import ProductCard
from ui.screens.products.product_form import ProductForm
from ui.screens.products.scans import StockScans
from ui.screens.products.stock_words import stock_said
from ui.toolkit.buttons import button
from ui.toolkit.dialogs import Leaving
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.screen import Screen, ToLot
from ui.toolkit.theme import SPACE
from ui.widgets.chips import ChipRow
from ui.widgets.empty_state import EmptyState
from ui.widgets.notice import Notice
from ui.widgets.scan_notice import ScanNotice
from ui.widgets.scan_watch import ScanWatch
from ui.widgets.scroll_column import ScrollColumn, growing
from ui.widgets.trade_words import product_kinds


class ProductsScreen(Screen):
    """The list on the left, the chosen product on the right."""

    asks_before_leaving = True

    def __init__(self, kit: Kit, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(kit.tr("Products"), parent)
        self._kit = kit
        self._desk = desk
        self._chosen: UUID | None = None
        self._kind: object = None
        """The kind that the list shows."""
        self.cards: list[ProductCard] = []
        self._build()
        self.kinds.set_value(ProductKind.DEVICE)
        self._read()
        if self.cards:
            self._show(self.cards[0].product)
        else:
            self._on_add()

    # building

    def _build(self) -> None:
        kit, tr = self._kit, self._kit.tr
        self.new_product = button(kit.theme, tr("Add a product"), "secondary", "plus")
        self.new_product.clicked.connect(self._on_add)
        head = QHBoxLayout()
        head.addWidget(label(tr("Products"), "title"), 1)
        head.addWidget(self.new_product)
        kinds = [(kind, product_kinds(tr, kind)) for kind in ProductKind]
        self.kinds = ChipRow(kit.theme, tr("Kind of product"), kinds, clearable=False)
        self.kinds.changed.connect(self._on_kind)
        self.list = ScrollColumn(tr("Products of this kind"), margins=(0, 0, SPACE, 2 * SPACE), spacing=SPACE)
        self.form = ProductForm(kit, self._desk.clock)
        self.form.save.clicked.connect(self._on_save)
        self.form.active.clicked.connect(self._on_active)
        self.lots = LotsCard(kit, self._desk, self._today)
        self.lots.changed.connect(self._read)
        self.lots.treated_wanted.connect(lambda lot: self.go.emit(ToLot(lot)))
        self.packs = PacksCard(kit, self._desk.stock)
        self.notice = ScanNotice(kit.theme, tr)
        self.scans = StockScans(kit, self._desk, self.notice, self._show_scanned, self._add_scanned)
        self.lots.code_entered.connect(self.scans.take)
        self.scan_watch = ScanWatch(self, may_be_scan)
        self.scan_watch.scanned.connect(self.scans.take)
        self.detail = ScrollColumn(tr("The chosen product"), margins=(0, 0, SPACE, 2 * SPACE))
        for part in (self.lots, self.form, self.packs):
            self.detail.add(growing(part))
        body = QHBoxLayout()
        body.setSpacing(2 * SPACE)
        body.addWidget(self.list, 2)
        body.addWidget(self.detail, 3)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(4 * SPACE, 3 * SPACE, 3 * SPACE, 0)
        whole.setSpacing(2 * SPACE)
        whole.addLayout(head)
        whole.addWidget(self.kinds)
        whole.addWidget(self.notice)
        self.damaged = Notice(kit.theme, "hold", slim=True)
        whole.addWidget(self.damaged)
        whole.addLayout(body, 1)

    # coming and going

    def activate(self) -> None:
        """Read the list afresh: products are added in visits too."""
        self._read()
        if self.focusWidget() in (None, self.new_product):
            self.kinds.setFocus()

    def deactivate(self) -> bool:
        """Offer to save what was changed; False while it cannot be saved, or on the wish to stay."""
        return self._settled()

    def keep(self) -> bool:
        return not self.form.unsaved or self._keep()

    # showing

    def _read(self) -> None:
        tr = self._kit.tr
        kind = self._kind = self.kinds.value()
        chosen = kind if isinstance(kind, ProductKind) else None
        products = self._desk.materials.all(chosen, active_only=False)
        ordered = sorted(products, key=lambda product: not product.active)
        held = Shelf(standings=self._desk.stock.standings(), recalls=self._desk.stock.recalls())
        self.damaged.say(self._desk.proof.met(ON_THE_SHELF))
        self.list.empty()
        self.cards = []
        for product in ordered:
            card = ProductCard(
                self._kit, product, selected=product.id == self._chosen, stock=self._stock_said(product, held)
            )
            card.chosen.connect(self._shower(product))
            self.cards.append(card)
            self.list.add(growing(card))
        if not ordered:
            said = tr("Add what you work with; in a visit it is then one tap away.")
            self.list.add(EmptyState(self._kit.theme, "box", tr("Nothing of this kind yet"), said))

    def _stock_said(self, product: Product, held: Shelf) -> tuple[tuple[str, str], ...]:
        lots = [lot for lot in held.standings if lot.product_id == product.id]
        return stock_said(self._kit.tr, lots, held, self._today(), self._desk.knowledge.shelf.expires_soon_days)

    def _show(self, product: Product | None) -> None:
        if product is not None and product.id != self._chosen and self._chosen is not None:
            self.scans.forget()
        kind = self.kinds.value()
        self._chosen = product.id if product else None
        self.form.show_product(product, kind if isinstance(kind, ProductKind) else None)
        for part in (self.lots, self.packs):
            part.setVisible(product is not None and product.kind is not ProductKind.DEVICE)
        if product is not None:
            self.lots.show_product(product)
            self.packs.show_product(product)
        self._read()
        self.detail.verticalScrollBar().setValue(0)

    # scans

    def _today(self) -> date:
        return today(self._kit.clock, self._desk.practice.clinic().time_zone)

    def _show_scanned(self, scanned: Scanned) -> bool:
        product = scanned.product
        if product is None or (product.id != self._chosen and not self._settled()):
            return False
        if product.id != self._chosen:
            self.kinds.set_value(product.kind)
            self._show(product)
        else:
            self.packs.read()
        if product.kind is not ProductKind.DEVICE:
            self.lots.take_scan(scanned)
        return True

    def _add_scanned(self) -> bool:
        if not self._settled():
            return False
        self._show(None)
        self.form.name.setFocus()
        return True

    # asking

    def _shower(self, product: Product) -> Callable[[], None]:
        def show() -> None:
            if self._settled():
                self._show(product)

        return show

    def _settled(self) -> bool:
        """Whether the form may be left: nothing unsaved, or saved or thrown away on purpose."""
        if not self.form.unsaved:
            return True
        tr = self._kit.tr
        if self._chosen is None:
            title = tr("This new product is not saved yet")
            text = tr("Save the product, discard what you typed for good, or stay here?")
        else:
            title = tr("The changes to this product are not saved yet")
            text = tr("Save the changes, discard them for good, or stay here?")
        answer = self._kit.dialogs.ask_leaving(self, title, text)
        if answer is Leaving.DISCARD:
            known = self._desk.materials.get(self._chosen) if self._chosen else None
            self.form.show_product(known)
            return True
        return answer is Leaving.SAVE and self._keep()

    def _on_kind(self, kind: object) -> None:
        if not self._settled():
            self.kinds.set_value(self._kind)
            return
        self.kinds.set_value(kind)
        self._read()
        self._show(self.cards[0].product if self.cards else None)

    def _on_add(self) -> None:
        if self._settled():
            self._show(None)
            self.form.name.setFocus()

    def _on_save(self) -> None:
        self._keep()

    def _keep(self) -> bool:
        product = self.form.product()
        if product is None:
            return False
        return self._store(product)

    def _store(self, product: Product) -> bool:
        materials = self._desk.materials
        try:
            kept = materials.save(product) if self._chosen else materials.add(product)
        except Fault as fault:
            self.form.notice.say(str(self._kit.tr.fault(fault)))
            return False
        self.kinds.set_value(kept.kind)
        self._show(kept)
        self.scans.product_added(kept)
        return True

    def _on_active(self) -> None:
        if self._chosen is None or not self._settled():
            return
        product = self._desk.materials.get(self._chosen)
        self._store(product.with_(active=not product.active))
