"""One client between visits: open visits first, then what was done, and what holds beside it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from needlelog.clock import today
from needlelog.domain.client import Client
from needlelog.domain.follow_up import FollowUpRecord
from needlelog.domain.history import VisitSummary
from needlelog.domain.papers import Paper, Withdrawal
from needlelog.domain.session import DraftSummary
from needlelog.domain.text import LEAST_IN_REASON
from needlelog.errors import Fault
from needlelog.i18n import record_date
from needlelog.rules.client_age import age_rules_hit
from needlelog.rules.glance import views_that_show, zones_at_a_glance
from needlelog.rules.series import numbers
from needlelog.services.desk import Desk
from ui.screens.client.depths import depths_over_time
from ui.screens.client.discarded import DiscardedVisits
from ui.screens.client.file_card import ClientFileCard
from ui.screens.client.open_visit import OpenVisitCard
from ui.screens.client.series_part import SeriesPart
from ui.screens.client.side import contact_card, health_card, papers_card
from ui.screens.client.visit_card import VisitCard
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.plain import caption
from ui.toolkit.screen import (
    EditClient,
    Route,
    Screen,
    StartVisit,
    ToFollowUp,
    ToLot,
    ToPaper,
    ToPreparation,
    ToRecord,
    ToSession,
)
from ui.toolkit.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.client_banner import ClientBanner
from ui.widgets.client_facts import banner_facts
from ui.widgets.depth_strip import DepthStrip
from ui.widgets.empty_state import EmptyState
from ui.widgets.follow_up_card import FollowUpCard
from ui.widgets.notice import Notice
from ui.widgets.phrases import day_of, days_ago, moment_text, unbroken
from ui.widgets.scroll_column import growing
from ui.widgets.still_zone_map import StillZoneMap
from ui.widgets.toast import Toast
from ui.widgets.two_columns import TwoColumns
from ui.widgets.zone_map_marks import ZoneMark

FIRST_SHOWN = 12
"""So many visits are laid out at once; the others on demand."""
COMPARED = 8
"""So many visits stand side by side in the depths over time."""
SIDE_WIDTH = 320
SEPARATOR = "   ·   "
MAP_HEIGHT = 168
# Milder rules (a device's authorised age) are said in a sentence; only these make somebody under age.


class ClientScreen(Screen):
    """Everything about one client, and the way to the next visit."""

    def __init__(self, kit: Kit, desk: Desk, client_id: UUID, parent: QWidget | None = None) -> None:
        super().__init__(kit.tr("Client"), parent)
        self._kit = kit
        self._desk = desk
        self._zone = desk.practice.clinic().time_zone
        self._all_visits = False
        self._recalled_lot = ""
        self._all_discarded = False
        self.discarded: DiscardedVisits | None = None
        self.series: SeriesPart | None = None
        self.file: ClientFileCard | None = None
        self.client_id = client_id
        self._client: Client = desk.clients.get(client_id)
        self._said: tuple[str, ...] = ()
        self.cards: list[VisitCard] = []
        self.drafts: list[OpenVisitCard] = []
        self._build()
        self._read()

    # building

    def _build(self) -> None:
        kit = self._kit
        self.banner = ClientBanner(kit.theme, kit.tr)
        self.columns = TwoColumns(kit.tr("Visits and client details"), SIDE_WIDTH)
        self.main, self.side = self.columns.main, self.columns.side
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(2 * SPACE)
        whole.addWidget(self.banner)
        whole.addLayout(self._build_actions())
        whole.addWidget(self.columns, 1)
        self.toast = Toast(kit.theme, kit.tr, self)

    def _build_actions(self) -> QVBoxLayout:
        tr, theme = self._kit.tr, self._kit.theme
        self._summary = label("", "lead", wrap=True)
        self.repeat = button(theme, tr("Repeat last visit"), "secondary", "repeat")
        self.start = button(theme, tr("Start a visit"), "primary", "needle", chair=True)
        self.repeat.clicked.connect(lambda: self.go.emit(StartVisit(self._client.id, repeat=True)))
        self.start.clicked.connect(lambda: self.go.emit(StartVisit(self._client.id)))
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self._summary, 1)
        row.addWidget(self.repeat)
        row.addWidget(self.start)
        self.notice = Notice(theme, "hold")
        self.archived = Notice(theme, "raised")
        back = self.archived.add_verb(tr("Put back on the list"), "quiet")
        back.clicked.connect(self._on_unarchive)
        column = QVBoxLayout()
        column.setContentsMargins(4 * SPACE, 0, 4 * SPACE, 0)
        column.setSpacing(SPACE)
        column.addLayout(row)
        self.recalled = Notice(theme, "stop", tr("Who was treated?"), icon="warning")
        self.recalled.answered.connect(lambda: self.go.emit(ToLot(self._recalled_lot)))
        column.addWidget(self.recalled)
        column.addWidget(self.notice)
        self.damaged = Notice(theme, "hold", slim=True)
        column.addWidget(self.damaged)
        column.addWidget(self.archived)
        return column

    # showing

    def activate(self) -> None:
        """Read the client afresh; Enter starts a visit."""
        self._read()
        self.start.setFocus()

    def summary(self) -> str:
        """How many visits, how long ago the last one was, and the next one."""
        return SEPARATOR.join(self._said)

    def _read(self) -> None:
        desk = self._desk
        self._client = desk.clients.get(self._client.id)
        self.title = self._client.full_name
        self._show_banner()
        visits = desk.history.visits(self._client.id)
        drafts = desk.sessions.open_for(self._client.id)
        self._show_actions(visits)
        self._show_main(visits, drafts)
        self._show_side(visits)
        self.damaged.say(desk.proof.met_of(self._client.number))

    def _show_banner(self) -> None:
        tr, client = self._kit.tr, self._client
        day = today(self._kit.clock, self._zone)
        hit = age_rules_hit(client, day, self._desk.knowledge.ages.values())
        ages = self._desk.knowledge.ages.values()
        self.banner.show_client(banner_facts(client, day, ages, self._show_recalled()))
        self.notice.say(f"{hit[0].text}. {hit[0].note}".strip() if hit else "")
        self.archived.say(tr("This client is archived and not on the daily list.") if client.archived_at else "")

    def _show_recalled(self) -> tuple[str, ...]:
        """Say which recalled lot the client was treated with and why it was recalled; returns the lots."""
        tr, pairs = self._kit.tr, self._desk.stock.recalled_of(self._client.id)
        said = []
        for recall, use in {(recall.id, use.session_id): (recall, use) for recall, use in pairs}.values():
            day = record_date(day_of(use.started_at, use.time_zone))
            text = "Treated on {day} with lot {lot} of {product}, which was recalled: {reason}"
            said.append(tr(text, day=day, lot=use.lot, product=use.product, reason=recall.reason))
        self.recalled.say("\n".join(said))
        self._recalled_lot = pairs[0][1].lot if pairs else ""
        return tuple(dict.fromkeys(recall.lot for recall, _ in pairs))

    def _show_actions(self, visits: tuple[VisitSummary, ...]) -> None:
        tr = self._kit.tr
        valid = [visit for visit in visits if not visit.invalidated]
        self.repeat.setVisible(bool(valid))
        if not valid:
            self._say(tr("No visit yet"))
            return
        day = today(self._kit.clock, self._zone)
        # By their days, which is what is asked; a day yet to come was set by a wrong clock.
        days = [visit.started_at for visit in valid if visit.started_at <= self._kit.clock.now()]
        last = max(days, default=valid[0].started_at)
        parts = [tr.plural("{count} visit", "{count} visits", len(valid))]
        parts.append(tr("last {ago}", ago=days_ago(tr, (day - day_of(last, self._zone)).days)))
        self._say_what_is_repeated()
        newest = self._desk.history.readable([valid[0].id])
        planned = newest[0].draft.aftercare.next_visit_at if newest else None
        if planned is not None and planned >= self._kit.clock.now():
            parts.append(tr("next {when}", when=moment_text(planned, self._zone)))
        self._say(*parts)

    def _say_what_is_repeated(self) -> None:
        """The day of the visit that would be repeated: the one signed last that can be read."""
        tr, again = self._kit.tr, self._desk.history.latest(self._client.id)
        text = tr("Repeat last visit")
        if again is not None:
            day = record_date(day_of(again.draft.started_at, again.draft.time_zone))
            self.repeat.setAccessibleDescription(day)
            # Below each other: in large text the whole line would be wider than the window.
            text = f"{text}\n{unbroken(day)}"
        self.repeat.setText(caption(text))

    def _say(self, *parts: str) -> None:
        self._said = parts
        self._summary.setText(SEPARATOR.join(map(unbroken, parts)))

    def _show_main(self, visits: tuple[VisitSummary, ...], drafts: tuple[DraftSummary, ...]) -> None:
        tr = self._kit.tr
        self.main.empty()
        self.drafts = [self._draft_card(draft) for draft in drafts]
        for card in self.drafts:
            self.main.add(growing(card))
        self._add_follow_ups()
        self._add_series(visits)
        if not visits:
            said = tr("The first signed visit will appear here with its zones, depths and reactions.")
            self.main.add(EmptyState(self._kit.theme, "history", tr("Nothing signed yet"), said))
            self.cards = []
            self._add_discarded()
            return
        shown = visits if self._all_visits else visits[:FIRST_SHOWN]
        sessions = numbers(self._desk.series.of(self._client.id), visits)
        self.cards = [
            VisitCard(self._kit, self._desk.knowledge, one, sessions.get(one.id), None if place else self._picture(one))
            for place, one in enumerate(shown)
        ]
        first = self.cards[0].visit
        self.main.add(label(tr("Visits") if first.invalidated else tr("Last visit"), "heading"))
        self._add_visit(self.cards[0])
        self._add_depths(visits)
        if len(self.cards) > 1:
            self.main.add(label(tr("Earlier visits"), "heading"))
        for earlier in self.cards[1:]:
            self._add_visit(earlier)
        if len(shown) < len(visits):
            self.more = button(
                self._kit.theme, tr("Show {count} older visits", count=len(visits) - len(shown)), "quiet"
            )
            self.more.clicked.connect(self._on_more)
            self.main.add(self.more)
        self._add_discarded()

    def _add_follow_ups(self) -> None:
        self.follow_ups: list[FollowUpCard] = []
        for ask in self._desk.follow_ups.to_ask_of(self._client.id):
            card = FollowUpCard(self._kit, ask, self._desk.knowledge.follow_up_moments, named=False)
            session_id = ask.visit.session_id
            route = ToRecord(session_id) if ask.red or ask.due is None else ToFollowUp(session_id, ask.due.moment)
            card.chosen.connect(self._goer(route))
            self.follow_ups.append(card)
            self.main.add(growing(card))

    def _add_series(self, visits: tuple[VisitSummary, ...]) -> None:
        self.series = SeriesPart(self._kit, self._desk, self._client.id, visits)
        self.series.go.connect(self.go)
        self.series.changed.connect(self._read)
        self.main.add(growing(self.series))

    def _add_discarded(self) -> None:
        found = self._desk.sessions.discarded_for(self._client.id)
        self.discarded = None
        if found:
            self.discarded = DiscardedVisits(self._kit, found, self._zone, opened=self._all_discarded)
            self.discarded.toggled.connect(self._on_discarded_toggled)
            self.discarded.taken_up.connect(self._on_taken_up)
            self.main.add(growing(self.discarded))

    def _add_visit(self, card: VisitCard) -> None:
        card.chosen.connect(self._goer(ToRecord(card.visit.id)))
        self.main.add(growing(card))

    def _picture(self, visit: VisitSummary) -> QWidget | None:
        """The zones of a visit on the view that shows most of them; None where none was treated or can be read."""
        knowledge = self._desk.knowledge
        views = views_that_show(visit.zones, knowledge.zones, 1)
        read = self._desk.history.readable([visit.id]) if views else ()
        if not read:
            return None
        picture = StillZoneMap(self._kit.theme, self._kit.tr, knowledge, views[0], MAP_HEIGHT)
        zones = zones_at_a_glance(read[0].draft, FollowUpRecord(), knowledge.scales)
        picture.show_marks({one.zone: ZoneMark(deepest_mm=one.deepest_mm) for one in zones})
        return picture

    def _add_depths(self, visits: tuple[VisitSummary, ...]) -> None:
        compared = list(self._desk.history.readable(visit.id for visit in visits[:COMPARED]))
        days, zones = depths_over_time(compared, self._desk.knowledge)
        if len(days) < 2:
            return
        card = Card(self._kit.tr("Depth by zone, mm"))
        strip = DepthStrip(self._kit.theme, self._kit.tr)
        strip.show_depths(days, zones)
        card.add(strip)
        self.main.add(growing(card))

    def _draft_card(self, draft: DraftSummary) -> OpenVisitCard:
        card = OpenVisitCard(self._kit, draft, self._zone)
        card.chosen.connect(self._goer(ToSession(draft.id)))
        card.discard_asked.connect(self._discarder(draft))
        return card

    def _show_side(self, visits: tuple[VisitSummary, ...]) -> None:
        tr, kit = self._kit.tr, self._kit
        self.side.empty()
        edit = button(kit.theme, tr("Edit"), "quiet", "edit")
        edit.clicked.connect(self._goer(EditClient(self._client.id)))
        self.side.add(growing(contact_card(kit, self._client, edit)))
        day = today(kit.clock, self._zone)
        self.side.add(growing(health_card(kit, self._client, self._desk.knowledge, day)))
        papers = [paper for visit in visits for paper in self._desk.papers.of_session(visit.id)]
        papers += self._desk.papers.of_client(self._client.id)
        self.prepare = button(kit.theme, tr("Preparation sheet"), "quiet", "sheet")
        self.prepare.clicked.connect(self._goer(ToPreparation(self._client.id)))
        self.side.add(self.prepare)
        if visits:
            self.file = ClientFileCard(kit, self._desk, self._client)
            self.side.add(growing(self.file))
        if papers:
            withdrawn: dict[UUID, Withdrawal] = {}
            for of in dict.fromkeys(one.session_id for one in papers):
                withdrawn |= self._desk.papers.withdrawn(of)
            self.side.add(growing(papers_card(kit, papers, self._zone, withdrawn, self._paper_opener)))
        if self._client.archived_at is None:
            self.archive_button = button(kit.theme, tr("Archive this client"), "quiet", "archive")
            self.archive_button.clicked.connect(self._on_archive)
            self.side.add(self.archive_button)

    def deactivate(self) -> bool:
        """A file that is being made is not wanted by who goes elsewhere."""
        if self.file is not None:
            self.file.stop()
        return True

    # asking

    def _goer(self, route: Route) -> Callable[[], None]:
        return lambda: self.go.emit(route)

    def _paper_opener(self, paper: Paper) -> Callable[[], None]:
        return self._goer(ToPaper(paper.id))

    def _on_more(self) -> None:
        self._all_visits = True
        self._read()

    def _discarder(self, draft: DraftSummary) -> Callable[[], None]:
        return lambda: self._on_discard(draft)

    def _on_discard(self, draft: DraftSummary) -> None:
        tr = self._kit.tr
        reason = self._kit.dialogs.ask_text(
            self,
            tr("Discard this open visit"),
            tr("Why? Nothing of it is deleted: it stays below the visits with this reason and can be taken up again."),
            tr("Discard"),
            phrases=(tr("Begun by mistake"), tr("Client left before the treatment")),
            least=LEAST_IN_REASON,
        )
        if not reason:
            return
        try:
            self._desk.sessions.discard(draft.id, reason)
        except Fault as fault:
            self._kit.dialogs.tell(self, tr.fault(fault))
        self._read()

    def _on_discarded_toggled(self, on: bool) -> None:
        self._all_discarded = on

    def _on_taken_up(self, draft_id: UUID) -> None:
        try:
            self._desk.sessions.take_up_again(draft_id)
        except Fault as fault:
            self._kit.dialogs.tell(self, self._kit.tr.fault(fault))
            self._read()
            return
        self.go.emit(ToSession(draft_id))

    def _on_archive(self) -> None:
        self._desk.clients.archive(self._client.id)
        self._read()
        said = self._kit.tr("{name} is archived.", name=self._client.full_name)
        self.toast.offer(said, self._on_unarchive)

    def _on_unarchive(self) -> None:
        self._desk.clients.unarchive(self._client.id)
        self._read()
