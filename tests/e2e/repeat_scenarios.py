"""A client comes again: the whole visit with taps alone, each of them counted, and what it does not let through."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from needlelog.domain.findings import StepId
from tests.e2e.child import say
from tests.e2e.driver import Person
from tests.e2e.visit_scenarios import draw, mark_of, session_of, unlock
from ui.widgets.reaction_row import ReactionRow
from ui.widgets.section_tabs import SectionTabs

PRESSES = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)
THEN = "17-Oct-2026"


class Hands(QObject):
    """Counts every press of the mouse and every key, whatever it meets, by the step at which it happened."""

    def __init__(self, person: Person) -> None:
        super().__init__()
        self.taps: Counter[str] = Counter()
        self.keys = 0
        self._person = person
        self._seen: set[int] = set()
        person.application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent) and event.type() in PRESSES and isinstance(watched, QWidget):
            # What a widget leaves to those around it is the same press still.
            if event.timestamp() not in self._seen:
                self._seen.add(event.timestamp())
                self.taps[self._place()] += 1
        elif event.type() == QEvent.Type.KeyPress:
            self.keys += 1
        return False

    def _place(self) -> str:
        work = self._person.program.window.work
        presenter = getattr(work.screen_now, "presenter", None) if work else None
        return presenter.draft.step.value if presenter else "start"


def client_page(person: Person, name: str) -> None:
    """The page of this client; the way there is no part of the visit."""
    unlock(person)
    person.key(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    person.find("New client")
    person.tab_to("Find a client")
    person.type(name)
    person.key(Qt.Key.Key_Return)
    person.find("Repeat last visit")


def pause(person: Person, **span: float) -> None:
    """Nobody taps faster than things come up; some of them take their time."""
    person.program.kit.clock.pass_(**(span or {"seconds": 4}))  # type: ignore[attr-defined]  # the chair's clock
    # A hand on the mouse now and then: the clinic does not lock meanwhile.
    at, none = QPointF(4, 4), Qt.MouseButton.NoButton
    moved = QMouseEvent(QEvent.Type.MouseMove, at, at, none, none, Qt.KeyboardModifier.NoModifier)
    person.application.sendEvent(person.program.window, moved)


def act(person: Person, name: str, then: StepId | None = None) -> None:
    """One tap, saved, and at the step where it leads."""
    pause(person)
    person.tap(name, QAbstractButton)
    person.until(lambda: mark_of(person).startswith("Saved "), "the saved mark")
    if then is not None:
        person.until(lambda: session_of(person).presenter.draft.step is then, f"the step {then.value} after “{name}”")


def begin(person: Person, given: dict[str, Any]) -> Hands:
    """On the client's page, before the first tap."""
    client_page(person, given["name"])
    hands = Hands(person)
    person.tap("Repeat last visit")
    session_of(person)
    return hands


def consultation(person: Person, then: StepId) -> None:
    """Three acts; ``then`` is where the last of them leads."""
    act(person, "Read out: still so")
    act(person, "Prepared as asked; none of these applies")
    act(person, f"As on {THEN}, and next", then)


def consent(person: Person) -> None:
    """The signature, and who signed."""
    pause(person)
    draw(person)
    act(person, "As on file: 12-Mar-1988, and next", StepId.CLEANSING)


def needling(person: Person) -> None:
    """The time-out, each item by itself; a pass over the planned zones; what was seen."""
    for item in session_of(person).page.desk.knowledge.time_out.values():
        pause(person)
        person.tap(item.text)
    pause(person, minutes=12)
    act(person, "Pass done")
    act(person, "Erythema")
    act(person, "Next", StepId.SERUM)


def redness(person: Person, grade: str) -> None:
    """One grade for the whole treated area."""
    pause(person)
    row = next(one for one in person.program.window.findChildren(ReactionRow) if one.isVisible())
    person.tap_on(next(one for one in row.findChildren(QAbstractButton) if one.accessibleName() == grade))


def sign(person: Person) -> None:
    """Shown, signed, sure."""
    pause(person)
    person.tap("Shown on screen")
    person.find("Sign and lock")
    with person.answering(lambda _box: person.tap("Sign and lock")):
        person.tap("Sign and lock")
    person.read("Visit of")


def repeat_visit(person: Person, given: dict[str, Any]) -> None:
    """The whole of it; tells how many taps each step took."""
    hands = begin(person, given)
    consultation(person, StepId.CONSENT)
    consent(person)
    act(person, "Skin is clean, and next", StepId.NUMBING)
    act(person, "Apply now")
    pause(person, minutes=35)
    act(person, "Removed now…", StepId.NEEDLING)
    needling(person)
    act(person, "Applied, and next", StepId.COOLING)
    pause(person, minutes=10)
    act(person, "Done, and next", StepId.REACTIONS)
    redness(person, "2 Mild")
    act(person, "Nothing else observed, and next", StepId.AFTERCARE)
    sign(person)
    say(at="signed", taps=dict(hands.taps), all=sum(hands.taps.values()), keys=hands.keys)


def something_new(person: Person, given: dict[str, Any]) -> None:
    """The same visit, with something that was not so then: the short way ends there, and it is seen why."""
    begin(person, given)
    NEW[given["new"]](person)
    draft = session_of(person).presenter.draft
    say(at="held", draft=json.loads(draft.model_dump_json()), shut=shut(person))


def shut(person: Person) -> list[str]:
    """The codes of everything that is open on the visit."""
    return [one.finding.code for one in session_of(person).presenter.open_points()]


def new_allergy(person: Person) -> None:
    """It was noted on the file since: it is confirmed by itself, and its questions are asked by themselves."""
    person.read(f"The allergies are not those confirmed on {THEN}")
    consultation(person, StepId.CONSULTATION)
    tabs = next(one for one in person.program.window.findChildren(SectionTabs) if one.isVisible())
    person.until(lambda: tabs.tabText(tabs.currentIndex()) == "Screening", "the questions that are left")


def a_stop(person: Person) -> None:
    """One of the questions applies: the rest is said, and what speaks against going on comes up."""
    act(person, "Read out: still so")
    act(person, "One applies: Skin today")
    act(person, "Yes")
    person.open_part("As before")
    act(person, "Prepared as asked; none of these applies")
    act(person, f"As on {THEN}, and next", StepId.CONSULTATION)
    person.find("Close findings")


def expired_lot(person: Person) -> None:
    """The only lots of the serum are out of date: its offer cannot be taken, and the rest goes on as ever."""
    consultation(person, StepId.CONSENT)
    consent(person)
    act(person, "Skin is clean, and next", StepId.NUMBING)
    act(person, "Apply now")
    pause(person, minutes=35)
    act(person, "Removed now…", StepId.NEEDLING)
    needling(person)
    person.read("No lot for Hyaluronic acid serum")
    assert not person.sees("Applied, and next")


NEW = {"allergy": new_allergy, "stop": a_stop, "lot": expired_lot}
