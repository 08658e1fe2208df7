"""A box to tick with its words, that takes a tap anywhere in its row."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QCheckBox

from ui.toolkit.plain import caption


class TickRow(QCheckBox):
    """A check box as wide as it looks: Qt's own takes a tap on the box and its words only."""

    def __init__(self, text: str) -> None:
        super().__init__(caption(text))
        self.setAccessibleName(text)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)
