"""The next pass over the chosen zones: its depth, "pass done", and what was seen when it ended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from functools import partial
from uuid import uuid4

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from needlelog.domain.materials import DeviceKind
from needlelog.domain.session import SessionDraft
from needlelog.domain.treatment import Endpoint, NeedlingPass
from needlelog.i18n import record_date
from needlelog.rules.screening import left_out
from needlelog.services.desk import Desk
from needlelog.workflow.last_time import LastTime, passes_then
from ui.screens.session.frames import scrolled
from ui.screens.session.holding import is_wrong
from ui.screens.session.needling.before_row import BeforeRow
from ui.screens.session.needling.choices import Choice
from ui.screens.session.needling.depths import common_depth_mm, starting_depths_mm, written
from ui.screens.session.needling.pass_words import passes_in_words, zones_in_words
from ui.screens.session.needling.setting_panel import SettingPanel
from ui.screens.session.treatment_map import depth_bands, limits_in_words
from ui.toolkit.buttons import button
from ui.toolkit.discard import clear
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label, set_tone
from ui.toolkit.plain import caption
from ui.toolkit.theme import SPACE
from ui.widgets.chips import ChipRow
from ui.widgets.elided import ElidedLabel
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.number import NumberStepper
from ui.widgets.trade_words import endpoint

PLACES = 2
NAMED_ON_BUTTON = 1
"""Up to so many zones stand on the button by name; the heading names them all."""


class PassPanel(QFrame):
    """The depths start from the pass before, the plan, or the usual band; nothing is recorded here.

    A depth set by hand stays when zones are added to the choice or taken out of it. What was seen is never filled in
    for anybody: it is stated when a pass has ended, of the passes that the question names.
    """

    pass_done = Signal()
    passes_done = Signal(int)
    """So many equal passes were done, as at the visit looked back on."""
    endpoint_stated = Signal(object)
    """The ``Endpoint`` that was tapped for the passes that were asked about."""
    zones_chosen = Signal(object)
    """The ``Choice`` of several zones that was tapped."""
    as_before_wanted = Signal()
    """These zones at the depths of the visit looked back on."""
    setting_wanted = Signal()
    """Device, cartridge, direction or count is to be changed."""

    def __init__(self, kit: Kit, desk: Desk, setting: SettingPanel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._desk = desk
        self._setting = setting
        self._zones: frozenset[str] = frozenset()
        self._depths_mm: dict[str, Decimal | None] = {}
        self._concerns: tuple[str, ...] = ()
        self._limits = ""
        self._by_hand = False
        self._passes_then = 0
        self.setProperty("surface", "card")
        tr = kit.tr
        self._which = ElidedLabel("", "heading")
        self._which.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._choices = QWidget()
        self._choice_keys = FlowLayout(self._choices)
        self._offered: tuple[Choice, ...] = ()
        self._before = BeforeRow(kit, desk.knowledge)
        self._before.as_before_wanted.connect(self.as_before_wanted)
        ceiling = desk.knowledge.ceiling.depth_mm
        self.depth_mm = NumberStepper(
            kit.theme, tr, tr("Depth"), Decimal(0), ceiling, Decimal("0.05"), tr("mm"), PLACES
        )
        self.depth_mm.changed.connect(self._on_depth_changed)
        # The button never says another depth than the one that stands in the line.
        self.depth_mm.line.textChanged.connect(self._say_what_will_be_done)
        self._avoid = label("", "strong", wrap=True)
        set_tone(self._avoid, "hold")
        self._avoid.hide()
        self._in_hand = label("", "body", wrap=True)
        self.change = button(kit.theme, tr("Change"), "quiet")
        self.change.setAccessibleName(tr("Change device, cartridge, direction and count"))
        self.change.clicked.connect(self.setting_wanted)
        self.done = button(kit.theme, tr("Pass done"), "primary", chair=True)
        self.done.clicked.connect(self.pass_done)
        self.several = button(kit.theme, "", "secondary", chair=True)
        self.several.clicked.connect(lambda: self.passes_done.emit(self._passes_then))
        self.several.hide()
        self._seen_name = label("", "strong", wrap=True)
        seen = [(one, endpoint(tr, one)) for one in self._seen_in_order()]
        self._endpoint = ChipRow(kit.theme, tr("Endpoint"), seen, clearable=False, tight=True)
        self._endpoint.changed.connect(self.endpoint_stated)
        setting.changed.connect(self._show_setting)
        self._lay_out()
        self._show_setting()

    @staticmethod
    def _seen_in_order() -> tuple[Endpoint, ...]:
        return (Endpoint.NONE, Endpoint.ERYTHEMA, Endpoint.PINPOINT_BLEEDING, Endpoint.STOPPED_EARLY)

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, SPACE, 0)
        column.setSpacing(SPACE)
        column.addWidget(self._which)
        column.addWidget(self.depth_mm)
        column.addWidget(self._avoid)
        column.addWidget(self._choices)
        column.addWidget(self._before)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE * 2, SPACE * 2, SPACE, SPACE * 2)
        whole.setSpacing(SPACE)
        self._scroll = scrolled(inside)
        whole.addWidget(self._scroll, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(0, 0, SPACE, 0)
        foot.setSpacing(SPACE)
        # What is tapped again and again stays where it is, however much there is to say: the depth at the top, the key
        # that records at the bottom. What was seen is asked between them, once there is something to ask about.
        foot.addWidget(self._build_seen())
        foot.addWidget(self.several)
        foot.addWidget(self._build_in_hand())
        foot.addWidget(self.done)
        whole.addLayout(foot)

    def _build_seen(self) -> QWidget:
        self._seen = QWidget()
        column = QVBoxLayout(self._seen)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self._seen_name)
        column.addWidget(self._endpoint)
        self._seen.hide()
        return self._seen

    def _build_in_hand(self) -> QFrame:
        """What a pass is done with stands beside the key that records it: it must never be out of sight."""
        frame = QFrame()
        frame.setProperty("surface", "raised")
        row = QHBoxLayout(frame)
        row.setContentsMargins(SPACE * 2, SPACE // 4, SPACE // 2, SPACE // 4)
        row.addWidget(self._in_hand, 1)
        row.addWidget(self.change)
        return frame

    # what it holds

    def missing(self) -> tuple[str, QWidget | None]:
        """What a pass still needs, as a sentence with its place; nothing when it can be recorded."""
        tr, setting = self._kit.tr, self._setting
        if not self._zones:
            return tr("Tap a zone on the map first."), None
        right = self.depth_mm.commit() and None not in self._chosen_depths().values()
        if setting.device() is not None and not right:
            return tr("Set the depth first."), self.depth_mm
        return setting.missing()

    def _chosen_depths(self) -> dict[str, Decimal | None]:
        if is_wrong(self.depth_mm):
            return dict.fromkeys(self._zones)
        typed = self.depth_mm.raw_text()
        if not typed.strip():
            emptied = self.depth_mm.value() is not None
            return {zone: None if emptied else self._depths_mm.get(zone) for zone in self._zones}
        return dict.fromkeys(self._zones, self.depth_mm.check(typed))

    def passes(self, at: datetime, by: str, count: int = 0) -> tuple[NeedlingPass, ...]:
        """One pass for each chosen zone, from what is set; only when nothing is ``missing``.

        ``count`` equal ones at once; 0 is as many as are set.
        """
        setting = self._setting
        device, cartridge, unit = setting.device(), setting.cartridge.value(), setting.output_unit()
        depths = self._chosen_depths()
        if device is None:
            return ()
        output = setting.output.value() if unit else None
        return tuple(
            NeedlingPass(
                id=uuid4(),
                zone=zone,
                device_id=device.id,
                device=device.name,
                cartridge=cartridge.name if cartridge else "",
                lot=cartridge.lot if cartridge else "",
                expires_on=cartridge.expires_on if cartridge else None,
                serial=cartridge.serial if cartridge else "",
                depth_mm=depth,
                output=output,
                output_unit=unit if output is not None else "",
                direction=setting.direction.value(),
                count=count or int(setting.count.value() or 1),
                at=at,
                by=by,
            )
            for zone in self._desk.knowledge.zones
            if zone in depths and (depth := depths[zone]) is not None
        )

    # showing

    def offer(self, offered: tuple[Choice, ...]) -> None:
        """Offer several zones at one tap; none takes the offer away."""
        self._choices.setVisible(bool(offered))
        if offered == self._offered:
            return
        self._offered = offered
        clear(self._choice_keys)
        for one in offered:
            key = button(self._kit.theme, self._kit.tr("{name} ({count})", name=one.text, count=len(one.zones)))
            key.clicked.connect(partial(self.zones_chosen.emit, one))
            self._choice_keys.addWidget(key)

    def take_depths(self, depths_mm: Mapping[str, Decimal]) -> None:
        """Set these depths for the zones in hand, each its own; they count as set by hand."""
        self._by_hand = True
        self._depths_mm.update({zone: depth for zone, depth in depths_mm.items() if zone in self._zones})
        self._show_depths()
        self._fit()

    def show_zones(self, zones: frozenset[str], draft: SessionDraft, before: LastTime | None) -> None:
        """Turn to these zones; ``before`` is the visit looked back on."""
        self._before.show_before(before, zones)
        self._concerns = draft.consultation.concerns
        tr, knowledge = self._kit.tr, self._desk.knowledge
        names = [tr(knowledge.zones[zone].name) for zone in knowledge.zones if zone in zones]
        self._which.setText(", ".join(names) if names else tr("Tap a zone on the map"))
        self._say_what_to_avoid(zones, draft)
        if zones != self._zones:
            changed_by_some = bool(self._zones & zones) and (zones > self._zones or zones < self._zones)
            taken = not changed_by_some or self.depth_mm.commit()
            self._zones = zones
            # What was typed wrong stays until it is put right.
            if changed_by_some and taken and self._by_hand:
                self._keep_depths(draft)
            elif zones and taken:
                self._start_from(draft)
            self.to_top()
        self._offer_several(draft, before)
        self._fit()

    def _say_what_to_avoid(self, zones: frozenset[str], draft: SessionDraft) -> None:
        """In which of these zones the needle goes around something, such as a tattoo."""
        tr, knowledge = self._kit.tr, self._desk.knowledge
        found: dict[str, list[str]] = {}
        for zone, entries in left_out(draft, knowledge).items():
            for entry in entries if zone in zones else ():
                found.setdefault(entry.leave_out, []).append(tr(knowledge.zones[zone].name))
        lines = [tr("{zones}: {avoid}", zones=", ".join(names), avoid=tr(avoid)) for avoid, names in found.items()]
        self._avoid.setText("\n".join(lines))
        self._avoid.setVisible(bool(lines))

    def _offer_several(self, draft: SessionDraft, before: LastTime | None) -> None:
        """As many equal passes as then at one tap, while these zones have none today; one by one goes all the same."""
        tr, begun = self._kit.tr, self._zones & set(draft.treated_zones)
        one_by_one = int(self._setting.count.value() or 1) == 1
        self._passes_then = 0 if begun or not one_by_one or not self._zones else passes_then(before, self._zones)
        self.several.setVisible(self._passes_then > 1)
        if before is None or self._passes_then < 2:
            return
        count = self._passes_then
        each = tr.plural("{count} pass on each done", "{count} passes on each done", count)
        done = tr.plural("{count} pass done", "{count} passes done", count)
        which, then = each if len(self._zones) > 1 else done, tr("As many as on {day}", day=record_date(before.day))
        self.several.setText(caption(f"{which}\n{then}"))
        self.several.setAccessibleName(which)
        self.several.setAccessibleDescription(then)

    def _keep_depths(self, draft: SessionDraft) -> None:
        """The depth set by hand for every zone in hand; where each has its own, one that joins starts from its own."""
        one_for_all = self.depth_mm.value()
        if one_for_all is not None:
            self._depths_mm = dict.fromkeys(self._zones, one_for_all)
            return
        start = starting_depths_mm(self._zones, draft, self._desk.knowledge)
        self._depths_mm = {zone: self._depths_mm.get(zone, start[zone]) for zone in self._zones}
        self._show_depths()

    def _start_from(self, draft: SessionDraft) -> None:
        self._by_hand = False
        planned = [one for one in draft.consultation.plan.zones if one.zone in self._zones and one.confirmed]
        device = next((one.device_id for one in planned if self._setting.knows(one.device_id)), None)
        if device and not draft.needling.passes:
            self._setting.offer_device(device)
        self._depths_mm = starting_depths_mm(self._zones, draft, self._desk.knowledge)
        self._show_depths()

    def _show_depths(self) -> None:
        known = [depth for depth in self._depths_mm.values() if depth is not None]
        self.depth_mm.set_value(common_depth_mm(self._depths_mm.values()))
        if self.depth_mm.value() is None and len(known) == len(self._zones):
            self.depth_mm.show_span(min(known), max(known))

    def ask_endpoint(self, about: tuple[NeedlingPass, ...], time_zone: str) -> None:
        """Ask what was seen when these passes ended, by name; none: there is nothing to say yet."""
        tr = self._kit.tr
        stated = {one.endpoint for one in about}
        self._endpoint.set_value(stated.pop() if len(stated) == 1 else None)
        self._seen.setVisible(bool(about))
        self._before.setVisible(self._before.tells() and not about)
        if not about:
            return
        what = passes_in_words(tr, self._desk.knowledge, about, time_zone)
        waiting = any(one.endpoint is None for one in about)
        asked = tr("What did you see? {passes}", passes=what) if waiting else tr("Endpoint: {passes}", passes=what)
        self._seen_name.setText(asked)

    def to_top(self) -> None:
        """Bring the depth into sight: no pass is recorded with a depth that nobody sees."""
        self._scroll.verticalScrollBar().setValue(0)

    def _on_depth_changed(self, _depth: object) -> None:
        self._by_hand = True
        self._fit()

    def _show_setting(self) -> None:
        self._in_hand.setText(self._setting.in_words())
        self._fit()

    def _fit(self) -> None:
        device = self._setting.device()
        settings = device.device if device else None
        ceiling = self._desk.knowledge.ceiling.depth_mm
        most = settings.depth_max_mm if settings else ceiling
        # Beyond the device's range can be typed and is asked about: a dial that was set wrong belongs on the record.
        self.depth_mm.set_limits(Decimal(0), max(most, ceiling))
        if settings:
            self.depth_mm.set_step(settings.depth_step_mm)
        mechanical = settings is None or settings.kind is not DeviceKind.RF
        knowledge, zones, concerns = self._desk.knowledge, self._zones, self._concerns
        self.depth_mm.set_bands(depth_bands(knowledge, zones, concerns, most, mechanical=mechanical))
        self._limits = limits_in_words(knowledge, zones, concerns, self._kit.tr, mechanical=mechanical)
        self._say_what_will_be_done()

    def _say_what_will_be_done(self, *_: object) -> None:
        tr, knowledge = self._kit.tr, self._desk.knowledge
        depths = self._chosen_depths()
        told = [depth for depth in depths.values() if depth is not None]
        done = tr("Pass done")
        if not self._zones or len(told) < len(depths):
            self.done.setText(caption(done))
            self.done.setAccessibleName(done)
            self.depth_mm.set_note("")
            return
        where = zones_in_words(tr, knowledge, list(self._zones), NAMED_ON_BUTTON)
        low, high = min(told), max(told)
        depth = tr("{depth} mm", depth=written(low, high))
        what = tr("{depth} on {zones}", depth=depth, zones=where)
        self.done.setText(caption(f"{done}\n{what}"))
        self.done.setAccessibleName(done)
        self.done.setAccessibleDescription(what)
        each = (
            tr("Each zone at its own depth: {depths}", depths=self._each_in_words(depths))
            if low != high
            else self._limits
        )
        self.depth_mm.set_note(each)

    def _each_in_words(self, depths: dict[str, Decimal | None]) -> str:
        tr, zones = self._kit.tr, self._desk.knowledge.zones
        told = ((zone, depths[zone]) for zone in zones if zone in depths)
        return ", ".join(f"{tr(zones[zone].name)} {written(depth)}" for zone, depth in told if depth is not None)
