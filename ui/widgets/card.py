"""A surface that holds what belongs together."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from ui.toolkit.labels import label


class Card(QFrame):
    """A card with a title, an optional control at the title's end, and a ``body`` to fill."""

    def __init__(self, title: str = "", action: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        outer = self._outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 24)
        outer.setSpacing(16)
        self._title = label(title, "heading", wrap=True)
        if title or action:
            head = QHBoxLayout()
            head.addWidget(self._title, 1)
            if action:
                head.addWidget(action)
            outer.addLayout(head)
        self.body = QVBoxLayout()
        self.body.setSpacing(16)
        outer.addLayout(self.body, 1)
        self.setAccessibleName(title)

    def make_tight(self) -> None:
        """As low as it can be: for lists of which every line has to be in sight."""
        self._outer.setContentsMargins(24, 12, 16, 4)
        self._outer.setSpacing(4)
        self.body.setSpacing(0)

    def set_title(self, title: str) -> None:
        """Another title, for a card that was made with one."""
        self._title.setText(title)
        self.setAccessibleName(title)

    def add(self, part: QWidget | QLayout) -> None:
        """Put a widget or a layout below what is there."""
        if isinstance(part, QWidget):
            self.body.addWidget(part)
        else:
            self.body.addLayout(part)


def hairline() -> QFrame:
    """A thin line between two parts, where white space alone cannot separate them."""
    line = QFrame()
    line.setProperty("line", "true")
    line.setFixedHeight(1)
    return line
