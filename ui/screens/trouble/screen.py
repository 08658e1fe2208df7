"""One fault of the data folder over the whole window: what it is, where, and the ways out."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from needlelog.errors import Fault
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import IconMark, label
from ui.toolkit.screen import Screen
from ui.toolkit.theme import SPACE
from ui.widgets.brand import BrandMark


class TroubleScreen(Screen):
    """Says ``fault`` and offers another folder, another try, or the end."""

    folder_asked = Signal()
    retry_asked = Signal()
    quit_asked = Signal()

    def __init__(self, kit: Kit, fault: Fault, folder: Path) -> None:
        super().__init__("NeedleLog")
        tr = kit.tr
        sentence = tr.fault(fault)
        self.fault = fault
        outer = QVBoxLayout(self)
        outer.setContentsMargins(5 * SPACE, 4 * SPACE, 5 * SPACE, 4 * SPACE)
        outer.addWidget(BrandMark(kit.theme))
        outer.addStretch(2)
        card = QFrame()
        card.setProperty("surface", "card")
        card.setMaximumWidth(round(720 * kit.theme.scale))
        card.setAccessibleName(str(sentence))
        column = QVBoxLayout(card)
        column.setContentsMargins(5 * SPACE, 5 * SPACE, 5 * SPACE, 4 * SPACE)
        column.setSpacing(2 * SPACE)
        head = QHBoxLayout()
        head.setSpacing(2 * SPACE)
        head.addWidget(IconMark(kit.theme, "warning", "hold", 32))
        words = QVBoxLayout()
        words.setSpacing(SPACE)
        words.addWidget(label(sentence.what, "heading", wrap=True))
        words.addWidget(label(sentence.way_out, "lead", wrap=True))
        words.addWidget(label(tr("Data folder: {path}", path=folder), "caption", muted=True, wrap=True))
        head.addLayout(words, 1)
        column.addLayout(head)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        self.quit = button(kit.theme, tr("Quit"), "quiet")
        self.quit.clicked.connect(self.quit_asked)
        self.choose = button(kit.theme, tr("Choose another folder"), "secondary")
        self.choose.clicked.connect(self.folder_asked)
        self.again = button(kit.theme, tr("Try again"), "primary", "repeat")
        self.again.clicked.connect(self.retry_asked)
        for made in (self.quit, self.choose, self.again):
            made.setMinimumHeight(48)
            made.setAutoDefault(True)
        row.addStretch(1)
        row.addWidget(self.quit)
        row.addWidget(self.choose)
        row.addWidget(self.again)
        column.addSpacing(2 * SPACE)
        column.addLayout(row)
        centred = QHBoxLayout()
        centred.addStretch(1)
        centred.addWidget(card, 20, Qt.AlignmentFlag.AlignVCenter)
        centred.addStretch(1)
        outer.addLayout(centred)
        outer.addStretch(3)

    def activate(self) -> None:
        self.again.setFocus()
