"""Who is there, and the key: painted before anything heavy is loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from needlelog.errors import Fault, FaultCode
from needlelog.services.door import Door
from needlelog.vault.key_file import KeyHolder
from ui.screens.unlock.passphrase import PassphraseEntry
from ui.screens.unlock.tiles import PractitionerTile, chosen
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.screen import Screen
from ui.toolkit.theme import SPACE
from ui.widgets.brand import BrandMark

if TYPE_CHECKING:
    from needlelog.services.desk import Desk
    from ui.screens.unlock.recovery import RecoveryEntry

_HERE = (FaultCode.PASSPHRASE_WRONG, FaultCode.PASSPHRASE_TOO_SOON, FaultCode.RECOVERY_KEY_WRONG)
_ACROSS = 2
_WEAK = (FaultCode.PASSPHRASE_TOO_WEAK,)


class UnlockScreen(Screen):
    """Says ``unlocked`` with the open desk, or ``troubled`` with a fault that no passphrase can mend."""

    unlocked = Signal(object)
    troubled = Signal(object)

    def __init__(self, kit: Kit, door: Door, holders: tuple[KeyHolder, ...], last: str = "") -> None:
        super().__init__("NeedleLog")
        self.kit = kit
        self._door = door
        self.tiles = [PractitionerTile(kit.theme, holder) for holder in holders]
        self.passphrase = PassphraseEntry(kit)
        self.recovery: RecoveryEntry | None = None
        self._lay_out()
        for tile in self.tiles:
            tile.clicked.connect(self._chosen)
            if len(self.tiles) == 1 or tile.holder.practitioner_id == last:
                tile.setChecked(True)
        self.passphrase.offered.connect(self._unlock)
        self.passphrase.recovery_asked.connect(self.show_recovery)
        self._wake()

    def _lay_out(self) -> None:
        tr, theme = self.kit.tr, self.kit.theme
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
        inner = QWidget()
        inner.setProperty("scrolled", "true")
        scroll.setWidget(inner)
        outer = QVBoxLayout(inner)
        outer.setContentsMargins(5 * SPACE, 4 * SPACE, 5 * SPACE, 3 * SPACE)
        outer.setSpacing(SPACE)
        outer.addWidget(BrandMark(theme))
        outer.addStretch(2)
        centred = QHBoxLayout()
        centred.addStretch(1)
        centred.addWidget(self._card(), 20)
        centred.addStretch(1)
        outer.addLayout(centred)
        outer.addStretch(3)
        foot = label(tr("Encrypted, and only on this computer"), "caption", muted=True)
        outer.addWidget(foot, 0, Qt.AlignmentFlag.AlignHCenter)

    def _card(self) -> QFrame:
        card = QFrame()
        card.setProperty("surface", "card")
        card.setMaximumWidth(round(560 * self.kit.theme.scale))
        column = QVBoxLayout(card)
        column.setContentsMargins(5 * SPACE, 4 * SPACE, 5 * SPACE, 3 * SPACE)
        column.setSpacing(2 * SPACE)
        column.addWidget(label(self.kit.tr("Unlock the clinic"), "title", wrap=True))
        grid = QGridLayout()
        grid.setSpacing(SPACE + 4)
        across = 1 if len(self.tiles) == 1 else _ACROSS
        for index, tile in enumerate(self.tiles):
            grid.addWidget(tile, index // across, index % across)
        column.addLayout(grid)
        column.addWidget(self.passphrase)
        self._column = column
        return card

    def activate(self) -> None:
        if chosen(self.tiles):
            self.passphrase.focus()
        elif self.tiles:
            self.tiles[0].setFocus()

    def show_recovery(self) -> None:
        """The way in for who has forgotten their passphrase."""
        if self.recovery is None:
            # Rarely needed: made when it is asked for, so that the usual way in is painted sooner.
            from ui.screens.unlock.recovery import RecoveryEntry

            self.recovery = RecoveryEntry(self.kit)
            self.recovery.offered.connect(self._recover)
            self.recovery.left.connect(self.show_passphrase)
            self._column.addWidget(self.recovery)
            self._wake()
        self.passphrase.hide()
        self.recovery.show()
        self.recovery.focus()

    def show_passphrase(self) -> None:
        """The usual way in."""
        if self.recovery is not None:
            self.recovery.hide()
        self.passphrase.show()
        self.activate()

    @property
    def _recovering(self) -> RecoveryEntry | None:
        return self.recovery if self.recovery is not None and self.recovery.isVisibleTo(self) else None

    def _chosen(self) -> None:
        self.passphrase.forget()
        self._wake()
        if self._recovering is not None:
            self._recovering.focus()
        else:
            self.passphrase.focus()

    def _wake(self) -> None:
        held = chosen(self.tiles) is not None
        self.passphrase.set_usable(held)
        if self.recovery is not None:
            self.recovery.set_usable(held)

    def _unlock(self, passphrase: str) -> None:
        holder = chosen(self.tiles)
        if holder is None:
            return
        door = self._door
        self._set_busy(True)
        self.kit.tasks.run(
            lambda: door.unlock(holder.practitioner_id, passphrase), self._opened, self._refused, owner=self
        )

    def _recover(self, key: str, passphrase: str) -> None:
        holder = chosen(self.tiles)
        if holder is None:
            return
        door = self._door
        self._set_busy(True)
        self.kit.tasks.run(
            lambda: door.unlock_with_recovery(holder.practitioner_id, key, passphrase),
            self._opened,
            self._refused,
            owner=self,
        )

    def _opened(self, desk: Desk) -> None:
        self._set_busy(False)
        self.passphrase.forget()
        if self.recovery is not None:
            self.recovery.forget()
        self.unlocked.emit(desk)

    def _refused(self, fault: Fault) -> None:
        self._set_busy(False)
        if fault.code not in (*_HERE, *_WEAK):
            self.troubled.emit(fault)
        elif self._recovering is not None:
            self._recovering.refuse(fault)
        else:
            self.passphrase.refuse(fault)

    def _set_busy(self, busy: bool) -> None:
        for tile in self.tiles:
            tile.setEnabled(not busy)
        self.passphrase.set_busy(busy)
        if self.recovery is not None:
            self.recovery.set_busy(busy)
