"""The visits of a client that were given up: nothing of them is lost, and each can be taken up again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from needlelog.domain.history import DiscardedVisit
from needlelog.workflow.steps import SESSION_STEPS
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import IconMark, label
from ui.toolkit.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.phrases import moment_text
from ui.widgets.scroll_column import growing


class DiscardedVisits(QWidget):
    """A quiet link that counts them; tapped, it opens one card for each."""

    taken_up = Signal(object)
    """The ``UUID`` of the visit to go on with."""

    toggled = Signal(bool)

    def __init__(self, kit: Kit, visits: Sequence[DiscardedVisit], zone: str, *, opened: bool = False) -> None:
        super().__init__()
        self._kit = kit
        self._zone = zone
        self.verbs: list[QPushButton] = []
        self._cards: list[QWidget] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        self.link = button(kit.theme, kit.tr("Discarded visits ({count})", count=len(visits)), "quiet")
        self.link.setCheckable(True)
        column.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)
        for visit in visits:
            card = growing(self._card(visit))
            self._cards.append(card)
            column.addWidget(card)
        self.link.toggled.connect(self._on_toggled)
        self.link.setChecked(opened)
        self._show(opened)

    def _card(self, visit: DiscardedVisit) -> Card:
        tr = self._kit.tr
        begun = tr("Visit begun {when}", when=moment_text(visit.started_at, self._zone))
        if visit.damaged:
            return self._damaged_card(visit, begun)
        step = next(tr(one.title) for one in SESSION_STEPS if one.id is visit.step)
        when = moment_text(visit.discarded_at, self._zone)
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(IconMark(self._kit.theme, "archive", "muted", 28), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(begun, "strong", wrap=True))
        words.addWidget(label(visit.reason, "body", wrap=True))
        who = tr("Discarded {when} by {who}; left at {step}", when=when, who=visit.discarded_by, step=step)
        words.addWidget(label(who, "body", muted=True, wrap=True))
        row.addLayout(words, 1)
        row.addWidget(self._verb(visit.id, begun), 0, Qt.AlignmentFlag.AlignVCenter)
        card.body.addLayout(row)
        return card

    def _damaged_card(self, visit: DiscardedVisit, begun: str) -> Card:
        """What is left of a damaged one; it can be taken up again where its content can still be read."""
        tr = self._kit.tr
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(IconMark(self._kit.theme, "warning", "hold", 28), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(tr("A visit that cannot be read any more") if visit.lost else begun, "strong", wrap=True))
        text = tr("Damaged, and left as it is. Keep the data folder, and restore the last backup beside it.")
        words.addWidget(label(text, "body", wrap=True))
        row.addLayout(words, 1)
        if not visit.lost:
            row.addWidget(self._verb(visit.id, begun), 0, Qt.AlignmentFlag.AlignVCenter)
        card.body.addLayout(row)
        return card

    def _verb(self, visit_id: UUID, begun: str) -> QPushButton:
        tr = self._kit.tr
        verb = button(self._kit.theme, tr("Take it up again"), "secondary", "undo")
        verb.setAccessibleName(tr("Take up again: {visit}", visit=begun))
        verb.clicked.connect(self._asker(visit_id))
        self.verbs.append(verb)
        return verb

    def _asker(self, visit_id: UUID) -> Callable[[], None]:
        return lambda: self.taken_up.emit(visit_id)

    def _on_toggled(self, on: bool) -> None:
        self._show(on)
        self.toggled.emit(on)

    def _show(self, on: bool) -> None:
        self._kit.theme.set_icon(self.link, "chevron-down" if on else "chevron-right", "accent", 24)
        for card in self._cards:
            card.setVisible(on)
