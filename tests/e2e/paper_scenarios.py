"""A sheet handed over in every way, and what that leaves behind in the folders that nobody looks into."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtPrintSupport import QPrinter

from needlelog.domain.findings import StepId
from tests.e2e.child import say
from tests.e2e.clinic_scenarios import resume_quietly
from tests.e2e.driver import Person
from tests.e2e.visit_scenarios import client_at, stay, unlock
from ui.widgets.paper_view import PaperView


def hand_over(person: Person, given: dict[str, Any]) -> None:
    """Look at every page, cancel, save, open, print, print into nowhere, show; killed before the printer is named."""
    target = Path(given["target"])
    answers: dict[str, Any] = {}
    printers: list[Callable[[], Any]] = []
    dialogs = person.program.kit.dialogs
    dialogs.save_path = lambda *_: answers["path"]  # type: ignore[method-assign]  # what a person chose
    dialogs.open_outside = lambda _: True  # type: ignore[method-assign]  # the system's viewer took it
    dialogs.printer = lambda *_: printers.pop(0)()  # type: ignore[method-assign]  # each was asked for once
    unlock(person)
    resume_quietly(person, client_at(StepId.AFTERCARE))
    person.find("Save as PDF")
    view = person.program.window.findChildren(PaperView)[0]
    person.until(lambda: view.page_in_sight() and person.sees("Page 1 of 2"), "both pages")
    view.scroll_to(1_000_000)
    say(at="previewed")

    answers["path"] = None
    person.tap("Save as PDF")
    printers.append(lambda: None)
    _print(person, printers)
    say(at="cancelled")

    answers["path"] = target / "sheet.pdf"
    person.tap("Save as PDF")
    person.read("Saved as PDF at")
    person.tap("Open sheet.pdf")
    say(at="saved")

    printers.append(lambda: _printer_into(target / "printed.pdf"))
    _print(person, printers)
    person.read("Printed at")
    say(at="printed")

    printers.append(lambda: _printer_into(target / "no" / "such" / "folder.pdf"))
    with person.answering(lambda _box: person.tap("Understood")):
        _print(person, printers)
    say(at="refused")

    _wait_a_moment(person)
    person.tap("Shown on screen")
    person.read("Shown at")
    printers.append(lambda: stay(person))
    _print(person, printers)


def _print(person: Person, printers: list[Callable[[], Any]]) -> None:
    """Tap, and wait until the printer was asked for."""
    _wait_a_moment(person)
    person.tap("Print")
    person.until(lambda: not printers, "the question for the printer")


def _wait_a_moment(person: Person) -> None:
    """What follows at once would be the second half of a double tap."""
    person.program.kit.clock.pass_(seconds=4)  # type: ignore[attr-defined]  # the chair's clock


def _printer_into(path: Path) -> QPrinter:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer
