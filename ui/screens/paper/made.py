"""A paper made from a visit as it stands now: looked at first, and kept for good once it is handed over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtGui import QImage

from needlelog.domain.papers import HandOver, Paper, PaperKind, Withdrawal
from needlelog.domain.session import SessionDraft
from needlelog.domain.signed import SignedSession
from needlelog.services.desk import Desk
from needlelog.services.kept_papers import Sheet
from ui.screens.paper.frame import PaperFrame
from ui.screens.paper.kinds import FILES
from ui.toolkit.kit import Kit
from ui.toolkit.printing import page_images
from ui.toolkit.screen import ToRecord, ToSession
from ui.toolkit.tasks import Lane
from ui.widgets.handing_over import Called, HandingOver, Kept
from ui.widgets.paper_view import PREVIEW_DPI


@dataclass(frozen=True, slots=True)
class _Made:
    """A paper with its pages as pictures."""

    sheet: Sheet
    pages: list[QImage]

    @property
    def data(self) -> bytes:
        """The whole PDF."""
        return self.sheet.data


class VisitPaperScreen(PaperFrame):
    """The record of a signed visit, or the consent of any."""

    def __init__(self, kit: Kit, desk: Desk, session_id: UUID, kind: PaperKind) -> None:
        self._kind = kind
        self._open = session_id in {draft.id for draft in desk.sessions.open()}
        self._visit: SessionDraft | SignedSession = _visit(desk, session_id, opened=self._open)
        draft = self._visit.draft if isinstance(self._visit, SignedSession) else self._visit
        self._made: _Made | None = None
        super().__init__(kit, desk, draft.client_id, kind, again=False)
        tr = kit.tr
        self._about.setText(
            tr("Made from the visit as it stands. It is kept, byte for byte, once it is handed over.")
            if not self._open
            else tr("The visit is not signed yet, so no seal covers this paper. Print it again after signing.")
        )
        called = Called(self._title_of_paper, tr("Save the paper"), FILES[kind])
        kept = Kept(lambda: self._made, self._give, self._why_withdrawn, self._zone)
        HandingOver(self, kit, self.hand_over, called, kept)

    def _kept(self) -> Paper | None:
        return self._desk.papers.kept_as(self._made.sheet) if self._made else None

    def _fetch(self) -> None:
        self._kit.tasks.run(self._make, self._on_made, self._on_failed, owner=self, lane=Lane.PAPERS)

    def _make(self) -> _Made:
        sheet = self._sheet()
        return _Made(sheet, page_images(sheet.data, PREVIEW_DPI))

    def _sheet(self) -> Sheet:
        desk, visit = self._desk, self._visit
        if self._kind is PaperKind.RECORD and isinstance(visit, SignedSession):
            return desk.papers.record(visit, desk.follow_ups.after(visit).record, desk.adverse_events.of(visit))
        draft = visit.draft if isinstance(visit, SignedSession) else visit
        return desk.papers.consent(visit, desk.clients.get(draft.client_id))

    def _on_made(self, made: _Made) -> None:
        self._made = made
        self._view.show_pages(made.pages)
        self.hand_over.enable(True)
        self._show_handed()

    def _give(self, made: _Made, how: HandOver, although_withdrawn: bool) -> Callable[[], None]:
        paper = self._desk.papers.give_made(made.sheet, how, although_withdrawn=although_withdrawn)
        self._show_handed()
        return self.taker_back(paper, self._desk.papers.hand_overs(paper.id)[-1])

    def _why_withdrawn(self, made: _Made) -> Withdrawal | None:
        kept = self._desk.papers.kept_as(made.sheet)
        return self._desk.papers.withdrawn(kept.session_id).get(kept.id) if kept else None

    def _on_back_clicked(self) -> None:
        self.go.emit(ToSession(self._visit.id) if self._open else ToRecord(self._visit.id))


def _visit(desk: Desk, session_id: UUID, *, opened: bool) -> SessionDraft | SignedSession:
    """The visit, open or signed; raises ``Fault``."""
    if opened:
        flow, _ = desk.sessions.resume(session_id)
        return flow.draft
    return desk.history.visit(session_id)
