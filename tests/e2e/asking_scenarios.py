"""Answering a follow-up: what a person does while the plug is pulled."""

from __future__ import annotations

import json
from typing import Any

from PySide6.QtWidgets import QAbstractButton, QWidget

from tests.e2e.child import say
from tests.e2e.driver import Person
from tests.e2e.plug import Plug
from tests.e2e.visit_scenarios import mark_of, stay, unlock
from ui.screens.follow_up.screen import FollowUpScreen
from ui.widgets.chips import ChipRow, GradeRow
from ui.widgets.follow_up_card import FollowUpCard


def _answer_of(person: Person) -> FollowUpScreen:
    def shown() -> FollowUpScreen | None:
        work = person.program.window.work
        screen = work.screen_now if work else None
        return screen if isinstance(screen, FollowUpScreen) else None

    found: FollowUpScreen = person.until(shown, "the follow-up")
    return found


def _tell(person: Person, at: str) -> None:
    person.until(lambda: mark_of(person).startswith("Saved "), "the saved mark")
    form = _answer_of(person).form
    say(at=at, mark=mark_of(person), form=json.loads(form.model_dump_json()))


def _within(person: Person, group: str, kind: type[QWidget], name: str) -> None:
    holder = person.find(group, kind)
    chips = [one for one in holder.findChildren(QAbstractButton) if one.accessibleName() == name]
    person.tap_on(chips[0])


def answer_follow_up(person: Person, given: dict[str, Any]) -> None:
    """Tap, grade and write; then, where ``moment`` is given, add it to the record with the plug ready."""
    unlock(person)

    def card() -> FollowUpCard | None:
        cards = person.program.window.findChildren(FollowUpCard)
        return next((one for one in cards if one.isVisible()), None)

    person.tap_on(person.until(card, "whom to ask"))
    screen = _answer_of(person)
    if screen.form.saved_at is not None:
        say(at="again", form=json.loads(screen.form.model_dump_json()), note=screen.note.raw_text())
    person.tap("By phone", QAbstractButton)
    _tell(person, "tap 1")
    _within(person, "Redness", GradeRow, "3 Moderate")
    _tell(person, "tap 2")
    _within(person, "Are there blisters or pus?", ChipRow, "Yes")
    _tell(person, "tap 3")
    person.fill("What else did the client say?", given["words"])
    person.until(lambda: _answer_of(person).form.note == given["words"], "the words on the disk")
    _tell(person, "words")
    if "moment" not in given:
        stay(person)
        return
    Plug(given["moment"]).arm()
    person.tap("Add to the record", QAbstractButton)
    person.read("Since the visit")
    say(at="added")
    stay(person)
