"""Says when somebody set this computer's clock while the program runs, and lets it be followed on purpose."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from needlelog.clock import SteadyClock
from needlelog.i18n import record_date, record_time
from ui.toolkit.kit import Kit
from ui.widgets.notice import Notice

LOOK_MS = 5000


class ClockNotice(Notice):
    """Stands for as long as the computer shows another time than the one that is recorded."""

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(kit.theme, "stop", kit.tr("Use the computer's time"), icon="timer", parent=parent)
        self._kit = kit
        self.answered.connect(self._follow)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        if isinstance(kit.clock, SteadyClock):
            self._timer.start()

    def look(self) -> None:
        """Compare both times and say what differs."""
        clock, tr = self._kit.clock, self._kit.tr
        shown = clock.set_to if isinstance(clock, SteadyClock) else None
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
            self.look()
