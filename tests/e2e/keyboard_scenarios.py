"""A clinic from the first start to a signed visit, by keyboard alone."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QListWidget, QWidget

from tests.desks import PASSPHRASE
from tests.e2e.child import say
from tests.e2e.driver import Person, name_of
from tests.e2e.visit_scenarios import CLEANSER, CREAM, SERUM, mark_of, session_of, stay, tell

ENTER = Qt.Key.Key_Return
TAB = Qt.Key.Key_Tab
CONTROL = Qt.KeyboardModifier.ControlModifier
DEVICE = "SkinPen Precision"
ZONES = ("Forehead", "Left cheek", "Right cheek")
DEPTHS = ("0,5", "0.75")
STEPS = (
    "1  Consultation",
    "2  Consent",
    "3  Cleansing",
    "4  Numbing",
    "5  Microneedling",
    "6  Serum",
    "7  Cooling and soothing",
    "8  Reactions",
    "9  Aftercare and sign-off",
)


def group_of(person: Person, number: int) -> str:
    """Read one group of the recovery key from the screen."""
    labels = [one for one in person.program.window.findChildren(QLabel) if one.isVisible()]
    texts = [one.text() for one in labels]
    return texts[texts.index(f"Group {number}") + 1]


def choose(person: Person, name: str, choice: str) -> None:
    """Type the beginning of the choice, then go on with the arrows where several begin alike."""
    combo = person.tab_to(name)
    assert isinstance(combo, QComboBox)
    begins = choice.split()[0]
    person.type(begins)
    person.until(lambda: combo.currentText().startswith(begins), f"“{begins}” in “{name}”")
    for _ in range(combo.count()):
        if combo.currentText() == choice:
            return
        person.key(Qt.Key.Key_Down)
    raise AssertionError(f"“{choice}” cannot be reached in “{name}”")


def set_up(person: Person, given: dict[str, Any]) -> None:
    """The four pages of the first run; ends on the start screen. ``until`` stops before the clinic is made."""
    person.read("Your clinic")
    say(at="page 1")
    person.enter("Clinic name", given.get("clinic", "Klinik am Hafen & <Söhne>"))
    person.enter("Address", "12 Harbour Road\nBrighton BN1 1AA")
    person.enter("Phone for clients", "01273 555 010")
    choose(person, "Country", "United Kingdom")
    person.press("Next")
    say(at="page 2")
    person.enter("Your name", "Mara Lindqvist")
    person.enter("Credentials", "RN")
    person.enter("Passphrase", PASSPHRASE)
    person.tab_to("The same again")
    person.type(PASSPHRASE)
    person.key(ENTER)
    person.read("Type group")
    say(at="page 3")
    line = next(one for one in person.program.window.findChildren(QLineEdit) if name_of(one).startswith("Type group"))
    number = int(name_of(line).split("group ")[1].split()[0])
    person.tab_to(name_of(line))
    person.type(group_of(person, number))
    person.key(ENTER)
    person.read("Where your data is kept")
    say(at="page 4")
    person.press("Set up")
    say(at="asked")
    person.find("New visit")
    say(at="set up")


def unlock(person: Person) -> None:
    """The passphrase and Enter; the focus is there already."""
    person.find("Passphrase", QLineEdit)
    person.tab_to("Passphrase")
    person.type(PASSPHRASE)
    person.key(ENTER)
    person.find("New visit")


def new_client(person: Person, given: dict[str, Any]) -> None:
    """From the start screen to the client's own page."""
    person.press("Add the first client")
    person.enter("Full name", given["name"])
    person.enter("Date of birth", "12 3 1988")
    for entry, text in given.get("client", {}).items():
        person.enter(entry, text)
    person.pick("What is known about allergies", "Known allergies" if given.get("allergy") else "No known allergies")
    if given.get("allergy"):
        person.enter("Substance", given["allergy"])
    person.key(Qt.Key.Key_S, CONTROL)
    person.find("Start a visit")


def take_zone(person: Person, name: str) -> None:
    """Find a zone by typing and take it."""
    if not person.sees("Find a zone in every view"):
        person.press("List of zones")
    person.tab_to("Find a zone in every view")
    person.type(name)
    person.key(ENTER)
    rows = person.focus
    if isinstance(rows, QListWidget):
        while rows.currentItem().text() != name:
            person.key(Qt.Key.Key_Down)
        person.key(Qt.Key.Key_Space)
    person.tab_to("Find a zone in every view", back=True)
    person.key(Qt.Key.Key_A, CONTROL)
    person.key(Qt.Key.Key_Backspace)


def go_on(person: Person, heading: str) -> None:
    """Ctrl+Enter leads to the next step."""
    person.until(lambda: mark_of(person).startswith("Saved "), "the saved mark")
    tell(person, f"end of {session_of(person).presenter.draft.step.value}")
    person.key(ENTER, CONTROL)
    person.find(heading, QLabel)


def consultation(person: Person, given: dict[str, Any]) -> None:
    """Concern, skin type, preparation, screening, allergies, plan."""
    person.find("Concern of today")
    person.pick("Concern of today", "Acne scars")
    person.enter("In the client's words", given.get("words", "Scars since school"))
    person.pick("Fitzpatrick skin type", "III")
    person.turn_to("Parts of the consultation", "Preparation")
    person.press("All kept")
    person.turn_to("Parts of the consultation", "Screening")
    for _ in range(6):
        # Nobody reads a group out in no time: two taps at once would be a double tap.
        person.program.kit.clock.pass_(seconds=4)  # type: ignore[attr-defined]  # the chair's clock
        person.press("Read out: none applies")
    person.turn_to("Parts of the consultation", "Allergies")
    person.press("Confirmed with the client")
    person.turn_to("Parts of the consultation", "Plan")
    for zone in ZONES:
        take_zone(person, zone)
    choose(person, "Device", DEVICE)
    person.enter("Depth (mm)", DEPTHS[1])


def answered(person: Person, *keys: str) -> None:
    """Inside a box: Tab to the button of this name and press Space."""
    person.press(*keys)


def consent(person: Person, given: dict[str, Any]) -> None:
    """Name and date of birth, the signature by name, photos."""
    person.pick("Photo consent", given.get("photos", "For my record"))
    person.press("As on file: 12-Mar-1988")

    def sign(_box: QWidget) -> None:
        person.enter("The client types the full name", given["name"])
        person.press("Sign")

    with person.answering(sign):
        person.press("Sign by typing full name")


def lot(person: Person, code: str, until: str) -> None:
    """Type a lot as it stands on the pack."""
    person.enter("Lot number", code)
    person.enter("Expires", until)
    person.press("Use this lot")


def cleansing(person: Person, given: dict[str, Any]) -> None:
    """The cleanser, its lot, done."""
    person.pick("Tap the cleanser that was used", CLEANSER)
    lot(person, given["lots"]["cleanser"], "06/2027")
    person.press("Skin is clean: done now")


def numbing(person: Person, given: dict[str, Any]) -> None:
    """The cream for thirty-five minutes of the chair's time."""
    person.pick("Tap what is applied", CREAM)
    person.press("Apply now…")
    person.enter("Amount (g)", "2,5")
    person.enter("Area (cm²)", "120")
    lot(person, given["lots"]["cream"], "31 12 2027")
    person.program.kit.clock.pass_(minutes=35)  # type: ignore[attr-defined]  # the chair's clock
    # Coming back to the step puts the focus on what is due: taking the cream off.
    person.key(ENTER, CONTROL)
    person.find(STEPS[4], QLabel)
    person.key(ENTER, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    person.find(STEPS[3], QLabel)
    person.press("Removed now…")


def needling(person: Person, given: dict[str, Any]) -> None:
    """The time-out, then two passes over three zones, each pass deeper."""
    for item in session_of(person).page.desk.knowledge.time_out.values():
        person.press(item.text)
    person.enter("Cartridge", "Tip 14")
    person.enter("Lot", given["lots"]["cartridge"])
    person.enter("Use by", "31 12 2027")
    person.press("Use this lot")
    person.press("To the passes")
    for zone in ZONES:
        take_zone(person, zone)
    for depth in DEPTHS:
        person.enter("Depth (mm)", depth)
        person.program.kit.clock.pass_(minutes=2)  # type: ignore[attr-defined]  # the chair's clock
        person.key(Qt.Key.Key_F8)
        person.until(lambda: mark_of(person).startswith("Saved "), "the saved mark")
        person.press("None seen")
    person.program.kit.clock.pass_(minutes=12)  # type: ignore[attr-defined]  # the chair's clock
    person.press("Needling is over")


def serum(person: Person, given: dict[str, Any]) -> None:
    """What went on the skin."""
    person.pick("Tap the serum that was used", SERUM)
    lot(person, given["lots"]["serum"], "06/2027")
    person.enter(f"Amount of {SERUM} (ml)", "1,5")


def cooling(person: Person, given: dict[str, Any]) -> None:
    """A mask for ten minutes."""
    person.pick("Tap what cooled or soothed the skin", "Soothing mask")
    person.enter("Minutes of Soothing mask (min)", "10")


def reactions(person: Person, given: dict[str, Any]) -> None:
    """Redness on one zone."""
    person.pick("Where", "Left cheek")
    person.pick("Redness", "2 Mild")


def save_as_pdf(person: Person, path: str) -> None:
    """Press the button and type the file's name into the system's dialog."""

    def name_it(box: QWidget) -> None:
        (line,) = box.findChildren(QLineEdit, "fileNameEdit")
        person.until(line.hasFocus, "the entry for the name of the file")
        person.key(Qt.Key.Key_A, CONTROL)
        person.type(path)
        person.key(ENTER)

    person.find("Save as PDF")
    with person.answering(name_it):
        person.press("Save as PDF")


def aftercare(person: Person, given: dict[str, Any]) -> None:
    """The next visit, a word for the client, the sheet, and the signature."""
    person.enter("Next visit on", "8 1 2027")
    person.enter("at", "14:30")
    person.enter("A note for this client", given.get("note", "Keep it cool."))
    if "paper" in given:
        save_as_pdf(person, given["paper"])
        person.read("Saved as PDF at")
    tell(person, "end of aftercare")
    person.turn_to("Parts of the last step", "Check and sign")

    def sure(_box: QWidget) -> None:
        say(at="signing")
        person.press("Sign and lock")

    with person.answering(sure):
        person.press("Sign and lock")
    person.read("Visit of")
    say(at="signed")


VISIT = (consultation, consent, cleansing, numbing, needling, serum, cooling, reactions, aftercare)


def whole_visit(person: Person, given: dict[str, Any]) -> None:
    """Set up, a new client, all nine steps, sign; then wait for the plug, or lock first."""
    set_up(person, given)
    new_client(person, given)
    person.press("Start a visit")
    for number, work in enumerate(VISIT):
        person.find(STEPS[number], QLabel)
        work(person, given)
        if number < len(VISIT) - 1:
            go_on(person, STEPS[number + 1])
    stay(person)


def find_in_history(person: Person, given: dict[str, Any]) -> None:
    """Unlock, find the client by typing, open the visit, read it, save its sheet again."""
    unlock(person)
    person.key(Qt.Key.Key_K, CONTROL)
    person.find("New client")
    person.tab_to("Find a client")
    person.type(given["search"])
    person.key(ENTER)
    person.find("Start a visit")
    person.press("Visit of 20-Nov-2026")
    person.read("Visit of")
    said = [text for one in person.program.window.findChildren(QLabel) if one.isVisible() for text in [one.text()]]
    say(at="record", texts=said)
    person.press("Reprint: Aftercare sheet")
    person.find("Print again")
    save_as_pdf(person, given["paper"])
    say(at="reprinted")


def first_run(person: Person, given: dict[str, Any]) -> None:
    """The first run alone; waits for the plug."""
    set_up(person, given)
    stay(person)
