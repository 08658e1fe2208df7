"""Looks at every anaesthetic on the skin, on whatever screen one is, and calls when its time is over or nearly so.

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
    from needlelog.workflow.alarms import Alarm, Call

LOOK_MS = 5000
CALLING_MS = 1000
"""How often it looks while nothing calls, and while something does."""
SOUND_EVERY = timedelta(seconds=15)


class NumbingWatch(QObject):
    """``sound`` makes one tone: once when a call begins, and again and again while a time is over and not silenced.

    The usual time is such a time, and so is the longest one: silencing the first leaves the second loud.
    """

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
        self._called: set[tuple[Alarm, Call]] = set()
        self._silenced: set[tuple[Alarm, Call]] = set()
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
        calls = [(one, call) for one in self._running if (call := one.call(now, self._before_min)) is not None]
        calls.sort(key=lambda one: -one[1])  # the most urgent one leads; those alike stay in their order
        loud = {one for one in calls if not one[1].near} - self._silenced
        self._bar.show_alarms([self._shown(*one) for one in calls], sounding=bool(loud))
        begun = set(calls) - self._called
        self._called |= begun
        if begun or (loud and now >= self._next_sound):
            self._next_sound = now + SOUND_EVERY
            self._sound()
        self._run(bool(calls))

    def _read(self, desk: Desk) -> tuple[Alarm, ...]:
        from needlelog.workflow.alarms import watched

        try:
            return watched(desk.sessions.open())
        except Fault:
            return self._running  # the screens say what is wrong with the disk; what was running still runs

    def _run(self, calling: bool) -> None:
        if self._desk is None and not self._running:
            self._timer.stop()
            return
        self._timer.start(CALLING_MS if calling else LOOK_MS)

    def _shown(self, one: Alarm, call: Call) -> AlarmShown:
        tr = self._kit.tr
        text = self._call(one, call) if self._desk is not None else self._call_locked(one, call)
        told = self._on_for(one, call)
        if one.limit_changed and (call.near or call.over):
            told = tr("{text} The limit was changed since; the stricter counts.", text=told)
        return AlarmShown(text, told, call.over, one.visit if self._desk is not None else None, one.field)

    def _call(self, one: Alarm, call: Call) -> str:
        tr, values = self._kit.tr, self._values(one)
        if call.over:
            return tr("{who}: take {name} off now.", **values)
        if call.near:
            return tr("{who}: {name} comes off soon.", **values)
        return tr("{who}: the usual time of {name} is over: wipe it off.", **values)

    def _call_locked(self, one: Alarm, call: Call) -> str:
        """The same without a name or number of the client, and without a way to the visit."""
        tr, values = self._kit.tr, self._values(one)
        if call.over:
            return tr("{name}: take it off now, and unlock.", **values)
        if call.near:
            return tr("{name} comes off soon.", **values)
        return tr("The usual time of {name} is over: wipe it off.", **values)

    def _on_for(self, one: Alarm, call: Call) -> str:
        tr, values = self._kit.tr, self._values(one)
        if call.over or call.near:
            return tr("On the skin for {minutes} min, {most} min at most.", **values)
        if one.most_min is None:
            return tr("On the skin for {minutes} min, usually up to {usual}.", **values)
        return tr("On the skin for {minutes} min, usually up to {usual}, {most} at most.", **values)

    def _values(self, one: Alarm) -> dict[str, object]:
        minutes = one.minutes(self._kit.clock.now())
        return {"name": one.name, "minutes": minutes, "usual": one.usual_min, "most": one.most_min, "who": one.who}

    def _on_silenced(self) -> None:
        # What it calls for later, it calls for anew: near its longest time, and at it.
        now = self._kit.clock.now()
        calls = ((one, one.call(now, self._before_min)) for one in self._running)
        self._silenced.update((one, call) for one, call in calls if call is not None)
        self.look()
