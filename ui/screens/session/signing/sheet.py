"""The aftercare sheet of this visit: what goes on it, how it looks, and handing it over."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from needlelog.clock import local, zone_of
from needlelog.domain.client import Client
from needlelog.domain.entry import parse_clock_time, parse_date, parse_paragraphs
from needlelog.domain.materials import ProductKind
from needlelog.domain.session import HandOver, SessionDraft, SheetForm, Withdrawal
from needlelog.errors import Fault
from needlelog.i18n import record_date, record_time
from needlelog.rules.intervals import series_of
from needlelog.rules.next_visit import said_of
from needlelog.rules.series import proposed_day
from needlelog.rules.sheet import printed_now, sheet_is_current
from needlelog.services.desk import Desk
from needlelog.services.papers import Papers, Sheet
from needlelog.workflow.flow import SessionFlow
from ui.screens.session.frames import scrolled
from ui.screens.session.holding import show_value
from ui.screens.session.presenter import SessionPresenter
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.printing import FirstPage
from ui.toolkit.screen import ToPreparation
from ui.toolkit.tasks import Lane
from ui.toolkit.theme import SPACE
from ui.widgets.chips import ChipRow
from ui.widgets.hand_over_card import HandOverCard
from ui.widgets.handing_over import Called, HandingOver, Kept
from ui.widgets.languages import sheet_language_told
from ui.widgets.line_fields import DateField, LineField
from ui.widgets.paper_pages import PaperPages, looked_at
from ui.widgets.paper_view import PaperView
from ui.widgets.paragraph_field import ParagraphField
from ui.widgets.phrases import withdrawn_text
from ui.widgets.sheet_form_row import SheetFormRow
from ui.widgets.withdrawing import ask_why_withdrawn

_Printed = tuple[str, str, Client, SheetForm | None]

NOTE_LIMIT = 600
QUARTER_MIN = 15
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

    def __init__(self, kit: Kit, desk: Desk, presenter: SessionPresenter) -> None:
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
        HandingOver(self, kit, self._hand_over, called, Kept(self._sheet, self._give, self._withdrawn, zone))
        self._hand_over.withdraw_asked.connect(self._on_withdraw)
        self._form = QWidget()
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(SPACE)
        form.addWidget(self._hand_over)
        self._fields = self._build_fields()
        form.addWidget(self._fields, 1)
        row.addWidget(self._form)
        row.addWidget(self._view, 1)
        kit.theme.changed.connect(self._fit_width)

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

    def _build_fields(self) -> QScrollArea:
        tr, theme = self._kit.tr, self._kit.theme
        next_day, next_time, note = tr("Next visit on"), tr("at"), tr("A note for this client")
        self._day: DateField[date] = DateField(
            theme,
            tr,
            next_day,
            lambda text: parse_date(
                text, field=tr("The day"), today=self._today(), earliest=self._today(), future=True
            ),
            record_date,
            hint="",
        )
        self._time: LineField[time] = LineField(
            theme, tr, next_time, lambda text: parse_clock_time(text, field=tr("The time")), show=record_time_of
        )
        self._day.committed.connect(lambda _: self._on_next_committed())
        self._time.committed.connect(lambda _: self._on_next_committed())
        self._note = ParagraphField(
            theme, tr, note, lambda text: parse_paragraphs(text, field=note, limit=NOTE_LIMIT), lines=2
        )
        self._note.committed.connect(lambda text: self._change(note=text or ""))
        self._home = ChipRow(theme, tr("For home"), [], multiple=True)
        self._home.changed.connect(self._on_home_changed)
        self._form_row = SheetFormRow(theme, tr, self._desk.practice.clinic().page_size)
        self._form_row.chosen.connect(lambda form: self._change(form=form))
        self._usual = button(theme, "", "quiet", "calendar")
        self._usual.clicked.connect(self._on_usual_clicked)
        self._in_the_way = label("", "body", wrap=True)
        self._in_the_way.setProperty("tone", "hold")
        pair = self._next = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        pair.setSpacing(SPACE)
        pair.addWidget(self._day, 3)
        pair.addWidget(self._time, 2)
        for field in (self._day, self._time):
            field.finding_shown.connect(self._on_next_finding_shown)
        self._card = QFrame()
        self._card.setProperty("surface", "card")
        fields = QVBoxLayout(self._card)
        fields.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        fields.setSpacing(SPACE)
        fields.addLayout(pair)
        fields.addWidget(self._usual)
        fields.addWidget(self._in_the_way)
        prepare = button(theme, tr("Preparation sheet"), "quiet", "sheet")
        prepare.clicked.connect(self._on_prepare_clicked)
        fields.addWidget(prepare)
        fields.addWidget(self._note)
        fields.addWidget(label(tr("Recommended for home"), "strong"))
        fields.addWidget(self._home)
        fields.addWidget(label(tr("On paper"), "strong"))
        fields.addWidget(self._form_row)
        fields.addStretch(1)
        for part in (self._card, self._view):
            part.installEventFilter(self)
        return scrolled(self._card)

    def _proposed(self) -> date:
        """The next visit, from this one on."""
        draft = self._presenter.draft
        day = local(draft.started_at, draft.time_zone).date()
        return proposed_day(day, self._desk.knowledge.interval, series_of(draft, self._presenter.around))

    def _on_next_finding_shown(self, shown: bool) -> None:
        # A sentence needs the whole width; a field does not move back while it is being corrected.
        if shown:
            self._next.setDirection(QBoxLayout.Direction.TopToBottom)

    def _today(self) -> date:
        return local(self._kit.clock.now(), self._presenter.draft.time_zone).date()

    # showing

    def entered(self) -> None:
        """Read the clinic's list afresh."""
        if not (self._day.is_marked() or self._time.is_marked()):
            self._next.setDirection(QBoxLayout.Direction.LeftToRight)
        names = [product.name for product in self._desk.materials.all(ProductKind.AFTERCARE)]
        chosen = [name for name in self._presenter.draft.aftercare.products if name not in names]
        self._home.set_options([(name, name) for name in (*names, *chosen)])
        self._home.set_value(frozenset(self._presenter.draft.aftercare.products))
        self._fit_width()

    def show_draft(self, draft: SessionDraft) -> None:
        """Paint the form; ask for a new preview when what is printed changed."""
        aftercare = draft.aftercare
        if aftercare.next_visit_at and not (self._day.editor.hasFocus() or self._time.editor.hasFocus()):
            at = local(aftercare.next_visit_at, draft.time_zone)
            show_value(self._day, at.date())
            show_value(self._time, at.time())
        show_value(self._note, aftercare.note or None)
        self._home.set_value(frozenset(aftercare.products))
        self._form_row.show_form(aftercare.form)
        series = series_of(draft, self._presenter.around)
        day = record_date(self._proposed())
        tr = self._kit.tr
        hour = record_time_of(self._time.value() or self._same_time())
        said = tr("By the series: {day}, {time}") if series else tr("Usual: from {day}, {time}")
        self._usual.setText(said.format(day=day, time=hour))
        self._usual.setAccessibleName(self._usual.text())
        against = said_of(draft, self._proposed(), self._presenter.around)
        self._in_the_way.setText("\n".join(against))
        self._in_the_way.setVisible(bool(against))
        rule = self._desk.knowledge.interval
        self._usual.setToolTip(
            ""
            if series
            else self._kit.tr("Our own value.")
            if rule.own
            else self._kit.tr("Sources differ; the safer value is used.")
            if rule.differs
            else ""
        )
        self._say_given(draft)
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
        self._day.commit()
        self._time.commit()
        self._note.commit()

    def _say_given(self, draft: SessionDraft) -> None:
        tr, given = self._kit.tr, draft.aftercare.given
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
        self._hand_over.say_language(
            *sheet_language_told(made.sheet.paper.language, wanted, reviewed=made.sheet.reviewed, tr=self._kit.tr)
        )
        self._say_given(self._presenter.draft)

    def _say_failed(self, fault: Fault) -> None:
        self._made, self._fault = None, fault
        self._hand_over.say_language("", "muted")
        self._pages.clear()
        self._hand_over.enable(False)
        self._say_given(self._presenter.draft)

    def _sheet(self) -> Sheet | None:
        return self._made.sheet if self._made else None

    def _give(self, sheet: Sheet, how: HandOver, although_withdrawn: bool) -> None:
        papers = self._desk.papers

        def record(flow: SessionFlow) -> None:
            papers.give(flow, sheet, how, although_withdrawn=although_withdrawn)

        self._presenter.together(record)
        self.given.emit()

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

    # changing

    def _change(self, **values: object) -> None:
        self._presenter.edit(lambda draft: draft.with_(aftercare=draft.aftercare.with_(**values)))

    def _on_home_changed(self, chosen: frozenset[str] | None) -> None:
        self._change(products=tuple(sorted(chosen or ())))

    def _on_prepare_clicked(self) -> None:
        self._presenter.route_wished.emit(ToPreparation(self._presenter.client.id, self._presenter.draft.id))

    def _on_usual_clicked(self) -> None:
        self._day.set_value(self._proposed())
        if self._time.value() is None:
            self._time.set_value(self._same_time())
            self._time.editor.setFocus()
            if isinstance(self._time.editor, QLineEdit):
                self._time.editor.selectAll()
        self._on_next_committed()

    def _same_time(self) -> time:
        """When this visit began, on the quarter of an hour: most come at their usual time."""
        draft = self._presenter.draft
        began = local(draft.started_at, draft.time_zone)
        return time(began.hour, began.minute // QUARTER_MIN * QUARTER_MIN)

    def _on_next_committed(self) -> None:
        day, at, zone = self._day.value(), self._time.value(), self._presenter.draft.time_zone
        waits = day is not None and at is None and not self._time.raw_text().strip()
        self._time.show_finding(self._kit.tr("Add the time as well, so that it appears on the sheet.") if waits else "")
        if day is None:
            self._change(next_visit_at=None)
        elif at is not None:
            self._change(next_visit_at=datetime.combine(day, at, zone_of(zone)))


def _withdraw(papers: Papers, document_id: UUID, reason: str, flow: SessionFlow) -> None:
    papers.withdraw(papers.get(document_id), reason, flow)


def record_time_of(at: time) -> str:
    """``14:22``."""
    return f"{at.hour:02d}:{at.minute:02d}"
