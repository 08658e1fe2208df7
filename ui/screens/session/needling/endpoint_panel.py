"""Every endpoint that is missing, asked once: the same for all zones at one tap, and what differs zone by zone."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from needlelog.domain.treatment import Endpoint, NeedlingPass
from needlelog.knowledge.model import Knowledge
from ui.screens.session.frames import scrolled
from ui.screens.session.needling.endpoint_question import common_endpoint, endpoint_chips
from ui.screens.session.needling.pass_words import depth_and_count_in_words, zones_in_words
from ui.toolkit.buttons import button
from ui.toolkit.discard import clear
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.plain import caption
from ui.toolkit.theme import SPACE
from ui.widgets.chips import ChipRow
from ui.widgets.trade_words import endpoint

Run = tuple[NeedlingPass, ...]
"""Passes over one zone that were made alike, one after another."""

OPENED = "opened"


class EndpointPanel(QFrame):
    """One row for each run of passes. What is said of a row by itself is not touched by what is said of all."""

    stated = Signal(object, object)
    """The passes that an ``Endpoint`` was stated of, and that."""
    closed = Signal()
    """Back to the passes to come."""

    def __init__(self, kit: Kit, knowledge: Knowledge) -> None:
        super().__init__()
        self._kit = kit
        self._knowledge = knowledge
        self._runs: tuple[Run, ...] = ()
        self._time_zone = ""
        self._apart: frozenset[UUID] = frozenset()
        self._opened: UUID | None = None
        self.setProperty("surface", "card")
        tr = kit.tr
        self._which = label("", "strong", wrap=True)
        self.for_all = endpoint_chips(kit, tr("The same for all"))
        self.for_all.changed.connect(self._on_said_of_all)
        self._rows = QWidget()
        self._column = QVBoxLayout(self._rows)
        self._column.setContentsMargins(0, 0, SPACE, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self.done = button(kit.theme, tr("To the passes"), "primary", "check", chair=True)
        self.done.clicked.connect(self.closed)
        self._lay_out()

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE * 2, SPACE * 2, SPACE, SPACE * 2)
        whole.setSpacing(SPACE)
        head = QVBoxLayout()
        head.setContentsMargins(0, 0, SPACE, 0)
        head.setSpacing(SPACE)
        head.addWidget(label(self._kit.tr("What did you see?"), "heading"))
        head.addWidget(self._which)
        head.addWidget(self.for_all)
        whole.addLayout(head)
        self._scroll = scrolled(self._rows)
        whole.addWidget(self._scroll, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, SPACE, 0)
        foot.addWidget(self.done)
        whole.addLayout(foot)

    def begin(self) -> None:
        """Ask afresh: nothing is said apart yet, and no row is open."""
        self._apart, self._opened, self._runs = frozenset(), None, ()
        self._scroll.verticalScrollBar().setValue(0)

    def show_runs(self, runs: tuple[Run, ...], time_zone: str) -> None:
        """Show these runs, each with what was stated of it."""
        if (runs, time_zone) == (self._runs, self._time_zone):
            return
        self._runs, self._time_zone = runs, time_zone
        self._fill()

    def focus_first(self) -> None:
        """Put the focus on the first thing to be said."""
        chips = self.for_all if len(self._together()) > 1 else next(iter(self._rows.findChildren(ChipRow)), self.done)
        chips.setFocus()

    # inside

    def _together(self) -> tuple[Run, ...]:
        """The runs of which nothing was said apart."""
        return tuple(run for run in self._runs if run[0].id not in self._apart)

    def _fill(self) -> None:
        together = self._together()
        several = len(together) > 1
        self._which.setVisible(several)
        self.for_all.setVisible(several)
        self._which.setText(self._of_whom(together))
        self.for_all.set_value(common_endpoint([one for run in together for one in run]))
        clear(self._column, keep=1)
        for place, run in enumerate(self._runs):
            self._column.insertWidget(place, self._row(run))

    def _of_whom(self, together: tuple[Run, ...]) -> str:
        """Of how many zones the same is said at one tap."""
        tr, count = self._kit.tr, len({run[0].zone for run in together})
        if len(together) < len(self._runs):
            return tr("The same on the other {count} zones", count=count) if count > 1 else tr("The same on the rest")
        if count == 1:
            return tr("The same each time")
        return tr("The same on both zones") if count == 2 else tr("The same on all {count} zones", count=count)

    def _row(self, run: Run) -> QWidget:
        tr, theme, seen = self._kit.tr, self._kit.theme, common_endpoint(run)
        zone = zones_in_words(tr, self._knowledge, (run[0].zone,), 1)
        told = depth_and_count_in_words(tr, run, self._time_zone)
        row = QFrame()
        row.setProperty("surface", "row")
        whole = QVBoxLayout(row)
        whole.setContentsMargins(0, SPACE // 2, 0, SPACE // 2)
        whole.setSpacing(SPACE // 2)
        line = QHBoxLayout()
        line.setSpacing(SPACE)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(zone, "strong", wrap=True))
        words.addWidget(label(told, "caption", muted=True, wrap=True))
        line.addLayout(words, 1)
        whole.addLayout(line)
        if run[0].id == self._opened or len(self._runs) == 1:
            chips = endpoint_chips(self._kit, tr("Endpoint: {zone}", zone=zone))
            chips.setObjectName(OPENED)
            chips.set_value(seen)
            chips.changed.connect(partial(self._on_said_of_one, run))
            whole.addWidget(chips)
            return row
        text = endpoint(tr, seen) if seen else tr("State it")
        key = button(theme, caption(text), "quiet" if seen else "secondary")
        key.setAccessibleName(tr("{text}: state the endpoint of {zone}", text=text, zone=zone))
        key.clicked.connect(partial(self._open, run[0].id))
        line.addWidget(key)
        return row

    def _open(self, first: UUID, _checked: bool = False) -> None:
        self._opened = first
        self._fill()
        chips = self._rows.findChild(ChipRow, OPENED)
        if chips is not None:
            self._rows.adjustSize()
            self._scroll.ensureWidgetVisible(chips, 0, SPACE)
            chips.setFocus()

    def _on_said_of_one(self, run: Run, seen: Endpoint) -> None:
        self._apart |= {run[0].id}
        self._opened = None
        self.stated.emit(run, seen)
        self._fill()
        self.done.setFocus()

    def _on_said_of_all(self, seen: Endpoint) -> None:
        self.stated.emit(tuple(one for run in self._together() for one in run), seen)
