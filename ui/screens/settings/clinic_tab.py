"""The clinic's details, as in the first run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from needlelog.domain.clinic import CAPTIONS
from needlelog.errors import Fault, FaultCode
from needlelog.services.door import Door
from ui.screens.settings.tab import Tab
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.widgets.clinic_form import ClinicForm
from ui.widgets.notice import Notice

if TYPE_CHECKING:
    from needlelog.services.desk import Desk


class ClinicTab(Tab):
    """Shows and saves the clinic; what is right is also saved on leaving."""

    def __init__(self, kit: Kit, desk: Desk, door: Door) -> None:
        super().__init__(kit)
        self._desk = desk
        self._changed = False
        tr = kit.tr
        column = self.card(
            tr("The clinic"), tr("Papers made from now on show these details; those already given stay as they are.")
        )
        self.form = ClinicForm(kit.theme, tr, kit.dialogs, kit.tasks, door.emergency_number)
        self._damaged = desk.practice.damaged()
        self.form.show_clinic(desk.practice.clinic(), self._damaged)
        self.form.edited.connect(self._edited)
        column.addWidget(self.form)
        self.notice = Notice(kit.theme, "ok")
        self.notice.hide()
        if self._damaged:
            named = ", ".join(tr(CAPTIONS[field]) for field in self._damaged)
            said = tr("These details are damaged and were left empty: {fields}. Fill them in anew.", fields=named)
            self.notice.say(said, "stop")
        column.addWidget(self.notice)
        self.save_button = button(kit.theme, tr("Save"), "primary", "save")
        self.save_button.setMinimumHeight(48)
        self.save_button.setEnabled(False)
        self.save_button.clicked.connect(self.save)
        column.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignLeft)

    def save(self) -> bool:
        """Keep the details when all are right; True when nothing is left to keep."""
        if not self._changed:
            return True
        if not self.form.check():
            return False
        tr, left = self.kit.tr, self.form.to_put_right()
        if left:
            named = ", ".join(tr(CAPTIONS[field]) for field in left)
            self.notice.say(str(tr.fault(Fault(FaultCode.DETAIL_DAMAGED, field=named))), "stop")
            return False
        try:
            self._desk.practice.save(self.form.clinic(), self._damaged)
        except Fault as fault:
            self.notice.say(str(tr.fault(fault)), "stop")
            return False
        self._changed, self._damaged = False, ()
        self.save_button.setEnabled(False)
        self.notice.say(self.kit.tr("Saved."), "ok")
        return True

    def _edited(self) -> None:
        self._changed = True
        self.save_button.setEnabled(True)
        self.notice.say("")
