"""The recovery key in large groups, and the proof that it was written down."""

from __future__ import annotations

import secrets

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from needlelog.errors import Fault, FaultCode
from needlelog.i18n import Words
from needlelog.vault.recovery import RecoveryKey
from ui.toolkit.buttons import button
from ui.toolkit.labels import label
from ui.toolkit.theme import SPACE, Theme
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.line_fields import LineField

_IN_A_ROW = 3
_LARGE_TEXT = 1.4
"""Text scale from which fewer groups stand in a row."""


class RecoveryCard(QWidget):
    """Shows one key, asks to print or save it, and has one of its groups typed back."""

    print_asked = Signal()
    save_asked = Signal()
    entered = Signal()

    def __init__(self, theme: Theme, words: Words, key: RecoveryKey, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.key = key
        # Not the first group: that one is remembered without any sheet.
        self.asked_group = 1 + secrets.randbelow(len(key.groups) - 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * SPACE)
        column.addWidget(self._card(_IN_A_ROW if theme.scale < _LARGE_TEXT else 2))
        row = FlowLayout(spacing=SPACE)
        self.print = button(theme, words("Print"), "secondary", "printer")
        self.print.clicked.connect(self.print_asked)
        self.save = button(theme, words("Save as PDF"), "secondary", "save")
        self.save.clicked.connect(self.save_asked)
        row.addWidget(self.print)
        row.addWidget(self.save)
        column.addLayout(row)
        asked = words("Type group {number} to confirm", number=self.asked_group + 1)
        self.confirmation = LineField(theme, words, asked, self._confirmed, required=True)
        self.confirmation.line.returnPressed.connect(self._enter)
        self.confirmation.setMaximumWidth(round(420 * theme.scale))
        column.addWidget(self.confirmation)

    def _card(self, across: int) -> QFrame:
        card = QFrame()
        card.setProperty("surface", "raised")
        grid = QGridLayout(card)
        grid.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        grid.setHorizontalSpacing(4 * SPACE)
        grid.setVerticalSpacing(2 * SPACE)
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
        for index, group in enumerate(self.key.groups):
            pair = QVBoxLayout()
            pair.setSpacing(0)
            pair.addWidget(label(self._words("Group {number}", number=index + 1), "caption", muted=True))
            shown = label(group, "display")
            shown.setStyleSheet(f"font-family: '{fixed}'")
            pair.addWidget(shown)
            grid.addLayout(pair, index // across, index % across)
        return card

    def check(self) -> bool:
        """Show whether the group was typed rightly, and go there if not."""
        if self.confirmation.check():
            return True
        self.confirmation.editor.setFocus()
        return False

    def _confirmed(self, typed: str) -> str:
        if not typed.strip():
            raise Fault(FaultCode.ENTRY_EMPTY)
        if not self.key.confirms(self.asked_group, typed):
            raise Fault(FaultCode.RECOVERY_GROUP_DIFFERS, group=self.asked_group + 1)
        return typed

    def _enter(self) -> None:
        if self.check():
            self.entered.emit()
