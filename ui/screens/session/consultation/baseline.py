"""How the skin is before anything is done: grades on published scales, and photos."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from needlelog.domain.reactions import Grade
from needlelog.domain.session import Photo, SessionDraft
from needlelog.services.desk import Desk
from ui.screens.session.consultation.section import Section
from ui.screens.session.presenter import SessionPresenter
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.widgets.card import Card
from ui.widgets.chips import FEW_GRADES, GradeRow, grade_words
from ui.widgets.photo_strip import PhotoStrip


class BaselineSection(Section):
    """One row of grades per scale that is meant for a baseline."""

    key = "baseline"

    def __init__(self, kit: Kit, desk: Desk, presenter: SessionPresenter) -> None:
        super().__init__(kit, desk, presenter)
        tr = kit.tr
        self._rows: dict[str, GradeRow] = {}
        grades = Card(tr("Baseline, before anything is done"))
        for scale in desk.knowledge.scales.values():
            if not scale.for_baseline:
                continue
            row = GradeRow(kit.theme, tr(scale.name), [(grade.value, tr(grade.word)) for grade in scale.grades])
            row.changed.connect(self._taker(scale.id))
            self._rows[scale.id] = row
            grades.add(label(tr(scale.name), "strong"))
            grades.add(row)
            if len(scale.grades) > FEW_GRADES:
                words = [(grade.value, tr(grade.word)) for grade in scale.grades]
                grades.add(label(grade_words(words), "caption", muted=True))
        self._photos = PhotoStrip(kit, lambda data: desk.pictures.take_in(data, view="before"), desk.pictures.thumbnail)
        self._photos.taken.connect(self._on_photo_taken)
        photos = Card(tr("Photos before"))
        photos.add(self._photos)
        self.column.addWidget(grades)
        self.column.addWidget(photos)
        self.column.addStretch(1)

    def title(self) -> str:
        """Baseline."""
        return self.kit.tr("Baseline")

    def complete(self, draft: SessionDraft) -> bool:
        """At least one grade; the record can do without."""
        return bool(draft.consultation.baseline)

    def show_draft(self, draft: SessionDraft) -> None:
        """Paint from the draft."""
        graded = {grade.scale: grade.value for grade in draft.consultation.baseline}
        for scale, row in self._rows.items():
            row.set_value(graded.get(scale))
        self._photos.show_photos(draft.consultation.photos)

    def _taker(self, scale: str) -> Callable[[object], None]:
        def take(value: Any) -> None:
            now = self.kit.clock.now()
            new = () if value is None else (Grade(id=uuid4(), scale=scale, value=value, at=now),)
            self.change(lambda part: part.with_(baseline=(*(one for one in part.baseline if one.scale != scale), *new)))

        return take

    def _on_photo_taken(self, photo: Photo) -> None:
        self.change(lambda part: part.with_(photos=(*part.photos, photo)))
