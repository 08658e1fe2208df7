"""Signing, giving a sheet, taking a photo in: what a person does while the plug is pulled."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QAbstractButton, QLineEdit, QListWidget, QWidget

from needlelog.domain.findings import StepId
from tests.e2e.child import say
from tests.e2e.driver import Person
from tests.e2e.plug import Plug
from tests.e2e.visit_scenarios import ENTER, READY, client_at, mark_of, resume, save_pdf, stay, tell, unlock


def _saved(person: Person) -> None:
    person.until(lambda: mark_of(person).startswith("Saved "), "the saved mark")


def sign_ready(person: Person, given: dict[str, Any]) -> None:
    """Sign the visit in which nothing is missing."""
    unlock(person)
    resume(person, READY)
    person.open_part("Check and sign")
    _saved(person)

    def sure(_box: QWidget) -> None:
        tell(person, "signing")
        if "moment" in given:
            Plug(given["moment"]).arm()
        say(at="now")
        person.tap("Sign and lock", QAbstractButton)

    with person.answering(sure):
        person.tap("Sign and lock", QAbstractButton)
    person.read("Visit of")
    say(at="signed")
    stay(person)


def give_sheet(person: Person, given: dict[str, Any]) -> None:
    """At the last step, give the sheet, as a file or on the screen."""
    unlock(person)
    resume(person, client_at(StepId.AFTERCARE))
    _saved(person)
    person.find("Save as PDF")
    tell(person, "giving")
    Plug(given["moment"]).arm()
    if "paper" in given:
        save_pdf(given["paper"])(person)
    else:
        person.tap("Shown on screen")
        person.read("Shown at")
    _saved(person)
    say(at="given")
    stay(person)


def take_photo(person: Person, given: dict[str, Any]) -> None:
    """In the consultation, take a photo in."""

    def choose(box: QWidget) -> None:
        (line,) = box.findChildren(QLineEdit, "fileNameEdit")
        line.setFocus()
        line.selectAll()
        person.type(given["photo"])
        person.key(ENTER)

    unlock(person)
    resume(person, client_at(StepId.CONSULTATION))
    person.open_part("Baseline")
    _saved(person)
    tell(person, "taking")
    Plug(given["moment"]).arm()
    with person.answering(choose):
        person.tap("Add a photo")
    person.until(lambda: any(strip.count() for strip in person.all("Photos", QListWidget)), "the photo on the screen")
    _saved(person)
    say(at="taken")
    stay(person)
