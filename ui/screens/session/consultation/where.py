"""Where something is on the client: zones tapped on the map, for what keeps the needle out of an area only."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from needlelog.domain.session import SessionDraft
from needlelog.knowledge.model import Knowledge
from ui.screens.session.treatment_map import TreatmentMap, marks
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.theme import SPACE

LEAST_HEIGHT = 376
"""In px at text scale 1."""


class Where(QWidget):
    """``chosen`` carries the zones that were tapped; none of them is everywhere."""

    chosen = Signal(object)

    def __init__(self, kit: Kit, knowledge: Knowledge) -> None:
        super().__init__()
        self._kit = kit
        self._knowledge = knowledge
        tr = kit.tr
        self._title = label("", "heading", wrap=True)
        self._names = label("", "body", muted=True, wrap=True)
        everywhere = button(kit.theme, tr("Everywhere"), "secondary")
        everywhere.clicked.connect(lambda: self.chosen.emit(()))
        self.done = button(kit.theme, tr("Only there"), "primary", "check")
        self.done.clicked.connect(lambda: self.chosen.emit(self._zones()))
        self._map = TreatmentMap(kit, knowledge)
        # What is chosen stands above the map; the drawing needs the room.
        self._map.legend.hide()
        self._map.readout.hide()
        self._map.selection_changed.connect(lambda _: self._say())
        words = QVBoxLayout()
        words.addWidget(self._title)
        words.addWidget(self._names)
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addLayout(words, 1)
        head.addWidget(everywhere)
        head.addWidget(self.done)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addLayout(head)
        column.addWidget(self._map, 1)

    def use_height(self, height: int) -> None:
        """Take this height, but no less than the drawing needs."""
        self.setFixedHeight(max(height, self._kit.theme.px(LEAST_HEIGHT)))

    def ask(self, title: str, zones: tuple[str, ...], draft: SessionDraft) -> None:
        """Ask where this is; ``zones`` are those known already."""
        self._title.setText(self._kit.tr("Where? {title}", title=title))
        self._map.set_marks(marks(draft, self._knowledge, None, self._kit.tr))
        if zones:
            self._map.show_view(self._map.view_of(zones[0]))
        self._map.set_selected(zones)
        self._say()
        self._map.canvas.setFocus()

    def _zones(self) -> tuple[str, ...]:
        chosen = self._map.selected()
        return tuple(zone for zone in self._knowledge.zones if zone in chosen)

    def _say(self) -> None:
        names = [self._kit.tr(self._knowledge.zones[zone].name) for zone in self._zones()]
        self._names.setText(", ".join(names) or self._kit.tr("Tap the zones where it is."))
        self.done.setEnabled(bool(names))
