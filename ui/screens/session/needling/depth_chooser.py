"""How deep the next pass over the chosen zones goes: one depth for all of them, or each its own."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from needlelog.domain.materials import DeviceKind, Product
from needlelog.domain.session import SessionDraft
from needlelog.knowledge.model import Knowledge
from ui.screens.session.holding import is_wrong
from ui.screens.session.needling.depths import common_depth_mm, starting_depths_mm, written
from ui.screens.session.treatment_map import depth_bands, limits_in_words
from ui.toolkit.kit import Kit
from ui.widgets.number import NumberStepper

PLACES = 2


class DepthChooser(QWidget):
    """Starts from the pass before, the plan, or the usual band; what was set by hand stays while zones come and go."""

    changed = Signal()
    """What stands in the line, or what it means for the zones."""

    def __init__(self, kit: Kit, knowledge: Knowledge) -> None:
        super().__init__()
        self._kit = kit
        self._knowledge = knowledge
        self._zones: frozenset[str] = frozenset()
        self._depths_mm: dict[str, Decimal | None] = {}
        self._concerns: tuple[str, ...] = ()
        self._limits = ""
        self._by_hand = False
        tr = kit.tr
        ceiling = knowledge.ceiling.depth_mm
        self.depth_mm = NumberStepper(
            kit.theme, tr, tr("Depth"), Decimal(0), ceiling, Decimal("0.05"), tr("mm"), PLACES
        )
        self.depth_mm.changed.connect(self._on_depth_changed)
        # Nothing ever says another depth than the one that stands in the line.
        self.depth_mm.line.textChanged.connect(self._say)
        self.setFocusProxy(self.depth_mm)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.depth_mm)

    # what it holds

    def right(self) -> bool:
        """Take what stands in the line; whether every zone has its depth."""
        return self.depth_mm.commit() and None not in self.depths_mm().values()

    def depths_mm(self) -> dict[str, Decimal | None]:
        """The depth of each zone as it stands in the line, or its own; None where there is none or a wrong one."""
        if is_wrong(self.depth_mm):
            return dict.fromkeys(self._zones)
        typed = self.depth_mm.raw_text()
        if not typed.strip():
            emptied = self.depth_mm.value() is not None
            return {zone: None if emptied else self._depths_mm.get(zone) for zone in self._zones}
        return dict.fromkeys(self._zones, self.depth_mm.check(typed))

    def set_each(self, depths_mm: Mapping[str, Decimal]) -> None:
        """Set these depths for the zones in hand, each its own; they count as set by hand."""
        self._by_hand = True
        self._depths_mm.update({zone: depth for zone, depth in depths_mm.items() if zone in self._zones})
        self._show_depths()

    def turn_to(self, zones: frozenset[str], draft: SessionDraft) -> bool:
        """Turn to these zones; whether their depths were started afresh."""
        self._concerns = draft.consultation.concerns
        if zones == self._zones:
            return False
        changed_by_some = bool(self._zones & zones) and (zones > self._zones or zones < self._zones)
        taken = not changed_by_some or self.depth_mm.commit()
        self._zones = zones
        # What was typed wrong stays until it is put right.
        if changed_by_some and taken and self._by_hand:
            self._keep(draft)
            return False
        if zones and taken:
            self._by_hand = False
            self._depths_mm = starting_depths_mm(zones, draft, self._knowledge)
            self._show_depths()
            return True
        return False

    def _keep(self, draft: SessionDraft) -> None:
        """The depth set by hand for every zone in hand; where each has its own, one that joins starts from its own."""
        one_for_all = self.depth_mm.value()
        if one_for_all is not None:
            self._depths_mm = dict.fromkeys(self._zones, one_for_all)
            return
        start = starting_depths_mm(self._zones, draft, self._knowledge)
        self._depths_mm = {zone: self._depths_mm.get(zone, start[zone]) for zone in self._zones}
        self._show_depths()

    # showing

    def row_height(self) -> int:
        """The height in px of the value with its keys, without what is said below them."""
        return self.depth_mm.line.sizeHint().height()

    def fit(self, device: Product | None) -> None:
        """Offer what this device can do, held against the bands of the zones in hand."""
        settings = device.device if device else None
        ceiling = self._knowledge.ceiling.depth_mm
        most = settings.depth_max_mm if settings else ceiling
        # Beyond the device's range can be typed and is asked about: a dial that was set wrong belongs on the record.
        self.depth_mm.set_limits(Decimal(0), max(most, ceiling))
        if settings:
            self.depth_mm.set_step(settings.depth_step_mm)
        mechanical = settings is None or settings.kind is not DeviceKind.RF
        knowledge, zones, concerns = self._knowledge, self._zones, self._concerns
        self.depth_mm.set_bands(depth_bands(knowledge, zones, concerns, most, mechanical=mechanical))
        self._limits = limits_in_words(knowledge, zones, concerns, self._kit.tr, mechanical=mechanical)
        self._say()

    def _show_depths(self) -> None:
        known = [depth for depth in self._depths_mm.values() if depth is not None]
        self.depth_mm.set_value(common_depth_mm(self._depths_mm.values()))
        if self.depth_mm.value() is None and len(known) == len(self._zones):
            self.depth_mm.show_span(min(known), max(known))

    def _on_depth_changed(self, _depth: object) -> None:
        self._by_hand = True
        self._say()

    def _say(self, *_: object) -> None:
        depths = self.depths_mm()
        told = [depth for depth in depths.values() if depth is not None]
        if not self._zones or len(told) < len(depths):
            self.depth_mm.set_note("")
        elif min(told) != max(told):
            tr = self._kit.tr
            self.depth_mm.set_note(tr("Each zone at its own depth: {depths}", depths=self._each_in_words(depths)))
        else:
            self.depth_mm.set_note(self._limits)
        self.changed.emit()

    def _each_in_words(self, depths_mm: Mapping[str, Decimal | None]) -> str:
        tr, zones = self._kit.tr, self._knowledge.zones
        told = ((zone, depths_mm[zone]) for zone in zones if zone in depths_mm)
        return ", ".join(f"{tr(zones[zone].name)} {written(depth)}" for zone, depth in told if depth is not None)
