"""Looks at every anaesthetic on the skin, on whatever screen one is, and calls when its time is nearly over.

It goes on while the program is locked: what runs is kept as start moments, and nothing of the client is shown then.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from needlelog.errors import Fault
from ui.main_window.alarm_bar import AlarmBar, AlarmShown
from ui.toolkit.kit import Kit

if TYPE_CHECKING:
    from needlelog.services.desk import Desk
    from needlelog.workflow.alarms import Alarm

LOOK_MS = 5000
CALLING_MS = 1000
"""How often it looks while nothing calls, and while something does."""
SOUND_EVERY = timedelta(seconds=15)


class NumbingWatch(QObject):
    """``sound`` makes one tone; it comes once when an alarm begins, and again and again once one is over its time."""

    def __init__(
        self, kit: Kit, bar: AlarmBar, parent: QObject | None = None, sound: Callable[[], None] = QApplication.beep
    ) -> None:
        super().__init__(parent)
        self._kit = kit
        self._bar = bar
        self._sound = sound
        self._desk: Desk | None = None
        self._before_min = 0
        self._running: tuple[Alarm, ...] = ()
        self._called: set[tuple[Alarm, bool]] = set()
        self._silenced: set[Alarm] = set()
        self._next_sound = kit.clock.now()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        bar.silenced.connect(self._on_silenced)

    def watch(self, desk: Desk) -> None:
        """Look at the open visits of this clinic from now on."""
        self._desk = desk
        self._before_min = desk.knowledge.alarm.warn_before_min
        self.look()

    def locked(self) -> None:
        """The clinic is closed: go on with what was running, without saying whose it is."""
        self._desk = None
        self.look()

    def stop(self) -> None:
        """Look no more, and forget what was running."""
        self._desk, self._running = None, ()
        self._timer.stop()
        self._bar.show_alarms((), sounding=False)

    def look(self) -> None:
        """Read the clock and the open visits; say what calls."""
        if self._desk is not None:
            self._running = self._read(self._desk)
        now = self._kit.clock.now()
        calling = [one for one in self._running if one.calls(now, self._before_min)]
        over = {one for one in calling if one.over(now)}
        loud = {one for one in over if one not in self._silenced}
        self._bar.show_alarms([self._shown(one, one in over) for one in calling], sounding=bool(loud))
        begun = {(one, one in over) for one in calling} - self._called
        self._called |= begun
        if begun or (loud and now >= self._next_sound):
            self._next_sound = now + SOUND_EVERY
            self._sound()
        self._run(calling)

    def _read(self, desk: Desk) -> tuple[Alarm, ...]:
        from needlelog.workflow.alarms import watched

        try:
            return watched(desk.sessions.open())
        except Fault:
            return self._running  # the screens say what is wrong with the disk; what was running still runs

    def _run(self, calling: list[Alarm]) -> None:
        if self._desk is None and not self._running:
            self._timer.stop()
            return
        self._timer.start(CALLING_MS if calling else LOOK_MS)

    def _shown(self, one: Alarm, over: bool) -> AlarmShown:
        tr, now = self._kit.tr, self._kit.clock.now()
        values = {"name": one.name, "minutes": one.minutes(now), "most": one.most_min, "who": one.who}
        if self._desk is None:
            locked = (
                tr("{name} is on the skin for {minutes} min, {most} min at most: take it off, and unlock.", **values)
                if over
                else tr("{name} comes off soon: on the skin for {minutes} min, {most} min at most.", **values)
            )
            return AlarmShown(locked, over, None)
        text = (
            tr("{who}: take {name} off now. On the skin for {minutes} min, {most} min at most.", **values)
            if over
            else tr("{who}: {name} comes off soon. On the skin for {minutes} min, {most} min at most.", **values)
        )
        return AlarmShown(text, over, one.visit, one.field)

    def _on_silenced(self) -> None:
        # What has not reached its time yet is heard when it does.
        now = self._kit.clock.now()
        self._silenced.update(one for one in self._running if one.over(now))
        self.look()
