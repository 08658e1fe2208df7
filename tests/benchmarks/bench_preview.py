"""From a tap to the first page of the aftercare sheet on the screen, against reportlab and PDFium alone.

Run it: ``python -m tests.benchmarks.bench_preview``. It prints, it asserts nothing. What is measured is what is waited
for: from the press of the mouse to the paint of a page that was not there before, with the real workers.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks.bench_sheet import bare, drawn_text

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ROUNDS = 15
AIM_MS = 200.0
SETTLED_S = 5.0
"""How long the visit has been open before its last page: far less than a real one."""

TAPS = ("Grey", "Letter", "Large print")


def a_visit(folder: Path) -> tuple[Any, Any, Any]:
    """A visit before its last step in the real screen; what to ask for a sheet, and what to close."""
    from PySide6.QtWidgets import QApplication

    from needlelog.bootstrap import words
    from needlelog.domain.findings import Gate, StepId
    from tests import builders as b
    from tests.desks import StandingClock, a_door, set_up_desk
    from ui.screens.session.screen import SessionScreen
    from ui.toolkit.dialogs import Dialogs
    from ui.toolkit.kit import Kit
    from ui.toolkit.plain import PlainText
    from ui.toolkit.tasks import Tasks
    from ui.toolkit.theme import LIGHT, Theme

    application: Any = QApplication.instance()
    theme, clock = Theme(application), StandingClock()
    theme.use(LIGHT)
    door = a_door(folder, clock)
    desk = set_up_desk(door)
    desk.materials.add(b.a_device())
    client = desk.clients.add(b.a_client())
    flow, _ = desk.sessions.resume(desk.sessions.start(client.id).id)
    full = b.a_full_draft()
    flow.edit(lambda x: x.with_(consultation=full.consultation, consent=full.consent, cleansing=full.cleansing))
    flow.edit(lambda x: x.with_(numbing=full.numbing, serums=full.serums, reactions=full.reactions))
    flow.edit(lambda x: x.with_(needling=full.needling.with_(passes=())))
    for finding in flow.open_findings(Gate.NEEDLING):
        flow.override(finding, "benchmark")
    flow.edit(lambda x: x.with_(needling=full.needling, step=StepId.REACTIONS))
    tr = words()
    screen = SessionScreen(Kit(theme, tr, Tasks(), Dialogs(theme, tr), clock), desk, flow.draft.id)
    screen.resize(1192, 800)
    # As the application does before anybody taps: its filter has Python's classes of all events made.
    plain = PlainText(application)
    application.installEventFilter(plain)
    screen.show()
    screen.activate()
    screen.plain = plain
    return screen, lambda: desk.papers.aftercare(screen.presenter.draft, client), door.leave


def seen_after(screen: Any, tap: Callable[[], object]) -> float:
    """From the tap to the first paint of a page that was not there before, in ms."""
    from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
    from PySide6.QtWidgets import QApplication, QLabel

    application: Any = QApplication.instance()
    before = {one.pixmap().cacheKey() for one in screen.findChildren(QLabel) if one.property("sheet")}
    loop = QEventLoop()

    class Watch(QObject):
        painted = False

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            of_page = event.type() == QEvent.Type.Paint and isinstance(watched, QLabel) and watched.property("sheet")
            if of_page and not self.painted and watched.pixmap().cacheKey() not in before:  # type: ignore[attr-defined]
                self.painted = True
                # Painted when this event is through.
                QTimer.singleShot(0, loop.quit)
            return False

    watch = Watch()
    application.installEventFilter(watch)
    begun = time.perf_counter()
    tap()
    loop.exec()
    seen = (time.perf_counter() - begun) * 1000
    application.removeEventFilter(watch)
    settle(screen, 0.4)
    return seen


def settle(screen: Any, seconds: float) -> None:
    """Let the loop go on, as it does between two taps."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop(screen)
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def click(screen: Any, name: str) -> None:
    """Press and release the mouse on what bears this name."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QWidget

    found = [one for one in screen.findChildren(QWidget) if one.accessibleName().startswith(name) and one.isVisible()]
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)


def alone(pieces: list[Any]) -> float:
    """The same text by reportlab and its first page by PDFium, in ms."""
    from ui.toolkit.printing import first_page
    from ui.widgets.paper_view import PREVIEW_DPI

    begun = time.perf_counter()
    first_page(bare(pieces), PREVIEW_DPI)
    return (time.perf_counter() - begun) * 1000


def main() -> None:
    """Measure and print."""
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        screen, make, leave = a_visit(Path(folder))
        settle(screen, SETTLED_S)
        first = seen_after(screen, lambda: click(screen, "9 Aftercare"))
        pieces = drawn_text(make)
        print(f"Preview of page 1, from the step tapped: {first:.0f} ms (the first of a visit, aim {AIM_MS:.0f})")
        for name in TAPS:
            pairs = [(seen_after(screen, lambda name=name: click(screen, name)), alone(pieces)) for _ in range(ROUNDS)]
            ours, ratio = median(one for one, _ in pairs), median(one / other for one, other in pairs)
            worst = max(one for one, _ in pairs)
            print(
                f'  "{name}" tapped: {ours:.0f} ms, at most {worst:.0f}; {ratio:.1f} times reportlab and PDFium alone'
            )
        screen.presenter.watch(False)
        screen.close()
        leave()
    del application


if __name__ == "__main__":
    main()
