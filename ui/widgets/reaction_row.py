"""One named reaction: what it is, what is expected or seen elsewhere, and its grades in one row to tap."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from needlelog.knowledge.model import ReactionEntry, Scale
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.plain import tooltip
from ui.toolkit.theme import SPACE
from ui.widgets.chips import GradeRow

NAME_PX, NAME_ROOMY_PX = 152, 200
ROOMY_PX = 800
_FIRST = re.compile(r";\s|\.\s")


class ReactionRow(QWidget):
    """The grades of one reaction at the place chosen above; the same grade tapped again takes it back."""

    graded = Signal(str, object)
    """The reaction's id, and its grade or None."""

    def __init__(self, kit: Kit, entry: ReactionEntry, scale: Scale, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._entry = entry
        tr = kit.tr
        self._words = {grade.value: tr(grade.word) for grade in scale.grades}
        self.grades = GradeRow(kit.theme, tr(entry.name), list(self._words.items()), low=True)
        self.grades.changed.connect(lambda grade: self.graded.emit(entry.id, grade))
        whole = tr(entry.expected)
        # Beside the grades stands what comes first, in full; the rest is said by the tooltip and read out.
        self._expected = tr("Expected: {text}", text=_FIRST.split(whole, maxsplit=1)[0].rstrip("."))
        self.note = label("", "caption", muted=True, wrap=True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        self._said = QWidget()
        column = QVBoxLayout(self._said)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(label(tr(entry.name), "strong", wrap=True))
        column.addWidget(self.note)
        column.addStretch(1)
        self._said.setToolTip(tooltip(tr("Expected: {text}", text=whole)))
        self.grades.setAccessibleDescription(tr("Expected: {text}", text=whole))
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.addWidget(self._said)
        self._box.addWidget(self.grades, 1)
        self._arrange(0)

    def show_grade(self, here: int | None, elsewhere: Sequence[tuple[str, int]]) -> None:
        """Show the grade at the chosen place; those at other places (name, grade) are told below the name."""
        tr = self._kit.tr
        self.grades.set_value(here)
        other = [tr("{place} {grade}", place=place, grade=grade) for place, grade in elsewhere]
        if other:
            self.note.setText(", ".join(other))
        elif here is not None:
            self.note.setText(tr("{grade} {word}", grade=here, word=self._words.get(here, "")))
        else:
            self.note.setText(self._expected)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.grades.minimumSizeHint().width(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(event.size().width())

    def _arrange(self, width: int) -> None:
        theme = self._kit.theme
        # By the width alone, so that the grades of all rows stand below one another.
        name = theme.px(NAME_ROOMY_PX if width >= theme.px(ROOMY_PX) else NAME_PX)
        beside = width >= name + SPACE * 2 + self.grades.sizeHint().width()
        wanted = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._box.setDirection(wanted)
        self._box.setSpacing(SPACE * 2 if beside else 4)
        self._said.setMinimumWidth(name if beside else 0)
        self._said.setMaximumWidth(name if beside else (1 << 24) - 1)
        # A grade says less than what is expected: the rows must not move under the finger that taps it.
        box = QRect(0, 0, name if beside else width, 1 << 16)
        flags = int(Qt.TextFlag.TextWordWrap)
        self.note.setMinimumHeight(self.note.fontMetrics().boundingRect(box, flags, self._expected).height())
