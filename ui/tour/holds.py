"""What the program holds back: a screening answer that blocks, and an anaesthetic that calls over another visit."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from needlelog.i18n import record_date
from ui.screens.session.screen import SessionScreen
from ui.tour.chair import to_step
from ui.tour.guide import Guide

ISOTRETINOIN = "Have you taken isotretinoin capsules in the past? When did you stop?"
PAINKILLER = "Have you taken ibuprofen or a similar painkiller lately? When was the last one?"
WEEKS_AGO = 18
OVER_BY_MIN = 12


def answer_a_hold(guide: Guide) -> None:
    """A medicine stopped too lately: needling is blocked with the source, and gone on with for a reason."""
    guide.press("Yes", guide.find(QWidget, ISOTRETINOIN))
    stopped = guide.clock.now().date() - timedelta(weeks=WEEKS_AGO)
    guide.write("It ended on (leave empty if it goes on)", record_date(stopped))
    guide.key(Qt.Key.Key_Return)
    guide.picture("visit-screening-held-back")
    guide.press_beginning("1 finding")
    guide.picture("visit-screening-blocked-with-its-source")
    guide.dialogs.plan("visit-screening-override", "Dermatologist agreed in writing, 18 weeks after.")
    guide.press_beginning("Override: ")
    guide.reach(guide.find(QWidget, "Decided, with a reason"))
    guide.picture("visit-screening-decided-with-a-reason")
    guide.press("Close findings")


def consider_a_precaution(guide: Guide) -> None:
    """A painkiller taken lately holds nothing back: it is considered at one tap, and stands in the record."""
    guide.press("Yes", guide.find(QWidget, PAINKILLER))
    guide.press_beginning("1 precaution")
    guide.picture("visit-screening-precaution")
    guide.press_beginning("I have considered this: ")
    guide.reach(guide.find(QWidget, "Considered"))
    guide.picture("visit-screening-precaution-considered")
    guide.press("Close findings")


def hear_the_alarm(guide: Guide) -> None:
    """Another client's anaesthetic comes near its label's longest time: it calls here, and is taken off there."""
    desk = guide.window.work.desk if guide.window.work else None
    on_skin = [one for draft in desk.sessions.open() for one in draft.numbing_on] if desk else []
    first = next(one for one in on_skin if one.most_min is not None)
    on_for = (guide.clock.now() - first.since) // timedelta(minutes=1)
    ahead = desk.knowledge.alarm.warn_before_min if desk else 0
    to_step(guide, 2)
    guide.pass_minutes((first.most_min or 0) - ahead - on_for)
    guide.picture("numbing-calls-while-another-client-is-open")
    guide.pass_minutes(ahead + OVER_BY_MIN)
    guide.picture("numbing-alarm-while-another-client-is-open")
    guide.press("To the visit")
    guide.stands(SessionScreen)
    guide.picture("visit-numbing-too-long")
    guide.press_beginning("Removed now")
    guide.pass_minutes(1)
    guide.picture("visit-numbing-taken-off-late")


def look_back(guide: Guide) -> None:
    """The visit before as a ghost on the map, from the side as well."""
    guide.press("Left")
    guide.picture("visit-repeated-map-left-side")
    guide.press("Face")
