"""One client to be asked after a visit: what is due, since when it is late, or which answer is red."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from needlelog.domain.client import client_label
from needlelog.i18n import Words, record_date
from needlelog.knowledge.model import FollowUpMoment
from needlelog.rules.follow_up import Due, DueState, ToAsk
from ui.toolkit.kit import Kit
from ui.toolkit.labels import IconMark, label, set_tone
from ui.widgets.elided import ElidedLabel
from ui.widgets.phrases import day_of, moment_text, span_text, unbroken
from ui.widgets.tap_card import TapCard

MOST_FLAGS = 3
_ICONS = {"stop": "warning", "hold": "timer", "accent": "phone"}


def tone_of(ask: ToAsk) -> str:
    """``stop`` for a red answer, ``hold`` for what is late, ``accent`` for what is due."""
    if ask.red is not None:
        return "stop"
    return "hold" if ask.due is not None and ask.due.state is DueState.OVERDUE else "accent"


def due_text(tr: Words, due: Due, zone: str, now: datetime) -> str:
    """How one moment stands, with its clock times."""
    if due.state is DueState.ANSWERED:
        return tr("Answered")
    if due.state is DueState.MISSED:
        return tr("Not asked in time")
    if due.state is DueState.HANDED_ON:
        return tr("Asked after a later visit")
    if due.state is DueState.COMING:
        return tr("Due from {when}", when=moment_text(due.from_at, zone))
    if due.state is DueState.DUE:
        return tr("Due until {when}", when=moment_text(due.until_at, zone))
    late = int((now - due.until_at).total_seconds())
    days = late // 86_400
    ago = tr.plural("{count} day", "{count} days", days) if days else span_text(tr, late)
    return tr("Overdue by {span}", span=ago)


class FollowUpCard(TapCard):
    """Tapped it leads to the answer, or, where an answer is red, to what has to be done about it."""

    def __init__(self, kit: Kit, ask: ToAsk, moments: Mapping[str, FollowUpMoment], *, named: bool = True) -> None:
        tone = tone_of(ask)
        super().__init__(kit.theme, ask.visit.client_name, accent=tone)
        self.ask = ask
        self._kit = kit
        tr, visit = kit.tr, ask.visit
        self.body.setContentsMargins(20, 10, 16, 10)
        row = QHBoxLayout()
        row.setSpacing(12)
        mark = IconMark(kit.theme, _ICONS[tone], tone, 28)
        mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row.addWidget(mark)
        words = QVBoxLayout()
        words.setSpacing(1)
        what = self._what(moments)
        if named:
            name = QHBoxLayout()
            name.setSpacing(10)
            name.addWidget(ElidedLabel(visit.client_name, "strong"))
            name.addWidget(label(client_label(visit.client_number), "body", muted=True))
            name.addStretch(1)
            words.addLayout(name)
        head = self._state() if ask.red is not None else "   ·   ".join((what, self._state()))
        said = label(head, "strong", wrap=True)
        set_tone(said, tone)
        words.addWidget(said)
        for flag in self._flags():
            words.addWidget(label(f"\u2022 {flag}", "body", wrap=True))
        rest = self._rest()
        words.addWidget(label("   ·   ".join(map(unbroken, rest)), "body", muted=True, wrap=True))
        row.addLayout(words, 1)
        arrow = IconMark(kit.theme, "chevron-right", "muted", 24)
        arrow.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row.addWidget(arrow)
        self.body.addLayout(row)
        who = (visit.client_name, client_label(visit.client_number)) if named else ()
        self.setAccessibleName(", ".join((*who, self._state(), *(self._flags() or [what]), *rest)))
        self.setToolTip(tr("Open what has to be done") if ask.red else tr("Ask now"))

    def _what(self, moments: Mapping[str, FollowUpMoment]) -> str:
        tr, ask = self._kit.tr, self.ask
        known = moments.get(ask.due.moment) if ask.due else None
        return tr(known.name) if known else ""

    def _flags(self) -> list[str]:
        """What was red, each by itself; of many the first, and how many more there are."""
        flags = list(dict.fromkeys(flag.title for flag in self.ask.red.flags)) if self.ask.red else []
        more = len(flags) - MOST_FLAGS
        if more <= 1:  # one more takes no more room than saying so
            return flags
        return [*flags[:MOST_FLAGS], self._kit.tr("and {count} more", count=more)]

    def _state(self) -> str:
        tr, ask = self._kit.tr, self.ask
        if ask.red is not None:
            return tr(ask.red.flags[0].action_title)
        zone = ask.visit.time_zone
        return due_text(tr, ask.due, zone, self._kit.clock.now()) if ask.due else ""

    def _rest(self) -> list[str]:
        tr, ask = self._kit.tr, self.ask
        day = record_date(day_of(ask.visit.started_at, ask.visit.time_zone))
        parts = [tr("Visit of {day}", day=day)]
        if ask.red is not None:
            parts.append(tr("answered {when}", when=moment_text(ask.red.at, ask.visit.time_zone)))
        if ask.visit.phone:
            parts.append(ask.visit.phone)
        if ask.due is not None and ask.due.attempts:
            parts.append(tr.plural("{count} try reached nobody", "{count} tries reached nobody", ask.due.attempts))
        if ask.begun:
            parts.append(tr("an answer is half written"))
        return parts
