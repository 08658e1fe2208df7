"""What a person does at each step of a visit; after every act it says what the screen shows as saved."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QListWidget, QWidget

from needlelog.domain.findings import StepId
from tests.desks import PASSPHRASE
from tests.e2e.child import say
from tests.e2e.driver import Person
from ui.screens.session.screen import SessionScreen
from ui.widgets.saved_mark import SavedMark
from ui.widgets.signature_pad import SignatureCanvas
from ui.widgets.tap_card import TapCard

Act = Callable[[Person], None]
TAB = Qt.Key.Key_Tab
ENTER = Qt.Key.Key_Return
CLEANSER = "Gentle fragrance-free cleanser"
CREAM = "LMX4 cream 4 % (UK)"
SERUM = "Hyaluronic acid serum"
READY = "Ready to sign"


def client_at(step: StepId) -> str:
    """The name of the client whose visit stands at ``step``."""
    return f"Client at {step.value}"


def unlock(person: Person) -> None:
    """Type the passphrase; ends on the start screen."""
    person.fill("Passphrase", PASSPHRASE)
    person.key(ENTER)
    person.find("New visit")


def session_of(person: Person) -> SessionScreen:
    """The visit on the screen."""

    def shown() -> SessionScreen | None:
        work = person.program.window.work
        screen = work.screen_now if work else None
        return screen if isinstance(screen, SessionScreen) else None

    found: SessionScreen = person.until(shown, "a visit on the screen")
    return found


def resume(person: Person, name: str) -> None:
    """Find the visit of this client on the start screen and go on with it."""

    def card() -> TapCard | None:
        cards = person.program.window.findChildren(TapCard)
        return next((one for one in cards if one.isVisible() and one.accessibleName().startswith(name)), None)

    person.tap_on(person.until(card, f"the open visit of {name}"))
    session_of(person)
    tell(person, "resumed")


def mark_of(person: Person) -> str:
    """What the saved mark says."""
    (mark,) = (one for one in person.program.window.findChildren(SavedMark) if one.isVisible())
    return mark.text()


def tell(person: Person, at: str) -> None:
    """Say what the screen shows and whether it says that this is saved."""
    presenter = session_of(person).presenter
    say(at=at, mark=mark_of(person), draft=json.loads(presenter.draft.model_dump_json()))


def do(person: Person, *acts: Act, patient: bool = True) -> None:
    """Each act, and after each what is shown as saved; the patient wait until the mark says so."""
    for number, act in enumerate(acts, 1):
        act(person)
        person.breathe()
        if patient:
            person.until(lambda: mark_of(person).startswith("Saved "), "the saved mark")
        tell(person, f"act {number}")


def stay(person: Person) -> None:
    """Do nothing more until somebody pulls the plug."""
    say(at="waiting")
    person.until(lambda: False, "the plug to be pulled", 120)


def tap(name: str, kind: type[QWidget] = QWidget) -> Act:
    """Click it."""
    return lambda person: person.tap(name, kind)


def chip(name: str) -> Act:
    """Click the chip or button of this name."""
    return tap(name, QAbstractButton)


def pass_done(person: Person) -> None:
    """The next pass, two minutes after the one before."""
    person.program.kit.clock.pass_(minutes=2)  # type: ignore[attr-defined]  # the chair's clock
    person.press("Pass done")


def part(title: str) -> Act:
    """Open this part of the page."""
    return lambda person: person.open_part(title)


def fill(name: str, text: str, then: Qt.Key = TAB) -> Act:
    """Type into the entry and leave it."""

    def act(person: Person) -> None:
        person.fill(name, text)
        person.key(then)

    return act


def zone(name: str) -> Act:
    """Find a zone in the list beside the map and take it with Enter."""

    def act(person: Person) -> None:
        if not person.sees("Find a zone in every view"):
            person.tap("List of zones")
        person.fill("Find a zone in every view", name)
        person.key(ENTER)
        # One hit is taken at once; among several the arrows go to the right one.
        rows = person.focus
        if isinstance(rows, QListWidget):
            while rows.currentItem().text() != name:
                person.key(Qt.Key.Key_Down)
            person.key(Qt.Key.Key_Space)
        person.fill("Find a zone in every view", "")
        person.key(Qt.Key.Key_Backspace)

    return act


def all_of(*acts: Act) -> Act:
    """One after the other, without looking at the screen between."""

    def act(person: Person) -> None:
        for one in acts:
            one(person)

    return act


def sign_by_name(name: str) -> Act:
    """The client types the full name instead of drawing it."""

    def answer(person: Person) -> None:
        person.fill("The client types the full name", name)
        person.tap("Sign")

    def act(person: Person) -> None:
        with person.answering(lambda _box: answer(person)):
            person.tap("Sign by typing full name")

    return act


def draw(person: Person) -> None:
    """The client signs with the pen."""
    canvas = person.find("Signature field", SignatureCanvas)
    person.draw(canvas, (0.1, 0.7), (0.3, 0.2), (0.5, 0.8), (0.8, 0.3))


def save_pdf(path: str) -> Act:
    """Save the sheet: the file's name typed into the dialog of the system."""

    def answer(person: Person, box: QWidget) -> None:
        (line,) = box.findChildren(QLineEdit, "fileNameEdit")
        line.setFocus()
        line.selectAll()
        person.type(path)
        person.key(ENTER)

    def act(person: Person) -> None:
        person.find("Save as PDF")
        with person.answering(lambda box: answer(person, box)):
            person.tap("Save as PDF")

    return act


def time_out(person: Person) -> None:
    """Say and tick each line of the time-out."""
    texts = [item.text for item in session_of(person).page.desk.knowledge.time_out.values()]
    for text in texts:
        person.tap(text)


WORK: dict[StepId, tuple[tuple[Act, ...], tuple[Act, ...]]] = {
    StepId.CONSULTATION: (
        (
            chip("Acne scars"),
            chip("Fine lines"),
            fill("In the client's words", "Narben seit 2009 – “tief” & <b>rot</b>"),
            chip("III"),
            all_of(part("Preparation"), chip("All kept")),
        ),
        (
            part("Screening"),
            *(chip("Read out: none applies") for _ in range(6)),
            all_of(part("Allergies"), chip("Confirmed with the client")),
            all_of(part("Plan"), zone("Forehead")),
            zone("Left cheek"),
            fill("Depth (mm)", "0,85"),
        ),
    ),
    StepId.CONSENT: (
        (
            chip("As on file: 12-Mar-1988"),
            chip("For my record"),
            draw,
        ),
        (
            chip("Teaching too"),
            chip("Clear"),
            sign_by_name("Client At Consent"),
        ),
    ),
    StepId.CLEANSING: (
        (
            chip(CLEANSER),
            all_of(fill("Lot number", "CL-77/α"), fill("Expires", "06/2027"), chip("Use this lot")),
            chip("Skin is clean: done now"),
        ),
        (chip("Not done yet"), chip("Skin is clean: done now"), fill("Done at", "13:31")),
    ),
    StepId.NUMBING: (
        (
            chip(CREAM),
            chip("Apply now…"),
            fill("Amount (g)", "2,5"),
            fill("Area (cm²)", "120"),
        ),
        (
            all_of(
                chip(f"Change {CREAM}"),
                fill("Lot number", "LMX-1"),
                fill("Expires", "31 12 2027"),
                chip("Use this lot"),
            ),
            chip("Forehead"),
            chip("Removed now…"),
        ),
    ),
    StepId.NEEDLING: (
        (
            time_out,
            all_of(fill("Cartridge", "Tip 14"), fill("Lot", "K-1001"), fill("Use by", "31 12 2027")),
            all_of(chip("Use this lot"), chip("Horizontal"), chip("To the passes"), zone("Forehead")),
            all_of(fill("Depth (mm)", "0,5"), pass_done),
            all_of(fill("Depth (mm)", "0.75"), pass_done),
            all_of(zone("Left cheek"), pass_done, chip("None seen")),
        ),
        (
            all_of(zone("Right cheek"), fill("Depth (mm)", "1"), pass_done, chip("Pinpoint bleeding")),
            all_of(zone("Forehead"), chip("Erythema"), chip("4 passes recorded")),
            chip("Remove pass: Right cheek"),
        ),
    ),
    StepId.SERUM: (
        (
            chip(SERUM),
            all_of(fill("Lot number", "HA <i>1</i>"), chip("Use this lot")),
            fill(f"Amount of {SERUM} (ml)", "1,5"),
            all_of(chip(f"Change {SERUM}"), chip("drops")),
        ),
        (chip("Glide gel"), fill("Amount of Glide gel (ml)", "2"), all_of(chip("Change Glide gel"), chip("Forehead"))),
    ),
    StepId.COOLING: (
        (chip("Soothing mask"), chip("Start"), chip("Stop"), fill("Minutes of Soothing mask (min)", "12,5")),
        (chip("Red light"), fill("Minutes of Red light (min)", "10")),
    ),
    StepId.REACTIONS: (
        (chip("2 Mild"), chip("Left cheek"), chip("3 Moderate")),
        (
            chip("Record an adverse event"),
            all_of(fill("What happened?", "Felt faint; sat up again."), chip("Not serious"), chip("Record it")),
            chip("Forehead"),
            chip("1 Almost clear"),
        ),
    ),
    StepId.AFTERCARE: (
        (
            fill("A note for this client", "Aloe jetzt & später <b>kühl</b> halten"),
            chip("Mineral sunscreen SPF 30"),
            fill("Next visit on", "8 1 2027"),
            fill("at", "14:30"),
        ),
        (chip("Fragrance-free moisturiser"), fill("A note for this client", "Zweite Fassung")),
    ),
}
"""By step: a first round of work and a second one."""


def work_in_step(person: Person, given: dict[str, Any]) -> None:
    """Go on with the visit that stands at ``step``, do one round of its work, then wait for the plug."""
    step = StepId(given["step"])
    unlock(person)
    resume(person, client_at(step))
    do(person, *WORK[step][given["round"]], patient=given["round"] == 0)
    if not given.get("end"):
        stay(person)


def look_at_step(person: Person, given: dict[str, Any]) -> None:
    """Go on with the visit that stands at ``step`` and only look."""
    unlock(person)
    resume(person, client_at(StepId(given["step"])))


def save_sheet(person: Person, given: dict[str, Any]) -> None:
    """At the last step, save the sheet as PDF; wait for the plug."""
    unlock(person)
    resume(person, client_at(StepId.AFTERCARE))
    do(person, save_pdf(given["paper"]))
    stay(person)


def paper_there(path: str) -> bool:
    """Whether the file of a paper has been written."""
    return Path(path).exists()
