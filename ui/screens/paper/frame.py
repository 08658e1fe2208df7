"""What every page with one paper has: whose it is above, what to do with it on the left, its pages on the right."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from needlelog.clock import local
from needlelog.domain.papers import HandOver, Paper, PaperKind, SheetGiven
from needlelog.errors import Fault
from needlelog.i18n import Words
from needlelog.services.desk import Desk
from ui.screens.paper.kinds import title_of
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.screen import Screen
from ui.toolkit.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.client_banner import ClientBanner
from ui.widgets.client_facts import banner_facts
from ui.widgets.hand_over_card import HandOverCard
from ui.widgets.notice import Notice
from ui.widgets.paper_view import PaperView
from ui.widgets.phrases import moment_text, withdrawn_text
from ui.widgets.scroll_column import ScrollColumn
from ui.widgets.withdrawing import ask_why_withdrawn

SIDE_WIDTH = 350


class PaperFrame(Screen):
    """Fills itself with a paper's parts; whoever derives from it says which paper, and hands it over."""

    def __init__(self, kit: Kit, desk: Desk, client_id: UUID, kind: PaperKind, *, again: bool) -> None:
        super().__init__(kit.tr("Paper"))
        self._kit = kit
        self._desk = desk
        self.client_id = self._of = client_id
        self._zone = desk.practice.clinic().time_zone
        self._title_of_paper = title_of(kit.tr, kind)
        self._view = PaperView(kit.theme, kit.tr)
        self.hand_over = HandOverCard(kit, again=again)
        self.hand_over.withdraw_asked.connect(self._on_withdraw)
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
        self.hand_over.enable(False)

    def _build_banner(self) -> QFrame:
        client = self._desk.clients.get(self._of)
        day = local(self._kit.clock.now(), self._zone).date()
        banner = ClientBanner(self._kit.theme, self._kit.tr)
        banner.show_client(banner_facts(client, day, self._desk.knowledge.ages.values()))
        return banner

    def _build_side(self) -> ScrollColumn:
        tr, theme = self._kit.tr, self._kit.theme
        card = Card(self._title_of_paper)
        self._about = label("", "body", muted=True, wrap=True)
        self.withdrawn = Notice(theme, "hold", slim=True)
        card.add(self._about)
        card.add(self.withdrawn)
        card.add(label(tr("Handed over"), "strong"))
        self._handed = label("", "body", wrap=True)
        card.add(self._handed)
        card.body.addStretch(1)
        back = button(theme, tr("Back"), "secondary", "back")
        back.clicked.connect(self._on_back_clicked)
        card.add(back)
        side = ScrollColumn(self._title_of_paper, margins=(0, 0, SPACE, 0))
        side.column.takeAt(0)
        side.column.addWidget(self.hand_over)
        side.column.addWidget(card, 1)
        return side

    def activate(self) -> None:
        """Show what is known, then fetch the pages."""
        self._show_handed()
        self._side.setFixedWidth(max(SIDE_WIDTH, self._side.minimumSizeHint().width()))
        self._fetch()

    def _fetch(self) -> None:
        """Fetch the pages off this thread and show them."""
        raise NotImplementedError

    def _kept(self) -> Paper | None:
        """The paper as it is kept; None while it is not."""
        raise NotImplementedError

    def _on_back_clicked(self) -> None:
        raise NotImplementedError

    def _withdraw(self, paper: Paper, reason: str) -> None:
        self._desk.papers.withdraw(paper, reason)

    def taker_back(self, paper: Paper, given: SheetGiven) -> Callable[[], None]:
        """How this hand-over is taken back where the tap was a wrong one."""

        def take_back() -> None:
            self._desk.papers.take_back(paper, given)
            self._show_handed()

        return take_back

    def _on_failed(self, fault: Fault) -> None:
        self.hand_over.enable(False)
        self.hand_over.say(str(self._kit.tr.fault(fault)), "stop")

    def _show_handed(self) -> None:
        kept = self._kept()
        given = self._desk.papers.hand_overs(kept.id) if kept else ()
        lines = []
        for one in given:
            if one.withdrawn and one.withdrawn.slip:
                continue
            at = moment_text(one.at, self._zone)
            said = self._kit.tr("{day}, {how} by {name}", day=at, how=how_given(self._kit.tr, one.how), name=one.by)
            lines.append(self._kit.tr("{said} (withdrawn)", said=said) if one.withdrawn else said)
        self._handed.setText("\n".join(lines) or self._kit.tr("Not yet"))
        why = self._desk.papers.withdrawn(kept.session_id).get(kept.id) if kept else None
        self.withdrawn.say(withdrawn_text(self._kit.tr, why, self._zone) if why and not why.slip else "")
        self.hand_over.offer_withdrawal(kept is not None and why is None)

    def _on_withdraw(self) -> None:
        kept = self._kept()
        reason = ask_why_withdrawn(self._kit, self, self._title_of_paper) if kept else None
        if kept is None or not reason:
            return
        try:
            self._withdraw(kept, reason)
        except Fault as fault:
            self._kit.dialogs.tell(self, self._kit.tr.fault(fault))
        self._show_handed()


def how_given(tr: Words, how: HandOver) -> str:
    """How a paper was handed over, within a sentence."""
    return {HandOver.PRINTED: tr("printed"), HandOver.SAVED: tr("saved as PDF"), HandOver.SHOWN: tr("shown")}[how]
