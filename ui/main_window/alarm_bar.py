"""The bar over every screen that calls for an anaesthetic to be taken off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from needlelog.i18n import Words
from ui.toolkit.buttons import button
from ui.toolkit.labels import IconMark, label, set_style
from ui.toolkit.theme import SPACE, Theme


@dataclass(frozen=True, slots=True)
class AlarmShown:
    """What to do and, below it, since when and for how long at most; never broken in the midst of a figure.

    ``visit`` and the ``entry`` on it are where it leads, None while the program is locked.
    """

    text: str
    told: str
    over: bool
    visit: UUID | None
    entry: str = ""


class _Line(QFrame):
    """One anaesthetic, and the way to its visit."""

    def __init__(self, theme: Theme, tr: Words) -> None:
        super().__init__()
        self._mark = IconMark(theme, "timer", "hold", 28)
        self._mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text = label("", "strong", wrap=True)
        self._told = label("", "caption", wrap=True)
        self.to_visit = button(theme, tr("To the visit"), "secondary")
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE, SPACE // 2, SPACE, SPACE // 2)
        row.setSpacing(SPACE + SPACE // 2)
        row.addWidget(self._mark)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._text)
        words.addWidget(self._told)
        words.addStretch(1)
        row.addLayout(words, 1)
        row.addWidget(self.to_visit)

    def show_alarm(self, shown: AlarmShown) -> None:
        """Say this one."""
        self._mark.show_icon("timer", "on_stop" if shown.over else "hold")
        self._text.setText(shown.text)
        self._told.setText(shown.told)
        self.to_visit.setVisible(shown.visit is not None)
        self.to_visit.setAccessibleDescription(f"{shown.text} {shown.told}")
        set_style(self, "surface", "alarm" if shown.over else "hold")
        for part in (self._text, self._told, self.to_visit):
            set_style(part, "alarm", "true" if shown.over else "false")


class AlarmBar(QWidget):
    """One line for each alarm, hidden while nothing calls; ``visit_wanted`` carries the id of a visit and the entry."""

    visit_wanted = Signal(object, str)
    silenced = Signal()

    def __init__(self, theme: Theme, tr: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tr = tr
        self._shown: tuple[AlarmShown, ...] = ()
        self._lines: list[_Line] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.silence = button(theme, tr("Silence"), "quiet")
        self.silence.setToolTip(tr("Stops the sound; the line stays until the anaesthetic is off"))
        self.silence.clicked.connect(self.silenced)
        self.hide()

    def show_alarms(self, shown: Sequence[AlarmShown], *, sounding: bool) -> None:
        """Show these lines, none hides the bar; while it sounds it can be silenced."""
        self.silence.setVisible(sounding)
        set_style(self.silence, "alarm", "true" if shown and shown[0].over else "false")
        if tuple(shown) == self._shown:
            return
        self._shown = tuple(shown)
        while len(self._lines) < len(shown):
            self._lines.append(self._make(len(self._lines)))
        for place, line in enumerate(self._lines):
            line.setVisible(place < len(shown))
            if place < len(shown):
                line.show_alarm(shown[place])
        self.setAccessibleName("; ".join(f"{one.text} {one.told}" for one in shown))
        self.setVisible(bool(shown))

    def _lead(self, place: int) -> None:
        shown = self._shown[place]
        self.visit_wanted.emit(shown.visit, shown.entry)

    def _make(self, place: int) -> _Line:
        line = _Line(self._theme, self._tr)
        line.to_visit.clicked.connect(lambda: self._lead(place))
        row = line.layout()
        if place == 0 and row is not None:
            row.addWidget(self.silence)
        self._column.addWidget(line)
        return line
