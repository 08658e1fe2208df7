"""Between visits: the way in, the day, the clients, and a new one."""

from __future__ import annotations

from PySide6.QtCore import Qt

from needlelog.demo import PASSPHRASE
from ui.screens.client.screen import ClientScreen
from ui.screens.client_form.screen import ClientFormScreen
from ui.screens.clients.screen import ClientsScreen
from ui.screens.preparation.screen import PreparationScreen
from ui.screens.today.screen import TodayScreen
from ui.screens.unlock.screen import UnlockScreen
from ui.tour.guide import Guide

NEW_CLIENT = "Ewa Szczęsna-Łoś"


def come_in(guide: Guide) -> None:
    """Mistype the passphrase once, then unlock and see the day."""
    guide.stands(UnlockScreen)
    guide.picture("unlock")
    guide.write("Passphrase", PASSPHRASE.upper())
    guide.press("Unlock")
    guide.picture("unlock-wrong-passphrase")
    guide.pass_minutes(1)
    guide.write("Passphrase", PASSPHRASE)
    guide.press("Unlock")
    guide.stands(TodayScreen)
    guide.picture("today")


def look_around(guide: Guide) -> None:
    """The list, a search without accents, and the page of a client with a long series."""
    guide.go_to("clients")
    guide.stands(ClientsScreen)
    guide.picture("clients")
    guide.write("Find a client", "lucja")
    guide.picture("clients-search")
    open_client(guide, "chloe")
    guide.picture("client-with-a-series")
    guide.press("Preparation sheet")
    guide.stands(PreparationScreen)
    guide.picture("preparation-sheet")
    guide.dialogs.plan("", guide.camera.paper("preparation-sheet.pdf"))
    guide.press("Save as PDF")
    guide.press("Back")
    guide.stands(ClientScreen)
    guide.dialogs.plan("", guide.camera.paper("client-file.pdf"))
    guide.press("Save the whole file as PDF")
    guide.picture("client-file-saved")


def open_client(guide: Guide, query: str) -> None:
    """Search and press Enter: the page of the first client found."""
    guide.go_to("clients")
    guide.write("Find a client", query)
    guide.key(Qt.Key.Key_Return)
    guide.stands(ClientScreen)


def add_client(guide: Guide) -> None:
    """A new client, with an entry that is refused once."""
    guide.go_to("clients")
    guide.press("New client")
    guide.stands(ClientFormScreen)
    guide.write("Full name", NEW_CLIENT)
    guide.write("Date of birth", "31 2 1988")
    guide.press("Save")
    guide.picture("new-client-refused")
    guide.write("Date of birth", "12 3 1988")
    guide.write("Phone", "01632 960 299")
    guide.write("E-mail", "ewa@example.org")
    guide.choose("Preferred language", "Polski")
    guide.picture("new-client")
    guide.press("III   Sometimes a mild burn, average tan")
    guide.press("No known allergies")
    guide.picture("new-client-skin-and-allergies")
    guide.press("Save")
    guide.stands(ClientScreen)
    guide.picture("client-before-the-first-visit")
