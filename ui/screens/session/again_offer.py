"""What a repeated visit may record at one tap: all of it in words on the card, from the lots in use now."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from needlelog.domain.findings import Finding
from needlelog.domain.session import SessionDraft
from ui.screens.session.finding_lines import FindingLines
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.plain import caption
from ui.toolkit.theme import SPACE


class AgainOffer(QFrame):
    """Where the rules hold something against it, that stands in place of the one tap: it is recorded piece by piece."""

    taken = Signal()
    begun = Signal()
    """It begins now, where ``taken`` says that it is over."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.setProperty("surface", "card")
        self._title = label("", "heading", wrap=True)
        self._lines = label("", "body", wrap=True)
        self._against = FindingLines(kit)
        self.take = button(kit.theme, "", "primary", "repeat", chair=True)
        self.take.clicked.connect(self.taken)
        self.begin = button(kit.theme, "", "secondary", "timer")
        self.begin.clicked.connect(self.begun)
        verbs = QVBoxLayout()
        verbs.setSpacing(SPACE)
        verbs.addWidget(self.take)
        verbs.addWidget(self.begin)
        words = QVBoxLayout()
        words.setSpacing(SPACE // 2)
        words.addStretch(1)
        words.addWidget(self._title)
        words.addWidget(self._lines)
        words.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(SPACE * 2)
        row.addLayout(words, 1)
        row.addLayout(verbs)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 3, SPACE, SPACE * 2, SPACE)
        column.setSpacing(SPACE)
        column.addLayout(row)
        column.addWidget(self._against)
        self.hide()

    def show_offer(
        self,
        title: str,
        lines: Sequence[str],
        verbs: tuple[str, str],
        against: Sequence[Finding],
        draft: SessionDraft,
        *,
        lots: str = "",
    ) -> None:
        """Offer this, saying of its ``lots`` whether they are those of then; ``against`` it nothing is one tap.

        ``verbs`` are what the tap says, and what the one for something that only begins does ("" for none).
        """
        verb, begins = verbs
        self._title.setText(title)
        self._lines.setText("\n".join(lines))
        self.take.setText(caption("\n".join(one for one in (verb, lots) if one)))
        self.take.setAccessibleName(verb)
        self.take.setAccessibleDescription("\n".join(one for one in (title, *lines, lots) if one))
        self.take.setVisible(not against)
        self.begin.setText(caption(begins))
        self.begin.setAccessibleName(begins)
        self.begin.setAccessibleDescription(self.take.accessibleDescription())
        self.begin.setVisible(bool(begins) and not against)
        self._against.show_findings(against, draft)
        self.setAccessibleName(", ".join((title, *lines)))
        self.show()
