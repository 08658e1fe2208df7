"""How long something was on: started and stopped on the clock, or the minutes set by hand."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.screens.session.columns import Columns
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label, set_style
from ui.toolkit.theme import CHAIR_TARGET, SPACE
from ui.widgets.number import NumberStepper
from ui.widgets.timer_strip import elapsed_text

MOST_MINUTES = Decimal(240)


class Duration(QWidget):
    """A start moment and, once it is over, a number of seconds; a restart of the program changes neither."""

    start_requested = Signal()
    stop_requested = Signal()
    minutes_set = Signal(object)
    """``Decimal`` minutes."""

    def __init__(self, kit: Kit, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._started_at: datetime | None = None
        self._running = False
        tr, theme = kit.tr, kit.theme
        self.clock = label("", "display")
        self.clock.setAccessibleName(tr("Time on: {name}", name=name))
        self.start = button(theme, tr("Start"), "primary", "timer", chair=True)
        self.start.clicked.connect(self.start_requested)
        self.stop = button(theme, tr("Stop"), "primary", chair=True)
        self.stop.clicked.connect(self.stop_requested)
        for verb in (self.start, self.stop):
            verb.setMinimumHeight(CHAIR_TARGET)
        timer = QWidget()
        row = QHBoxLayout(timer)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE * 2)
        row.addWidget(self.clock)
        row.addWidget(self.start, 1)
        row.addWidget(self.stop, 1)
        by_hand = QWidget()
        column = QVBoxLayout(by_hand)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(label(tr("Or set the minutes"), "strong"))
        self.minutes = NumberStepper(
            theme,
            tr,
            tr("Minutes of {name}", name=name),
            Decimal(0),
            MOST_MINUTES,
            Decimal(1),
            tr("min"),
            1,
            start=Decimal(10),
        )
        self.minutes.line.setPlaceholderText("–")
        self.minutes.changed.connect(self.minutes_set)
        column.addWidget(self.minutes)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Columns(timer, by_hand))

    def show_times(self, started_at: datetime | None, duration_s: int | None, now: datetime) -> None:
        """Show what is recorded: not begun, running since ``started_at``, or over after ``duration_s``."""
        self._started_at = started_at
        self._running = started_at is not None and duration_s is None
        self.start.setVisible(not self._running)
        over = duration_s is not None
        self.start.setText(self._kit.tr("Start again") if over else self._kit.tr("Start"))
        # What is done asks for nothing any more: the next thing on the page is the one to stand out.
        if self.start.property("kind") != ("secondary" if over else "primary"):
            set_style(self.start, "kind", "secondary" if over else "primary")
            self._kit.theme.set_icon(self.start, "timer", "ink" if over else "on_accent", 24)
        self.stop.setVisible(self._running)
        minutes = None if duration_s is None else (Decimal(duration_s) / 60).quantize(Decimal("0.1"))
        if self.minutes.value() != minutes:
            self.minutes.set_value(minutes)
        if self._running:
            self.tick(now)
        else:
            self.clock.setText(elapsed_text(duration_s or 0))

    def tick(self, now: datetime) -> None:
        """Show the running time."""
        if self._running and self._started_at is not None:
            self.clock.setText(elapsed_text(int((now - self._started_at).total_seconds())))

    def commit(self) -> None:
        """Take the minutes being typed where they are right."""
        self.minutes.commit()
