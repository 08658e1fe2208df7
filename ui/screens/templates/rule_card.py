"""Why a rule stands on the sheet: its figure in words, what is known of it, and the sources."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from needlelog.i18n import Words
from needlelog.knowledge.figures import figures_of
from needlelog.knowledge.model import Entry
from needlelog.services.desk import Desk
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
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
            if figure.value not in ("", "0"):
                self.add(label(figure_told(tr, figure.key, figure.value), "strong", wrap=True))
        if entry is not None:
            self._tell(kit, desk, entry)
        more = button(kit.theme, tr("Look it up in the library"), "quiet", "book")
        more.clicked.connect(self._on_more)
        self.body.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    def _tell(self, kit: Kit, desk: Desk, entry: Entry) -> None:
        tr = kit.tr
        if entry.note:
            self.add(label(tr(entry.note), "body", wrap=True))
        shown = [desk.knowledge.cited(source) for source in entry.sources[:MOST_SOURCES]]
        left = len(entry.sources) - len(shown)
        told = "; ".join(shown)
        if left:
            told = tr("{sources} and {count} more", sources=told, count=left)
        self.add(label(tr("Sources: {sources}", sources=told), "caption", muted=True, wrap=True))

    def _on_more(self) -> None:
        self.asked.emit(self._place)


def figure_told(tr: Words, key: str, value: str) -> str:
    """A rule's figure as a sentence."""
    count = int(value)
    return {
        "from_h": tr.plural("Begins {count} hour after the visit.", "Begins {count} hours after the visit.", count),
        "until_h": tr.plural("Ends {count} hour after the visit.", "Ends {count} hours after the visit.", count),
        "rf_until_h": tr.plural(
            "After radio frequency it ends {count} hour after the visit.",
            "After radio frequency it ends {count} hours after the visit.",
            count,
        ),
        "until_days": tr.plural("Ends {count} day after the visit.", "Ends {count} days after the visit.", count),
        "days_before": tr.plural("Holds {count} day before the visit.", "Holds {count} days before the visit.", count),
    }[key]
