"""The visit's shell: who is in the chair, the steps, what is running, what is saved, and the way on.

The pages know their own step only; everything that holds for all of them stands here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from time import perf_counter
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from needlelog.clock import local
from needlelog.domain.findings import Gate, StepId
from needlelog.domain.session import DraftSummary
from needlelog.errors import Fault, FaultCode
from needlelog.services.desk import Desk
from needlelog.workflow.flow import Standing, StepState
from ui.screens.session.drawer import FindingsDrawer
from ui.screens.session.frames import PageStack, WideFrame, scrolled
from ui.screens.session.page import StepPage
from ui.screens.session.presenter import SessionPresenter
from ui.screens.session.reasons import override_phrases, skip_phrases
from ui.screens.session.timers import running, running_elsewhere
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.screen import Screen, ToClient, ToRecord, ToSession
from ui.toolkit.tab_order import first_stop
from ui.toolkit.theme import SPACE
from ui.widgets.client_banner import ClientBanner
from ui.widgets.client_facts import banner_facts
from ui.widgets.saved_mark import SavedMark
from ui.widgets.step_rail import StepRail, StepShown
from ui.widgets.step_rail import StepState as Shown
from ui.widgets.timer_strip import TimerShown, TimerStrip

_SHOWN = {
    StepState.OPEN: Shown.OPEN,
    StepState.BEGUN: Shown.OPEN,
    StepState.DONE: Shown.DONE,
    StepState.ATTENTION: Shown.ATTENTION,
    StepState.NOT_APPLICABLE: Shown.NOT_APPLICABLE,
}

# Pages are imported when a visit is first opened, not when the program starts.
_PAGES = {
    StepId.CONSULTATION: ("consultation", "ConsultationPage"),
    StepId.CONSENT: ("consent", "ConsentPage"),
    StepId.CLEANSING: ("cleansing", "CleansingPage"),
    StepId.NUMBING: ("numbing", "NumbingPage"),
    StepId.NEEDLING: ("needling", "NeedlingPage"),
    StepId.SERUM: ("serum", "SerumPage"),
    StepId.COOLING: ("cooling", "CoolingPage"),
    StepId.REACTIONS: ("reactions", "ReactionsPage"),
    StepId.AFTERCARE: ("aftercare", "AftercarePage"),
}


class SessionScreen(Screen):
    """One open visit. Pages are made when they are first entered."""

    def __init__(
        self,
        kit: Kit,
        desk: Desk,
        draft_id: UUID,
        parent: QWidget | None = None,
        *,
        seconds: Callable[[], float] = perf_counter,
    ) -> None:
        super().__init__(kit.tr("Visit"), parent)
        self._kit = kit
        self._desk = desk
        flow, judge = desk.sessions.resume(draft_id)
        self.presenter = SessionPresenter(flow, judge, kit.clock.now, self, seconds=seconds)
        self.client_id = flow.draft.client_id
        self._pages: dict[StepId, StepPage] = {}
        self._holders: dict[StepId, QWidget] = {}
        self._shown: StepId | None = None
        self._others: tuple[DraftSummary, ...] = ()
        self._found_worn = ("", "")
        self._timers_shown: list[TimerShown] = []
        self._build()
        self._connect()
        self._show_all()

    @property
    def draft_id(self) -> UUID:
        """The visit."""
        return self.presenter.draft.id

    # coming and going

    def activate(self) -> None:
        """Look at the client, the list and the clock afresh, and go on where it was left."""
        self.presenter.refresh()
        self.presenter.watch(True)
        self._look_elsewhere()
        self._shown = None
        self._show_all()

    def deactivate(self) -> bool:
        """Commit and save everything; False while the disk does not take it."""
        self.page.leaving()
        self._drawer.close_drawer()
        saved = self.presenter.flush()
        if saved:
            self.presenter.watch(False)
        return saved

    @property
    def page(self) -> StepPage:
        """The page of the current step."""
        return self._page(self.presenter.draft.step)

    # building

    def _build(self) -> None:
        kit = self._kit
        self._banner = ClientBanner(kit.theme, kit.tr)
        self._timers = TimerStrip(kit.theme, kit.tr, kit.clock, self.presenter.draft.time_zone)
        self._rail = StepRail(kit.theme, kit.tr)
        self._stack = PageStack()
        self._bar = self._build_bar()
        self._drawer = FindingsDrawer(kit, self, self._banner, self._bar, self._found)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._banner)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self._rail)
        body.addLayout(self._build_centre(), 1)
        whole.addLayout(body, 1)
        whole.addWidget(self._bar)

    def _build_centre(self) -> QVBoxLayout:
        tr = self._kit.tr
        self._heading = label("", "title")
        self._skip = button(self._kit.theme, tr("Does not apply today"), "quiet")
        head = QHBoxLayout()
        head.setSpacing(SPACE * 2)
        head.addWidget(self._heading)
        head.addWidget(self._timers, 100)
        head.addStretch(1)
        head.addWidget(self._skip)
        centre = QVBoxLayout()
        centre.setContentsMargins(SPACE * 2, SPACE, SPACE * 3, SPACE)
        centre.setSpacing(SPACE)
        centre.addLayout(head)
        centre.addWidget(self._build_skipped())
        centre.addWidget(self._stack, 1)
        return centre

    def _build_skipped(self) -> QFrame:
        self._skipped = QFrame()
        self._skipped.setProperty("surface", "raised")
        row = QHBoxLayout(self._skipped)
        row.setContentsMargins(SPACE * 2, SPACE, SPACE, SPACE)
        self._skipped_text = label("", "body", wrap=True)
        self._applies = button(self._kit.theme, self._kit.tr("Applies after all"), "quiet", "undo")
        row.addWidget(self._skipped_text, 1)
        row.addWidget(self._applies)
        return self._skipped

    def _build_bar(self) -> QFrame:
        tr, theme = self._kit.tr, self._kit.theme
        bar = QFrame()
        bar.setProperty("surface", "bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(SPACE * 3, SPACE, SPACE * 3, SPACE)
        row.setSpacing(SPACE * 2)
        self._back = button(theme, tr("Back"), "secondary", "back")
        self._adverse = button(theme, tr("Adverse reaction"), "danger", "warning")
        self._saved = SavedMark(theme, tr, self.presenter.draft.time_zone)
        self._found = button(theme, "", "quiet", "info")
        self._next = button(theme, tr("Next"), "primary", "next", chair=True)
        row.addWidget(self._back)
        row.addWidget(self._adverse)
        row.addStretch(1)
        row.addWidget(self._saved)
        row.addWidget(self._found)
        row.addStretch(1)
        row.addWidget(self._next)
        return bar

    def _connect(self) -> None:
        self.presenter.draft_changed.connect(self._show_all)
        self.presenter.findings_changed.connect(self._show_findings)
        self.presenter.saved.connect(self._on_saved)
        self.presenter.save_failed.connect(self._on_save_failed)
        self.presenter.refused.connect(self._on_refused)
        self.presenter.show_field.connect(self.go_to_field)
        self.presenter.findings_wanted.connect(self._open_drawer)
        self.presenter.looked.connect(self._on_looked)
        self._rail.step_chosen.connect(lambda key: self._leave_to(StepId(key)))
        self._timers.timer_chosen.connect(self._on_timer_chosen)
        self._back.clicked.connect(self._on_back)
        self._next.clicked.connect(self._on_next)
        self._adverse.clicked.connect(lambda: self.go_to_field(StepId.REACTIONS, "adverse"))
        self._found.clicked.connect(self._on_found_clicked)
        self._skip.clicked.connect(self._on_skip)
        self._applies.clicked.connect(lambda: self.presenter.take_back_skip(self.presenter.draft.step))
        self._drawer.show_requested.connect(self._on_finding_shown)
        self._drawer.override_requested.connect(self._on_override)
        for keys, slot in (
            ("Ctrl+Return", self._on_next),
            ("Ctrl+Enter", self._on_next),
            ("Ctrl+Shift+Return", self._on_back),
            ("Ctrl+Shift+Enter", self._on_back),
        ):
            QShortcut(QKeySequence(keys), self, slot)
        self.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self:
            self._drawer.place()
        return super().eventFilter(watched, event)

    # pages

    def _page(self, step: StepId) -> StepPage:
        if step not in self._pages:
            module, name = _PAGES[step]
            kind = getattr(import_module(f"ui.screens.session.pages.{module}"), name)
            page: StepPage = kind(self._kit, self._desk, self.presenter)
            page.next_requested.connect(self._on_next)
            if step is StepId.AFTERCARE:
                page.signed.connect(self._on_signed)  # type: ignore[attr-defined]  # only the last page signs
            self._pages[step] = page
            self._holders[step] = WideFrame(page, page.least_height) if page.wide else scrolled(page)
            self._stack.addWidget(self._holders[step])
        return self._pages[step]

    def _show_all(self) -> None:
        draft = self.presenter.draft
        page = self._page(draft.step)
        step_changed = self._shown is not draft.step
        self._shown = draft.step
        self._stack.setCurrentWidget(self._holders[draft.step])
        self._rail.give_room(page.broad)
        page.show_draft(draft)
        self._show_banner()
        self._show_rail()
        self._show_skip()
        if step_changed:
            self._enter(page)
        self._show_timers()
        self._show_findings()
        self._show_saved()

    def _enter(self, page: StepPage) -> None:
        page.entered()
        held = self.focusWidget()
        if held is None or not page.isAncestorOf(held):
            stop = first_stop(page)
            if stop:
                stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_saved(self) -> None:
        if self.presenter.failing:
            return
        if self.presenter.unsaved:
            self._saved.saving()
        elif self.presenter.saved_at:
            self._saved.saved(self.presenter.saved_at)
            self._saved.setToolTip("")

    def _show_banner(self) -> None:
        client, draft = self.presenter.client, self.presenter.draft
        day = local(self._kit.clock.now(), draft.time_zone).date()
        self._banner.show_client(banner_facts(client, day, self._desk.knowledge.ages.values()))

    def _show_rail(self) -> None:
        tr, draft = self._kit.tr, self.presenter.draft
        standings = self.presenter.standings
        shown = [
            _step_shown(standing, number, tr(standing.step.title), standing.step.id is draft.step)
            for number, standing in enumerate(standings, 1)
        ]
        self._rail.show_steps(shown, draft.step.value)
        number = [standing.step.id for standing in standings].index(draft.step) + 1
        self._heading.setText(tr("{number}  {title}", number=number, title=tr(standings[number - 1].step.title)))
        self._back.setEnabled(number > 1)
        self._next.setVisible(number < len(standings))

    def _show_skip(self) -> None:
        draft = self.presenter.draft
        current = next(step for step in self.presenter.flow.steps if step.id is draft.step)
        skipped = draft.skip_of(draft.step)
        self._skip.setVisible(current.skippable and skipped is None)
        self._skipped.setVisible(skipped is not None)
        self._stack.setEnabled(skipped is None)
        if skipped:
            self._skipped_text.setText(self._kit.tr("Does not apply today: {reason}", reason=skipped.reason))

    def _show_timers(self) -> None:
        draft, tr = self.presenter.draft, self._kit.tr
        here = running(draft, tr)
        there = running_elsewhere(self._others, draft, tr)
        shown = [
            TimerShown(one.key, one.label, one.since, one.warn_after_s, one.over_after_s) for one in (*here, *there)
        ]
        if shown != self._timers_shown:
            self._timers_shown = shown
            self._timers.show_timers(shown)

    def _look_elsewhere(self) -> None:
        """Read the other open visits: when this one comes up and now and then, not at each tap."""
        self._others = self._desk.sessions.open()

    def _show_findings(self) -> None:
        tr = self._kit.tr
        draft = self.presenter.draft
        if self._drawer.isVisible():
            self._drawer.show_findings(self.presenter.findings, draft)
        count = sum(1 for one in self.presenter.findings if draft.override_of(one.key) is None)
        shut = len(self.presenter.open_findings(Gate.NEEDLING))
        text = tr.plural("{count} finding", "{count} findings", count) if count else tr("No findings")
        self._found.setText(text)
        self._found.setAccessibleName(text)
        worn = ("warning", "hold") if shut else ("info", "accent")
        if worn != self._found_worn:
            self._found_worn = worn
            self._kit.theme.set_icon(self._found, *worn, 24)

    # moving

    def _leave_to(self, step: StepId) -> None:
        self.page.leaving()
        self.presenter.go_to(step)

    def go_to_field(self, step: StepId, field: str) -> None:
        """Go to a step's page and put the focus on an entry."""
        if step is not self.presenter.draft.step:
            self._leave_to(step)
        self._drawer.close_drawer()
        if field:
            self._page(step).focus_field(field)

    def _on_next(self) -> None:
        self.page.leaving()
        self.presenter.next()

    def _on_back(self) -> None:
        self.page.leaving()
        self.presenter.back()

    def _on_timer_chosen(self, key: str) -> None:
        kind, _, value = key.partition(":")
        if kind == "step":
            self._leave_to(StepId(value))
        elif self.deactivate():
            self.go.emit(ToSession(UUID(value)))

    def _on_skip(self) -> None:
        tr, step = self._kit.tr, self.presenter.draft.step
        self.page.leaving()
        if not self.presenter.may_skip(step):
            return
        reason = self._kit.dialogs.ask_text(
            self,
            tr("This step does not apply today"),
            tr("Why?"),
            tr("Mark as not applying"),
            True,
            skip_phrases(step, tr),
        )
        if reason:
            self.presenter.skip(step, reason)

    # findings

    def _open_drawer(self) -> None:
        self._drawer.show_findings(self.presenter.findings, self.presenter.draft)
        self._drawer.open_drawer()

    def _on_found_clicked(self) -> None:
        if self._drawer.isVisible():
            self._drawer.close_drawer()
        else:
            self._open_drawer()

    def _on_looked(self) -> None:
        self._look_elsewhere()
        self._show_timers()

    def _on_finding_shown(self, key: str) -> None:
        finding = next((one for one in self.presenter.findings if one.key == key), None)
        if finding:
            self.go_to_field(finding.step, finding.field)

    def _on_override(self, key: str) -> None:
        finding = next((one for one in self.presenter.findings if one.key == key), None)
        if finding is None:
            return
        tr = self._kit.tr
        reason = self._kit.dialogs.ask_text(
            self,
            finding.title,
            tr("Why do you go on? This stands in the record."),
            tr("Go on with this reason"),
            True,
            override_phrases(tr),
        )
        if reason:
            self.presenter.override(finding, reason)

    # saving

    def _on_saved(self, moment: datetime) -> None:
        self._saved.saved(moment)

    def _on_save_failed(self, fault: Fault, since: datetime | None) -> None:
        self._saved.not_saved(since or self.presenter.draft.started_at)
        self._saved.setToolTip(str(self._kit.tr.fault(fault)))

    def _on_refused(self, fault: Fault) -> None:
        self._kit.dialogs.tell(self, self._kit.tr.fault(fault))
        if fault.code is FaultCode.NEEDLING_NOT_CLEARED:
            self._open_drawer()

    def _on_signed(self, session_id: object) -> None:
        self.presenter.watch(False)
        if isinstance(session_id, UUID):
            self.go.emit(ToRecord(session_id))
        else:
            self.go.emit(ToClient(self.presenter.draft.client_id))


def _step_shown(standing: Standing, number: int, title: str, current: bool) -> StepShown:
    state = _SHOWN[standing.state]
    if current and state is Shown.OPEN:
        state = Shown.NOW
    return StepShown(standing.step.id.value, number, title, state)
