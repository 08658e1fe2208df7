"""Dialogs that answer from a script, so that no test ever waits for a person."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from needlelog.i18n import Sentence, Words
from ui.toolkit.dialogs import Dialogs, Leaving

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


@dataclass(frozen=True, slots=True)
class Asked:
    """One dialog that came up: which kind, and the text a person would have read first."""

    kind: str
    text: str
    least: int = field(default=0, compare=False)
    """Letters or digits that a written answer must have at least."""
    verb: str = field(default="", compare=False)
    """What the button that goes on is called."""
    told: str = field(default="", compare=False)
    """What a question that is answered with yes or no says below its title."""


class ScriptedDialogs(Dialogs):
    """Answers every question, path and printer in order.

    A question without an answer left fails the test. ``told`` and ``asked`` keep what came up.
    """

    def __init__(self, *answers: Any) -> None:
        # No theme: nothing of the real dialogs is ever made.
        self._words = Words()
        self._answers = deque(answers)
        self.asked: list[Asked] = []
        self.told: list[Sentence | str] = []

    def will_answer(self, *answers: Any) -> None:
        """Put more answers at the end of the queue."""
        self._answers.extend(answers)

    def all_used(self) -> bool:
        """Whether every answer was asked for."""
        return not self._answers

    def tell(self, parent: QWidget | None, sentence: Sentence | str) -> None:
        self.told.append(sentence)

    def ask(
        self, parent: QWidget | None, title: str, text: str, verb: str, cancel: str, *, danger: bool = False
    ) -> bool:
        return bool(self._answer("ask", title, told=text))

    def ask_either(self, parent: QWidget | None, title: str, text: str, verb: str, other: str) -> bool | None:
        answer = self._answer("ask_either", title, told=text)
        return None if answer is None else bool(answer)

    def ask_leaving(self, parent: QWidget | None, title: str, text: str, verb: str = "") -> Leaving:
        answer = self._answer("ask_leaving", title, verb=verb)
        assert isinstance(answer, Leaving)
        return answer

    def ask_text(
        self,
        parent: QWidget | None,
        title: str,
        label: str,
        verb: str,
        required: bool = True,
        phrases: Sequence[str] = (),
        initial: str = "",
        *,
        least: int = 0,
    ) -> str | None:
        return self._answer("ask_text", title, least)

    def ask_choice(
        self, parent: QWidget | None, title: str, text: str, options: Sequence[tuple[str, str]]
    ) -> str | None:
        """Answered by the name that is tapped, as a person would; None cancels."""
        name = self._answer("ask_choice", title)
        if name is None:
            return None
        return next(key for key, shown in options if shown == name)

    def save_path(self, parent: QWidget | None, title: str, suggested: str, filter: str) -> Path | None:
        return self._answer("save_path", suggested)

    def open_path(self, parent: QWidget | None, title: str, filter: str) -> Path | None:
        return self._answer("open_path", title)

    def folder_path(self, parent: QWidget | None, title: str, suggested: str = "") -> Path | None:
        return self._answer("folder_path", title)

    def open_outside(self, path: Path) -> bool:
        return bool(self._answer("open_outside", path.name))

    def printer(self, parent: QWidget | None, title: str, pages: int) -> QPrinter | None:
        return self._answer("printer", title)

    def _answer(self, kind: str, text: str, least: int = 0, verb: str = "", told: str = "") -> Any:
        self.asked.append(Asked(kind, text, least, verb, told))
        if not self._answers:
            raise AssertionError(f"no answer left for {kind}: {text}")
        return self._answers.popleft()
