"""Finding a client from the start screen: to look at, or to start a visit with."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from needlelog.domain.client import ClientSummary
from needlelog.services.clients import Clients
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.theme import SPACE
from ui.widgets.client_list import ClientList
from ui.widgets.empty_state import EmptyState
from ui.widgets.phrases import day_of, shortened


class ClientPicker(QWidget):
    """The clients that match a query, with a heading that says what choosing one will do."""

    chosen = Signal(object)
    """The ``ClientSummary``."""
    client_wanted = Signal()
    """Nobody fits: make a new client."""
    left = Signal()

    def __init__(self, kit: Kit, clients: Clients, zone: str) -> None:
        super().__init__()
        self._kit = kit
        self._clients = clients
        self._zone = zone
        tr, theme = kit.tr, kit.theme
        self._heading = label("", "heading")
        self.new_client = button(theme, tr("New client"), "secondary", "plus")
        back = button(theme, tr("Back to today"), "quiet", "back")
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(self._heading, 1)
        head.addWidget(back)
        head.addWidget(self.new_client)
        self.list = ClientList(theme, tr, zone)
        self._empty = EmptyState(theme, "people", "")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addLayout(head)
        # In its place before it is filled: a stack without a parent shows its first widget as a window of its own.
        self._stack = QStackedWidget()
        column.addWidget(self._stack, 1)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)
        self.list.chosen.connect(self.chosen)
        self.new_client.clicked.connect(self.client_wanted)
        back.clicked.connect(self.left)

    def message(self) -> str:
        """What is said when nobody is shown; "" otherwise."""
        return "" if self._stack.currentWidget() is self.list else self._empty.accessibleName()

    def show_found(self, query: str, *, for_visit: bool) -> None:
        """Show who matches; ``for_visit`` changes only the words."""
        tr = self._kit.tr
        self._heading.setText(tr("Who is the visit for?") if for_visit else tr("Clients found"))
        found: tuple[ClientSummary, ...] = self._clients.find(query)
        self.list.show_clients(found, day_of(self._kit.clock.now(), self._zone), select_first=bool(query.strip()))
        if found:
            self._stack.setCurrentWidget(self.list)
            return
        title, advice = tr("No clients yet"), tr("Add the first client to start a visit.")
        if query.strip():
            title = tr("No client found for “{query}”", query=shortened(query))
            advice = tr("Try fewer letters, the number, the phone or the date of birth, or add a new client.")
        self._empty.say(title, advice)
        self._empty.setAccessibleName(title)
        self._stack.setCurrentWidget(self._empty)
