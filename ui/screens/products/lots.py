"""The lots of one product: code, last good day, and in words when that day is past."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from needlelog.domain.entry import parse_date, parse_line
from needlelog.domain.materials import Lot, Product
from needlelog.domain.value import LINE_LIMIT
from needlelog.errors import Fault
from needlelog.i18n import Words, record_date
from needlelog.services.materials import Materials
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.line_fields import DateField, LineField
from ui.widgets.record_table import RowsTable


def expiry_text(tr: Words, lot: Lot, today: date) -> tuple[str, str]:
    """The last good day, and what that means today."""
    if lot.expires_on is None:
        return tr("not recorded"), ""
    left = (lot.expires_on - today).days
    if left < 0:
        return record_date(lot.expires_on), tr("Expired")
    if left == 0:
        return record_date(lot.expires_on), tr("Last day")
    return record_date(lot.expires_on), tr.plural("{count} day left", "{count} days left", left)


class LotsCard(Card):
    """Lots newest first, and a line to note another."""

    def __init__(self, kit: Kit, materials: Materials, today: date) -> None:
        super().__init__(kit.tr("Lots"))
        self._kit = kit
        self._materials = materials
        self._today = today
        self._product: Product | None = None
        tr, theme = kit.tr, kit.theme
        code, expiry = tr("Lot"), tr("Expires on")
        self.code = LineField[str](
            theme, tr, code, lambda text: parse_line(text, field=code, limit=LINE_LIMIT, required=True), required=True
        )
        self.expiry = DateField[date](
            theme, tr, expiry, lambda text: parse_date(text, field=expiry, today=today, future=True), record_date
        )
        self.add_lot = button(theme, tr("Note this lot"), "secondary", "plus")
        self.add_lot.clicked.connect(self._on_add)
        row = QHBoxLayout()
        row.setSpacing(2 * SPACE)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(self.code, 1, top)
        row.addWidget(self.expiry, 1, top)
        row.addWidget(self.add_lot, 0, Qt.AlignmentFlag.AlignVCenter)
        self._empty = label(
            tr("No lots yet. Lots used in visits are added here automatically."), "body", muted=True, wrap=True
        )
        self.table = RowsTable(theme, tr("Lots"), (tr("Lot"), tr("Expires on"), tr("State")))
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.table.setSelectionMode(RowsTable.SelectionMode.NoSelection)
        self.add(row)
        self.add(self._empty)
        self.add(self.table)

    def show_product(self, product: Product) -> None:
        """Show the lots of this product."""
        if self._product is None or self._product.id != product.id:
            self.code.set_value(None)
            self.expiry.set_value(None)
        self._product = product
        self._read()

    def unsaved(self) -> bool:
        """Whether a lot was typed and not noted."""
        return bool(self.code.raw_text().strip() or self.expiry.raw_text().strip())

    def rows(self) -> list[tuple[str, ...]]:
        """What the table says."""
        if self._product is None:
            return []
        lots = self._materials.lots(self._product.id)
        return [(lot.code, *expiry_text(self._kit.tr, lot, self._today)) for lot in lots]

    def _read(self) -> None:
        rows = self.rows()
        self._empty.setVisible(not rows)
        self.table.setVisible(bool(rows))
        self.table.show_rows(rows)

    def _on_add(self) -> None:
        if self._product is None or not all([self.code.check(), self.expiry.check()]):
            return
        try:
            self._materials.remember_lot(self._product.id, self.code.value() or "", self.expiry.value())
        except Fault as fault:
            self.code.show_finding(str(self._kit.tr.fault(fault)))
            return
        self.code.set_value(None)
        self.expiry.set_value(None)
        self._read()
        self.code.setFocus()
