"""Step 8: how the skin took it, graded per zone on published scales; "none observed" is an answer of its own."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from needlelog.domain.findings import StepId
from needlelog.domain.reactions import Observation
from needlelog.domain.session import Photo, Reactions, SessionDraft
from needlelog.knowledge.model import ReactionEntry
from needlelog.services.desk import Desk
from ui.screens.session.adverse_event import AdverseEventForm
from ui.screens.session.page import StepPage
from ui.screens.session.photos import PhotoStrip
from ui.screens.session.presenter import SessionPresenter
from ui.screens.session.reaction_row import ReactionRow
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.chips import ChipRow

WHOLE_AREA = ""


class ReactionsPage(StepPage):
    """Choose where, then one tap per grade: the main scales at once, every other reaction when it is asked for."""

    step = StepId.REACTIONS

    def __init__(self, kit: Kit, desk: Desk, presenter: SessionPresenter, parent: QWidget | None = None) -> None:
        super().__init__(kit, desk, presenter, parent)
        self._known = desk.knowledge.reactions
        self._zone = WHOLE_AREA
        self._rows: dict[str, ReactionRow] = {}
        self._wanted: set[str] = set()
        self._zones_shown: tuple[str, ...] | None = None
        self.column.setSpacing(SPACE)
        self.column.addWidget(self._build_none())
        self.column.addWidget(self._build_grades())
        self._adverse = AdverseEventForm(kit, presenter, desk.knowledge)
        self.column.addWidget(self._adverse)
        self.column.addWidget(self._build_photos())
        self.column.addStretch(1)

    # building

    def _build_none(self) -> QFrame:
        tr = self.kit.tr
        card = QFrame()
        card.setProperty("surface", "card")
        row = QHBoxLayout(card)
        row.setContentsMargins(SPACE * 2, SPACE, SPACE, SPACE)
        row.setSpacing(SPACE * 2)
        self._none_text = label("", "lead", wrap=True)
        self._none = button(self.kit.theme, tr("None observed"), "primary", "check", chair=True)
        self._none.clicked.connect(self._on_none_clicked)
        self._take_back = button(self.kit.theme, tr("Take back"), "quiet", "undo")
        self._take_back.clicked.connect(lambda: self._change(lambda part: part.with_(none_observed_at=None)))
        row.addWidget(self._none_text, 1)
        row.addWidget(self._take_back)
        row.addWidget(self._none)
        return card

    def _build_grades(self) -> QFrame:
        tr = self.kit.tr
        card = QFrame()
        card.setProperty("surface", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(SPACE * 2, 12, SPACE * 2, SPACE)
        column.setSpacing(SPACE)
        self._where = ChipRow(self.kit.theme, tr("Where"), [(WHOLE_AREA, tr("Whole treated area"))], clearable=False)
        self._where.changed.connect(self._on_where_changed)
        column.addWidget(self._where)
        self._column = QVBoxLayout()
        self._column.setSpacing(SPACE)
        # The main ones first; a reaction that is asked for comes below them in the order of the reference data.
        for entry in sorted(self._known.values(), key=lambda one: not one.main):
            row = ReactionRow(self.kit, entry, self.desk.knowledge.scales[entry.scale])
            row.graded.connect(self._on_graded)
            if not entry.main:
                row.hide()
            self._rows[entry.id] = row
            self._column.addWidget(row)
        column.addLayout(self._column)
        column.addWidget(self._build_others())
        return card

    def _build_others(self) -> QWidget:
        tr = self.kit.tr
        others = QWidget()
        column = QVBoxLayout(others)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        self._add = button(self.kit.theme, tr("Add a reaction"), "quiet", "plus")
        self._add.clicked.connect(self._on_add_clicked)
        column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        named = [(entry.id, tr(entry.name)) for entry in self._others()]
        self._more = ChipRow(self.kit.theme, tr("More reactions"), named, multiple=True)
        self._more.changed.connect(self._on_more_changed)
        self._more.hide()
        column.addWidget(self._more)
        return others

    def _others(self) -> list[ReactionEntry]:
        """What is offered under "Add a reaction": the common ones first."""
        return sorted((one for one in self._known.values() if not one.main), key=lambda one: not one.common)

    def _build_photos(self) -> Card:
        card = Card(self.kit.tr("Photos after"))
        self._photos = PhotoStrip(self.kit, self.desk, "after")
        self._photos.taken.connect(self._on_photo_taken)
        card.add(self._photos)
        return card

    # showing

    def show_draft(self, draft: SessionDraft) -> None:
        """Paint from the draft."""
        reactions = draft.reactions
        self._show_answer(reactions)
        self._show_where(draft)
        seen = {one.reaction for one in reactions.observations}
        for entry in self._known.values():
            grades = {one.zone: one.grade for one in reactions.observations if one.reaction == entry.id}
            here = grades.pop(self._zone, None)
            self._rows[entry.id].show_grade(here, [(self._place(zone), grade) for zone, grade in grades.items()])
            self._rows[entry.id].setVisible(entry.main or entry.id in seen or entry.id in self._wanted)
        self._more.set_value(frozenset(seen | self._wanted))
        self._photos.show_photos(reactions.photos)
        self._adverse.show_draft(draft)

    def _show_answer(self, reactions: Reactions) -> None:
        tr, count, none = self.kit.tr, len(reactions.observations), reactions.none_observed_at
        if none:
            self._none_text.setText(tr("None observed, {time}.", time=self.clock_time(none)))
        elif count:
            self._none_text.setText(tr.plural("{count} grade recorded.", "{count} grades recorded.", count))
        else:
            self._none_text.setText(tr("No answer yet. Grade what is seen, or say that nothing is."))
        self._none.setVisible(not count and none is None)
        self._take_back.setVisible(none is not None)

    def _show_where(self, draft: SessionDraft) -> None:
        zones = draft.treated_zones
        if zones != self._zones_shown:
            self._zones_shown = zones
            self._where.set_options([(zone, self._place(zone)) for zone in (WHOLE_AREA, *zones)])
            if self._zone not in zones:
                self._zone = WHOLE_AREA
        self._where.set_value(self._zone)

    def _place(self, zone: str) -> str:
        if zone == WHOLE_AREA:
            return self.kit.tr("Whole treated area")
        entry = self.desk.knowledge.zones.get(zone)
        return self.kit.tr(entry.name) if entry else zone

    def row(self, reaction: str) -> ReactionRow:
        """The row of this reaction, shown or not."""
        return self._rows[reaction]

    def focus_field(self, field: str) -> None:
        """Turn to the adverse event form or to the first grade."""
        if field == "adverse":
            self._adverse.open_form()
        else:
            self._where.setFocus()

    def leaving(self) -> None:
        """Nothing is kept half-typed but the adverse event, which stays in its form."""

    # changing

    def _change(self, how: Callable[[Reactions], Reactions]) -> bool:
        return self.presenter.edit(lambda draft: draft.with_(reactions=how(draft.reactions)))

    def _on_graded(self, reaction: str, grade: int | None) -> None:
        zone, now, scale = self._zone, self.now(), self._known[reaction].scale
        new = (
            ()
            if grade is None
            else (Observation(id=uuid4(), reaction=reaction, scale=scale, grade=grade, zone=zone, at=now),)
        )
        # A row that was asked for stays where it is when its grade is taken back.
        self._wanted.add(reaction)
        self._change(
            lambda part: part.with_(
                none_observed_at=None if new else part.none_observed_at,
                observations=(
                    *(one for one in part.observations if (one.reaction, one.zone) != (reaction, zone)),
                    *new,
                ),
            )
        )

    def _on_none_clicked(self) -> None:
        now = self.now()
        self._change(lambda part: part.with_(none_observed_at=now))

    def _on_where_changed(self, zone: object) -> None:
        self._zone = str(zone)
        self.show_draft(self.presenter.draft)

    def _on_add_clicked(self) -> None:
        self._open_others(self._more.isHidden())

    def _open_others(self, is_open: bool) -> None:
        self._more.setVisible(is_open)
        if is_open:
            self._more.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_more_changed(self, ticked: frozenset[str] | None) -> None:
        seen = {one.reaction for one in self.presenter.draft.reactions.observations}
        before = {entry.id for entry in self._others()} & (seen | self._wanted)
        now = set(ticked or ())
        self._wanted = (self._wanted | (now - before)) - (before - now)
        added = now - before
        self.show_draft(self.presenter.draft)
        if added:
            self._open_others(False)
            self._rows[added.pop()].grades.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_photo_taken(self, photo: Photo) -> None:
        self._change(lambda part: part.with_(photos=(*part.photos, photo)))
