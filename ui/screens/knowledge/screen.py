"""The reference data: chapters and a search on the left, the chosen entry with its sources on the right."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from needlelog.knowledge.contents import CHAPTERS, found, lines
from needlelog.services.desk import Desk
from ui.screens.knowledge.contents_tree import ContentsTree
from ui.screens.knowledge.entry_view import EntryView
from ui.toolkit.buttons import button
from ui.toolkit.dialogs import Leaving
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.screen import Screen, ToTemplates
from ui.toolkit.theme import SPACE
from ui.widgets.elided import ElidedLabel
from ui.widgets.empty_state import EmptyState
from ui.widgets.notice import Notice
from ui.widgets.search_box import SearchBox

FIRST = "zones"
"""The chapter that is open at first: depths are what is looked up most."""


class KnowledgeScreen(Screen):
    """Shows the entry ``place`` (``table:entry``) first, or the first chapter. Says ``knowledge_changed``."""

    asks_before_leaving = True
    knowledge_changed = Signal()
    """A decision was kept: what other screens show of the reference data is old."""

    def __init__(self, kit: Kit, desk: Desk, place: str = "", parent: QWidget | None = None) -> None:
        super().__init__(kit.tr("Library"), parent)
        self._kit = kit
        self._desk = desk
        self._lines = lines(desk.knowledge, kit.tr)
        self._build()
        self._list("")
        self.show_place(place or next(line.place for line in self._lines if line.chapter == FIRST))
        self._show_notices()

    # building

    def _build(self) -> None:
        kit, tr = self._kit, self._kit.tr
        self.version = ElidedLabel("", "caption")
        self.version.setProperty("tone", "muted")
        head = QHBoxLayout()
        head.addWidget(label(tr("Library"), "title"))
        head.addStretch(1)
        head.addWidget(self.version)
        self.wording = button(kit.theme, tr("Wording of the papers"), "secondary", "edit")
        self.wording.setToolTip(tr("The clinic's own words on the sheets for clients and on the consent"))
        self.wording.clicked.connect(self._on_wording)
        head.addSpacing(SPACE)
        head.addWidget(self.wording)
        self.notice = Notice(kit.theme, "hold")
        self.search = SearchBox(kit.theme, tr, tr("Search the reference data"), tr("Search, for example isotretinoin"))
        self.search.searched.connect(self._on_searched)
        self.search.entered.connect(self._on_entered)
        self.search.moved.connect(self._on_moved)
        self.tree = ContentsTree(kit.theme, tr)
        self.tree.reached.connect(self._on_reached)
        self._nothing = EmptyState(kit.theme, "search", tr("Nothing found"), tr("Try one word, or part of it."))
        self._left = QStackedWidget()
        self._left.addWidget(self.tree)
        self._left.addWidget(self._nothing)
        side = QVBoxLayout()
        side.setSpacing(SPACE)
        side.addWidget(self.search)
        side.addWidget(self._left, 1)
        zone = self._desk.practice.clinic().time_zone
        self.entry = EntryView(kit, self._desk.reference, zone)
        self.entry.asked.connect(self._on_asked)
        self.entry.changed.connect(self._on_decided)
        body = QHBoxLayout()
        body.setSpacing(3 * SPACE)
        body.addLayout(side, 2)
        body.addWidget(self.entry, 3)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(4 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        whole.setSpacing(2 * SPACE)
        whole.addLayout(head)
        whole.addWidget(self.notice)
        whole.addLayout(body, 1)

    def _show_notices(self) -> None:
        tr = self._kit.tr
        self.version.setText(tr("Version {version}", version=self._desk.knowledge.version))
        self.notice.say("\n".join(self._desk.notices()))

    # coming and going

    def activate(self) -> None:
        # Where nobody has put the focus yet, Qt gives it to what stands first.
        if self.focusWidget() in (None, self.wording):
            self.search.setFocus()

    def deactivate(self) -> bool:
        """Offer to keep an own value that is being written; False while it cannot be, or on the wish to stay."""
        return self._settled()

    def keep(self) -> bool:
        form = self.entry.form
        return form is None or not form.unsaved or form.keep()

    # showing

    def show_place(self, place: str) -> None:
        """Show this entry and stand at it in the contents."""
        if place not in self.tree.places():
            self.search.clear()
            self._list("")
        self.tree.mark(place)
        self.entry.show_entry(place, self._lines)

    def shown(self) -> str:
        """The place of the entry that shows."""
        return self.entry.place

    def _list(self, query: str) -> None:
        hits = found(self._lines, query)
        order = [line.chapter for line in hits] if query.strip() else [chapter.id for chapter in CHAPTERS]
        ranked = sorted(hits, key=lambda line: order.index(line.chapter))
        self.tree.show_lines(ranked, opened=bool(query.strip()))
        self._left.setCurrentWidget(self.tree if hits else self._nothing)

    # asking

    def _on_searched(self, query: str) -> None:
        self._list(query)

    def _on_entered(self) -> None:
        place = self.tree.first()
        if place and self.search.text().strip():
            self.tree.mark(place)
            self._on_reached(place)
        self.tree.setFocus()

    def _on_moved(self, steps: int) -> None:
        self.tree.move_by(steps)

    def _on_reached(self, place: str) -> None:
        if place == self.entry.place:
            return
        if self._settled():
            self.entry.show_entry(place, self._lines)
        # Kept on the way, a value makes the contents anew; and whoever stays has not moved.
        self.tree.mark(self.entry.place)

    def _on_asked(self, place: str) -> None:
        if self._settled():
            self.show_place(place)
            self.tree.setFocus()

    def _on_wording(self) -> None:
        self.go.emit(ToTemplates())

    def _on_decided(self) -> None:
        self._lines = lines(self._desk.knowledge, self._kit.tr)
        place = self.entry.place
        self._list(self.search.text())
        self.show_place(place)
        self._show_notices()
        self.knowledge_changed.emit()

    def _settled(self) -> bool:
        """Whether the entry may be left: nothing is being written, or it was kept or thrown away on purpose."""
        form = self.entry.form
        if form is None or not form.unsaved:
            return True
        tr = self._kit.tr
        title = tr("This own value is not in use yet")
        text = tr("Use this value, discard what you typed for good, or stay here?")
        answer = self._kit.dialogs.ask_leaving(self, title, text, tr("Use this value"))
        if answer is Leaving.DISCARD:
            form.left.emit()
            return True
        return answer is Leaving.SAVE and form.keep()
