"""The form of a series: what the sources give stands in it, and what speaks against another figure is said with why."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from needlelog.clock import today
from needlelog.domain.entry import parse_date, parse_decimal, parse_reason
from needlelog.domain.series import LONGEST_INTERVAL_DAYS, MOST_SESSIONS, Series, day_ahead
from needlelog.errors import Fault
from needlelog.i18n import record_date
from needlelog.rules.series import next_session_on
from needlelog.services.desk import Desk
from ui.screens.series.treatments import TreatmentsCard
from ui.screens.series.zones import ZonesCard
from ui.toolkit.buttons import button
from ui.toolkit.dialogs import Leaving
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label, set_tone
from ui.toolkit.screen import Screen, ToClient
from ui.toolkit.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.choice_field import ChoiceField
from ui.widgets.client_banner import ClientBanner
from ui.widgets.client_facts import banner_facts
from ui.widgets.labelled_field import LabelledField
from ui.widgets.line_fields import DateField, LineField
from ui.widgets.notice import Notice
from ui.widgets.numbers import number
from ui.widgets.paragraph_field import ParagraphField
from ui.widgets.scroll_column import ScrollColumn, growing

REASON_LIMIT = 1000


class SeriesFormScreen(Screen):
    """A new series of a client, or one that runs."""

    asks_before_leaving = True

    def __init__(
        self, kit: Kit, desk: Desk, client_id: UUID, series_id: UUID | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(kit.tr("New series") if series_id is None else kit.tr("Series"), parent)
        self._kit = kit
        self._desk = desk
        self.client_id = client_id
        self._client = desk.clients.get(client_id)
        self._base = desk.series.get(series_id) if series_id else None
        self._done = desk.series.standing(self._base).done if self._base else ()
        self._today = today(desk.clock, desk.practice.clinic().time_zone)
        self._build()
        if self._base is not None:
            self._show(self._base)
        else:
            self.started.set_value(self._today)
        self._judge()
        self._rest()

    # building

    def _build(self) -> None:
        kit, knowledge = self._kit, self._desk.knowledge
        self.banner = ClientBanner(kit.theme, kit.tr)
        self.banner.show_client(banner_facts(self._client, self._today, knowledge.ages.values()))
        self.zones = ZonesCard(kit, knowledge)
        self.treatments = TreatmentsCard(kit, knowledge, self._today, self._needled)
        self._make_fields()
        self.scroller = ScrollColumn(self.title, margins=(4 * SPACE, 0, 4 * SPACE, 4 * SPACE))
        for card in (self._plan_card(), self._against_card(), self.zones, self.treatments):
            self.scroller.add(growing(card))
        for part in (*self._fields(), self.zones, self.treatments):
            part.edited.connect(self._on_edited)
        self.concern.committed.connect(self._on_concern)
        self.notice = Notice(kit.theme, "stop")
        held = QHBoxLayout()
        held.setContentsMargins(4 * SPACE, 0, 4 * SPACE, 0)
        held.addWidget(self.notice)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(2 * SPACE)
        whole.addWidget(self.banner)
        whole.addLayout(self._build_head())
        whole.addLayout(held)
        whole.addWidget(self.scroller, 1)
        QShortcut(QKeySequence.StandardKey.Save, self).activated.connect(self._on_save)

    def _build_head(self) -> QHBoxLayout:
        tr, theme = self._kit.tr, self._kit.theme
        head = QHBoxLayout()
        head.setContentsMargins(4 * SPACE, 0, 4 * SPACE, 0)
        head.setSpacing(SPACE)
        head.addWidget(label(self.title, "title"))
        head.addStretch(1)
        self.cancel = button(theme, tr("Discard"), "secondary")
        self.save = button(theme, tr("Save"), "primary", "check")
        self.cancel.clicked.connect(self._on_cancel)
        self.save.clicked.connect(self._on_save)
        head.addWidget(self.cancel)
        head.addWidget(self.save)
        return head

    def _make_fields(self) -> None:
        tr, theme, knowledge = self._kit.tr, self._kit.theme, self._desk.knowledge
        sessions, interval, depth, start = tr("Sessions"), tr("Days between"), tr("Target depth (mm)"), tr("Started on")
        concerns = [(one.id, tr(one.name)) for one in knowledge.concerns.values()]
        self.concern = ChoiceField[str](theme, tr, tr("Concern"), concerns, required=True)
        self.sessions = LineField[int](
            theme, tr, sessions, lambda text: _whole(text, sessions, MOST_SESSIONS, tr("sessions")), required=True
        )
        self.interval = LineField[int](
            theme, tr, interval, lambda text: _whole(text, interval, LONGEST_INTERVAL_DAYS, tr("days")), required=True
        )
        most = knowledge.ceiling.depth_mm
        self.depth_mm = LineField[Decimal](
            theme,
            tr,
            depth,
            lambda text: parse_decimal(text, field=depth, minimum=Decimal(0), maximum=most, places=2, unit=tr("mm")),
            show=number,
            hint=tr("Leave empty if it is not decided yet"),
        )
        self.started = DateField[date](
            theme,
            tr,
            start,
            lambda text: day_ahead(parse_date(text, field=start, today=self._today, future=True), self._today, start),
            record_date,
            required=True,
            hint="",
        )
        self.reason = ParagraphField[str](
            theme,
            tr,
            tr("Reason"),
            lambda text: parse_reason(text, field=tr("Reason"), limit=REASON_LIMIT),
            lines=2,
            required=True,
        )

    def _plan_card(self) -> Card:
        card = Card(self._kit.tr("What is planned"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * SPACE)
        grid.setVerticalSpacing(SPACE)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(self.concern, 0, 0, 1, 2, top)
        grid.addWidget(self.started, 0, 2, 1, 2, top)
        grid.addWidget(self.sessions, 1, 0, 1, 1, top)
        grid.addWidget(self.interval, 1, 1, 1, 1, top)
        grid.addWidget(self.depth_mm, 1, 2, 1, 2, top)
        for place in range(4):
            grid.setColumnStretch(place, 1)
        card.add(grid)
        self.sourced = label("", "body", muted=True, wrap=True)
        card.add(self.sourced)
        return card

    def _against_card(self) -> Card:
        self.against = Card(self._kit.tr("Against what the sources say"))
        self.objections = label("", "body", wrap=True)
        set_tone(self.objections, "hold")
        self.against.add(self.objections)
        self.against.add(self.reason)
        return self.against

    # coming and going

    def activate(self) -> None:
        """The focus goes to the first entry, unless it is already somewhere in the form."""
        if not self.scroller.isAncestorOf(self.focusWidget() or self):
            (self.concern if self.concern.isEnabled() else self.sessions).setFocus()

    def deactivate(self) -> bool:
        """Offer to save what was typed; False while it cannot be saved, or on the wish to stay."""
        if not self.unsaved:
            return True
        tr = self._kit.tr
        answer = self._kit.dialogs.ask_leaving(
            self,
            tr("This series is not saved yet"),
            tr("Save it, discard what you typed for good, or stay here?"),
        )
        if answer is Leaving.DISCARD:
            self._rest()
            return True
        return answer is Leaving.SAVE and self._keep()

    def keep(self) -> bool:
        return not self.unsaved or self._keep()

    @property
    def unsaved(self) -> bool:
        """Whether anything was typed or chosen since the last save."""
        return self._typed() != self._untouched

    # reading and showing

    def _fields(self) -> tuple[Any, ...]:
        return (self.concern, self.started, self.sessions, self.interval, self.depth_mm, self.reason)

    def _typed(self) -> tuple[Any, ...]:
        texts = tuple(field.raw_text() for field in self._fields())
        return (*texts, self.zones.zones(), self.treatments.treatments(), *self.treatments.typed())

    def _rest(self) -> None:
        self._untouched = self._typed()

    def _show(self, series: Series) -> None:
        self.concern.set_value(series.concern)
        self.concern.setEnabled(not self._done)
        self.sessions.set_value(series.sessions)
        self.interval.set_value(series.interval_days)
        self.depth_mm.set_value(series.depth_mm)
        self.started.set_value(series.started_on)
        self.reason.set_value(series.reason or None)
        self.zones.set_zones(series.zones)
        self.treatments.set_treatments(series.treatments)

    def _needled(self) -> tuple[date, ...]:
        """The days of the sessions done, and those on which the others would come."""
        sessions, interval, start = self.sessions.value(), self.interval.value(), self.started.value()
        days = list(self._done)
        draft = self._series()
        if sessions is None or interval is None or start is None or draft is None:
            return tuple(days)
        while len(days) < sessions:
            days.append(next_session_on(days[-1], draft) if days else start)
        return tuple(days)

    def _series(self) -> Series | None:
        """The series as typed, without a look at what is wrong; None while it is not one."""
        concern, sessions, interval = self.concern.value(), self.sessions.value(), self.interval.value()
        started = self.started.value()
        if concern is None or sessions is None or interval is None or started is None or self.depth_mm.fault():
            return None
        typed = {
            "concern": concern,
            "sessions": sessions,
            "interval_days": interval,
            "depth_mm": self.depth_mm.value(),
            "zones": self.zones.zones(),
            "started_on": started,
            "reason": (self.reason.value() or "") if self.against.isVisibleTo(self) else "",
            "treatments": self.treatments.treatments(),
        }
        if self._base is not None:
            return self._base.with_(**typed)
        return Series.model_validate(
            {"id": uuid4(), "client_id": self.client_id, "at": self._desk.clock.now(), **typed}
        )

    def _judge(self) -> None:
        """Say what speaks against the plan as it stands, with its sources, and ask for a reason only then."""
        tr, series = self._kit.tr, self._series()
        found = self._desk.series.objections(series) if series else ()
        lines = []
        for one in found:
            sources = "; ".join(self._desk.knowledge.cited(source) for source in one.sources[:2])
            lines.append(tr("{title}. {detail} ({sources})", title=one.title, detail=one.detail, sources=sources))
        self.objections.setText("\n".join(lines))
        self.against.setVisible(bool(found))
        self.treatments.refresh()

    def _say_sourced(self) -> None:
        entry = self._desk.knowledge.concerns.get(self.concern.value() or "")
        self.sourced.setText(self._kit.tr(entry.note) if entry else "")
        self.sourced.setVisible(bool(entry))

    def _on_concern(self, concern: str | None) -> None:
        if concern is None:
            return
        figures = self._desk.series.figures(concern)
        self.sessions.set_value(figures.sessions)
        self.interval.set_value(figures.interval_days)
        self.depth_mm.set_value(figures.depth_mm)
        self._on_edited()

    # saving

    def _keep(self) -> bool:
        tr = self._kit.tr
        needed: list[LabelledField[Any]] = [self.concern, self.started, self.sessions, self.interval, self.depth_mm]
        if self.against.isVisibleTo(self):
            needed.append(self.reason)
        checked = [field.check() for field in needed]
        zones_right = bool(self.zones.zones())
        if not zones_right:
            self.zones.say_wrong()
        if not (all(checked) and zones_right and self.treatments.take_typed()):
            wrong = next((field for field, right in zip(needed, checked, strict=True) if not right), None)
            if wrong is not None:
                wrong.setFocus()
                self.scroller.ensureWidgetVisible(wrong, 0, 4 * SPACE)
            elif not zones_right:
                self.scroller.ensureWidgetVisible(self.zones)
            self.notice.say(tr("Not saved yet: one entry needs another look. It is marked below."))
            return False
        series = self._series()
        if series is None:
            return False
        try:
            self._base = self._desk.series.keep(series)
        except Fault as fault:
            self.notice.say(str(tr.fault(fault)))
            return False
        self.notice.say("")
        self._rest()
        return True

    def _on_edited(self) -> None:
        self.notice.say("")
        self._say_sourced()
        self._judge()

    def _on_save(self) -> None:
        if self._keep() and self.client_id is not None:
            self.go.emit(ToClient(self.client_id))

    def _on_cancel(self) -> None:
        self._rest()
        if self.client_id is not None:
            self.go.emit(ToClient(self.client_id))


def _whole(text: str, field: str, most: int, unit: str) -> int:
    """A whole number from 1; raises ``Fault``."""
    return int(parse_decimal(text, field=field, minimum=Decimal(1), maximum=Decimal(most), places=0, unit=unit))
