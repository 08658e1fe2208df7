"""Which wording the papers have: as shipped, or the clinic's own, and the way to change it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from needlelog.domain.own_texts import SheetKind
from ui.screens.settings.tab import Tab
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.screen import ToTemplates
from ui.widgets.languages import language_in_words
from ui.widgets.phrases import moment_text

if TYPE_CHECKING:
    from needlelog.services.desk import Desk


class PapersTab(Tab):
    """``asked`` carries the route to a paper's wording."""

    asked = Signal(object)

    def __init__(self, kit: Kit, desk: Desk) -> None:
        super().__init__(kit)
        self._desk = desk
        self._told: dict[SheetKind, QLabel] = {}
        tr = kit.tr
        column = self.card(
            tr("Wording of the papers"),
            tr("Your own words on the sheets for clients and on the consent, beside the shipped ones."),
        )
        for sheet, name in (
            (SheetKind.AFTERCARE, tr("Aftercare sheet")),
            (SheetKind.PREPARATION, tr("Preparation sheet")),
            (SheetKind.CONSENT, tr("Consent")),
        ):
            column.addLayout(self._row(sheet, name))

    def _row(self, sheet: SheetKind, name: str) -> QHBoxLayout:
        tr = self.kit.tr
        row = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(name, "strong"))
        self._told[sheet] = label("", "body", muted=True, wrap=True)
        words.addWidget(self._told[sheet])
        row.addLayout(words, 1)
        change = button(self.kit.theme, tr("Change the wording"), "secondary", "edit")
        change.setAccessibleName(tr("Change the wording: {paper}", paper=name))
        change.clicked.connect(self._asker(sheet))
        row.addWidget(change)
        return row

    def _asker(self, sheet: SheetKind) -> Callable[[], None]:
        return lambda: self.asked.emit(ToTemplates(sheet))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        for sheet, told in self._told.items():
            told.setText(self._in_use(sheet))

    def told(self, sheet: SheetKind) -> str:
        """What is said of a paper."""
        return self._told[sheet].text()

    def _in_use(self, sheet: SheetKind) -> str:
        tr, templates = self.kit.tr, self._desk.templates
        zone = self._desk.practice.clinic().time_zone
        own = []
        for language in templates.languages(sheet):
            version = templates.current(sheet, language)
            if version is not None and version.texts:
                told = tr(
                    "{language}: your version {number}, kept {when}",
                    language=language_in_words(language, tr),
                    number=version.number,
                    when=moment_text(version.at, zone),
                )
                own.append(told)
        if not own:
            return tr("As shipped in every language")
        return "\n".join((*own, tr("All other languages as shipped")))
