"""What is simply still to do: a calm list, each line one tap from its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from needlelog.i18n import Words
from ui.toolkit.buttons import button
from ui.toolkit.labels import IconMark, label
from ui.toolkit.theme import SPACE, Theme
from ui.widgets.tap_card import TapCard


@dataclass(frozen=True, slots=True)
class ToDoShown:
    """One line; ``place`` says which step it belongs to."""

    key: str
    title: str
    place: str
    can_override: bool = False


class ToDoList(QWidget):
    """``go_to`` and ``override`` carry the key of the line that was tapped."""

    go_to = Signal(str)
    override = Signal(str)

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self._shown: tuple[ToDoShown, ...] = ()
        self._parts: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE)
        self.setAccessibleName(words("Still to do"))

    def show_lines(self, lines: Sequence[ToDoShown]) -> None:
        """Show these, one place after the other; the same lines again change nothing."""
        if tuple(lines) == self._shown:
            return
        self._shown = tuple(lines)
        for part in self._parts:
            self._column.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts = []
        place = ""
        for line in self._shown:
            if line.place != place:
                place = line.place
                self._add(label(place, "caption", muted=True, wrap=True))
            self._add(self._line(line))

    def _add(self, part: QWidget) -> None:
        self._parts.append(part)
        self._column.addWidget(part)

    def _line(self, line: ToDoShown) -> QWidget:
        card = TapCard(self._theme, self._words("Show: {title}", title=line.title))
        card.chosen.connect(partial(self.go_to.emit, line.key))
        row = QHBoxLayout()
        row.setSpacing(SPACE + 4)
        row.addWidget(IconMark(self._theme, "ring", "muted", 24), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(label(line.title, "body", wrap=True), 1)
        if line.can_override:
            over = button(self._theme, self._words("Override"))
            over.setAccessibleName(self._words("Override: {title}", title=line.title))
            over.clicked.connect(partial(self.override.emit, line.key))
            row.addWidget(over)
        else:
            row.addWidget(IconMark(self._theme, "next", "muted", 24), 0, Qt.AlignmentFlag.AlignVCenter)
        card.body.setContentsMargins(SPACE * 2, SPACE, SPACE + 4, SPACE)
        card.body.addLayout(row)
        return card
