"""A list of entries, one row each, that can be added to; a removed row can be brought back until the form is saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.toolkit.buttons import button, icon_button
from ui.toolkit.discard import discard
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.theme import SPACE
from ui.widgets.phrases import shortened

E = TypeVar("E", bound="Entry")


class Entry(QWidget):
    """What one row edits."""

    edited = Signal()

    def is_blank(self) -> bool:
        """Whether nothing was typed into it."""
        raise NotImplementedError

    def is_right(self) -> bool:
        """Check every field and show what is wrong."""
        raise NotImplementedError

    def said(self) -> str:
        """A few words that name it."""
        raise NotImplementedError


class _Row(QFrame):
    """One entry with its bin; once removed, a line that offers to bring it back."""

    changed = Signal()

    def __init__(self, kit: Kit, entry: Entry) -> None:
        super().__init__()
        self.entry = entry
        self.removed = False
        self._kit = kit
        tr = kit.tr
        self._bin = icon_button(kit.theme, "trash", tr("Remove"), "muted")
        self._bin.clicked.connect(lambda: self.set_removed(True))
        shown = QWidget()
        row = QHBoxLayout(shown)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(entry, 1)
        side = QVBoxLayout()
        side.addSpacing(24)
        side.addWidget(self._bin)
        side.addStretch(1)
        row.addLayout(side)
        gone = QFrame()
        gone.setProperty("surface", "raised")
        line = QHBoxLayout(gone)
        line.setContentsMargins(2 * SPACE, 0, SPACE, 0)
        self._gone = label("", "body", muted=True, wrap=True)
        back = button(kit.theme, tr("Undo"), "quiet", "undo")
        back.clicked.connect(lambda: self.set_removed(False))
        line.addWidget(self._gone, 1)
        line.addWidget(back)
        self._shown, self._back = shown, gone
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(shown)
        column.addWidget(gone)
        gone.hide()
        entry.edited.connect(self.changed)

    def set_removed(self, removed: bool) -> None:
        """Take the entry out of what will be saved, or back in."""
        self.removed = removed
        if removed:
            said = self._kit.tr("Removed: {entry}", entry=shortened(self.entry.said(), 60))
            self._gone.setText(said)
        self._shown.setVisible(not removed)
        self._back.setVisible(removed)
        self.changed.emit()


class EntryRows(QWidget, Generic[E]):
    """Rows of entries and a button that adds one."""

    edited = Signal()

    def __init__(self, kit: Kit, add: str, make: Callable[[], E]) -> None:
        super().__init__()
        self._kit = kit
        self._make = make
        self._rows: list[_Row] = []
        self._area = QVBoxLayout()
        self._area.setSpacing(2 * SPACE)
        self.add_button = button(kit.theme, add, "quiet", "plus")
        self.add_button.setProperty("align", "left")
        self.add_button.clicked.connect(self._on_add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addLayout(self._area)
        line = QHBoxLayout()
        line.addWidget(self.add_button)
        line.addStretch(1)
        column.addLayout(line)

    def clear(self) -> None:
        """No rows."""
        for row in self._rows:
            discard(row)
        self._rows = []

    def add(self) -> E:
        """One more empty row."""
        entry = self._make()
        row = _Row(self._kit, entry)
        row.changed.connect(self.edited)
        self._rows.append(row)
        self._area.addWidget(row)
        return entry

    def all(self) -> list[E]:
        """Every row, the empty and the removed ones too."""
        held: list[Any] = [row.entry for row in self._rows]
        return held

    def entries(self) -> list[E]:
        """The rows that hold something and were not removed."""
        kept: list[Any] = [row.entry for row in self._rows if not row.removed and not row.entry.is_blank()]
        return kept

    def remove(self, place: int) -> None:
        """Take this row out; it can be brought back."""
        self._rows[place].set_removed(True)

    def bring_back(self, place: int) -> None:
        """Bring a removed row back."""
        self._rows[place].set_removed(False)

    def count(self) -> int:
        """How many rows there are, removed and empty ones too."""
        return len(self._rows)

    def _on_add(self) -> None:
        self.add().setFocus()
        self.edited.emit()
