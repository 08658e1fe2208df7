"""Choosing the visit with which the sheet is shown: a made-up one, or one of a client's that is found by name."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from needlelog.clock import local
from needlelog.domain.client import ClientSummary
from needlelog.i18n import record_date
from needlelog.services.desk import Desk
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.plain import tooltip
from ui.toolkit.theme import SPACE
from ui.widgets.search_box import SearchBox

PLACE = Qt.ItemDataRole.UserRole
MOST_CLIENTS, MOST_VISITS = 12, 3


@dataclass(frozen=True, slots=True)
class ShownVisit:
    """Whose sheet is shown: a visit of a client, signed or still open."""

    client_id: UUID
    visit_id: UUID
    opened: bool


class VisitPicker(QWidget):
    """``chosen`` carries a ``ShownVisit``, or None for the made-up example."""

    chosen = Signal(object)
    left = Signal()

    def __init__(self, kit: Kit, desk: Desk) -> None:
        super().__init__()
        self._kit = kit
        self._desk = desk
        self._zone = desk.practice.clinic().time_zone
        tr, theme = kit.tr, kit.theme
        self.search = SearchBox(theme, tr, tr("Find a client's visit"))
        self.search.searched.connect(self.show_found)
        self.search.entered.connect(self._on_entered)
        self.search.moved.connect(self._on_moved)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Visits to show the sheet with"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._take)
        self.list.itemActivated.connect(self._take)
        back = button(theme, tr("Back to the pages"), "quiet", "back")
        back.clicked.connect(self.left)
        head = QHBoxLayout()
        head.addWidget(label(tr("Show the sheet with"), "strong", wrap=True), 1)
        head.addWidget(back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addLayout(head)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)

    def start(self) -> None:
        """Show who came last, and take the focus."""
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self.show_found("")
        self.search.setFocus()

    def show_found(self, query: str) -> None:
        """Show the made-up example and the visits of who matches."""
        self.list.clear()
        self._add(self._kit.tr("A made-up example"), None)
        found = (one for one in self._desk.clients.find(query) if one.visits or one.open_drafts)
        for client, _ in zip(found, range(MOST_CLIENTS), strict=False):
            self._add_visits(client)
        self.list.setCurrentRow(1 if query.strip() and self.list.count() > 1 else 0)

    def _add_visits(self, client: ClientSummary) -> None:
        tr = self._kit.tr
        for draft in self._desk.sessions.open_for(client.id):
            day = record_date(local(draft.started_at, self._zone).date())
            said = tr("{name}, open visit of {day}", name=client.full_name, day=day)
            self._add(said, ShownVisit(client.id, draft.id, opened=True))
        for visit in self._desk.history.visits(client.id)[:MOST_VISITS]:
            day = record_date(local(visit.started_at, self._zone).date())
            said = tr("{name}, visit of {day}", name=client.full_name, day=day)
            self._add(said, ShownVisit(client.id, visit.id, opened=False))

    def _add(self, name: str, shown: ShownVisit | None) -> None:
        item = QListWidgetItem(name)
        item.setData(PLACE, shown)
        item.setToolTip(tooltip(name))
        item.setSizeHint(QSize(0, self._kit.theme.px(48)))
        self.list.addItem(item)

    def _on_entered(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self._take(item)

    def _on_moved(self, steps: int) -> None:
        row = self.list.currentRow() + steps
        self.list.setCurrentRow(min(max(row, 0), self.list.count() - 1))

    def _take(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(PLACE))
