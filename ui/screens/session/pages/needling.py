"""Step 5: the time-out, then the map: tap a zone, set the pass, tap "pass done"."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QWidget

from needlelog.domain.findings import Finding, Gate, StepId
from needlelog.domain.materials import Product, ProductKind
from needlelog.domain.session import SessionDraft
from needlelog.domain.treatment import Endpoint
from needlelog.services.desk import Desk
from needlelog.services.stock import Scanned
from ui.screens.session.frames import scrolled
from ui.screens.session.needling.at_hand import cartridge_in_words
from ui.screens.session.needling.choices import Choice, choices, planned_zones
from ui.screens.session.needling.endpoint_panel import EndpointPanel
from ui.screens.session.needling.endpoints import Endpoints
from ui.screens.session.needling.gate_bar import GateBar
from ui.screens.session.needling.ghost import GhostSwitch
from ui.screens.session.needling.hand import Hand
from ui.screens.session.needling.map_and_panel import MapAndPanel
from ui.screens.session.needling.needling_foot import NeedlingFoot
from ui.screens.session.needling.pass_list import PassList
from ui.screens.session.needling.pass_panel import PassPanel
from ui.screens.session.needling.recording import Recording
from ui.screens.session.needling.time_out import TimeOut
from ui.screens.session.page import ScanTaken, StepPage
from ui.screens.session.presenter import SessionPresenter
from ui.screens.session.treatment_map import TreatmentMap, marks
from ui.toolkit.kit import Kit
from ui.toolkit.one_tap import OneTap
from ui.toolkit.theme import SPACE
from ui.widgets.toast import Toast

CARTRIDGE = "cartridge"
"""The item of the time-out that is about the needles."""


class NeedlingPage(StepPage):
    """Passes over zones. What the rules hold against a pass is asked before it is recorded, never after."""

    step = StepId.NEEDLING
    wide = True
    broad = True

    def __init__(self, kit: Kit, desk: Desk, presenter: SessionPresenter, parent: QWidget | None = None) -> None:
        super().__init__(kit, desk, presenter, parent)
        self._last = desk.history.latest(presenter.client.id)
        self._gate = GateBar(kit)
        self._gate.resolve_wanted.connect(self.presenter.findings_wanted)
        self._map = TreatmentMap(kit, desk.knowledge)
        self._map.selection_changed.connect(self._on_selection_changed)
        self._map.view_changed.connect(lambda _: self._turn_to_selection())
        self._ghost = GhostSwitch(kit, desk, presenter.client.id)
        self._ghost.turned.connect(self._on_ghost_turned)
        self._map.canvas.corner.insertWidget(0, self._ghost)
        self._foot = NeedlingFoot(kit, self._map, self.clock_time)
        self._foot.recorded_clicked.connect(self._on_recorded_clicked)
        self._foot.over_clicked.connect(self._on_over_clicked)
        self._time_out = TimeOut(kit, desk.knowledge)
        self._time_out.item_ticked.connect(self._on_item_ticked)
        self._time_out.place_wanted.connect(self.presenter.show_field)
        self._hand = Hand(kit, desk, presenter, self._last, self)
        self._setting = self._hand.setting
        self._setting.closed.connect(self._show_panel)
        self._setting.taken_in_hand.connect(self._on_taken_in_hand)
        self._setting.cartridge.code_entered.connect(self.code_entered)
        self._panel = PassPanel(kit, desk, self._setting)
        self._panel.pass_done.connect(self._on_pass_done)
        self._panel.passes_done.connect(self._on_pass_done)
        self._panel.endpoint_stated.connect(self._on_endpoint_stated)
        self._panel.zone_by_zone_wanted.connect(lambda: self._ask_endpoints(self._map.selected()))
        self._panel.zones_chosen.connect(self._on_zones_chosen)
        self._panel.as_before_wanted.connect(self._on_as_before_wanted)
        self._panel.setting_wanted.connect(self._show_setting)
        self._list = PassList(kit, desk.knowledge)
        self._seen = EndpointPanel(kit, desk.knowledge)
        self._time_out_frame = scrolled(self._time_out)
        parts = (self._time_out_frame, self._panel, self._setting, self._list, self._seen)
        self._chair = MapAndPanel(kit.theme, self._map, parts, self._time_out_frame)
        self._toast = Toast(kit.theme, kit.tr, self._map)
        self._hand.tell_by(self._toast)
        self._recording = Recording(kit, desk.knowledge, presenter, self.by, self, self._toast)
        self._endpoints = Endpoints(self._seen, presenter, self._recording)
        self._endpoints.said.connect(self._map.end_choice)
        self._seen.closed.connect(self._show_panel)
        self._list.remove_requested.connect(self._on_remove_requested)
        self._list.endpoint_stated.connect(self._endpoints.state_one)
        self._list.closed.connect(self._show_panel)
        self._one_tap = OneTap(kit.clock, kit.pause_s)
        self.column.setSpacing(SPACE)
        self.column.addWidget(self._gate)
        self.column.addWidget(self._chair, 1)
        # A foot pedal sends a key; F8 is on none of the fields. Held down it still means one pass.
        QShortcut(QKeySequence("F8"), self, self._on_pass_done).setAutoRepeat(False)

    # showing

    def show_draft(self, draft: SessionDraft) -> None:
        """Paint gate, map, time-out and list from the draft."""
        self._gate.show_shut(self._shut())
        self._map.set_marks(marks(draft, self.desk.knowledge, self._ghost.shown(), self.kit.tr))
        self._list.show_passes(draft.needling.passes, draft.time_zone)
        if self._chair.panel.currentWidget() is self._seen:
            self._endpoints.show()
        self._foot.show_needling(draft.needling, self.width())
        self._show_time_out(draft)
        if not self._timed_out():
            # Whoever chooses device and lot is asked once, when both are chosen.
            if self._chair.panel.currentWidget() is not self._setting:
                self._chair.turn_to(self._time_out_frame)
        elif self._chair.panel.currentWidget() is self._time_out_frame:
            self._begin(draft)
        self._turn_to_selection()

    def _show_time_out(self, draft: SessionDraft) -> None:
        self._time_out.show_ticks(draft, self.presenter.around)
        cartridge = self._setting.cartridge.value()
        self._time_out.tell({CARTRIDGE: cartridge_in_words(self.tr_, cartridge)} if cartridge else {})

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._foot.show_needling(self.presenter.draft.needling, self.width())

    def _timed_out(self) -> bool:
        """Whether the pause is over: every item said, or left out for a written reason."""
        item = next((one for one in self.presenter.items if one.key == "time-out"), None)
        return item is not None and (item.done or self.presenter.draft.override_of(item.finding_key) is not None)

    def _begin(self, draft: SessionDraft) -> None:
        """After the time-out: first what is in the hand, unless it is known; then the passes."""
        self._setting.reload(draft, self._last)
        self._chair.turn_to(self._panel if self._setting.complete() or draft.needling.passes else self._setting)
        again = self.presenter.again(self._last)
        if again is not None and not draft.needling.passes and not self._map.selected():
            self._map.set_selected(planned_zones(draft, self.desk.knowledge))

    def _show_setting(self) -> None:
        self._chair.turn_to(self._setting)

    def _show_panel(self) -> None:
        if not self._timed_out():
            self._lead_to_time_out()
            return
        self._chair.turn_to(self._panel)
        # "Pass done" comes up where "To the passes" was tapped: a double tap must not record a pass.
        self._one_tap.acted()
        self._panel.to_top()
        self._map.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lead_to_time_out(self) -> None:
        self._chair.turn_to(self._time_out_frame)
        self._time_out.focus_first_open()

    def _shut(self) -> list[Finding]:
        return [one for one in self.presenter.open_findings(Gate.NEEDLING) if one.code != "missing-time-out"]

    def entered(self) -> None:
        """Read lists afresh; start with the planned zones selected."""
        draft = self.presenter.draft
        self._setting.reload(draft, self._last)
        self._hand.take(draft)
        self._show_time_out(draft)
        self._endpoints.come_back()
        self._ask_endpoint()
        if not self._map.selected():
            planned = [one.zone for one in draft.consultation.plan.zones if one.confirmed]
            if planned:
                self._map.show_view(self._map.view_of(planned[0]))
        if not self._timed_out():
            self._lead_to_time_out()

    def leaving(self) -> None:
        """Take what is half-typed in the panel where it is right; what is wrong stays in it."""
        self._panel.depth_mm.commit()
        self._setting.commit()

    def goes_on(self) -> bool:
        """What was seen is asked once, here, before the visit leaves the chair; whoever goes on all the same may."""
        asks = self._endpoints.missing() and self._timed_out() and self._chair.panel.currentWidget() is not self._seen
        if asks:
            self._ask_endpoints()
        return asks

    def least_height(self) -> int:
        """More where the panel stands below the map, or where large text leaves the depth too little beside it."""
        if self._chair.stacked():
            return super().least_height() + self._chair.panel.sizeHint().height()
        # No pass is recorded with a depth that nobody sees: rather is the page scrolled than the depth cut.
        shown = self._chair.panel.currentWidget() is self._panel
        return max(super().least_height(), self._panel.least_height() if shown else 0)

    def focus_field(self, field: str) -> None:
        """Turn to the zone, the time-out or the map."""
        kind, _, value = field.partition(":")
        if kind == "zone" and value in self.desk.knowledge.zones:
            self._map.show_view(self._map.view_of(value))
            self._map.set_selected((value,))
            self._turn_to_selection()
            if self._timed_out():
                self._chair.turn_to(self._panel)
        elif kind == "time-out":
            if self._timed_out():
                self._time_out.focus_first_open()
            else:
                self._lead_to_time_out()
        elif kind == "endpoint" and self._timed_out():
            if self._endpoints.missing():
                self._ask_endpoints()
            else:
                self._show_list()
        elif kind == "lot":
            self._chair.turn_to(self._setting)
            self._setting.turn_to(self._setting.cartridge)
        else:
            self._map.canvas.setFocus()

    def _on_selection_changed(self, _zones: object) -> None:
        self._endpoints.forget()
        self._one_tap.elsewhere()
        self._turn_to_selection()

    def _turn_to_selection(self) -> None:
        zones, draft = self._map.selected(), self.presenter.draft
        self._panel.show_zones(zones, draft, self._ghost.shown())
        self._ask_endpoint()
        offered = choices(draft, self.desk.knowledge, self._ghost.shown(), self._map.view(), self.tr_)
        self._panel.offer(() if zones else offered)

    def _on_ghost_turned(self) -> None:
        self._map.set_marks(marks(self.presenter.draft, self.desk.knowledge, self._ghost.shown(), self.kit.tr))
        self._turn_to_selection()

    def _on_zones_chosen(self, choice: Choice) -> None:
        self._map.show_view(self._map.view_of(choice.zones[0]))
        self._map.set_selected(choice.zones)
        self._turn_to_selection()
        if choice.as_before:
            self._on_as_before_wanted()

    def _on_as_before_wanted(self) -> None:
        before = self._ghost.shown()
        if before is not None:
            here = before.of(self._map.selected())
            self._panel.take_depths({zone: one.depth_mm for zone, one in here.items()})

    # scans

    def kinds_taken(self) -> tuple[ProductKind, ...]:
        return (ProductKind.CARTRIDGE, ProductKind.DEVICE)

    def take_scan(self, scanned: Scanned) -> ScanTaken | None:
        taken = self._hand.take_scan(scanned)
        if taken is not None and self._timed_out():
            self._chair.turn_to(self._setting)
        return taken

    def take_new_product(self, scanned: Scanned, done: Callable[[Product], object]) -> bool:
        # The form of a cartridge keeps the pack's number by itself.
        del done
        self._chair.turn_to(self._setting)
        self._setting.cartridge.type_in(scanned)
        return True

    def say_taken(self, taken: ScanTaken) -> None:
        self._toast.offer(taken.text, taken.undo)

    # recording

    def _on_pass_done(self, count: int = 0) -> None:
        if self._chair.panel.currentWidget() is self._setting:
            self._setting.go_on()
            return
        if not self._timed_out():
            self._lead_to_time_out()
            return
        if self._chair.panel.currentWidget() is not self._panel:
            self._show_panel()  # nothing is recorded that stands on a panel nobody sees
            return
        if self._one_tap.is_same():
            return
        missing, where = self._panel.missing()
        if missing:
            self._toast.offer(missing)
            self._lead_to(where)
            return
        if self._recording.record(self._panel.passes(self.now(), self.by, count)):
            self._endpoints.forget()
            self._one_tap.acted()
            self._map.end_choice()
            self._panel.to_top()

    def _lead_to(self, where: QWidget | None) -> None:
        """Bring into sight what a sentence is about: it must never name what is hidden."""
        if where is None:
            self._map.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._setting.isAncestorOf(where):
            self._chair.turn_to(self._setting)
            self._setting.turn_to(where)
        else:
            self._chair.turn_to(self._panel)
            self._panel.to_top()
            where.setFocus()

    def _on_endpoint_stated(self, seen: Endpoint | None) -> None:
        if seen is not None:
            self._endpoints.state_of(self._map.selected(), seen)
        self._ask_endpoint()

    def _ask_endpoint(self) -> None:
        about = self._endpoints.asked_about(self._map.selected())
        self._panel.ask_endpoint(about, self.presenter.draft.time_zone)

    def _ask_endpoints(self, zones: frozenset[str] = frozenset()) -> None:
        """Ask what was seen of every pass that lacks it, at one place; of those over ``zones`` as well."""
        self._endpoints.ask_all(zones)
        self._chair.turn_to(self._seen)
        self._seen.focus_first()

    def _on_taken_in_hand(self) -> None:
        held = self._setting.in_hand()
        self._recording.needle(lambda x: x.with_(in_hand=held))

    def _on_remove_requested(self, pass_id: UUID) -> None:
        self._recording.remove({pass_id})

    def _on_over_clicked(self) -> None:
        over = self.presenter.draft.needling.ended_at is None
        now = self.now() if over else None
        self._recording.needle(lambda x: x.with_(ended_at=now))
        if over and self._timed_out() and self._endpoints.missing():
            self._ask_endpoints()

    def _on_recorded_clicked(self) -> None:
        if self._chair.panel.currentWidget() is self._list:
            self._show_panel()
        elif self._timed_out():
            self._show_list()

    def _show_list(self) -> None:
        self._chair.turn_to(self._list)
        self._list.done.setFocus()

    def _on_item_ticked(self, item: str, on: bool) -> None:
        self._recording.say(item, on)
        if self._timed_out():
            self._map.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
