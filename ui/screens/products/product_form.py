"""One product of the clinic's list as a form."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton

from needlelog.clock import Clock
from needlelog.domain.entry import parse_line
from needlelog.domain.materials import Product, ProductKind
from needlelog.domain.value import LINE_LIMIT
from ui.screens.products.figures import AnaestheticFigures, DeviceFigures
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.choice_field import ChoiceField
from ui.widgets.labelled_field import LabelledField, marked_in, not_saved_text
from ui.widgets.line_fields import LineField
from ui.widgets.notice import Notice
from ui.widgets.trade_words import product_kind


class ProductForm(Card):
    """Name, maker, kind and the figures of that kind. A known product keeps its kind."""

    edited = Signal()

    def __init__(self, kit: Kit, clock: Clock) -> None:
        super().__init__(kit.tr("Product"))
        self._kit = kit
        self._clock = clock
        self._product: Product | None = None
        tr, theme = kit.tr, kit.theme
        name, maker, unit = tr("Name"), tr("Maker"), tr("Counted in")
        self.kind = ChoiceField[ProductKind](
            theme, tr, tr("Kind"), [(kind, product_kind(tr, kind)) for kind in ProductKind], required=True
        )
        self.name = LineField[str](
            theme, tr, name, lambda text: parse_line(text, field=name, limit=LINE_LIMIT, required=True), required=True
        )
        self.maker = LineField[str](theme, tr, maker, lambda text: parse_line(text, field=maker, limit=LINE_LIMIT))
        self.unit = LineField[str](
            theme, tr, unit, lambda text: parse_line(text, field=unit, limit=LINE_LIMIT), hint=tr("ml, g, piece")
        )
        self.device = DeviceFigures(kit)
        self.anaesthetic = AnaestheticFigures(kit)
        self.notice = Notice(theme, "stop")
        self._sourced = label("", "caption", muted=True, wrap=True)
        self._lay_out()
        for part in (self.kind, self.name, self.maker, self.unit, self.device, self.anaesthetic):
            part.edited.connect(self._on_edited)

    def _lay_out(self) -> None:
        tr, theme = self._kit.tr, self._kit.theme
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * SPACE)
        grid.setVerticalSpacing(SPACE)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(self.name, 0, 0, 1, 2, top)
        grid.addWidget(self.kind, 1, 0, top)
        grid.addWidget(self.maker, 1, 1, top)
        grid.addWidget(self.unit, 2, 0, top)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.add(self.notice)
        self.add(grid)
        self.add(self.device)
        self.add(self.anaesthetic)
        self.add(self._sourced)
        self.active: QPushButton = button(theme, tr("Take off the list"), "quiet", "archive")
        self.save: QPushButton = button(theme, tr("Save"), "primary", "check")
        row = QHBoxLayout()
        row.addWidget(self.active)
        row.addStretch(1)
        row.addWidget(self.save)
        self.add(row)

    def show_product(self, product: Product | None, kind: ProductKind | None = None) -> None:
        """Show a product, or an empty form for a new one of this kind."""
        tr = self._kit.tr
        self._product = product
        self.set_title(product.name if product else tr("New product"))
        self.kind.set_value(product.kind if product else kind)
        self.kind.setEnabled(product is None)
        self.name.set_value(product.name if product else None)
        self.maker.set_value((product.maker or None) if product else None)
        self.unit.set_value((product.amount_unit or None) if product else None)
        self.device.show_settings(product.device if product else None)
        self.anaesthetic.show_limits(product.anaesthetic if product else None)
        sourced = bool(product and product.knowledge_id)
        self._sourced.setText(tr("Filled in from the reference data. You can change any figure.") if sourced else "")
        self._sourced.setVisible(sourced)
        self.active.setVisible(product is not None)
        if product is not None:
            self.active.setText(tr("Take off the list") if product.active else tr("Put back on the list"))
        self.notice.say("")
        self._fit()
        self._untouched = self.typed()

    @property
    def unsaved(self) -> bool:
        """Whether anything was typed or chosen since the last save."""
        return self.typed() != self._untouched

    def typed(self) -> tuple[Any, ...]:
        """Everything that stands in the form, right or wrong."""
        own: tuple[LabelledField[Any], ...] = (self.kind, self.name, self.maker, self.unit)
        return tuple(field.raw_text() for field in (*own, *self.device.fields, *self.anaesthetic.fields))

    def product(self) -> Product | None:
        """The product as typed, or None while something is wrong; what is wrong is marked."""
        right = [self.name.check(), self.kind.check(), self.maker.check(), self.unit.check()]
        kind = self.kind.value()
        if kind is ProductKind.DEVICE:
            right.append(self.device.is_right())
        if kind is ProductKind.ANAESTHETIC:
            right.append(self.anaesthetic.is_right())
        if not all(right) or kind is None:
            self.notice.say(not_saved_text(self._kit.tr, marked_in(self)))
            return None
        self.notice.say("")
        stored = self._product
        return Product(
            id=stored.id if stored else uuid4(),
            kind=kind,
            name=self.name.value() or "",
            maker=self.maker.value() or "",
            knowledge_id=stored.knowledge_id if stored else "",
            device=self.device.settings() if kind is ProductKind.DEVICE else None,
            anaesthetic=self.anaesthetic.limits() if kind is ProductKind.ANAESTHETIC else None,
            amount_unit=self.unit.value() or "",
            active=stored.active if stored else True,
            added_at=stored.added_at if stored else self._clock.now(),
        )

    def _on_edited(self) -> None:
        self._fit()
        self.notice.say("")
        self.edited.emit()

    def _fit(self) -> None:
        kind = self.kind.value()
        self.device.setVisible(kind is ProductKind.DEVICE)
        self.anaesthetic.setVisible(kind is ProductKind.ANAESTHETIC)
        self.unit.setVisible(kind is not ProductKind.DEVICE)
