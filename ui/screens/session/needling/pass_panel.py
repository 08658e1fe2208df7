"""What the next pass will be: depth and endpoint at hand, device, cartridge and the rest behind one tap."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from needlelog.domain.materials import DeviceKind, Product
from needlelog.domain.session import SessionDraft, SignedSession
from needlelog.domain.treatment import Direction, Endpoint, NeedlingPass
from needlelog.i18n import Words
from needlelog.services.desk import Desk
from ui.screens.session.frames import scrolled
from ui.screens.session.holding import is_wrong
from ui.screens.session.needling.cartridge import CartridgeChooser, CartridgeInUse
from ui.screens.session.needling.devices import likely_devices
from ui.screens.session.treatment_map import depth_bands, usual_depth
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.theme import SPACE
from ui.widgets.chips import ChipRow
from ui.widgets.choice_field import ChoiceField
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
    """The values of the next pass. They start from the plan and then from the pass before; nothing is recorded here.

    What is set by hand stays: when the page is left and entered again, and when zones are added to the selection.
    """

    pass_done = Signal()
    WIDTH = 392
    ROOMY_WIDTH = 456
    """Width in px, at text scale 1, where the map beside it stays large enough."""

    def __init__(self, kit: Kit, desk: Desk, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._desk = desk
        self._zones: frozenset[str] = frozenset()
        self._by_hand = False
        self._roomy = False
        self._devices: dict[UUID, Product] = {}
        self.setProperty("surface", "card")
        self._build(today)
        kit.theme.changed.connect(self._fit_width)
        self._fit_width()

    def take_room(self, roomy: bool) -> None:
        """Be wider where the page has the width."""
        self._roomy = roomy
        self._fit_width()

    def _fit_width(self) -> None:
        width = self.ROOMY_WIDTH if self._roomy else self.WIDTH
        self.setFixedWidth(round(width * (1 + (self._kit.theme.scale - 1) / 2)))

    def _build(self, today: date) -> None:
        kit, tr = self._kit, self._kit.tr
        self._which = label(tr("Tap a zone on the map"), "heading", wrap=True)
        self._before = label("", "body", muted=True, wrap=True)
        self.device_field: ChoiceField[UUID] = ChoiceField(
            kit.theme, tr, tr("Device"), [], placeholder=tr("Choose the device")
        )
        self.device_field.committed.connect(self._on_device_committed)
        self.cartridge = CartridgeChooser(kit, self._desk, today)
        self.cartridge.changed.connect(self._show_setting)
        ceiling = self._desk.knowledge.ceiling.depth_mm
        self.depth_mm = NumberStepper(
            kit.theme, tr, tr("Depth"), Decimal(0), ceiling, Decimal("0.05"), tr("mm"), PLACES
        )
        self.depth_mm.changed.connect(self._on_depth_changed)
        self.count = NumberStepper(kit.theme, tr, tr("Passes"), Decimal(1), COUNT_MOST, Decimal(1))
        self.count.set_value(Decimal(1))
        self.count.changed.connect(self._show_setting)
        self.output = NumberStepper(kit.theme, tr, tr("Speed or energy"), Decimal(0), OUTPUT_MOST, Decimal(10), "", 1)
        self.output.changed.connect(self._show_setting)
        self._output_name = label("", "strong")
        self.direction = ChipRow(kit.theme, tr("Direction"), directions(tr), clearable=False)
        self.direction.set_value(Direction.CROSSHATCH)
        self.direction.changed.connect(self._show_setting)
        self.endpoint = ChipRow(kit.theme, tr("Endpoint"), endpoints(tr), clearable=False)
        self.done = button(kit.theme, tr("Pass done"), "primary", "check", chair=True)
        self.done.clicked.connect(self.pass_done)
        self._lay_out()

    def _lay_out(self) -> None:
        self._inside = inside = QWidget()
        self._column = column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, SPACE, 0)
        column.setSpacing(SPACE)
        column.addWidget(label(self._kit.tr("Depth"), "strong"))
        column.addWidget(self.depth_mm)
        column.addWidget(label(self._kit.tr("Endpoint"), "strong"))
        column.addWidget(self.endpoint)
        column.addWidget(self._build_summary())
        column.addWidget(self._build_details())
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE * 2, SPACE * 2, SPACE, SPACE * 2)
        whole.setSpacing(SPACE)
        whole.addWidget(self._which)
        whole.addWidget(self._before)
        self._scroll = scrolled(inside)
        whole.addWidget(self._scroll, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, SPACE, 0)
        foot.addWidget(self.done)
        whole.addLayout(foot)

    def _build_summary(self) -> QFrame:
        tr, theme = self._kit.tr, self._kit.theme
        summary = QFrame()
        summary.setProperty("surface", "raised")
        self._setting = label("", "body", wrap=True)
        self.change = button(theme, tr("Change"), "quiet")
        self.change.setAccessibleName(tr("Change device, cartridge, direction and count"))
        self.change.clicked.connect(lambda: self._open_details(not self._details.isVisible()))
        row = QHBoxLayout(summary)
        row.setContentsMargins(SPACE * 2, SPACE // 2, SPACE // 2, SPACE // 2)
        row.addWidget(self._setting, 1)
        row.addWidget(self.change)
        return summary

    def _build_details(self) -> QWidget:
        tr = self._kit.tr
        self._details = QWidget()
        column = QVBoxLayout(self._details)
        column.setContentsMargins(0, SPACE, 0, 0)
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
        return self._details

    # what it holds

    def device(self) -> Product | None:
        """The device in hand."""
        chosen = self.device_field.value()
        return self._devices.get(chosen) if chosen else None

    def commit(self) -> NumberStepper | None:
        """Take what is half-typed where it is right; returns the first number that is wrong."""
        numbers = (self.depth_mm, self.count, self.output)
        wrong = [number for number in numbers if not number.commit()]
        return next((number for number in wrong if number is not self.output or not number.isHidden()), None)

    def ready(self) -> str:
        """What is still missing for a pass, as a sentence; "" when it can be recorded."""
        tr = self._kit.tr
        if not self._zones:
            return tr("Tap a zone on the map first.")
        if self.device() is None:
            self._turn_to(self.device_field)
            return tr("Choose the device first.")
        wrong = self.commit()
        if wrong is self.depth_mm or self.depth_mm.value() is None:
            self._turn_to(self.depth_mm)
            return tr("Set the depth first.")
        if wrong is not None:
            self._turn_to(wrong)
            return tr("Put the marked number right first.")
        if self.endpoint.value() is None:
            # What was seen is never filled in for anybody.
            self._turn_to(self.endpoint)
            return tr("Say what was seen: tap the endpoint.")
        if self.cartridge.half_typed():
            self._turn_to(self.cartridge)
            return tr("Use the new lot first, or empty its fields.")
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

    def reload(self, draft: SessionDraft, before: SignedSession | None) -> None:
        """Read devices and lots afresh. What was set stays; at first it is that of the last pass, or of the plan."""
        self._devices = {product.id: product for product in likely_devices(self._desk, draft, before)}
        self.device_field.set_choices([(key, product.name) for key, product in self._devices.items()])
        self.cartridge.reload()
        last = draft.needling.passes[-1] if draft.needling.passes else None
        if self.device() is None:
            planned = next((one.device_id for one in draft.consultation.plan.zones if one.device_id), None)
            self.device_field.set_value(last.device_id if last else planned)
            self._start_output(last)
            if last:
                self.cartridge.set_value(CartridgeInUse(last.cartridge, last.lot, last.expires_on))
                self.direction.set_value(last.direction)
            self._open_details(self.device() is None or self.cartridge.value() is None)
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
        self.to_top()
        added = bool(self._zones) and zones > self._zones
        self._zones = zones
        if zones and not (added and (self._by_hand or is_wrong(self.depth_mm))):
            self._start_from(draft)
        self._fit()

    def _start_from(self, draft: SessionDraft) -> None:
        self._by_hand = False
        done = [one for one in draft.needling.passes if one.zone in self._zones]
        if done:
            self.depth_mm.set_value(done[-1].depth_mm)
            return
        planned = [one for one in draft.consultation.plan.zones if one.zone in self._zones and one.confirmed]
        depths = [one.depth_mm for one in planned if one.depth_mm is not None]
        self.depth_mm.set_value(min(depths) if depths else usual_depth(self._desk.knowledge, self._zones))
        device = next((one.device_id for one in planned if one.device_id in self._devices), None)
        if device and not draft.needling.passes and device != self.device_field.value():
            self.device_field.set_value(device)
            self._start_output(None)

    def _start_output(self, last: NeedlingPass | None) -> None:
        """The setting of the last pass with this device, or the device's only one: never that of another device."""
        device = self.device()
        if last and device and last.device_id == device.id and last.output is not None:
            self.output.set_value(last.output)
        else:
            self.output.set_value(device.device.output_fixed if device and device.device else None)

    def _on_device_committed(self, _device: object) -> None:
        self._start_output(None)
        self._fit()

    def _on_depth_changed(self, _depth: object) -> None:
        self._by_hand = True

    def show_cartridge(self) -> None:
        """Open the setting and put the focus on the cartridge."""
        self._turn_to(self.cartridge)

    def to_top(self) -> None:
        """Bring the depth into sight: no pass is recorded with a depth that nobody sees."""
        self._scroll.verticalScrollBar().setValue(0)

    def _turn_to(self, part: QWidget) -> None:
        """Put the focus on a part and bring it into sight: a sentence about it must never name what is hidden."""
        if self._details.isAncestorOf(part):
            self._open_details(True)
        part.setFocus()
        inside, column = self._inside, self._column
        column.activate()
        inside.resize(inside.width(), max(inside.height(), column.totalHeightForWidth(inside.width())))
        self._scroll.ensureWidgetVisible(part, 0, 3 * SPACE)

    def _open_details(self, on: bool) -> None:
        self._details.setVisible(on)
        self.change.setText(self._kit.tr("Close") if on else self._kit.tr("Change"))

    def _show_setting(self, *_: object) -> None:
        tr, device, cartridge = self._kit.tr, self.device(), self.cartridge.value()
        way = next(name for direction, name in directions(tr) if direction is self.direction.value()).lower()
        parts = [
            device.name if device else tr("No device chosen"),
            tr("lot {lot}", lot=cartridge.lot) if cartridge else tr("no lot"),
            tr("{count} x {direction}", count=int(self.count.value() or 1), direction=way),
        ]
        if device and device.device and device.device.output_unit and self.output.value() is not None:
            output = f"{self.output.value():f}".removesuffix(".0")
            parts.append(tr("{output} {unit}", output=output, unit=device.device.output_unit))
        self._setting.setText("  ·  ".join(parts))

    def _fit(self) -> None:
        device = self.device()
        settings = device.device if device else None
        ceiling = self._desk.knowledge.ceiling.depth_mm
        most = settings.depth_max_mm if settings else ceiling
        # Beyond the device's range can be typed and is asked about: a dial that was set wrong belongs on the record.
        self.depth_mm.set_limits(Decimal(0), max(most, ceiling))
        if settings:
            self.depth_mm.set_step(settings.depth_step_mm)
        mechanical = settings is None or settings.kind is not DeviceKind.RF
        self.depth_mm.set_bands(depth_bands(self._desk.knowledge, self._zones, most, mechanical=mechanical))
        unit = settings.output_unit if settings else ""
        self._output_name.setText(self._kit.tr("Setting in {unit}", unit=unit) if unit else "")
        self._output_name.setVisible(bool(unit))
        self.output.setVisible(bool(unit))
        self._show_setting()
