"""Which earlier visit lies as a ghost on the map: the last one, those before it, or none."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from needlelog.i18n import record_date
from needlelog.services.desk import Desk
from needlelog.workflow.last_time import LastTime
from ui.toolkit.kit import Kit
from ui.toolkit.plain import caption, tooltip


class GhostSwitch(QPushButton):
    """One key: each tap goes one visit back through the series, then to none, then to the last one again."""

    turned = Signal()
    """Another visit is shown, or none."""

    def __init__(self, kit: Kit, desk: Desk, client_id: UUID) -> None:
        super().__init__()
        self._tr = kit.tr
        self._desk = desk
        visits = desk.history.visits(client_id)
        self._visits = [one.id for one in visits if one.zones and not one.invalidated and not one.damaged]
        self._read: dict[UUID, LastTime] = {}
        self._place = 0
        self.setProperty("bare", "true")
        self.setMinimumHeight(48)
        kit.theme.set_icon(self, "history", "ink", 24)
        self.clicked.connect(self._on_clicked)
        if not self._visits:
            self.hide()
        self._say()

    def shown(self) -> LastTime | None:
        """The visit that is shown; each is read once."""
        if self._place >= len(self._visits):
            return None
        visit = self._visits[self._place]
        if visit not in self._read:
            self._read[visit] = self._desk.follow_ups.looked_back(self._desk.history.visit(visit))
        return self._read[visit]

    def _on_clicked(self) -> None:
        self._place = (self._place + 1) % (len(self._visits) + 1)
        self._say()
        self.turned.emit()

    def _say(self) -> None:
        tr, before = self._tr, self.shown()
        day = record_date(before.day) if before else tr("none")
        self.setText(caption(day))
        told = tr("Earlier visit on the map: {day}", day=day)
        self.setAccessibleName(told)
        number = tr("{place} of {count}", place=self._place + 1, count=len(self._visits)) if before else ""
        self.setAccessibleDescription(number)
        self.setToolTip(tooltip(tr("{shown}. Tap for the visit before it.", shown=told)))
