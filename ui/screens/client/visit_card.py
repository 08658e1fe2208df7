"""One signed visit at a glance."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from needlelog.domain.history import VisitSummary
from needlelog.domain.series import SeriesVisit
from needlelog.i18n import Words, record_date
from needlelog.knowledge.model import Knowledge
from needlelog.rules.severity import worst
from ui.toolkit.kit import Kit
from ui.toolkit.labels import IconMark, label, set_tone
from ui.widgets.elided import ElidedLabel
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.phrases import day_of, time_text
from ui.widgets.series_words import concern_name, of_sessions
from ui.widgets.tap_card import TapCard
from ui.widgets.trade_words import reaction_text

WIDEST_VALUE = 420
"""In px: a name with every title fits; only what is longer still is cut."""


def zone_name(knowledge: Knowledge, zone: str) -> str:
    """The zone's name; an id of an older reference set stands for itself."""
    known = knowledge.zones.get(zone)
    return known.name if known else zone


def zone_names(knowledge: Knowledge, tr: Words, zones: tuple[str, ...], most: int = 6) -> str:
    """The zones by name, the rest counted."""
    names = [zone_name(knowledge, zone) for zone in zones[:most]]
    if len(zones) > most:
        names.append(tr("{count} more", count=len(zones) - most))
    return ", ".join(names)


class VisitCard(TapCard):
    """Date, zones, deepest depth, device, worst reaction, the gap before it, and what needs a second look."""

    def __init__(
        self,
        kit: Kit,
        knowledge: Knowledge,
        visit: VisitSummary,
        session: SeriesVisit | None = None,
        picture: QWidget | None = None,
    ) -> None:
        """``picture`` stands beside the words: what was done, on the map."""
        day = record_date(day_of(visit.started_at, visit.time_zone))
        super().__init__(kit.theme, kit.tr("Visit of {day}", day=day))
        self._tr = kit.tr
        self._kit = kit
        self._knowledge = knowledge
        self.visit = visit
        self.session = session
        self.body.setSpacing(10)
        self.body.addLayout(self._head(day))
        words = QVBoxLayout()
        words.setSpacing(10)
        if visit.signed_after is not None:
            words.addWidget(label(self._late_text(), "body", muted=True, wrap=True))
        words.addWidget(self._zones())
        words.addWidget(self._figures())
        marks = self._marks()
        if marks is not None:
            words.addLayout(marks)
        words.addStretch(1)
        beside = QHBoxLayout()
        beside.setSpacing(16)
        beside.addLayout(words, 1)
        if picture is not None:
            beside.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(beside)
        self.setAccessibleDescription(", ".join(self.glance()))

    def glance(self) -> tuple[str, ...]:
        """Everything the card says, in words."""
        figures = [f"{name}: {value} {note}".strip() for name, value, note in self._figure_texts()]
        late = (self._late_text(),) if self.visit.signed_after else ()
        session = (self.session_text(),) if self.session else ()
        return (*late, *session, self._zone_text(), *figures, *(text for text, _, _ in self._mark_texts()))

    def session_text(self) -> str:
        """``3 of 6``, with what the series is for."""
        if self.session is None:
            return ""
        which = of_sessions(self._tr, self.session.number, self.session.sessions)
        return f"{concern_name(self._tr, self._knowledge, self.session.concern)} {which}"

    def _late_text(self) -> str:
        """Why this visit does not stand where its day would put it."""
        after = self.visit.signed_after
        return self._tr("Signed after the visit of {day}", day=record_date(after)) if after else ""

    def gap(self) -> str:
        """How long after the visit before it."""
        days = self.visit.days_since_previous
        if days is None:
            return self._tr("First visit")
        return self._tr.plural("{count} day after the previous visit", "{count} days after the previous visit", days)

    def _head(self, day: str) -> QHBoxLayout:
        visit = self.visit
        head = QHBoxLayout()
        head.setSpacing(12)
        date = label(day, "heading")
        if visit.invalidated:
            font = date.font()
            font.setStrikeOut(True)
            date.setFont(font)
            set_tone(date, "muted")
        head.addWidget(date)
        head.addWidget(label(time_text(visit.started_at, visit.time_zone), "body", muted=True))
        if self.session is not None:
            which = label(self.session_text(), "strong")
            set_tone(which, "accent")
            head.addWidget(which)
        head.addStretch(1)
        head.addWidget(label(self.gap(), "body", muted=True))
        arrow = IconMark(self._kit.theme, "chevron-right", "muted", 24)
        arrow.setAlignment(Qt.AlignmentFlag.AlignCenter)
        head.addWidget(arrow)
        return head

    def _zone_text(self) -> str:
        zones = zone_names(self._knowledge, self._tr, self.visit.zones)
        return zones or self._tr("No needling in this visit")

    def _zones(self) -> QWidget:
        return label(self._zone_text(), "body", wrap=True)

    def _figure_texts(self) -> list[tuple[str, str, str]]:
        """Name, value and note of each figure."""
        tr, visit = self._tr, self.visit
        deepest, where = tr("none"), ""
        if visit.deepest_mm is not None:
            deepest, where = f"{visit.deepest_mm:.2f} mm", zone_name(self._knowledge, visit.deepest_zone)
        grade, what = (tr("None observed") if visit.none_observed else tr("Not recorded")), ""
        if (graded := worst(visit.reactions, self._knowledge.scales)) is not None:
            grade, what = reaction_text(self._knowledge, graded.reaction, graded)
        later: list[tuple[str, str, str]] = []
        if (since := worst(visit.later, self._knowledge.scales)) is not None:
            said, named = reaction_text(self._knowledge, since.reaction, since)
            later.append((tr("Worst in follow-ups"), said, named))
        elif visit.follow_ups:
            later.append((tr("Worst in follow-ups"), tr("Nothing graded above 0"), ""))
        device = ", ".join(visit.devices) or tr("none")
        return [
            (tr("Deepest"), deepest, where),
            (tr("Device"), device, ""),
            (tr("Worst reaction at the visit") if visit.follow_ups else tr("Worst reaction"), grade, what),
            *later,
            (tr("Treated by"), visit.practitioner, ""),
        ]

    def _figures(self) -> QWidget:
        """Each figure as a block; blocks go to the next line where there is no room, a grade is never cut off."""
        holder = QWidget()
        flow = FlowLayout(holder, spacing=16)
        for name, value, note in self._figure_texts():
            block = QWidget()
            block.setMinimumWidth(150)
            column = QVBoxLayout(block)
            column.setContentsMargins(0, 0, 16, 0)
            column.setSpacing(0)
            column.addWidget(label(name, "caption", muted=True))
            line = QHBoxLayout()
            line.setSpacing(8)
            shown = ElidedLabel(value, "strong")
            shown.setMaximumWidth(WIDEST_VALUE)
            shown.setMinimumWidth(min(WIDEST_VALUE, shown.sizeHint().width()))
            line.addWidget(shown)
            if note:
                line.addWidget(label(note, "body", muted=True))
            line.addStretch(1)
            column.addLayout(line)
            flow.addWidget(block)
        return holder

    def _mark_texts(self) -> list[tuple[str, str, str]]:
        """Text, icon and tone of each mark."""
        tr, visit = self._tr, self.visit
        marks = []
        if visit.damaged:
            marks.append((tr("Damaged: not what was signed"), "warning", "stop"))
        if visit.invalidated:
            marks.append((tr("Entered in error"), "cross", "stop"))
        if visit.red:
            marks.append((tr("Red flag"), "warning", "stop"))
        if visit.adverse_events:
            many = tr.plural("{count} adverse event", "{count} adverse events", visit.adverse_events)
            marks.append((many, "warning", "stop"))
        if visit.overrides:
            marks.append((tr.plural("{count} override", "{count} overrides", visit.overrides), "hold", "hold"))
        if visit.follow_ups:
            marks.append((tr.plural("{count} follow-up", "{count} follow-ups", visit.follow_ups), "phone", "accent"))
        if visit.addenda:
            marks.append((tr.plural("{count} addendum", "{count} addenda", visit.addenda), "edit", "accent"))
        return marks

    def _marks(self) -> QHBoxLayout | None:
        texts = self._mark_texts()
        if not texts:
            return None
        row = QHBoxLayout()
        row.setSpacing(20)
        for text, icon, tone in texts:
            mark = QVBoxLayout()
            line = QHBoxLayout()
            line.setSpacing(6)
            line.addWidget(IconMark(self._kit.theme, icon, tone, 20))
            said = label(text, "strong")
            set_tone(said, tone)
            line.addWidget(said)
            mark.addLayout(line)
            row.addLayout(mark)
        row.addStretch(1)
        return row
