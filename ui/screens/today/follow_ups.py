"""Whom to ask after their visits: red answers first, then what is late, then what is due."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from needlelog.knowledge.model import FollowUpMoment
from needlelog.rules.follow_up import ToAsk
from ui.toolkit.buttons import button
from ui.toolkit.discard import clear
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.screen import ToFollowUp, ToRecord
from ui.toolkit.theme import SPACE
from ui.widgets.follow_up_card import FollowUpCard
from ui.widgets.scroll_column import growing

FIRST_SHOWN = 4
"""So many of those that are not red stand there at first."""


class FollowUpGroup(QWidget):
    """A heading with a count and a card for each; hidden while there is none. ``red`` ones are a group of their own."""

    asked = Signal(object)
    """The route to the answer, or to the record of a visit with a red one."""

    def __init__(self, kit: Kit, listed: Sequence[ToAsk], moments: Mapping[str, FollowUpMoment], *, red: bool) -> None:
        super().__init__()
        self._kit = kit
        self._listed = [one for one in listed if (one.red is not None) is red]
        self._moments = moments
        self._red = red
        self._all = red
        self.cards: list[FollowUpCard] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE)
        self._show()

    def _show(self) -> None:
        tr, listed = self._kit.tr, self._listed
        clear(self._column)
        self.cards = []
        if not listed:
            # Hidden alone: one shown before it has a parent would be a window of its own.
            self.hide()
            return
        shown = listed if self._all else listed[:FIRST_SHOWN]
        name = tr("Red flags") if self._red else tr("To ask after")
        self._column.addWidget(label(f"{name}  {len(listed)}", "heading"))
        for ask in shown:
            card = FollowUpCard(self._kit, ask, self._moments)
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
        self._show()
