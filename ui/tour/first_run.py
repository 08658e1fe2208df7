"""The first run: four pages from nothing to an open, empty clinic."""

from __future__ import annotations

import re

from PySide6.QtWidgets import QLineEdit

from ui.screens.setup.screen import SetupScreen
from ui.screens.today.screen import TodayScreen
from ui.tour.faults import TourStopped
from ui.tour.guide import Guide

PASSPHRASE = "harbour light in november"  # noqa: S105 - opens a clinic that is thrown away


def set_up_a_clinic(guide: Guide) -> None:
    """Fill the four pages as a new clinic would, save the recovery sheet, and look at the empty first day."""
    setup = guide.stands(SetupScreen)
    guide.choose("Country", "United Kingdom")
    guide.choose("Time zone", "Europe/London")
    guide.write("Clinic name", "Harbour Skin Clinic")
    guide.write("Address", "12 Harbour Road\nBrighton BN1 1AA")
    guide.write("Phone for clients", "01632 960 010")
    guide.write("When it is answered", "Mon to Sat, 9:00 to 18:00")
    guide.picture("first-run-clinic")
    guide.press("Next")
    guide.write("Your name", "Mara Lindqvist")
    guide.write("Credentials", "RN")
    guide.write("Passphrase", "needle")
    guide.picture("first-run-passphrase-too-weak")
    guide.write("Passphrase", PASSPHRASE)
    guide.write("The same again", PASSPHRASE)
    guide.picture("first-run-practitioner")
    guide.press("Next")
    guide.dialogs.plan("", guide.camera.paper("recovery-sheet.pdf"))
    guide.press("Save as PDF")
    field = guide.all_of(QLineEdit)[0]
    asked = re.search(r"\d+", field.accessibleName())
    if asked is None:
        raise TourStopped("the recovery page asks for no group of the key")
    guide.write_into(field, setup.recovery_key.groups[int(asked[0]) - 1])
    guide.picture("first-run-recovery-key")
    guide.press("Next")
    guide.picture("first-run-place")
    guide.press("Set up")
    guide.stands(TodayScreen)
    guide.picture("today-on-the-first-day")
