"""Who may unlock, treat and sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from needlelog.domain.entry import parse_line
from needlelog.errors import Fault, FaultCode
from ui.screens.settings.tab import Tab
from ui.toolkit.buttons import button
from ui.toolkit.discard import clear
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.theme import SPACE
from ui.widgets.brand import Initials
from ui.widgets.labelled_field import LabelledField
from ui.widgets.line_fields import LineField
from ui.widgets.notice import Notice
from ui.widgets.passphrase_pair import PassphrasePair

if TYPE_CHECKING:
    from needlelog.domain.clinic import Practitioner
    from needlelog.services.desk import Desk

_LIMIT = 120


class PeopleTab(Tab):
    """Lists the practitioners and adds one."""

    def __init__(self, kit: Kit, desk: Desk) -> None:
        super().__init__(kit, width=560)
        self._desk = desk
        tr = kit.tr
        self._people = self.card(tr("Practitioners"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(SPACE)
        self._people.addLayout(self._rows)
        column = self.card(
            tr("Add a practitioner"), tr("They choose their own passphrase here, and unlock with it from then on.")
        )
        self.name = self._line(tr("Name"), required=True)
        self.credentials = self._line(tr("Credentials"), required=False)
        self.pair = PassphrasePair(kit.theme, tr)
        self.notice = Notice(kit.theme, "ok")
        self.notice.hide()
        self.add = button(kit.theme, tr("Add"), "primary", "plus")
        self.add.setMinimumHeight(48)
        for part in (self.name, self.credentials, self.pair, self.notice):
            column.addWidget(part)
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.add.clicked.connect(self._add)
        self.pair.entered.connect(self._add)
        self._list()

    def _line(self, caption: str, *, required: bool) -> LabelledField[str]:
        return LineField(
            self.kit.theme,
            self.kit.tr,
            caption,
            lambda text: parse_line(text, field=caption, limit=_LIMIT, required=required),
            required=required,
        )

    def _list(self) -> None:
        clear(self._rows)
        for practitioner in self._desk.practice.practitioners():
            self._rows.addWidget(self._row(practitioner))

    def _row(self, practitioner: Practitioner) -> QWidget:
        held = QWidget()
        row = QHBoxLayout(held)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * SPACE)
        row.addWidget(Initials(self.kit.theme, practitioner.name, 44))
        row.addWidget(label(practitioner.signature, "body", wrap=True), 1)
        if practitioner.id == self._desk.me.id:
            row.addWidget(label(self.kit.tr("you"), "caption", muted=True))
        return held

    def _add(self) -> None:
        wrong = [field for field in (self.name, self.credentials) if not field.check()]
        if wrong:
            wrong[0].editor.setFocus()
            return
        if not self.pair.check():
            return
        name, credentials = self.name.value() or "", self.credentials.value() or ""
        passphrase, practice = self.pair.passphrase(), self._desk.practice
        self.add.setEnabled(False)
        self.kit.tasks.run(
            lambda: practice.add_practitioner(name, credentials, passphrase), self._added, self._failed, owner=self
        )

    def _added(self, practitioner: Practitioner) -> None:
        self.add.setEnabled(True)
        self.name.set_raw_text("")
        self.credentials.set_raw_text("")
        self.pair.clear()
        self._list()
        self.notice.say(self.kit.tr("{name} can unlock the clinic now.", name=practitioner.name), "ok")

    def _failed(self, fault: Fault) -> None:
        self.add.setEnabled(True)
        if fault.code is FaultCode.PASSPHRASE_TOO_WEAK:
            self.pair.check()
        self.notice.say(str(self.kit.tr.fault(fault)), "stop")
