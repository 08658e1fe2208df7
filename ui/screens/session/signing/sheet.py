"""The aftercare sheet of this visit: how it looks with what was entered, and handing it over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from needlelog.clock import local
from needlelog.domain.client import Client
from needlelog.domain.papers import HandOver, SheetForm, SheetGiven, Withdrawal
from needlelog.domain.session import SessionDraft
from needlelog.errors import Fault
from needlelog.i18n import record_time
from needlelog.rules.aftercare import end_of_treatment, on_beyond
from needlelog.rules.sheet import printed_now, sheet_is_current
from needlelog.services.desk import Desk
from needlelog.services.kept_papers import Sheet
from needlelog.services.papers import Papers
from needlelog.workflow.flow import SessionFlow
from ui.screens.session.frames import scrolled
from ui.screens.session.presenter import SessionPresenter
from ui.screens.session.signing.sheet_fields import SheetFields
from ui.toolkit.kit import Kit
from ui.toolkit.printing import FirstPage
from ui.toolkit.tasks import Lane
from ui.toolkit.theme import SPACE
from ui.widgets.hand_over_card import HandOverCard
from ui.widgets.handing_over import Called, HandingOver, Kept
from ui.widgets.languages import sheet_language_told
from ui.widgets.paper_pages import PaperPages, looked_at
from ui.widgets.paper_view import PaperView
from ui.widgets.phrases import withdrawn_text
from ui.widgets.sheet_form_row import form_told
from ui.widgets.withdrawing import ask_why_withdrawn

_Printed = tuple[str, str, Client, SheetForm | None]

FORM_WIDTH = 340
FORM_LEAST = 296
ROOMY_FROM = 1000
"""Widths in px: the form where the page is roomy, the form where it is not, and from when it is."""
SCROLL_BAR = 16
ANY_WIDTH = 16_777_215
VIEW_LEAST = 400
"""Width and height in px below which a paper cannot be read."""
SUGGESTED_NAME = "aftercare.pdf"


@dataclass(frozen=True, slots=True)
class _Made:
    """A sheet with what can be seen of it."""

    sheet: Sheet
    first: FirstPage
    of: _Printed


class AftercareSheetPart(QWidget):
    """The preview follows the visit; giving it keeps the very bytes that were seen."""

    given = Signal()
    """The sheet was handed over."""

    taken_back = Signal()
    """It was not, after all: the tap was a wrong one."""

    def __init__(self, kit: Kit, desk: Desk, presenter: SessionPresenter, page: QWidget) -> None:
        super().__init__()
        self._kit = kit
        self._desk = desk
        self._presenter = presenter
        self._made: _Made | None = None
        self._asked: _Printed | None = None
        self._fault: Fault | None = None
        self._making = False
        # What changes in one turn of the loop is printed once; a longer rest would only be waited for.
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._make)
        self._below: QWidget | None = None
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        self._view = PaperView(kit.theme, kit.tr)
        self._pages = PaperPages(self._view, kit.tasks, self._say_failed)
        self._hand_over = HandOverCard(kit)
        called = Called(kit.tr("Aftercare sheet"), kit.tr("Save the aftercare sheet"), SUGGESTED_NAME)
        zone = presenter.draft.time_zone
        kept = Kept(self._sheet, self._give, self._withdrawn, zone)
        HandingOver(self, kit, self._hand_over, called, kept, page=page)
        self._hand_over.withdraw_asked.connect(self._on_withdraw)
        self._form = QWidget()
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(SPACE)
        form.addWidget(self._hand_over)
        self._card = SheetFields(kit, desk, presenter)
        for part in (self._card, self._view):
            part.installEventFilter(self)
        self._fields = scrolled(self._card)
        form.addWidget(self._fields, 1)
        row.addWidget(self._form)
        row.addWidget(self._view, 1)
        kit.theme.changed.connect(self._fit_width)
        presenter.looked.connect(self._say_counted)

    def _fit_width(self) -> None:
        """The paper gets the room; the form keeps what its entries need."""
        wide = FORM_WIDTH if self.width() >= ROOMY_FROM else FORM_LEAST
        least = max(self._card.minimumSizeHint().width() + SCROLL_BAR, self._hand_over.upright_width())
        wide = max(wide, least)
        stacked = wide + self._row.spacing() + max(VIEW_LEAST, self._view.minimumSizeHint().width()) > self.width()
        self._arrange(stacked=stacked)
        self._form.setMinimumWidth(0 if stacked else wide)
        self._form.setMaximumWidth(ANY_WIDTH if stacked else wide)

    def _arrange(self, *, stacked: bool) -> None:
        """With large text in a small window the paper lies below the entries, and both are scrolled together."""
        if stacked == (self._below is not None):
            return
        self._fields.takeWidget()
        self._hand_over.lie_flat(stacked)
        if stacked:
            self._below = QWidget()
            self._below.setProperty("scrolled", "true")
            column = QVBoxLayout(self._below)
            column.setContentsMargins(0, 0, 0, 0)
            column.addWidget(self._card)
            column.addWidget(self._view)
            self._view.setMinimumHeight(VIEW_LEAST)
            self._fields.setWidget(self._below)
        else:
            self._row.addWidget(self._view, 1)
            self._view.setMinimumHeight(0)
            self._fields.setWidget(self._card)
            if self._below is not None:
                self._below.deleteLater()
            self._below = None
        self._card.show()
        self._view.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched in (self._card, self._view) and event.type() == QEvent.Type.LayoutRequest:
            self._fit_width()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_width()

    # showing

    def entered(self) -> None:
        """Read the clinic's list afresh."""
        self._card.entered()
        self._fit_width()

    def show_draft(self, draft: SessionDraft) -> None:
        """Paint the form; ask for a new preview when what is printed changed."""
        self._card.show_draft(draft)
        self._say_given(draft)
        self._say_counted()
        if self.isVisible():
            self._wish()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit_width()
        self._wish()

    def hideEvent(self, event: QHideEvent) -> None:
        # What was not made by now is wished for again on the way back.
        if self._rest.isActive() or self._made is None:
            self._rest.stop()
            self._asked = None
        super().hideEvent(event)

    def leaving(self) -> None:
        """Commit what is half-typed."""
        self._card.leaving()

    def _say_given(self, draft: SessionDraft) -> None:
        tr, given = self._kit.tr, draft.aftercare.handed_over
        self._hand_over.offer_withdrawal(bool(draft.aftercare.standing))
        if self._fault is not None:
            # Why there is no sheet stands there until there is one, whatever else is shown afresh.
            self._hand_over.say(str(tr.fault(self._fault)), "stop")
            return
        if not given:
            self._hand_over.say(tr("Not given yet."), "muted")
            return
        last = given[-1]
        if last.withdrawn is not None:
            said = withdrawn_text(tr, last.withdrawn, draft.time_zone)
            none = "" if draft.aftercare.standing else tr("No sheet counts as given.")
            self._hand_over.say(f"{said}\n{none}".strip(), "hold")
            return
        words = {HandOver.PRINTED: tr("Printed"), HandOver.SAVED: tr("Saved as PDF"), HandOver.SHOWN: tr("Shown")}
        at = record_time(local(last.at, draft.time_zone))
        text = tr("{how} at {time} by {name}.", how=words[last.how], time=at, name=last.by)
        stale = not sheet_is_current(draft, self._presenter.around)
        if stale:
            text += " " + tr("What it says has changed since: hand it over again.")
        self._hand_over.say(text, "hold" if stale else "ok")

    def _say_counted(self) -> None:
        """What is on the skin beyond this moment, where the times on the sheet rest on it."""
        tr, draft = self._kit.tr, self._presenter.draft
        on = on_beyond(draft, self._kit.clock.now())
        names = ", ".join(dict.fromkeys(one.name for one in on))
        if not on:
            said = ""
        elif any(one.duration_s is None for one in on):
            said = tr("Still on: {names}. The times on the sheet change when it is stopped.", names=names)
        else:
            until = record_time(local(end_of_treatment(draft), draft.time_zone))
            said = tr.plural(
                "The times on the sheet count from {time}: until then {names} is on.",
                "The times on the sheet count from {time}: until then {names} are on.",
                len({one.name for one in on}),
                time=until,
                names=names,
            )
        self._hand_over.say_counted(said)

    # making

    def _wish(self) -> None:
        wanted = self._printed()
        if wanted != self._asked:
            self._asked = wanted
            self._rest.start()
            self._hand_over.enable(False)

    def _printed(self) -> _Printed:
        """What the sheet is made from: anything else can change without a new one."""
        presenter = self._presenter
        facts, around = printed_now(presenter.draft, presenter.around)
        return facts, around, presenter.client, presenter.draft.aftercare.form

    def _make(self) -> None:
        """One at a time: what is tapped meanwhile is printed as it stands when this one is there."""
        if self._making:
            return
        self._making = True
        draft, client = self._presenter.draft, self._presenter.client
        of = self._printed()

        def work() -> _Made:
            sheet = self._desk.papers.aftercare(draft, client)
            return _Made(sheet, looked_at(sheet.data), of)

        def failed(fault: Fault) -> None:
            if self._is_wanted(of):
                self._say_failed(fault)

        self._kit.tasks.run(work, self._on_made, failed, owner=self, lane=Lane.PAPERS)

    def _is_wanted(self, of: _Printed) -> bool:
        """Whether what was made is what is asked for by now; what is asked for instead is made."""
        self._making = False
        if self._asked is not None and of != self._asked:
            self._make()
        return of == self._asked

    def _on_made(self, made: _Made) -> None:
        if not self._is_wanted(made.of):
            return
        kept = {given.sha256: given.document_id for given in self._presenter.draft.aftercare.given}
        known = kept.get(made.sheet.paper.sha256)
        if known:
            same = replace(made.sheet, paper=made.sheet.paper.with_(id=known))
            made = replace(made, sheet=same)
        self._made, self._fault = made, None
        self._pages.show(made.sheet.data, made.first)
        self._hand_over.enable(True)
        wanted = self._presenter.client.language
        tr, sheet = self._kit.tr, made.sheet
        said, tone = sheet_language_told(sheet.paper.language, wanted, reviewed=sheet.reviewed, tr=tr)
        self._hand_over.say_language(f"{said} {form_told(made.of[-1], tr)}".strip(), tone)
        self._say_given(self._presenter.draft)

    def _say_failed(self, fault: Fault) -> None:
        self._made, self._fault = None, fault
        self._hand_over.say_language("", "muted")
        self._pages.clear()
        self._hand_over.enable(False)
        self._say_given(self._presenter.draft)

    def _sheet(self) -> Sheet | None:
        return self._made.sheet if self._made else None

    def _give(self, sheet: Sheet, how: HandOver, although_withdrawn: bool) -> Callable[[], None]:
        papers = self._desk.papers

        def record(flow: SessionFlow) -> None:
            papers.give(flow, sheet, how, although_withdrawn=although_withdrawn)

        self._presenter.together(record)
        given = self._presenter.draft.aftercare.given[-1]
        self.given.emit()
        return lambda: self._take_back(sheet, given)

    def _take_back(self, sheet: Sheet, given: SheetGiven) -> None:
        papers = self._desk.papers

        def record(flow: SessionFlow) -> None:
            papers.take_back(sheet.paper, given, flow)

        self._presenter.together(record)
        self.taken_back.emit()

    def _withdrawn(self, sheet: Sheet) -> Withdrawal | None:
        return self._desk.papers.withdrawn(sheet.paper.session_id).get(sheet.paper.id)

    def _on_withdraw(self) -> None:
        """The sheet that counts as given last was given in error."""
        standing = self._presenter.draft.aftercare.standing
        reason = ask_why_withdrawn(self._kit, self, self._kit.tr("Aftercare sheet")) if standing else None
        if not reason:
            return
        papers, document_id = self._desk.papers, standing[-1].document_id
        try:
            self._presenter.together(lambda flow: _withdraw(papers, document_id, reason, flow))
        except Fault as fault:
            self._kit.dialogs.tell(self, self._kit.tr.fault(fault))
        self._say_given(self._presenter.draft)


def _withdraw(papers: Papers, document_id: UUID, reason: str, flow: SessionFlow) -> None:
    papers.withdraw(papers.get(document_id), reason, flow)
