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
_NEVER = 1_000_000
"""So many searches of what is of middle age before the oldest are searched: more than any work takes."""


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

    A search for dead ones among all of them would stop every thread for half a second and more, and comes again each
    time they grew by a quarter; it is put off. What is young is still searched, here and in the window, in a blink.
    """
    # Freezing what is there before would not do: it is the new objects of the file itself that are searched. Neither
    # would a process of its own: the key of the records would have to be handed to it.
    young, middle, oldest = gc.get_threshold()
    interval = sys.getswitchinterval()
    gc.set_threshold(young, middle, max(oldest, _NEVER))
    sys.setswitchinterval(_TURN_S)
    try:
        yield
    finally:
        sys.setswitchinterval(interval)
        gc.set_threshold(young, middle, oldest)
