"""Which product: the clinic's own list as chips, what is planned first, a new one added on the spot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from needlelog.domain.client import Client
from needlelog.domain.materials import Product, ProductKind
from needlelog.domain.treatment import PlannedProduct
from needlelog.i18n import record_date
from needlelog.rules.allergies import allergies_met
from needlelog.services.desk import Desk
from ui.screens.session.lot_picker import Recalled
from ui.screens.session.new_product import NewProduct
from ui.toolkit.buttons import button
from ui.toolkit.discard import discard
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label, set_style
from ui.toolkit.plain import tooltip
from ui.toolkit.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.chips import ChipRow
from ui.widgets.scan_field import ScanField

OFFERED = 8
NAME_SHOWN = 44


class MaterialPicker(QWidget):
    """One tap on a chip takes the product; a ticked chip is one that is recorded already.

    A product whose lot in use is one that ``recalled`` knows says so.
    """

    taken = Signal(object)
    """The ``Product`` that was tapped or just added."""

    code_entered = Signal(str)
    """What was typed into the field for codes."""

    def __init__(
        self,
        kit: Kit,
        desk: Desk,
        title: str,
        recalled: Recalled,
        *kinds: ProductKind,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kit = kit
        self._desk = desk
        self._kinds = kinds
        self._products: dict[UUID, Product] = {}
        self._used: dict[UUID, datetime] = {}
        self._planned: dict[UUID, PlannedProduct] = {}
        self._recorded: frozenset[UUID] = frozenset()
        self._client: Client | None = None
        self._is_recalled = recalled
        self._recalled: dict[UUID, str] = {}
        self._options: list[tuple[UUID, str]] = []
        self._all = False
        self.form: NewProduct | None = None
        self._build(title)

    def _build(self, title: str) -> None:
        tr, theme = self._kit.tr, self._kit.theme
        self.add = button(theme, tr("Add a product"), "quiet", "plus")
        self.add.clicked.connect(self.open_form)
        self.code = ScanField(theme, tr)
        self.code.entered.connect(self.code_entered)
        verbs = QWidget()
        row = QHBoxLayout(verbs)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(self.code)
        row.addWidget(self.add)
        self._card = Card(title, verbs)
        if outer := self._card.layout():
            outer.setContentsMargins(SPACE * 3, SPACE * 2, SPACE * 2, SPACE * 2)
            outer.setSpacing(SPACE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._card)
        self.empty = label(tr("Nothing of this kind is on the list yet. Add what you use."), muted=True, wrap=True)
        self._card.add(self.empty)
        self.chips = ChipRow(theme, title, [], multiple=True)
        self.chips.changed.connect(self._on_tapped)
        self._card.add(self.chips)
        self.more = button(theme, "", "quiet", "chevron-down")
        self.more.clicked.connect(self._on_more)
        self._card.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self._card.body.setSpacing(SPACE)

    def reload(self) -> None:
        """Read the clinic's list and its newest lots again."""
        found = [product for kind in self._kinds for product in self._desk.materials.all(kind)]
        self._products = {product.id: product for product in found}
        self._used, self._recalled = {}, {}
        for product in found:
            lots = self._desk.materials.lots(product.id)
            if lots:
                self._used[product.id] = max(lot.added_at for lot in lots)
                if self._is_recalled(product.name, lots[0].code):
                    self._recalled[product.id] = lots[0].code
        self._refresh()

    def show_choice(self, recorded: frozenset[UUID], planned: Sequence[PlannedProduct]) -> None:
        """Tick what is ``recorded``; put what is ``planned`` first, with the day it comes from."""
        self._recorded = recorded
        self._planned = {one.product_id: one for one in planned}
        self._refresh()

    def show_allergies(self, client: Client) -> None:
        """Mark what bears something that ``client`` is allergic to."""
        if client != self._client:
            self._client = client
            self._options = []
            self._refresh()

    def allergies_met(self, product: Product) -> tuple[str, ...]:
        """What the client is allergic to and ``product`` bears."""
        agents = product.anaesthetic.agents if product.anaesthetic else ()
        return allergies_met(self._client, product.name, agents) if self._client else ()

    def product(self, product_id: UUID | None) -> Product | None:
        """The product of this id, if it is on the list."""
        return self._products.get(product_id) if product_id else None

    def caption_of(self, product: Product) -> str:
        """What stands on the product's chip."""
        said, met = self._standing(product), self.allergies_met(product)
        if lot := self._recalled.get(product.id):
            said = self._kit.tr("{name} · lot {lot} RECALLED", name=said, lot=lot)
        if not met:
            return said
        return self._kit.tr("{name} · Allergy: {substances}", name=said, substances=", ".join(met))

    def _standing(self, product: Product) -> str:
        name = self._short(product)
        plan = self._planned.get(product.id)
        if plan and plan.from_visit_on and not plan.confirmed and product.id not in self._recorded:
            return self._kit.tr("{name} · from {day}", name=name, day=record_date(plan.from_visit_on))
        if plan and product.id not in self._recorded:
            return self._kit.tr("{name} · planned", name=name)
        return name

    def _short(self, product: Product) -> str:
        return product.name if len(product.name) <= NAME_SHOWN else product.name[: NAME_SHOWN - 1] + "…"

    def focus_first(self) -> None:
        """Put the focus on the first product, or on adding one."""
        (self.chips if self._options else self.add).setFocus(Qt.FocusReason.TabFocusReason)

    # inside

    def _rank(self, product: Product) -> tuple[int, float, str]:
        used = self._used.get(product.id)
        first = 0 if product.id in self._planned or product.id in self._recorded else 1
        return (first, -used.timestamp() if used else 0.0, product.name.casefold())

    def _refresh(self) -> None:
        ranked = sorted(self._products.values(), key=self._rank)
        must = sum(1 for product in ranked if product.id in self._planned or product.id in self._recorded)
        offered = ranked if self._all else ranked[: max(OFFERED, must)]
        options = [(product.id, self.caption_of(product)) for product in offered]
        if options != self._options:
            self._options = options
            self._offer(options)
        if self.chips.value() != self._recorded & self._products.keys():
            self.chips.set_value(self._recorded)
        hidden = len(ranked) - len(offered)
        self.more.setText(self._kit.tr.plural("{count} more", "{count} more", hidden))
        self.more.setVisible(hidden > 0)
        self.empty.setVisible(not ranked)
        self.chips.setVisible(bool(ranked))

    def _offer(self, options: Sequence[tuple[UUID, str]]) -> None:
        held = self.chips.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self.chips.set_options(options)
        for product_id, _ in options:
            chip = self.chips.button(product_id)
            set_style(chip, "tall", "true")
            chip.setToolTip(tooltip(self._products[product_id].name))
            if product_id in self._recalled or self.allergies_met(self._products[product_id]):
                self.chips.set_mark(product_id, "stop", "stop")
        if held:
            self.chips.setFocus()

    def _on_tapped(self, ticked: object) -> None:
        now = ticked if isinstance(ticked, frozenset) else frozenset()
        tapped = now ^ (self._recorded & {key for key, _ in self._options})
        self.chips.set_value(self._recorded)
        for product_id in tapped:
            self.taken.emit(self._products[product_id])

    def _on_more(self) -> None:
        self._all = True
        self._refresh()

    def open_form(self) -> None:
        """Show the form for a new product under the chips."""
        if self.form is not None:
            self.form.name.setFocus()
            return
        self.form = NewProduct(self._kit, self._desk, self._kinds)
        self.form.added.connect(self._on_added)
        self.form.cancelled.connect(self.close_form)
        self._card.add(self.form)
        self.add.setEnabled(False)
        self.form.show()
        self.form.name.setFocus()

    def close_form(self) -> None:
        """Take the form away."""
        if self.form is None:
            return
        form, self.form = self.form, None
        discard(form)
        self.add.setEnabled(True)

    def _on_added(self, product: Product) -> None:
        self.close_form()
        self.reload()
        self.taken.emit(product)
