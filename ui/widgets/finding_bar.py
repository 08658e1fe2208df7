"""What the rules found: each with its level as icon and word, its source, and the way to its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from needlelog.i18n import Words
from ui.toolkit.buttons import button
from ui.toolkit.discard import discard
from ui.toolkit.labels import IconMark, label
from ui.toolkit.theme import Theme


class FindingLevel(StrEnum):
    """How much it matters, worst first."""

    STOP = "stop"
    HOLD = "hold"
    ASK = "ask"
    MISSING = "missing"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class FindingShown:
    """One finding; ``overridden`` is the reason it was overridden with."""

    key: str
    level: FindingLevel
    title: str
    detail: str = ""
    source: str = ""
    can_show: bool = False
    can_override: bool = False
    can_read: bool = False
    overridden: str = ""


_LOOK = {
    FindingLevel.STOP: ("stop", "stop", "stop"),
    FindingLevel.HOLD: ("hold", "hold", "hold"),
    FindingLevel.ASK: ("question", "hold", "hold"),
    FindingLevel.MISSING: ("missing", "muted", "raised"),
    FindingLevel.NOTE: ("info", "accent", "accent"),
}


class FindingList(QWidget):
    """Findings from worst to least; ``go_to``, ``override`` and ``read`` carry the key of the one tapped."""

    go_to = Signal(str)
    override = Signal(str)
    read = Signal(str)

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self._shown: tuple[FindingShown, ...] = ()
        self._rows: dict[str, QFrame] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.setAccessibleName(words("Findings"))

    def show_findings(self, findings: Sequence[FindingShown]) -> None:
        """Show these, the worst first; the same list again changes nothing."""
        ranked = tuple(sorted(findings, key=lambda finding: list(FindingLevel).index(finding.level)))
        if ranked == self._shown:
            return
        self._shown = ranked
        for row in self._rows.values():
            discard(row)
        self._rows = {finding.key: self._row(finding) for finding in ranked}
        for row in self._rows.values():
            self._column.addWidget(row)

    def row(self, key: str) -> QFrame:
        """The row of this finding."""
        return self._rows[key]

    def word(self, level: FindingLevel) -> str:
        """The level as people read it."""
        tr = self._words
        return {
            FindingLevel.STOP: tr("Stop"),
            FindingLevel.HOLD: tr("Hold"),
            FindingLevel.ASK: tr("Ask"),
            FindingLevel.MISSING: tr("Missing"),
            FindingLevel.NOTE: tr("Note"),
        }[level]

    def _row(self, finding: FindingShown) -> QFrame:
        icon, token, ground = _LOOK[finding.level]
        if finding.overridden:
            icon, token, ground = "check", "muted", "raised"
        row = _Row(self._theme)
        row.setProperty("surface", ground)
        row.setAccessibleName(f"{self.word(finding.level)}: {finding.title}")
        told = QHBoxLayout()
        told.setSpacing(12)
        told.addWidget(IconMark(self._theme, icon, token, 24))
        told.addLayout(self._text(finding, token), 1)
        row.line.addLayout(told, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        row.line.addLayout(buttons)
        if finding.can_show:
            buttons.addWidget(self._button(finding, self._words("Show"), self.go_to))
        if finding.can_read:
            buttons.addWidget(self._button(finding, self._words("Sources"), self.read))
        if finding.can_override and not finding.overridden:
            buttons.addWidget(self._button(finding, self._words("Override"), self.override))
        return row

    def _text(self, finding: FindingShown, token: str) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(8)
        level = label(self.word(finding.level), "strong")
        level.setProperty("tone", token)
        level.setAlignment(Qt.AlignmentFlag.AlignTop)
        head.addWidget(level)
        head.addWidget(label(finding.title, "strong", wrap=True), 1)
        column.addLayout(head)
        if finding.detail:
            column.addWidget(label(finding.detail, "body", wrap=True))
        if finding.overridden:
            reason = self._words("Overridden: {reason}", reason=finding.overridden)
            column.addWidget(label(reason, "body", wrap=True))
        if finding.source:
            source = self._words("Source: {source}", source=finding.source)
            column.addWidget(label(source, "caption", muted=True, wrap=True))
        column.addStretch(1)
        return column

    def _button(self, finding: FindingShown, text: str, signal: SignalInstance) -> QWidget:
        made = button(self._theme, text)
        made.setAccessibleName(f"{text}: {finding.title}")
        made.clicked.connect(lambda: signal.emit(finding.key))
        return made


class _Row(QFrame):
    """Buttons beside the words, or below them where the row is narrow."""

    BESIDE_FROM = 560

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        # Below at first: beside, three buttons would make a narrow place wide enough to stay beside.
        self.line = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self.line.setContentsMargins(16, 12, 12, 12)
        self.line.setSpacing(12)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = event.size().width() >= self._theme.px(self.BESIDE_FROM)
        self.line.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
