"""Why a rule stands on the sheet: its figure in words, what is known of it, and the sources."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from needlelog.knowledge.figures import figures_of
from needlelog.knowledge.model import Entry
from needlelog.services.desk import Desk
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import BREAK, label
from ui.widgets.card import Card

MOST_SOURCES = 4


class RuleCard(Card):
    """``asked`` carries the place of the rule in the reference data."""

    asked = Signal(str)

    def __init__(self, kit: Kit, desk: Desk, place: str) -> None:
        super().__init__(kit.tr("Why it is on the paper"))
        self._place = place
        tr = kit.tr
        entry = desk.reference.entry(place)
        self.body.setSpacing(8)
        table, _, id_ = place.partition(":")
        for figure in figures_of(desk.knowledge, table, id_):
            if figure.value:
                said = tr(
                    "{name} {value} {unit}",
                    name=tr(figure.kind.name),
                    value=figure.value,
                    unit=tr(_UNITS.get(figure.kind.unit, figure.kind.unit)),
                )
                self.add(label(said, "strong", wrap=True))
        if entry is not None:
            self._tell(kit, entry)
        more = button(kit.theme, tr("Look it up in the library"), "quiet", "book")
        more.clicked.connect(self._on_more)
        self.body.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    def _tell(self, kit: Kit, entry: Entry) -> None:
        tr = kit.tr
        if entry.note:
            self.add(label(tr(entry.note), "body", wrap=True))
        shown = [source.address.replace("/", f"/{BREAK}") for source in entry.sources[:MOST_SOURCES]]
        left = len(entry.sources) - len(shown)
        told = ", ".join(shown)
        if left:
            told = tr("{sources} and {count} more", sources=told, count=left)
        self.add(label(tr("Sources: {sources}", sources=told), "caption", muted=True, wrap=True))

    def _on_more(self) -> None:
        self.asked.emit(self._place)


_UNITS = {"h": "hours"}
"""Written out: whoever reads a sheet's rule does not read formulas."""
