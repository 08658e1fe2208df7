"""How long an anaesthetic has been on, big enough to read from the other side of the chair."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from needlelog.clock import local
from needlelog.domain.session import Numbing
from needlelog.i18n import record_time
from needlelog.rules.anaesthetic import dwell
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import IconMark, label, set_style, set_tone
from ui.toolkit.plain import caption
from ui.toolkit.theme import SPACE
from ui.widgets.dwell_bar import DwellBar
from ui.widgets.timer_strip import elapsed_text

_LEAST_WIDTH = 320
_BESIDE_WIDTH = 720


class DwellTimer(QFrame):
    """Before: one button that puts it on. While on: the time, the label's window, one button that takes it off."""

    apply_requested = Signal()
    remove_requested = Signal()

    def __init__(self, kit: Kit, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        tr, theme = kit.tr, kit.theme
        self.setProperty("surface", "raised")
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(SPACE * 2, 12, SPACE * 2, 12)
        self._row.setSpacing(SPACE * 2)
        self._row.addLayout(self._build_time(name), 1)
        self.apply = button(theme, tr("Apply now"), "primary", "timer", chair=True)
        self.apply.clicked.connect(self.apply_requested)
        self.remove = button(theme, tr("Removed now"), "primary", "check", chair=True)
        self.remove.clicked.connect(self.remove_requested)
        for verb in (self.apply, self.remove):
            self._row.addWidget(verb)

    def _build_time(self, name: str) -> QHBoxLayout:
        tr, theme = self._kit.tr, self._kit.theme
        self.clock = label("", "value")
        self.clock.setAccessibleName(tr("Time on the skin: {name}", name=name))
        self._mark = IconMark(theme, "timer", "muted", 24)
        self.state = label("", "strong", wrap=True)
        self._bar = DwellBar(theme)
        self.note = label("", "caption", wrap=True)
        self.note.hide()
        said = QHBoxLayout()
        said.setSpacing(SPACE)
        said.addWidget(self._mark)
        said.addWidget(self.state, 1)
        beside = QVBoxLayout()
        beside.setSpacing(SPACE)
        beside.addStretch(1)
        beside.addLayout(said)
        beside.addWidget(self._bar)
        beside.addWidget(self.note)
        beside.addStretch(1)
        whole = QHBoxLayout()
        whole.setSpacing(SPACE * 3)
        whole.addWidget(self.clock)
        whole.addLayout(beside, 1)
        return whole

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST_WIDTH, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Beside each other the words would break into single syllables on a narrow screen.
        room = event.size().width() >= _BESIDE_WIDTH * self._kit.theme.scale
        wanted = QBoxLayout.Direction.LeftToRight if room else QBoxLayout.Direction.TopToBottom
        if self._row.direction() != wanted:
            self._row.setDirection(wanted)

    def show_note(self, text: str) -> None:
        """Say what was changed of the label's figures since; "" says nothing."""
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def show_dwell(self, numbing: Numbing, now: datetime, zone: str) -> None:
        """Read the time from the draft's moments and ``now``; nothing is counted here."""
        span = dwell(numbing, now)
        running = numbing.on_at is not None and numbing.removed_at is None
        self.apply.setVisible(numbing.on_at is None)
        self.remove.setVisible(running)
        self.clock.setVisible(span is not None)
        self._bar.setVisible(span is not None)
        time = record_time(local(now, zone))
        self._name(self.apply, self._kit.tr("Apply now: {time}", time=time))
        self._name(self.remove, self._kit.tr("Removed now: {time}", time=time))
        if span is None:
            self._say(self._window(numbing), "info", "muted", "raised")
            return
        seconds = max(0, int(span.total_seconds()))
        self.clock.setText(elapsed_text(seconds))
        tone = self._say_running(numbing, seconds) if running else self._say_removed(numbing, seconds, zone)
        limits = numbing.limits
        self._bar.show_dwell(seconds / 60, limits.dwell_min_min, limits.dwell_max_min, tone)

    def _window(self, numbing: Numbing) -> str:
        tr, limits = self._kit.tr, numbing.limits
        least, most = limits.dwell_min_min, limits.dwell_max_min
        usual = numbing.usual_to_min
        if least is not None and most is not None and usual is not None:
            said = {"least": least, "usual": usual, "most": most}
            return tr("Usually {least} to {usual} min on the skin; the label ends at {most} min", **said)
        if least is not None and most is not None:
            return tr("Label: {least} to {most} min on the skin", least=least, most=most)
        if least is not None:
            return tr("Label: at least {least} min on the skin", least=least)
        if most is not None:
            return tr("Label: at most {most} min on the skin", most=most)
        return tr("No time is known from its label")

    def _say_running(self, numbing: Numbing, seconds: int) -> str:
        tr, limits = self._kit.tr, numbing.limits
        least, most = limits.dwell_min_min, limits.dwell_max_min
        if most is not None and seconds >= most * 60:
            text = tr("Over time: the label ends at {most} min. Remove it now.", most=most)
            return self._say(text, "stop", "stop", "stop")
        if least is not None and seconds < least * 60:
            left = elapsed_text(least * 60 - seconds)
            text = tr("{left} to go until the label's {least} min", left=left, least=least)
            return self._say(text, "timer", "accent", "accent")
        usual = numbing.usual_to_min
        if usual is not None and seconds >= usual * 60:
            return self._say(self._past_usual(numbing, usual), "timer", "hold", "hold")
        if least is not None and most is not None:
            text = tr("Within {least} to {most} min of the label", least=least, most=most)
            if usual is not None:
                text = tr("Within the usual {least} to {usual} min", least=least, usual=usual)
            return self._say(text, "check", "ok", "ok")
        return self._say(self._window(numbing), "timer", "accent", "accent")

    def _past_usual(self, numbing: Numbing, usual: int) -> str:
        tr, least, most = self._kit.tr, numbing.limits.dwell_min_min, numbing.limits.dwell_max_min
        said = tr("Usual time over ({least} to {usual} min): wipe it off.", least=least, usual=usual)
        if least is None:
            said = tr("Usual time over ({usual} min): wipe it off.", usual=usual)
        return tr("{said} The label ends at {most} min.", said=said, most=most) if most is not None else said

    def _say_removed(self, numbing: Numbing, seconds: int, zone: str) -> str:
        tr, limits = self._kit.tr, numbing.limits
        if numbing.on_at is None or numbing.removed_at is None:
            return "accent"
        begun, ended = (record_time(local(moment, zone)) for moment in (numbing.on_at, numbing.removed_at))
        minutes = seconds // 60
        text = tr("Removed: on for {minutes} min, {begun} to {ended}", minutes=minutes, begun=begun, ended=ended)
        if limits.dwell_max_min is not None and minutes > limits.dwell_max_min:
            return self._say(text, "hold", "hold", "hold")
        if limits.dwell_min_min is not None and minutes < limits.dwell_min_min:
            return self._say(text, "info", "muted", "raised")
        return self._say(text, "check", "ok", "ok")

    def _say(self, text: str, icon: str, tone: str, ground: str) -> str:
        if self.state.text() != text:
            self.state.setText(text)
        if self.property("surface") != ground or self._mark.property("icon") != icon:
            self._mark.setProperty("icon", icon)
            self._mark.show_icon(icon, tone)
            set_tone(self.state, "" if tone in ("accent", "muted") else tone)
            set_style(self, "surface", ground)
        return tone

    def _name(self, verb: QWidget, text: str) -> None:
        if verb.accessibleName() != text:
            verb.setAccessibleName(text)
            verb.setText(caption(text))  # type: ignore[attr-defined]  # both are push buttons
