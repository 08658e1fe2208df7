"""Whom to ask after their visits: red answers first, then what is late, then what is due."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from needlelog.rules.follow_up import ToAsk
from needlelog.services.desk import Desk
from ui.toolkit.buttons import button
from ui.toolkit.discard import clear
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.screen import ToFollowUp, ToRecord
from ui.toolkit.theme import SPACE
from ui.widgets.follow_up_card import FollowUpCard
from ui.widgets.scroll_column import growing

FIRST_SHOWN = 4
"""So many of those that are not red stand there at once."""


class FollowUpGroup(QWidget):
    """A heading with a count, and a card for each; hidden while nobody has to be asked."""

    asked = Signal(object)
    """The route to the answer, or to the record of a visit with a red one."""

    def __init__(self, kit: Kit, desk: Desk) -> None:
        super().__init__()
        self._kit = kit
        self._desk = desk
        self._all = False
        self.cards: list[FollowUpCard] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE)
        self.read()

    def read(self) -> None:
        """Look at the clock and at what was answered."""
        tr = self._kit.tr
        clear(self._column)
        self.cards = []
        listed = self._desk.follow_ups.to_ask()
        self.setVisible(bool(listed))
        if not listed:
            return
        red = [one for one in listed if one.red is not None]
        others = [one for one in listed if one.red is None]
        shown = [*red, *(others if self._all else others[:FIRST_SHOWN])]
        self._column.addWidget(label(f"{tr('To ask after')}  {len(listed)}", "heading"))
        moments = self._desk.knowledge.follow_up_moments
        for ask in shown:
            card = FollowUpCard(self._kit, ask, moments)
            card.chosen.connect(self._goer(ask))
            self.cards.append(card)
            self._column.addWidget(growing(card))
        if len(shown) < len(listed):
            more = button(self._kit.theme, tr("Show {count} more", count=len(listed) - len(shown)), "quiet")
            more.clicked.connect(self._on_more)
            self._column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    def _goer(self, ask: ToAsk) -> Callable[[], None]:
        session_id = ask.visit.session_id
        route = ToRecord(session_id) if ask.red or ask.due is None else ToFollowUp(session_id, ask.due.moment)
        return lambda: self.asked.emit(route)

    def _on_more(self) -> None:
        self._all = True
        self.read()
