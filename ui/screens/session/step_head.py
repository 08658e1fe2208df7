"""The line above a step's page: which step it is, what is running, and whether it applies today."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label, set_style
from ui.toolkit.plain import tooltip
from ui.toolkit.theme import SPACE, TARGET
from ui.widgets.elided import ElidedLabel
from ui.widgets.timer_strip import LEAST_SHARE, TimerShown, TimerStrip


class StepHead(QWidget):
    """One line, no higher than what is tapped in it; a second one says why the step does not apply."""

    skip_asked = Signal()
    applies_asked = Signal()

    def __init__(self, kit: Kit, zone: str) -> None:
        super().__init__()
        tr, theme = kit.tr, kit.theme
        self._kit = kit
        self._skippable = False
        self._timers_shown: list[TimerShown] = []
        self._heading = ElidedLabel("", "title")
        self._skip_text = tr("Does not apply today")
        self._skip = button(theme, self._skip_text, "quiet")
        self._skip_short = tr("Not today")
        self._skip_small = button(theme, self._skip_short, "quiet")
        self._skip_small.setAccessibleName(self._skip_text)
        self._skip_small.setToolTip(tooltip(self._skip_text))
        for made in (self._skip, self._skip_small):
            made.clicked.connect(self.skip_asked)
        self.timers = TimerStrip(theme, tr, kit.clock, zone)
        line = QHBoxLayout()
        line.setSpacing(SPACE * 2)
        line.addWidget(self._heading)
        line.addWidget(self.timers, 100)
        line.addStretch(1)
        line.addWidget(self._skip)
        line.addWidget(self._skip_small)
        line.addStrut(TARGET)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addLayout(line)
        column.addWidget(self._build_skipped())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        theme.changed.connect(self._fit)

    def _build_skipped(self) -> QFrame:
        self._skipped = QFrame()
        self._skipped.setProperty("surface", "raised")
        row = QHBoxLayout(self._skipped)
        row.setContentsMargins(SPACE * 2, SPACE, SPACE, SPACE)
        self._skipped_text = label("", "body", wrap=True)
        applies = button(self._kit.theme, self._kit.tr("Applies after all"), "quiet", "undo")
        applies.clicked.connect(self.applies_asked)
        row.addWidget(self._skipped_text, 1)
        row.addWidget(applies)
        return self._skipped

    def show_step(self, number: int, title: str) -> None:
        """Say which step this is."""
        self._heading.setText(self._kit.tr("{number}  {title}", number=number, title=title))
        self._fit()

    def show_skip(self, reason: str | None, *, skippable: bool) -> None:
        """Offer to skip the step, or say why it does not apply."""
        self._skippable = skippable and reason is None
        self._skipped.setVisible(reason is not None)
        if reason is not None:
            self._skipped_text.setText(self._kit.tr("Does not apply today: {reason}", reason=reason))
        self._fit()

    def show_timers(self, shown: list[TimerShown]) -> None:
        """Show what runs; the same list again changes nothing."""
        if shown != self._timers_shown:
            self._timers_shown = shown
            self.timers.show_timers(shown)
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where the line is full, the title is set smaller and the way to skip says it in two words."""
        theme, count = self._kit.theme, len(self._timers_shown)
        needed = count * (theme.px(LEAST_SHARE) + SPACE) + SPACE * 4
        if self._skippable:
            needed += QFontMetrics(theme.font(12, bold=True)).horizontalAdvance(self._skip_text) + SPACE * 6
        needed += QFontMetrics(theme.font(21, bold=True)).horizontalAdvance(self._heading.text())
        tight = needed > self.width()
        set_style(self._heading, "role", "heading" if tight else "title")
        self._heading.updateGeometry()
        self._skip.setVisible(self._skippable and not tight)
        self._skip_small.setVisible(self._skippable and tight)
