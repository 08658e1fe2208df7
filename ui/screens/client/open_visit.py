"""A visit that is not signed yet, as the client's page offers it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from needlelog.domain.session import DraftSummary
from needlelog.workflow.steps import SESSION_STEPS
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import IconMark, label
from ui.widgets.phrases import moment_text
from ui.widgets.tap_card import TapCard


class OpenVisitCard(TapCard):
    """When it was begun and where it was left; tapped anywhere it is resumed."""

    discard_asked = Signal()

    def __init__(self, kit: Kit, draft: DraftSummary, zone: str) -> None:
        tr, theme = kit.tr, kit.theme
        step = next(tr(one.title) for one in SESSION_STEPS if one.id is draft.step)
        when = moment_text(draft.started_at, zone)
        name = tr("Open visit, started {when}", when=when)
        super().__init__(theme, name, accent="hold")
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(IconMark(theme, "history", "hold", 28))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(tr("Open since {when}", when=when), "strong", wrap=True))
        words.addWidget(label(tr("Left at {step}; not signed yet", step=step), "body", muted=True, wrap=True))
        row.addLayout(words, 1)
        self.discard = button(theme, tr("Discard…"), "quiet")
        self.discard.setAccessibleName(tr("Discard: {visit}", visit=name))
        self.discard.clicked.connect(self.discard_asked)
        self.resume = button(theme, tr("Resume"), "secondary", "next")
        self.resume.clicked.connect(self.chosen)
        row.addWidget(self.discard)
        row.addWidget(self.resume)
        self.body.addLayout(row)
