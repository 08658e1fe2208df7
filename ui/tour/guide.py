"""The guide of the tour: one real window over one data folder, the hands that work it, and the camera."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from needlelog.bootstrap import door as make_door
from needlelog.bootstrap import words
from needlelog.vault.key_file import Cost
from ui.main_window.window import MainWindow
from ui.toolkit.kit import Kit
from ui.toolkit.tasks import InlineTasks
from ui.toolkit.theme import Theme
from ui.tour.camera import SIZE, Camera
from ui.tour.clock import TourClock
from ui.tour.dialogs import TourDialogs
from ui.tour.faults import TourStopped
from ui.tour.hands import Hands

S = TypeVar("S", bound=QWidget)

_ONE_TICK_MS = 1100
NO_SECRET = Cost(memory_kib=64, passes=1, lanes=1)
"""What the tour opens is made up and thrown away."""


class Guide(Hands):
    """Leads through one window; ``picture`` photographs what stands there."""

    window: MainWindow

    def __init__(
        self, window: MainWindow, camera: Camera, clock: TourClock, dialogs: TourDialogs, failures: list[BaseException]
    ) -> None:
        super().__init__(window, failures)
        self.camera = camera
        self.clock = clock
        self.dialogs = dialogs
        dialogs.photograph = self.picture

    def picture(self, name: str) -> None:
        """Save what stands there as the next picture."""
        self.camera.take(self.window, name)

    def stands(self, kind: type[S]) -> S:
        """The screen in front, which must be of this kind; raises ``TourStopped``."""
        self.settle()
        now = self.window.front if self.window.work is None else self.window.work.screen_now
        if not isinstance(now, kind):
            raise TourStopped(f"{kind.__name__} should stand in front, but {type(now).__name__} does")
        return now

    def pass_minutes(self, minutes: int) -> None:
        """Let time go by with somebody in the room, so that the window does not lock itself."""
        for _ in range(minutes):
            self.clock.pass_(minutes=1)
            QApplication.sendEvent(self.window, _somebody_moves(self.window))
        # The timers on the screen count in real seconds: give them one to show the time that has passed.
        QTest.qWait(_ONE_TICK_MS)
        self.window.numbing.look()
        self.settle()

    def go_to(self, place: str) -> None:
        """Go to a place of the rail: today, clients, products, settings, lock or back."""
        if self.window.work is None:
            raise TourStopped("the clinic is locked")
        self.click(self.window.work.rail.button(place))


def _somebody_moves(window: QWidget) -> QMouseEvent:
    spot = QPointF(window.rect().center())
    none = Qt.MouseButton.NoButton
    return QMouseEvent(
        QEvent.Type.MouseMove, spot, window.mapToGlobal(spot), none, none, Qt.KeyboardModifier.NoModifier
    )


@contextlib.contextmanager
def guided(folder: Path, camera: Camera, clock: TourClock, application: QApplication) -> Iterator[Guide]:
    """The window over the clinic in ``folder``, shown and started; closed afterwards whatever happened."""
    tr = words()
    theme = Theme(application)
    dialogs = TourDialogs(theme, tr)
    kit = Kit(theme=theme, tr=tr, tasks=InlineTasks(), dialogs=dialogs, clock=clock)
    door = make_door(folder, clock=clock, tr=tr, cost=NO_SECRET)
    window = MainWindow(kit, door, lambda other: make_door(other, clock=clock, tr=tr, cost=NO_SECRET), demo=False)
    window.setFixedSize(*SIZE)
    failures: list[BaseException] = []
    former = sys.excepthook
    # What breaks inside a slot comes out here; the hands raise it at their next move.
    sys.excepthook = lambda _kind, error, _trace: failures.append(error)
    try:
        window.start()
        window.show()
        window.activateWindow()
        if not QTest.qWaitForWindowActive(window):
            raise TourStopped("the window did not come to the front")
        yield Guide(window, camera, clock, dialogs, failures)
    finally:
        sys.excepthook = former
        for box in application.topLevelWidgets():
            if box is not window and box.isWindow() and box.isVisible():
                box.close()
        window.close()
        kit.tasks.close()
        window.deleteLater()
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
