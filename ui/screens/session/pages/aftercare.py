"""Step 9: the sheet the client takes home, what is still missing, and the signature."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from needlelog.domain.findings import Gate, StepId
from needlelog.domain.session import SessionDraft
from needlelog.services.desk import Desk
from ui.screens.session.frames import PageStack, scrolled
from ui.screens.session.page import StepPage
from ui.screens.session.presenter import SessionPresenter
from ui.screens.session.signing.checklist import SigningChecklist
from ui.screens.session.signing.sheet import AftercareSheetPart
from ui.toolkit.kit import Kit
from ui.toolkit.theme import SPACE
from ui.widgets.section_tabs import SectionTabs

SHEET, SIGN = "sheet", "sign"


class AftercarePage(StepPage):
    """Two parts: the sheet, then signing."""

    step = StepId.AFTERCARE
    wide = True
    broad = True
    LEAST_PX = 300
    signed = Signal(object)

    def __init__(self, kit: Kit, desk: Desk, presenter: SessionPresenter, parent: QWidget | None = None) -> None:
        super().__init__(kit, desk, presenter, parent)
        self._open_key = SHEET
        self._tabs = SectionTabs(kit.theme, kit.tr, kit.tr("Parts of the last step"))
        self._tabs.chosen.connect(self._open)
        self._sheet = AftercareSheetPart(kit, desk, presenter, self)
        self._sheet.given.connect(self._on_given)
        self._sheet.taken_back.connect(self._on_taken_back)
        self._checklist = SigningChecklist(kit, desk, presenter)
        self._checklist.signed.connect(self.signed)
        self._stack = PageStack()
        self._stack.addWidget(self._sheet)
        self._stack.addWidget(scrolled(self._checklist))
        presenter.findings_changed.connect(self._on_findings_changed)
        self.column.setSpacing(SPACE)
        self.column.addWidget(self._tabs)
        self.column.addWidget(self._stack, 1)

    def show_draft(self, draft: SessionDraft) -> None:
        """Paint both parts."""
        tr = self.kit.tr
        ready = not self.presenter.open_findings(Gate.SIGNING)
        self._tabs.show_sections(
            [(SHEET, tr("Aftercare sheet"), bool(draft.aftercare.standing)), (SIGN, tr("Check and sign"), ready)],
            self._open_key,
        )
        self._stack.setCurrentIndex(0 if self._open_key == SHEET else 1)
        self._sheet.show_draft(draft)
        if self._open_key == SIGN:
            self._checklist.refresh()

    def _on_findings_changed(self) -> None:
        if self.isVisible():
            self.show_draft(self.presenter.draft)

    def entered(self) -> None:
        """Read lists afresh; the sheet first, signing when it has been given."""
        self._sheet.entered()
        self._open(SIGN if self.presenter.draft.aftercare.standing else SHEET)

    def leaving(self) -> None:
        """Commit what is half-typed."""
        self._sheet.leaving()
        self._checklist.price.leaving()

    def focus_field(self, field: str) -> None:
        """Turn to the sheet or to signing."""
        self._open(SHEET if field == SHEET else SIGN)

    def _on_given(self) -> None:
        """A visit that repeats another goes on by itself to what is left: signing."""
        last = self.desk.history.latest(self.presenter.client.id)
        if self.presenter.again(last) is not None and self._open_key == SHEET:
            self._open(SIGN)
            # What had the focus is gone; a stray key must not sign.
            self._tabs.setFocus()

    def _on_taken_back(self) -> None:
        self._open(SHEET)
        self._tabs.setFocus()

    def _open(self, key: str) -> None:
        if key != self._open_key:
            self._sheet.leaving()
        self._open_key = key
        self.show_draft(self.presenter.draft)
