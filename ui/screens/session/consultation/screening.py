"""Contraindication screening: the questions in groups, one tap each, with what the rules say of each answer."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from needlelog.clock import local
from needlelog.domain.findings import Level
from needlelog.domain.session import ScreeningAnswer, SessionDraft
from needlelog.i18n import Words, record_date
from needlelog.knowledge.model import Contraindication
from needlelog.rules.screening import clear_on
from needlelog.services.desk import Desk
from ui.screens.session.consultation.question_row import QuestionRow
from ui.screens.session.consultation.section import Section
from ui.screens.session.frames import PageStack
from ui.screens.session.presenter import SessionPresenter
from ui.toolkit.buttons import button
from ui.toolkit.discard import discard
from ui.toolkit.kit import Kit
from ui.widgets.card import Card
from ui.widgets.chips import ChipRow

TONES = {Level.STOP: "stop", Level.HOLD: "hold"}


class _Group(QWidget):
    """The questions of one group."""

    def __init__(self, section: ScreeningSection, title: str, entries: tuple[Contraindication, ...]) -> None:
        super().__init__()
        kit = section.kit
        tr = kit.tr
        self.entries = entries
        self.rows: dict[str, QuestionRow] = {}
        self.none = button(kit.theme, tr("Read out: none applies"), "secondary")
        self.none.clicked.connect(lambda: section.answer_rest_no(entries))
        card = Card(title, self.none)
        for entry in entries:
            row = QuestionRow(
                kit,
                tr(entry.question),
                _detail(entry, tr),
                answers=(("no", tr("No")), ("yes", tr("Yes")), ("unsure", tr("Not sure"))),
                today=section.today if entry.wait else None,
            )
            row.answered.connect(lambda answer, ended, one=entry: section.answer(one, answer, ended))
            self.rows[entry.id] = row
            card.add(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.addStretch(1)


def _detail(entry: Contraindication, tr: Words) -> str:
    """What follows from a yes, and whether sources differ on it."""
    said = tr(entry.detail)
    if entry.differs:
        return " ".join(part for part in (said, tr("Sources differ; the safer value is used.")) if part)
    return said


class ScreeningSection(Section):
    """All questions that apply, a group at a time."""

    key = "screening"

    def __init__(self, kit: Kit, desk: Desk, presenter: SessionPresenter) -> None:
        super().__init__(kit, desk, presenter)
        tr = kit.tr
        self._titles = {
            "skin-today": tr("Skin today"),
            "health": tr("Health"),
            "medicines": tr("Medicines"),
            "allergies": tr("Allergies"),
            "recent-treatments": tr("Recent treatments"),
            "lifestyle": tr("Daily life"),
        }
        self._groups: dict[str, _Group] = {}
        self._tabs = ChipRow(kit.theme, tr("Groups of questions"), list(self._titles.items()), clearable=False)
        self._tabs.changed.connect(lambda key: self._open(str(key)))
        self._stack = PageStack()
        self.column.addWidget(self._tabs)
        self.column.addWidget(self._stack, 1)
        self._group = next(iter(self._titles))
        self._asked: tuple[Contraindication, ...] = ()
        self._captions: dict[str, str] = {}

    def title(self) -> str:
        """Screening."""
        return self.kit.tr("Screening")

    def fields(self) -> tuple[str, ...]:
        """Every question."""
        return ("screening", *(f"screening:{entry}" for entry in self.desk.knowledge.contraindications))

    def focus_field(self, field: str) -> None:
        """Open the question's group and put the focus on it."""
        entry = self.desk.knowledge.contraindications.get(field.partition(":")[2]) or self._first_unanswered()
        if entry is None:
            return
        self._open(entry.group)
        row = self._groups[entry.group].rows.get(entry.id)
        if row:
            row.chips.setFocus()

    def _first_unanswered(self) -> Contraindication | None:
        answered = {answer.contraindication for answer in self.presenter.draft.consultation.screening}
        return next((entry for entry in self._asked if entry.id not in answered), None)

    def today(self) -> date:
        """The clinic's day."""
        return local(self.kit.clock.now(), self.presenter.draft.time_zone).date()

    def complete(self, draft: SessionDraft) -> bool:
        """Every question that applies has an answer."""
        answered = {answer.contraindication for answer in draft.consultation.screening}
        return answered >= {entry.id for entry in self.presenter.questions(draft)}

    def show_draft(self, draft: SessionDraft) -> None:
        """Paint the open group from the draft."""
        asked = self.presenter.questions(draft)
        if asked != self._asked:
            self._asked = asked
            self._forget_groups()
        answers = {answer.contraindication: answer for answer in draft.consultation.screening}
        self._show_tabs(answers)
        group = self._make(self._group)
        self._stack.setCurrentWidget(group)
        findings = {finding.code: finding for finding in self.presenter.findings}
        on_file = self._on_file()
        for entry in group.entries:
            answer, row = answers.get(entry.id), group.rows[entry.id]
            row.show_on_file("; ".join(on_file.get(entry.id, ())))
            row.show_answer(answer.answer if answer else None, answer.ended_on if answer else None)
            finding = findings.get(entry.id)
            if finding and answer and answer.answer != "no":
                row.show_verdict(f"{self._word(finding.level)}: {finding.detail}", TONES.get(finding.level, "accent"))
            elif answer and answer.answer == "yes" and clear_on(entry, answer):
                row.show_verdict(self.kit.tr("Waiting period is over"), "ok")
            else:
                row.show_verdict("", "")
        group.none.setEnabled(any(entry.id not in answers and entry.id not in on_file for entry in group.entries))

    def _on_file(self) -> dict[str, list[str]]:
        """What the client's standing facts say, by the question they belong to."""
        tr = self.kit.tr
        found: dict[str, list[str]] = {}
        for fact in self.presenter.client.facts:
            if not fact.contraindication:
                continue
            if fact.until:
                text = tr("On file: {fact}, until {day}", fact=fact.text, day=record_date(fact.until))
            else:
                since = record_date(fact.since or fact.noted_on)
                text = tr("On file since {day}: {fact}", day=since, fact=fact.text)
            found.setdefault(fact.contraindication, []).append(text)
        return found

    def _word(self, level: Level) -> str:
        tr = self.kit.tr
        return {Level.STOP: tr("Stop"), Level.HOLD: tr("Hold")}.get(level, tr("Ask"))

    def leaving(self) -> None:
        """Commit a day that is still being typed."""
        for row in self._make(self._group).rows.values():
            row.leaving()

    def answer(self, entry: Contraindication, answer: str, ended_on: date | None) -> None:
        """Record one answer; after the last of a group the next group with a gap comes up."""
        self._record({entry.id: (answer, ended_on)})
        if answer == "no":
            self._go_on()

    def answer_rest_no(self, entries: tuple[Contraindication, ...]) -> None:
        """Record "no" for every question of a group that was read out and has no answer yet.

        A question that the client's file speaks to is left to be answered by itself.
        """
        kept = {answer.contraindication for answer in self.presenter.draft.consultation.screening} | set(
            self._on_file()
        )
        self._record({entry.id: ("no", None) for entry in entries if entry.id not in kept})
        self._go_on()

    def _record(self, new: dict[str, tuple[str, date | None]]) -> None:
        now = self.kit.clock.now()
        made = tuple(
            ScreeningAnswer.model_validate(
                {"contraindication": entry, "answer": answer, "ended_on": ended_on, "at": now}
            )
            for entry, (answer, ended_on) in new.items()
        )
        self.change(
            lambda part: part.with_(
                screening=(*(one for one in part.screening if one.contraindication not in new), *made)
            )
        )

    def _go_on(self) -> None:
        answered = {answer.contraindication for answer in self.presenter.draft.consultation.screening}
        if any(entry.id not in answered for entry in self._make(self._group).entries):
            return
        gap = self._first_unanswered()
        if gap:
            self._open(gap.group)

    def _open(self, group: str) -> None:
        self._group = group
        self.show_draft(self.presenter.draft)

    def _make(self, group: str) -> _Group:
        if group not in self._groups:
            entries = tuple(entry for entry in self._asked if entry.group == group)
            self._groups[group] = _Group(self, self._titles[group], entries)
            self._stack.addWidget(self._groups[group])
        return self._groups[group]

    def _forget_groups(self) -> None:
        for group in self._groups.values():
            discard(group)
        self._groups = {}

    def _show_tabs(self, answers: dict[str, ScreeningAnswer]) -> None:
        captions = {}
        for group, title in self._titles.items():
            entries = [entry for entry in self._asked if entry.group == group]
            done = sum(entry.id in answers for entry in entries)
            captions[group] = f"{title}  {done}/{len(entries)}"
        if captions != self._captions:
            self._captions = captions
            self._tabs.set_options(list(captions.items()))
        self._tabs.set_value(self._group)
