"""What the rules say of one record, in a line or two beside it; it is answered in the findings drawer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from needlelog.domain.findings import Finding, Level
from needlelog.domain.session import SessionDraft
from needlelog.rules.considered import considered_of
from ui.toolkit.discard import discard
from ui.toolkit.kit import Kit
from ui.toolkit.labels import IconMark, label, set_tone
from ui.toolkit.theme import SPACE
from ui.widgets.phrases import considered_text, time_text

# icon, text tone, ground
_LOOKS = {
    Level.STOP: ("stop", "stop", "stop"),
    Level.HOLD: ("hold", "hold", "hold"),
    Level.ASK: ("question", "hold", "hold"),
    Level.MISSING: ("missing", "muted", "raised"),
    Level.NOTE: ("info", "muted", "raised"),
}


class FindingLines(QWidget):
    """One tinted line per finding: icon, what it is, and the detail; hidden when there is none."""

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._shown: tuple[tuple[Finding, str], ...] = ()
        self._lines: list[QFrame] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE)
        self.hide()

    def show_findings(self, findings: Sequence[Finding], draft: SessionDraft) -> None:
        """Show these, each with what was answered to it, if anything was."""
        shown = tuple((finding, self._answer(finding, draft)) for finding in findings)
        if shown == self._shown:
            return
        self._shown = shown
        for line in self._lines:
            discard(line)
        self._lines = [self._line(finding, answer) for finding, answer in shown]
        for line in self._lines:
            self._column.addWidget(line)
        self.setVisible(bool(shown))

    def texts(self) -> tuple[str, ...]:
        """The title of each line."""
        return tuple(finding.title for finding, _ in self._shown)

    def _answer(self, finding: Finding, draft: SessionDraft) -> str:
        """The reason it was overridden with, or who considered it; "" while it is open."""
        tr, override = self._kit.tr, draft.override_of(finding.key)
        if override is not None:
            return tr("Overridden: {reason}", reason=override.reason)
        said = considered_of(draft, finding) if finding.is_precaution else None
        return considered_text(tr, said, time_text(said.at, draft.time_zone)) if said is not None else ""

    def _line(self, finding: Finding, answer: str) -> QFrame:
        icon, tone, ground = _LOOKS[finding.level]
        if answer:
            icon, tone, ground = "check", "muted", "raised"
        line = QFrame()
        line.setProperty("surface", ground)
        row = QHBoxLayout(line)
        row.setContentsMargins(SPACE * 2, SPACE, SPACE * 2, SPACE)
        row.setSpacing(SPACE)
        row.addWidget(IconMark(self._kit.theme, icon, tone, 24))
        words = QVBoxLayout()
        words.setSpacing(2)
        title = label(finding.title, "strong", wrap=True)
        set_tone(title, tone)
        words.addWidget(title)
        detail = answer or finding.detail
        if detail:
            words.addWidget(label(detail, "caption", wrap=True))
        row.addLayout(words, 1)
        line.setAccessibleName(f"{finding.title}. {detail}")
        return line
