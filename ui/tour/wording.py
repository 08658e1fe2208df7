"""The clinic's own words on its sheets: a rule that is left out, noticed and given a reason, and the versions."""

from __future__ import annotations

from PySide6.QtCore import Qt

from ui.screens.knowledge.screen import KnowledgeScreen
from ui.screens.templates.screen import TemplatesScreen
from ui.tour.guide import Guide

OUR_MESSAGE = (
    "Your skin is healing. Keep germs, heat and sun away from it, and leave it alone. "
    "If anything worries you, call us: we are glad to help."
)


def word_a_sheet(guide: Guide) -> None:
    """Our own message, a placeholder that there is not, a rule left out for a reason, and what was kept so far."""
    guide.go_to("knowledge")
    guide.stands(KnowledgeScreen)
    guide.press("Wording of the papers")
    guide.stands(TemplatesScreen)
    find(guide, "main message")
    guide.write("Your wording", "Your skin is healing. Keep it clean, cool and out of the sun. Call us on {phon}.")
    guide.press("Use this wording…")
    guide.picture("wording-refused")
    guide.write("Your wording", OUR_MESSAGE)
    guide.press("Use this wording…")
    guide.press("Use it from now on")
    find(guide, "sauna")
    guide.press("Leave it out")
    guide.press("Use this wording…")
    guide.picture("wording-weakened")
    guide.write("Why it says less", "The sauna next door closed; nobody here goes to one.")
    guide.write("Reviewed by a clinician", "Dr. Ines Okafor")
    guide.press("Use it from now on")
    guide.press("Versions")
    guide.picture("wording-versions")
    guide.press("Back to the texts")


def find(guide: Guide, query: str) -> None:
    """Search the texts and show the first that is found."""
    guide.write("Search the texts", query)
    guide.key(Qt.Key.Key_Return)
