"""One entry on an adverse event: the first one that opens it, or a further one that tells on or corrects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from needlelog.clock import local, zone_of
from needlelog.domain.adverse_events import EventEntry
from needlelog.domain.entry import parse_clock_time, parse_date, parse_line, parse_paragraphs
from needlelog.domain.reactions import Outcome, Seriousness
from needlelog.domain.value import LINE_LIMIT, PARAGRAPHS_LIMIT
from needlelog.i18n import record_date
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.chips import ChipRow
from ui.widgets.line_fields import DateField, LineField
from ui.widgets.paragraph_field import ParagraphField
from ui.widgets.phrases import moment_text
from ui.widgets.trade_words import outcome, seriousness


@dataclass(frozen=True, slots=True)
class Entered:
    """What stands in the form."""

    text: str
    seriousness: Seriousness | None
    outcome: Outcome | None
    action_taken: str
    reported_to: str
    onset_at: datetime | None = None
    zones: tuple[str, ...] = ()
    corrects: UUID | None = None


class EntryForm(Card):
    """``first`` asks for everything an event begins with; further entries only for what is new."""

    entered = Signal(object)

    def __init__(self, kit: Kit, zone: str, zones: Sequence[tuple[str, str]], *, first: bool) -> None:
        super().__init__(kit.tr("What happened") if first else kit.tr("Add an entry"))
        self._kit = kit
        self._zone = zone
        self._first = first
        self._corrects: UUID | None = None
        tr, theme = kit.tr, kit.theme
        self.body.setSpacing(12)
        if not first:
            self.add(self._build_kind())
        what = tr("What happened?") if first else tr("What is there to add?")
        self.what = ParagraphField[str](
            theme,
            tr,
            what,
            lambda text: parse_paragraphs(text, field=what, limit=PARAGRAPHS_LIMIT, required=True),
            lines=3 if first else 2,
            required=True,
        )
        self.add(self.what)
        self.seriousness = ChipRow(
            theme, tr("How serious?"), [(one, seriousness(tr, one)) for one in Seriousness], clearable=not first
        )
        weighed = tr("How serious?") if first else tr("How serious is it now, if that changed?")
        self.add(self._named(weighed, self.seriousness))
        self.zones = ChipRow(theme, tr("Where?"), list(zones), multiple=True)
        if first:
            self.add(self._named(tr("Where?"), self.zones))
            self.add(self._build_onset())
        self.outcome = ChipRow(theme, tr("How does it stand?"), [(one, outcome(tr, one)) for one in Outcome])
        self.add(self._named(tr("How does it stand?"), self.outcome))
        self.action = self._paragraph(tr("What was done about it?"))
        self.reported = self._line(tr("Reported to"), tr("Maker, authority, doctor; with the day"))
        self.add(self.action)
        self.add(self.reported)
        self.keep = button(theme, tr("Open the event") if first else tr("Add to the event"), "primary", "check")
        self.keep.clicked.connect(self._on_keep)
        row = QHBoxLayout()
        sealed = tr("It is sealed with your name and the time. A further entry may correct it; both stay.")
        row.addWidget(label(sealed, "caption", muted=True, wrap=True), 1)
        row.addWidget(self.keep)
        self.add(row)

    def _build_kind(self) -> QWidget:
        tr = self._kit.tr
        self.kind = ChipRow(self._kit.theme, tr("What kind of entry"), [("", tr("How it went on"))], clearable=False)
        self.kind.changed.connect(self._on_kind)
        return self.kind

    def _build_onset(self) -> QWidget:
        tr, theme = self._kit.tr, self._kit.theme
        day, clock = tr("Began on"), tr("at about")
        now = local(self._kit.clock.now(), self._zone)
        self.day = DateField[date](
            theme, tr, day, lambda text: parse_date(text, field=day, today=now.date()), record_date
        )
        self.clock = LineField[time](
            theme,
            tr,
            clock,
            lambda text: parse_clock_time(text, field=clock),
            placeholder=tr("HH:MM"),
            show=lambda wall: f"{wall:%H:%M}",
            hint=tr("Leave it empty if nobody knows"),
        )
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * SPACE)
        row.addWidget(self.day, 2)
        row.addWidget(self.clock, 1)
        return holder

    def _named(self, name: str, part: QWidget) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label(name, "strong", wrap=True))
        column.addWidget(part)
        return holder

    def _paragraph(self, name: str) -> ParagraphField[str]:
        return ParagraphField[str](
            self._kit.theme,
            self._kit.tr,
            name,
            lambda text: parse_paragraphs(text, field=name, limit=PARAGRAPHS_LIMIT),
            lines=2,
        )

    def _line(self, name: str, hint: str) -> LineField[str]:
        return LineField[str](
            self._kit.theme, self._kit.tr, name, lambda text: parse_line(text, field=name, limit=LINE_LIMIT), hint=hint
        )

    def begin_with(self, text: str, zones: Sequence[str]) -> None:
        """Put in what is known already: what a follow-up said, and where."""
        self.what.set_raw_text(text)
        self.zones.set_value(frozenset(zones))
        now = local(self._kit.clock.now(), self._zone)
        self.day.set_value(now.date())

    def offer_corrections(self, entries: Sequence[EventEntry]) -> None:
        """The entries that may be corrected."""
        tr = self._kit.tr
        named = [(str(one.id), tr("Corrects {when}", when=moment_text(one.at, self._zone))) for one in entries]
        self.kind.set_options([("", tr("How it went on")), *named])
        self.kind.set_value("")
        self._corrects = None

    def unsaved_text(self) -> str:
        """What was written and not added yet."""
        return "".join(part.raw_text().strip() for part in (self.what, self.action, self.reported))

    def clear(self) -> None:
        """Empty it for the next entry."""
        for field in (self.what, self.action, self.reported):
            field.set_raw_text("")
        self.seriousness.set_value(None)
        self.outcome.set_value(None)

    def _on_kind(self, chosen: object) -> None:
        self._corrects = UUID(str(chosen)) if chosen else None

    def _onset(self) -> datetime | None:
        day = self.day.value()
        if day is None:
            return None
        wall = self.clock.value() or time(12)
        moment = datetime.combine(day, wall, zone_of(self._zone))
        # A time later than now on this very day is a day's noon that has not come yet.
        return min(moment, self._kit.clock.now().astimezone(zone_of(self._zone)))

    def _on_keep(self) -> None:
        fields: list[ParagraphField[str] | LineField[str]] = [self.what, self.action, self.reported]
        good = [field.check() for field in fields]
        if self._first:
            good += [self.day.check() if self.day.raw_text().strip() else True]
            good += [self.clock.check() if self.clock.raw_text().strip() else True]
        if not all(good):
            return
        weight, stands, zones = self.seriousness.value(), self.outcome.value(), self.zones.value()
        self.entered.emit(
            Entered(
                text=self.what.value() or "",
                seriousness=weight if isinstance(weight, Seriousness) else None,
                outcome=stands if isinstance(stands, Outcome) else None,
                action_taken=self.action.value() or "",
                reported_to=self.reported.value() or "",
                onset_at=self._onset() if self._first else None,
                zones=tuple(sorted(zones)) if isinstance(zones, frozenset) else (),
                corrects=self._corrects,
            )
        )
