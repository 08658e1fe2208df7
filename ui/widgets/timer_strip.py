"""Timers that run, seen from every step: they are start moments, so nothing is lost when the program ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QWidget

from needlelog.clock import Clock, local
from needlelog.i18n import Words, record_time
from ui.toolkit.discard import discard
from ui.toolkit.labels import set_style
from ui.toolkit.plain import caption, tooltip
from ui.toolkit.theme import Theme
from ui.widgets.flow_layout import FlowLayout

LEAST_SHARE = 220
"""A timer is at least so wide, in px at text scale 1, before the next row is begun."""

MINUTE_S = 60


@dataclass(frozen=True, slots=True)
class TimerShown:
    """A running timer: since when, and after how many seconds it warns, is over, and was long enough (None: never)."""

    key: str
    label: str
    since: datetime
    warn_after_s: int | None = None
    over_after_s: int | None = None
    enough_after_s: int | None = None
    usual_to_min: int | None = None
    short: str = ""
    """What is said of it where there is little room: whose it is, before what it is."""


def elapsed_text(seconds: int) -> str:
    """``05:09``, from an hour on ``1:05:09``; a clock that was set back reads ``00:00``."""
    seconds = max(0, seconds)
    hours, rest = divmod(seconds, 3600)
    minutes, rest = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes:02d}:{rest:02d}"


def elapsed_said(seconds: int, tr: Words) -> str:
    """The same with its unit, where a time of day stands beside it: ``05:09 min``, ``1:05:09 h``."""
    shown = elapsed_text(seconds)
    return tr("{elapsed} h", elapsed=shown) if shown.count(":") > 1 else tr("{elapsed} min", elapsed=shown)


class TimerStrip(QWidget):
    """One button for each running timer; hidden when none runs; ticks only while it is seen."""

    timer_chosen = Signal(str)
    ticked = Signal()
    TICK_MS = 1000

    def __init__(self, theme: Theme, words: Words, clock: Clock, zone: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self._clock = clock
        self._zone = zone
        self._timers: tuple[TimerShown, ...] = ()
        self._buttons: list[QPushButton] = []
        self._area = FlowLayout(self)
        self._tick = QTimer(self)
        self._tick.setInterval(self.TICK_MS)
        self._tick.timeout.connect(self.refresh)
        self.setAccessibleName(words("Running timers"))
        self.hide()

    def show_timers(self, timers: Sequence[TimerShown]) -> None:
        """Show these running timers."""
        self._timers = tuple(timers)
        while len(self._buttons) > len(self._timers):
            discard(self._buttons.pop())
        while len(self._buttons) < len(self._timers):
            self._buttons.append(self._make(len(self._buttons)))
        self.setVisible(bool(self._timers))
        self._run()
        self.refresh()

    def texts(self) -> tuple[str, ...]:
        """What each timer says now."""
        return tuple(made.accessibleName() for made in self._buttons)

    def refresh(self) -> None:
        """Read the clock and say the time."""
        for timer, made in zip(self._timers, self._buttons, strict=True):
            self._say(timer, made)
        self.ticked.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for timer, made in zip(self._timers, self._buttons, strict=True):
            self._say(timer, made)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._run()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._tick.stop()

    def _run(self) -> None:
        if self._timers and self.isVisible():
            self._tick.start()
        else:
            self._tick.stop()

    def _make(self, place: int) -> QPushButton:
        made = QPushButton()
        made.setProperty("kind", "timer")
        made.setAutoDefault(False)
        made.setMinimumSize(160, 48)
        made.clicked.connect(lambda: self.timer_chosen.emit(self._timers[place].key))
        self._area.addWidget(made)
        return made

    def _say(self, timer: TimerShown, made: QPushButton) -> None:
        tr = self._words
        seconds = int((self._clock.now() - timer.since).total_seconds())
        state, word, icon, token = "runs", "", "timer", "accent"
        if timer.over_after_s is not None and seconds >= timer.over_after_s:
            state, word, icon, token = "over", tr("Over time"), "stop", "stop"
        elif timer.warn_after_s is not None and seconds >= timer.warn_after_s:
            state, word, icon, token = "warn", tr("Time is near"), "warning", "hold"
        elif timer.usual_to_min is not None and seconds >= timer.usual_to_min * MINUTE_S:
            state, word, icon, token = "warn", tr("Usual: up to {most} min", most=timer.usual_to_min), "timer", "hold"
        elif timer.enough_after_s is not None and seconds >= timer.enough_after_s:
            state, word, icon, token = "enough", tr("Long enough"), "check", "ok"
        since = tr("since {time}", time=record_time(local(timer.since, self._zone)))
        elapsed, said = elapsed_text(seconds), elapsed_said(seconds, tr)
        whole, *shorter = (
            "   ".join(part for part in parts if part)
            for parts in (
                (timer.label, said, since, word),
                (timer.label, elapsed, word),
                (timer.label, elapsed),
                *(((timer.short, elapsed, word), (timer.short, elapsed)) if timer.short else ()),
            )
        )
        shown = next((text for text in (whole, *shorter) if self._fits(text)), None) or self._elided(timer, elapsed)
        made.setText(caption(shown))
        made.setToolTip("" if shown == whole else tooltip(whole))
        made.setAccessibleName(whole)
        if made.property("state") != state:
            set_style(made, "state", state)
            self._theme.set_icon(made, icon, token, 24)

    def _room(self) -> int:
        """The width of one timer's text when all of them share one row, but enough to be read."""
        count = max(1, len(self._timers))
        share = (self.width() - (count - 1) * self._area.spacing()) // count
        least = min(self.width(), self._theme.px(LEAST_SHARE))
        return max(share, least) - self._theme.px(24) - 2 * 14 - 12

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(self._theme.font(12, bold=True))

    def _fits(self, text: str) -> bool:
        return self._metrics().horizontalAdvance(text) <= self._room()

    def _elided(self, timer: TimerShown, elapsed: str) -> str:
        metrics, time = self._metrics(), f"   {elapsed}"
        room = self._room() - metrics.horizontalAdvance(time)
        if room < metrics.horizontalAdvance("MMM"):
            return elapsed
        return metrics.elidedText(timer.short or timer.label, Qt.TextElideMode.ElideRight, room) + time
