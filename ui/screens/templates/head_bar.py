"""Which paper and which language are being worded, and the ways to its versions and to the pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QTabBar, QVBoxLayout, QWidget

from needlelog.domain.own_texts import SheetKind
from needlelog.i18n import Words
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.plain import caption
from ui.toolkit.theme import SPACE
from ui.widgets.choice_field import StillCombo
from ui.widgets.languages import language_in_words, language_name
from ui.widgets.two_halves import TwoHalves


def sheet_name(tr: Words, sheet: SheetKind) -> str:
    """What a paper is called."""
    return {
        SheetKind.AFTERCARE: tr("Aftercare sheet"),
        SheetKind.PREPARATION: tr("Preparation sheet"),
        SheetKind.CONSENT: tr("Consent"),
    }[sheet]


def language_told(tr: Words, code: str) -> str:
    """A language by its name here and by that of its speakers: ``Polish · Polski``."""
    here, there = language_in_words(code, tr), language_name(code)
    return here if here == there else f"{here}  ·  {there}"


_SHEETS = tuple(SheetKind)
_SHORT: Mapping[SheetKind, Callable[[Words], str]] = {
    SheetKind.AFTERCARE: lambda tr: tr("Aftercare"),
    SheetKind.PREPARATION: lambda tr: tr("Preparation"),
    SheetKind.CONSENT: lambda tr: tr("Consent"),
}


class HeadBar(QWidget):
    """``asked`` carries the (paper, language) that somebody wants to see; it shows only what ``show_paper`` says."""

    asked = Signal(object, str)
    versions_asked = Signal()
    pages_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        tr, theme = kit.tr, kit.theme
        self._sheet = SheetKind.AFTERCARE
        self._language = ""
        self._languages: tuple[str, ...] = ()
        self.sheets = QTabBar()
        self.sheets.setAccessibleName(tr("Paper"))
        self.sheets.setExpanding(False)
        self.sheets.setUsesScrollButtons(False)
        for one in SheetKind:
            place = self.sheets.addTab(caption(_SHORT[one](tr)))
            self.sheets.setAccessibleTabName(place, sheet_name(tr, one))
        self.sheets.currentChanged.connect(self._on_sheet)
        self.language = StillCombo()
        self.language.setAccessibleName(tr("Language of the paper"))
        self.language.setMinimumHeight(48)
        self.language.setMinimumContentsLength(13)
        self.language.activated.connect(self._on_language)
        self.versions = button(theme, tr("Versions"), "secondary", "history")
        self.versions.clicked.connect(self.versions_asked)
        self.pages = button(theme, tr("As it prints"), "secondary", "eye")
        self.pages.clicked.connect(self.pages_asked)
        self.pages.hide()
        self._title = label(tr("Wording"), "title")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(TwoHalves(self._left(), self._right()))

    def _left(self) -> QWidget:
        held, row = _row()
        row.addWidget(self._title)
        row.addSpacing(SPACE)
        row.addWidget(self.sheets)
        row.addStretch(1)
        return held

    def _right(self) -> QWidget:
        held, row = _row()
        for part in (self.pages, self.language, self.versions):
            row.addWidget(part)
        return held

    def offer_pages(self, narrow: bool, *, shown: bool) -> None:
        """Where it is ``narrow``, a way between texts and pages in the place of the title; ``shown`` are the pages."""
        tr = self._kit.tr
        self._title.setVisible(not narrow)
        self.pages.setVisible(narrow)
        name = tr("Texts") if shown else tr("As it prints")
        self.pages.setText(name)
        self.pages.setAccessibleName(name)

    def show_paper(self, sheet: SheetKind, language: str, languages: Sequence[str]) -> None:
        """Show which paper is open, and the languages there are of it."""
        self._sheet, self._language = sheet, language
        self.sheets.blockSignals(True)
        self.sheets.setCurrentIndex(_SHEETS.index(sheet))
        self.sheets.blockSignals(False)
        if tuple(languages) != self._languages:
            self._languages = tuple(languages)
            self.language.clear()
            self.language.addItems([language_told(self._kit.tr, code) for code in languages])
        self.language.setCurrentIndex(self._languages.index(language))

    def _on_sheet(self, index: int) -> None:
        self._ask(_SHEETS[index], self._language)

    def _on_language(self, index: int) -> None:
        self._ask(self._sheet, self._languages[index])

    def _ask(self, sheet: SheetKind, language: str) -> None:
        before = self._sheet, self._language
        if (sheet, language) == before:
            return
        self.asked.emit(sheet, language)
        if (self._sheet, self._language) == before:
            # Somebody chose to stay with what is not kept yet.
            self.show_paper(*before, self._languages)


def _row() -> tuple[QWidget, QHBoxLayout]:
    held = QWidget()
    row = QHBoxLayout(held)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(SPACE)
    return held, row
