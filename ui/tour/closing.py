"""Steps 8 and 9: what the skin did, the sheet for the client, the list of what is missing, and the signature."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.screens.record.screen import RecordScreen
from ui.tour.chair import to_step
from ui.tour.guide import Guide

PARTS = "Parts of the last step"


def grade(guide: Guide) -> None:
    """Redness, pinpoint bleeding and pain, graded for the whole treated area."""
    to_step(guide, 8)
    guide.pass_minutes(12)
    guide.press("2 Mild", guide.find(QWidget, "Redness"))
    guide.press("1 Few points", guide.find(QWidget, "Pinpoint bleeding"))
    guide.press("3 Mild", guide.find(QWidget, "Pain"))
    guide.picture("visit-reactions")


def see_what_is_missing(guide: Guide) -> None:
    """The list before the sheet was given: one line is still open."""
    to_step(guide, 9)
    guide.turn_to(PARTS, "Check and sign")
    guide.picture("visit-sign-not-yet")


def give_sheet(guide: Guide) -> None:
    """The sheet with this visit's own days, saved as PDF and given."""
    guide.turn_to(PARTS, "Aftercare sheet")
    guide.write("A note for this client", "Hat and sunscreen on the way to work, please.")
    guide.press_beginning("Usual: from")
    guide.write("at", "14:30")
    guide.press("Fragrance-free moisturiser")
    guide.press("Mineral sunscreen SPF 30")
    guide.picture("visit-aftercare-preview")
    guide.dialogs.plan("", guide.camera.paper("aftercare-sheet.pdf"))
    guide.press("Save as PDF")
    guide.picture("visit-aftercare-given")


def sign(guide: Guide) -> None:
    """Every line is green: sign, and the record stands."""
    guide.turn_to(PARTS, "Check and sign")
    guide.picture("visit-sign-ready")
    guide.dialogs.plan("visit-sign-confirm", "")
    guide.press("Sign and lock")
    guide.stands(RecordScreen)
    guide.picture("record")
