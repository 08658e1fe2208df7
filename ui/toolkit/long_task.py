"""Work that takes long enough to be watched and stopped: how far it is, and the wish to end it."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

from PySide6.QtCore import QObject, Signal

from needlelog.errors import Fault, FaultCode

_PAUSE_S = 0.0005
_TURN_S = 0.001


class Steps(QObject):
    """What the work says from its own thread, and what it asks there: whether it is still wanted."""

    went_on = Signal(int, int)
    """So many are done, of so many."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._unwanted = Event()

    def stop(self) -> None:
        """The work is not wanted any more; it ends at its next step."""
        self._unwanted.set()

    def say(self, done: int, of: int) -> None:
        """Called by the work; raises ``Fault(STOPPED)`` once it is not wanted any more."""
        self.breathe()
        self.went_on.emit(done, of)

    def breathe(self) -> None:
        """Called by the work between two steps: lets the window have its turn; raises as ``say``."""
        if self._unwanted.is_set():
            raise Fault(FaultCode.STOPPED)
        # Nothing but a real pause makes the thread of the window certain to go on.
        time.sleep(_PAUSE_S)


@contextmanager
def beside_the_window() -> Iterator[None]:
    """Within this the window keeps its turn, though hundreds of thousands of objects are made beside it.

    The search for dead ones among them would stop every thread for a quarter of a second; they die by themselves.
    """
    collecting, interval = gc.isenabled(), sys.getswitchinterval()
    gc.disable()
    sys.setswitchinterval(_TURN_S)
    try:
        yield
    finally:
        sys.setswitchinterval(interval)
        if collecting:
            gc.enable()
