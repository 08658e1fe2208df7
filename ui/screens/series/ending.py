"""Ending a series: the day, the reason, and the outcome on the same scales as at its start."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from needlelog.clock import today
from needlelog.domain.entry import parse_date, parse_reason
from needlelog.domain.reactions import Grade
from needlelog.errors import Fault
from needlelog.i18n import record_date
from needlelog.knowledge.model import Scale
from needlelog.services.desk import Desk
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.screen import Screen, ToClient
from ui.toolkit.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.chips import ChipRow, GradeRow
from ui.widgets.client_banner import ClientBanner
from ui.widgets.client_facts import banner_facts
from ui.widgets.line_fields import DateField
from ui.widgets.notice import Notice
from ui.widgets.paragraph_field import ParagraphField
from ui.widgets.scroll_column import ScrollColumn, growing
from ui.widgets.series_words import concern_name, of_sessions

REASON_LIMIT = 1000
IMPROVEMENT = "gais"
"""The scale that compares with the start, so it has no grade there."""


class EndSeriesScreen(Screen):
    """One series that runs, about to be ended."""

    def __init__(self, kit: Kit, desk: Desk, series_id: UUID, parent: QWidget | None = None) -> None:
        super().__init__(kit.tr("End the series"), parent)
        self._kit = kit
        self._desk = desk
        self._series = desk.series.get(series_id)
        self.client_id = self._series.client_id
        self._today = today(desk.clock, desk.practice.clinic().time_zone)
        self.rows: dict[str, GradeRow] = {}
        self._build()

    def _build(self) -> None:
        tr, theme = self._kit.tr, self._kit.theme
        client, knowledge = self._desk.clients.get(self._series.client_id), self._desk.knowledge
        banner = ClientBanner(theme, tr)
        banner.show_client(banner_facts(client, self._today, knowledge.ages.values()))
        ended, why = tr("Ended on"), tr("Reason")
        self.day = DateField[date](
            theme,
            tr,
            ended,
            lambda text: parse_date(text, field=ended, today=self._today),
            record_date,
            required=True,
            hint="",
        )
        self.day.set_value(self._today)
        reasons = (tr("All sessions done"), tr("Goal reached"), tr("Client stopped"), tr("Skin did not tolerate it"))
        self.phrases = ChipRow(theme, tr("Usual reasons"), [(one, one) for one in reasons])
        self.phrases.changed.connect(self._on_phrase)
        self.reason = ParagraphField[str](
            theme,
            tr,
            why,
            lambda text: parse_reason(text, field=why, limit=REASON_LIMIT),
            lines=2,
            required=True,
        )
        self.notice = Notice(theme, "stop")
        self.scroller = ScrollColumn(self.title, margins=(4 * SPACE, 0, 4 * SPACE, 4 * SPACE))
        self.scroller.add(growing(self._why_card()))
        self.scroller.add(growing(self._outcome_card()))
        held = QHBoxLayout()
        held.setContentsMargins(4 * SPACE, 0, 4 * SPACE, 0)
        held.addWidget(self.notice)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(2 * SPACE)
        whole.addWidget(banner)
        whole.addLayout(self._build_head())
        whole.addLayout(held)
        whole.addWidget(self.scroller, 1)
        QShortcut(QKeySequence.StandardKey.Save, self).activated.connect(self._on_end)
        for part in (self.day, self.reason):
            part.edited.connect(lambda: self.notice.say(""))

    def _build_head(self) -> QHBoxLayout:
        tr, theme = self._kit.tr, self._kit.theme
        head = QHBoxLayout()
        head.setContentsMargins(4 * SPACE, 0, 4 * SPACE, 0)
        head.setSpacing(SPACE)
        head.addWidget(label(self.title, "title"))
        head.addStretch(1)
        self.cancel = button(theme, tr("Cancel"), "secondary")
        self.cancel.clicked.connect(self._leave)
        self.end = button(theme, tr("End the series"), "primary", "check")
        self.end.clicked.connect(self._on_end)
        head.addWidget(self.cancel)
        head.addWidget(self.end)
        return head

    def _why_card(self) -> Card:
        tr = self._kit.tr
        card = Card(tr("When and why"))
        name = concern_name(tr, self._desk.knowledge, self._series.concern)
        done = of_sessions(tr, len(self._desk.series.standing(self._series).done), self._series.sessions)
        card.add(label(f"{name}   ·   {done}", "lead", muted=True, wrap=True))
        card.add(self.day)
        card.add(self.phrases)
        card.add(self.reason)
        return card

    def _outcome_card(self) -> Card:
        tr, knowledge = self._kit.tr, self._desk.knowledge
        card = Card(tr("Outcome"))
        starts = {one.scale: one for one in self._desk.series.outcome(self._series)}
        offered = [scale for scale in knowledge.scales.values() if scale.id == IMPROVEMENT or scale.for_baseline]
        # What was graded at the start comes first: that is what can be compared.
        for scale in sorted(offered, key=lambda one: (one.id != IMPROVEMENT, one.id not in starts)):
            row = GradeRow(
                self._kit.theme, tr(scale.name), [(one.value, tr(one.word)) for one in scale.grades], low=True
            )
            self.rows[scale.id] = row
            card.add(label(tr(scale.name), "strong"))
            start = starts[scale.id].start if scale.id in starts else None
            if start is not None:
                said = tr("At the start: {grade}", grade=f"{start.value} {_word(scale, start.value)}")
                card.add(label(said, "body", muted=True))
            card.add(row)
        return card

    def activate(self) -> None:
        """The focus goes to the reason."""
        self.reason.setFocus()

    def _on_phrase(self, phrase: object) -> None:
        self.reason.set_value(str(phrase) if phrase else None)

    def _on_end(self) -> None:
        if not all([self.day.check(), self.reason.check()]):
            self.notice.say(self._kit.tr("Not ended yet: one entry needs another look. It is marked below."))
            return
        now = self._desk.clock.now()
        grades = tuple(
            Grade(id=uuid4(), scale=scale, value=value, at=now)
            for scale, row in self.rows.items()
            if isinstance(value := row.value(), int)
        )
        try:
            self._desk.series.end(self._series.id, self.day.value() or self._today, self.reason.value() or "", grades)
        except Fault as fault:
            self.notice.say(str(self._kit.tr.fault(fault)))
            return
        self._leave()

    def _leave(self) -> None:
        self.go.emit(ToClient(self._series.client_id))


def _word(scale: Scale, value: int) -> str:
    return next((one.word for one in scale.grades if one.value == value), "")
