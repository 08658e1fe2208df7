"""The texts of a paper in the order in which they stand on it, with what is the clinic's own marked."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from needlelog.domain.text import fold
from needlelog.i18n import Words
from ui.screens.templates.contents import Group, TextLine
from ui.screens.templates.wording import Wording
from ui.toolkit.plain import tooltip
from ui.toolkit.theme import Theme
from ui.widgets.wrapped_rows import WrappedRows

KEY = Qt.ItemDataRole.UserRole
_MARK_PX = 20
_AROUND_MARK_PX = 16


class TextList(QTreeWidget):
    """``reached`` carries the key of the line that one came to."""

    reached = Signal(str)

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__()
        self._theme = theme
        self._words = words
        self._items: dict[str, tuple[TextLine, QTreeWidgetItem]] = {}
        self._chapters: list[QTreeWidgetItem] = []
        self._wording: Wording | None = None
        self._wrong: frozenset[str] = frozenset()
        self.setAccessibleName(words("Texts of the paper"))
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setIndentation(0)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTreeWidget.ScrollMode.ScrollPerPixel)
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(1)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        # Of one width, with a mark in it or none, so that no row finds other lines when the first mark comes.
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        self._rows = WrappedRows(self)
        self.currentItemChanged.connect(self._on_moved)
        theme.changed.connect(self._dress)

    def show_lines(self, groups: Sequence[Group], wording: Wording, query: str, *, own_only: bool) -> None:
        """Show the lines that hold every word of ``query``, of those that are the clinic's own or of all."""
        held = self.key()
        wanted = fold(query).split()
        self._wording = wording
        self.blockSignals(True)
        self.clear()
        self._items, self._chapters = {}, []
        for group in groups:
            lines = [
                line
                for line in group.lines
                if (not own_only or wording.is_own(line)) and _found(line, group, wording, wanted)
            ]
            if lines:
                self._fill(group.name, lines)
        self.expandAll()
        self._dress()
        self.blockSignals(False)
        self.mark(held)

    def _fill(self, name: str, lines: Sequence[TextLine]) -> None:
        top = QTreeWidgetItem(self, [name, ""])
        top.setFlags(Qt.ItemFlag.ItemIsEnabled)
        top.setFirstColumnSpanned(True)
        self._chapters.append(top)
        for line in lines:
            item = QTreeWidgetItem(top, [line.name, ""])
            item.setData(0, KEY, line.key)
            self._items[line.key] = (line, item)

    def show_wrong(self, wrong: Collection[str]) -> None:
        """Mark the lines of which a text cannot be kept as it stands; keys of texts."""
        self._wrong = frozenset(wrong)
        self.remark()

    def remark(self, key: str = "") -> None:
        """Mark afresh what is the clinic's own, left out or wrong: of one line, or of all."""
        for line, item in [self._items[key]] if key in self._items else self._items.values():
            self._mark_line(line, item)

    # where one is

    def key(self) -> str:
        """The line one is at; "" for none."""
        item = self.currentItem()
        return str(item.data(0, KEY) or "") if item is not None else ""

    def keys(self) -> tuple[str, ...]:
        """Every line that is listed, in order."""
        return tuple(self._items)

    def holds(self, key: str) -> bool:
        """Whether this line is listed."""
        return key in self._items

    def mark(self, key: str, *, centred: bool = False) -> None:
        """Stand at this line without saying so, in view and, if ``centred``, amid those around it."""
        found = self._items.get(key)
        self.blockSignals(True)
        if found is None:
            self.setCurrentIndex(QModelIndex())
        else:
            self.setCurrentItem(found[1])
            hints = QTreeWidget.ScrollHint
            self.scrollToItem(found[1], hints.PositionAtCenter if centred else hints.EnsureVisible)
        self.blockSignals(False)

    def move_by(self, steps: int) -> None:
        """Stand at the line so many places on; names of groups are passed over."""
        keys = self.keys()
        if not keys:
            return
        at = keys.index(self.key()) + steps if self.key() in keys else 0
        key = keys[min(max(at, 0), len(keys) - 1)]
        self.mark(key)
        self.reached.emit(key)

    def doItemsLayout(self) -> None:
        """Rows that found other lines do not push away the one that somebody is at."""
        super().doItemsLayout()
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def said_of(self, key: str) -> str:
        """What is read out of this line."""
        return str(self._items[key][1].data(0, Qt.ItemDataRole.AccessibleTextRole))

    def _on_moved(self, item: QTreeWidgetItem | None, _before: QTreeWidgetItem | None) -> None:
        key = item.data(0, KEY) if item is not None else None
        if key:
            self.reached.emit(str(key))

    # looks

    def _dress(self) -> None:
        side = self._theme.px(_MARK_PX)
        self.setIconSize(QSize(side, side))
        self.header().resizeSection(1, side + _AROUND_MARK_PX)
        for top in self._chapters:
            top.setFont(0, self._theme.font(12, bold=True))
            top.setForeground(0, self._theme.colour("muted"))
        for line, item in self._items.values():
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, None)
            self._mark_line(line, item)

    def _mark_line(self, line: TextLine, item: QTreeWidgetItem) -> None:
        if self._wording is None:
            return
        icon, tint, said = "", "", line.name
        if any(key in self._wrong for key in line.keys):
            icon, tint, said = "warning", "stop", self._words("{name}, cannot stay so", name=line.name)
        elif self._wording.is_out(line):
            icon, tint, said = "minus", "hold", self._words("{name}, left out", name=line.name)
        elif self._wording.is_overtaken(line):
            told = self._words("{name}, own wording, other words are shipped now", name=line.name)
            icon, tint, said = "history", "hold", told
        elif self._wording.is_own(line):
            icon, tint, said = "edit", "accent", self._words("{name}, own wording", name=line.name)
        if item.data(0, Qt.ItemDataRole.AccessibleTextRole) == said:
            return
        item.setIcon(1, self._theme.icon(icon, tint) if icon else QIcon())
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, said)
        item.setToolTip(0, tooltip(said))
        font = self._theme.font(12)
        font.setStrikeOut(self._wording.is_out(line))
        item.setFont(0, font)


def _found(line: TextLine, group: Group, wording: Wording, wanted: Sequence[str]) -> bool:
    if not wanted:
        return True
    texts = (text for key in line.keys for text in (wording.shipped.texts[key], wording.text(key)))
    told = fold(" ".join((line.name, group.name, *texts)))
    return all(word in told for word in wanted)
