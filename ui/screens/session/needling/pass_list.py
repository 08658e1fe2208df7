"""The passes of this visit as a list: newest first; each can be taken off, and its endpoint stated or changed."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from needlelog.clock import local
from needlelog.domain.treatment import Endpoint, NeedlingPass
from needlelog.i18n import record_time
from needlelog.knowledge.model import Knowledge
from ui.screens.session.frames import scrolled
from ui.screens.session.needling.depths import written
from ui.toolkit.buttons import button, icon_button
from ui.toolkit.discard import clear
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.theme import SPACE
from ui.widgets.chips import ChipRow
from ui.widgets.trade_words import direction, endpoint


class PassList(QFrame):
    """``endpoint_stated`` carries the id of a pass and its ``Endpoint``, ``remove_requested`` the id of a pass."""

    endpoint_stated = Signal(object, object)
    remove_requested = Signal(object)
    closed = Signal()
    """Back to the passes to come."""

    def __init__(self, kit: Kit, knowledge: Knowledge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._knowledge = knowledge
        self._passes: tuple[NeedlingPass, ...] = ()
        self._time_zone = ""
        self._asked: UUID | None = None
        self.setProperty("surface", "card")
        self._rows = QWidget()
        self._column = QVBoxLayout(self._rows)
        self._column.setContentsMargins(0, 0, SPACE, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self.done = button(kit.theme, kit.tr("To the next pass"), "primary", "check", chair=True)
        self.done.clicked.connect(self.closed)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE * 2, SPACE * 2, SPACE, SPACE * 2)
        whole.setSpacing(SPACE)
        whole.addWidget(label(kit.tr("Passes of this visit"), "heading"))
        whole.addWidget(scrolled(self._rows), 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, SPACE, 0)
        foot.addWidget(self.done)
        whole.addLayout(foot)

    def show_passes(self, passes: tuple[NeedlingPass, ...], time_zone: str) -> None:
        """Show these passes."""
        if passes == self._passes:
            return
        self._passes, self._time_zone, self._asked = passes, time_zone, None
        self._fill()

    def _fill(self) -> None:
        clear(self._column, keep=1)
        for place, one in enumerate(reversed(self._passes)):
            self._column.insertWidget(place, self._row(one))

    def _row(self, one: NeedlingPass) -> QWidget:
        tr, theme = self._kit.tr, self._kit.theme
        zone = self._knowledge.zones.get(one.zone)
        name = tr(zone.name) if zone else one.zone
        setting = f"{one.output.normalize():f} {one.output_unit}" if one.output is not None else ""
        details = [
            tr("{count} x {direction}", count=one.count, direction=direction(tr, one.direction).lower()),
            setting,
            tr("lot {lot}", lot=one.lot) if one.lot else tr("no lot"),
            one.device,
        ]
        row = QFrame()
        row.setProperty("surface", "row")
        line = QHBoxLayout(row)
        line.setContentsMargins(0, SPACE, 0, SPACE)
        line.setSpacing(SPACE)
        words = QVBoxLayout()
        words.setSpacing(2)
        depth = tr("{depth} mm", depth=written(one.depth_mm))
        words.addWidget(label(f"{name}  \u00b7  {depth}", "strong", wrap=True))
        seen = [record_time(local(one.at, self._time_zone)), *([endpoint(tr, one.endpoint)] if one.endpoint else [])]
        words.addWidget(label("  \u00b7  ".join(seen), "body", wrap=True))
        words.addWidget(label("  \u00b7  ".join(part for part in details if part), "caption", muted=True, wrap=True))
        line.addLayout(words, 1)
        if one.id == self._asked:
            words.addWidget(self._question(one, name))
        elif one.endpoint is None:
            state = button(theme, tr("State the endpoint"), "secondary")
            state.setAccessibleName(tr("State the endpoint: {zone}", zone=name))
            state.clicked.connect(partial(self._ask, one.id))
            words.addWidget(state, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            change = icon_button(theme, "edit", tr("Change the endpoint: {zone}", zone=name), "muted")
            change.clicked.connect(partial(self._ask, one.id))
            line.addWidget(change)
        remove = icon_button(theme, "trash", tr("Remove pass: {zone}", zone=name), "muted")
        remove.clicked.connect(partial(self.remove_requested.emit, one.id))
        line.addWidget(remove)
        return row

    def _question(self, one: NeedlingPass, zone: str) -> QWidget:
        tr = self._kit.tr
        chips = ChipRow(
            self._kit.theme,
            tr("Endpoint: {zone}", zone=zone),
            [(seen, endpoint(tr, seen)) for seen in Endpoint],
            clearable=False,
        )
        chips.set_value(one.endpoint)
        chips.changed.connect(partial(self.endpoint_stated.emit, one.id))
        return chips

    def _ask(self, pass_id: UUID, _checked: bool = False) -> None:
        self._asked = pass_id
        self._fill()
        asked = next(iter(self._rows.findChildren(ChipRow)), None)
        if asked is not None:
            asked.setFocus()
