"""Parts side by side where there is room for them, one below the other where there is not."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from ui.toolkit.theme import SPACE


class Columns(QWidget):
    """Widgets in columns, equal where that is wide enough for each; stacked where the room is too little.

    With ``fill`` the parts take the full height, otherwise they stand at the top.
    """

    def __init__(
        self, *parts: QWidget, gap: int = SPACE * 4, fill: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._gap = gap
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(gap)
        for part in parts:
            if fill:
                self._row.addWidget(part, 1)
            else:
                self._row.addWidget(part, 1, Qt.AlignmentFlag.AlignTop)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def minimumSizeHint(self) -> QSize:
        widest = max((part.minimumSizeHint().width() for part in self._parts), default=0)
        return QSize(widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(event.size().width())

    def stacked(self) -> bool:
        """Whether the parts stand one below the other."""
        return self._row.direction() == QBoxLayout.Direction.TopToBottom

    def _arrange(self, width: int) -> None:
        shown = [part for part in self._parts if not part.isHidden()]
        least = sum(part.minimumSizeHint().width() for part in shown)
        fits = least + self._gap * (len(shown) - 1) <= width
        wanted = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        if self._row.direction() != wanted:
            self._row.setDirection(wanted)
            self._row.setSpacing(self._gap if fits else SPACE * 2)
