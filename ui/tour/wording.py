"""The clinic's own words on its sheets: what is refused, what is noticed and asked about, and the versions."""

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
    guide.write("Your wording", "You may use a sauna from tomorrow on.")
    guide.press("Use this wording…")
    guide.picture("wording-turned")
    guide.press("Leave it out")
    guide.press("Use this wording…")
    guide.picture("wording-weakened")
    guide.write("Why it says less", "The sauna next door closed; nobody here goes to one.")
    guide.write("Reviewed by a clinician", "Dr. Ines Okafor")
    guide.press("Use it from now on")
    find(guide, "make-up")
    guide.write("Your wording", "Please do not wear make-up.")
    guide.press("Use this wording…")
    guide.picture("wording-beside-its-sign")
    guide.press_beginning("Yes, the two go together")
    guide.write("Why it says less", "Still no sauna nearby.")
    guide.press("Use it from now on")
    guide.press("Versions")
    guide.picture("wording-versions")
    guide.press("Back to the texts")


def find(guide: Guide, query: str) -> None:
    """Search the texts and show the first that is found."""
    guide.write("Search the texts", query)
    guide.key(Qt.Key.Key_Return)
