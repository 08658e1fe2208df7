"""The next pass over the chosen zones: its depth, "pass done", and what was seen when it ended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from functools import partial
from uuid import uuid4

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from needlelog.domain.session import SessionDraft
from needlelog.domain.treatment import NeedlingPass
from needlelog.i18n import record_date
from needlelog.rules.screening import left_out
from needlelog.services.desk import Desk
from needlelog.workflow.last_time import LastTime, passes_then
from ui.screens.session.frames import scrolled
from ui.screens.session.needling.before_row import BeforeRow
from ui.screens.session.needling.choices import Choice
from ui.screens.session.needling.depth_chooser import DepthChooser
from ui.screens.session.needling.depths import written
from ui.screens.session.needling.endpoint_question import EndpointQuestion
from ui.screens.session.needling.pass_words import NAMED, zones_in_words
from ui.screens.session.needling.setting_panel import SettingPanel
from ui.toolkit.buttons import button
from ui.toolkit.discard import clear
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label, set_tone
from ui.toolkit.plain import caption
from ui.toolkit.theme import SPACE
from ui.widgets.elided import ElidedLabel
from ui.widgets.flow_layout import FlowLayout

NAMED_ON_BUTTON = 1
"""Up to so many zones stand on the button by name; the heading or the line below the depth names them all."""


class PassPanel(QFrame):
    """Says what would be recorded, and records nothing itself.

    What was seen is never filled in for anybody: it is stated when a pass has ended, of the passes that the question
    names.
    """

    pass_done = Signal()
    passes_done = Signal(int)
    """So many equal passes were done, as at the visit looked back on."""
    endpoint_stated = Signal(object)
    """The ``Endpoint`` that was tapped for the passes that were asked about."""
    zone_by_zone_wanted = Signal()
    """Not the same was seen on all of these zones."""
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
        self._depth = DepthChooser(kit, desk.knowledge)
        self.depth_mm = self._depth.depth_mm
        # The button never says another depth than the one that stands in the line.
        self._depth.changed.connect(self._say_what_will_be_done)
        self._names = label("", "body", muted=True, wrap=True)
        self._names.hide()
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
        self._seen = EndpointQuestion(kit, desk.knowledge)
        self._seen.stated.connect(self.endpoint_stated)
        self._seen.zone_by_zone.connect(self.zone_by_zone_wanted)
        setting.changed.connect(self._show_setting)
        self._lay_out()
        self._show_setting()

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, SPACE, 0)
        column.setSpacing(SPACE)
        column.addWidget(self._which)
        column.addWidget(self._depth)
        column.addWidget(self._names)
        column.addWidget(self._avoid)
        column.addWidget(self._choices)
        column.addWidget(self._before)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE * 2, SPACE * 2, SPACE, SPACE * 2)
        whole.setSpacing(SPACE)
        self._scroll = scrolled(inside)
        whole.addWidget(self._scroll, 1)
        self._foot = foot = QVBoxLayout()
        foot.setContentsMargins(0, 0, SPACE, 0)
        foot.setSpacing(SPACE)
        # What is tapped again and again stays where it is, however much there is to say: the depth at the top, the key
        # that records at the bottom. What was seen is asked between them, once there is something to ask about.
        foot.addWidget(self._seen)
        foot.addWidget(self.several)
        foot.addWidget(self._build_in_hand())
        foot.addWidget(self.done)
        whole.addLayout(foot)

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
        right = self._depth.right()
        if setting.device() is not None and not right:
            return tr("Set the depth first."), self.depth_mm
        return setting.missing()

    def passes(self, at: datetime, by: str, count: int = 0) -> tuple[NeedlingPass, ...]:
        """One pass for each chosen zone, from what is set; only when nothing is ``missing``.

        ``count`` equal ones at once; 0 is as many as are set.
        """
        setting = self._setting
        device, cartridge, unit = setting.device(), setting.cartridge.value(), setting.output_unit()
        depths = self._depth.depths_mm()
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
        self._depth.set_each(depths_mm)
        self._fit()

    def show_zones(self, zones: frozenset[str], draft: SessionDraft, before: LastTime | None) -> None:
        """Turn to these zones; ``before`` is the visit looked back on."""
        self._before.show_before(before, zones)
        tr, knowledge = self._kit.tr, self._desk.knowledge
        nothing = tr("Tap a zone on the map")
        whole = zones_in_words(tr, knowledge, list(zones), len(zones)) or nothing
        self._which.set_short(zones_in_words(tr, knowledge, list(zones), NAMED) or nothing, whole)
        self._names.setText(whole)
        self._say_what_to_avoid(zones, draft)
        other, self._zones = zones != self._zones, zones
        if self._depth.turn_to(zones, draft):
            self._offer_planned_device(draft)
        if other:
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

    def _offer_planned_device(self, draft: SessionDraft) -> None:
        planned = [one for one in draft.consultation.plan.zones if one.zone in self._zones and one.confirmed]
        device = next((one.device_id for one in planned if self._setting.knows(one.device_id)), None)
        if device and not draft.needling.passes:
            self._setting.offer_device(device)

    def ask_endpoint(self, about: tuple[NeedlingPass, ...], time_zone: str) -> None:
        """Ask what was seen when these passes ended, by name; none: there is nothing to say yet."""
        self._seen.ask(about, time_zone)
        self._before.setVisible(self._before.tells() and not about)

    def least_height(self) -> int:
        """The height in px at which the zones and the whole depth are in sight above what stays at the bottom."""
        above = self._which.sizeHint().height() + SPACE + self._depth.row_height()
        layout = self.layout()
        margins = layout.contentsMargins() if layout is not None else self.contentsMargins()
        return above + self._foot.totalHeightForWidth(self.width()) + margins.top() + margins.bottom() + SPACE

    def to_top(self) -> None:
        """Bring the depth into sight: no pass is recorded with a depth that nobody sees."""
        self._scroll.verticalScrollBar().setValue(0)

    def _show_setting(self) -> None:
        self._in_hand.setText(self._setting.in_words())
        self._fit()

    def _fit(self) -> None:
        self._depth.fit(self._setting.device())

    def _say_what_will_be_done(self) -> None:
        tr, knowledge = self._kit.tr, self._desk.knowledge
        depths = self._depth.depths_mm()
        told = [depth for depth in depths.values() if depth is not None]
        done = tr("Pass done")
        # Where each zone has its own depth, the line above says them all with it.
        self._names.setVisible(len(self._zones) > NAMED and len(set(told)) <= 1)
        self.done.setAccessibleName(done)
        if not self._zones or len(told) < len(depths):
            self.done.setText(caption(done))
            self.done.setAccessibleDescription("")
            return
        where = zones_in_words(tr, knowledge, list(self._zones), NAMED_ON_BUTTON)
        depth = tr("{depth} mm", depth=written(min(told), max(told)))
        what = tr("{depth} on {zones}", depth=depth, zones=where)
        self.done.setText(caption(f"{done}\n{what}"))
        self.done.setAccessibleDescription(what)
