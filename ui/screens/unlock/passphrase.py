"""The passphrase: typed hidden, refused with a reason, slowed down after wrong tries."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from needlelog.errors import Fault, FaultCode
from ui.toolkit.buttons import button, icon_button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label, set_style, set_tone
from ui.toolkit.theme import SPACE

_TICK_MS = 250


class _Line(QLineEdit):
    """Tells from each letter whether Caps Lock seems to be on."""

    def __init__(self) -> None:
        super().__init__()
        self.caps = False

    # Not an event filter: the first event that one is handed costs a quarter of the time to the first picture.
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._look_at_case(event)
        super().keyPressEvent(event)

    def _look_at_case(self, event: QKeyEvent) -> None:
        # Qt cannot be asked for Caps Lock, but a letter whose case does not fit the Shift key tells.
        typed = event.text()
        if len(typed) != 1 or typed.upper() == typed.lower():
            return
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self.caps = typed.isupper() != shifted


class PassphraseEntry(QWidget):
    """Says ``offered`` with what was typed."""

    offered = Signal(str)
    recovery_asked = Signal()

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._until: datetime | None = None
        self._usable = True
        self._busy = False
        self._lay_out()
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._count_down)
        self.line.returnPressed.connect(self._offer)
        self.line.textEdited.connect(self._typed)
        self.eye.toggled.connect(self._reveal)
        self.unlock.clicked.connect(self._offer)
        self.forgotten.clicked.connect(self.recovery_asked)

    def _lay_out(self) -> None:
        tr, theme = self._kit.tr, self._kit.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(label(tr("Passphrase"), "strong"))
        self.line = _Line()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setMinimumHeight(52)
        self.line.setAccessibleName(tr("Passphrase"))
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        self.eye = icon_button(theme, "eye", tr("Show what I type"), size=52)
        self.eye.setCheckable(True)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self.line, 1)
        row.addWidget(self.eye)
        column.addLayout(row)
        self.said = label("", "body", wrap=True)
        self.said.setMinimumHeight(self.said.fontMetrics().lineSpacing() * 2)
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.said)
        self.unlock = button(theme, tr("Unlock"), "primary", "unlock")
        self.unlock.setMinimumHeight(56)
        column.addWidget(self.unlock)
        self.forgotten = button(theme, tr("Forgotten? Use the recovery key"), "quiet", "key")
        self.forgotten.setMinimumHeight(48)
        column.addWidget(self.forgotten, 0, Qt.AlignmentFlag.AlignHCenter)

    def focus(self) -> None:
        """Be ready to be typed into."""
        self.line.setFocus()

    def forget(self) -> None:
        """Empty the line and hide it again."""
        self.line.clear()
        self.eye.setChecked(False)
        self._end_wait()
        self._say("")

    def refuse(self, fault: Fault) -> None:
        """Say why not: after a wrong one it is selected, ready to be typed over; too soon, a countdown."""
        if fault.code is FaultCode.PASSPHRASE_TOO_SOON:
            self._until = self._kit.clock.now() + timedelta(seconds=int(str(fault.values["seconds"])))
            self._tick.start()
            self._count_down()
            return
        self._say(str(self._kit.tr.fault(fault)), "stop")
        self.line.selectAll()
        self.line.setFocus()

    def set_usable(self, usable: bool) -> None:
        """Whether it is known who unlocks."""
        self._usable = usable
        self._wake()
        if not usable:
            self._say(self._kit.tr("Choose who you are."), "muted")
        elif self.said.text() == self._kit.tr("Choose who you are."):
            self._say("")

    def set_busy(self, busy: bool) -> None:
        """Whether a passphrase is being tried now."""
        self._busy = busy
        self._wake()
        if busy:
            self._say(self._kit.tr("Opening…"), "muted")

    @property
    def waiting(self) -> bool:
        """Whether wrong tries make one wait."""
        return self._until is not None

    def _typed(self) -> None:
        if self.line.caps:
            self._say(self._kit.tr("Caps Lock seems to be on."), "hold")
        else:
            self._say("")

    def _offer(self) -> None:
        if self._busy or self.waiting or not self._usable:
            return
        if not self.line.text():
            self._say(self._kit.tr("Type your passphrase."), "muted")
            self.line.setFocus()
            return
        self.offered.emit(self.line.text())

    def _count_down(self) -> None:
        if self._until is None:
            return
        left = ceil((self._until - self._kit.clock.now()).total_seconds())
        if left <= 0:
            self._end_wait()
            self._say("")
            self.line.selectAll()
            self.line.setFocus()
            return
        fault = Fault(FaultCode.PASSPHRASE_TOO_SOON, seconds=left)
        self._say(str(self._kit.tr.fault(fault)), "hold")
        self._wake()

    def _end_wait(self) -> None:
        self._until = None
        self._tick.stop()
        self._wake()

    def _wake(self) -> None:
        free = self._usable and not self._busy and not self.waiting
        self.line.setEnabled(free)
        self.unlock.setEnabled(free)
        self.forgotten.setEnabled(not self._busy)

    def _reveal(self, shown: bool) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    def _say(self, text: str, tone: str = "") -> None:
        self.said.setText(text)
        set_tone(self.said, tone)
        set_style(self.line, "finding", "true" if tone == "stop" else "false")
        self.line.setAccessibleDescription(text)
