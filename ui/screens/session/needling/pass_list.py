"""The passes of this visit as a list: newest first, each can be taken off again before signing."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from needlelog.clock import local
from needlelog.domain.treatment import NeedlingPass
from needlelog.i18n import record_time
from needlelog.knowledge.model import Knowledge
from ui.screens.session.frames import scrolled
from ui.screens.session.needling.pass_panel import directions, endpoints
from ui.toolkit.buttons import button, icon_button
from ui.toolkit.discard import clear
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.plain import caption
from ui.toolkit.theme import SPACE

HEIGHT = 132


class PassList(QFrame):
    """``remove_requested`` carries the id of a pass."""

    remove_requested = Signal(object)
    over_requested = Signal(bool)
    """Needling is over (True), or goes on after all."""

    def __init__(self, kit: Kit, knowledge: Knowledge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._knowledge = knowledge
        self._passes: tuple[NeedlingPass, ...] = ()
        self._heading = label("", "strong")
        self._over = button(kit.theme, "", "quiet", "stop")
        self._over.clicked.connect(lambda: self.over_requested.emit(self._ended_at is None))
        self._ended_at: datetime | None = None
        self._rows = QWidget()
        self._column = QVBoxLayout(self._rows)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(self._heading, 1)
        head.addWidget(self._over)
        whole.addLayout(head)
        whole.addWidget(scrolled(self._rows), 1)
        self.setMaximumHeight(HEIGHT)
        self.setAccessibleName(kit.tr("Passes of this visit"))

    def show_passes(self, passes: tuple[NeedlingPass, ...], ended_at: datetime | None, time_zone: str) -> None:
        """Show these passes, and whether needling is over."""
        self.setVisible(bool(passes))
        self._show_over(ended_at, time_zone)
        if passes == self._passes:
            return
        self._passes = passes
        count = sum(one.count for one in passes)
        self._heading.setText(self._kit.tr.plural("{count} pass recorded", "{count} passes recorded", count))
        clear(self._column, keep=1)
        for place, one in enumerate(reversed(passes)):
            self._column.insertWidget(place, self._row(one, time_zone))

    def _show_over(self, ended_at: datetime | None, time_zone: str) -> None:
        tr = self._kit.tr
        if ended_at == self._ended_at and self._over.text():
            return
        self._ended_at = ended_at
        if ended_at is None:
            text = tr("Needling is over")
        else:
            text = tr("Over at {time}: go on", time=record_time(local(ended_at, time_zone)))
        self._over.setText(caption(text))
        self._over.setAccessibleName(text)
        self._kit.theme.set_icon(self._over, "check" if ended_at else "stop", "accent", 24)

    def _row(self, one: NeedlingPass, time_zone: str) -> QWidget:
        tr = self._kit.tr
        zone = self._knowledge.zones.get(one.zone)
        name = tr(zone.name) if zone else one.zone
        words = [
            record_time(local(one.at, time_zone)),
            name,
            tr("{depth} mm", depth=one.depth_mm),
            tr("{count} x {direction}", count=one.count, direction=dict(directions(tr))[one.direction].lower()),
            dict(endpoints(tr))[one.endpoint].lower(),
            tr("lot {lot}", lot=one.lot) if one.lot else tr("no lot"),
        ]
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE)
        line.addWidget(label("  ·  ".join(words), "body", wrap=True), 1)
        remove = icon_button(self._kit.theme, "trash", tr("Remove pass: {zone}", zone=name), "muted")
        remove.clicked.connect(partial(self.remove_requested.emit, one.id))
        line.addWidget(remove)
        return row
