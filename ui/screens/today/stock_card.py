"""Stock that wants a look: recalled, expired, or soon to expire."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from needlelog.i18n import Words, record_date
from needlelog.rules.shelf import ShelfState, ToLookAfter
from ui.toolkit.kit import Kit
from ui.toolkit.labels import IconMark, label, set_tone
from ui.widgets.elided import ElidedLabel
from ui.widgets.tap_card import TapCard

MOST_SHOWN = 4


def stock_line(tr: Words, one: ToLookAfter, today: date) -> tuple[str, str]:
    """The lot in words, and what is the matter with it."""
    lot, until = one.lot, one.lot.expires_on
    name = tr("{product}, lot {lot}", product=lot.product, lot=lot.lot)
    if one.state is ShelfState.RECALLED or until is None:
        return name, tr("Recalled: take it off the shelf")
    if one.state is ShelfState.EXPIRED:
        return name, tr("Expired {day}", day=record_date(until))
    left = (until - today).days
    if not left:
        return name, tr("Last day today")
    return name, tr.plural("Expires in {count} day", "Expires in {count} days", left)


class StockCard(TapCard):
    """The weightiest lots, and how many more there are; one tap leads to the products."""

    def __init__(self, kit: Kit, lots: Sequence[ToLookAfter], today: date) -> None:
        tr = kit.tr
        lines = [(*stock_line(tr, one, today), one.state) for one in lots[:MOST_SHOWN]]
        bad = any(one.state is not ShelfState.EXPIRES_SOON for one in lots)
        told = "; ".join(f"{name}: {state}" for name, state, _ in lines)
        super().__init__(kit.theme, f"{tr('Stock to look after')}: {told}", accent="stop" if bad else "hold")
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(_mark(kit, "box", "stop" if bad else "hold", 28))
        column = QVBoxLayout()
        column.setSpacing(4)
        for name, state, kind in lines:
            column.addWidget(_line(name, state, "hold" if kind is ShelfState.EXPIRES_SOON else "stop"))
        if len(lots) > len(lines):
            column.addWidget(label(tr("and {count} more", count=len(lots) - len(lines)), "body", muted=True))
        row.addLayout(column, 1)
        row.addWidget(_mark(kit, "chevron-right", "muted", 24))
        self.body.addLayout(row)


def _line(name: str, state: str, tone: str) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(12)
    row.addWidget(ElidedLabel(name, "strong"))
    row.addStretch(1)
    said = label(state, "body")
    set_tone(said, tone)
    row.addWidget(said)
    return holder


def _mark(kit: Kit, icon: str, tint: str, size: int) -> IconMark:
    mark = IconMark(kit.theme, icon, tint, size)
    mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
    mark.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
    return mark
