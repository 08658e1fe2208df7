"""One kept paper as it was given, with who got it when; reprinting it hands over the very same bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtGui import QImage

from needlelog.clock import local
from needlelog.domain.papers import HandOver, Paper, Withdrawal
from needlelog.i18n import record_date, record_time
from needlelog.services.desk import Desk
from ui.screens.paper.frame import PaperFrame
from ui.screens.paper.kinds import FILES
from ui.toolkit.kit import Kit
from ui.toolkit.printing import page_images
from ui.toolkit.screen import ToClient, ToRecord
from ui.toolkit.tasks import Lane
from ui.widgets.handing_over import Called, HandingOver, Kept
from ui.widgets.paper_view import PREVIEW_DPI


@dataclass(frozen=True, slots=True)
class _Read:
    """The bytes of a kept paper, held against their fingerprint, with their pages as pictures."""

    data: bytes
    pages: list[QImage]


class PaperScreen(PaperFrame):
    """The pages on the right, what to do with them on the left."""

    def __init__(self, kit: Kit, desk: Desk, document_id: UUID) -> None:
        self._paper = desk.papers.get(document_id)
        self._read: _Read | None = None
        super().__init__(kit, desk, self._paper.client_id, self._paper.kind, again=True)
        tr, made = kit.tr, local(self._paper.made_at, self._zone)
        self._about.setText(
            tr(
                "Made {day}, {time}. Fingerprint {hash}.",
                day=record_date(made.date()),
                time=record_time(made),
                hash=self._paper.sha256[:12],
            )
        )
        called = Called(self._title_of_paper, tr("Save the paper"), FILES[self._paper.kind])
        kept = Kept(lambda: self._read, self._give, self._why_withdrawn, self._zone)
        HandingOver(self, kit, self.hand_over, called, kept)

    def _kept(self) -> Paper:
        return self._paper

    def _fetch(self) -> None:
        self._kit.tasks.run(self._fetched, self._on_read, self._on_failed, owner=self, lane=Lane.PAPERS)

    def _fetched(self) -> _Read:
        data = self._desk.papers.data(self._paper.id)
        return _Read(data, page_images(data, PREVIEW_DPI))

    def _on_read(self, read: _Read) -> None:
        self._read = read
        self._view.show_pages(read.pages)
        self.hand_over.enable(True)

    def _give(self, _: _Read, how: HandOver, although_withdrawn: bool) -> Callable[[], None]:
        given = self._desk.papers.give_again(self._paper, how, although_withdrawn=although_withdrawn)
        self._show_handed()
        return self.taker_back(self._paper, given)

    def _why_withdrawn(self, _: _Read) -> Withdrawal | None:
        return self._desk.papers.withdrawn(self._paper.session_id).get(self._paper.id)

    def _withdraw(self, paper: Paper, reason: str) -> None:
        flow = None
        if self._paper.session_id in self._open_visits():
            flow, _ = self._desk.sessions.resume(self._paper.session_id)
        self._desk.papers.withdraw(paper, reason, flow)

    def _open_visits(self) -> set[UUID]:
        return {draft.id for draft in self._desk.sessions.open_for(self._paper.client_id)}

    def _on_back_clicked(self) -> None:
        of_visit = self._paper.session_id != self._paper.client_id
        signed = of_visit and self._paper.session_id not in self._open_visits()
        self.go.emit(ToRecord(self._paper.session_id) if signed else ToClient(self._paper.client_id))
