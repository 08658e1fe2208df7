"""The left side: finding a text of the paper, all of them or only the clinic's own."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui.screens.templates.contents import Group
from ui.screens.templates.text_list import TextList
from ui.screens.templates.wording import Wording
from ui.toolkit.kit import Kit
from ui.toolkit.theme import SPACE
from ui.widgets.empty_state import EmptyState
from ui.widgets.search_box import SearchBox
from ui.widgets.tick_row import TickRow


class ListSide(QWidget):
    """``reached`` carries the key of the line that one came to."""

    reached = Signal(str)

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        tr, theme = kit.tr, kit.theme
        self._tr = tr
        self._groups: Sequence[Group] = ()
        self._wording: Wording | None = None
        self.search = SearchBox(theme, tr, tr("Search the texts"))
        self.search.searched.connect(lambda _: self._list())
        self.search.entered.connect(self._on_entered)
        self.search.moved.connect(self._on_moved)
        self.own_only = TickRow(tr("Only what is ours"))
        self.own_only.toggled.connect(lambda _: self._list())
        self.list = TextList(theme, tr)
        self.list.reached.connect(self.reached)
        self._nothing = EmptyState(theme, "search", tr("Nothing found"))
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addWidget(self.search)
        column.addWidget(self.own_only)
        column.addWidget(self._stack, 1)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._nothing)

    def show_groups(self, groups: Sequence[Group], wording: Wording) -> None:
        """Show these texts, as far as they are searched for."""
        self._groups, self._wording = groups, wording
        self._list()

    def reveal(self, key: str) -> None:
        """Stand at this line in view; what is searched for gives way where it would hide it."""
        if not self.list.holds(key):
            self.own_only.setChecked(False)
        if not self.list.holds(key):
            self.search.clear()
            self._list()
        self.list.mark(key, centred=True)

    def _list(self) -> None:
        if self._wording is None:
            return
        own_only, query = self.own_only.isChecked(), self.search.text()
        self.list.show_lines(self._groups, self._wording, query, own_only=own_only)
        tr = self._tr
        if own_only and not query.strip():
            self._nothing.say(tr("All as shipped"), tr("Choose a text from the whole list to word it your way."))
        else:
            self._nothing.say(tr("Nothing found"), tr("Try one word, or part of it."))
        self._stack.setCurrentWidget(self.list if self.list.keys() else self._nothing)

    def _on_entered(self) -> None:
        keys = self.list.keys()
        if keys and self.search.text().strip():
            self.list.mark(keys[0])
            self.reached.emit(keys[0])
        self.list.setFocus()

    def _on_moved(self, steps: int) -> None:
        self.list.move_by(steps)
