"""The series of a client above their visits: the usual one, the others that run, then those that have ended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from needlelog.domain.history import VisitSummary
from needlelog.domain.series import Series
from needlelog.errors import Fault
from needlelog.rules.series import Standing
from needlelog.services.desk import Desk
from ui.screens.client.series_card import SeriesCard
from ui.screens.client.series_versions import SeriesVersions
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.screen import EditSeries, EndSeries
from ui.toolkit.theme import SPACE
from ui.widgets.scroll_column import growing


class SeriesPart(QWidget):
    """Heading, the way to plan one more, and a card for each series."""

    go = Signal(object)
    changed = Signal()
    """Another series has become the usual one."""

    def __init__(self, kit: Kit, desk: Desk, client_id: UUID, visits: Sequence[VisitSummary]) -> None:
        super().__init__()
        self._kit = kit
        self._desk = desk
        self._client_id = client_id
        self._visits = visits
        self.cards: list[SeriesCard] = []
        series = desk.series.of(client_id)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * SPACE)
        column.addLayout(self._head(any_series=bool(series)))
        several = sum(one.running for one in series) > 1
        for one in series:
            card = growing(self._card(desk.series.standing(one, visits), several))
            column.addWidget(card)

    def _head(self, *, any_series: bool) -> QHBoxLayout:
        tr, theme = self._kit.tr, self._kit.theme
        row = QHBoxLayout()
        if any_series:
            row.addWidget(label(tr("Series"), "heading"))
        row.addStretch(1)
        self.plan = button(theme, tr("Plan a series"), "quiet", "plus")
        self.plan.clicked.connect(lambda: self.go.emit(EditSeries(self._client_id, None)))
        row.addWidget(self.plan, 0, Qt.AlignmentFlag.AlignVCenter)
        return row

    def _card(self, standing: Standing, several: bool) -> SeriesCard:
        days = list(standing.done)
        if standing.next_on is not None:
            days.append(max(standing.next_on, standing.today))
        series = standing.series
        card = SeriesCard(
            self._kit,
            self._desk.knowledge,
            standing,
            self._desk.series.outcome(series, self._visits),
            self._desk.series.collisions(self._client_id, days),
            several=several,
        )
        if series.version > 1:
            zone = self._desk.practice.clinic().time_zone
            card.add_versions(SeriesVersions(self._kit, self._desk.knowledge, series, zone, self._reader(series.id)))
        card.change_asked.connect(self._goer(EditSeries(self._client_id, series.id)))
        card.end_asked.connect(self._goer(EndSeries(series.id)))
        card.usual_asked.connect(self._usual_maker(series.id))
        self.cards.append(card)
        return card

    def _reader(self, series_id: UUID) -> Callable[[], Sequence[Series]]:
        return lambda: self._desk.series.versions(series_id)

    def _goer(self, route: EditSeries | EndSeries) -> Callable[[], None]:
        return lambda: self.go.emit(route)

    def _usual_maker(self, series_id: UUID) -> Callable[[], None]:
        def make() -> None:
            try:
                self._desk.series.make_usual(series_id)
            except Fault as fault:
                self._kit.dialogs.tell(self, self._kit.tr.fault(fault))
            self.changed.emit()

        return make
