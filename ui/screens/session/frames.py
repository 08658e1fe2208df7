"""Frames for pages and their parts: only what is shown may ask for room, and what does not fit can be scrolled."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget


class PageStack(QStackedWidget):
    """Pages of which one is seen; a hidden page never makes the window larger."""

    def minimumSizeHint(self) -> QSize:
        current = self.currentWidget()
        return current.minimumSizeHint() if current else QSize(0, 0)

    def sizeHint(self) -> QSize:
        current = self.currentWidget()
        return current.sizeHint() if current else QSize(0, 0)


class _UpAndDown(QScrollArea):
    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)


def scrolled(part: QWidget) -> QScrollArea:
    """``part`` at the full width of a frame that scrolls up and down where the height is too little."""
    area = _UpAndDown()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    if not part.property("surface"):
        part.setProperty("scrolled", True)
    area.setWidget(part)
    return area


def frame_around(part: QWidget) -> QScrollArea | None:
    """The frame in which ``part`` is scrolled, if any."""
    around = part.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    return around


class WideFrame(_UpAndDown):
    """A page that fills its frame; it is scrolled only where the frame is lower than ``least`` says it may be."""

    def __init__(self, page: QWidget, least: Callable[[], int]) -> None:
        super().__init__()
        self._page = page
        self._least = least
        self.setWidgetResizable(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page.setProperty("scrolled", True)
        self.setWidget(page)
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and watched is self._page:
            self.fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Give the page the width of the frame, and its height or the least the page can do with."""
        room = self.viewport().size()
        self._page.resize(room.width(), max(room.height(), self._least()))
