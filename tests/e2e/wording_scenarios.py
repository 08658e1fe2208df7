"""Wording a paper: what a person writes while the plug is pulled."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from tests.e2e.child import say
from tests.e2e.driver import Person
from tests.e2e.visit_scenarios import stay, unlock
from ui.screens.templates.screen import TemplatesScreen
from ui.toolkit.screen import ToTemplates


def _wording(person: Person) -> TemplatesScreen:
    def shown() -> TemplatesScreen | None:
        work = person.program.window.work
        screen = work.screen_now if work else None
        return screen if isinstance(screen, TemplatesScreen) else None

    found: TemplatesScreen = person.until(shown, "the wording")
    return found


def write_wording(person: Person, given: dict[str, Any]) -> None:
    """Reword one text, empty another and leave a third out; nothing of it is put to use."""
    unlock(person)
    work = person.until(lambda: person.program.window.work, "the open clinic")
    work.go(ToTemplates())
    screen = _wording(person)
    say(
        at="begun",
        notice=screen.parts.half_written.restored.text(),
        typed=dict(screen.bench.wording.typed),
        left_out=sorted(screen.bench.wording.left_out),
    )
    for line, words in given["lines"].items():
        screen.show_line(line)
        person.fill("Your wording", words or "x")
        if not words:
            person.key(Qt.Key.Key_Backspace)
    screen.show_line(given["out"])
    person.tap("Leave it out", QAbstractButton)
    person.until(lambda: "Draft saved" in screen.parts.foot.state.text(), "the draft on the disk")
    say(at="saved", said=screen.parts.foot.state.text())
    stay(person)
