"""The sheet as it would print with the words that are being written, made beside the work and never in its way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QImage, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from needlelog.clock import local
from needlelog.domain.client import Client
from needlelog.domain.own_texts import SheetKind
from needlelog.domain.papers import SheetForm
from needlelog.domain.session import SessionDraft
from needlelog.errors import Fault
from needlelog.i18n import record_date
from needlelog.services.desk import Desk
from ui.screens.templates.visit_picker import ShownVisit, VisitPicker
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.printing import page_images
from ui.toolkit.tasks import Lane
from ui.toolkit.theme import SPACE
from ui.widgets.client_banner import ClientBanner
from ui.widgets.client_facts import banner_facts
from ui.widgets.elided import ElidedLabel
from ui.widgets.notice import Notice
from ui.widgets.paper_view import PREVIEW_DPI, PaperView
from ui.widgets.sheet_form_row import SheetFormRow

REST_MS = 400
"""The pages are made anew once nobody has typed for so long."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the pages are made from."""

    sheet: SheetKind
    language: str
    texts: Mapping[str, str]
    form: SheetForm
    visit: SessionDraft | None
    client: Client | None


class PreviewPane(QWidget):
    """``show_texts`` says what is wanted; the newest wish wins, and at most one is being worked on.

    ``tried`` comes when a wish was made, or could not be: ``problem_with`` says how it went.
    """

    tried = Signal()

    def __init__(self, kit: Kit, desk: Desk) -> None:
        super().__init__()
        self._kit = kit
        self._desk = desk
        self._zone = desk.practice.clinic().time_zone
        self._sheet: tuple[SheetKind, str] | None = None
        self._texts: Mapping[str, str] = {}
        self._printable = True
        self._problem: Fault | None = None
        self._visit: SessionDraft | None = None
        self._client: Client | None = None
        self._wanted: _Wanted | None = None
        self._making: _Wanted | None = None
        self._shown: _Wanted | None = None
        self._pages_of: _Wanted | None = None
        """What the pages that stand there were made from."""
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.make_now)
        self._build()

    def _build(self) -> None:
        tr, theme = self._kit.tr, self._kit.theme
        self.banner = ClientBanner(theme, tr, self, one_line=True)
        """Stands above the whole page: whoever makes the pane gives it its place."""
        self.banner.hide()
        self.whose = ElidedLabel(tr("A made-up example"), "strong")
        self.choose = button(theme, tr("With another visit"), "quiet", "people")
        self.choose.clicked.connect(self._on_choose)
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(tr("As it prints"), "caption", muted=True))
        words.addWidget(self.whose)
        head.addLayout(words, 1)
        head.addWidget(self.choose)
        self.form = SheetFormRow(theme, tr, self._desk.practice.clinic().page_size)
        self.form.chosen.connect(lambda _: self.make_now())
        self.notice = Notice(theme, "stop")
        self.view = PaperView(theme, tr)
        pages = QWidget()
        column = QVBoxLayout(pages)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addLayout(head)
        column.addWidget(self.form)
        column.addWidget(self.notice)
        column.addWidget(self.view, 1)
        self.picker = VisitPicker(self._kit, self._desk)
        self.picker.chosen.connect(self.show_visit)
        self.picker.left.connect(self._on_left)
        self._stack = QStackedWidget()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(SPACE)
        whole.addWidget(self._stack, 1)
        self._stack.addWidget(pages)
        self._stack.addWidget(self.picker)

    # what is wanted

    def show_texts(
        self,
        sheet: SheetKind,
        language: str,
        texts: Mapping[str, str],
        *,
        printable: bool = True,
        at_once: bool = False,
    ) -> None:
        """Show the sheet with these own texts, once typing rests or at once.

        Texts that are not ``printable`` are not tried: the pages that stand there stay, and it is said.
        """
        self._printable = printable
        self._sheet = (sheet, language)
        self._texts = dict(texts)
        # The consent is one text for everybody: it knows no large print, no visit and no client.
        for part in (self.form, self.choose, self.whose):
            part.setVisible(sheet is not SheetKind.CONSENT)
        self._show_banner()
        if at_once:
            self.make_now()
        else:
            self._rest.start()

    def show_visit(self, shown: ShownVisit | None) -> None:
        """Show the sheet of this visit; None for the made-up example."""
        tr = self._kit.tr
        try:
            self._visit, self._client = self._read(shown) if shown is not None else (None, None)
        except Fault as fault:
            self._kit.dialogs.tell(self, tr.fault(fault))
            return
        self._on_left()
        if self._visit is None or self._client is None:
            self.whose.setText(tr("A made-up example"))
        else:
            today = local(self._kit.clock.now(), self._zone).date()
            self.banner.show_client(banner_facts(self._client, today, self._desk.knowledge.ages.values()))
            day = record_date(local(self._visit.started_at, self._visit.time_zone).date())
            self.whose.setText(tr("Visit of {day}", day=day))
            self.form.show_form(self._visit.aftercare.form)
        self._show_banner()
        self.make_now()

    def _show_banner(self) -> None:
        of_client = self._client is not None and self._sheet is not None and self._sheet[0] is not SheetKind.CONSENT
        self.banner.setVisible(of_client and self.isVisible())

    def _read(self, shown: ShownVisit) -> tuple[SessionDraft, Client]:
        client = self._desk.clients.get(shown.client_id)
        if shown.opened:
            flow, _ = self._desk.sessions.resume(shown.visit_id)
            return flow.draft, client
        return self._desk.history.visit(shown.visit_id).draft, client

    def problem(self) -> str:
        """Why the paper cannot be made with these words as it is shown here; "" where it can."""
        return "" if self._problem is None else str(self._kit.tr.fault(self._problem))

    def problem_with(self, texts: Mapping[str, str]) -> Fault | None:
        """What came of trying the paper with just these words: None where it could be made, or is not tried yet."""
        return self._problem if self._shown is not None and self._shown.texts == texts else None

    def rest(self) -> None:
        """Make nothing more until somebody asks again."""
        self._rest.stop()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.rest()
        self._show_banner()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_banner()

    # making

    def make_now(self) -> None:
        """Make the pages of what is wanted now; while others are being made, after them."""
        self._rest.stop()
        if self._sheet is None:
            return
        if not self._printable:
            tr = self._kit.tr
            self.notice.say(tr("A text cannot be printed as it stands. The pages are as they were before."), "hold")
            return
        self._wanted = _Wanted(*self._sheet, self._texts, self.form.form(), self._visit, self._client)
        if self._making is None:
            self._go_on()

    def _make(self, wanted: _Wanted) -> None:
        self._making = wanted
        templates = self._desk.templates

        def work() -> list[QImage]:
            data = templates.preview(
                wanted.sheet,
                wanted.language,
                wanted.texts,
                visit=wanted.visit,
                client=wanted.client,
                form=wanted.form,
            )
            return page_images(data, PREVIEW_DPI)

        self._kit.tasks.run(work, self._on_made, self._on_failed, owner=self, lane=Lane.PAPERS)

    def _on_made(self, pages: list[QImage]) -> None:
        made, self._making = self._making, None
        same = self._same_paper(made, self._pages_of)
        self._shown = self._pages_of = made
        self._problem = None
        self.notice.say("")
        if same:
            self.view.renew_pages(pages)
        else:
            self.view.show_pages(pages)
        self.tried.emit()
        self._go_on()

    def _on_failed(self, fault: Fault) -> None:
        failed, self._making = self._making, None
        self._problem = fault
        said = self.problem()
        if self._same_paper(failed, self._pages_of):
            # A brace that is only half typed does not take the pages away, but they must not pass for this wording.
            said = f"{said} {self._kit.tr('The pages below are as they were before.')}"
        else:
            self._pages_of = None
            self.view.show_pages([])
        self._shown = failed
        self.notice.say(said, "stop")
        self.tried.emit()
        self._go_on()

    @staticmethod
    def _same_paper(one: _Wanted | None, other: _Wanted | None) -> bool:
        """Whether both are the same paper of the same visit, in whatever words."""
        if one is None or other is None:
            return False
        return (one.sheet, one.language, one.visit) == (other.sheet, other.language, other.visit)

    def _go_on(self) -> None:
        if self._wanted is None:
            return
        if self._wanted != self._shown:
            self._make(self._wanted)
        elif self._wanted == self._pages_of:
            self._problem = None
            self.notice.say("")

    # whose

    def _on_choose(self) -> None:
        self._stack.setCurrentWidget(self.picker)
        self.picker.start()

    def _on_left(self) -> None:
        if self._stack.currentWidget() is self.picker:
            self._stack.setCurrentIndex(0)
            self.choose.setFocus()
