"""Faults of the folder, locking, a full disk: what a person does around the visits."""

from __future__ import annotations

import resource
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from needlelog.domain.findings import StepId
from tests.desks import PASSPHRASE
from tests.e2e.child import say
from tests.e2e.driver import Person, words_of
from tests.e2e.visit_scenarios import client_at, fill, mark_of, resume, stay, tell, unlock
from ui.widgets.tap_card import TapCard


def unlocked(person: Person, given: dict[str, Any]) -> None:
    """Unlock and leave it open."""
    unlock(person)
    if not given.get("end"):
        stay(person)


def trouble(person: Person, given: dict[str, Any]) -> None:
    """Start, unlock where that is possible, and read the sentence; a way on stands beside it."""
    if given.get("locked"):
        person.fill("Passphrase", PASSPHRASE)
        person.key(Qt.Key.Key_Return)
    person.read(given["says"])
    person.find("Try again")
    person.find("Choose another folder")


def full_disk(person: Person, given: dict[str, Any]) -> None:
    """Type while the disk is full, then go on when there is room again."""
    unlock(person)
    resume(person, client_at(StepId.AFTERCARE))
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    fill("A note for this client", "Kept through a full disk")(person)
    person.until(lambda: mark_of(person).startswith("Not saved since"), "the mark of a failed save")
    tell(person, "full")
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    person.until(lambda: mark_of(person).startswith("Saved "), "the saved mark by itself")
    tell(person, "room again")
    stay(person)


def everything_said(person: Person) -> list[str]:
    """Every text, name and title of every widget that is left, seen or not."""
    person.breathe()
    return [text for one in QApplication.allWidgets() for text in words_of(one)]


def lock(person: Person) -> None:
    """Lock and tell every word that is left in the program."""
    person.key(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    person.find("Unlock the clinic")
    say(at="locked", texts=everything_said(person))


def marked_visit(person: Person, given: dict[str, Any]) -> None:
    """Write the marks into a client and a visit, provoke a bug that quotes one, then lock."""
    unlock(person)
    person.tap("Clients")
    person.tap("New client")
    for entry, text in given["client"].items():
        fill(entry, text)(person)
    person.tap("Known allergies")
    fill("Substance", given["allergy"])(person)
    person.key(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    person.tap("Start a visit")
    fill("In the client's words", given["words"])(person)
    person.until(lambda: mark_of(person).startswith("Saved "), "the saved mark")
    tell_quietly(person)
    person.tap("Today")
    resume_quietly(person, client_at(StepId.AFTERCARE))
    fill("A note for this client", given["note"])(person)
    person.find("Save as PDF")
    person.tap("Shown on screen")
    person.read("Shown at")
    provoke(person, given["bug"])
    person.program.window.activateWindow()
    lock(person)
    stay(person)


def tell_quietly(person: Person) -> None:
    """Say that it was saved, without the words."""
    say(at="saved", mark=mark_of(person))


def resume_quietly(person: Person, name: str) -> None:
    """Go on with an open visit from the start screen."""
    cards = person.until(
        lambda: [
            one
            for one in person.program.window.findChildren(TapCard)
            if one.isVisible() and one.accessibleName().startswith(name)
        ],
        f"the open visit of {name}",
    )
    person.tap_on(cards[0])
    person.find("A note for this client")


def provoke(person: Person, words: str) -> None:
    """A bug in a slot whose message quotes a client's words; the box that says so is closed."""

    def slot() -> None:
        raise RuntimeError(words)

    with person.answering(lambda _box: person.tap("Understood")):
        QTimer.singleShot(0, person.program.window, slot)


def way_in(person: Person, given: dict[str, Any]) -> None:
    """What the next start offers: set-up again, or the clinic, which then opens."""
    person.until(lambda: person.reads("Your clinic") or person.reads("Unlock the clinic"), "a way in")
    if person.reads("Unlock the clinic"):
        unlock(person)
        say(at="open")
    else:
        say(at="set-up")


def fault_in_a_slot(person: Person, given: dict[str, Any]) -> None:
    """The disk cannot be read at a moment when nobody asked for anything: the box says what to do."""
    from needlelog.errors import Fault, FaultCode

    def slot() -> None:
        raise Fault(FaultCode.DATABASE_DAMAGED, path=given["folder"])

    def answer(_box: object) -> None:
        say(at="told", restore=person.reads("restore the last backup"), bug=person.reads("Something went wrong"))
        person.tap("Understood")

    unlock(person)
    with person.answering(answer):
        QTimer.singleShot(0, person.program.window, slot)
    say(at="noted", bugs=(person.program.door.folder.logs / "bugs.txt").exists())


def folder_gone(person: Person, given: dict[str, Any]) -> None:
    """The folder is moved away while a visit is open, then put back; then once more behind the lock."""
    from pathlib import Path

    folder, away = Path(given["folder"]), Path(given["away"])
    unlock(person)
    resume(person, client_at(StepId.AFTERCARE))
    folder.rename(away)
    fill("A note for this client", "Kept without a folder")(person)
    person.until(lambda: mark_of(person).startswith("Not saved since"), "the mark of a failed save")
    person.read("was moved, removed or replaced")
    tell(person, "gone")
    away.rename(folder)
    person.until(lambda: mark_of(person).startswith("Saved "), "the saved mark by itself")
    tell(person, "back")
    folder.rename(away)
    person.key(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    person.read("is not there any more")
    say(at="locked", set_up=person.reads("Your clinic"), made=folder.exists())
    away.rename(folder)
    person.tap("Try again")
    unlock_again(person)


def unlock_again(person: Person) -> None:
    """Type the passphrase; ends in the visit that was open before the lock."""
    person.fill("Passphrase", PASSPHRASE)
    person.key(Qt.Key.Key_Return)
    person.find("A note for this client")
    tell(person, "again")
