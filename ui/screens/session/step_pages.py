"""The nine pages of one visit: each is made when it is first entered, in a frame that scrolls where it must."""

from __future__ import annotations

from importlib import import_module

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from needlelog.domain.findings import StepId
from needlelog.services.desk import Desk
from ui.screens.session.frames import PageStack, WideFrame, scrolled
from ui.screens.session.page import StepPage
from ui.screens.session.presenter import SessionPresenter
from ui.toolkit.kit import Kit

# Pages are imported when a visit is first opened, not when the program starts.
_PAGES = {
    StepId.CONSULTATION: ("consultation", "ConsultationPage"),
    StepId.CONSENT: ("consent", "ConsentPage"),
    StepId.CLEANSING: ("cleansing", "CleansingPage"),
    StepId.NUMBING: ("numbing", "NumbingPage"),
    StepId.NEEDLING: ("needling", "NeedlingPage"),
    StepId.SERUM: ("serum", "SerumPage"),
    StepId.COOLING: ("cooling", "CoolingPage"),
    StepId.REACTIONS: ("reactions", "ReactionsPage"),
    StepId.AFTERCARE: ("aftercare", "AftercarePage"),
}


class StepPages(QObject):
    """``page`` gives the page of a step, ``show`` puts it into the stack's front."""

    next_requested = Signal()
    signed = Signal(object)
    code_entered = Signal(str)
    turned = Signal()
    went_on = Signal(str, object)

    def __init__(self, kit: Kit, desk: Desk, presenter: SessionPresenter, stack: PageStack) -> None:
        super().__init__(stack)
        self._kit = kit
        self._desk = desk
        self._presenter = presenter
        self._stack = stack
        self._pages: dict[StepId, StepPage] = {}
        self._holders: dict[StepId, QWidget] = {}

    def page(self, step: StepId) -> StepPage:
        """The page of this step."""
        if step not in self._pages:
            module, name = _PAGES[step]
            kind = getattr(import_module(f"ui.screens.session.pages.{module}"), name)
            page: StepPage = kind(self._kit, self._desk, self._presenter)
            page.next_requested.connect(self.next_requested)
            page.code_entered.connect(self.code_entered)
            page.turned.connect(self.turned)
            page.went_on.connect(self.went_on)
            if step is StepId.AFTERCARE:
                page.signed.connect(self.signed)  # type: ignore[attr-defined]  # only the last page signs
            self._pages[step] = page
            self._holders[step] = WideFrame(page, page.least_height) if page.wide else scrolled(page)
            self._stack.addWidget(self._holders[step])
        return self._pages[step]

    @staticmethod
    def load(step: StepId) -> None:
        """Load the page of this step without making one, which may be done off the window's thread."""
        import_module(f"ui.screens.session.pages.{_PAGES[step][0]}")

    def show(self, step: StepId) -> StepPage:
        """Bring the page of this step to the front."""
        page = self.page(step)
        self._stack.setCurrentWidget(self._holders[step])
        return page
