"""A visit on the screen: which page shows, and what taps on what stands around the pages mean.

The pages know their own step only; the shell shows what holds for all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from time import perf_counter
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from needlelog.clock import local
from needlelog.domain.findings import Gate, StepId
from needlelog.domain.session import DraftSummary
from needlelog.domain.text import LEAST_IN_REASON
from needlelog.errors import Fault, FaultCode
from needlelog.exchange.codes import may_be_scan
from needlelog.rules.limits_in_force import draft_in_force
from needlelog.rules.places import place_of
from needlelog.services.desk import Desk
from ui.screens.session.answering import Answering
from ui.screens.session.page import StepPage
from ui.screens.session.presenter import SessionPresenter
from ui.screens.session.reasons import skip_phrases
from ui.screens.session.scanning import VisitScans
from ui.screens.session.shell import VisitShell
from ui.screens.session.step_pages import StepPages
from ui.screens.session.timers import running, running_elsewhere
from ui.toolkit.kit import Kit
from ui.toolkit.screen import Route, Screen, ToClient, ToEntry, ToRecord, ToSession
from ui.toolkit.tab_order import first_stop
from ui.toolkit.tasks import Lane
from ui.widgets.client_facts import banner_facts
from ui.widgets.paper_pages import looked_at
from ui.widgets.scan_watch import ScanWatch
from ui.widgets.shield import Shield
from ui.widgets.timer_strip import TimerShown
from ui.widgets.toast import Toast

AHEAD_MS = 1500
"""How long a visit is on the screen before its papers are got ready."""


class SessionScreen(Screen):
    """One open visit: what taps mean, and which page shows. Pages are made when they are first entered."""

    needs_room = True

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
        self._shown: StepId | None = None
        self._others: tuple[DraftSummary, ...] = ()
        self._recalled: tuple[str, ...] = ()
        self._shell = VisitShell(kit, flow.draft.time_zone)
        self._answering = Answering(kit, desk, self.presenter, self._shell.drawer, self)
        self._toast = Toast(kit.theme, kit.tr, self._shell.stack)
        self._shield = Shield(self._shell.stack)
        self._ahead: QTimer | None = QTimer(self)
        self._ahead.setSingleShot(True)
        self._ahead.setInterval(AHEAD_MS)
        self._ahead.timeout.connect(self._get_papers_ready)
        self._pages = StepPages(kit, desk, self.presenter, self._shell.stack)
        self.scans = VisitScans(kit, desk, self.presenter, lambda: self.page, self._leave_to, self._shell.scan_notice)
        self.scan_watch = ScanWatch(self, may_be_scan, seconds=seconds)
        self.scan_watch.scanned.connect(self.scans.take)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._shell)
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
        if self._ahead is not None:
            self._ahead.start()

    def deactivate(self) -> bool:
        """Commit and save everything; False while the disk does not take it."""
        self.page.leaving()
        self._shell.drawer.close_drawer()
        if self._ahead is not None:
            self._ahead.stop()
        saved = self.presenter.flush()
        if saved:
            self.presenter.watch(False)
        return saved

    def _get_papers_ready(self) -> None:
        """Make the sheet once for nobody: fonts, texts and the page are there long before the client waits for them."""
        self._ahead = None
        draft, client, papers = self.presenter.draft, self.presenter.client, self._desk.papers

        def work() -> None:
            StepPages.load(StepId.AFTERCARE)
            looked_at(papers.aftercare(draft, client).data)

        # Why there can be none is said where it is wanted.
        self._kit.tasks.run(work, self._on_papers_ready, self._on_papers_ready, owner=self, lane=Lane.PAPERS)

    def _on_papers_ready(self, _: object) -> None:
        self._pages.page(StepId.AFTERCARE)

    @property
    def page(self) -> StepPage:
        """The page of the current step."""
        return self._pages.page(self.presenter.draft.step)

    def _connect(self) -> None:
        presenter, shell = self.presenter, self._shell
        presenter.draft_changed.connect(self._show_all)
        presenter.findings_changed.connect(self._show_findings)
        presenter.saved.connect(shell.show_saved)
        presenter.save_failed.connect(self._on_save_failed)
        presenter.refused.connect(self._on_refused)
        presenter.show_field.connect(self.go_to_field)
        presenter.route_wished.connect(self._on_route_wished)
        presenter.findings_wanted.connect(self._open_drawer)
        presenter.looked.connect(self._on_looked)
        self._pages.next_requested.connect(self._on_next)
        self._pages.turned.connect(self._show_standings)
        self._pages.went_on.connect(self._on_went_on)
        self._pages.signed.connect(self._on_signed)
        self._pages.code_entered.connect(self.scans.take)
        shell.step_chosen.connect(self._leave_to)
        shell.head.timers.timer_chosen.connect(self._on_timer_chosen)
        shell.head.skip_asked.connect(self._on_skip)
        shell.head.applies_asked.connect(lambda: presenter.take_back_skip(presenter.draft.step))
        shell.bar.back_asked.connect(self._on_back)
        shell.bar.next_asked.connect(self._on_next)
        shell.bar.adverse_asked.connect(lambda: self.go_to_field(StepId.REACTIONS, "adverse"))
        shell.bar.findings_asked.connect(self._on_found_clicked)
        shell.drawer.show_requested.connect(self._on_finding_shown)
        shell.drawer.read_requested.connect(self._on_read)
        for keys, slot in (
            ("Ctrl+Return", self._on_next),
            ("Ctrl+Enter", self._on_next),
            ("Ctrl+Shift+Return", self._on_back),
            ("Ctrl+Shift+Enter", self._on_back),
        ):
            QShortcut(QKeySequence(keys), self, slot)

    # showing

    def _show_all(self) -> None:
        draft = self.presenter.draft
        step_changed = self._shown is not draft.step
        self._shown = draft.step
        page = self._pages.show(draft.step)
        self._shell.rail.give_room(page.broad)
        page.show_draft(draft)
        self._show_banner()
        self._show_standings()
        self._show_skip()
        if step_changed:
            self._shell.scan_notice.quiet()
            self._enter(page)
        self._show_timers()
        self._show_findings()
        self._show_saved()

    def _enter(self, page: StepPage) -> None:
        page.entered()
        # The window knows who has the focus; this screen would name a part of a page that was hidden just now.
        held = self.window().focusWidget()
        if held is None or not page.isAncestorOf(held):
            stop = first_stop(page)
            if stop:
                stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_standings(self) -> None:
        self._shell.show_standings(self.presenter.standings, self.presenter.draft.step, inside=self.page.has_before())

    def _show_saved(self) -> None:
        if self.presenter.failing:
            return
        if self.presenter.unsaved:
            self._shell.bar.saved.saving()
        elif self.presenter.saved_at:
            self._shell.show_saved(self.presenter.saved_at)

    def _show_banner(self) -> None:
        client, draft = self.presenter.client, self.presenter.draft
        day = local(self._kit.clock.now(), draft.time_zone).date()
        ages = self._desk.knowledge.ages.values()
        self._shell.banner.show_client(banner_facts(client, day, ages, self._recalled))

    def _show_skip(self) -> None:
        draft = self.presenter.draft
        current = next(step for step in self.presenter.flow.steps if step.id is draft.step)
        self._shell.show_skip(draft, skippable=current.skippable)

    def _show_timers(self) -> None:
        draft, tr = self.presenter.draft, self._kit.tr
        before = self._desk.knowledge.alarm.warn_before_min
        around = self.presenter.around
        here = running(draft_in_force(draft, around.products, around.knowledge), tr, before)
        there = running_elsewhere(self._others, draft, tr, before)
        self._shell.head.show_timers(
            [
                TimerShown(
                    one.key,
                    one.label,
                    one.since,
                    one.warn_after_s,
                    one.over_after_s,
                    one.enough_after_s,
                    one.usual_to_min,
                    one.short,
                )
                for one in (*here, *there)
            ]
        )

    def _look_elsewhere(self) -> None:
        """Read other open visits and recalls: when this visit comes up and now and then, not at each tap."""
        self._others = self._desk.sessions.open()
        self._recalled = self._desk.stock.recalled_lots_of(self.presenter.draft.client_id)

    def _show_findings(self) -> None:
        if self._shell.drawer.isVisible():
            self._fill_drawer()
        due = [one.finding for one in self.presenter.open_points() if one.due]
        decide = sum(1 for one in due if one.gate is not Gate.NONE)
        self._shell.show_found(decide, sum(1 for one in due if one.is_precaution))

    # moving

    def _leave_to(self, step: StepId) -> None:
        self.page.leaving()
        self.presenter.go_to(step)

    def go_to_field(self, step: StepId, field: str) -> None:
        """Go to a step's page and put the focus on an entry."""
        if step is not self.presenter.draft.step:
            self._leave_to(step)
        self._shell.drawer.close_drawer()
        if field:
            self._pages.page(step).focus_field(field)

    def show_entry(self, entry: str) -> None:
        """Go to where an anaesthetic is taken off; ``entry`` is its ``numbing:<id>``."""
        if any(entry == f"{StepId.NUMBING}:{one.id}" for one in self.presenter.draft.numbing):
            self.go_to_field(StepId.NUMBING, entry)

    def _on_next(self) -> None:
        self.page.leaving()
        if not self.page.goes_on():
            self.presenter.next()

    def _on_went_on(self, said: str, undo: Callable[[], None]) -> None:
        """To the next step by itself, with the way back for a while: to that step, as it was."""
        step = self.presenter.draft.step
        self.page.leaving()
        if not self.presenter.next():
            return

        def take_back() -> None:
            self._leave_to(step)
            undo()

        self._toast.offer(said, take_back)
        self._shield.cover(self._kit.pause_s)

    def _on_back(self) -> None:
        self.page.leaving()
        if not self.page.goes_back():
            self.presenter.back()

    def _on_timer_chosen(self, key: str) -> None:
        kind, _, value = key.partition(":")
        if kind == "step":
            step, _, field = value.partition(":")
            self.go_to_field(StepId(step), field)
        elif self.deactivate():
            self.go.emit(ToSession(UUID(value)))

    def _on_route_wished(self, route: Route) -> None:
        if self.deactivate():
            self.go.emit(route)

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
            least=LEAST_IN_REASON,
        )
        if reason:
            self.presenter.skip(step, reason)

    # findings

    def _open_drawer(self) -> None:
        self._fill_drawer()
        self._shell.drawer.open_drawer()

    def _fill_drawer(self) -> None:
        presenter = self.presenter
        places = {step.id: self._kit.tr(step.title) for step in presenter.flow.steps}
        self._shell.drawer.show_points(
            presenter.open_points(), presenter.findings, presenter.flow.draft, places, self._desk.knowledge
        )

    def _on_found_clicked(self) -> None:
        if self._shell.drawer.isVisible():
            self._shell.drawer.close_drawer()
        else:
            self._open_drawer()

    def _on_looked(self) -> None:
        self._look_elsewhere()
        self._show_timers()
        self._show_banner()

    def _on_finding_shown(self, key: str) -> None:
        finding = next((one for one in self.presenter.findings if one.key == key), None)
        if finding:
            self.go_to_field(finding.step, finding.field)

    def _on_read(self, key: str) -> None:
        finding = next((one for one in self.presenter.findings if one.key == key), None)
        place = place_of(finding, self._desk.knowledge) if finding else ""
        if place:
            self.go.emit(ToEntry(place))

    # saving

    def _on_save_failed(self, fault: Fault, since: datetime | None) -> None:
        self._shell.show_not_saved(since or self.presenter.draft.started_at, fault)

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
