"""What is in the hand: device, cartridge lot, direction, count and setting; the same for the passes that follow."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from needlelog.domain.findings import Finding
from needlelog.domain.materials import Product, ProductKind
from needlelog.domain.session import SessionDraft
from needlelog.domain.signed import SignedSession
from needlelog.domain.treatment import Direction, InHand, NeedlingPass
from needlelog.i18n import Words
from needlelog.services.desk import Desk
from needlelog.services.stock import Scanned
from ui.screens.session.frames import scrolled
from ui.screens.session.needling.cartridge import CartridgeChooser, CartridgeInUse, Lots
from ui.screens.session.needling.devices import likely_devices
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.theme import SPACE
from ui.widgets.chips import ChipRow
from ui.widgets.choice_field import ChoiceField
from ui.widgets.notice import Notice
from ui.widgets.number import NumberStepper
from ui.widgets.trade_words import direction

COUNT_MOST = Decimal(99)
OUTPUT_MOST = Decimal(99_999)


def directions(tr: Words) -> list[tuple[Direction, str]]:
    """The ways a pass can go, the usual one first."""
    ways = (Direction.CROSSHATCH, *(way for way in Direction if way is not Direction.CROSSHATCH))
    return [(way, direction(tr, way)) for way in ways]


class SettingPanel(QFrame):
    """The values start from the pass before or from the plan; what is set by hand stays."""

    changed = Signal()
    taken_in_hand = Signal()
    """Somebody chose or set something here."""
    closed = Signal()
    """Back to the passes."""
    put_aside = Signal(object)
    """Another device is in the hand, and no cartridge with it: the ``CartridgeInUse`` that was proposed for the one
    before, or None.
    """
    taken_all_the_same = Signal(object, object)
    """The ``CartridgeInUse`` that is wanted although these findings speak against it: not taken yet."""

    def __init__(self, kit: Kit, desk: Desk, today: date, lots: Lots, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._desk = desk
        self._devices: dict[UUID, Product] = {}
        self._device_by_hand = False
        self._proposed_for: UUID | None = None
        """The device for which the cartridge in hand was proposed; None where somebody took it."""
        self._lot_left_out = False
        self._refused: tuple[CartridgeInUse, tuple[Finding, ...]] | None = None
        self.setProperty("surface", "card")
        tr = kit.tr
        self.device_field: ChoiceField[UUID] = ChoiceField(
            kit.theme, tr, tr("Device"), [], placeholder=tr("Choose the device")
        )
        self.device_field.committed.connect(self._on_device_chosen)
        self.cartridge = CartridgeChooser(kit, desk, today, lots)
        self.cartridge.changed.connect(self._on_cartridge_changed)
        self.cartridge.refused.connect(self._on_cartridge_refused)
        self.direction = ChipRow(kit.theme, tr("Direction"), directions(tr), clearable=False)
        self.direction.set_value(Direction.CROSSHATCH)
        self.direction.changed.connect(self._say_changed)
        self.count = NumberStepper(kit.theme, tr, tr("Passes"), Decimal(1), COUNT_MOST, Decimal(1))
        self.count.set_value(Decimal(1))
        self.count.changed.connect(self._say_changed)
        self._output_name = label("", "strong")
        self.output = NumberStepper(
            kit.theme, tr, tr("Speed or energy"), Decimal(0), OUTPUT_MOST, Decimal(10), "", 1, optional=True
        )
        self.output.changed.connect(self._say_changed)
        self.done = button(kit.theme, tr("To the passes"), "primary", "check", chair=True)
        self.done.clicked.connect(self.go_on)
        self.notice = Notice(kit.theme, "hold")
        self.without_lot = button(kit.theme, tr("Go on without a lot"), "secondary")
        self.without_lot.clicked.connect(self._on_without_lot)
        self.without_lot.hide()
        self.all_the_same = button(kit.theme, tr("Use it all the same"), "secondary")
        self.all_the_same.clicked.connect(self._on_all_the_same)
        self.all_the_same.hide()
        self.taken_in_hand.connect(lambda: self._say_missing(""))
        self.closed.connect(lambda: self._say_missing(""))
        self._lay_out()
        self._fit()

    def _lay_out(self) -> None:
        tr = self._kit.tr
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, SPACE, 0)
        column.setSpacing(SPACE)
        parts: tuple[QWidget, ...] = (
            self.device_field,
            self.cartridge,
            label(tr("Direction"), "strong"),
            self.direction,
            label(tr("Equal passes at once"), "strong"),
            self.count,
            self._output_name,
            self.output,
        )
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE * 2, SPACE * 2, SPACE, SPACE * 2)
        whole.setSpacing(SPACE)
        whole.addWidget(label(tr("Device and cartridge"), "heading"))
        self._scroll = scrolled(inside)
        whole.addWidget(self._scroll, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(0, 0, SPACE, 0)
        foot.setSpacing(SPACE)
        for part in (self.notice, self.without_lot, self.all_the_same, self.done):
            foot.addWidget(part)
        whole.addLayout(foot)

    # what it holds

    def device(self) -> Product | None:
        """The device in hand."""
        chosen = self.device_field.value()
        return self._devices.get(chosen) if chosen else None

    def knows(self, device_id: UUID | None) -> bool:
        """Whether this device is on the clinic's list."""
        return device_id in self._devices

    def output_unit(self) -> str:
        """The unit of the device's setting; nothing where it has none."""
        device = self.device()
        return device.device.output_unit if device and device.device else ""

    def commit(self) -> NumberStepper | None:
        """Take what is half-typed where it is right; returns the first number that is wrong."""
        wrong = [number for number in (self.count, self.output) if not number.commit()]
        return next((number for number in wrong if number is self.count or self.output_unit()), None)

    def in_words(self) -> str:
        """The whole setting in one line."""
        tr, device, cartridge = self._kit.tr, self.device(), self.cartridge.value()
        way = next(one for one in Direction if one is self.direction.value())
        parts = [
            device.name if device else tr("No device chosen"),
            tr("lot {lot}", lot=cartridge.lot) if cartridge else tr("no lot"),
            tr("{count} x {direction}", count=int(self.count.value() or 1), direction=direction(tr, way).lower()),
        ]
        if self.output_unit() and self.output.value() is not None:
            output = f"{self.output.value():f}".removesuffix(".0")
            parts.append(tr("{output} {unit}", output=output, unit=self.output_unit()))
        return "  \u00b7  ".join(parts)

    def complete(self) -> bool:
        """Whether device and cartridge are chosen."""
        return self.device() is not None and self.cartridge.value() is not None

    def in_hand(self) -> InHand:
        """What is set, to be found again after a restart; the device only where somebody chose it."""
        held, unit = self.cartridge.value(), self.output_unit()
        return InHand(
            device_id=self.device_field.value() if self._device_by_hand else None,
            proposed_for=self._proposed_for,
            cartridge=held.name if held else "",
            lot=held.lot if held else "",
            expires_on=held.expires_on if held else None,
            serial=held.serial if held else "",
            direction=self.direction.value(),
            count=int(self.count.value() or 1),
            output=self.output.value() if unit else None,
        )

    # going on

    def missing(self) -> tuple[str, QWidget | None]:
        """What no pass can be without or would lose, as a sentence with its place."""
        tr = self._kit.tr
        if self.device() is None:
            return tr("Choose the device first."), self.device_field
        if wrong := self.commit():
            return tr("Put the marked number right first."), wrong
        if self.cartridge.half_typed():
            return tr("Use the new lot first, or empty its fields."), self.cartridge
        return "", None

    def go_on(self) -> None:
        """To the passes, unless something is missing: then that is said and led to. A lot can be left out knowingly."""
        missing, where = self.missing()
        lot_missing = not missing and self.cartridge.value() is None and not self._lot_left_out
        if lot_missing:
            missing, where = self._kit.tr("No cartridge lot chosen: scan the pack or choose the lot."), self.cartridge
        if where is None:
            self.closed.emit()
            return
        self._say_missing(missing, lot=lot_missing)
        self.turn_to(where)

    def _on_without_lot(self) -> None:
        self._lot_left_out = True
        self.closed.emit()

    def _on_cartridge_changed(self) -> None:
        self._lot_left_out = False
        self._proposed_for = None
        self._say_changed()

    def _on_cartridge_refused(self, cartridge: CartridgeInUse, against: tuple[Finding, ...]) -> None:
        """Said where it was chosen: whoever finds out after the pass has needled with it."""
        said = " ".join(f"{one.title}. {one.detail}" for one in against)
        self._say_missing(self._kit.tr("{said} It was not taken in the hand.", said=said))
        self.notice.say(self.notice.text(), "stop")
        self._refused = cartridge, against
        self.all_the_same.show()

    def _on_all_the_same(self) -> None:
        if self._refused is not None:
            self.taken_all_the_same.emit(*self._refused)

    def _say_missing(self, text: str, *, lot: bool = False) -> None:
        self.notice.say(text, "hold")
        self.without_lot.setVisible(lot)
        self._refused = None
        self.all_the_same.hide()

    # showing

    def reload(self, draft: SessionDraft, before: SignedSession | None) -> None:
        """Read devices and lots afresh. What was set stays; at first it is that of the last pass, or of the plan."""
        self._devices = {product.id: product for product in likely_devices(self._desk, draft, before)}
        self.device_field.set_choices([(key, product.name) for key, product in self._devices.items()])
        self.cartridge.reload()
        if self.device() is None:
            self._start_from(draft)
        elif not draft.needling.passes:
            self._follow_plan(draft)
        self._fit()
        # Nobody chose anything here, and yet another device or lot may be in the hand than the panel beside this says.
        self.changed.emit()

    def _follow_plan(self, draft: SessionDraft) -> None:
        """Where the plan was changed to other devices, the first of them."""
        planned = [
            one.device_id for one in draft.consultation.plan.zones if one.device_id and self.knows(one.device_id)
        ]
        if planned and self.device_field.value() not in planned:
            self.offer_device(planned[0])

    def _start_from(self, draft: SessionDraft) -> None:
        """What was in the hand before a restart, else what the last pass was done with, else what is planned."""
        held, last = draft.needling.in_hand, draft.needling.passes[-1] if draft.needling.passes else None
        planned = next((one.device_id for one in draft.consultation.plan.zones if one.device_id), None)
        chosen = held.device_id if held else None
        self._device_by_hand = self.knows(chosen)
        self.device_field.set_value(chosen if self._device_by_hand else last.device_id if last else planned)
        self._start_output(last)
        used = held or last
        if used is None:
            return
        proposed_for = held.proposed_for if held else None
        if proposed_for is None or proposed_for == self.device_field.value():
            self.cartridge.set_value(CartridgeInUse(used.cartridge, used.lot, used.expires_on, used.serial))
            self._proposed_for = proposed_for
        self.direction.set_value(used.direction)
        if held:
            self.count.set_value(Decimal(held.count))
            if held.output is not None and self.output_unit():
                self.output.set_value(held.output)

    def offer_device(self, device_id: UUID) -> None:
        """Put the planned device in the hand, with its own setting; never in the place of one chosen by hand."""
        if not self._device_by_hand and device_id != self.device_field.value():
            self.device_field.set_value(device_id)
            self._take_device()

    def propose(self, cartridge: CartridgeInUse) -> None:
        """Put a cartridge into the hand that goes with the device in it, and with no other."""
        device = self.device()
        self.cartridge.set_value(cartridge)
        if device is not None and self.cartridge.value() is not None:
            self._proposed_for = device.id
            self._say_changed()

    def take_scan(self, scanned: Scanned) -> bool:
        """Put the scanned cartridge or device into the hand; False where the device is not on the list."""
        product = scanned.product
        if product is None:
            return False
        if product.kind is ProductKind.DEVICE:
            self._device_by_hand = self._device_by_hand or self.knows(product.id)
            if self.knows(product.id) and product.id != self.device_field.value():
                self.device_field.set_value(product.id)
                self._on_device_chosen(product.id)
            return self.knows(product.id)
        lot = self._desk.materials.remember_lot(product.id, scanned.lot_code, scanned.expires_on)
        self.cartridge.take(CartridgeInUse(product.name, lot.code, lot.expires_on, scanned.code.serial))
        return True

    def turn_to(self, part: QWidget) -> None:
        """Put the focus on a part and bring it into sight."""
        part.setFocus()
        self._scroll.ensureWidgetVisible(part, 0, 3 * SPACE)

    def _on_device_chosen(self, _device: object) -> None:
        self._device_by_hand = True
        self._take_device()

        self.taken_in_hand.emit()

    def _take_device(self) -> None:
        aside = None
        if self._proposed_for not in {None, self.device_field.value()}:
            aside, self._proposed_for = self.cartridge.value(), None
            self.cartridge.set_value(None)
        self._start_output(None)
        self._fit()
        self.changed.emit()
        if self.cartridge.value() is None:
            self.put_aside.emit(aside)

    def _start_output(self, last: NeedlingPass | None) -> None:
        """The setting of the last pass with this device, or the device's only one: never that of another device."""
        device = self.device()
        if last and device and last.device_id == device.id and last.output is not None:
            self.output.set_value(last.output)
        else:
            self.output.set_value(device.device.output_fixed if device and device.device else None)

    def _fit(self) -> None:
        unit = self.output_unit()
        self._output_name.setText(self._kit.tr("Setting in {unit}", unit=unit) if unit else "")
        self._output_name.setVisible(bool(unit))
        self.output.setVisible(bool(unit))

    def _say_changed(self, *_: object) -> None:
        self.changed.emit()
        self.taken_in_hand.emit()
