"""The first run: four pages, then the clinic is made off the UI thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from needlelog.errors import Fault, FaultCode
from needlelog.services.door import Door
from ui.screens.setup.pages import ClinicPage, Page, PlacePage, PractitionerPage, RecoveryPage
from ui.screens.setup.steps import StepsPanel
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.screen import Screen
from ui.toolkit.theme import SPACE
from ui.widgets.paper_out import print_paper, save_paper

if TYPE_CHECKING:
    from needlelog.services.desk import Desk


class SetupScreen(Screen):
    """Says ``set_up`` with the open desk, or ``folder_asked`` with another place for the data."""

    set_up = Signal(object)
    folder_asked = Signal(object)

    def __init__(self, kit: Kit, door: Door) -> None:
        super().__init__(kit.tr("Set up"))
        self.kit = kit
        self._door = door
        self._busy = False
        tr = kit.tr
        self.recovery_key = door.new_recovery_key()
        self.clinic_page = ClinicPage(kit, door.emergency_number)
        self.practitioner_page = PractitionerPage(kit)
        self.recovery_page = RecoveryPage(kit, self.recovery_key)
        self.place_page = PlacePage(kit)
        self.pages: tuple[Page, ...] = (
            self.clinic_page,
            self.practitioner_page,
            self.recovery_page,
            self.place_page,
        )
        self._steps = StepsPanel(kit, [tr("Clinic"), tr("You"), tr("Recovery key"), tr("Your data")])
        self._stack = QStackedWidget()
        for page in self.pages:
            self._stack.addWidget(page)
            page.next_asked.connect(self.go_on)
        self.recovery_page.print_asked.connect(self._print)
        self.recovery_page.save_asked.connect(self._save)
        self.place_page.folder_asked.connect(self._ask_folder)
        self._lay_out()
        self.show_page(0)

    def _lay_out(self) -> None:
        tr, theme = self.kit.tr, self.kit.theme
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self._stack, 1)
        self.back = button(theme, tr("Back"), "quiet", "back")
        self.back.clicked.connect(self.go_back)
        self.next = button(theme, tr("Next"), "primary")
        self.next.setMinimumWidth(160)
        self.next.clicked.connect(self.go_on)
        for made in (self.back, self.next):
            made.setMinimumHeight(52)
            made.setAutoDefault(True)
        self._count = label("", "body", muted=True)
        foot = QHBoxLayout()
        foot.setContentsMargins(6 * SPACE, 2 * SPACE, 6 * SPACE, 3 * SPACE)
        foot.setSpacing(2 * SPACE)
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self._count)
        foot.addWidget(self.next)
        footer = QWidget()
        footer.setLayout(foot)
        right.addWidget(footer)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._steps)
        outer.addLayout(right, 1)

    @property
    def present(self) -> int:
        """The index of the page that shows."""
        return self._stack.currentIndex()

    def activate(self) -> None:
        self.pages[self.present].enter()

    def show_page(self, index: int) -> None:
        """Show this page and put the focus into it."""
        tr = self.kit.tr
        last = index == len(self.pages) - 1
        if last:
            self._describe_place()
        self._stack.setCurrentIndex(index)
        self._steps.show_step(index)
        self._count.setText(tr("{number} of {count}", number=index + 1, count=len(self.pages)))
        self.back.setVisible(index > 0)
        self.next.setText(tr("Set up") if last else tr("Next"))
        self.next.setAccessibleName(self.next.text())
        self.pages[index].enter()
        if last:
            self.next.setFocus()

    def go_on(self) -> None:
        """To the next page when this one is right; from the last, make the clinic."""
        if self._busy or not self.pages[self.present].check():
            return
        if self.present < len(self.pages) - 1:
            self.show_page(self.present + 1)
        else:
            self._make()

    def go_back(self) -> None:
        """To the page before; nothing typed is lost."""
        if self.present and not self._busy:
            self.show_page(self.present - 1)

    def use_door(self, door: Door) -> None:
        """Make the clinic in another folder; everything typed stays."""
        self._door = door
        self._describe_place()

    def show_problem(self, fault: Fault) -> None:
        """Say on the last page why a folder cannot be used or the clinic could not be made."""
        self.place_page.problem.say(str(self.kit.tr.fault(fault)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.go_back()
            return
        super().keyPressEvent(event)

    def _describe_place(self) -> None:
        self.place_page.show_place(
            self.clinic_page.form.name.value() or "",
            self.practitioner_page.practitioner.value() or "",
            self._door.folder.root,
        )

    def _ask_folder(self) -> None:
        chosen = self.kit.dialogs.folder_path(
            self, self.kit.tr("Where should the clinic's data be kept?"), str(self._door.folder.root.parent)
        )
        if chosen is not None:
            self.folder_asked.emit(Path(chosen))

    def _make(self) -> None:
        for index, page in enumerate(self.pages):
            if not page.check():
                self.show_page(index)
                page.check()
                return
        self._set_busy(True)
        door, key = self._door, self.recovery_key
        form, you = self.clinic_page.form, self.practitioner_page
        name, credentials = you.practitioner.value() or "", you.credentials.value() or ""
        passphrase = you.pair.passphrase()
        # Loads the domain, which the warm-up has done by now.
        clinic = form.clinic()
        self.kit.tasks.run(
            lambda: door.set_up(
                clinic, practitioner=name, credentials=credentials, passphrase=passphrase, recovery=key
            ),
            self._made,
            self._failed,
        )

    def _made(self, desk: Desk) -> None:
        self._set_busy(False)
        self.practitioner_page.pair.clear()
        self.set_up.emit(desk)

    def _failed(self, fault: Fault) -> None:
        self._set_busy(False)
        if fault.code is FaultCode.PASSPHRASE_TOO_WEAK:
            self.show_page(1)
            self.pages[1].check()
        self.show_problem(fault)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.next.setEnabled(not busy)
        self.back.setEnabled(not busy)
        self.place_page.show_working(busy)

    def _sheet(self) -> Callable[[], bytes]:
        door, clinic, key = self._door, self.clinic_page.form.clinic(), self.recovery_key
        return lambda: door.recovery_sheet(clinic, key)

    def _print(self) -> None:
        print_paper(self, self.kit, self._sheet(), self.kit.tr("Recovery key"), self.recovery_page.notice)

    def _save(self) -> None:
        save_paper(self, self.kit, self._sheet(), "needlelog-recovery-key.pdf", self.recovery_page.notice)
