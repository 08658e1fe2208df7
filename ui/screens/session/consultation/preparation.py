"""Whether the client prepared as asked."""

from __future__ import annotations

from needlelog.domain.session import PreparationAnswer, SessionDraft
from needlelog.services.desk import Desk
from ui.screens.session.consultation.question_row import QuestionRow
from ui.screens.session.consultation.section import Section
from ui.screens.session.presenter import SessionPresenter
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.screen import ToPreparation
from ui.widgets.card import Card


class PreparationSection(Section):
    """One question per preparation rule; "yes" means it was kept."""

    key = "preparation"

    def __init__(self, kit: Kit, desk: Desk, presenter: SessionPresenter) -> None:
        super().__init__(kit, desk, presenter)
        tr = kit.tr
        self._rows: dict[str, QuestionRow] = {}
        self._all = button(kit.theme, tr("All kept"), "secondary")
        self._all.clicked.connect(self._on_all_clicked)
        card = Card(tr("Preparation"), self._all)
        for item in desk.knowledge.preparation.values():
            row = QuestionRow(
                kit,
                tr(item.question),
                "",
                answers=(("no", tr("No")), ("yes", tr("Yes")), ("unsure", tr("Not sure"))),
            )
            row.answered.connect(lambda answer, _ended, item=item.id: self._answer({item: answer}))
            self._rows[item.id] = row
            card.add(row)
        sheet = button(kit.theme, tr("Preparation sheet for the next visit"), "quiet", "sheet")
        sheet.clicked.connect(self._on_sheet_clicked)
        card.add(sheet)
        self.column.addWidget(card)
        self.column.addStretch(1)

    def _on_sheet_clicked(self) -> None:
        self.presenter.route_wished.emit(ToPreparation(self.presenter.client.id, self.presenter.draft.id))

    def title(self) -> str:
        """Preparation."""
        return self.kit.tr("Preparation")

    def fields(self) -> tuple[str, ...]:
        """The list of questions."""
        return ("preparation",)

    def focus_field(self, field: str) -> None:
        """Put the focus on the first question without an answer."""
        del field
        answered = {answer.item for answer in self.presenter.draft.consultation.preparation}
        for item, row in self._rows.items():
            if item not in answered:
                row.chips.setFocus()
                return

    def complete(self, draft: SessionDraft) -> bool:
        """Every rule answered."""
        return {answer.item for answer in draft.consultation.preparation} >= set(self._rows)

    def show_draft(self, draft: SessionDraft) -> None:
        """Paint from the draft."""
        answers = {answer.item: answer for answer in draft.consultation.preparation}
        for item, row in self._rows.items():
            answer = answers.get(item)
            row.chips.set_value(answer.kept if answer else None)
            kept = answer is None or answer.kept == "yes"
            row.show_verdict("" if kept else self._noted(item), "hold")
        self._all.setEnabled(not self.complete(draft))

    def _noted(self, item: str) -> str:
        tr, knowledge = self.kit.tr, self.desk.knowledge
        said = knowledge.detail_of(knowledge.preparation[item])
        return tr("Noted on the record. {detail}", detail=tr(said)) if said else tr("Noted on the record")

    def _on_all_clicked(self) -> None:
        answered = {answer.item for answer in self.presenter.draft.consultation.preparation}
        self._answer({item: "yes" for item in self._rows if item not in answered})

    def _answer(self, kept: dict[str, str]) -> None:
        now = self.kit.clock.now()
        new = tuple(PreparationAnswer.model_validate({"item": k, "kept": v, "at": now}) for k, v in kept.items())
        self.change(
            lambda part: part.with_(preparation=(*(one for one in part.preparation if one.item not in kept), *new))
        )
