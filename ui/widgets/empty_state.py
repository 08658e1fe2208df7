"""What a list says when it is empty: why, and what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui.toolkit.buttons import button
from ui.toolkit.labels import label
from ui.toolkit.theme import Theme


class EmptyState(QWidget):
    """An icon, a line, a sentence, and at most one way on."""

    chosen = Signal()

    def __init__(
        self,
        theme: Theme,
        icon: str,
        title: str,
        text: str = "",
        verb: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 40, 24, 40)
        column.setSpacing(8)
        column.addStretch(1)
        mark = QLabel()
        theme.set_icon(mark, icon, "muted", 48)
        column.addWidget(mark, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(8)
        self._title = label(title, "heading", wrap=True)
        self._text = label(text, "body", muted=True, wrap=True)
        for each in (self._title, self._text):
            each.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(each)
        self._text.setVisible(bool(text))
        if verb:
            column.addSpacing(12)
            way_on = button(theme, verb, "secondary")
            way_on.clicked.connect(self.chosen)
            column.addWidget(way_on, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def say(self, title: str, text: str = "") -> None:
        """Other words: nothing found is not the same as nothing there."""
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
