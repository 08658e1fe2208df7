"""The table of contents: chapters that open, entries that are shown as one moves over them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from needlelog.i18n import Words
from needlelog.knowledge.contents import CHAPTERS, Line
from ui.toolkit.plain import tooltip
from ui.toolkit.theme import Theme

PLACE = Qt.ItemDataRole.UserRole
_MARK_PX = 20


class ContentsTree(QTreeWidget):
    """``reached`` carries the place (``table:entry``) of the entry that one came to."""

    reached = Signal(str)

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__()
        self._theme = theme
        self._words = words
        self._chapters: dict[str, QTreeWidgetItem] = {}
        self._entries: dict[str, QTreeWidgetItem] = {}
        self._searched = False
        self.setAccessibleName(words("Contents of the reference data"))
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setIndentation(theme.px(_MARK_PX))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTreeWidget.ScrollMode.ScrollPerPixel)
        self.setExpandsOnDoubleClick(False)
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(1)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.itemClicked.connect(self._on_clicked)
        self.itemExpanded.connect(self._dress_chapter)
        self.itemCollapsed.connect(self._dress_chapter)
        self.currentItemChanged.connect(self._on_moved)
        theme.changed.connect(self._dress)

    def show_lines(self, lines: Sequence[Line], *, opened: bool) -> None:
        """Show these entries under their chapters, the first chapter hit first; ``opened`` shows what is inside."""
        held = self.place()
        # What a search opened is not what somebody opened.
        kept = () if self._searched else self._chapters.items()
        open_now = {chapter for chapter, item in kept if item.isExpanded()}
        self._searched = opened
        self.blockSignals(True)
        self.clear()
        self._chapters, self._entries = {}, {}
        names = {chapter.id: self._words(chapter.name) for chapter in CHAPTERS}
        for chapter in dict.fromkeys(line.chapter for line in lines):
            inside = [line for line in lines if line.chapter == chapter]
            top = QTreeWidgetItem(self, [names[chapter], str(len(inside))])
            self._fill_chapter(top, names[chapter], inside)
            self._chapters[chapter] = top
            top.setExpanded(opened or chapter in open_now)
        self._dress()
        self.blockSignals(False)
        self.mark(held)

    def _fill_chapter(self, top: QTreeWidgetItem, name: str, inside: Sequence[Line]) -> None:
        font = self._theme.font(12, bold=True)
        top.setFont(0, font)
        top.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        top.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{name}, {len(inside)}")
        for line in inside:
            item = QTreeWidgetItem(top, [line.title, ""])
            item.setData(0, PLACE, line.place)
            item.setToolTip(0, tooltip(line.title))
            item.setData(1, PLACE, line.own)
            if line.own:
                text = self._words("{title}, own value", title=line.title)
                item.setData(0, Qt.ItemDataRole.AccessibleTextRole, text)
            self._entries[line.place] = item

    # where one is

    def place(self) -> str:
        """The entry one is at; "" at a chapter or nowhere."""
        item = self.currentItem()
        return str(item.data(0, PLACE) or "") if item is not None else ""

    def places(self) -> tuple[str, ...]:
        """Every entry that is listed, in order."""
        return tuple(self._entries)

    def mark(self, place: str) -> None:
        """Stand at this entry without saying so."""
        item = self._entries.get(place)
        chapter = item.parent() if item is not None else None
        self.blockSignals(True)
        if item is None or chapter is None:
            self.setCurrentIndex(QModelIndex())
        else:
            chapter.setExpanded(True)
            self.setCurrentItem(item)
            self.scrollToItem(item)
        self.blockSignals(False)
        self._dress()

    def first(self) -> str:
        """The first entry that is listed; "" for none."""
        return next(iter(self._entries), "")

    def move_by(self, steps: int) -> None:
        """Stand at the entry so many places on; chapters are passed over."""
        places = self.places()
        if not places:
            return
        at = places.index(self.place()) + steps if self.place() in places else 0
        place = places[min(max(at, 0), len(places) - 1)]
        self.mark(place)
        self.reached.emit(place)

    # keys and taps

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        taken = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if taken and item is not None and item.parent() is None:
            item.setExpanded(not item.isExpanded())
            return
        super().keyPressEvent(event)

    def _on_clicked(self, item: QTreeWidgetItem, _column: int) -> None:
        if item.parent() is None:
            item.setExpanded(not item.isExpanded())

    def _on_moved(self, item: QTreeWidgetItem | None, _before: QTreeWidgetItem | None) -> None:
        place = item.data(0, PLACE) if item is not None else None
        if place:
            self.reached.emit(str(place))

    # looks

    def _dress(self) -> None:
        side = self._theme.px(_MARK_PX)
        self.setIconSize(QSize(side, side))
        for item in self._chapters.values():
            self._dress_chapter(item)
            item.setForeground(1, self._theme.colour("muted"))
        for entry in self._entries.values():
            if entry.data(1, PLACE):
                entry.setIcon(1, self._theme.icon("edit", "accent"))

    def _dress_chapter(self, item: QTreeWidgetItem) -> None:
        if item.parent() is None:
            item.setIcon(0, self._theme.icon("chevron-down" if item.isExpanded() else "chevron-right", "muted"))
