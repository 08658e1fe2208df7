"""What is meant for today: zones, a device and a depth for each; values of the last visit to be confirmed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from uuid import UUID

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from needlelog.domain.materials import DeviceKind, Product
from needlelog.domain.session import Plan, SessionDraft
from needlelog.domain.treatment import PlannedZone
from needlelog.i18n import record_date
from needlelog.services.desk import Desk
from ui.screens.session.consultation.section import Section
from ui.screens.session.frames import scrolled
from ui.screens.session.holding import show_number
from ui.screens.session.needling.devices import likely_devices
from ui.screens.session.presenter import SessionPresenter
from ui.screens.session.treatment_map import TreatmentMap, depth_bands, limits_in_words, marks, usual_depth
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.choice_field import ChoiceField
from ui.widgets.number import NumberStepper
from ui.widgets.phrases import unbroken
from ui.widgets.zone_map_marks import depth_text

PANEL_WIDTH = 348
LEGEND_FROM = 560
PLACES = 2


class PlanSection(Section):
    """Tap zones on the map to plan them; the panel sets device and depth of those that are selected."""

    key = "plan"
    wide = True

    def __init__(self, kit: Kit, desk: Desk, presenter: SessionPresenter) -> None:
        super().__init__(kit, desk, presenter)
        self._last = desk.history.latest(presenter.client.id)
        self._before = desk.follow_ups.looked_back(self._last) if self._last else None
        self._shown: frozenset[str] = frozenset()
        self._devices: dict[UUID, Product] = {}
        self._map = TreatmentMap(kit, desk.knowledge)
        self._map.zone_tapped.connect(self._on_zone_tapped)
        self._map.selection_changed.connect(lambda _: self._show_panel(self.presenter.draft))
        row = QHBoxLayout()
        row.setSpacing(SPACE * 2)
        row.addWidget(self._map, 1)
        self._panel = scrolled(self._build_panel())
        row.addWidget(self._panel)
        self.column.addWidget(self._build_notice())
        self.column.addLayout(row, 1)
        kit.theme.changed.connect(self._fit_width)
        self._fit_width()
        self.entered()

    def _fit_width(self) -> None:
        # The depth may not fit in any share of the window; the bar may come up beside it.
        bar = self._panel.verticalScrollBar().sizeHint().width()
        least = self._depth.minimumSizeHint().width() + 4 * SPACE + 2 + bar
        self._panel.setFixedWidth(max(round(PANEL_WIDTH * (1 + (self.kit.theme.scale - 1) / 2)), least))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Where there is little height the drawing needs it more than the key to its colours.
        self._map.legend.set_short(event.size().height() < self.kit.theme.px(LEGEND_FROM))

    def _build_notice(self) -> QWidget:
        self._notice = QWidget()
        row = QHBoxLayout(self._notice)
        row.setContentsMargins(0, 0, 0, 0)
        self._notice_text = label("", "lead", wrap=True)
        confirm = button(self.kit.theme, self.kit.tr("Confirm all"), "primary", "check")
        confirm.clicked.connect(self._on_confirm_all_clicked)
        row.addWidget(self._notice_text, 1)
        row.addWidget(confirm)
        return self._notice

    def _build_panel(self) -> Card:
        tr = self.kit.tr
        panel = Card(tr("Plan"))
        if outer := panel.layout():
            outer.setContentsMargins(SPACE * 2, SPACE * 2, SPACE * 2, SPACE * 2)
        self._which = label("", "lead", wrap=True)
        self._device: ChoiceField[UUID] = ChoiceField(
            self.kit.theme, tr, tr("Device"), [], placeholder=tr("Not decided yet")
        )
        self._device.committed.connect(self._on_device_changed)
        self._confirm = button(self.kit.theme, tr("Confirm"), "primary", "check")
        self._confirm.clicked.connect(self._on_confirm_clicked)
        ceiling = self.desk.knowledge.ceiling.depth_mm
        self._depth = NumberStepper(
            self.kit.theme, tr, tr("Depth"), Decimal(0), ceiling, Decimal("0.05"), tr("mm"), PLACES
        )
        self._depth.changed.connect(self._on_depth_changed)
        self._from = label("", "body", muted=True, wrap=True)
        self._remove = button(self.kit.theme, tr("Take off the plan"), "quiet", "cross")
        self._remove.clicked.connect(self._on_remove_clicked)
        self._setting = QWidget()
        column = QVBoxLayout(self._setting)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE * 2)
        for part in (
            self._from,
            self._confirm,
            self._device,
            label(tr("Depth"), "strong"),
            self._depth,
            self._remove,
        ):
            column.addWidget(part)
        panel.add(self._which)
        panel.add(self._setting)
        panel.body.addStretch(1)
        return panel

    def title(self) -> str:
        """Plan."""
        return self.kit.tr("Plan")

    def complete(self, draft: SessionDraft) -> bool:
        """At least one zone is planned and nothing waits to be confirmed."""
        plan = draft.consultation.plan
        return bool(plan.zones) and all(one.confirmed for one in plan.zones)

    def fields(self) -> tuple[str, ...]:
        """The plan as a whole."""
        return ("plan",)

    def show_draft(self, draft: SessionDraft) -> None:
        """Paint map and panel from the draft."""
        tr, plan = self.kit.tr, draft.consultation.plan
        waiting = [one for one in plan.zones if not one.confirmed and (one.from_visit_on or one.from_series)]
        self._notice.setVisible(bool(waiting))
        if waiting and waiting[0].from_visit_on and not waiting[0].from_series:
            day = record_date(waiting[0].from_visit_on)
            self._notice_text.setText(
                tr("Taken from the visit of {day}. Nothing counts until you confirm it.", day=day)
            )
        elif waiting:
            self._notice_text.setText(tr("Taken from the plan of the series. Nothing counts until you confirm it."))
        notes = {}
        for one in plan.zones:
            depth = tr("{depth} mm", depth=depth_text(one.depth_mm)) if one.depth_mm is not None else tr("planned")
            if one.from_visit_on and not one.confirmed:
                depth = tr("{depth}, from {day}", depth=depth, day=record_date(one.from_visit_on))
            elif one.from_series and not one.confirmed:
                depth = tr("{depth}, from the series", depth=depth)
            elif one.usual_depth:
                depth = tr("{depth}, usual", depth=depth)
            notes[one.zone] = depth
        self._map.set_marks(marks(draft, self.desk.knowledge, self._before, self.kit.tr, notes))
        self._show_panel(draft)

    def _chosen(self, draft: SessionDraft) -> tuple[PlannedZone, ...]:
        selected = self._map.selected()
        return tuple(one for one in draft.consultation.plan.zones if one.zone in selected)

    def _show_panel(self, draft: SessionDraft) -> None:
        tr, chosen = self.kit.tr, self._chosen(draft)
        self._setting.setVisible(bool(chosen))
        if not chosen:
            self._which.setText("\n".join((*self._planned(draft.consultation.plan), tr("Tap a zone to plan it."))))
            return
        names = [tr(self.desk.knowledge.zones[one.zone].name) for one in chosen]
        self._which.setText(", ".join(names))
        devices = self._devices
        same_device = {one.device_id for one in chosen}
        device_id = same_device.pop() if len(same_device) == 1 else None
        self._device.set_value(device_id)
        self._fit_depth(devices.get(device_id) if device_id else None, frozenset(one.zone for one in chosen))
        same_depth = {one.depth_mm for one in chosen}
        depth = same_depth.pop() if len(same_depth) == 1 else None
        zones = frozenset(one.zone for one in chosen)
        if zones != self._shown:
            # Other zones: what was typed and refused was meant for those before.
            self._shown = zones
            self._depth.set_value(depth)
        else:
            show_number(self._depth, depth)
        told = [one.depth_mm for one in chosen if one.depth_mm is not None]
        if depth is None and len(told) == len(chosen) and not self._depth.raw_text().strip():
            self._depth.show_span(min(told), max(told))
        days = {one.from_visit_on for one in chosen if one.from_visit_on and not one.confirmed}
        of_series = any(one.from_series and not one.confirmed for one in chosen)
        said = tr("From the plan of the series: confirm or change it.") if of_series else ""
        if not said and any(one.usual_depth for one in chosen):
            said = tr("The usual depth, chosen by nobody yet: confirm or change it.")
        self._from.setText(tr("From {day}: confirm or change it.", day=record_date(days.pop())) if days else said)
        self._from.setVisible(bool(self._from.text()))
        self._confirm.setVisible(bool(self._from.text()))

    def _planned(self, plan: Plan) -> Iterator[str]:
        """The planned zones in the order of the map's list, those of one device and depth together."""
        tr, zones = self.kit.tr, self.desk.knowledge.zones
        together: dict[tuple[UUID | None, Decimal | None], list[PlannedZone]] = {}
        for one in sorted(plan.zones, key=lambda one: list(zones).index(one.zone) if one.zone in zones else len(zones)):
            together.setdefault((one.device_id, one.depth_mm), []).append(one)
        for (device_id, depth_mm), alike in together.items():
            names = ", ".join(tr(zones[one.zone].name) if one.zone in zones else one.zone for one in alike)
            depth = tr("{depth} mm", depth=depth_text(depth_mm)) if depth_mm is not None else tr("No depth yet")
            device = self._devices.get(device_id) if device_id else None
            how = tr("{depth}, {device}", depth=depth, device=device.name) if device else depth
            yield tr("{how}: {zones}", how=unbroken(how), zones=names)

    def _fit_depth(self, device: Product | None, zones: frozenset[str]) -> None:
        settings = device.device if device else None
        most = settings.depth_max_mm if settings else self.desk.knowledge.ceiling.depth_mm
        self._depth.set_limits(Decimal(0), max(most, self.desk.knowledge.ceiling.depth_mm))
        self._fit_width()
        mechanical = settings is None or settings.kind is not DeviceKind.RF
        knowledge, concerns = self.desk.knowledge, self.presenter.draft.consultation.concerns
        self._depth.set_bands(depth_bands(knowledge, zones, concerns, most, mechanical=mechanical))
        self._depth.set_note(limits_in_words(knowledge, zones, concerns, self.kit.tr, mechanical=mechanical))

    def _on_zone_tapped(self, zone: str) -> None:
        planned = {one.zone for one in self.presenter.draft.consultation.plan.zones}
        if zone in planned or self.desk.knowledge.site_of(zone).never:
            self._show_panel(self.presenter.draft)
            return
        before = self.presenter.draft.consultation.plan.zones
        device = before[-1].device_id if before else None
        depth = usual_depth(self.desk.knowledge, frozenset({zone}), self.presenter.draft.consultation.concerns)
        new = PlannedZone(zone=zone, device_id=device, depth_mm=depth, usual_depth=depth is not None)
        self._plan(lambda plan: plan.with_(zones=(*plan.zones, new)))

    def _on_device_changed(self, device_id: UUID | None) -> None:
        self._set_chosen(device_id=device_id)

    def _on_depth_changed(self, depth: Decimal) -> None:
        self._set_chosen(depth_mm=depth, usual_depth=False)

    def _set_chosen(self, **values: object) -> None:
        zones = self._map.selected()
        self._plan(
            lambda plan: plan.with_(
                zones=tuple(one.with_(**values, confirmed=True) if one.zone in zones else one for one in plan.zones)
            )
        )

    def _on_remove_clicked(self) -> None:
        zones = self._map.selected()
        self._map.set_selected(())
        self._plan(lambda plan: plan.with_(zones=tuple(one for one in plan.zones if one.zone not in zones)))

    def _on_confirm_clicked(self) -> None:
        self._set_chosen(usual_depth=False)

    def _on_confirm_all_clicked(self) -> None:
        self._plan(
            lambda plan: plan.with_(zones=tuple(one.with_(confirmed=True, usual_depth=False) for one in plan.zones))
        )

    def _plan(self, how: Callable[[Plan], Plan]) -> None:
        self.change(lambda part: part.with_(plan=how(part.plan)))

    def entered(self) -> None:
        """Read the devices afresh. Their order stays until the page is entered again: arrow keys must not shift it."""
        likely = likely_devices(self.desk, self.presenter.draft, self._last)
        self._devices = {product.id: product for product in likely}
        self._device.set_choices([(key, product.name) for key, product in self._devices.items()])

    def leaving(self) -> None:
        """Commit a depth that is still being typed."""
        self._depth.commit()
