"""What stands around every step of a visit: the client, the steps, what runs, the page, the bar, the findings.

The shell only shows; what a tap means is decided by the screen.
"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from needlelog.domain.findings import StepId
from needlelog.domain.session import SessionDraft
from needlelog.errors import Fault
from needlelog.workflow.flow import Standing, StepState
from ui.screens.session.drawer import FindingsDrawer
from ui.screens.session.frames import PageStack
from ui.screens.session.step_bar import StepBar
from ui.screens.session.step_head import StepHead
from ui.toolkit.kit import Kit
from ui.toolkit.theme import SPACE
from ui.widgets.client_banner import ClientBanner
from ui.widgets.notice import Notice
from ui.widgets.scan_notice import ScanNotice
from ui.widgets.step_rail import StepRail, StepShown
from ui.widgets.step_rail import StepState as Shown

_SHOWN = {
    StepState.OPEN: Shown.OPEN,
    StepState.BEGUN: Shown.OPEN,
    StepState.DONE: Shown.DONE,
    StepState.ATTENTION: Shown.ATTENTION,
    StepState.NOT_APPLICABLE: Shown.NOT_APPLICABLE,
}


class VisitShell(QWidget):
    """The chrome of a visit; it takes as little of the window as targets for gloved hands allow."""

    step_chosen = Signal(object)
    """The ``StepId`` that was tapped in the rail."""

    def __init__(self, kit: Kit, zone: str) -> None:
        super().__init__()
        self._tr = kit.tr
        self.banner = ClientBanner(kit.theme, kit.tr, one_line=True)
        self.rail = StepRail(kit.theme, kit.tr)
        self.head = StepHead(kit, zone)
        self.scan_notice = ScanNotice(kit.theme, kit.tr)
        self.stack = PageStack()
        self.unsaved = Notice(kit.theme, "stop", icon="warning", slim=True)
        self.bar = StepBar(kit, zone)
        self.drawer = FindingsDrawer(kit, self, self.banner, self.bar, self.bar.found)
        self.rail.step_chosen.connect(lambda key: self.step_chosen.emit(StepId(key)))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.banner)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.rail)
        body.addLayout(self._build_centre(), 1)
        whole.addLayout(body, 1)
        whole.addWidget(self.unsaved)
        whole.addWidget(self.bar)

    def _build_centre(self) -> QVBoxLayout:
        centre = QVBoxLayout()
        centre.setContentsMargins(SPACE * 2, SPACE // 2, SPACE * 2, SPACE // 2)
        centre.setSpacing(SPACE // 2)
        centre.addWidget(self.head)
        centre.addWidget(self.scan_notice)
        centre.addWidget(self.stack, 1)
        return centre

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.drawer.place()

    def show_standings(self, standings: tuple[Standing, ...], current: StepId, *, inside: bool) -> None:
        """Say how each step stands and which one this is; ``inside``: there is a way back on its page."""
        tr = self._tr
        shown = [
            _step_shown(standing, number, tr(standing.step.title), standing.step.id is current)
            for number, standing in enumerate(standings, 1)
        ]
        self.rail.show_steps(shown, current.value)
        number = [standing.step.id for standing in standings].index(current) + 1
        self.head.show_step(number, tr(standings[number - 1].step.title))
        self.bar.show_place(first=number == 1 and not inside, last=number == len(standings))

    def show_skip(self, draft: SessionDraft, *, skippable: bool) -> None:
        """A step that does not apply says why, and its page cannot be used."""
        skipped = draft.skip_of(draft.step)
        self.head.show_skip(skipped.reason if skipped else None, skippable=skippable)
        self.stack.setEnabled(skipped is None)

    def show_not_saved(self, since: datetime, fault: Fault) -> None:
        """Say since when nothing was saved, why, and what to do: nobody hovers over a mark with gloves on."""
        tr = self._tr
        self.bar.saved.not_saved(since)
        goes_on = tr("NeedleLog tries again by itself; until then this visit stays on the screen.")
        self.unsaved.say(f"{tr.fault(fault)} {goes_on}")

    def show_saved(self, moment: datetime) -> None:
        """Say that all that shows was saved at ``moment``."""
        self.bar.saved.saved(moment)
        self.unsaved.say("")

    def show_found(self, decide: int, precautions: int) -> None:
        """How many findings wait for an answer; where nothing wants a decision, how many precautions do."""
        tr = self._tr
        text = tr("No findings")
        if decide:
            text = tr.plural("{count} finding", "{count} findings", decide + precautions)
        elif precautions:
            text = tr.plural("{count} precaution", "{count} precautions", precautions)
        look = ("warning", "hold") if decide else ("question", "accent") if precautions else ("info", "accent")
        self.bar.show_found(text, *look)


def _step_shown(standing: Standing, number: int, title: str, current: bool) -> StepShown:
    state = _SHOWN[standing.state]
    if current and state is Shown.OPEN:
        state = Shown.NOW
    return StepShown(standing.step.id.value, number, title, state)
