"""The numbers of the packs in which a product is sold: what a scan is recognised by."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from needlelog.domain.materials import Product
from needlelog.errors import Fault
from needlelog.exchange.codes import gtin_of
from needlelog.services.stock import Stock
from ui.screens.products.take_off import quantity_field
from ui.toolkit.buttons import button, icon_button
from ui.toolkit.discard import discard
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.line_fields import LineField


class PacksCard(Card):
    """The known numbers, and a line for another."""

    def __init__(self, kit: Kit, stock: Stock) -> None:
        super().__init__(kit.tr("Packs"))
        self._kit = kit
        self._stock = stock
        self._product: Product | None = None
        self._lines: list[QWidget] = []
        tr, theme = kit.tr, kit.theme
        self.gtin = LineField[str](
            theme,
            tr,
            tr("GTIN"),
            gtin_of,
            required=True,
            placeholder=tr("8 to 14 digits"),
            hint=tr("The number below the bars"),
        )
        self.pieces = quantity_field(kit, tr("Pieces in it"), "", required=False)
        self.add_pack = button(theme, tr("Note this number"), "secondary", "plus")
        self.add_pack.clicked.connect(self._on_add)
        self._none = label(
            tr("No number yet. The first scan of a pack asks which product it is."), "body", muted=True, wrap=True
        )
        self._rows = QVBoxLayout()
        self._rows.setSpacing(SPACE // 2)
        row = QHBoxLayout()
        row.setSpacing(2 * SPACE)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(self.gtin, 3, top)
        row.addWidget(self.pieces, 2, top)
        self.add(self._none)
        self.add(self._rows)
        self.add(row)
        self.body.addWidget(self.add_pack, 0, Qt.AlignmentFlag.AlignLeft)

    def show_product(self, product: Product) -> None:
        """Show the packs of this product."""
        if self._product is None or self._product.id != product.id:
            self.gtin.set_raw_text("")
            self.pieces.set_raw_text("")
        self._product = product
        self.read()

    def read(self) -> None:
        """Read the numbers afresh."""
        for line in self._lines:
            discard(line)
        packs = self._stock.packs(self._product.id) if self._product else ()
        self._lines = [self._line(pack.gtin, pack.pieces) for pack in packs]
        for line in self._lines:
            self._rows.addWidget(line)
        self._none.setVisible(not packs)

    def texts(self) -> list[str]:
        """Each number with what it holds, as it is read aloud."""
        return [line.accessibleName() for line in self._lines]

    def _line(self, gtin: str, pieces: int | None) -> QWidget:
        tr = self._kit.tr
        holds = tr.plural("{count} piece", "{count} pieces", pieces) if pieces else tr("pieces not noted")
        line = QWidget()
        line.setAccessibleName(f"{gtin}, {holds}")
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * SPACE)
        row.addWidget(label(gtin, "strong"))
        row.addWidget(label(holds, "body", muted=True), 1)
        remove = icon_button(self._kit.theme, "trash", tr("Take the number {gtin} off", gtin=gtin))
        remove.clicked.connect(self._remover(gtin))
        row.addWidget(remove)
        return line

    def _remover(self, gtin: str) -> Callable[[], None]:
        def remove() -> None:
            self._stock.remove_pack(gtin)
            self.read()
            self.gtin.setFocus()

        return remove

    def _on_add(self) -> None:
        if self._product is None or not all([self.gtin.check(), self.pieces.check()]):
            return
        pieces: Decimal | None = self.pieces.value()
        try:
            self._stock.keep_pack(self._product.id, self.gtin.value() or "", None if pieces is None else int(pieces))
        except Fault as fault:
            self.gtin.show_finding(str(self._kit.tr.fault(fault)))
            return
        self.gtin.set_raw_text("")
        self.pieces.set_raw_text("")
        self.read()
        self.gtin.setFocus()
