"""Counting out what was not used in a visit: how much, and why."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from needlelog.domain.entry import parse_line
from needlelog.domain.text import check_reason
from needlelog.domain.value import LINE_LIMIT
from ui.screens.products.figures import decimal_parser
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.theme import SPACE
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.line_fields import LineField
from ui.widgets.numbers import number

MOST = Decimal(99_999)
PLACES = 3


def quantity_field(kit: Kit, name: str, unit: str, *, required: bool) -> LineField[Decimal]:
    """A field for an amount above nought in ``unit``; pieces are whole."""
    places = PLACES if unit else 0
    parse = decimal_parser(name, most=MOST, places=places, least=Decimal(1).scaleb(-places), unit=unit)
    return LineField[Decimal](kit.theme, kit.tr, name, parse, show=number, required=required)


class TakeOff(QWidget):
    """An amount, a reason, and the button that does it; common reasons can be tapped."""

    taken = Signal(object, str)

    def __init__(self, kit: Kit, unit: str) -> None:
        super().__init__()
        tr, theme = kit.tr, kit.theme
        amount = tr("How much, {unit}", unit=tr(unit)) if unit else tr("How many")
        why = tr("Why")
        self.amount = quantity_field(kit, amount, unit, required=True)
        self.reason = LineField[str](
            theme,
            tr,
            why,
            lambda text: check_reason(parse_line(text, field=why, limit=LINE_LIMIT, required=True)),
            required=True,
        )
        self.do_it = button(theme, tr("Take it off"), "secondary", "minus")
        self.do_it.clicked.connect(self._on_clicked)
        phrases = FlowLayout()
        for text in (tr("Expired"), tr("Pack damaged"), tr("Seal broken"), tr("Fewer when counted again")):
            made = button(theme, text, "quiet", "plus")
            made.clicked.connect(lambda _=False, said=text: self.reason.set_raw_text(said))
            phrases.addWidget(made)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addWidget(self.amount)
        column.addWidget(self.reason)
        column.addLayout(phrases)
        column.addWidget(self.do_it, 0, Qt.AlignmentFlag.AlignLeft)

    def _on_clicked(self) -> None:
        if not all([self.amount.check(), self.reason.check()]):
            return
        amount = self.amount.value()
        if amount is not None:
            self.taken.emit(amount, self.reason.value() or "")
