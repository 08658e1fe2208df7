"""The pause before the needle: each item its own tap, no way to tick them all at once."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from needlelog.domain.session import SessionDraft, Tick
from needlelog.services.desk import Desk
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.theme import SPACE, TARGET
from ui.widgets.card import Card


class _Line(QFrame):
    """One item: a box to tick, and its words, which may take several lines and can be tapped as well."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setProperty("surface", "row")
        self.box = QCheckBox()
        self.box.setAccessibleName(text)
        self.box.setMinimumSize(TARGET, TARGET)
        words = label(text, "lead", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, SPACE // 2, 0, SPACE // 2)
        row.setSpacing(SPACE)
        row.addWidget(self.box)
        row.addWidget(words, 1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.box.click()


class TimeOut(Card):
    """``ticked`` carries the ticks as they should stand after a tap."""

    ticked = Signal(object)

    def __init__(self, kit: Kit, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(kit.tr("Time-out, said aloud"), parent=parent)
        self._kit = kit
        self._by = desk.me.signature
        self._ticks: tuple[Tick, ...] = ()
        self._boxes: dict[str, QCheckBox] = {}
        column = QVBoxLayout()
        column.setSpacing(0)
        for item in desk.knowledge.time_out.values():
            line = _Line(kit.tr(item.text))
            line.box.clicked.connect(lambda on, one=item.id: self._on_clicked(one, on))
            self._boxes[item.id] = line.box
            column.addWidget(line)
        self.add(column)
        self.body.addStretch(1)

    def show_ticks(self, draft: SessionDraft) -> None:
        """Show what has been ticked."""
        self._ticks = draft.needling.time_out
        ticked = {tick.item for tick in self._ticks}
        for item, box in self._boxes.items():
            box.setChecked(item in ticked)

    def done(self) -> bool:
        """Whether every item is ticked."""
        return {tick.item for tick in self._ticks} >= set(self._boxes)

    def focus_first_open(self) -> None:
        """Put the focus on the first item without a tick."""
        ticked = {tick.item for tick in self._ticks}
        first = next((box for item, box in self._boxes.items() if item not in ticked), None)
        if first:
            first.setFocus()

    def _on_clicked(self, item: str, on: bool) -> None:
        kept = tuple(tick for tick in self._ticks if tick.item != item)
        new = (Tick(item=item, by=self._by, at=self._kit.clock.now()),) if on else ()
        self.ticked.emit((*kept, *new))
