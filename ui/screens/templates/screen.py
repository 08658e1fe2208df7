"""The template screen: the texts of a paper on the left, the chosen one in the middle, the paper as it prints beside."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from needlelog.domain.own_texts import SheetKind
from needlelog.errors import Fault, FaultCode
from needlelog.services.desk import Desk
from ui.screens.templates.foot_bar import FootBar
from ui.screens.templates.head_bar import HeadBar, sheet_name
from ui.screens.templates.history_page import HistoryPage
from ui.screens.templates.keep_page import KeepPage
from ui.screens.templates.line_form import LineForm
from ui.screens.templates.list_side import ListSide
from ui.screens.templates.preview_pane import PreviewPane
from ui.screens.templates.workbench import Workbench
from ui.toolkit.dialogs import Leaving
from ui.toolkit.kit import Kit
from ui.toolkit.screen import Route, Screen, ToEntry, ToTemplates
from ui.toolkit.theme import SPACE
from ui.widgets.card import hairline
from ui.widgets.notice import Notice

REST_MS = 600
"""What is wrong is said once nobody has typed for so long: a brace that is just being typed is no mistake yet."""
LIST_PX, FORM_PX, PAGES_PX = 280, 400, 340
"""Least widths at text scale 1."""


class TemplatesScreen(Screen):
    """The texts of ``sheet`` in ``language``; ``unsaved`` ones were being written on top of version ``beside``."""

    asks_before_leaving = True
    needs_room = True

    def __init__(
        self,
        kit: Kit,
        desk: Desk,
        sheet: str = SheetKind.AFTERCARE,
        language: str = "en",
        unsaved: tuple[tuple[str, str], ...] | None = None,
        beside: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(kit.tr("Wording of the papers"), parent)
        self._kit = kit
        self._desk = desk
        self._zone = desk.practice.clinic().time_zone
        self._bench = Workbench(desk, kit.tr, SheetKind(sheet), language)
        if unsaved is not None:
            self._bench.wording.take(dict(unsaved))
            self._bench.wording.number = beside
        self._wrong: Mapping[str, str] = {}
        self._on_pages = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._say_wrong)
        self._build()
        self._show_paper()

    # building

    def _build(self) -> None:
        kit, tr = self._kit, self._kit.tr
        self.head = HeadBar(kit)
        self.head.asked.connect(self._on_paper_asked)
        self.head.versions_asked.connect(self.show_versions)
        self.head.pages_asked.connect(self._on_pages_asked)
        self.notice = Notice(kit.theme, "hold")
        self.side = ListSide(kit)
        self.side.reached.connect(self._on_reached)
        self.form = LineForm(kit, self._desk, self._examples())
        self.form.changed.connect(self._on_changed)
        self.form.rested.connect(self._say_wrong)
        self.form.asked.connect(self._on_entry_asked)
        self.keeping = KeepPage(kit)
        self.keeping.history_asked.connect(self._on_look_first)
        self.versions = HistoryPage(kit, self._zone)
        self.versions.left.connect(self._show_texts)
        self.versions.back_asked.connect(self._on_back_asked)
        self._middle = QStackedWidget()
        for page in (self.form, self.keeping, self.versions):
            self._middle.addWidget(page)
        self._middle.currentChanged.connect(lambda _: self._show_checked())
        self.preview = PreviewPane(kit, self._desk)
        for part in (self._middle, self.preview):
            # Both as wide as each other, whatever they hold: nothing jumps from one page to the next.
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        body = QHBoxLayout()
        body.setSpacing(2 * SPACE)
        body.addWidget(self.side)
        body.addWidget(self._middle, 1)
        body.addWidget(self.preview, 1)
        self.foot = FootBar(kit, self._zone)
        self.foot.use_asked.connect(self._on_use)
        self.foot.review_asked.connect(self._ask_to_keep)
        self.foot.discard_asked.connect(self._on_discard)
        self.foot.back_asked.connect(self._show_texts)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        whole.setSpacing(SPACE + SPACE // 2)
        for part in (self.head, self.notice):
            whole.addWidget(part)
        whole.addLayout(body, 1)
        whole.addWidget(hairline())
        whole.addWidget(self.foot)

    def _examples(self) -> dict[str, str]:
        tr, clinic = self._kit.tr, self._desk.practice.clinic()
        return {
            "clinic": clinic.name,
            "phone": clinic.phone,
            "practitioner": self._desk.me.name,
            "until": tr("Sunday 22 November, 15:33"),
            "by": tr("Friday 25 December"),
            "reactions": tr("swelling, bruising"),
        }

    # coming and going

    def activate(self) -> None:
        """Show what counts now, unless something is being written; the pages follow."""
        if not self._bench.wording.unsaved:
            self._bench.reload()
            self._show_paper(self.side.list.key())
        if self.focusWidget() is None:
            self.side.search.setFocus()

    def deactivate(self) -> bool:
        """Offer to keep what was written; False while it cannot be, or on the wish to stay."""
        self._rest.stop()
        self.preview.rest()
        return self._settled()

    def keep(self) -> bool:
        """Nothing half-written counts by itself: it is taken along through the lock by ``way_back``."""
        return True

    def way_back(self, route: Route) -> Route:
        bench = self._bench
        if not isinstance(route, ToTemplates):
            return route
        if not bench.wording.unsaved:
            return ToTemplates(bench.sheet, bench.language)
        written = tuple(sorted(bench.wording.texts().items()))
        return ToTemplates(bench.sheet, bench.language, written, bench.wording.number)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._rest.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where there is no room for the pages beside the texts, a button turns from one to the other."""
        scale = self._kit.theme.scale
        narrow = self.width() < round((LIST_PX + FORM_PX + PAGES_PX) * scale) + 10 * SPACE
        self.side.setFixedWidth(round(LIST_PX * scale))
        self._on_pages = self._on_pages and narrow
        self._middle.setVisible(not self._on_pages)
        self.preview.setVisible(self._on_pages or not narrow)
        self.head.offer_pages(narrow, shown=self._on_pages)

    # showing

    @property
    def bench(self) -> Workbench:
        """The paper that is open."""
        return self._bench

    def show_line(self, key: str) -> None:
        """Show this line of the paper and stand at it in the list."""
        group, line = self._bench.lines[key]
        self.side.list.mark(key)
        self.form.show_line(
            line, group.name, self._bench.sheet, self._bench.wording, right_to_left=self._bench.right_to_left
        )
        self._middle.setCurrentWidget(self.form)
        self._show_checked()
        self.form.show_wrong(self._wrong)

    def show_versions(self) -> None:
        """Show every version that was kept."""
        bench, current = self._bench, self._bench.current
        self.versions.show_versions(
            bench.history,
            bench.wording.shipped,
            bench.names,
            current=current.number if current else 0,
            right_to_left=bench.right_to_left,
        )
        self._on_pages = False
        self._fit()
        self._middle.setCurrentWidget(self.versions)
        self.versions.back.setFocus()

    def _show_paper(self, key: str = "") -> None:
        bench = self._bench
        self.head.show_paper(bench.sheet, bench.language, bench.languages)
        self.title = f"{self._kit.tr('Wording of the papers')}: {sheet_name(self._kit.tr, bench.sheet)}"
        self._wrong = {}
        self.side.show_groups(bench.groups, bench.wording)
        self.show_line(key if key in bench.lines else next(iter(bench.lines)))
        self._say_news()
        self._say_wrong()
        self._preview(at_once=True)

    def _say_news(self) -> None:
        """That the program has other shipped texts now than those beside which the clinic wrote its own."""
        tr, current, shipped = self._kit.tr, self._bench.current, self._bench.wording.shipped
        old = current is not None and bool(current.texts) and current.shipped != shipped.version
        self.notice.say(
            tr(
                "The shipped texts have changed since: yours were written beside {before}, now there is {now}. "
                "Yours still count. Hold each against the shipped words beside it, then keep them again.",
                before=current.shipped if current else "",
                now=shipped.version,
            )
            if old
            else ""
        )

    def _show_checked(self) -> None:
        checked = self._bench.check()
        self.form.show_checked(checked)
        self.foot.show_reading(checked.reading)
        looking = self._middle.currentWidget() is self.keeping
        self.foot.show_state(self._bench.current, len(self._bench.changed()), last_look=looking)

    def _say_wrong(self) -> None:
        self._rest.stop()
        self._wrong = self._bench.wrong(self._bench.check())
        self.side.list.show_wrong(self._wrong)
        self.form.show_wrong(self._wrong)

    def _preview(self, *, at_once: bool = False) -> None:
        bench = self._bench
        self.preview.show_texts(bench.sheet, bench.language, bench.wording.texts(), at_once=at_once)

    def _show_texts(self) -> None:
        self._middle.setCurrentWidget(self.form)
        self.form.start()

    # what somebody does

    def _on_changed(self) -> None:
        self.side.list.remark()
        self._show_checked()
        self._preview()
        self._rest.start()

    def _on_reached(self, key: str) -> None:
        self._say_wrong()
        self.show_line(key)

    def _on_entry_asked(self, place: str) -> None:
        self.go.emit(ToEntry(place))

    def _on_pages_asked(self) -> None:
        self._on_pages = not self._on_pages
        self._fit()

    def _on_paper_asked(self, sheet: SheetKind, language: str) -> None:
        if not self._settled():
            return
        self._bench = Workbench(self._desk, self._kit.tr, sheet, language)
        self._show_paper()

    def _on_discard(self) -> None:
        tr = self._kit.tr
        names = ", ".join(self._bench.changed())
        title, text = tr("Discard what you changed?"), tr("It is lost for good: {names}.", names=names)
        if self._kit.dialogs.ask(self, title, text, tr("Discard"), tr("Go on writing"), danger=True):
            self._bench.reload()
            self._show_paper(self.side.list.key())

    # keeping

    def _on_use(self) -> None:
        if self._middle.currentWidget() is self.keeping:
            self._on_kept()
        else:
            self._ask_to_keep()

    def _ask_to_keep(self) -> None:
        """The last look before it counts; to the first text that cannot be kept, where there is one."""
        bench = self._bench
        self._say_wrong()
        self._on_pages = False
        self._fit()
        if self._wrong:
            self.show_line(bench.line_of(next(iter(self._wrong))).key)
            self.form.start()
            return
        self.keeping.show_step(bench.changed(), bench.weakened(bench.check()), bench.current)
        self._middle.setCurrentWidget(self.keeping)
        self.keeping.start()

    def _on_kept(self) -> None:
        said = self.keeping.check()
        if said is not None and self._keep(*said):
            self._show_paper(self.side.list.key())
            self.side.search.setFocus()

    def _keep(self, reason: str = "", reviewed_by: str = "") -> bool:
        try:
            self._bench.keep(reason, reviewed_by)
        except Fault as fault:
            meanwhile = fault.code is FaultCode.WORDING_KEPT_MEANWHILE
            self.keeping.say(str(self._kit.tr.fault(fault)), kept_meanwhile=meanwhile)
            return False
        return True

    def _on_look_first(self) -> None:
        self._bench.follow()
        self.side.show_groups(self._bench.groups, self._bench.wording)
        self.show_line(self.side.list.key() or next(iter(self._bench.lines)))
        self.show_versions()

    def _on_back_asked(self, number: int) -> None:
        tr = self._kit.tr
        if not self._settled():
            return
        title = tr("Go back to version {number}", number=number) if number else tr("Go back to the shipped wording")
        reason = self._kit.dialogs.ask_text(
            self, title, tr("Why? It is kept as a new version, and nothing of the others is lost."), tr("Go back"), least=3
        )
        if reason is None:
            return
        try:
            self._bench.back_to(number, reason)
        except Fault as fault:
            self._kit.dialogs.tell(self, tr.fault(fault))
            return
        self._show_paper(self.side.list.key())
        self.show_versions()

    def _settled(self) -> bool:
        """Whether the paper may be left: nothing is being written, or it was kept or thrown away on purpose."""
        bench, tr = self._bench, self._kit.tr
        if not bench.wording.unsaved:
            return True
        title = tr("This wording is not in use yet")
        text = tr("Use it, discard what you changed for good, or stay here?")
        answer = self._kit.dialogs.ask_leaving(self, title, text)
        if answer is Leaving.DISCARD:
            bench.reload()
            self._show_paper(self.side.list.key())
            return True
        if answer is Leaving.STAY:
            return False
        self._ask_to_keep()
        # What weakens a rule wants its reason written first.
        return not self._wrong and not bench.check().weakened and self._keep()
