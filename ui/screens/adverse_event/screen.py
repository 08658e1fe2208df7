"""An adverse event of a signed visit: opened, told on, corrected by further entries, and reported on paper."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from needlelog.clock import today
from needlelog.domain.adverse_events import EventEntry, EventEntryKind, EventHistory
from needlelog.domain.papers import Paper
from needlelog.errors import Fault
from needlelog.i18n import record_date
from needlelog.services.desk import Desk
from ui.screens.adverse_event.entry_form import Entered, EntryForm
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label, set_tone
from ui.toolkit.screen import Screen, ToEntry, ToEvent, ToPaper, ToRecord
from ui.toolkit.tasks import Lane
from ui.toolkit.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.client_banner import ClientBanner
from ui.widgets.client_facts import banner_facts
from ui.widgets.notice import Notice
from ui.widgets.phrases import day_of, moment_text
from ui.widgets.scroll_column import growing
from ui.widgets.trade_words import outcome, seriousness
from ui.widgets.two_columns import TwoColumns

SIDE_WIDTH = 320
REPORTING = {"GB": "uk-reporting", "US": "fda-facility"}
"""Where the duty to report is told, by country; elsewhere it is that of the European Union."""


class EventScreen(Screen):
    """One adverse event; a new one as long as nothing of it was sealed."""

    asks_before_leaving = True

    def __init__(
        self,
        kit: Kit,
        desk: Desk,
        session_id: UUID,
        event_id: UUID | None = None,
        follow_up_id: UUID | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(kit.tr("Adverse event"), parent)
        self._kit = kit
        self._desk = desk
        self._visit = desk.history.visit(session_id)
        self._zone = self._visit.draft.time_zone
        self._follow_up_id = follow_up_id
        self._event: EventHistory | None = desk.adverse_events.one(self._visit, event_id) if event_id else None
        self.client_id = self._visit.client.id
        self._build()
        self._show()

    @property
    def event_id(self) -> UUID | None:
        """The event that shows; None for one that is not opened yet."""
        return self._event.id if self._event else None

    # building

    def _build(self) -> None:
        kit, tr = self._kit, self._kit.tr
        self._banner = ClientBanner(kit.theme, tr)
        self.columns = TwoColumns(tr("Adverse event"), SIDE_WIDTH)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(2 * SPACE)
        whole.addWidget(self._banner)
        whole.addLayout(self._build_head())
        whole.addWidget(self.columns, 1)

    def _build_head(self) -> QVBoxLayout:
        tr, theme = self._kit.tr, self._kit.theme
        words = QVBoxLayout()
        words.setSpacing(0)
        self._heading = label("", "title", wrap=True)
        self._about = label("", "body", muted=True, wrap=True)
        words.addWidget(self._heading)
        words.addWidget(self._about)
        self.back = button(theme, tr("The visit"), "secondary", "back")
        self.back.clicked.connect(lambda: self.go.emit(ToRecord(self._visit.id)))
        self.report = button(theme, tr("Make the report"), "primary", "sheet")
        self.report.clicked.connect(self._on_report)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addLayout(words, 1)
        row.addWidget(self.back)
        row.addWidget(self.report)
        self.failed = Notice(theme, "stop")
        column = QVBoxLayout()
        column.setContentsMargins(4 * SPACE, 0, 4 * SPACE, 0)
        column.setSpacing(SPACE)
        column.addLayout(row)
        column.addWidget(self.failed)
        return column

    # showing

    def _show(self) -> None:
        tr, event = self._kit.tr, self._event
        client = self._desk.clients.get(self._visit.client.id)
        day = today(self._kit.clock, self._zone)
        self._banner.show_client(banner_facts(client, day, self._desk.knowledge.ages.values()))
        self._heading.setText(tr("Adverse event") if event else tr("New adverse event"))
        visit = tr("Visit of {day}", day=record_date(day_of(self._visit.draft.started_at, self._zone)))
        begun = tr("began {when}", when=moment_text(event.onset_at, self._zone)) if event else ""
        self._about.setText("   ·   ".join(part for part in (visit, begun) if part))
        self.report.setVisible(event is not None)
        self.columns.main.empty()
        self.columns.side.empty()
        if event is None:
            self._show_opening()
        else:
            self._show_event(event)
        self.columns.side.add(growing(self._reporting()))

    def _zones(self) -> list[tuple[str, str]]:
        known = self._desk.knowledge.zones
        return [
            (zone, self._kit.tr(known[zone].name) if zone in known else zone)
            for zone in self._visit.draft.treated_zones
        ]

    def _show_opening(self) -> None:
        self.form = EntryForm(self._kit, self._zone, self._zones(), first=True)
        self.form.entered.connect(self._on_opened)
        answer = next(
            (one for one in self._desk.follow_ups.after(self._visit).record.answers if one.id == self._follow_up_id),
            None,
        )
        if answer is not None:
            text = "\n".join(flag.title for flag in answer.flags)
            zones = [one.zone for one in answer.observations if one.zone and one.grade]
            self.form.begin_with("\n".join(part for part in (text, answer.note) if part), zones)
        else:
            self.form.begin_with("", ())
        self.columns.main.add(growing(self.form))

    def _show_event(self, event: EventHistory) -> None:
        self.columns.main.add(growing(self._stands(event)))
        for entry in event.entries:
            self.columns.main.add(growing(self._entry(event, entry)))
        self.form = EntryForm(self._kit, self._zone, [], first=False)
        self.form.offer_corrections(event.entries)
        self.form.entered.connect(self._on_added)
        self.columns.main.add(growing(self.form))
        self.columns.side.add(growing(self._involved(event)))

    def _stands(self, event: EventHistory) -> QFrame:
        tr = self._kit.tr
        frame = QFrame()
        frame.setProperty("surface", "stop")
        column = QVBoxLayout(frame)
        column.setContentsMargins(2 * SPACE, 12, 2 * SPACE, 12)
        column.setSpacing(2)
        weight = label(seriousness(tr, event.gravest), "heading", wrap=True)
        set_tone(weight, "stop")
        column.addWidget(weight)
        stands = outcome(tr, event.outcome) if event.outcome else tr("not stated yet")
        told = ", ".join(event.reported_to) or tr("nobody yet")
        said = tr("Outcome: {outcome}   ·   Reported to: {whom}", outcome=stands, whom=told)
        column.addWidget(label(said, "body", wrap=True))
        softer = any(one.seriousness is not None and one.seriousness is not event.gravest for one in event.entries)
        if softer:
            hint = tr("The gravest it was ever said to be stands here; every entry stays below.")
            column.addWidget(label(hint, "caption", muted=True, wrap=True))
        return frame

    def _entry(self, event: EventHistory, entry: EventEntry) -> Card:
        tr = self._kit.tr
        card = Card()
        card.body.setSpacing(6)
        head = {
            EventEntryKind.OPENED: tr("First entry"),
            EventEntryKind.COURSE: tr("How it went on"),
            EventEntryKind.CORRECTION: tr("Correction"),
        }[entry.kind]
        if entry.corrects is not None:
            corrected = next((one for one in event.entries if one.id == entry.corrects), None)
            when = moment_text(corrected.at, self._zone) if corrected else ""
            head = tr("Correction of the entry of {when}, which stays", when=when)
        card.add(label(head, "strong", wrap=True))
        card.add(label(entry.text, "body", wrap=True))
        known = self._desk.knowledge.zones
        rows = (
            (tr("How serious"), seriousness(tr, entry.seriousness) if entry.seriousness else ""),
            (tr("Where"), ", ".join(tr(known[zone].name) if zone in known else zone for zone in entry.zones)),
            (tr("Began"), moment_text(entry.onset_at, self._zone) if entry.onset_at else ""),
            (tr("Outcome"), outcome(tr, entry.outcome) if entry.outcome else ""),
            (tr("What was done"), entry.action_taken),
            (tr("Reported to"), entry.reported_to),
        )
        for name, value in rows:
            if value:
                card.add(label(tr("{name}: {value}", name=name, value=value), "body", wrap=True))
        signed = tr("{who}, {when}", who=entry.by, when=moment_text(entry.at, self._zone))
        sealed = tr("sealed with the visit") if entry.in_visit else tr("sealed")
        card.add(label(f"{signed}   ·   {sealed}", "caption", muted=True, wrap=True))
        return card

    def _involved(self, event: EventHistory) -> Card:
        tr = self._kit.tr
        card = Card(tr("Devices and lots"))
        card.body.setSpacing(10)
        for one in self._desk.adverse_events.involved(self._visit, event):
            column = QVBoxLayout()
            column.setSpacing(0)
            column.addWidget(label(one.what, "caption", muted=True))
            column.addWidget(label(one.name, "strong", wrap=True))
            lot = tr("lot {lot}", lot=one.lot) if one.lot else ""
            until = tr("exp {day}", day=record_date(one.expires_on)) if one.expires_on else ""
            serial = tr("serial no. {serial}", serial=one.serial) if one.serial else ""
            said = ", ".join(part for part in (lot, serial, until) if part)
            if said:
                column.addWidget(label(said, "body", wrap=True))
            card.add(column)
        card.add(label(tr("Keep the cartridge and the products."), "body", muted=True, wrap=True))
        return card

    def _reporting(self) -> Card:
        tr = self._kit.tr
        entry = self._desk.knowledge.guidance.get(REPORTING.get(self._desk.practice.clinic().country, "eu-reporting"))
        card = Card(tr("Whom to report to"))
        card.body.setSpacing(SPACE)
        if entry is not None:
            card.add(label(tr(entry.title), "strong", wrap=True))
            card.add(label(tr(entry.text), "body", wrap=True))
            more = button(self._kit.theme, tr("Sources"), "quiet", "book")
            more.clicked.connect(lambda: self.go.emit(ToEntry(f"guidance:{entry.id}")))
            row = QHBoxLayout()
            row.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
            row.addStretch(1)
            card.add(row)
        return card

    # coming and going

    def activate(self) -> None:
        """The first thing to write is what happened."""
        self.form.what.setFocus()

    def deactivate(self) -> bool:
        """An entry half written is not lost by leaving."""
        if not self._has_unsaved():
            return True
        tr = self._kit.tr
        return self._kit.dialogs.ask(
            self,
            tr("The entry is not part of the record yet"),
            tr("Keep writing, or discard what you wrote?"),
            tr("Discard"),
            tr("Keep writing"),
            danger=True,
        )

    def keep(self) -> bool:
        return not self._has_unsaved()

    def _has_unsaved(self) -> bool:
        return bool(self.form.unsaved_text())

    # changing

    def _on_opened(self, entered: Entered) -> None:
        try:
            opened = self._desk.adverse_events.open(
                self._visit.id,
                entered.text,
                entered.seriousness,
                onset_at=entered.onset_at,
                zones=entered.zones,
                outcome=entered.outcome,
                action_taken=entered.action_taken,
                reported_to=entered.reported_to,
                follow_up_id=self._follow_up_id,
            )
        except Fault as fault:
            self._fail(fault)
            return
        # From now on this page is about that event, after a lock as well.
        self.form.clear()
        self.go.emit(ToEvent(self._visit.id, opened.event_id))

    def _on_added(self, entered: Entered) -> None:
        if self._event is None:
            return
        try:
            self._desk.adverse_events.add(
                self._event,
                entered.text,
                seriousness=entered.seriousness,
                outcome=entered.outcome,
                action_taken=entered.action_taken,
                reported_to=entered.reported_to,
                corrects=entered.corrects,
            )
        except Fault as fault:
            self._fail(fault)
            return
        self._reload(self._event.id)

    def _reload(self, event_id: UUID) -> None:
        self.failed.say("")
        self.form.clear()
        self._event = self._desk.adverse_events.one(self._visit, event_id)
        self._show()

    def _on_report(self) -> None:
        event, visit = self._event, self._visit
        if event is None or not self.deactivate():
            return
        self.form.clear()
        desk = self._desk

        def make() -> Paper:
            return desk.papers.event_report(visit, event, desk.adverse_events.involved(visit, event))

        self.report.setEnabled(False)
        self._kit.tasks.run(make, self._on_made, self._on_not_made, owner=self, lane=Lane.PAPERS)

    def _on_made(self, paper: Paper) -> None:
        self.report.setEnabled(True)
        self.go.emit(ToPaper(paper.id))

    def _on_not_made(self, fault: Fault) -> None:
        self.report.setEnabled(True)
        self._fail(fault)

    def _fail(self, fault: Fault) -> None:
        self.failed.say(str(self._kit.tr.fault(fault)))
