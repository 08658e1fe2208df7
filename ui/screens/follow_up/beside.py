"""Beside the answer: red flags with what to do and whom to call, and each grade held against the one before."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from needlelog.domain.findings import Source
from needlelog.domain.follow_up import RedFlag
from needlelog.knowledge.model import Knowledge
from needlelog.rules.follow_up import Comparison, Reading
from ui.toolkit.discard import clear
from ui.toolkit.kit import Kit
from ui.toolkit.labels import IconMark, label, set_tone
from ui.toolkit.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.phrases import moment_text
from ui.widgets.red_flags import RedFlags


class RedFlagCard(QFrame):
    """Hidden while nothing is red; the program never says that nothing is."""

    def __init__(self, kit: Kit, phone: str, emergency: str, cited: Callable[[Source], str]) -> None:
        super().__init__()
        self.setProperty("surface", "stop")
        self.flags = RedFlags(kit, phone, emergency, cited)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        mark = IconMark(kit.theme, "warning", "stop", 28)
        mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        head.addWidget(mark)
        title = label(kit.tr("Red flag"), "heading")
        set_tone(title, "stop")
        head.addWidget(title, 1)
        column.addLayout(head)
        column.addWidget(self.flags)
        self.hide()

    def show_flags(self, flags: Sequence[RedFlag]) -> None:
        """Show these."""
        self.flags.show_flags(flags)
        self.setVisible(bool(flags))


class ComparedCard(Card):
    """Each grade beside the reading before, and the end of the time in which it is expected."""

    def __init__(self, kit: Kit, knowledge: Knowledge, zone: str) -> None:
        super().__init__(kit.tr("Compared"))
        self._kit = kit
        self._knowledge = knowledge
        self._zone = zone
        self.body.setSpacing(12)
        outer = self.layout()
        if outer is not None:
            outer.setContentsMargins(20, 14, 20, 16)

    def show_compared(self, compared: Sequence[Comparison], earlier: Sequence[Reading]) -> None:
        """Show these; without a grade yet, what the last reading was."""
        clear(self.body)
        tr = self._kit.tr
        if not compared:
            last = earlier[-1] if earlier else None
            if last is None:
                said = tr("Nothing was graded before.")
            elif last.none:
                said = tr("None observed {when}.", when=moment_text(last.at, self._zone))
            else:
                grades = ", ".join(
                    self._graded(one.reaction, one.scale, one.grade, one.zone) for one in last.observations
                )
                said = tr("{when}: {grades}", when=moment_text(last.at, self._zone), grades=grades)
            self.add(label(tr("Last reading"), "caption", muted=True))
            self.add(label(said, "body", wrap=True))
            return
        for one in compared:
            self.add(self._row(one))

    def _row(self, one: Comparison) -> QWidget:
        tr = self._kit.tr
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        now = one.now
        column.addWidget(label(self._graded(now.reaction, now.scale, now.grade, now.zone), "strong", wrap=True))
        line = label(self._before(one), "body", wrap=True)
        set_tone(line, "hold" if one.change > 0 else "ok" if one.change < 0 else "muted")
        column.addWidget(line)
        until = one.expected_until
        if until is not None:
            when = moment_text(until, self._zone)
            late = one.past_window and now.grade > 0
            said = (
                tr("Should have been gone since {when}", when=when) if late else tr("Expected until {when}", when=when)
            )
            window = label(said, "body", wrap=True)
            set_tone(window, "hold" if late else "muted")
            column.addWidget(window)
        return holder

    def _before(self, one: Comparison) -> str:
        tr, before = self._kit.tr, one.before
        if before is None:
            return tr("Not graded before")
        if one.change > 0:
            said = tr("More than before ({grade}, {when})", grade=before.grade, when=moment_text(before.at, self._zone))
        elif one.change < 0:
            said = tr("Less than before ({grade}, {when})", grade=before.grade, when=moment_text(before.at, self._zone))
        else:
            said = tr("As before ({grade}, {when})", grade=before.grade, when=moment_text(before.at, self._zone))
        return said if before.exact else tr("{said}; that was of another place", said=said)

    def _graded(self, reaction: str, scale: str, grade: int, zone: str) -> str:
        tr, knowledge = self._kit.tr, self._knowledge
        entry, place, known = knowledge.reactions.get(reaction), knowledge.zones.get(zone), knowledge.scales.get(scale)
        word = next((one.word for one in known.grades if one.value == grade), "") if known else ""
        where = tr(place.name).lower() if place else tr("whole area")
        name = tr(entry.name) if entry else reaction
        return tr("{name} {grade} {word}, {where}", name=name, grade=grade, word=tr(word), where=where)
