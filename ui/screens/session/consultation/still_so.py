"""What is known before anybody asks, read out once and confirmed at one tap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from needlelog.domain.partial_date import record_partial_date
from needlelog.domain.session import ScreeningAnswer
from needlelog.i18n import Words, record_date
from needlelog.rules.carried import Carried
from ui.toolkit.buttons import button
from ui.toolkit.discard import clear
from ui.toolkit.kit import Kit
from ui.toolkit.labels import IconMark, label
from ui.toolkit.theme import SPACE, TARGET
from ui.widgets.card import Card
from ui.widgets.flow_layout import FlowLayout


class KnownLines(QWidget):
    """What weighs stands line by line; what was denied stands close together. Each has the way to its question."""

    question_wanted = Signal(str)
    """The id of a question whose answer is different today."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)

    def show_known(self, known: Mapping[str, Carried], answers: Mapping[str, ScreeningAnswer]) -> None:
        """Show what is known, and which of it has its answer of today."""
        tr = self._kit.tr
        clear(self._lines)
        denied = [one for one in known.values() if one.answer == "no"]
        for one in known.values():
            if one.answer != "no":
                self._lines.addWidget(self._line(one, answers.get(one.entry.id)))
        if denied:
            day = record_date(max(one.known_on for one in denied))
            self._lines.addSpacing(SPACE // 2)
            self._lines.addWidget(self._denied(tr("Denied on {day}; tap what is different:", day=day), denied))

    def _denied(self, said: str, denied: Sequence[Carried]) -> QWidget:
        tr = self._kit.tr
        made = QWidget()
        flow = FlowLayout(made, spacing=SPACE // 2)
        text = label(said, "body", muted=True)
        text.setMinimumHeight(TARGET)
        flow.addWidget(text)
        for one in denied:
            title = tr(one.entry.title)
            key = button(self._kit.theme, title, "quiet")
            key.setProperty("word", "true")
            key.setAccessibleName(tr("Different today: {question}", question=title))
            key.clicked.connect(partial(self.question_wanted.emit, one.entry.id))
            flow.addWidget(key)
        return made

    def _line(self, one: Carried, answer: ScreeningAnswer | None) -> QWidget:
        tr = self._kit.tr
        line = QFrame()
        line.setProperty("surface", "row")
        row = QHBoxLayout(line)
        row.setContentsMargins(0, SPACE // 2, 0, SPACE // 2)
        row.setSpacing(SPACE)
        mark = IconMark(self._kit.theme, "check" if answer else "question", "ok" if answer else "hold", 20)
        mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row.addWidget(mark)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(tr(one.entry.title), "lead", wrap=True))
        words.addWidget(label("; ".join(known_in_words(tr, one)), "body", muted=True, wrap=True))
        row.addLayout(words, 1)
        change = button(self._kit.theme, tr("Different today"), "quiet")
        change.setAccessibleName(tr("Different today: {question}", question=tr(one.entry.title)))
        change.clicked.connect(lambda: self.question_wanted.emit(one.entry.id))
        row.addWidget(change)
        return line


class StillSo(QWidget):
    """The lines, and the one tap that confirms them."""

    confirmed = Signal()
    question_wanted = Signal(str)
    """The id of a question whose answer is different today."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self.confirm = button(kit.theme, kit.tr("Read out: still so"), "primary", "check")
        self.confirm.clicked.connect(self.confirmed)
        card = Card(kit.tr("On file and from the last visit"), self.confirm)
        self._lines = KnownLines(kit)
        self._lines.question_wanted.connect(self.question_wanted)
        card.add(self._lines)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.addStretch(1)

    def show_known(self, known: Mapping[str, Carried], answers: Mapping[str, ScreeningAnswer]) -> None:
        """Show what is known, and which of it has its answer of today."""
        tr = self._kit.tr
        self._lines.show_known(known, answers)
        left = any(one not in answers for one in known)
        self.confirm.setEnabled(left)
        self.confirm.setText(tr("Read out: still so") if left else tr("Confirmed"))


def known_in_words(tr: Words, one: Carried) -> list[str]:
    """What the file or the last visit says, with its days."""
    if not one.facts:
        said = tr("Yes on {day}", day=record_date(one.known_on))
        ended = tr("ended {day}", day=record_partial_date(one.ended)) if one.ended else ""
        return [", ".join(part for part in (said, ended) if part)]
    found: list[str] = []
    for fact in one.facts:
        if fact.until:
            found.append(tr("On file: {fact}, until {day}", fact=fact.text, day=record_partial_date(fact.until)))
        else:
            since = record_partial_date(fact.since) if fact.since else record_date(fact.noted_on)
            found.append(tr("On file since {day}: {fact}", day=since, fact=fact.text))
    return found
