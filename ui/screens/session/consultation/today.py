"""What brings the client today, and the skin type."""

from __future__ import annotations

from needlelog.domain.client import ROMAN
from needlelog.domain.entry import parse_paragraphs
from needlelog.domain.series import Series, SeriesVisit
from needlelog.domain.session import SessionDraft
from needlelog.domain.value import PARAGRAPHS_LIMIT
from needlelog.services.desk import Desk
from needlelog.services.series import planned_from
from ui.screens.session.consultation.section import Section
from ui.screens.session.consultation.series_choice import SeriesChoice
from ui.screens.session.holding import show_value
from ui.screens.session.presenter import SessionPresenter
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.widgets.card import Card
from ui.widgets.chips import ChipRow
from ui.widgets.paragraph_field import ParagraphField


class TodaySection(Section):
    """Concerns and Fitzpatrick type."""

    key = "today"

    def __init__(self, kit: Kit, desk: Desk, presenter: SessionPresenter) -> None:
        super().__init__(kit, desk, presenter)
        tr = kit.tr
        concerns = [(entry.id, tr(entry.name)) for entry in desk.knowledge.concerns.values()]
        self._concerns = ChipRow(kit.theme, tr("Concern of today"), concerns, multiple=True)
        self._concerns.changed.connect(self._on_concerns_changed)
        self._note = ParagraphField(
            kit.theme,
            tr,
            tr("In the client's words"),
            lambda text: parse_paragraphs(text, field=tr("In the client's words"), limit=PARAGRAPHS_LIMIT),
            lines=2,
        )
        self._note.committed.connect(self._on_note_committed)
        self._type = ChipRow(
            kit.theme, tr("Fitzpatrick skin type"), [(one, ROMAN[one]) for one in range(1, 7)], clearable=False
        )
        self._type.changed.connect(self._on_type_changed)
        self._meaning = label("", "body", muted=True, wrap=True)
        concern = Card(tr("What brings the client today?"))
        concern.add(self._concerns)
        concern.add(self._note)
        skin = Card(tr("Fitzpatrick skin type, confirmed today"))
        skin.add(self._type)
        skin.add(self._meaning)
        self.series = SeriesChoice(kit, desk)
        self.series.chosen.connect(self._on_series_chosen)
        self.series.plan_asked.connect(self._on_plan_asked)
        # Into the page first: shown without a parent it would be a window of its own and take the focus.
        self.column.addWidget(self.series)
        self.series.read(presenter.draft)
        self.column.addWidget(concern)
        self.column.addWidget(skin)
        self.column.addStretch(1)

    def title(self) -> str:
        """Today."""
        return self.kit.tr("Today")

    def fields(self) -> tuple[str, ...]:
        """Concerns and skin type."""
        return ("concerns", "fitzpatrick")

    def focus_field(self, field: str) -> None:
        """Put the focus on the row of chips."""
        (self._type if field == "fitzpatrick" else self._concerns).setFocus()

    def complete(self, draft: SessionDraft) -> bool:
        """A concern and a skin type."""
        return bool(draft.consultation.concerns) and draft.consultation.fitzpatrick is not None

    def show_draft(self, draft: SessionDraft) -> None:
        """Paint from the draft."""
        consultation = draft.consultation
        self.series.show_draft(draft)
        self._concerns.set_value(frozenset(consultation.concerns))
        self._type.set_value(consultation.fitzpatrick)
        show_value(self._note, consultation.concern_note or None)
        scale = self.desk.knowledge.scales.get("fitzpatrick")
        grade = next((one for one in scale.grades if one.value == consultation.fitzpatrick), None) if scale else None
        self._meaning.setText(self.kit.tr(grade.meaning or grade.word) if grade else "")

    def entered(self) -> None:
        """Read the series afresh."""
        self.series.read(self.presenter.draft)
        self.series.show_draft(self.presenter.draft)

    def leaving(self) -> None:
        """Keep the note."""
        self._note.commit()

    def _on_concerns_changed(self, chosen: frozenset[str] | None) -> None:
        order = tuple(self.desk.knowledge.concerns)
        picked = tuple(sorted(chosen or (), key=order.index))
        self.change(lambda part: part.with_(concerns=picked))

    def _on_note_committed(self, text: str | None) -> None:
        self.change(lambda part: part.with_(concern_note=text or ""))

    def _on_type_changed(self, skin_type: int | None) -> None:
        self.change(lambda part: part.with_(fitzpatrick=skin_type))

    def _on_series_chosen(self, visit: SeriesVisit | None) -> None:
        self.change(lambda part: part.with_(series=visit))

    def _on_plan_asked(self, series: Series) -> None:
        new = planned_from(series, self.desk.history.latest(self.presenter.client.id))
        zones = {one.zone for one in new}
        self.change(
            lambda part: part.with_(
                plan=part.plan.with_(zones=(*(one for one in part.plan.zones if one.zone not in zones), *new))
            )
        )
