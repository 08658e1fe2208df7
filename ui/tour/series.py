"""A series over several visits: on the client's page, as a form with what speaks against it, and in the visit."""

from __future__ import annotations

from ui.screens.client.screen import ClientScreen
from ui.screens.series.screen import SeriesFormScreen
from ui.screens.session.screen import SessionScreen
from ui.tour.between import open_client
from ui.tour.consultation import PARTS
from ui.tour.guide import Guide

HALF_WAY = "adaeze"
"""Three of six sessions done."""

THIRD = "dvoracek"
"""Two of six done: the next visit is the third."""


def see_series(guide: Guide) -> None:
    """Half way through on the client's page; too many sessions too soon need a reason; the third session begins."""
    open_client(guide, HALF_WAY)
    guide.picture("client-series-3-of-6")
    guide.press("Change the series: Acne scars")
    guide.stands(SeriesFormScreen)
    guide.write("Sessions", "9")
    guide.write("Days between", "14")
    guide.press("Save")
    guide.picture("series-against-the-sources")
    guide.press("Discard")
    guide.stands(ClientScreen)
    open_client(guide, THIRD)
    guide.press("Start a visit")
    guide.stands(SessionScreen)
    guide.picture("visit-consultation-series-3-of-6")
    guide.turn_to(PARTS, "Plan")
    guide.picture("visit-plan-from-the-series")
