"""A wide column and a narrow one in one scroll; the narrow one goes below where the window is too small for both."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from ui.toolkit.discard import clear
from ui.toolkit.theme import SPACE


class Column(QWidget):
    """Widgets one below the other, at the top."""

    def __init__(self, spacing: int = 2 * SPACE) -> None:
        super().__init__()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(spacing)
        self._box.addStretch(1)

    def add(self, part: QWidget) -> None:
        """Put this below what is there."""
        self._box.insertWidget(self._box.count() - 1, part)

    def empty(self) -> None:
        """Take everything out."""
        clear(self._box, keep=1)


class TwoColumns(QScrollArea):
    """``main`` takes what ``side`` leaves."""

    def __init__(self, name: str, side_width: int, margin: int = 4 * SPACE) -> None:
        super().__init__()
        self._side_width = side_width
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.main = Column()
        self.side = Column()
        self._inside = inside = QWidget()
        inside.setProperty("scrolled", "true")
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._box.setContentsMargins(margin, 0, margin - SPACE, margin)
        self._box.setSpacing(3 * SPACE)
        self._box.addWidget(self.main, 1)
        self._box.addWidget(self.side, 0, Qt.AlignmentFlag.AlignTop)
        self.setWidget(inside)
        self.side.installEventFilter(self)
        # The narrow column stays in sight while the wide one is read.
        self.verticalScrollBar().valueChanged.connect(self._pin)
        self.verticalScrollBar().rangeChanged.connect(self._pin)

    def set_margins(self, left: int, top: int, right: int, bottom: int) -> None:
        """The white space around both columns, px."""
        self._box.setContentsMargins(left, top, right, bottom)

    @property
    def stacked(self) -> bool:
        """Whether the narrow column stands below the wide one."""
        return self._box.direction() is QBoxLayout.Direction.TopToBottom

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        scale = self.fontMetrics().height() / 22
        margins = self._box.contentsMargins()
        around = margins.left() + margins.right() + self._box.spacing()
        needed = self.main.minimumSizeHint().width() + self._side_width + around
        stacked = self.viewport().width() < max(needed, self._side_width * 2.5 * max(1.0, scale))
        ways = QBoxLayout.Direction
        self._box.setDirection(ways.TopToBottom if stacked else ways.LeftToRight)
        self.side.setMaximumWidth(16_777_215 if stacked else round(self._side_width * max(1.0, scale)))
        self.side.setMinimumWidth(0 if stacked else self._side_width)
        self._pin()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Every new layout puts the narrow column back to the top.
        if watched is self.side and event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
            self._pin()
        return super().eventFilter(watched, event)

    def _pin(self) -> None:
        if self.stacked:
            return
        beyond = max(0, self.side.height() - self.viewport().height())
        lowest = max(0, self._inside.height() - self.side.height() - self._box.contentsMargins().bottom())
        wanted = min(max(0, self.verticalScrollBar().value() - beyond), lowest)
        if self.side.y() != wanted:
            self.side.move(self.side.x(), wanted)
