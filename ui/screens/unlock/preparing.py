"""What shows while the made-up clinic is being made."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QVBoxLayout

from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.screen import Screen
from ui.toolkit.theme import SPACE
from ui.widgets.brand import BrandMark


class PreparingScreen(Screen):
    """One sentence and a bar without an end."""

    def __init__(self, kit: Kit) -> None:
        super().__init__("NeedleLog")
        column = QVBoxLayout(self)
        column.setContentsMargins(5 * SPACE, 4 * SPACE, 5 * SPACE, 4 * SPACE)
        column.setSpacing(2 * SPACE)
        column.addWidget(BrandMark(kit.theme))
        column.addStretch(1)
        centre = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(label(kit.tr("Preparing a demo clinic with a year of records…"), "heading"), 0, centre)
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setFixedWidth(320)
        bar.setAccessibleName(kit.tr("Preparing"))
        column.addWidget(bar, 0, centre)
        column.addStretch(1)
