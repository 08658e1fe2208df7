"""One series on its client's page: sessions as dots, the next one, other treatments, and the outcome side by side."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout

from needlelog.domain.reactions import Grade
from needlelog.i18n import record_date
from needlelog.knowledge.model import Knowledge
from needlelog.rules.combinations import Collision, collision_text
from needlelog.rules.series import Outcome, Standing
from ui.screens.client.series_versions import SeriesVersions
from ui.screens.client.visit_card import zone_names
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import IconMark, label, set_tone
from ui.toolkit.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.series_words import concern_name, next_due, not_counted, of_sessions, plan_line, since_last
from ui.widgets.session_dots import SessionDots

SEPARATOR = "   ·   "


class SeriesCard(Card):
    """Asks to be changed, ended, or to become the usual one."""

    change_asked = Signal()
    end_asked = Signal()
    usual_asked = Signal()

    def __init__(
        self,
        kit: Kit,
        knowledge: Knowledge,
        standing: Standing,
        outcomes: Sequence[Outcome],
        collisions: Sequence[Collision],
        *,
        several: bool,
    ) -> None:
        super().__init__()
        self._kit = kit
        self._knowledge = knowledge
        self.standing = standing
        self.versions: SeriesVersions | None = None
        self._name = concern_name(kit.tr, knowledge, standing.series.concern)
        self.setAccessibleName(kit.tr("Series: {concern}", concern=self._name))
        self.body.setSpacing(SPACE + SPACE // 2)
        self.body.addLayout(self._head(several))
        self.body.addLayout(self._line())
        self.body.addWidget(label(self._plan_text(), "body", muted=True, wrap=True))
        if other := not_counted(kit.tr, standing):
            self.body.addWidget(label(other, "body", muted=True, wrap=True))
        if standing.series.reason:
            said = kit.tr("Against the rule: {reason}", reason=standing.series.reason)
            self.body.addWidget(label(said, "body", muted=True, wrap=True))
        if standing.series.ended_reason:
            self.body.addWidget(label(standing.series.ended_reason, "body", wrap=True))
        self._add_treatments(collisions)
        if outcomes:
            self.body.addLayout(self._outcome(outcomes))
        self.setAccessibleDescription(", ".join(self.glance()))

    def add_versions(self, versions: SeriesVersions) -> None:
        """Put the way to earlier versions at the end."""
        self.versions = versions
        self.body.addWidget(versions)

    def glance(self) -> tuple[str, ...]:
        """Where the series stands, in words."""
        tr, standing = self._kit.tr, self.standing
        done = of_sessions(tr, len(standing.done), standing.series.sessions)
        parts = (self._name, done, since_last(tr, standing), next_due(tr, standing), not_counted(tr, standing))
        return tuple(part for part in parts if part)

    def _head(self, several: bool) -> QHBoxLayout:
        tr, theme, series = self._kit.tr, self._kit.theme, self.standing.series
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(label(self._name, "heading", wrap=True), 1)
        if series.running:
            if several and not series.usual:
                usual = button(theme, tr("Make it the usual one"), "quiet")
                usual.setAccessibleName(tr("Make it the usual one: {series}", series=self._name))
                usual.clicked.connect(self.usual_asked)
                row.addWidget(usual)
            self.change = button(theme, tr("Change"), "quiet", "edit")
            self.change.setAccessibleName(tr("Change the series: {series}", series=self._name))
            self.change.clicked.connect(self.change_asked)
            self.end = button(theme, tr("End…"), "quiet")
            self.end.setAccessibleName(tr("End the series: {series}", series=self._name))
            self.end.clicked.connect(self.end_asked)
            row.addWidget(self.change)
            row.addWidget(self.end)
        return row

    def _line(self) -> QHBoxLayout:
        tr, standing = self._kit.tr, self.standing
        dots = SessionDots(self._kit.theme, tr)
        dots.show_sessions(len(standing.done), standing.series.sessions, running=standing.series.running)
        row = QHBoxLayout()
        row.setSpacing(2 * SPACE)
        row.addWidget(label(of_sessions(tr, len(standing.done), standing.series.sessions), "title"))
        words = QVBoxLayout()
        words.setSpacing(SPACE // 2)
        words.addWidget(dots)
        said = [part for part in (since_last(tr, standing), next_due(tr, standing)) if part]
        words.addWidget(label(SEPARATOR.join(said), "strong", wrap=True))
        row.addLayout(words, 1)
        return row

    def _plan_text(self) -> str:
        series = self.standing.series
        zones = zone_names(self._knowledge, self._kit.tr, series.zones)
        return SEPARATOR.join(part for part in (plan_line(self._kit.tr, series), zones) if part)

    def _add_treatments(self, collisions: Sequence[Collision]) -> None:
        tr = self._kit.tr
        against = {one.treatment.id: one for one in collisions}
        for one in self.standing.series.treatments:
            entry = self._knowledge.combinations.get(one.combination)
            name = tr(entry.name) if entry else one.combination
            said = SEPARATOR.join(part for part in (name, record_date(one.on), one.note) if part)
            hit = against.get(one.id)
            row = QHBoxLayout()
            row.setSpacing(SPACE)
            icon, tone = ("warning", "hold") if hit else ("calendar", "muted")
            row.addWidget(IconMark(self._kit.theme, icon, tone, 22), 0, Qt.AlignmentFlag.AlignTop)
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(label(said, "body", wrap=True))
            if hit:
                warned = label(collision_text(hit, tr), "body", wrap=True)
                set_tone(warned, "hold")
                words.addWidget(warned)
            row.addLayout(words, 1)
            self.body.addLayout(row)

    def _outcome(self, outcomes: Sequence[Outcome]) -> QGridLayout:
        tr = self._kit.tr
        last = tr("So far") if self.standing.series.running else tr("At the end")
        grid = QGridLayout()
        grid.setHorizontalSpacing(3 * SPACE)
        grid.setVerticalSpacing(SPACE // 2)
        for place, heading in enumerate((tr("Outcome"), tr("At the start"), last)):
            grid.addWidget(label(heading, "caption", muted=True), 0, place)
        for line, one in enumerate(outcomes, start=1):
            scale = self._knowledge.scales.get(one.scale)
            grid.addWidget(label(tr(scale.name) if scale else one.scale, "body", wrap=True), line, 0)
            grid.addWidget(label(self._grade(one.scale, one.start), "strong", wrap=True), line, 1)
            grid.addWidget(label(self._grade(one.scale, one.end), "strong", wrap=True), line, 2)
        for place in range(3):
            grid.setColumnStretch(place, 1)
        return grid

    def _grade(self, scale: str, grade: Grade | None) -> str:
        tr, known = self._kit.tr, self._knowledge.scales.get(scale)
        if grade is None:
            return "–"
        word = next((one.word for one in known.grades if one.value == grade.value), "") if known else ""
        return f"{grade.value} {tr(word)}".strip()
