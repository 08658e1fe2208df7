"""Step 8: how the skin took it, graded per zone on published scales; "none observed" is an answer of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from needlelog.domain.findings import StepId
from needlelog.domain.reactions import Observation
from needlelog.domain.session import Photo, Reactions, SessionDraft
from needlelog.knowledge.model import ReactionEntry
from needlelog.services.desk import Desk
from ui.screens.session.adverse_event import AdverseEventForm
from ui.screens.session.page import StepPage
from ui.screens.session.photos import PhotoStrip
from ui.screens.session.presenter import SessionPresenter
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.chips import FEW_GRADES, ChipRow, GradeRow, grade_words

WHOLE_AREA = ""


class ReactionsPage(StepPage):
    """Choose where, then one tap per grade."""

    step = StepId.REACTIONS

    def __init__(self, kit: Kit, desk: Desk, presenter: SessionPresenter, parent: QWidget | None = None) -> None:
        super().__init__(kit, desk, presenter, parent)
        self._zone = WHOLE_AREA
        self._rows: dict[str, GradeRow] = {}
        self._holders: dict[str, QWidget] = {}
        self._wanted: set[str] = set()
        self._zones_shown: tuple[str, ...] | None = None
        self.column.addWidget(self._build_none())
        self.column.addWidget(self._build_grades())
        self._adverse = AdverseEventForm(kit, presenter, desk.knowledge)
        self.column.addWidget(self._adverse)
        self.column.addWidget(self._build_photos())
        self.column.addStretch(1)

    # building

    def _build_none(self) -> Card:
        tr = self.kit.tr
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(SPACE * 2)
        self._none_text = label("", "lead", wrap=True)
        self._none = button(self.kit.theme, tr("None observed"), "primary", "check", chair=True)
        self._none.clicked.connect(self._on_none_clicked)
        self._take_back = button(self.kit.theme, tr("Take back"), "quiet", "undo")
        self._take_back.clicked.connect(lambda: self._change(lambda part: part.with_(none_observed_at=None)))
        row.addWidget(self._none_text, 1)
        row.addWidget(self._take_back)
        row.addWidget(self._none)
        card.add(row)
        return card

    def _build_grades(self) -> Card:
        tr = self.kit.tr
        card = Card(tr("What is seen"))
        self._where = ChipRow(self.kit.theme, tr("Where"), [(WHOLE_AREA, tr("Whole treated area"))], clearable=False)
        self._where.changed.connect(self._on_where_changed)
        card.add(self._where)
        self._column = QVBoxLayout()
        self._column.setSpacing(SPACE * 2)
        for entry in self.desk.knowledge.reactions.values():
            self._column.addWidget(self._holder(entry))
        card.add(self._column)
        rare = [entry for entry in self.desk.knowledge.reactions.values() if not entry.common]
        card.add(label(tr("Something else?"), "strong"))
        self._more = ChipRow(
            self.kit.theme, tr("More reactions"), [(entry.id, tr(entry.name)) for entry in rare], multiple=True
        )
        self._more.changed.connect(self._on_more_changed)
        card.add(self._more)
        return card

    def _holder(self, entry: ReactionEntry) -> QWidget:
        tr = self.kit.tr
        scale = self.desk.knowledge.scales[entry.scale]
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(label(tr(entry.name), "strong"))
        head.addWidget(label(tr("Expected: {text}", text=tr(entry.expected)), "caption", muted=True, wrap=True), 1)
        column.addLayout(head)
        row = GradeRow(self.kit.theme, tr(entry.name), [(grade.value, tr(grade.word)) for grade in scale.grades])
        row.changed.connect(self._taker(entry))
        column.addWidget(row)
        if len(scale.grades) > FEW_GRADES:
            words = [(grade.value, tr(grade.word)) for grade in scale.grades]
            column.addWidget(label(grade_words(words), "caption", muted=True))
        self._rows[entry.id] = row
        self._holders[entry.id] = holder
        return holder

    def _build_photos(self) -> Card:
        card = Card(self.kit.tr("Photos after"))
        self._photos = PhotoStrip(self.kit, self.desk, "after")
        self._photos.taken.connect(self._on_photo_taken)
        card.add(self._photos)
        return card

    # showing

    def show_draft(self, draft: SessionDraft) -> None:
        """Paint from the draft."""
        tr, reactions = self.kit.tr, draft.reactions
        observed = bool(reactions.observations)
        none = reactions.none_observed_at
        if none:
            self._none_text.setText(tr("None observed, {time}.", time=self.clock_time(none)))
        elif observed:
            count = len(reactions.observations)
            self._none_text.setText(tr.plural("{count} grade recorded.", "{count} grades recorded.", count))
        else:
            self._none_text.setText(tr("No answer yet. Grade what is seen, or say that nothing is."))
        self._none.setVisible(not observed and none is None)
        self._take_back.setVisible(none is not None)
        self._show_where(draft)
        graded = {one.reaction: one.grade for one in reactions.observations if one.zone == self._zone}
        for entry in self.desk.knowledge.reactions.values():
            self._rows[entry.id].set_value(graded.get(entry.id))
            self._holders[entry.id].setVisible(entry.common or entry.id in graded or entry.id in self._wanted)
        rare = {one for one in graded if not self.desk.knowledge.reactions[one].common}
        self._more.set_value(frozenset(rare | self._wanted))
        self._photos.show_photos(reactions.photos)
        self._adverse.show_draft(draft)

    def _show_where(self, draft: SessionDraft) -> None:
        tr, zones = self.kit.tr, draft.treated_zones
        if zones != self._zones_shown:
            self._zones_shown = zones
            named = [(zone, tr(self.desk.knowledge.zones[zone].name)) for zone in zones]
            self._where.set_options([(WHOLE_AREA, tr("Whole treated area")), *named])
            if self._zone not in zones:
                self._zone = WHOLE_AREA
        self._where.set_value(self._zone)

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

    def _taker(self, entry: ReactionEntry) -> Callable[[Any], None]:
        def take(grade: Any) -> None:
            zone, now = self._zone, self.now()
            new = (
                ()
                if grade is None
                else (Observation(id=uuid4(), reaction=entry.id, scale=entry.scale, grade=grade, zone=zone, at=now),)
            )
            self._change(
                lambda part: part.with_(
                    none_observed_at=None if new else part.none_observed_at,
                    observations=(
                        *(one for one in part.observations if (one.reaction, one.zone) != (entry.id, zone)),
                        *new,
                    ),
                )
            )

        return take

    def _on_none_clicked(self) -> None:
        now = self.now()
        self._change(lambda part: part.with_(none_observed_at=now))

    def _on_where_changed(self, zone: object) -> None:
        self._zone = str(zone)
        self.show_draft(self.presenter.draft)

    def _on_more_changed(self, wanted: frozenset[str] | None) -> None:
        graded = {one.reaction for one in self.presenter.draft.reactions.observations if one.zone == self._zone}
        self._wanted = set(wanted or ()) - graded
        self.show_draft(self.presenter.draft)

    def _on_photo_taken(self, photo: Photo) -> None:
        self._change(lambda part: part.with_(photos=(*part.photos, photo)))
