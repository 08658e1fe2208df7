"""Step 5: the time-out, then the map: tap a zone, set the pass, tap "pass done"."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from needlelog.clock import local
from needlelog.domain.findings import Gate, StepId
from needlelog.domain.session import Needling, SessionDraft
from needlelog.domain.treatment import NeedlingPass
from needlelog.i18n import record_date
from needlelog.services.desk import Desk
from ui.screens.session.frames import PageStack, scrolled
from ui.screens.session.needling.pass_list import PassList
from ui.screens.session.needling.pass_panel import PassPanel
from ui.screens.session.needling.time_out import TimeOut
from ui.screens.session.page import StepPage
from ui.screens.session.presenter import SessionPresenter
from ui.screens.session.reasons import override_phrases
from ui.screens.session.treatment_map import TreatmentMap, marks
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import IconMark, label, set_style
from ui.toolkit.theme import SPACE
from ui.widgets.toast import Toast

ROOMY_FROM = 1000
"""From this width, in px at text scale 1, the panel beside the map is wider."""
LEGEND_FROM = 660


class NeedlingPage(StepPage):
    """Passes over zones. What the rules hold against a pass is asked before it is recorded, never after."""

    step = StepId.NEEDLING
    wide = True
    broad = True

    def __init__(self, kit: Kit, desk: Desk, presenter: SessionPresenter, parent: QWidget | None = None) -> None:
        super().__init__(kit, desk, presenter, parent)
        self._last = desk.history.latest(presenter.client.id)
        today = local(kit.clock.now(), presenter.draft.time_zone).date()
        self._gate = self._build_gate()
        self._map = TreatmentMap(kit, desk.knowledge)
        self._map.selection_changed.connect(lambda _: self._turn_to_selection())
        self._list = PassList(kit, desk.knowledge)
        self._list.remove_requested.connect(self._on_remove_requested)
        self._time_out = TimeOut(kit, desk)
        self._time_out.ticked.connect(self._on_ticked)
        self._panel = PassPanel(kit, desk, today)
        self._panel.pass_done.connect(self._on_pass_done)
        self._list.over_requested.connect(self._on_over_requested)
        self._right = PageStack()
        self._right.addWidget(scrolled(self._time_out))
        self._right.addWidget(self._panel)
        self._toast = Toast(kit.theme, kit.tr, self._map)
        self._left = QVBoxLayout()
        self._left.setSpacing(SPACE)
        self._left.addWidget(self._map, 1)
        self._left.addWidget(self._list)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(SPACE * 2)
        self._row.addLayout(self._left, 1)
        self._row.addWidget(self._right)
        self.column.setSpacing(SPACE)
        self.column.addWidget(self._gate)
        self.column.addLayout(self._row, 1)
        # A foot pedal sends a key; F8 is on none of the fields.
        QShortcut(QKeySequence("F8"), self, self._on_pass_done)

    def _build_gate(self) -> QFrame:
        bar = QFrame()
        bar.setProperty("surface", "hold")
        row = QHBoxLayout(bar)
        row.setContentsMargins(SPACE * 2, SPACE, SPACE, SPACE)
        self._gate_mark = IconMark(self.kit.theme, "hold", "hold", 24)
        self._gate_mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._gate_text = label("", "strong", wrap=True)
        resolve = button(self.kit.theme, self.kit.tr("Resolve"), "secondary")
        resolve.clicked.connect(self._on_resolve_clicked)
        row.addWidget(self._gate_mark)
        row.addWidget(self._gate_text, 1)
        row.addWidget(resolve)
        return bar

    # showing

    def show_draft(self, draft: SessionDraft) -> None:
        """Paint gate, map, time-out and list from the draft."""
        self._show_gate()
        self._map.set_marks(marks(draft, self.desk.knowledge, self._last))
        self._list.show_passes(draft.needling.passes, draft.needling.ended_at, draft.time_zone)
        self._time_out.show_ticks(draft)
        self._right.setCurrentIndex(1 if self._time_out.done() else 0)
        self._right.setFixedWidth(self._panel.width())
        self._turn_to_selection()
        self._arrange()

    def _show_gate(self) -> None:
        shut = [one for one in self.presenter.open_findings(Gate.NEEDLING) if one.code != "missing-time-out"]
        self._gate.setVisible(bool(shut))
        if shut:
            more = self.tr_.plural(" and {count} more", " and {count} more", len(shut) - 1) if len(shut) > 1 else ""
            self._gate_text.setText(self.tr_("Needling is not cleared: {first}{more}", first=shut[0].title, more=more))
            tone = "stop" if any(one.level.value == "stop" for one in shut) else "hold"
            self._gate_mark.show_icon(tone, tone)
            set_style(self._gate, "surface", tone)

    def entered(self) -> None:
        """Read lists afresh; start with the planned zones selected."""
        draft = self.presenter.draft
        self._panel.reload(draft, self._last)
        if not self._map.selected():
            planned = [one.zone for one in draft.consultation.plan.zones if one.confirmed]
            if planned:
                self._map.show_view(self._map.view_of(planned[0]))
        if not self._time_out.done():
            self._time_out.focus_first_open()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def _arrange(self) -> None:
        """The panel beside the map; below it where large text leaves too little width for both."""
        beside = self._left.minimumSize().width() + self._row.spacing() + self._panel.width() <= self.width()
        ways = QBoxLayout.Direction
        self._row.setDirection(ways.LeftToRight if beside else ways.TopToBottom)

    def least_height(self) -> int:
        """More where the panel stands below the map."""
        stacked = self._row.direction() is QBoxLayout.Direction.TopToBottom
        return super().least_height() + (self._right.sizeHint().height() if stacked else 0)

    def leaving(self) -> None:
        """Take what is half-typed in the panel where it is right; what is wrong stays in it."""
        self._panel.commit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._panel.take_room(event.size().width() >= self.kit.theme.px(ROOMY_FROM))
        self._right.setFixedWidth(self._panel.width())
        self._arrange()
        # Where there is little height the drawing needs it more than the key to its colours.
        self._map.legend.setVisible(event.size().height() >= self.kit.theme.px(LEGEND_FROM))

    def focus_field(self, field: str) -> None:
        """Turn to the zone, the time-out or the map."""
        kind, _, value = field.partition(":")
        if kind == "zone" and value in self.desk.knowledge.zones:
            self._map.show_view(self._map.view_of(value))
            self._map.set_selected((value,))
            self._turn_to_selection()
        elif field == "time-out":
            self._time_out.focus_first_open()
        elif kind == "lot":
            self._panel.show_cartridge()
        else:
            self._map.canvas.setFocus()

    def _turn_to_selection(self) -> None:
        zones = self._map.selected()
        self._panel.show_zones(zones, self.presenter.draft, self._before(zones))

    def _before(self, zones: frozenset[str]) -> str:
        if self._last is None or len(zones) != 1:
            return ""
        draft = self._last.draft
        done = [one for one in draft.needling.passes if one.zone in zones]
        if not done:
            return ""
        deepest = max(done, key=lambda one: one.depth_mm)
        day = record_date(local(draft.started_at, draft.time_zone).date())
        return self.tr_(
            "Last time ({day}): {depth} mm, {count} passes",
            day=day,
            depth=deepest.depth_mm,
            count=sum(one.count for one in done),
        )

    # recording

    def _on_pass_done(self) -> None:
        if self._right.currentWidget() is not self._panel:
            self._time_out.focus_first_open()
            return
        missing = self._panel.ready()
        if missing:
            self._toast.offer(missing)
            return
        new = self._panel.passes(self.now(), self.by)
        if not self._cleared(new):
            return
        if self.presenter.edit(lambda draft: draft.with_(needling=_with_passes(draft, new, self.now()))):
            names = ", ".join(self.tr_(self.desk.knowledge.zones[one.zone].name) for one in new)
            ids = {one.id for one in new}
            self._panel.to_top()
            self._toast.offer(self.tr_("Recorded: {zones}", zones=names), lambda: self._remove(ids))

    def _cleared(self, new: tuple[NeedlingPass, ...]) -> bool:
        asked: set[str] = set()
        for one in new:
            for finding in self.presenter.findings_of_pass(one):
                if finding.gate is not Gate.NEEDLING or finding.key in asked:
                    continue
                asked.add(finding.key)
                reason = self.kit.dialogs.ask_text(
                    self,
                    finding.title,
                    self.tr_("{detail} Why do you go on? This stands in the record.", detail=finding.detail).strip(),
                    self.tr_("Go on with this reason"),
                    True,
                    override_phrases(self.tr_),
                )
                if not reason or not self.presenter.override(finding, reason):
                    return False
        return True

    def _on_remove_requested(self, pass_id: UUID) -> None:
        self._remove({pass_id})

    def _remove(self, ids: set[UUID]) -> None:
        removed = tuple(one for one in self.presenter.draft.needling.passes if one.id in ids)
        self.presenter.edit(
            lambda draft: draft.with_(
                needling=draft.needling.with_(passes=tuple(one for one in draft.needling.passes if one.id not in ids))
            )
        )
        if removed:
            self._toast.offer(self.tr_("Pass removed"), lambda: self._put_back(removed))

    def _put_back(self, removed: tuple[NeedlingPass, ...]) -> None:
        self.presenter.edit(lambda draft: draft.with_(needling=_with_passes(draft, removed, self.now())))

    def _on_over_requested(self, over: bool) -> None:
        now = self.now() if over else None
        self.presenter.edit(lambda draft: draft.with_(needling=draft.needling.with_(ended_at=now)))

    def _on_ticked(self, ticks: object) -> None:
        self.presenter.edit(lambda draft: draft.with_(needling=draft.needling.with_(time_out=ticks)))
        if self._time_out.done():
            self._map.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_resolve_clicked(self) -> None:
        shut = [one for one in self.presenter.open_findings(Gate.NEEDLING) if one.code != "missing-time-out"]
        if shut:
            self.presenter.findings_wanted.emit()


def _with_passes(draft: SessionDraft, new: tuple[NeedlingPass, ...], now: datetime) -> Needling:
    needling = draft.needling
    passes = tuple(sorted((*needling.passes, *new), key=lambda one: one.at))
    return needling.with_(passes=passes, started_at=needling.started_at or now, ended_at=None)
