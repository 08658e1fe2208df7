"""What the rules found: each with its level as icon and word, its source, and the way to its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from needlelog.domain.findings import Level, level_word
from needlelog.i18n import Words
from ui.toolkit.buttons import button
from ui.toolkit.discard import discard
from ui.toolkit.labels import IconMark, label
from ui.toolkit.theme import Theme


@dataclass(frozen=True, slots=True)
class FindingShown:
    """One finding; ``overridden`` is the reason it was overridden with, ``considered`` says by whom and when."""

    key: str
    level: Level
    title: str
    detail: str = ""
    source: str = ""
    can_show: bool = False
    can_override: bool = False
    can_read: bool = False
    can_consider: bool = False
    overridden: str = ""
    considered: str = ""
    note: str = ""

    @property
    def answered(self) -> bool:
        """Whether nothing more is wanted of anybody."""
        return bool(self.overridden or self.considered)


_LOOK = {
    Level.STOP: ("stop", "stop", "stop"),
    Level.HOLD: ("hold", "hold", "hold"),
    Level.ASK: ("question", "hold", "hold"),
    Level.MISSING: ("missing", "muted", "raised"),
    Level.NOTE: ("info", "accent", "accent"),
}


class FindingList(QWidget):
    """Findings from worst to least; each signal carries the key of the one tapped."""

    go_to = Signal(str)
    override = Signal(str)
    read = Signal(str)
    consider = Signal(str)
    note = Signal(str)
    take_back = Signal(str)
    """A precaution that was considered is to be open again."""

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
        ranked = tuple(sorted(findings, key=lambda finding: list(Level).index(finding.level)))
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

    def focus_first(self) -> bool:
        """Put the focus on the last button of the first finding, which answers it; False where there is none."""
        buttons = [made for row in list(self._rows.values())[:1] for made in row.findChildren(QPushButton)]
        if buttons:
            buttons[-1].setFocus(Qt.FocusReason.OtherFocusReason)
        return bool(buttons)

    def _row(self, finding: FindingShown) -> QFrame:
        icon, token, ground = _LOOK[finding.level]
        if finding.answered:
            icon, token, ground = "check", "muted", "raised"
        row = _Row(self._theme)
        row.setProperty("surface", ground)
        row.setAccessibleName(f"{level_word(finding.level, self._words)}: {finding.title}")
        told = QHBoxLayout()
        told.setSpacing(12)
        told.addWidget(IconMark(self._theme, icon, token, 24))
        told.addLayout(self._text(finding, token), 1)
        row.line.addLayout(told, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        row.line.addLayout(buttons)
        verbs = list(self._verbs(finding))
        asks = not finding.answered and (finding.can_consider or finding.can_override)
        for at, (text, signal) in enumerate(verbs, 1):
            # What leads to more of it stays behind what answers it.
            kind = "quiet" if asks and at < len(verbs) else "secondary"
            buttons.addWidget(self._button(finding, text, signal, kind))
        return row

    def _verbs(self, finding: FindingShown) -> Iterator[tuple[str, SignalInstance]]:
        """What can be done about it; what answers it stands last."""
        tr = self._words
        if finding.can_show:
            yield tr("Show"), self.go_to
        if finding.can_read:
            yield tr("Sources"), self.read
        if finding.considered and finding.can_consider:
            yield tr("Take back"), self.take_back
            yield tr("Change the note") if finding.note else tr("Add a note"), self.note
        elif finding.can_consider and not finding.considered:
            yield tr("I have considered this"), self.consider
        elif finding.can_override and not finding.overridden:
            yield tr("Override"), self.override

    def _text(self, finding: FindingShown, token: str) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(8)
        level = label(level_word(finding.level, self._words), "strong")
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
        for said in filter(None, (finding.considered, finding.note)):
            column.addWidget(label(said, "body", wrap=True))
        if finding.source:
            source = self._words("Source: {source}", source=finding.source)
            column.addWidget(label(source, "caption", muted=True, wrap=True))
        column.addStretch(1)
        return column

    def _button(self, finding: FindingShown, text: str, signal: SignalInstance, kind: str) -> QWidget:
        made = button(self._theme, text, kind)
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
