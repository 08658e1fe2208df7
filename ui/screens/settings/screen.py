"""The settings: six tabs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QVBoxLayout

from needlelog.services.door import Door
from ui.screens.settings.clinic_tab import ClinicTab
from ui.screens.settings.computer_tab import ComputerTab, RecordsTab
from ui.screens.settings.keys_tab import KeysTab
from ui.screens.settings.papers_tab import PapersTab
from ui.screens.settings.people_tab import PeopleTab
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.screen import Screen
from ui.toolkit.theme import SPACE

if TYPE_CHECKING:
    from needlelog.services.desk import Desk


class SettingsScreen(Screen):
    """Says ``settings_changed`` when the look or the locking was changed."""

    settings_changed = Signal(object)

    def __init__(self, kit: Kit, desk: Desk, door: Door) -> None:
        super().__init__(kit.tr("Settings"))
        tr = kit.tr
        self.clinic = ClinicTab(kit, desk, door)
        self.papers = PapersTab(kit, desk)
        self.papers.asked.connect(self.go)
        self.people = PeopleTab(kit, desk)
        self.keys = KeysTab(kit, desk, door)
        self.computer = ComputerTab(kit, door)
        self.records = RecordsTab(kit, desk)
        self.computer.changed.connect(self.settings_changed)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setAccessibleName(tr("Parts of the settings"))
        for tab, name in (
            (self.clinic, tr("Clinic")),
            (self.papers, tr("Papers")),
            (self.people, tr("People")),
            (self.keys, tr("Keys")),
            (self.computer, tr("Computer")),
            (self.records, tr("Records")),
        ):
            tab.setAccessibleName(name)
            self.tabs.addTab(tab, name)
        column = QVBoxLayout(self)
        column.setContentsMargins(5 * SPACE, 4 * SPACE, 3 * SPACE, 0)
        column.setSpacing(SPACE)
        column.addWidget(label(tr("Settings"), "display"))
        column.addWidget(self.tabs, 1)

    def activate(self) -> None:
        self.tabs.tabBar().setFocus()

    def deactivate(self) -> bool:
        # What is right is kept without asking; a half-typed entry never keeps the clinic from being locked.
        self.clinic.save()
        self.keys.forget()
        return True
