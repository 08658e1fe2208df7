"""Notices when nobody has touched the program for a while: warns, then says that it is time to lock."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal

from needlelog.clock import Clock

WARNING_S = 20
"""How long before locking the warning stands, in seconds."""
TICK_MS = 1000
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletMove,
    }
)


class IdleWatch(QObject):
    """Counts from the last key, click or touch anywhere in the program, on the clock that is handed in."""

    warned = Signal(int)
    """So many seconds are left; said each second while the warning stands."""
    stayed = Signal()
    """Somebody touched the program while the warning stood."""
    expired = Signal()

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._limit: timedelta | None = None
        self._last = clock.now()
        self._warning = False
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.look)

    def start(self, minutes: int) -> None:
        """Watch from now on; 0 minutes is never."""
        self.stop()
        if minutes <= 0:
            return
        self._limit = timedelta(minutes=minutes)
        self._last = self._clock.now()
        self._timer.start()
        application = QCoreApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def stop(self) -> None:
        """Watch no longer."""
        self._limit = None
        self._warning = False
        self._timer.stop()
        application = QCoreApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    def again(self) -> None:
        """Say ``expired`` once more as soon as the program comes to rest."""
        QTimer.singleShot(0, self, self.expired.emit)

    def touch(self) -> None:
        """Somebody is there."""
        self._last = self._clock.now()
        if self._warning:
            self._warning = False
            self.stayed.emit()

    def look(self) -> None:
        """Compare the clock with the last touch; called each second."""
        if self._limit is None:
            return
        now: datetime = self._clock.now()
        # A clock that was set back starts the count again, or the program might never lock.
        self._last = min(self._last, now)
        left = self._last + self._limit - now
        if left <= timedelta():
            self.stop()
            self.expired.emit()
        elif left <= timedelta(seconds=WARNING_S):
            self._warning = True
            self.warned.emit(max(1, round(left.total_seconds())))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self.touch()
        return False
