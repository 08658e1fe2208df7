"""Step 1 of the visit: every part of the consultation, one picture each."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton, QPushButton, QWidget

from ui.screens.session.screen import SessionScreen
from ui.tour.guide import Guide
from ui.tour.hands import names_of
from ui.tour.holds import answer_a_hold, consider_a_precaution

PARTS = "Parts of the consultation"
HELD_BACK = "Medicines"
GROUPS = ("Skin today", "Health", "Medicines", "Allergies", "Recent treatments", "Daily life")


def start_visit(guide: Guide) -> None:
    """From the client's page into the first step."""
    guide.press("Start a visit")
    guide.stands(SessionScreen)
    guide.picture("visit-consultation-today")


def consult(guide: Guide) -> None:
    """Concern and skin type, preparation, screening, allergies, baseline, plan."""
    guide.press("Acne scars")
    guide.write("In the client's words", "Pits on both cheeks since school, wants them flatter before summer.")
    guide.press("III", guide.find(QWidget, "Fitzpatrick skin type"))
    guide.picture("visit-consultation-today-filled")
    guide.turn_to(PARTS, "Preparation")
    guide.press("All kept")
    guide.picture("visit-consultation-preparation")
    _screen(guide)
    guide.turn_to(PARTS, "Allergies")
    guide.press("Confirmed with the client")
    guide.picture("visit-consultation-allergies")
    guide.turn_to(PARTS, "Baseline")
    guide.press("1 Almost clear", guide.find(QWidget, "Redness (CEA)"))
    guide.press("3 Moderate", guide.find(QWidget, "Acne scars (Goodman and Baron)"))
    guide.picture("visit-consultation-baseline")
    guide.turn_to(PARTS, "Plan")
    guide.picture("visit-consultation-plan")


def _screen(guide: Guide) -> None:
    """Every group of questions read out; two apply: one is gone on against, one considered."""
    guide.turn_to(PARTS, "Screening")
    guide.picture("visit-consultation-screening")
    groups = guide.find(QWidget, "Groups of questions")
    for title in GROUPS:
        chips = groups.findChildren(QAbstractButton)
        guide.click(next(one for one in chips if names_of(one)[0].startswith(title)))
        if title == HELD_BACK:
            answer_a_hold(guide)
            consider_a_precaution(guide)
        read_out = guide.find(QPushButton, "Read out: none applies")
        if read_out.isEnabled():
            guide.click(read_out)
    guide.picture("visit-consultation-screening-done")
