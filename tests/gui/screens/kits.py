"""What a screen is handed in tests: the real look, work done at once, dialogs that answer by themselves."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QApplication

from needlelog.bootstrap import words
from tests.desks import StandingClock
from ui.toolkit.dialogs import Dialogs
from ui.toolkit.kit import Kit
from ui.toolkit.tasks import InlineTasks
from ui.toolkit.theme import LIGHT, Theme, Tokens


class AnsweringDialogs(Dialogs):
    """Answers from a list, and keeps what it was asked."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[str, ...]] = []

    def tell(self, parent: Any, sentence: Any) -> None:
        self.asked.append(("tell", str(sentence)))

    def ask(self, parent: Any, title: str, text: str, verb: str, cancel: str, *, danger: bool = False) -> bool:
        self.asked.append(("ask", title, verb, cancel))
        return bool(self.answers.pop(0))

    def ask_text(self, parent: Any, title: str, label: str, verb: str, *_: Any, **__: Any) -> str | None:
        self.asked.append(("ask_text", title, verb))
        answer: str | None = self.answers.pop(0)
        return answer


def a_kit(app: QApplication, clock: StandingClock, *answers: Any, tokens: Tokens = LIGHT, scale: float = 1.0) -> Kit:
    """A kit with these answers waiting in its dialogs."""
    theme = Theme(app, scale)
    theme.use(tokens)
    return Kit(theme=theme, tr=words(), tasks=InlineTasks(), dialogs=AnsweringDialogs(*answers), clock=clock)
