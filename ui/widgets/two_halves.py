"""Two parts of a bar at its two ends; where there is no room for both, one below the other."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from ui.toolkit.theme import SPACE


class TwoHalves(QWidget):
    """``first`` takes the room that ``last`` leaves, and stands above it where that is under ``least`` px."""

    def __init__(self, first: QWidget, last: QWidget, least: int = 0) -> None:
        super().__init__()
        self._first = first
        self._last = last
        self._least = least
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(SPACE)
        self._box.addWidget(first, 1)
        self._box.addWidget(last)

    @property
    def stacked(self) -> bool:
        """Whether one stands below the other."""
        return self._box.direction() is QBoxLayout.Direction.TopToBottom

    def fit(self) -> None:
        """Stand as there is room for now."""
        least = max(self._first.minimumSizeHint().width(), self._least)
        stacked = self.width() < least + self._last.sizeHint().width() + SPACE
        ways = QBoxLayout.Direction
        self._box.setDirection(ways.TopToBottom if stacked else ways.LeftToRight)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.fit()
        return super().event(event)

    def minimumSizeHint(self) -> QSize:
        # As narrow as the wider of the two: only then can it ever come to one below the other.
        width = max(self._first.minimumSizeHint().width(), self._last.minimumSizeHint().width())
        return QSize(width, super().minimumSizeHint().height())
