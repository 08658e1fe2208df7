"""The dialogs of a tour: the real boxes, shown without waiting, photographed, and answered as planned."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QPlainTextEdit, QWidget

from needlelog.i18n import Sentence, Words
from ui.toolkit.boxes import ChoiceBox, QuestionBox, TextBox
from ui.toolkit.dialogs import Dialogs
from ui.toolkit.theme import Theme
from ui.tour.faults import TourStopped
from ui.tour.hands import Hands, type_text

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


class TourDialogs(Dialogs):
    """Shows each box long enough for ``photograph`` and answers it; a question nobody planned stops the tour."""

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__(theme, words)
        self._theme = theme
        self._words = words
        self.photograph: Callable[[str], None] = lambda _: None
        self._plans: deque[tuple[str, str | Path]] = deque()

    def plan(self, picture: str, answer: str | Path) -> None:
        """The next question is photographed as ``picture`` and answered: the text to write, or the path to choose."""
        self._plans.append((picture, answer))

    def tell(self, parent: QWidget | None, sentence: Sentence | str) -> None:
        raise TourStopped(str(sentence))

    def ask(
        self, parent: QWidget | None, title: str, text: str, verb: str, cancel: str, *, danger: bool = False
    ) -> bool:
        picture, _ = self._next(title)
        box = QuestionBox(self._theme, parent, title, text, icon="question")
        box.add_choice(cancel, "secondary", accepts=False)
        box.add_choice(verb, "danger" if danger else "primary", accepts=True)
        self._shown(parent, box, picture, verb)
        box.deleteLater()
        return True

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
        picture, answer = self._next(title)
        box = TextBox(self._theme, parent, title, label, required=required, phrases=phrases, initial=initial)
        if least:
            box.ask_for(least, self._words("At least {least} letters or digits", least=least))
        box.add_choice(self._words("Cancel"), "secondary", accepts=False)
        box.add_verb(verb)
        self._shown(parent, box, picture, verb, str(answer))
        written = box.text()
        box.deleteLater()
        return written

    def ask_choice(
        self, parent: QWidget | None, title: str, text: str, options: Sequence[tuple[str, str]]
    ) -> str | None:
        picture, answer = self._next(title)
        box = ChoiceBox(self._theme, parent, title, text, options)
        box.add_choice(self._words("Cancel"), "secondary", accepts=False)
        self._shown(parent, box, picture, str(answer))
        box.deleteLater()
        return box.chosen

    def save_path(self, parent: QWidget | None, title: str, suggested: str, filter: str) -> Path | None:
        return self._path(title)

    def open_path(self, parent: QWidget | None, title: str, filter: str) -> Path | None:
        return self._path(title)

    def folder_path(self, parent: QWidget | None, title: str, suggested: str = "") -> Path | None:
        return self._path(title)

    def printer(self, parent: QWidget | None, title: str, pages: int) -> QPrinter | None:
        raise TourStopped("the tour has no printer")

    def _next(self, title: str) -> tuple[str, str | Path]:
        if not self._plans:
            raise TourStopped(f"nobody planned the question “{title}”")
        return self._plans.popleft()

    def _path(self, title: str) -> Path:
        _, answer = self._next(title)
        return Path(answer)

    def _shown(self, parent: QWidget | None, box: QuestionBox, picture: str, verb: str, text: str = "") -> None:
        hands = Hands(box)
        box.open()
        hands.settle()
        if text and isinstance(box, TextBox):
            type_text(box.findChildren(QPlainTextEdit)[0], text)
            hands.settle()
        if picture:
            self.photograph(picture)
        hands.click(hands.find(QAbstractButton, verb, box))
        if parent is not None:
            # As the system does when a box closes: the window behind it takes the keys again.
            parent.window().activateWindow()
            if not QTest.qWaitForWindowActive(parent.window()):
                raise TourStopped("the window did not come back after a question")
