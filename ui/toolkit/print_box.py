"""Before anything is printed: on which printer, in large letters, how many copies, and the way to another one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from needlelog.i18n import Words
from ui.toolkit.boxes import QuestionBox
from ui.toolkit.buttons import button, icon_button
from ui.toolkit.labels import label
from ui.toolkit.theme import SPACE, Theme

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

MOST_COPIES = 20


class PrintBox(QuestionBox):
    """Asks for a tap on "Print" under the printer's name; Esc prints nothing."""

    settings_asked = Signal()
    """Another printer, some of the pages, or whatever else the system's own dialog offers."""

    def __init__(
        self, theme: Theme, words: Words, parent: QWidget | None, title: str, pages: int, printer: QPrinter
    ) -> None:
        super().__init__(theme, parent, words("Print: {title}", title=title), "", icon="printer")
        self._words = words
        self._printer = printer
        self._pages = pages
        self.setMinimumWidth(560)
        self.body.addWidget(label(words("On this printer"), "body", muted=True))
        self._name = label("", "title", wrap=True)
        self._name.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.body.addWidget(self._name)
        self._what = label("", "body", muted=True, wrap=True)
        self.body.addWidget(self._what)
        self.body.addWidget(self._build_copies())
        other = button(theme, words("Other printer or settings…"), "quiet", "settings")
        other.setProperty("align", "left")
        self._other = other
        other.clicked.connect(self.settings_asked)
        self.body.addWidget(other)
        self.add_choice(words("Cancel"), "secondary", accepts=False)
        self._verb: QPushButton = self.add_choice(words("Print"), "primary", accepts=True)
        self.show_printer()

    def _build_copies(self) -> QWidget:
        theme, tr = self._theme, self._words
        self._fewer = icon_button(theme, "minus", tr("One copy less"))
        self._more = icon_button(theme, "plus", tr("One copy more"))
        self._fewer.clicked.connect(lambda: self._set_copies(self._printer.copyCount() - 1))
        self._more.clicked.connect(lambda: self._set_copies(self._printer.copyCount() + 1))
        self._copies = label("", "lead")
        self._counting = QWidget()
        row = QHBoxLayout(self._counting)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        for part in (self._fewer, self._copies, self._more):
            row.addWidget(part)
        row.addStretch(1)
        return self._counting

    def _set_copies(self, count: int) -> None:
        self._printer.setCopyCount(min(MOST_COPIES, max(1, count)))
        self.show_printer()

    def show_printer(self) -> None:
        """Paint what was chosen: a printer, or the file that the system's dialog prints into."""
        tr, printer = self._words, self._printer
        file = printer.outputFileName()
        name = tr("Into the file {name}", name=Path(file).name) if file else printer.printerName()
        self._name.setText(name or tr("No printer is set up"))
        self._name.setAccessibleName(tr("Printer: {name}", name=self._name.text()))
        self._verb.setEnabled(bool(name))
        self._counting.setVisible(bool(name))
        if name:
            self._verb.setDefault(True)
            self._verb.setFocus()
        else:
            self._other.setFocus()
            self._what.setText(tr("Set one up in the system's settings, or save the paper as a PDF instead."))
            return
        copies, first, last = printer.copyCount(), printer.fromPage(), printer.toPage()
        self._copies.setText(tr.plural("{count} copy", "{count} copies", copies))
        self._copies.setMinimumWidth(self._copies.fontMetrics().horizontalAdvance(tr("{count} copies", count=99)))
        self._fewer.setEnabled(copies > 1)
        self._more.setEnabled(copies < MOST_COPIES)
        whole = tr.plural("{count} page", "{count} pages", self._pages)
        some = tr("pages {first} to {last} of {count}", first=first, last=last, count=self._pages)
        self._what.setText(whole if not first or (first, last) == (1, self._pages) else some)
