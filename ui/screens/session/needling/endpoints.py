"""Which passes a question about the endpoint means, and the one place where all that are missing are asked."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from needlelog.domain.treatment import Endpoint, NeedlingPass
from needlelog.workflow.passes import awaiting_endpoint, runs, unstated
from ui.screens.session.needling.endpoint_panel import EndpointPanel
from ui.screens.session.needling.recording import Recording
from ui.screens.session.presenter import SessionPresenter


class Endpoints(QObject):
    """Fills ``panel``. A statement stays open to another tap until something else is chosen."""

    said = Signal()
    """Something was stated."""

    def __init__(self, panel: EndpointPanel, presenter: SessionPresenter, recording: Recording) -> None:
        super().__init__(panel)
        self.panel = panel
        self._presenter = presenter
        self._recording = recording
        self._stated: frozenset[UUID] = frozenset()
        self._asked: frozenset[UUID] = frozenset()
        self._come_back = False
        panel.stated.connect(self._state)

    def forget(self) -> None:
        """Something else is chosen: what was stated is not asked about any more."""
        self._stated, self._come_back = frozenset(), False

    def come_back(self) -> None:
        """Somebody comes back to the step: whatever is missing is asked about, until something else is chosen."""
        self._come_back = True

    def missing(self) -> bool:
        """Whether of any pass nobody has said what was seen."""
        return bool(unstated(self._presenter.draft.needling))

    def asked_about(self, zones: frozenset[str]) -> tuple[NeedlingPass, ...]:
        """The passes over these zones of which nothing was said; else those of the statement just made.

        Without a zone, and for whoever comes back to the step, those over any zone.
        """
        needling = self._presenter.draft.needling
        waiting = awaiting_endpoint(needling, zones)
        if not waiting and (self._come_back or not zones):
            waiting = awaiting_endpoint(needling, {one.zone for one in needling.passes})
        return waiting or tuple(one for one in needling.passes if one.id in self._stated)

    def state_of(self, zones: frozenset[str], seen: Endpoint) -> None:
        """State what was seen of the passes that are asked about."""
        about = self.asked_about(zones)
        if about and self._state(about, seen):
            self._stated = frozenset(one.id for one in about)

    def state_one(self, pass_id: UUID, seen: Endpoint) -> None:
        """State or put right what was seen of one pass."""
        self._state((one for one in self._presenter.draft.needling.passes if one.id == pass_id), seen)

    def ask_all(self, zones: frozenset[str] = frozenset()) -> None:
        """Fill the panel with every pass that lacks its endpoint, and those asked about over ``zones``."""
        about = frozenset(one.id for one in self.asked_about(zones))
        self._asked = unstated(self._presenter.draft.needling) | about
        self.panel.begin()
        self.show()

    def show(self) -> None:
        """Paint what was asked as it stands in the draft now."""
        draft = self._presenter.draft
        asked = self._asked | unstated(draft.needling)
        self.panel.show_runs(runs(draft.needling, asked), draft.time_zone)

    def _state(self, about: Iterable[NeedlingPass], seen: Endpoint) -> bool:
        stated = self._recording.state(about, seen)
        if stated:
            self.said.emit()
        return stated
