"""The template screen: a paper's texts on the left, the chosen one in the middle, the paper as it prints beside it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout

from needlelog.domain.own_texts import SheetKind
from needlelog.errors import Fault, FaultCode
from needlelog.services.desk import Desk
from needlelog.services.templates import Checked
from ui.screens.templates.contents import listed
from ui.screens.templates.head_bar import sheet_name
from ui.screens.templates.news import news_told
from ui.screens.templates.parts import Parts
from ui.screens.templates.workbench import Workbench
from ui.toolkit.dialogs import Leaving
from ui.toolkit.kit import Kit
from ui.toolkit.screen import Route, Screen, ToEntry, ToTemplates

REST_MS = 600
"""What is wrong is said once nobody has typed for so long: a brace that is just being typed is no mistake yet."""


class TemplatesScreen(Screen):
    """The texts of ``sheet`` in ``language``, and what the same person was writing on them before.

    ``unsaved`` ones were being written on top of version ``beside``, and the disk did not take them.
    """

    asks_before_leaving = True
    needs_room = True
    knowledge_changed = Signal()
    """Other words count now: what other screens show of the papers is old."""

    def __init__(
        self,
        kit: Kit,
        desk: Desk,
        sheet: str = SheetKind.AFTERCARE,
        language: str = "en",
        unsaved: tuple[tuple[str, str], ...] | None = None,
        left_out: tuple[str, ...] = (),
        beside: int = 0,
    ) -> None:
        super().__init__(kit.tr("Wording of the papers"))
        self._kit = kit
        self._desk = desk
        self._bench = Workbench(desk, kit.tr, SheetKind(sheet), language)
        self._wrong: Mapping[str, str] = {}
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._say_wrong)
        self._build()
        if unsaved is not None:
            self._bench.go_on(dict(unsaved), left_out, beside)
            self.parts.half_written.take_along(self._bench)
        else:
            self.parts.half_written.open(self._bench)
        self._show_paper()

    def _build(self) -> None:
        self.parts = parts = Parts(self._kit, self._desk)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(parts)
        parts.head.asked.connect(self._on_paper_asked)
        parts.head.versions_asked.connect(self.show_versions)
        parts.side.reached.connect(self._on_reached)
        parts.form.changed.connect(self._on_changed)
        parts.form.rested.connect(self._say_wrong)
        parts.form.asked.connect(lambda place: self.go.emit(ToEntry(place)))
        parts.keeping.history_asked.connect(self._on_look_first)
        parts.versions.left.connect(self._show_texts)
        parts.versions.back_asked.connect(self._on_back_asked)
        parts.middle.currentChanged.connect(self._show_checked)
        parts.half_written.settled.connect(self._show_state)
        parts.preview.tried.connect(self._say_wrong)
        parts.foot.use_asked.connect(self._on_use)
        parts.foot.review_asked.connect(self._ask_to_keep)
        parts.foot.discard_asked.connect(self._on_discard)
        parts.foot.back_asked.connect(self._show_texts)

    # coming and going

    def activate(self) -> None:
        """Show what counts now, unless something is being written; the pages follow."""
        if not self._bench.wording.unsaved:
            self._bench.reload()
            self._show_paper(self.parts.side.list.key())
        if self.focusWidget() is None:
            self.parts.side.search.setFocus()

    def deactivate(self) -> bool:
        """Offer to keep what was written; False while it cannot be, or on the wish to stay."""
        self._rest.stop()
        self.parts.preview.rest()
        return self._settled()

    def keep(self) -> bool:
        """Nothing half-written counts by itself: it is kept as a draft, or taken along by ``way_back``."""
        self.parts.half_written.save()
        return True

    def way_back(self, route: Route) -> Route:
        bench, wording = self._bench, self._bench.wording
        if not isinstance(route, ToTemplates):
            return route
        if not wording.unsaved or self.parts.half_written.saved_at is not None:
            return ToTemplates(bench.sheet, bench.language)
        written = tuple(sorted(wording.typed.items()))
        return ToTemplates(bench.sheet, bench.language, written, tuple(sorted(wording.left_out)), wording.number)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._rest.stop()
        self.parts.half_written.flush()

    # showing

    @property
    def bench(self) -> Workbench:
        """The paper that is open."""
        return self._bench

    def show_line(self, key: str) -> None:
        """Show this line of the paper and stand at it in the list."""
        group, line = self._bench.lines[key]
        self.parts.side.list.mark(key)
        self.parts.form.show_line(
            line,
            group.name,
            self._bench.sheet,
            self._bench.wording,
            right_to_left=self._bench.right_to_left,
            shipped_then=self._bench.current.shipped if self._bench.current is not None else "",
        )
        self.parts.turn_to(self.parts.form)
        self._show_checked()
        self.parts.form.show_wrong(self._wrong)

    def show_versions(self) -> None:
        """Show every version that was kept."""
        bench, current = self._bench, self._bench.current
        self.parts.versions.show_versions(
            bench.history,
            bench.wording.shipped,
            bench.names,
            current=current.number if current else 0,
            right_to_left=bench.right_to_left,
        )
        self.parts.turn_to(self.parts.versions)
        self.parts.versions.back.setFocus()

    def _show_paper(self, key: str = "") -> None:
        bench = self._bench
        self.parts.head.show_paper(bench.sheet, bench.language, bench.languages)
        self.title = f"{self._kit.tr('Wording of the papers')}: {sheet_name(self._kit.tr, bench.sheet)}"
        self._wrong = {}
        self.parts.side.show_groups(bench.groups, bench.wording)
        self.show_line(key if key in bench.lines else bench.first_line())
        self.parts.notice.say(news_told(self._kit.tr, self._bench, self._desk.wordings.notices()))
        self._say_wrong()
        self._preview(self._show_checked(), at_once=True)

    def _show_checked(self) -> Checked:
        checked = self._bench.check()
        self.parts.form.show_checked(checked)
        self.parts.foot.show_reading(checked.reading)
        self._show_state()
        return checked

    def _show_state(self) -> None:
        bench = self._bench
        self.parts.foot.show_state(
            bench.current,
            len(bench.changed()),
            saved_at=self.parts.half_written.saved_at,
            last_look=self.parts.shows(self.parts.keeping),
            again=bench.overtaken,
        )

    def _say_wrong(self) -> None:
        self._rest.stop()
        self._wrong = {**self._too_long(), **self._bench.wrong(self._bench.check())}
        self.parts.side.list.show_wrong(self._wrong)
        self.parts.form.show_wrong(self._wrong)

    def _too_long(self) -> Mapping[str, str]:
        """Said at the text that grew most, where the paper was tried with these words and is too long."""
        fault = self.parts.preview.problem_with(self._bench.wording.texts())
        if fault is None or fault.code is not FaultCode.WORDING_TOO_LONG:
            return {}
        return {str(fault.values["key"]): str(self._kit.tr.fault(fault))}

    def _preview(self, checked: Checked, *, at_once: bool = False) -> None:
        bench = self._bench
        self.parts.preview.show_texts(
            bench.sheet, bench.language, bench.wording.texts(), printable=checked.ready, at_once=at_once
        )

    def _show_texts(self) -> None:
        self.parts.turn_to(self.parts.form)
        self.parts.form.start()

    # what somebody does

    def _on_changed(self) -> None:
        self.parts.side.list.remark(self.parts.side.list.key())
        self.parts.half_written.changed()
        self._preview(self._show_checked())
        self._rest.start()

    def _on_reached(self, key: str) -> None:
        self._say_wrong()
        self.show_line(key)

    def _on_paper_asked(self, sheet: SheetKind, language: str) -> None:
        key = self.parts.form.key
        if not self._settled():
            return
        self._bench = Workbench(self._desk, self._kit.tr, sheet, language)
        self.parts.half_written.open(self._bench)
        self._show_paper(key)
        self.parts.side.reveal(self.parts.form.key)

    def _on_discard(self) -> None:
        tr = self._kit.tr
        names = listed(self._bench.changed())
        title, text = tr("Discard what you changed?"), tr("It is lost for good: {names}.", names=names)
        if self._kit.dialogs.ask(self, title, text, tr("Discard"), tr("Go on writing"), danger=True):
            self._discard()

    def _discard(self) -> None:
        try:
            self._bench.discard()
        except Fault as fault:
            self._kit.dialogs.tell(self, self._kit.tr.fault(fault))
            return
        self.parts.half_written.forget()
        self._show_paper(self.parts.side.list.key())

    # keeping

    def _on_use(self) -> None:
        if self.parts.shows(self.parts.keeping):
            self._on_kept()
        else:
            self._ask_to_keep()

    def _ask_to_keep(self) -> None:
        """The last look before it counts; to the first text that cannot be kept, where there is one."""
        bench = self._bench
        self._say_wrong()
        if self._wrong:
            self._go_to_wrong(self._wrong)
            return
        checked = bench.check()
        self.parts.keeping.show_step(
            bench.changed(),
            bench.weakened(checked),
            bench.to_confirm(checked),
            bench.current,
            right_to_left=bench.right_to_left,
        )
        self.parts.keeping.say(self.parts.preview.problem())
        self.parts.turn_to(self.parts.keeping)
        self.parts.keeping.start()

    def _go_to_wrong(self, wrong: Mapping[str, str]) -> None:
        """Show the first line that keeps the wording from being kept, and why, at its entry."""
        self._wrong = wrong
        self.parts.side.list.show_wrong(wrong)
        self.show_line(self._bench.line_of(next(iter(wrong))).key)
        self.parts.form.start()

    def _on_kept(self) -> None:
        said = self.parts.keeping.check()
        if said is not None and self._keep(*said):
            self._show_paper(self.parts.side.list.key())
            self.parts.side.search.setFocus()

    def _keep(self, reason: str = "", reviewed_by: str = "", confirmed: tuple[str, ...] = ()) -> bool:
        try:
            self._bench.keep(reason, reviewed_by, confirmed)
        except Fault as fault:
            if fault.code is FaultCode.WORDING_TOO_LONG:
                self._go_to_wrong({str(fault.values["key"]): str(self._kit.tr.fault(fault))})
                return False
            meanwhile = fault.code is FaultCode.WORDING_KEPT_MEANWHILE
            self.parts.keeping.say(str(self._kit.tr.fault(fault)), kept_meanwhile=meanwhile)
            return False
        self.parts.half_written.forget()
        self.knowledge_changed.emit()
        return True

    def _on_look_first(self) -> None:
        self._bench.follow()
        self.parts.half_written.changed()
        self.parts.side.show_groups(self._bench.groups, self._bench.wording)
        self.show_line(self.parts.side.list.key() or next(iter(self._bench.lines)))
        self.show_versions()

    def _on_back_asked(self, number: int) -> None:
        tr = self._kit.tr
        if not self._settled():
            return
        if self._bench.take_up(number):
            # It was kept before anybody was asked: it counts by the way of what is written now.
            self.parts.half_written.changed()
            self.parts.side.show_groups(self._bench.groups, self._bench.wording)
            self.show_line(self._bench.first_line())
            self._preview(self._show_checked())
            self._ask_to_keep()
            return
        title = tr("Go back to version {number}", number=number) if number else tr("Go back to the shipped wording")
        reason = self._kit.dialogs.ask_text(
            self,
            title,
            tr("Why? It is kept as a new version, and nothing of the others is lost."),
            tr("Go back"),
            least=3,
        )
        if reason is None:
            return
        try:
            self._bench.back_to(number, reason)
        except Fault as fault:
            self._kit.dialogs.tell(self, tr.fault(fault))
            return
        self.knowledge_changed.emit()
        self._show_paper(self.parts.side.list.key())
        self.show_versions()

    def _settled(self) -> bool:
        """Whether the paper may be left: nothing is being written, or it was kept or thrown away on purpose."""
        bench, tr = self._bench, self._kit.tr
        if not bench.wording.unsaved:
            return True
        title = tr("This wording is not in use yet")
        text = tr("Use this wording, discard what you changed for good, or stay here?")
        answer = self._kit.dialogs.ask_leaving(self, title, text, tr("Use this wording"))
        if answer is Leaving.DISCARD:
            self._discard()
            return not bench.wording.unsaved
        if answer is Leaving.STAY:
            return False
        self._ask_to_keep()
        # What weakens a rule wants its reason written first.
        return not self._wrong and self._keep()
