"""Which cartridge is on the device: its lot and expiry, chosen from known lots or added on the spot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid4

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from needlelog.domain.entry import parse_expiry, parse_line
from needlelog.domain.findings import Finding
from needlelog.domain.materials import Product, ProductKind
from needlelog.domain.text import fold
from needlelog.domain.value import LINE_LIMIT
from needlelog.errors import Fault
from needlelog.i18n import record_date
from needlelog.services.desk import Desk
from needlelog.services.stock import Scanned
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.theme import SPACE
from ui.widgets.choice_field import ChoiceField
from ui.widgets.line_fields import DateField, LineField
from ui.widgets.phrases import unbroken
from ui.widgets.scan_field import ScanField

NEW = "new"


@dataclass(frozen=True, slots=True)
class CartridgeInUse:
    """A cartridge by name with the lot it came from."""

    name: str
    lot: str
    expires_on: date | None
    serial: str = ""


@dataclass(frozen=True, slots=True)
class Lots:
    """What is known of the lots: whether one was recalled, and what speaks against taking one in the hand."""

    recalled: Callable[[CartridgeInUse], bool]
    against: Callable[[CartridgeInUse], tuple[Finding, ...]]


class CartridgeChooser(QWidget):
    """Known lots, newest first, and a small form for a new one. A lot that something speaks against is not taken."""

    changed = Signal()
    refused = Signal(object, object)
    """The ``CartridgeInUse`` that was chosen and not taken, and the findings against it."""
    code_entered = Signal(str)

    def __init__(self, kit: Kit, desk: Desk, today: date, lots: Lots, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._desk = desk
        self._today = today
        self._lots = lots
        self._taken: CartridgeInUse | None = None
        """What is in use, whatever the list shows while another one is refused."""
        self._serial = ""
        self._new_pack = self._new_serial = ""
        """The numbers of a scanned pack whose product is being typed in."""
        tr = kit.tr
        self._known: dict[UUID, CartridgeInUse] = {}
        self._choice: ChoiceField[UUID | str] = ChoiceField(
            kit.theme, tr, tr("Lot, use by and cartridge"), [], placeholder=tr("Choose the cartridge's lot")
        )
        self._choice.committed.connect(self._on_chosen)
        self._form = self._build_form()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        self.code = ScanField(kit.theme, tr)
        self.code.entered.connect(self.code_entered)
        column.addWidget(self._choice)
        column.addWidget(self.code)
        column.addWidget(self._form)
        self._form.hide()
        self.setFocusProxy(self._choice)

    def _build_form(self) -> QWidget:
        tr, theme = self._kit.tr, self._kit.theme
        name, lot, expiry = tr("Cartridge"), tr("Lot"), tr("Use by")
        self._name = LineField(
            theme, tr, name, lambda text: parse_line(text, field=name, limit=LINE_LIMIT, required=True), required=True
        )
        self._lot = LineField(
            theme, tr, lot, lambda text: parse_line(text, field=lot, limit=LINE_LIMIT, required=True), required=True
        )
        self._expiry: DateField[date] = DateField(
            theme,
            tr,
            expiry,
            lambda text: parse_expiry(text, field=expiry, today=self._today),
            record_date,
            hint=tr("As on the pack: 06/2027"),
        )
        use = button(theme, tr("Use this lot"), "secondary", "check")
        use.clicked.connect(self._on_use_clicked)
        form = QWidget()
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self._name)
        pair = QHBoxLayout()
        pair.setSpacing(SPACE)
        pair.addWidget(self._lot, 1)
        pair.addWidget(self._expiry, 1)
        column.addLayout(pair)
        column.addWidget(use)
        return form

    def reload(self) -> None:
        """Read the known lots afresh; what is chosen stays chosen."""
        held, at_new = self.value(), self._choice.value() == NEW
        self._known = {}
        options: list[tuple[UUID | str, str]] = []
        for product in self._desk.materials.all(ProductKind.CARTRIDGE):
            for lot in self._desk.materials.lots(product.id):
                self._known[lot.id] = CartridgeInUse(product.name, lot.code, lot.expires_on)
                options.append((lot.id, self._caption(self._known[lot.id])))
        options.append((NEW, self._kit.tr("New cartridge or lot")))
        self._choice.set_choices(options)
        if at_new:
            self._choice.set_value(NEW)
        else:
            self.set_value(held)

    def _caption(self, cartridge: CartridgeInUse) -> str:
        """The lot first: a name may be long, and what is cut then is its end."""
        tr, until = self._kit.tr, cartridge.expires_on
        text = tr("{lot} \u00b7 {name}", name=cartridge.name, lot=cartridge.lot)
        if self._lots.recalled(cartridge):
            return tr("RECALLED \u00b7 {text}", text=text)
        if until is None:
            return text
        day = unbroken(record_date(until))
        if until < self._today:
            return tr("EXPIRED {day} \u00b7 {text}", day=day, text=text)
        return tr("{lot} \u00b7 to {day} \u00b7 {name}", name=cartridge.name, lot=cartridge.lot, day=day)

    def value(self) -> CartridgeInUse | None:
        """The cartridge in use, or None."""
        chosen = self._choice.value()
        known = self._known.get(chosen) if isinstance(chosen, UUID) else None
        return replace(known, serial=self._serial) if known else None

    def set_value(self, cartridge: CartridgeInUse | None) -> None:
        """Show this one as in use; says nothing."""
        wanted = replace(cartridge, serial="") if cartridge else None
        key = next((key for key, known in self._known.items() if known == wanted), None)
        self._serial = cartridge.serial if cartridge and key else ""
        self._taken = cartridge if key else None
        self._choice.set_value(key)
        if cartridge is None and not self._known:
            self._choice.set_value(NEW)
        self._form.setVisible(self._choice.value() == NEW)

    def take(self, cartridge: CartridgeInUse) -> None:
        """Put a cartridge of a known lot into use, as if it had been chosen."""
        self._choice.set_value(None)
        self.reload()
        self.set_value(cartridge)
        self.changed.emit()

    def type_in(self, scanned: Scanned) -> None:
        """Open the form for a pack whose product is not on the list, with what its code says."""
        self._choice.set_value(NEW)
        self._form.show()
        self._lot.set_value(scanned.lot_code or None)
        self._expiry.set_value(scanned.code.expires_on)
        self._new_pack, self._new_serial = scanned.code.gtin, scanned.code.serial
        self._name.setFocus()

    def half_typed(self) -> bool:
        """Whether a new lot was begun and is not in use yet."""
        fields = (self._name, self._lot, self._expiry)
        return not self._form.isHidden() and any(field.raw_text().strip() for field in fields)

    def _on_chosen(self, chosen: object) -> None:
        new = self._known.get(chosen) if isinstance(chosen, UUID) else None
        if new is not None and self._refuse(new):
            return
        self._form.setVisible(chosen == NEW)
        self._taken = new
        # Another one was chosen by hand: what the code of the one before said of itself does not hold for it.
        self._serial = self._new_pack = self._new_serial = ""
        if chosen == NEW:
            self._name.setFocus()
        self.changed.emit()

    def _refuse(self, new: CartridgeInUse) -> bool:
        """Whether something speaks against this one: then what was in use stays, and it is said."""
        against = self._lots.against(new)
        if against:
            self.set_value(self._taken)
            self.refused.emit(new, against)
        return bool(against)

    def _on_use_clicked(self) -> None:
        if not all([self._name.check(), self._lot.check(), self._expiry.check()]):
            return
        try:
            product = self._product(self._name.value() or "")
            if self._new_pack:
                self._desk.stock.keep_pack(product.id, self._new_pack)
            lot = self._desk.materials.remember_lot(product.id, self._lot.value() or "", self._expiry.value())
        except Fault as fault:
            self._kit.dialogs.tell(self, self._kit.tr.fault(fault))
            return
        new = CartridgeInUse(product.name, lot.code, lot.expires_on, self._new_serial)
        self._new_pack = self._new_serial = ""
        for field in (self._name, self._lot, self._expiry):
            field.set_raw_text("")
        before = self._taken
        self._choice.set_value(None)
        self.reload()
        self._taken = before
        if not self._refuse(new):
            self.set_value(new)
            self.changed.emit()

    def _product(self, name: str) -> Product:
        known = self._desk.materials.all(ProductKind.CARTRIDGE)
        same = next((product for product in known if fold(product.name) == fold(name)), None)
        return same or self._desk.materials.add(
            Product(id=uuid4(), kind=ProductKind.CARTRIDGE, name=name, added_at=self._kit.clock.now())
        )
