"""The camera of the tour: numbered pictures of the window, with the dialog that stands over it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from ui.tour.faults import TourStopped
from ui.tour.hands import Hands

SIZE = (1280, 800)
"""Width and height of every picture, px."""

_SCRIM = QColor(0, 0, 0, 60)


class Camera:
    """Saves ``NNN-name.png`` into one folder and says so."""

    def __init__(self, folder: Path, say: Callable[[str], None]) -> None:
        self._folder = folder
        self._say = say
        self._count = 0

    def take(self, window: QWidget, name: str) -> Path:
        """Picture the window as it stands; raises ``TourStopped`` when it cannot be saved or nothing is painted."""
        Hands(window).settle()
        picture = window.grab()
        box = QApplication.activeModalWidget()
        if box is not None:
            painter = QPainter(picture)
            painter.fillRect(window.rect(), _SCRIM)
            shown = box.grab()
            painter.drawPixmap(window.rect().center() - shown.rect().center(), shown)
            painter.end()
        self._count += 1
        path = self._folder / f"{self._count:03d}-{name}.png"
        if picture.isNull() or not picture.save(str(path)):
            raise TourStopped(f"the picture {path.name} could not be saved")
        self._say(path.name)
        return path

    def paper(self, name: str) -> Path:
        """Where the paper of this name goes; an older one makes room."""
        path = self._folder / name
        path.unlink(missing_ok=True)
        return path
