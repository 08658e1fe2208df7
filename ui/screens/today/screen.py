"""The start screen: visits under way with their timers, drafts left open, who was here lately, and one way to begin."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from needlelog.clock import local
from needlelog.domain.client import ClientSummary
from needlelog.domain.session import DraftSummary
from needlelog.i18n import record_date
from needlelog.services.desk import Desk
from ui.screens.today.follow_ups import FollowUpGroup
from ui.screens.today.picker import ClientPicker
from ui.screens.today.recalled_card import RecalledCard
from ui.screens.today.stock_card import StockCard
from ui.screens.today.visit_cards import OpenVisitCard, split_by_day
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import IconMark, label
from ui.toolkit.screen import (
    EditClient,
    Route,
    Screen,
    StartVisit,
    ToClient,
    ToClients,
    ToKnowledge,
    ToLot,
    ToProducts,
    ToSession,
    ToSettings,
)
from ui.toolkit.theme import SPACE
from ui.widgets.elided import ElidedLabel
from ui.widgets.empty_state import EmptyState
from ui.widgets.notice import Notice
from ui.widgets.phrases import born_and_age, day_of, days_ago, weekday
from ui.widgets.scroll_column import growing
from ui.widgets.search_box import SearchBox
from ui.widgets.tap_card import TapCard
from ui.widgets.two_columns import TwoColumns

TICK_MS = 1000
SIDE_WIDTH = 340
RECENT = 6


class TodayScreen(Screen):
    """What now."""

    def __init__(self, kit: Kit, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(kit.tr("Today"), parent)
        self._kit = kit
        self._desk = desk
        self._zone = desk.practice.clinic().time_zone
        self.cards: list[OpenVisitCard] = []
        self.recalled: RecalledCard | None = None
        self.stock: StockCard | None = None
        self._recent_cards: list[TapCard] = []
        self._picking = False
        self._build()
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._on_tick)
        self._read()

    # building

    def _build(self) -> None:
        tr, theme = self._kit.tr, self._kit.theme
        self._greeting = ElidedLabel("", "display")
        self._date = label("", "lead", muted=True)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._greeting)
        words.addWidget(self._date)
        self.new_visit = button(theme, tr("New visit"), "primary", "plus", chair=True)
        self.new_visit.clicked.connect(self._on_new_visit)
        head = QHBoxLayout()
        head.addLayout(words, 1)
        head.addWidget(self.new_visit)
        self.search = SearchBox(
            theme, tr, tr("Find a client"), tr("Find a client: name, number, phone or date of birth")
        )
        self.search.searched.connect(self._on_searched)
        self.search.entered.connect(self._on_entered)
        self.search.moved.connect(self._on_moved)
        self.picker = ClientPicker(self._kit, self._desk.clients, self._zone)
        self.picker.chosen.connect(self._on_chosen)
        self.picker.client_wanted.connect(lambda: self.go.emit(EditClient(None)))
        self.picker.left.connect(self._on_left)
        self.notice = Notice(theme, "hold", tr("Library"))
        self.notice.answered.connect(lambda: self.go.emit(ToKnowledge()))
        self.damaged = Notice(theme, "hold", tr("Check the records"))
        self.damaged.answered.connect(lambda: self.go.emit(ToSettings()))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._overview())
        self._stack.addWidget(self.picker)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(4 * SPACE, 3 * SPACE, 4 * SPACE, 2 * SPACE)
        whole.setSpacing(2 * SPACE)
        whole.addLayout(head)
        whole.addWidget(self.search)
        whole.addWidget(self.notice)
        whole.addWidget(self.damaged)
        whole.addSpacing(SPACE)
        whole.addWidget(self._stack, 1)

    def _overview(self) -> QWidget:
        columns = TwoColumns(self._kit.tr("Open visits, and clients seen recently"), SIDE_WIDTH)
        columns.set_margins(0, 0, SPACE, 2 * SPACE)
        self._columns = columns
        self._left, self._right = columns.main, columns.side
        return columns

    # coming and going

    def activate(self) -> None:
        """Read the open visits afresh; the search line has the focus."""
        self._read()
        # What is red stands first, and must not be scrolled out of sight.
        self._columns.verticalScrollBar().setValue(0)
        self.search.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tick.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._tick.stop()

    # showing

    def _read(self) -> None:
        tr = self._kit.tr
        self.notice.say("\n".join(self._desk.notices()))
        now = local(self._kit.clock.now(), self._zone)
        greeting = (
            tr("Good morning") if now.hour < 12 else tr("Good afternoon") if now.hour < 18 else tr("Good evening")
        )
        self._greeting.setText(tr("{greeting}, {name}", greeting=greeting, name=self._desk.me.name))
        self._date.setText(tr("{weekday}, {date}", weekday=weekday(tr, now.date()), date=record_date(now.date())))
        drafts = self._desk.sessions.open()
        today = now.date()
        begun_today = [day_of(one.started_at, self._zone) == today or bool(one.numbing_on) for one in drafts]
        under_way, left_open = split_by_day(drafts, begun_today)
        self._left.empty()
        self.cards = []
        to_ask, moments = self._desk.follow_ups.to_ask(), self._desk.knowledge.follow_up_moments
        self.red_flags = FollowUpGroup(self._kit, to_ask, moments, red=True)
        self.follow_ups = FollowUpGroup(self._kit, to_ask, moments, red=False)
        for group in (self.red_flags, self.follow_ups):
            group.asked.connect(self.go)
        self._left.add(self.red_flags)
        self._add_recalled()
        self._left.add(self._section(tr("In progress"), len(under_way)))
        for draft in under_way:
            self._add_visit(draft, today=True)
        if not under_way:
            text = tr("A visit you start shows here with its step and its timers until it is signed.")
            self._left.add(self._quiet("needle", tr("Nobody is being treated right now"), text))
        if left_open:
            self._left.add(self._section(tr("Not signed yet"), len(left_open)))
            for draft in left_open:
                self._add_visit(draft, today=False)
        self._left.add(self.follow_ups)
        self._add_stock(today)
        self._show_recent()
        # Said last: all that stands here was read by now.
        self.damaged.say(self._desk.proof.alarm())

    def _add_recalled(self) -> None:
        """Whoever was treated with a lot that stands recalled is to be called, before anything else."""
        pairs = self._desk.stock.treated_with_recalled()
        clients = self._desk.follow_ups.still_to_call(pairs)
        self.recalled = None
        if not clients:
            return
        lots = tuple(dict.fromkeys(recall.lot for recall, _ in pairs))
        self.recalled = RecalledCard(self._kit, {recall.id: recall for recall, _ in pairs}.values(), len(clients))
        self.recalled.chosen.connect(self._goer(ToLot(lots[0] if len(lots) == 1 else "")))
        self._left.add(growing(self.recalled))

    def _add_stock(self, today: date) -> None:
        lots = self._desk.stock.to_look_after(self._desk.knowledge.shelf.expires_soon_days)
        self.stock = StockCard(self._kit, lots, today) if lots else None
        if self.stock is None:
            return
        self.stock.chosen.connect(self._goer(ToProducts()))
        self._left.add(self._section(self._kit.tr("Stock to look after"), len(lots)))
        self._left.add(growing(self.stock))

    def _add_visit(self, draft: DraftSummary, *, today: bool) -> None:
        card = OpenVisitCard(self._kit, draft, self._zone, today=today)
        card.chosen.connect(self._goer(ToSession(card.draft.id)))
        self.cards.append(card)
        self._left.add(growing(card))

    def _show_recent(self) -> None:
        tr = self._kit.tr
        self._right.empty()
        self._recent_cards = []
        clients = self._desk.clients.find("")
        seen = [client for client in clients if client.last_visit_at is not None]
        self._right.add(self._section(tr("Seen recently") if seen else tr("Clients")))
        for client in (seen or clients)[:RECENT]:
            card = self._recent(client)
            self._recent_cards.append(card)
            self._right.add(growing(card))
        if not clients:
            empty = EmptyState(
                self._kit.theme,
                "people",
                tr("No clients yet"),
                tr("Their names will appear here."),
                tr("Add the first client"),
            )
            empty.chosen.connect(lambda: self.go.emit(EditClient(None)))
            self._right.add(empty)
            return
        everybody = button(self._kit.theme, tr("All clients"), "quiet", "people")
        everybody.setProperty("align", "left")
        everybody.clicked.connect(self._goer(ToClients()))
        self._right.add(everybody)

    def _recent(self, client: ClientSummary) -> TapCard:
        tr = self._kit.tr
        today = day_of(self._kit.clock.now(), self._zone)
        seen = tr("no visit yet")
        if client.last_visit_at is not None:
            seen = days_ago(tr, (today - day_of(client.last_visit_at, self._zone)).days)
        card = TapCard(self._kit.theme, f"{client.full_name}, {client.label}, {seen}")
        card.body.setContentsMargins(16, 8, 16, 8)
        card.body.setSpacing(0)
        first = QHBoxLayout()
        first.setSpacing(12)
        first.addWidget(ElidedLabel(client.full_name, "strong"))
        first.addStretch(1)
        first.addWidget(label(seen, "body", muted=True))
        card.body.addLayout(first)
        born = born_and_age(client.birth_date, today)
        card.body.addWidget(self._muted(f"{client.label}   ·   {born}"))
        card.chosen.connect(self._goer(ToClient(client.id)))
        return card

    def _muted(self, text: str) -> ElidedLabel:
        made = ElidedLabel(text)
        made.setProperty("tone", "muted")
        return made

    def _section(self, text: str, count: int = 0) -> QWidget:
        made = label(text if not count else f"{text}  {count}", "heading")
        return made

    def _quiet(self, icon: str, title: str, text: str) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, SPACE, 0, 2 * SPACE)
        row.setSpacing(2 * SPACE)
        row.addWidget(IconMark(self._kit.theme, icon, "muted", 32))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(title, "strong", wrap=True))
        words.addWidget(label(text, "body", muted=True, wrap=True))
        row.addLayout(words, 1)
        return holder

    def _on_tick(self) -> None:
        for card in self.cards:
            card.tick()

    # asking

    def _goer(self, route: Route) -> Callable[[], None]:
        return lambda: self.go.emit(route)

    def _on_new_visit(self) -> None:
        self._picking = True
        self.picker.show_found(self.search.text(), for_visit=True)
        self._stack.setCurrentWidget(self.picker)
        self.search.setFocus()

    def _on_searched(self, query: str) -> None:
        if not query.strip() and not self._picking:
            self._stack.setCurrentIndex(0)
            return
        self.picker.show_found(query, for_visit=self._picking)
        self._stack.setCurrentWidget(self.picker)

    def _on_entered(self) -> None:
        if self._stack.currentWidget() is self.picker:
            self.picker.list.choose_current()

    def _on_moved(self, steps: int) -> None:
        self.picker.list.move_by(steps)

    def _on_chosen(self, client: ClientSummary) -> None:
        picking, self._picking = self._picking, False
        self._on_left()
        # Somebody whose visit is still open is offered that one first, on the client's own page.
        if not picking or client.open_drafts:
            self.go.emit(ToClient(client.id))
            return
        repeat = self._repeats(client)
        if repeat is not None:
            self.go.emit(StartVisit(client.id, repeat=repeat))

    def _repeats(self, client: ClientSummary) -> bool | None:
        """Whether the visit repeats the last one, which takes far fewer taps; None to stay here."""
        if client.last_visit_at is None:
            return False
        tr, day = self._kit.tr, record_date(day_of(client.last_visit_at, self._zone))
        return self._kit.dialogs.ask_either(
            self,
            tr("Repeat the last visit?"),
            tr(
                "{name} was last here on {day}. Repeated, zones, depths and products stand ready to be confirmed.",
                name=client.full_name,
                day=day,
            ),
            tr("Repeat last visit"),
            tr("Start an empty one"),
        )

    def _on_left(self) -> None:
        self._picking = False
        self.search.clear()
        self._stack.setCurrentIndex(0)

    def recent(self) -> tuple[str, ...]:
        """Who was seen lately, as it is read aloud."""
        return tuple(card.accessibleName() for card in self._recent_cards)

    def open_visits(self) -> tuple[UUID, ...]:
        """The open visits in the order they are shown."""
        return tuple(card.draft.id for card in self.cards)
