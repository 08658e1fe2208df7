"""One product as a row of the list: what it is and its essentials."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout

from needlelog.domain.materials import Product
from needlelog.i18n import Words
from ui.screens.products.figures import agents_text
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.widgets.elided import ElidedLabel
from ui.widgets.numbers import number
from ui.widgets.tap_card import TapCard
from ui.widgets.trade_words import product_kind


def essentials(tr: Words, product: Product) -> str:
    """``0 to 2.5 mm in steps of 0.25``, ``lidocaine 4 %, 30 to 60 min``."""
    if product.device is not None:
        device = product.device
        return tr(
            "{least} to {most} mm in steps of {step}",
            least=number(device.depth_min_mm),
            most=number(device.depth_max_mm),
            step=number(device.depth_step_mm),
        )
    if product.anaesthetic is not None:
        limits = product.anaesthetic
        dwell = ""
        if limits.dwell_min_min is not None and limits.dwell_max_min is not None:
            dwell = tr("{least} to {most} min", least=limits.dwell_min_min, most=limits.dwell_max_min)
        elif limits.dwell_min_min is not None:
            dwell = tr("{least} min or more", least=limits.dwell_min_min)
        return ", ".join(part for part in (agents_text(limits.agents), dwell) if part)
    return product.maker


class ProductCard(TapCard):
    """Name, essentials and stock in parts with their tone; ``selected`` marks the one in the form."""

    def __init__(self, kit: Kit, product: Product, *, selected: bool, stock: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(kit.theme, product.name, accent="accent" if selected else "")
        self.product = product
        tr = kit.tr
        said = essentials(tr, product)
        self.stock = tuple(text for text, _ in stock)
        parts = (product_kind(tr, product.kind), said, *self.stock)
        self.setAccessibleDescription(", ".join(part for part in parts if part))
        self.body.setContentsMargins(18, 8, 16, 8)
        self.body.setSpacing(0)
        first = QHBoxLayout()
        first.setSpacing(12)
        first.addWidget(ElidedLabel(product.name, "strong"))
        first.addStretch(1)
        if stock:
            first.addWidget(label(stock[0][0], "body"))
        if not product.active:
            first.addWidget(label(tr("Off the list"), "body", muted=True))
        self.body.addLayout(first)
        second = ElidedLabel(said or product.maker)
        second.setProperty("tone", "muted")
        self.body.addWidget(second)
        second.setVisible(bool(second.text()))
        if len(stock) > 1:
            self.body.addLayout(_line(stock[1:]))


def _line(stock: Sequence[tuple[str, str]]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(16)
    for text, tone in stock:
        part = ElidedLabel(text)
        part.setProperty("tone", tone)
        row.addWidget(part)
    row.addStretch(1)
    return row
