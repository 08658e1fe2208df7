"""What the next pass will be: depth, device, cartridge, direction, count, endpoint; and "pass done"."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from needlelog.domain.materials import DeviceKind, Product, ProductKind
from needlelog.domain.session import SessionDraft
from needlelog.domain.treatment import Direction, Endpoint, NeedlingPass, PlannedZone
from needlelog.i18n import Words
from needlelog.services.desk import Desk
from ui.screens.session.needling.cartridge import CartridgeChooser, CartridgeInUse
from ui.screens.session.treatment_map import depth_bands, usual_depth
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.theme import SPACE
from ui.widgets.chips import ChipRow
from ui.widgets.fields import ChoiceField
from ui.widgets.number import NumberStepper

COUNT_MOST = Decimal(99)
PLACES = 2
OUTPUT_MOST = Decimal(99_999)


def directions(tr: Words) -> list[tuple[Direction, str]]:
    """The ways a pass can go, in words."""
    return [
        (Direction.CROSSHATCH, tr("Crosshatch")),
        (Direction.VERTICAL, tr("Vertical")),
        (Direction.HORIZONTAL, tr("Horizontal")),
        (Direction.DIAGONAL_RIGHT, tr("Diagonal /")),
        (Direction.DIAGONAL_LEFT, tr("Diagonal \\")),
        (Direction.STAMPED, tr("Stamped")),
    ]


def endpoints(tr: Words) -> list[tuple[Endpoint, str]]:
    """What can be seen when a pass ends, in words."""
    return [
        (Endpoint.ERYTHEMA, tr("Erythema")),
        (Endpoint.PINPOINT_BLEEDING, tr("Pinpoint bleeding")),
        (Endpoint.NONE, tr("None seen")),
        (Endpoint.STOPPED_EARLY, tr("Stopped early")),
    ]


class PassPanel(QFrame):
    """The values of the next pass. They start from the plan and then from the pass before; nothing is recorded here."""

    pass_done = Signal()
    changed = Signal()
    WIDTH = 380

    def __init__(self, kit: Kit, desk: Desk, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._desk = desk
        self._zones: frozenset[str] = frozenset()
        self._devices: dict[UUID, Product] = {}
        self.setProperty("surface", "card")
        self.setFixedWidth(self.WIDTH)
        self._build(today)

    def _build(self, today: date) -> None:
        kit, tr = self._kit, self._kit.tr
        self._which = label(tr("Tap a zone on the map"), "heading", wrap=True)
        self._before = label("", "body", muted=True, wrap=True)
        self._device: ChoiceField[UUID] = ChoiceField(kit.theme, tr, tr("Device"), [])
        self._device.committed.connect(self._on_device_committed)
        self.cartridge = CartridgeChooser(kit, self._desk, today)
        self.cartridge.changed.connect(self._on_cartridge_changed)
        ceiling = self._desk.knowledge.ceiling.depth_mm
        self.depth_mm = NumberStepper(
            kit.theme, tr, tr("Depth"), Decimal(0), ceiling, Decimal("0.05"), tr("mm"), PLACES
        )
        self.depth_mm.changed.connect(lambda _: self.changed.emit())
        self.depth_mm.refused.connect(lambda _: self.changed.emit())
        self.count = NumberStepper(kit.theme, tr, tr("Passes"), Decimal(1), COUNT_MOST, Decimal(1))
        self.count.set_value(Decimal(1))
        self.output = NumberStepper(kit.theme, tr, tr("Speed or energy"), Decimal(0), OUTPUT_MOST, Decimal(10), "", 1)
        self._output_name = label("", "strong")
        self.direction = ChipRow(kit.theme, tr("Direction"), directions(tr), clearable=False)
        self.direction.set_value(Direction.CROSSHATCH)
        self.endpoint = ChipRow(kit.theme, tr("Endpoint"), endpoints(tr), clearable=False)
        self.endpoint.set_value(Endpoint.ERYTHEMA)
        self.done = button(kit.theme, tr("Pass done"), "primary", "check", chair=True)
        self.done.clicked.connect(self.pass_done)
        self._lay_out()

    def _lay_out(self) -> None:
        tr = self._kit.tr
        inside = QWidget()
        inside.setProperty("scrolled", True)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, SPACE, 0)
        column.setSpacing(SPACE)
        parts: tuple[QWidget, ...] = (
            label(tr("Depth"), "strong"),
            self.depth_mm,
            self._device,
            self.cartridge,
            label(tr("Passes"), "strong"),
            self.count,
            label(tr("Endpoint"), "strong"),
            self.endpoint,
            label(tr("Direction"), "strong"),
            self.direction,
            self._output_name,
            self.output,
        )
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE * 2, SPACE * 2, SPACE * 2, SPACE * 2)
        whole.setSpacing(SPACE)
        whole.addWidget(self._which)
        whole.addWidget(self._before)
        whole.addWidget(area, 1)
        whole.addWidget(self.done)

    # what it holds

    def device(self) -> Product | None:
        """The device in hand."""
        chosen = self._device.value()
        return self._devices.get(chosen) if chosen else None

    def ready(self) -> str:
        """What is still missing for a pass, as a sentence; "" when it can be recorded."""
        tr = self._kit.tr
        if not self._zones:
            return tr("Tap a zone on the map first.")
        if self.device() is None:
            return tr("Choose the device first.")
        if not self.depth_mm.commit() or self.depth_mm.value() is None:
            return tr("Set the depth first.")
        return ""

    def passes(self, at: datetime, by: str) -> tuple[NeedlingPass, ...]:
        """One pass for each selected zone, from what is set; only when ``ready`` says nothing."""
        device, cartridge, depth = self.device(), self.cartridge.value(), self.depth_mm.value()
        if device is None or depth is None:
            return ()
        unit = device.device.output_unit if device.device else ""
        output = self.output.value() if unit else None
        order = tuple(self._desk.knowledge.zones)
        return tuple(
            NeedlingPass(
                id=uuid4(),
                zone=zone,
                device_id=device.id,
                device=device.name,
                cartridge=cartridge.name if cartridge else "",
                lot=cartridge.lot if cartridge else "",
                expires_on=cartridge.expires_on if cartridge else None,
                depth_mm=depth,
                output=output,
                output_unit=unit if output is not None else "",
                direction=self.direction.value(),
                count=int(self.count.value() or 1),
                endpoint=self.endpoint.value(),
                at=at,
                by=by,
            )
            for zone in sorted(self._zones, key=order.index)
        )

    # showing

    def reload(self, draft: SessionDraft) -> None:
        """Read devices and lots afresh and start from the last pass, or from the plan."""
        self._devices = {product.id: product for product in self._desk.materials.all(ProductKind.DEVICE)}
        self._device.set_choices([(key, product.name) for key, product in self._devices.items()])
        self.cartridge.reload()
        last = draft.needling.passes[-1] if draft.needling.passes else None
        planned = next((one.device_id for one in draft.consultation.plan.zones if one.device_id), None)
        self._device.set_value(last.device_id if last else planned)
        if last:
            self.cartridge.set_value(CartridgeInUse(last.cartridge, last.lot, last.expires_on))
            self.direction.set_value(last.direction)
        self._fit()

    def show_zones(self, zones: frozenset[str], draft: SessionDraft, before: str) -> None:
        """Turn to these zones: their planned depth, or where their usual band begins; ``before`` is last time's."""
        self._before.setText(before)
        self._before.setVisible(bool(before))
        tr, knowledge = self._kit.tr, self._desk.knowledge
        names = [tr(knowledge.zones[zone].name) for zone in knowledge.zones if zone in zones]
        self._which.setText(", ".join(names) if names else tr("Tap a zone on the map"))
        if zones == self._zones:
            return
        self._zones = zones
        planned = [one for one in draft.consultation.plan.zones if one.zone in zones and one.confirmed]
        self._start_from(planned, draft)
        self._fit()
        self.changed.emit()

    def _start_from(self, planned: list[PlannedZone], draft: SessionDraft) -> None:
        done = [one for one in draft.needling.passes if one.zone in self._zones]
        if done:
            self.depth_mm.set_value(done[-1].depth_mm)
            return
        depths = [one.depth_mm for one in planned if one.depth_mm is not None]
        self.depth_mm.set_value(min(depths) if depths else usual_depth(self._desk.knowledge, self._zones))
        device = next((one.device_id for one in planned if one.device_id in self._devices), None)
        if device and not draft.needling.passes:
            self._device.set_value(device)

    def _on_device_committed(self, _device: object) -> None:
        self._fit()
        self.changed.emit()

    def _on_cartridge_changed(self) -> None:
        self.changed.emit()

    def _fit(self) -> None:
        device = self.device()
        settings = device.device if device else None
        ceiling = self._desk.knowledge.ceiling.depth_mm
        most = settings.depth_max_mm if settings else ceiling
        self.depth_mm.set_limits(settings.depth_min_mm if settings else Decimal(0), most)
        if settings:
            self.depth_mm.set_step(settings.depth_step_mm)
        mechanical = settings is None or settings.kind is not DeviceKind.RF
        self.depth_mm.set_bands(depth_bands(self._desk.knowledge, self._zones, most, mechanical=mechanical))
        unit = settings.output_unit if settings else ""
        self._output_name.setText(self._kit.tr("Setting in {unit}", unit=unit) if unit else "")
        self._output_name.setVisible(bool(unit))
        self.output.setVisible(bool(unit))
        if settings and settings.output_fixed is not None and self.output.value() is None:
            self.output.set_value(settings.output_fixed)
