"""After other visits: whom to ask, an answer that goes red, what is done about it, and an adverse event on paper."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.screens.adverse_event.screen import EventScreen
from ui.screens.follow_up.screen import FollowUpScreen
from ui.screens.paper.screen import PaperScreen
from ui.screens.record.screen import RecordScreen
from ui.screens.today.screen import TodayScreen
from ui.tour.faults import TourStopped
from ui.tour.guide import Guide
from ui.widgets.follow_up_card import FollowUpCard

TO_ASK = "Phạm Quỳnh Như"
"""Whom nobody has asked after three days yet."""


def _open_card(guide: Guide) -> None:
    cards = [card for card in guide.all_of(FollowUpCard) if card.accessibleName().startswith(TO_ASK)]
    if not cards:
        raise TourStopped(f"{TO_ASK} is not among those to ask after")
    guide.click(cards[0])


def see_who_is_due(guide: Guide) -> None:
    """The start screen: one red flag, then whom to ask."""
    guide.go_to("today")
    guide.stands(TodayScreen)
    guide.picture("today-red-flag-and-follow-ups")


def ask(guide: Guide) -> None:
    """An answer by phone, saved at each tap; one more tap makes it red."""
    _open_card(guide)
    guide.stands(FollowUpScreen)
    guide.press("By phone")
    guide.press("1 Almost clear", guide.find(QWidget, "Redness"))
    guide.press("0 None", guide.find(QWidget, "Swelling"))
    for question in ("Are there new spots or bumps?", "Does the skin weep, or does a crust spread?"):
        guide.press("No", guide.find(QWidget, question))
    guide.picture("follow-up-answering")
    guide.press("Yes", guide.find(QWidget, "Are there blisters or pus?"))
    guide.write("What else did the client say?", "Three small blisters by the mouth since this morning.")
    guide.picture("follow-up-going-red")
    guide.press("Add to the record")
    guide.stands(RecordScreen)
    guide.picture("record-red-flag")


def stays_red(guide: Guide) -> None:
    """Red on the start screen until somebody writes what was done."""
    guide.go_to("today")
    guide.picture("today-stays-red")
    _open_card(guide)
    guide.stands(RecordScreen)


def open_event(guide: Guide) -> None:
    """An adverse event out of the follow-up, told on, and its report."""
    guide.press("Open an adverse event from it")
    guide.stands(EventScreen)
    guide.press("Needed treatment to prevent permanent harm")
    guide.press("Not resolved")
    guide.write("What was done about it?", "Seen by a doctor the same day, swab taken, antiviral begun.")
    guide.picture("adverse-event-new")
    guide.press("Open the event")
    guide.stands(EventScreen)
    guide.write("What is there to add?", "Swab: herpes simplex.")
    guide.press("Getting better")
    guide.write("Reported to", "Maker of the pen, by e-mail")
    guide.press("Add to the event")
    guide.picture("adverse-event")
    guide.press("Make the report")
    guide.stands(PaperScreen)
    guide.picture("adverse-event-report")
    guide.dialogs.plan("", guide.camera.paper("adverse-event-report.pdf"))
    guide.press("Save as PDF")


def write_what_was_done(guide: Guide) -> None:
    """The flag is dealt with, and stays on the record as it was."""
    guide.go_to("today")
    _open_card(guide)
    guide.stands(RecordScreen)
    guide.write("What was done?", "Rang back at once, seen by the doctor at noon.")
    guide.press("Add what was done")
    guide.picture("record-red-flag-dealt-with")
