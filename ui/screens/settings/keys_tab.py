"""My passphrase, and the clinic's recovery key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from needlelog.errors import Fault
from needlelog.services.door import Door
from ui.screens.settings.tab import Tab
from ui.toolkit.buttons import button
from ui.toolkit.discard import discard
from ui.toolkit.kit import Kit
from ui.widgets.line_fields import LineField
from ui.widgets.notice import Notice
from ui.widgets.paper_out import print_paper, save_paper
from ui.widgets.passphrase_pair import PassphrasePair
from ui.widgets.recovery_card import RecoveryCard

if TYPE_CHECKING:
    from needlelog.services.desk import Desk


class KeysTab(Tab):
    """Changes a passphrase; makes a new recovery key, valid once one of its groups was typed back."""

    def __init__(self, kit: Kit, desk: Desk, door: Door) -> None:
        super().__init__(kit, width=640)
        self._desk = desk
        self._door = door
        self.card_shown: RecoveryCard | None = None
        self._passphrase_card()
        self._recovery_card()

    def _passphrase_card(self) -> None:
        tr, theme = self.kit.tr, self.kit.theme
        column = self.card(tr("Your passphrase"))
        self.present = LineField(theme, tr, tr("Current passphrase"), str, secret=True, required=True)
        self.pair = PassphrasePair(theme, tr, tr("The new one"))
        self.said = Notice(theme, "ok")
        self.said.hide()
        self.change = button(theme, tr("Change passphrase"), "primary", "key")
        self.change.setMinimumHeight(48)
        for part in (self.present, self.pair, self.said):
            column.addWidget(part)
        column.addWidget(self.change, 0, Qt.AlignmentFlag.AlignLeft)
        self.change.clicked.connect(self._change)
        self.pair.entered.connect(self._change)

    def _recovery_card(self) -> None:
        tr, theme = self.kit.tr, self.kit.theme
        self._recovery = self.card(
            tr("Recovery key"),
            tr(
                "The printed key opens the clinic when every passphrase is forgotten. "
                "A new key makes the old sheet worthless."
            ),
        )
        self.notice = Notice(theme, "ok")
        self.notice.hide()
        self.make = button(theme, tr("Make a new recovery key"), "secondary", "sheet")
        self.use = button(theme, tr("Use this key from now on"), "primary", "check")
        for made in (self.make, self.use):
            made.setMinimumHeight(48)
        self.use.hide()
        self._recovery.addWidget(self.notice)
        self._recovery.addWidget(self.make, 0, Qt.AlignmentFlag.AlignLeft)
        self._recovery.addWidget(self.use, 0, Qt.AlignmentFlag.AlignLeft)
        self.make.clicked.connect(self._new_key)
        self.use.clicked.connect(self._use_key)

    def forget(self) -> None:
        """Empty every secret line."""
        self.present.set_raw_text("")
        self.pair.clear()

    def _change(self) -> None:
        if not self.present.check():
            self.present.editor.setFocus()
            return
        if not self.pair.check():
            return
        old, new, practice = self.present.raw_text(), self.pair.passphrase(), self._desk.practice
        self.change.setEnabled(False)
        self.kit.tasks.run(lambda: practice.change_passphrase(old, new), self._changed, self._not_changed, owner=self)

    def _changed(self, _: None) -> None:
        self.change.setEnabled(True)
        self.forget()
        self.said.say(self.kit.tr("Changed. The old passphrase no longer works."), "ok")

    def _not_changed(self, fault: Fault) -> None:
        self.change.setEnabled(True)
        self.said.say("")
        self.present.show_finding(str(self.kit.tr.fault(fault)))
        self.present.editor.setFocus()

    def _new_key(self) -> None:
        self._drop_card()
        card = RecoveryCard(self.kit.theme, self.kit.tr, self._door.new_recovery_key())
        card.print_asked.connect(self._print)
        card.save_asked.connect(self._save)
        card.entered.connect(self._use_key)
        self._recovery.insertWidget(1, card)
        self.card_shown = card
        self.make.hide()
        self.use.show()
        self.notice.say(self.kit.tr("Print or write down the new key, then type the group asked for."), "accent")
        card.print.setFocus()

    def _use_key(self) -> None:
        card, practice = self.card_shown, self._desk.practice
        if card is None or not card.check():
            return
        key = card.key
        self.use.setEnabled(False)
        self.kit.tasks.run(lambda: practice.replace_recovery(key), self._used, self._not_used, owner=self)

    def _used(self, _: None) -> None:
        self._drop_card()
        self.notice.say(self.kit.tr("The new key is valid now. Destroy the old sheet."), "ok")

    def _not_used(self, fault: Fault) -> None:
        self.use.setEnabled(True)
        self.notice.say(str(self.kit.tr.fault(fault)), "stop")

    def _drop_card(self) -> None:
        if self.card_shown is not None:
            discard(self.card_shown)
            self.card_shown = None
        self.use.setEnabled(True)
        self.use.hide()
        self.make.show()

    def _print(self) -> None:
        if self.card_shown is not None:
            clinic, key, door = self._desk.practice.clinic(), self.card_shown.key, self._door
            title = self.kit.tr("Recovery key")
            print_paper(self, self.kit, lambda: door.recovery_sheet(clinic, key), title, self.notice)

    def _save(self) -> None:
        if self.card_shown is not None:
            clinic, key, door = self._desk.practice.clinic(), self.card_shown.key, self._door
            name = "needlelog-recovery-key.pdf"
            save_paper(self, self.kit, lambda: door.recovery_sheet(clinic, key), name, self.notice)
