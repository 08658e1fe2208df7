"""Red flags in words: what was said, what is done, whom to call, and where that stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from needlelog.domain.findings import Source
from needlelog.domain.follow_up import RedFlag
from ui.toolkit.discard import clear
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label, set_tone
from ui.toolkit.theme import SPACE

SOURCES_SHOWN = 2


class RedFlags(QWidget):
    """Grouped by what is done about them, the most urgent first; ``cited`` says how people name a source."""

    def __init__(self, kit: Kit, phone: str, emergency: str, cited: Callable[[Source], str]) -> None:
        super().__init__()
        self._kit = kit
        self._cited = cited
        self._phone = phone
        self._emergency = emergency
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)

    def show_flags(self, flags: Sequence[RedFlag]) -> None:
        """Show these, as they were judged."""
        clear(self._column)
        tr = self._kit.tr
        for action in dict.fromkeys(flag.action for flag in flags):
            group = [flag for flag in flags if flag.action == action]
            self._column.addWidget(self._group(group))
        if flags and self._phone:
            self._column.addWidget(label(tr("Client: {phone}", phone=self._phone), "strong", wrap=True))

    def _group(self, group: Sequence[RedFlag]) -> QWidget:
        tr, first = self._kit.tr, group[0]
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        title = label(tr(first.action_title), "strong", wrap=True)
        set_tone(title, "stop")
        column.addWidget(title)
        column.addWidget(label(tr(first.action_text), "body", wrap=True))
        column.addWidget(label(self._whom(first), "strong", wrap=True))
        for flag in group:
            column.addSpacing(SPACE // 2)
            column.addWidget(label(flag.title, "strong", wrap=True))
            column.addWidget(label(flag.detail, "body", wrap=True))
        named = list(dict.fromkeys(self._cited(source) for flag in group for source in flag.sources))
        if named:
            # An address has no blanks to break at; a mark of no width after each slash lets it wrap.
            said = "; ".join(one.replace("/", "/\u200b") for one in named[:SOURCES_SHOWN])
            more = len(named) - SOURCES_SHOWN
            if more > 0:
                said = tr("{sources} and {count} more", sources=said, count=more)
            column.addWidget(label(tr("Source: {source}", source=said), "caption", muted=True, wrap=True))
        return holder

    def _whom(self, flag: RedFlag) -> str:
        tr = self._kit.tr
        if flag.call == "emergency":
            number = self._emergency
            return tr("Call {number}", number=number) if number else tr("Call the emergency number")
        if flag.call == "dermatologist":
            return tr("Call: a dermatologist")
        return tr("Call: the doctor of the clinic, or the client's own")
