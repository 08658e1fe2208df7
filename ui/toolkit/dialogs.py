"""Questions that stop the work: the only importer of QFileDialog; handed in, so that tests can answer."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from needlelog.i18n import Sentence, Words
from ui.toolkit.boxes import ChoiceBox, QuestionBox, TextBox
from ui.toolkit.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


class Leaving(Enum):
    """What becomes of what was typed when somebody is about to leave it."""

    SAVE = auto()
    DISCARD = auto()
    STAY = auto()


class Dialogs:
    """Tells, asks and lets choose; every method blocks until it is answered."""

    def __init__(self, theme: Theme, words: Words) -> None:
        self._theme = theme
        self._words = words

    def tell(self, parent: QWidget | None, sentence: Sentence | str) -> None:
        """Say what happened and what to do, with one button."""
        what, way_out = (sentence.what, sentence.way_out) if isinstance(sentence, Sentence) else (sentence, "")
        box = QuestionBox(self._theme, parent, what, way_out, icon="warning")
        box.add_choice(self._words("Understood"), "primary", accepts=True)
        _answered(box)

    def ask(
        self, parent: QWidget | None, title: str, text: str, verb: str, cancel: str, *, danger: bool = False
    ) -> bool:
        """True for ``verb``; Enter and Esc both mean ``cancel``, the safe answer."""
        box = QuestionBox(self._theme, parent, title, text, icon="question")
        safe = box.add_choice(cancel, "secondary", accepts=False)
        box.add_choice(verb, "danger" if danger else "primary", accepts=True)
        safe.setDefault(True)
        safe.setFocus()
        return _answered(box)

    def ask_either(self, parent: QWidget | None, title: str, text: str, verb: str, other: str) -> bool | None:
        """True for ``verb`` (Enter), False for ``other``, None for neither (Esc)."""
        answers: list[bool | None] = [None]
        box = QuestionBox(self._theme, parent, title, text, icon="question")
        box.add_choice(self._words("Cancel"), "secondary", accepts=False)
        box.add_choice(other, "secondary", accepts=True).clicked.connect(lambda: answers.append(False))
        meant = box.add_choice(verb, "primary", accepts=True)
        meant.clicked.connect(lambda: answers.append(True))
        meant.setDefault(True)
        meant.setFocus()
        _answered(box)
        return answers[-1]

    def ask_leaving(self, parent: QWidget | None, title: str, text: str, verb: str = "") -> Leaving:
        """What to do with unsaved entries; ``verb`` in the place of "Save". Esc stays, and loses nothing."""
        tr, answers = self._words, [Leaving.STAY]
        box = QuestionBox(self._theme, parent, title, text, icon="question")
        box.add_choice(tr("Stay here"), "secondary", accepts=False)
        discard = box.add_choice(tr("Discard"), "danger", accepts=True)
        save = box.add_choice(verb or tr("Save"), "primary", accepts=True)
        discard.clicked.connect(lambda: answers.append(Leaving.DISCARD))
        save.clicked.connect(lambda: answers.append(Leaving.SAVE))
        save.setDefault(True)
        save.setFocus()
        _answered(box)
        return answers[-1]

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
        """What was written, or None when cancelled; tapping one of ``phrases`` adds it to the text.

        The verb waits for ``least`` letters or digits.
        """
        box = TextBox(self._theme, parent, title, label, required=required, phrases=phrases, initial=initial)
        if least:
            box.ask_for(least, self._words("At least {least} letters or digits", least=least))
        box.add_choice(self._words("Cancel"), "secondary", accepts=False)
        box.add_verb(verb)
        return box.text() if _answered(box) else None

    def ask_choice(
        self, parent: QWidget | None, title: str, text: str, options: Sequence[tuple[str, str]]
    ) -> str | None:
        """The key of the (key, name) that was tapped, or None when cancelled."""
        box = ChoiceBox(self._theme, parent, title, text, options)
        box.add_choice(self._words("Cancel"), "secondary", accepts=False)
        return box.chosen if _answered(box) else None

    def save_path(self, parent: QWidget | None, title: str, suggested: str, filter: str) -> Path | None:
        """Where to save, at first among the person's documents; the system asks by itself before it overwrites."""
        if not Path(suggested).is_absolute():
            home = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
            suggested = str(Path(home) / suggested) if home and Path(home).is_dir() else str(Path.home() / suggested)
        chosen, _ = QFileDialog.getSaveFileName(parent, title, suggested, filter)
        return Path(chosen) if chosen else None

    def pdf_to_save(self, parent: QWidget | None, title: str, suggested: str) -> Path | None:
        """Where to save a PDF; one that is there already under the name with its ending is replaced only when asked."""
        tr = self._words
        chosen = self.save_path(parent, title, suggested, tr("PDF files (*.pdf)"))
        if chosen is None:
            return None
        path = _as_pdf(chosen)
        # The system has asked for the name as it was typed; with the ending it may be another file.
        if path == chosen or not path.exists():
            return path
        title = tr("{name} is there already", name=path.name)
        text = tr("Replaced, what it holds now is lost.")
        return path if self.ask(parent, title, text, tr("Replace"), tr("Keep it"), danger=True) else None

    def open_path(self, parent: QWidget | None, title: str, filter: str) -> Path | None:
        """An existing file, or None."""
        chosen, _ = QFileDialog.getOpenFileName(parent, title, "", filter)
        return Path(chosen) if chosen else None

    def folder_path(self, parent: QWidget | None, title: str, suggested: str = "") -> Path | None:
        """An existing folder, or None."""
        chosen = QFileDialog.getExistingDirectory(parent, title, suggested)
        return Path(chosen) if chosen else None

    def open_outside(self, path: Path) -> bool:
        """Open a file that the user saved in the system's own program for it; False when there is none."""
        from PySide6.QtCore import QUrl
        from PySide6.QtGui import QDesktopServices

        return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def printer(self, parent: QWidget | None, title: str, pages: int) -> QPrinter | None:
        """A printer, never taken silently: its name stands large before anything is printed. None when cancelled.

        The system's own dialog is behind a button for another printer, some of the pages, or anything else.
        """
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        from ui.toolkit.print_box import PrintBox

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(title)
        printer.setFromTo(1, pages)

        def choose() -> None:
            chooser = QPrintDialog(printer, box)
            chooser.setWindowTitle(title)
            if _answered(chooser):
                box.show_printer()

        box = PrintBox(self._theme, self._words, parent, title, pages, printer)
        box.settings_asked.connect(choose)
        return printer if _answered(box) else None


def _answered(box: QDialog) -> bool:
    """Wait for the answer: True when accepted. A closed box that lived on would still be read out by screen readers."""
    accepted = box.exec() == QDialog.DialogCode.Accepted
    box.deleteLater()
    return accepted


def _as_pdf(path: Path) -> Path:
    """``path`` as a PDF's: whatever stands behind a dot of its name is no other ending."""
    return path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")
