"""A page that is longer than the window: one column that scrolls, never sideways."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QApplication, QFrame, QLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ui.toolkit.discard import clear
from ui.toolkit.theme import SPACE


class ScrollColumn(QScrollArea):
    """Holds widgets one below the other; scrolls to whatever takes the focus."""

    def __init__(self, name: str = "", *, margins: tuple[int, int, int, int] = (0, 0, 0, 0), spacing: int = 2 * SPACE):
        super().__init__()
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.inside = QWidget()
        self.inside.setProperty("scrolled", "true")
        self.column = QVBoxLayout(self.inside)
        self.column.setContentsMargins(*margins)
        self.column.setSpacing(spacing)
        self.column.addStretch(1)
        self.setWidget(self.inside)
        self.inside.installEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def add(self, part: QWidget | QLayout) -> None:
        """Put this below what is there."""
        place = self.column.count() - 1
        if isinstance(part, QWidget):
            self.column.insertWidget(place, part)
        else:
            self.column.insertLayout(place, part)

    def empty(self) -> None:
        """Take everything out."""
        clear(self.column, keep=1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.inside and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def minimumSizeHint(self) -> QSize:
        # Never narrower than what it holds, because it does not scroll sideways.
        return QSize(self.inside.minimumSizeHint().width() + 16, 80)

    def sizeHint(self) -> QSize:
        return QSize(self.inside.sizeHint().width() + 16, 480)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.inside.isAncestorOf(now):
            self.ensureWidgetVisible(now, 0, 3 * SPACE)


def growing(widget: QWidget) -> QWidget:
    """``widget``, told to take all the width and the height it needs at that width."""
    # Not Maximum: its greatest height would be that of its own favourite width, and lines that wrap need another.
    widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return widget
