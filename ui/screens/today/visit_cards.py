"""Open visits as cards: whose, at which step, since when, and what is running in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from needlelog.domain.client import client_label
from needlelog.domain.findings import StepId
from needlelog.domain.session import DraftSummary, RunningTimer
from needlelog.i18n import Words
from needlelog.workflow.steps import SESSION_STEPS
from ui.toolkit.kit import Kit
from ui.toolkit.labels import IconMark, label
from ui.widgets.elided import ElidedLabel
from ui.widgets.phrases import moment_text, span_text, time_text
from ui.widgets.tap_card import TapCard
from ui.widgets.timer_strip import elapsed_said

_STEP_ICONS = {
    "consultation": "clipboard",
    "consent": "pen",
    "cleansing": "cleanse",
    "numbing": "numbing",
    "needling": "needle",
    "serum": "droplet",
    "cooling": "snowflake",
    "reactions": "eye",
    "aftercare": "sheet",
}


def step_text(tr: Words, draft: DraftSummary) -> str:
    """``Step 4 of 9: Numbing``."""
    for number, step in enumerate(SESSION_STEPS, 1):
        if step.id is draft.step:
            return tr("Step {number} of {count}: {step}", number=number, count=len(SESSION_STEPS), step=tr(step.title))
    return ""


class OpenVisitCard(TapCard):
    """One visit that is not signed. ``tick`` renews what depends on the clock."""

    def __init__(self, kit: Kit, draft: DraftSummary, zone: str, *, today: bool) -> None:
        super().__init__(kit.theme, draft.client_name, accent="accent" if today else "hold")
        self.draft = draft
        self._kit = kit
        self._zone = zone
        self._today = today
        tr = kit.tr
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(IconMark(kit.theme, _STEP_ICONS[draft.step.value], "accent" if today else "hold", 28))
        names = QVBoxLayout()
        names.setSpacing(2)
        name = QHBoxLayout()
        name.setSpacing(10)
        name.addWidget(ElidedLabel(draft.client_name, "heading"))
        name.addWidget(label(client_label(draft.client_number), "body", muted=True))
        name.addStretch(1)
        names.addLayout(name)
        names.addWidget(label(step_text(tr, draft), "body"))
        self._since = label("", "body", muted=True, wrap=True)
        names.addWidget(self._since)
        head.addLayout(names, 1)
        arrow = IconMark(kit.theme, "chevron-right", "muted", 24)
        arrow.setAlignment(Qt.AlignmentFlag.AlignCenter)
        head.addWidget(arrow)
        self.body.addLayout(head)
        self._timers: list[tuple[str, datetime, QLabel]] = []
        # On another day only what is still on the skin matters: needling nobody ended did not go on overnight.
        for running in draft.running if today else draft.numbing_on:
            self.body.addWidget(self._timer(running))
        self.tick()

    def _timer(self, running: RunningTimer) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(40, 2, 0, 0)
        row.setSpacing(10)
        mark = IconMark(self._kit.theme, "timer", "accent", 24)
        mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row.addWidget(mark)
        elapsed = label("", "heading")
        elapsed.setMinimumWidth(72)
        tr = self._kit.tr
        name = running.name or tr("Needling")
        self._timers.append((name, running.since, elapsed))
        row.addWidget(elapsed)
        values = {"name": name, "time": time_text(running.since, self._zone)}
        on_skin = running.step is StepId.NUMBING
        said = tr("{name}, on since {time}", **values) if on_skin else tr("{name}, since {time}", **values)
        row.addWidget(ElidedLabel(said))
        row.addStretch(1)
        return holder

    def timer_texts(self) -> tuple[str, ...]:
        """What each running timer says."""
        return tuple(shown.text() for _, _, shown in self._timers)

    def tick(self) -> None:
        """Say the times as they are now."""
        tr, draft, now = self._kit.tr, self.draft, self._kit.clock.now()
        if self._today:
            lasted = span_text(tr, int((now - draft.started_at).total_seconds()))
            begun = time_text(draft.started_at, self._zone)
            said = tr("Since {time} ({lasted}), {who}", time=begun, lasted=lasted, who=draft.practitioner)
        else:
            saved = moment_text(draft.saved_at or draft.started_at, self._zone)
            begun = moment_text(draft.started_at, self._zone)
            said = tr("Started {begun}, last saved {saved}, {who}", begun=begun, saved=saved, who=draft.practitioner)
        self._since.setText(said)
        for _, since, shown in self._timers:
            shown.setText(elapsed_said(int((now - since).total_seconds()), tr))
        parts = [draft.client_name, step_text(tr, draft), said]
        parts += [
            tr("{product} on for {time}", product=product, time=shown.text()) for product, _, shown in self._timers
        ]
        self.setAccessibleName(", ".join(parts))


def split_by_day(
    drafts: Sequence[DraftSummary], is_today: Sequence[bool]
) -> tuple[list[DraftSummary], list[DraftSummary]]:
    """Today's visits, and those left open on an earlier day."""
    now = [draft for draft, today in zip(drafts, is_today, strict=True) if today]
    before = [draft for draft, today in zip(drafts, is_today, strict=True) if not today]
    return now, before
