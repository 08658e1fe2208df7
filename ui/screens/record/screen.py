"""One signed visit: read-only, complete, in the order of the nine steps. It can be added to, never changed."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from needlelog.clock import today
from needlelog.domain.follow_up import FollowUpAnswer
from needlelog.domain.text import LEAST_IN_REASON
from needlelog.errors import Fault
from needlelog.services.desk import Desk
from ui.screens.record.addenda import AddendaCard
from ui.screens.record.glance_card import GlanceCard
from ui.screens.record.section_card import SectionCard
from ui.screens.record.sections import step_sections
from ui.screens.record.side import PapersCard, SealCard
from ui.screens.record.since import SinceCard
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label, set_tone
from ui.toolkit.screen import Route, Screen, ToClient, ToEvent, ToFollowUp
from ui.toolkit.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.client_banner import ClientBanner
from ui.widgets.client_facts import banner_facts
from ui.widgets.notice import Notice
from ui.widgets.phrases import moment_text, unbroken
from ui.widgets.scroll_column import growing
from ui.widgets.two_columns import TwoColumns

SIDE_WIDTH = 304


class RecordScreen(Screen):
    """The record of one visit with its addenda, seal and papers."""

    asks_before_leaving = True

    def __init__(self, kit: Kit, desk: Desk, session_id: UUID, parent: QWidget | None = None) -> None:
        super().__init__(kit.tr("Visit record"), parent)
        self._kit = kit
        self._desk = desk
        self._visit = desk.history.visit(session_id)
        self._zone = self._visit.draft.time_zone
        self.client_id = self._visit.client.id
        self.sections: list[SectionCard] = []
        self._build()
        self._show()

    # building

    def _build(self) -> None:
        kit, tr = self._kit, self._kit.tr
        self._banner = ClientBanner(kit.theme, tr)
        self.scroller = TwoColumns(tr("Visit record"), SIDE_WIDTH)
        # With the focus here the arrow and page keys read on.
        self.scroller.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.since = SinceCard(kit, self._desk, self._zone)
        self.since.asked.connect(lambda moment: self.go.emit(ToFollowUp(self._visit.id, moment)))
        self.since.handled.connect(self._on_handled)
        self.since.event_asked.connect(lambda event, answer: self.go.emit(ToEvent(self._visit.id, event, answer)))
        self.glance = GlanceCard(kit, self._desk.knowledge, self._visit)
        # What has to be acted on stands before what is looked up.
        red = self._desk.follow_ups.after(self._visit).record.red
        first: tuple[Card, ...] = (self.since, self.glance) if red else (self.glance, self.since)
        for part in first:
            self.scroller.main.add(growing(part))
        self.addenda = AddendaCard(kit, self._zone)
        self.addenda.written.connect(self._on_written)
        self.scroller.main.add(growing(self.addenda))
        known_now = self._desk.papers.as_known_now(self._visit.draft)
        for section in step_sections(known_now, self._desk.knowledge, tr):
            card = SectionCard(kit, self._desk.pictures, section)
            self.sections.append(card)
            self.scroller.main.add(growing(card))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(2 * SPACE)
        whole.addWidget(self._banner)
        whole.addLayout(self._build_head())
        whole.addWidget(self.scroller, 1)
        self._build_side()

    def _build_head(self) -> QVBoxLayout:
        tr, theme = self._kit.tr, self._kit.theme
        draft = self._visit.draft
        words = QVBoxLayout()
        words.setSpacing(0)
        self._heading = label(
            tr("Visit of {when}", when=unbroken(moment_text(draft.started_at, self._zone))), "title", wrap=True
        )
        words.addWidget(self._heading)
        signed = tr(
            "Signed by {who} on {when}",
            who=self._visit.signed_by,
            when=unbroken(moment_text(self._visit.signed_at, self._zone)),
        )
        words.addWidget(label(signed, "body", muted=True, wrap=True))
        self.back = button(theme, tr("All visits"), "secondary", "back")
        self.back.clicked.connect(self._goer(ToClient(self._visit.client.id)))
        self.add = button(theme, tr("Add an addendum"), "primary", "edit")
        self.add.clicked.connect(self._on_add)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addLayout(words, 1)
        row.addWidget(self.back)
        row.addWidget(self.add)
        self.invalidated = Notice(theme, "stop")
        self.renamed = Notice(theme, "raised")
        self.failed = Notice(theme, "stop")
        column = QVBoxLayout()
        column.setContentsMargins(4 * SPACE, 0, 4 * SPACE, 0)
        column.setSpacing(SPACE)
        column.addLayout(row)
        for notice in (self.invalidated, self.renamed, self.failed):
            column.addWidget(notice)
        return column

    def _build_side(self) -> None:
        kit = self._kit
        self.seal = SealCard(kit, self._desk.proof, self._visit)
        papers = self._desk.papers.of_session(self._visit.id)
        withdrawn = self._desk.papers.withdrawn(self._visit.id)
        self.papers = PapersCard(kit, papers, self._zone, withdrawn, self._goer, self._visit)
        self.scroller.side.add(growing(self.seal))
        self.scroller.side.add(growing(self.papers))
        self.invalidate = button(kit.theme, kit.tr("Entered in error…"), "danger", "cross")
        self.invalidate.clicked.connect(self._on_invalidate)
        self.scroller.side.add(self.invalidate)

    # showing

    def activate(self) -> None:
        """Read what was added elsewhere."""
        self._reload()
        self.scroller.setFocus(Qt.FocusReason.OtherFocusReason)

    def deactivate(self) -> bool:
        """What is half written is not lost by leaving."""
        if not self._unsaved_text():
            return True
        tr = self._kit.tr
        return self._kit.dialogs.ask(
            self,
            tr("The addendum is not part of the record yet")
            if self.addenda.unsaved_text()
            else tr("What was done is not part of the record yet"),
            tr("Keep writing, or discard what you wrote?"),
            tr("Discard"),
            tr("Keep writing"),
            danger=True,
        )

    def keep(self) -> bool:
        return not self._unsaved_text()

    def _unsaved_text(self) -> str:
        return self.addenda.unsaved_text() + self.since.unsaved_text()

    def _reload(self) -> None:
        self._visit = self._desk.history.visit(self._visit.id)
        self._show()

    def _show(self) -> None:
        tr, visit = self._kit.tr, self._visit
        client = self._desk.clients.get(visit.client.id)
        day = today(self._kit.clock, self._zone)
        self._banner.show_client(banner_facts(client, day, self._desk.knowledge.ages.values()))
        signed_as = visit.client
        same = (signed_as.full_name, signed_as.birth_date) == (client.full_name, client.birth_date)
        self.renamed.say("" if same else tr("Signed under the name {name}.", name=signed_as.full_name))
        self.addenda.show_addenda(visit.addenda)
        if not self.since.unsaved_text():
            self._show_since()
        self._show_invalidated()

    def _show_since(self) -> None:
        desk, visit = self._desk, self._visit
        after = desk.follow_ups.after(visit)
        self.glance.show_since(after.record)
        country = desk.practice.clinic().country
        number = desk.knowledge.emergency_numbers.get(country)
        self.since.show_since(
            after,
            desk.adverse_events.of(visit),
            desk.follow_ups.earlier(visit),
            desk.clients.get(visit.client.id).phone,
            number.number if number else "",
        )

    def _show_invalidated(self) -> None:
        tr, visit = self._kit.tr, self._visit
        void = visit.invalidated_at is not None
        font = self._heading.font()
        font.setStrikeOut(void)
        self._heading.setFont(font)
        set_tone(self._heading, "muted" if void else "")
        self.invalidate.setVisible(not void)
        when = moment_text(visit.invalidated_at, self._zone) if visit.invalidated_at else ""
        said = tr(
            "Marked as entered in error by {who} on {when}: {reason}",
            who=visit.invalidated_by,
            when=when,
            reason=visit.invalidated_reason,
        )
        self.invalidated.say(said if void else "")

    # asking

    def _goer(self, route: Route) -> Callable[[], None]:
        return lambda: self.go.emit(route)

    def _on_add(self) -> None:
        self.addenda.open_editor()
        self.scroller.ensureWidgetVisible(self.addenda)

    def _on_written(self, text: str) -> None:
        try:
            self._desk.sessions.add_addendum(self._visit.id, text)
        except Fault as fault:
            self.failed.say(str(self._kit.tr.fault(fault)))
            return
        self.failed.say("")
        self.addenda.close_editor()
        self._reload()

    def _on_handled(self, answer: FollowUpAnswer, done: str) -> None:
        try:
            self._desk.follow_ups.handle(answer, done)
        except Fault as fault:
            self.failed.say(str(self._kit.tr.fault(fault)))
            return
        self.failed.say("")
        self._show_since()

    def _on_invalidate(self) -> None:
        tr = self._kit.tr
        reason = self._kit.dialogs.ask_text(
            self,
            tr("Mark this visit as entered in error"),
            tr("Why? The visit stays readable with this reason and no longer counts in the history."),
            tr("Mark as entered in error"),
            phrases=(tr("Recorded for the wrong client"), tr("Recorded twice")),
            least=LEAST_IN_REASON,
        )
        if not reason:
            return
        try:
            self._desk.sessions.invalidate(self._visit.id, reason)
        except Fault as fault:
            self.failed.say(str(tr.fault(fault)))
            return
        self._reload()
