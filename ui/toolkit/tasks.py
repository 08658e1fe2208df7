"""Work off the UI thread and back: one worker for data, one for papers; who is gone gets no result."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from needlelog.errors import Fault

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

T = TypeVar("T")


class Lane(Enum):
    """Which worker: jobs in one lane run one after another, in order."""

    DATA = "data"
    PAPERS = "papers"


@dataclass(slots=True)
class _Job:
    work: Callable[[], Any]
    done: Callable[[Any], None]
    failed: Callable[[Fault], None]
    owner: QObject | None
    result: Any = None
    error: BaseException | None = None

    def perform(self) -> None:
        try:
            self.result = self.work()
        except BaseException as error:  # noqa: BLE001 - carried to the UI thread and reported there
            self.error = error

    def hand_over(self) -> None:
        if self.owner is not None and not isValid(self.owner):
            return
        if self.error is None:
            self.done(self.result)
        elif isinstance(self.error, Fault):
            self.failed(self.error)
        else:
            sys.excepthook(type(self.error), self.error, self.error.__traceback__)


def _owner_of(done: Callable[[Any], None]) -> QObject | None:
    owner = getattr(done, "__self__", None)
    return owner if isinstance(owner, QObject) else None


class Tasks(QObject):
    """Runs work in a lane and brings its result, or its ``Fault``, back to the UI thread."""

    _arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._results: SimpleQueue[_Job] = SimpleQueue()
        self._waiting = 0
        self._workers: dict[Lane, ThreadPoolExecutor] = {}
        self._futures: set[Any] = set()
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether anything has been asked for whose result has not come back."""
        return self._waiting > 0

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Fault], None],
        *,
        owner: QObject | None = None,
        lane: Lane = Lane.DATA,
    ) -> None:
        """Run ``work`` in its lane, then ``done`` or ``failed`` here.

        When ``owner`` (by default the object whose method ``done`` is) is gone by then, nobody is called.
        Anything but a ``Fault`` is a bug and goes to ``sys.excepthook``.
        """
        job = _Job(work, done, failed, owner or _owner_of(done))
        self._waiting += 1
        worker = self._workers.get(lane)
        if worker is None:
            # Loaded with the first job, which is asked for after the first painting.
            from concurrent.futures import ThreadPoolExecutor

            worker = self._workers[lane] = ThreadPoolExecutor(1, thread_name_prefix=lane.value)
        future = worker.submit(self._perform, job)
        self._futures.add(future)
        future.add_done_callback(self._futures.discard)

    def drain(self) -> None:
        """Wait for all that was asked for and hand every result over, follow-up work included."""
        if not self._waiting:
            return
        from concurrent.futures import wait

        while self._waiting:
            wait(tuple(self._futures))
            self._deliver()

    def close(self) -> None:
        """Drain and end the workers; ``run`` may not be called afterwards."""
        self.drain()
        for worker in self._workers.values():
            worker.shutdown()

    def _perform(self, job: _Job) -> None:
        job.perform()
        self._results.put(job)
        self._arrived.emit()

    def _deliver(self) -> None:
        while True:
            try:
                job = self._results.get_nowait()
            except Empty:
                return
            self._waiting -= 1
            job.hand_over()


class InlineTasks(Tasks):
    """The same promises with everything done at once, for tests and the tour."""

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Fault], None],
        *,
        owner: QObject | None = None,
        lane: Lane = Lane.DATA,  # noqa: ARG002 - one thread, one lane
    ) -> None:
        """Run ``work`` and hand its result over before returning."""
        job = _Job(work, done, failed, owner or _owner_of(done))
        job.perform()
        job.hand_over()
