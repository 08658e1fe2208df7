"""Zones as chips: the ones of this visit first, the rest of the body one tap away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from needlelog.knowledge.model import Knowledge
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.theme import SPACE
from ui.widgets.chips import ChipRow


class ZoneChips(QWidget):
    """Any number of zones; ``changed`` carries them in the order of the reference data."""

    changed = Signal(object)

    def __init__(self, kit: Kit, knowledge: Knowledge, caption: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._knowledge = knowledge
        self._chosen: tuple[str, ...] = ()
        self._first: tuple[str, ...] = ()
        self._offered: tuple[str, ...] | None = None
        self._all = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(label(caption, "strong"))
        self.chips = ChipRow(kit.theme, caption, [], multiple=True)
        self.chips.changed.connect(self._on_changed)
        column.addWidget(self.chips)
        self.more = button(kit.theme, kit.tr("More zones"), "quiet", "plus")
        self.more.clicked.connect(self._on_more)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)

    def show_zones(self, chosen: Sequence[str], first: Sequence[str]) -> None:
        """Show ``chosen``; offer ``first`` (planned or treated today) and, where there is none, the face."""
        self._chosen = tuple(chosen)
        self._first = tuple(first)
        self._refresh()

    def _refresh(self) -> None:
        offered = self._offer()
        if offered != self._offered:
            self._offered = offered
            self.chips.set_options([(zone, self._name(zone)) for zone in offered])
        if self.chips.value() != frozenset(self._chosen):
            self.chips.set_value(frozenset(self._chosen))
        self.more.setVisible(not self._all)

    def _offer(self) -> tuple[str, ...]:
        zones = self._knowledge.zones
        if self._all:
            return tuple(dict.fromkeys((*self._first, *self._chosen, *zones)))
        near = self._first or tuple(zone for zone, entry in zones.items() if entry.area == "face")
        return tuple(dict.fromkeys((*near, *self._chosen)))

    def _name(self, zone: str) -> str:
        entry = self._knowledge.zones.get(zone)
        return self._kit.tr(entry.name) if entry else zone

    def _on_more(self) -> None:
        self._all = True
        self._refresh()

    def _on_changed(self, chosen: object) -> None:
        picked = chosen if isinstance(chosen, frozenset) else frozenset()
        order = (*self._knowledge.zones, *(zone for zone in self._chosen if zone not in self._knowledge.zones))
        self._chosen = tuple(zone for zone in order if zone in picked)
        self.changed.emit(self._chosen)
