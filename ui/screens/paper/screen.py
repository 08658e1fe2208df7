"""One kept paper as it was given, with who got it when; reprinting it hands over the very same bytes."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from needlelog.clock import local
from needlelog.domain.session import HandOver, PaperKind
from needlelog.errors import Fault
from needlelog.files import write_whole
from needlelog.i18n import record_date, record_time
from needlelog.services.desk import Desk
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label, set_tone
from ui.toolkit.printing import page_images, print_pdf
from ui.toolkit.screen import Screen, ToClient, ToRecord
from ui.toolkit.tasks import Lane
from ui.toolkit.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.client_banner import ClientBanner
from ui.widgets.client_facts import banner_facts
from ui.widgets.paper_view import PREVIEW_DPI, PaperView
from ui.widgets.scroll_column import ScrollColumn

SIDE_WIDTH = 350
_FILES = {
    PaperKind.AFTERCARE: "aftercare.pdf",
    PaperKind.PREPARATION: "preparation.pdf",
    PaperKind.CONSENT: "consent.pdf",
    PaperKind.RECORD: "visit-record.pdf",
    PaperKind.ADVERSE_EVENT: "adverse-event.pdf",
}
"""What a saved paper is called: never after a client."""


class PaperScreen(Screen):
    """The pages on the right, what to do with them on the left."""

    def __init__(self, kit: Kit, desk: Desk, document_id: UUID, parent: QWidget | None = None) -> None:
        super().__init__(kit.tr("Paper"), parent)
        self._kit = kit
        self._desk = desk
        self._paper = desk.papers.get(document_id)
        self._data = b""
        self.client_id = self._paper.client_id
        self._zone = desk.practice.clinic().time_zone
        self._view = PaperView(kit.theme, kit.tr)
        row = QHBoxLayout()
        row.setContentsMargins(SPACE * 3, SPACE * 2, SPACE * 3, SPACE * 2)
        row.setSpacing(SPACE * 2)
        self._side = self._build_side()
        row.addWidget(self._side)
        row.addWidget(self._view, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._build_banner())
        column.addLayout(row, 1)
        self._enable(False)

    def _build_banner(self) -> QFrame:
        client = self._desk.clients.get(self._paper.client_id)
        day = local(self._kit.clock.now(), self._zone).date()
        banner = ClientBanner(self._kit.theme, self._kit.tr)
        banner.show_client(banner_facts(client, day, self._desk.knowledge.ages.values()))
        return banner

    def _build_side(self) -> ScrollColumn:
        tr, theme = self._kit.tr, self._kit.theme
        titles = {
            PaperKind.AFTERCARE: tr("Aftercare sheet"),
            PaperKind.PREPARATION: tr("Preparation sheet"),
            PaperKind.CONSENT: tr("Consent"),
            PaperKind.RECORD: tr("Record of the visit"),
            PaperKind.ADVERSE_EVENT: tr("Adverse event report"),
        }
        self._title_of_paper = titles[self._paper.kind]
        card = Card(self._title_of_paper)
        made = local(self._paper.made_at, self._zone)
        card.add(
            label(
                tr(
                    "Made {day}, {time}. Fingerprint {hash}.",
                    day=record_date(made.date()),
                    time=record_time(made),
                    hash=self._paper.sha256[:12],
                ),
                "body",
                muted=True,
                wrap=True,
            )
        )
        self._print = button(theme, tr("Print again"), "primary", "printer", chair=True)
        self._save = button(theme, tr("Save as PDF"), "secondary", "save")
        back = button(theme, tr("Back"), "secondary", "back")
        self._print.clicked.connect(self._on_print_clicked)
        self._save.clicked.connect(self._on_save_clicked)
        back.clicked.connect(self._on_back_clicked)
        self._said = label("", "body", wrap=True)
        card.add(self._print)
        card.add(self._save)
        card.add(self._said)
        card.add(label(tr("Handed over"), "strong"))
        self._handed = label("", "body", wrap=True)
        card.add(self._handed)
        card.body.addStretch(1)
        card.add(back)
        side = ScrollColumn(self._title_of_paper, margins=(0, 0, SPACE, 0))
        side.column.takeAt(0)
        side.column.addWidget(card, 1)
        return side

    def activate(self) -> None:
        """Read the bytes, hold them against their fingerprint, and show the pages."""
        self._show_handed()
        self._side.setFixedWidth(max(SIDE_WIDTH, self._side.minimumSizeHint().width()))
        self._kit.tasks.run(self._read, self._on_read, self._on_failed, owner=self, lane=Lane.PAPERS)

    def _read(self) -> tuple[bytes, list[QImage]]:
        data = self._desk.papers.data(self._paper.id)
        return data, page_images(data, PREVIEW_DPI)

    def _on_read(self, read: tuple[bytes, list[QImage]]) -> None:
        self._data, pages = read
        self._view.show_pages(pages)
        self._enable(True)

    def _on_failed(self, fault: Fault) -> None:
        self._enable(bool(self._data))
        self._said.setText(str(self._kit.tr.fault(fault)))
        set_tone(self._said, "stop")

    def _enable(self, on: bool) -> None:
        self._print.setEnabled(on)
        self._save.setEnabled(on)

    def _show_handed(self) -> None:
        tr = self._kit.tr
        words = {HandOver.PRINTED: tr("printed"), HandOver.SAVED: tr("saved as PDF"), HandOver.SHOWN: tr("shown")}
        lines = []
        for given in self._desk.papers.hand_overs(self._paper.id):
            at = local(given.at, self._zone)
            lines.append(
                tr(
                    "{day} {time}, {how} by {name}",
                    day=record_date(at.date()),
                    time=record_time(at),
                    how=words[given.how],
                    name=given.by,
                )
            )
        self._handed.setText("\n".join(lines) or tr("Not yet"))

    def _on_print_clicked(self) -> None:
        print_pdf(
            self,
            self._data,
            self._kit.dialogs,
            self._kit.tasks,
            lambda _printer: self._given(HandOver.PRINTED),
            self._on_failed,
            self._title_of_paper,
        )

    def _on_save_clicked(self) -> None:
        tr = self._kit.tr
        file = _FILES[self._paper.kind]
        path = self._kit.dialogs.save_path(self, tr("Save the paper"), file, tr("PDF files (*.pdf)"))
        if path is None:
            return
        try:
            write_whole(path, self._data)
        except Fault as fault:
            self._on_failed(fault)
            return
        self._given(HandOver.SAVED)

    def _given(self, how: HandOver) -> None:
        try:
            self._desk.papers.give_again(self._paper, how)
        except Fault as fault:
            self._on_failed(fault)
            return
        self._said.setText("")
        self._show_handed()

    def _on_back_clicked(self) -> None:
        open_here = {draft.id for draft in self._desk.sessions.open_for(self._paper.client_id)}
        of_visit = self._paper.session_id != self._paper.client_id
        signed = of_visit and self._paper.session_id not in open_here
        self.go.emit(ToRecord(self._paper.session_id) if signed else ToClient(self._paper.client_id))
