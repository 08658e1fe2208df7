"""The whole file of a client of fifty visits: against bare reportlab, beside the window, and when it is stopped.

Run it: ``python -m tests.benchmarks.bench_client_file``. It prints, it asserts nothing.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any

from needlelog.documents.pen import Pen

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

VISITS = 50
ROUNDS = 3
TICK_MS = 2
STOP_AFTER = 10
"""Visits after which the file is not wanted any more."""

Drawn = tuple[str, float, str, float, float]


def a_client_of_many_visits(folder: Path) -> tuple[Any, Any, Callable[[], None]]:
    """The clinic, the client with so many signed visits, and what to close."""
    from tests.desks import StandingClock, a_door, set_up_desk
    from tests.gui.screens.clinic_days import add_client, treat

    clock = StandingClock()
    door = a_door(folder, clock)
    desk = set_up_desk(door)
    client = add_client(desk, "Ana Nowak")
    for number in range(VISITS):
        treat(desk, clock, client, clock.now() - timedelta(days=30 * (VISITS - number)))

    def close() -> None:
        desk.close()
        door.leave()

    return desk, client, close


def drawn_pages(action: Callable[[], object]) -> list[list[Drawn]]:
    """Font, size, text and place of every piece of text that ``action`` draws, page by page."""
    pages: dict[int, list[Drawn]] = {}
    pens: list[Pen] = []
    real = Pen.line_of_text

    def watch(pen: Pen, line: Any, x: float, baseline: float, size: float) -> None:
        if id(pen) not in pages:
            # Kept, so that no other page is drawn by a pen of the same number.
            pens.append(pen)
            pages[id(pen)] = []
        pages[id(pen)] += [(run.font.name, size, run.text, x, baseline) for run in line.runs]
        real(pen, line, x, baseline, size)

    Pen.line_of_text = watch  # type: ignore[method-assign]
    try:
        action()
    finally:
        Pen.line_of_text = real  # type: ignore[method-assign]
    return list(pages.values())


def bare(pages: list[list[Drawn]]) -> bytes:
    """The same text on as many pages by reportlab alone."""
    from reportlab.pdfgen.canvas import Canvas

    target = BytesIO()
    canvas = Canvas(target, pageCompression=1, invariant=1, initialFontName=pages[0][0][0])
    for pieces in pages:
        for font, size, text, x, y in pieces:
            canvas.setFont(font, size)
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def seconds(action: Callable[[], object]) -> float:
    """Of processor time."""
    begun = time.process_time()
    action()
    return time.process_time() - begun


def beside(desk: Any, client: Any, guard: Callable[[], AbstractContextManager[None]]) -> tuple[float, float]:
    """The longest wait of the window while the file is made on the worker, and how long that takes, in ms."""
    from PySide6.QtCore import QEventLoop, QTimer

    from ui.toolkit.long_task import Steps
    from ui.toolkit.tasks import Lane, Tasks

    tasks, steps, loop = Tasks(), Steps(), QEventLoop()
    last, longest = time.perf_counter(), 0.0

    def tick() -> None:
        nonlocal last, longest
        now = time.perf_counter()
        longest, last = max(longest, now - last), now

    timer = QTimer()
    timer.setInterval(TICK_MS)
    timer.timeout.connect(tick)

    def work() -> bytes:
        with guard():
            made: bytes = desk.client_files.make(client, photos=False, went_on=steps.say, breathe=steps.breathe)
        return made

    def done(_: object) -> None:
        loop.quit()

    begun = time.perf_counter()
    timer.start()
    tasks.run(work, done, done, lane=Lane.PAPERS, owner=loop)
    loop.exec()
    took = time.perf_counter() - begun
    timer.stop()
    tasks.close()
    return longest * 1000, took * 1000


def stopped(desk: Any, client: Any) -> float:
    """How long after it is not wanted any more the work ends, in ms."""
    from needlelog.errors import Fault
    from ui.toolkit.long_task import Steps

    steps, asked = Steps(), 0.0

    def went_on(done: int, of: int) -> None:
        nonlocal asked
        if done == STOP_AFTER:
            asked = time.perf_counter()
            steps.stop()
            return
        steps.say(done, of)

    with suppress(Fault):
        desk.client_files.make(client, photos=False, went_on=went_on, breathe=steps.breathe)
    return (time.perf_counter() - asked) * 1000


@contextmanager
def unguarded() -> Any:
    """Nothing is done for the window."""
    yield


def main() -> None:
    """Measure and print."""
    from PySide6.QtWidgets import QApplication

    from ui.toolkit.long_task import beside_the_window

    application = QApplication.instance() or QApplication([])

    def alone() -> bytes:
        made: bytes = desk.client_files.make(
            client, photos=False, went_on=lambda _done, _of: None, breathe=lambda: None
        )
        return made

    with tempfile.TemporaryDirectory() as folder:
        desk, client, close = a_client_of_many_visits(Path(folder))
        pages = drawn_pages(alone)
        pairs = [(seconds(alone), seconds(lambda: bare(pages))) for _ in range(ROUNDS)]
        ours, theirs = median(one for one, _ in pairs), median(other for _, other in pairs)
        ratio = median(one / other for one, other in pairs)
        print(f"Client file of {VISITS} visits, {len(pages)} pages, {len(alone()) / 1e6:.1f} MB")
        print(f"  with reading and checking / bare reportlab = {ratio:.2f} ({ours:.2f} s / {theirs:.2f} s)")
        for name, guard in (("beside the window", beside_the_window), ("without a guard", unguarded)):
            waits = [beside(desk, client, guard) for _ in range(ROUNDS)]
            longest, took = median(one for one, _ in waits), median(other for _, other in waits)
            print(f"  {name}: longest wait of the window {longest:.0f} ms in {took / 1000:.1f} s")
        print(f"  stopped: ends {median(stopped(desk, client) for _ in range(ROUNDS)):.0f} ms after it was asked to")
        close()
    del application


if __name__ == "__main__":
    main()
