"""The recovery key, and a new passphrase for whoever forgot theirs."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from needlelog.errors import Fault, FaultCode
from needlelog.vault.recovery import RecoveryKey
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.theme import SPACE
from ui.widgets.line_fields import LineField
from ui.widgets.passphrase_pair import PassphrasePair


def _key_text(typed: str) -> str:
    return RecoveryKey.parse(typed).text()


class RecoveryEntry(QWidget):
    """Says ``offered`` with the key and the new passphrase, or ``left``."""

    offered = Signal(str, str)
    left = Signal()

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        tr, theme = kit.tr, kit.theme
        self._kit = kit
        self._usable = True
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        lead = tr("Type the key from the printed sheet, then choose a new passphrase. Your records stay as they are.")
        column.addWidget(label(lead, "body", muted=True, wrap=True))
        self.key = LineField(
            theme,
            tr,
            tr("Recovery key"),
            _key_text,
            required=True,
            placeholder="XXXXX-XXXXX-XXXXX-XXXXX-XXXXX-XXXXX",
        )
        self.pair = PassphrasePair(theme, tr, tr("New passphrase"))
        column.addWidget(self.key)
        column.addWidget(self.pair)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        self.back = button(theme, tr("Back"), "quiet", "back")
        self.open = button(theme, tr("Open the clinic"), "primary", "unlock")
        for made in (self.back, self.open):
            made.setMinimumHeight(52)
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.open)
        column.addSpacing(SPACE)
        column.addLayout(row)
        self.back.clicked.connect(self._leave)
        self.open.clicked.connect(self._offer)
        self.pair.entered.connect(self._offer)

    def focus(self) -> None:
        """Be ready to be typed into."""
        self.key.editor.setFocus()

    def forget(self) -> None:
        """Empty every line."""
        self.key.set_raw_text("")
        self.pair.clear()

    def refuse(self, fault: Fault) -> None:
        """Say why not, at the line it is about."""
        if fault.code is FaultCode.PASSPHRASE_TOO_WEAK:
            self.pair.check()
            return
        self.key.show_finding(str(self._kit.tr.fault(fault)))
        self.key.editor.setFocus()

    def set_usable(self, usable: bool) -> None:
        """Whether it is known whose passphrase is replaced."""
        self._usable = usable
        self.open.setEnabled(usable)

    def set_busy(self, busy: bool) -> None:
        """Whether the key is being tried now."""
        self.open.setEnabled(self._usable and not busy)
        self.back.setEnabled(not busy)
        self.key.setEnabled(not busy)
        self.pair.setEnabled(not busy)

    def _leave(self) -> None:
        self.forget()
        self.left.emit()

    def _offer(self) -> None:
        if not self.open.isEnabled():
            return
        if not self.key.check():
            self.key.editor.setFocus()
        elif self.pair.check():
            self.offered.emit(self.key.raw_text(), self.pair.passphrase())
