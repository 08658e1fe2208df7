"""What goes on the aftercare sheet of this visit besides the treatment: the next visit, a note, products, its form."""

from __future__ import annotations

from datetime import date, datetime, time

from PySide6.QtWidgets import QBoxLayout, QFrame, QLineEdit, QVBoxLayout

from needlelog.clock import local, zone_of
from needlelog.domain.entry import parse_clock_time, parse_date, parse_paragraphs
from needlelog.domain.materials import ProductKind
from needlelog.domain.session import SessionDraft
from needlelog.i18n import record_date
from needlelog.rules.intervals import series_of
from needlelog.rules.next_visit import said_of
from needlelog.rules.series import proposed_day
from needlelog.services.desk import Desk
from ui.screens.session.holding import show_value
from ui.screens.session.presenter import SessionPresenter
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.screen import ToPreparation
from ui.toolkit.theme import SPACE
from ui.widgets.chips import ChipRow
from ui.widgets.line_fields import DateField, LineField
from ui.widgets.paragraph_field import ParagraphField
from ui.widgets.sheet_form_row import SheetFormRow

NOTE_LIMIT = 600
QUARTER_MIN = 15


class SheetFields(QFrame):
    """A card of entries; each goes into the draft as soon as it is right."""

    def __init__(self, kit: Kit, desk: Desk, presenter: SessionPresenter) -> None:
        super().__init__()
        self._kit = kit
        self._desk = desk
        self._presenter = presenter
        self.setProperty("surface", "card")
        self._build_entries()
        self._lay_out()

    def _build_entries(self) -> None:
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

    def _lay_out(self) -> None:
        tr = self._kit.tr
        pair = self._next = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        pair.setSpacing(SPACE)
        pair.addWidget(self._day, 3)
        pair.addWidget(self._time, 2)
        for field in (self._day, self._time):
            field.finding_shown.connect(self._on_next_finding_shown)
        fields = QVBoxLayout(self)
        fields.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        fields.setSpacing(SPACE)
        fields.addLayout(pair)
        fields.addWidget(self._usual)
        fields.addWidget(self._in_the_way)
        prepare = button(self._kit.theme, tr("Preparation sheet"), "quiet", "sheet")
        prepare.clicked.connect(self._on_prepare_clicked)
        fields.addWidget(prepare)
        fields.addWidget(self._note)
        fields.addWidget(label(tr("Recommended for home"), "strong"))
        fields.addWidget(self._home)
        fields.addWidget(label(tr("On paper"), "strong"))
        fields.addWidget(self._form_row)
        fields.addStretch(1)

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

    def show_draft(self, draft: SessionDraft) -> None:
        """Paint the entries; one that is being typed in is left alone."""
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

    def leaving(self) -> None:
        """Commit what is half-typed."""
        self._day.commit()
        self._time.commit()
        self._note.commit()

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


def record_time_of(at: time) -> str:
    """``14:22``."""
    return f"{at.hour:02d}:{at.minute:02d}"
