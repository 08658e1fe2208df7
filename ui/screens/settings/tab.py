"""One tab of the settings: a column of cards that scrolls."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.theme import SPACE


class Tab(QScrollArea):
    """Cards under one another, as wide as can be read well."""

    def __init__(self, kit: Kit, width: int = 760) -> None:
        super().__init__()
        self.kit = kit
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        inner = QWidget()
        inner.setProperty("scrolled", "true")
        outer = QVBoxLayout(inner)
        outer.setContentsMargins(0, 3 * SPACE, 2 * SPACE, 3 * SPACE)
        held = QWidget()
        held.setMaximumWidth(round(width * kit.theme.scale))
        self.column = QVBoxLayout(held)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(3 * SPACE)
        # In a row, because only there its greatest width counts when the height is worked out.
        row = QHBoxLayout()
        row.addWidget(held, 1)
        row.addStretch(0)
        outer.addLayout(row)
        outer.addStretch(1)
        self.setWidget(inner)

    def card(self, title: str, lead: str = "") -> QVBoxLayout:
        """A new card; returns the column inside it."""
        frame = QFrame()
        frame.setProperty("surface", "card")
        column = QVBoxLayout(frame)
        column.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 3 * SPACE)
        column.setSpacing(2 * SPACE)
        head = QVBoxLayout()
        head.setSpacing(4)
        head.addWidget(label(title, "heading", wrap=True))
        if lead:
            head.addWidget(label(lead, "body", muted=True, wrap=True))
        column.addLayout(head)
        self.column.addWidget(frame)
        return column
