"""All clients: search as you type, arrows and Enter from the search line, archived ones on demand."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from needlelog.domain.client import ClientSummary
from needlelog.domain.unreadable import Kept
from needlelog.services.desk import Desk
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.screen import EditClient, Screen, ToClient
from ui.toolkit.theme import SPACE
from ui.widgets.chips import ChipRow
from ui.widgets.client_list import ClientList
from ui.widgets.empty_state import EmptyState
from ui.widgets.notice import Notice
from ui.widgets.phrases import day_of, shortened
from ui.widgets.search_box import SearchBox

MOST_SHOWN = 200
"""The store answers with at most so many; from here on the screen asks to narrow the search."""


class ClientsScreen(Screen):
    """The client list."""

    def __init__(self, kit: Kit, desk: Desk, query: str = "", parent: QWidget | None = None) -> None:
        super().__init__(kit.tr("Clients"), parent)
        self._kit = kit
        self._desk = desk
        self._zone = desk.practice.clinic().time_zone
        self._build()
        # Found at once below, not again when typing would rest.
        with QSignalBlocker(self.search):
            self.search.setText(query)
        self._find()

    def _build(self) -> None:
        tr, theme = self._kit.tr, self._kit.theme
        self.new_client = button(theme, tr("New client"), "primary", "plus")
        self.new_client.clicked.connect(lambda: self.go.emit(EditClient(None)))
        head = QHBoxLayout()
        head.addWidget(label(tr("Clients"), "title"), 1)
        head.addWidget(self.new_client)
        self.search = SearchBox(theme, tr, tr("Find a client"), tr("Name, number, phone or date of birth"))
        self.search.searched.connect(lambda _query: self._find())
        self.search.entered.connect(self._on_entered)
        self.search.moved.connect(self._on_moved)
        self.archived = ChipRow(theme, tr("Which clients"), [(True, tr("Archived"))])
        self.archived.changed.connect(lambda _chosen: self._find())
        self.archived.setFixedWidth(self.archived.button(True).sizeHint().width())
        line = QHBoxLayout()
        line.setSpacing(SPACE)
        line.addWidget(self.search, 1)
        line.addWidget(self.archived)
        self.list = ClientList(theme, tr, self._zone)
        self.list.chosen.connect(self._on_chosen)
        self._empty = EmptyState(theme, "people", "", verb=tr("New client"))
        self._empty.chosen.connect(lambda: self.go.emit(EditClient(None)))
        self._count = label("", "body", muted=True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(4 * SPACE, 3 * SPACE, 4 * SPACE, 2 * SPACE)
        whole.setSpacing(2 * SPACE)
        whole.addLayout(head)
        whole.addLayout(line)
        self.damaged = Notice(theme, "hold", slim=True)
        whole.addWidget(self.damaged)
        # In its place before it is filled: a stack without a parent shows its first widget as a window of its own.
        self._stack = QStackedWidget()
        whole.addWidget(self._stack, 1)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)
        whole.addWidget(self._count)
        self.setTabOrder(self.search, self.archived)
        self.setTabOrder(self.archived, self.list)

    def activate(self) -> None:
        """Read the list afresh; the search line has the focus and keeps what was searched for."""
        self._find()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def message(self) -> str:
        """The sentence below the list: how many were found."""
        return self._count.text()

    def _find(self) -> None:
        query = self.search.text()
        archived = self.archived.value() is True
        found = self._desk.clients.find(query, archived=archived)
        today = day_of(self._kit.clock.now(), self._zone)
        self.list.show_clients(found, today, select_first=bool(query.strip()))
        self._stack.setCurrentWidget(self.list if found else self._empty)
        self.damaged.say(self._desk.proof.met({Kept.CLIENT}))
        self._say(query.strip(), archived, len(found))

    def _say(self, query: str, archived: bool, count: int) -> None:
        tr = self._kit.tr
        if count >= MOST_SHOWN:
            said = tr("The first {count} are shown. Type more to narrow it down.", count=count)
        elif archived:
            said = tr.plural("{count} archived client", "{count} archived clients", count)
        else:
            said = tr.plural("{count} client", "{count} clients", count)
        self._count.setText(said if count else "")
        if count:
            return
        if query:
            advice = tr("Try fewer letters, the number, the phone or the date of birth. Accents do not matter.")
            self._empty.say(tr("No client found for “{query}”", query=shortened(query)), advice)
        elif archived:
            self._empty.say(tr("No archived clients"), tr("Archived clients leave the daily list and appear here."))
        else:
            self._empty.say(tr("No clients yet"), tr("Add the first one; it takes a name and a date of birth."))

    def _on_entered(self) -> None:
        self.list.choose_current()

    def _on_moved(self, steps: int) -> None:
        self.list.move_by(steps)

    def _on_chosen(self, client: ClientSummary) -> None:
        self.go.emit(ToClient(client.id))
