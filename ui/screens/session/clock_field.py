"""A time of day in the visit: typed as hours and minutes, kept as a moment, checked against the clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from needlelog.clock import local, moment_near
from needlelog.domain.entry import parse_clock_time
from needlelog.errors import Fault, FaultCode
from needlelog.i18n import record_time
from ui.toolkit.kit import Kit
from ui.widgets.line_fields import LineField

WIDEST = 240
LEAST = 112
"""Width in px."""


class ClockField(QWidget):
    """``HH:MM`` on the clinic's wall clock; never in the future, never outside ``set_bounds``."""

    committed = Signal(object)
    """The new moment, UTC, or None when the entry was emptied."""

    def __init__(self, kit: Kit, zone: Callable[[], str], caption: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._zone = zone
        self._caption = caption
        self._moment: datetime | None = None
        self._near: datetime | None = None
        self._earliest: datetime | None = None
        self._latest: datetime | None = None
        self.field: LineField[datetime] = LineField(
            kit.theme, kit.tr, caption, self._read, placeholder=kit.tr("HH:MM"), show=self._shown
        )
        self.field.line.setInputMethodHints(Qt.InputMethodHint.ImhTime)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.field)
        self.field.setMaximumWidth(WIDEST)
        self.setFocusProxy(self.field)
        self.field.committed.connect(self._on_committed)

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        return QSize(max(LEAST, least.width()), least.height())

    @property
    def moment(self) -> datetime | None:
        """The moment last shown or committed."""
        return self._moment

    def show_moment(self, moment: datetime | None, near: datetime) -> None:
        """Show ``moment``; a time that is typed means its occurrence closest to ``near``. Typing is left alone."""
        self._near = near
        if moment == self._moment and self.field.raw_text():
            return
        if moment is None and self._moment is None:
            return
        self._moment = moment
        self.field.set_value(moment)

    def put_back(self, moment: datetime | None) -> None:
        """Show ``moment`` in place of what was committed: that was not taken."""
        self._moment = moment
        self.field.set_value(moment)

    def set_bounds(self, earliest: datetime | None, latest: datetime | None) -> None:
        """The moments between which the entry must lie."""
        self._earliest, self._latest = earliest, latest

    def commit(self) -> bool:
        """Take what stands there; False when it was refused."""
        return self.field.commit()

    def _shown(self, moment: datetime) -> str:
        return record_time(local(moment, self._zone()))

    def _read(self, text: str) -> datetime:
        # The text has no seconds: as long as it shows the known moment it is that moment.
        if self._moment is not None and text.strip() == self._shown(self._moment):
            return self._moment
        wall = parse_clock_time(text, field=self._caption)
        now = self._kit.clock.now()
        moment = moment_near(wall, self._near or now, self._zone())
        if moment > now:
            raise Fault(FaultCode.ENTRY_TIME_IN_FUTURE, field=self._caption, now=self._shown(now))
        if self._earliest is not None and moment < self._earliest.replace(second=0, microsecond=0):
            raise Fault(FaultCode.ENTRY_TIME_TOO_EARLY, field=self._caption, limit=self._shown(self._earliest))
        if self._latest is not None and moment > self._latest:
            raise Fault(FaultCode.ENTRY_TIME_TOO_LATE, field=self._caption, limit=self._shown(self._latest))
        return max(moment, self._earliest) if self._earliest is not None else moment

    def _on_committed(self, moment: datetime | None) -> None:
        self._moment = moment
        self.committed.emit(moment)
