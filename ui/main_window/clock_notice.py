"""Follows a clock that somebody sets while the program runs; where times run, it says so and follows on purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from needlelog.clock import SteadyClock
from needlelog.errors import Fault
from needlelog.i18n import record_date, record_time
from ui.toolkit.kit import Kit
from ui.widgets.notice import Notice

if TYPE_CHECKING:
    from needlelog.services.desk import Desk

LOOK_MS = 5000


class ClockNotice(Notice):
    """Stands for as long as times run by another clock than the computer shows now.

    Where nothing runs there is nothing to spoil: a clock that was put right is followed without a question.
    """

    followed = Signal()
    """The time that counts has jumped to the computer's."""

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(kit.theme, "stop", kit.tr("Use the computer's time"), icon="timer", parent=parent)
        self._kit = kit
        self._desk: Desk | None = None
        self._ran = False
        self.answered.connect(self._follow)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        if isinstance(kit.clock, SteadyClock):
            self._timer.start()

    def watch(self, desk: Desk) -> None:
        """Ask this clinic from now on whether times run."""
        self._desk = desk
        self.look()

    def locked(self) -> None:
        """The clinic is closed now: what ran in it runs on."""
        self._ran = self._runs()
        self._desk = None

    def look(self) -> None:
        """Compare both times; follow, or say what differs."""
        clock, tr = self._kit.clock, self._kit.tr
        shown = clock.set_to if isinstance(clock, SteadyClock) else None
        if isinstance(clock, SteadyClock) and shown is not None and not self._runs():
            clock.follow()
            self.followed.emit()
            shown = None
        if shown is None:
            self.say("")
            return
        here, ours = shown.astimezone(), clock.now().astimezone()
        self.say(
            tr(
                "This computer's clock was set: it shows {shown}. NeedleLog goes on from before, at {ours}, so that "
                "times that run, such as numbing, stay right.",
                shown=f"{record_date(here)}, {record_time(here)}",
                ours=record_time(ours),
            )
        )

    def _runs(self) -> bool:
        if self._desk is None:
            return self._ran
        try:
            return any(visit.running for visit in self._desk.sessions.open())
        except Fault:
            return True  # what cannot be read may run

    def _follow(self) -> None:
        clock, tr = self._kit.clock, self._kit.tr
        if isinstance(clock, SteadyClock) and self._kit.dialogs.ask(
            self,
            tr("Use the computer's time?"),
            tr(
                "Times that run now, such as numbing, will be wrong by the difference: end them first, or correct them."
            ),
            tr("Use the computer's time"),
            tr("Stay"),
            danger=True,
        ):
            clock.follow()
            self.followed.emit()
            self.look()
