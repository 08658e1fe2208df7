"""Which session of which series this visit is, and the way to take over what the series plans."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from needlelog.domain.series import SeriesVisit
from needlelog.domain.session import SessionDraft
from needlelog.rules.series import Standing
from needlelog.services.desk import Desk
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label, set_tone
from ui.toolkit.plain import caption
from ui.toolkit.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.chips import ChipRow
from ui.widgets.series_words import concern_name, not_counted, of_sessions, plan_line, since_last
from ui.widgets.session_dots import SessionDots

NONE = "none"


class SeriesChoice(Card):
    """Says ``chosen`` with the session (None for no series), ``plan_asked`` with the series; hidden without any."""

    chosen = Signal(object)
    plan_asked = Signal(object)

    def __init__(self, kit: Kit, desk: Desk) -> None:
        super().__init__()
        self.setAccessibleName(kit.tr("Series"))
        self._kit = kit
        self._desk = desk
        self._standings: dict[UUID, Standing] = {}
        tr = kit.tr
        self.said = label("", "heading", wrap=True)
        self.dots = SessionDots(kit.theme, tr)
        self.told = label("", "body", muted=True, wrap=True)
        self.take = button(kit.theme, tr("Take its zones and depth"), "secondary", "repeat")
        self.take.clicked.connect(self._on_take)
        self.belongs = button(kit.theme, "", "quiet")
        self.belongs.clicked.connect(self._on_belongs)
        self.which = ChipRow(kit.theme, tr("Series of this visit"), [], clearable=False)
        self.which.changed.connect(self._on_chosen)
        self.body.setSpacing(SPACE)
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setSpacing(2 * SPACE)
            self.add(row)
        first.addWidget(self.said, 1)
        first.addWidget(self.dots)
        second.addWidget(self.told, 1)
        second.addWidget(self.take)
        second.addWidget(self.belongs)
        self.add(self.which)

    def read(self, draft: SessionDraft) -> None:
        """Read the client's series afresh; those that run, and the one this visit belongs to."""
        said = draft.consultation.series
        found = self._desk.series.all_standing(draft.client_id)
        kept = [one for one in found if one.series.running or (said and one.series.id == said.series_id)]
        self._standings = {one.series.id: one for one in kept}
        name = self._kit.tr
        options: list[tuple[object, str]] = [
            (key, concern_name(name, self._desk.knowledge, one.series.concern)) for key, one in self._standings.items()
        ]
        self.which.set_options([*options, (NONE, name("None of them"))])
        self.which.setVisible(len(kept) > 1)
        self.belongs.setVisible(len(kept) == 1)
        self.setVisible(bool(kept))

    def show_draft(self, draft: SessionDraft) -> None:
        """Paint from the draft."""
        tr, said = self._kit.tr, draft.consultation.series
        standing = self._standings.get(said.series_id) if said else None
        self.which.set_value(said.series_id if said else NONE)
        belongs = tr("Not this series") if said else tr("It is a session of the series")
        self.belongs.setText(caption(belongs))
        self.belongs.setAccessibleName(belongs)
        for part in (self.dots, self.take):
            part.setVisible(standing is not None)
        if said is None or standing is None:
            self.said.setText(tr("This visit belongs to no series."))
            set_tone(self.told, "muted")
            names = [concern_name(tr, self._desk.knowledge, one.series.concern) for one in self._standings.values()]
            self.told.setText(tr("Planned: {series}", series=", ".join(names)))
            return
        name = concern_name(tr, self._desk.knowledge, said.concern)
        # As it is counted now: since it was said, another visit may have been signed or found in error.
        number, sessions = standing.number, standing.series.sessions
        which = of_sessions(tr, number, sessions)
        parts = [name, which, since_last(tr, standing)]
        self.said.setText("   ·   ".join(part for part in parts if part))
        self.dots.show_sessions(number - 1, sessions, running=True)
        told = plan_line(tr, standing.series)
        if number > sessions:
            told = tr("{plan}. More sessions than were planned.", plan=told)
        early = standing.early_days
        if early:
            sooner = tr.plural("{count} day earlier than planned", "{count} days earlier than planned", early)
            told = f"{told}   ·   {sooner}"
        if other := not_counted(tr, standing):
            told = f"{told}   ·   {other}"
        self.told.setText(told)
        set_tone(self.told, "hold" if early or number > sessions else "muted")
        planned = {one.zone for one in draft.consultation.plan.zones}
        self.take.setVisible(bool(set(standing.series.zones) - planned))

    def _on_belongs(self) -> None:
        now = self.which.value()
        only = next(iter(self._standings))
        self._on_chosen(NONE if now == only else only)

    def _on_chosen(self, key: object) -> None:
        standing = self._standings.get(key) if isinstance(key, UUID) else None
        visit: SeriesVisit | None = self._desk.series.visit_of(standing.series) if standing else None
        self.chosen.emit(visit)

    def _on_take(self) -> None:
        key = self.which.value()
        if isinstance(key, UUID) and key in self._standings:
            self.plan_asked.emit(self._standings[key].series)
