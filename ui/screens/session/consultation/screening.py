"""Contraindication screening: the questions in groups, one tap each, with what the rules say of each answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from needlelog.clock import local
from needlelog.domain.findings import Level, level_word
from needlelog.domain.partial_date import PartialDate, Precision
from needlelog.domain.session import ScreeningAnswer, SessionDraft
from needlelog.i18n import Words
from needlelog.knowledge.model import Contraindication
from needlelog.rules.aftermath import KNOWN_FIELD
from needlelog.rules.carried import Carried, carried
from needlelog.rules.screening import counted_from, is_clear
from needlelog.services.desk import Desk
from ui.screens.session.consultation.groups import group_titles
from ui.screens.session.consultation.question_row import QuestionRow
from ui.screens.session.consultation.section import Section
from ui.screens.session.consultation.still_so import StillSo, known_in_words
from ui.screens.session.consultation.where import Where
from ui.screens.session.frames import PageStack, frame_around
from ui.screens.session.presenter import SessionPresenter
from ui.toolkit.buttons import button
from ui.toolkit.discard import discard
from ui.toolkit.kit import Kit
from ui.toolkit.one_tap import OneTap
from ui.toolkit.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.chips import ChipRow

KNOWN = "known"
"""The group of what is known before anybody asks."""

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
                area_bound=entry.area_bound,
                ahead=entry.ahead,
            )
            row.where_wanted.connect(lambda one=entry: section.ask_where(one))
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
        self._titles = group_titles(tr)
        self._groups: dict[str, _Group] = {}
        self._tabs = ChipRow(
            kit.theme, tr("Groups of questions"), list(self._titles.items()), clearable=False, ticked=False
        )
        self._tabs.changed.connect(lambda key: self._open(str(key)))
        self._stack = PageStack()
        self.column.addWidget(self._tabs)
        self.column.addWidget(self._stack, 1)
        self._group = next(iter(self._titles))
        self._one_tap = OneTap(kit.clock, kit.pause_s)
        self._asked: tuple[Contraindication, ...] = ()
        self._known: Mapping[str, Carried] = {}
        self._last = desk.history.latest(presenter.client.id)
        self._still_so = StillSo(kit)
        self._still_so.confirmed.connect(self._confirm_known)
        self._still_so.question_wanted.connect(lambda entry: self.focus_field(f"screening:{entry}"))
        self._stack.addWidget(self._still_so)
        self._where: Where | None = None
        self._asked_where: Contraindication | None = None
        self._captions: dict[str, str] = {}

    def title(self) -> str:
        """Screening."""
        return self.kit.tr("Screening")

    def fields(self) -> tuple[str, ...]:
        """Every question, and what is known before anybody asks."""
        return ("screening", KNOWN_FIELD, *(f"screening:{entry}" for entry in self.desk.knowledge.contraindications))

    def focus_field(self, field: str) -> None:
        """Open the question's group and put the focus on it."""
        if field == KNOWN_FIELD and self._known:
            self._open(KNOWN)
            return
        entry = self.desk.knowledge.contraindications.get(field.partition(":")[2]) or self._first_unanswered()
        if entry is None:
            return
        self._open(entry.group)
        row = self._groups[entry.group].rows.get(entry.id)
        if row:
            row.chips.setFocus()
            frame = frame_around(self)
            if frame is not None:
                # Once the layout has settled: the group may have just come up.
                QTimer.singleShot(0, row, lambda: frame.ensureWidgetVisible(row, 0, SPACE))

    def show_left_open(self) -> None:
        """Open the group of the first question without an answer."""
        gap = self._first_unanswered()
        if gap is not None:
            self._open(gap.group)

    def _first_unanswered(self) -> Contraindication | None:
        answered = {answer.contraindication for answer in self.presenter.draft.consultation.screening}
        return next((entry for entry in self._asked if entry.id not in answered), None)

    def entered(self) -> None:
        """Begin with what is known, until it is confirmed."""
        draft = self.presenter.draft
        answered = {answer.contraindication for answer in draft.consultation.screening}
        known = carried(self.presenter.questions(draft), self.presenter.client, self._last)
        if set(known) - answered:
            self._group = KNOWN

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
        self._known = carried(asked, self.presenter.client, self._last)
        answers = {answer.contraindication: answer for answer in draft.consultation.screening}
        if self._group == KNOWN and not self._known:
            self._group = next(iter(self._titles))
        self._show_tabs(answers)
        self._show_where()
        if self._asked_where is not None:
            return
        if self._group == KNOWN:
            self._still_so.show_known(self._known, answers, self.presenter.findings)
            self._stack.setCurrentWidget(self._still_so)
            return
        group = self._make(self._group)
        self._stack.setCurrentWidget(group)
        findings = {finding.code: finding for finding in self.presenter.findings}
        for entry in group.entries:
            answer, row = answers.get(entry.id), group.rows[entry.id]
            row.show_on_file("; ".join(self._on_file(entry)))
            row.show_answer(answer.answer if answer else None, answer.ended if answer else None)
            row.show_where([self._zone_name(zone) for zone in answer.zones] if answer else ())
            finding = findings.get(entry.id)
            if finding and answer and answer.answer != "no":
                said = f"{level_word(finding.level, self.kit.tr)}: {finding.detail}"
                row.show_verdict(said, TONES.get(finding.level, "accent"))
            elif answer and is_clear(entry, answer, local(draft.started_at, draft.time_zone).date()):
                row.show_verdict(self._clear(entry, answer), "ok")
            else:
                row.show_verdict("", "")
        group.none.setEnabled(any(self._open_to_all(entry, answers) for entry in group.entries))

    def _clear(self, entry: Contraindication, answer: ScreeningAnswer) -> str:
        tr = self.kit.tr
        how = counted_from(answer.ended, tr, ahead=entry.ahead) if answer.ended else ""
        if entry.ahead:
            return tr("Far enough ahead ({how})", how=how) if how else tr("Far enough ahead")
        return tr("Waiting period is over ({how})", how=how) if how else tr("Waiting period is over")

    def leaving(self) -> None:
        """Commit a day that is still being typed."""
        if self._group in self._groups:
            for row in self._groups[self._group].rows.values():
                row.leaving()

    def answer(self, entry: Contraindication, answer: str, ended: PartialDate | None) -> None:
        """Record one answer; after the last of a group the next group with a gap comes up."""
        before = self._answer_to(entry)
        self._record({entry.id: (answer, ended)})
        if answer == "no":
            self._go_on()
        elif before is None or before.answer != answer:
            self._lead_on(entry)

    def _lead_on(self, entry: Contraindication) -> None:
        """What a yes asks for in turn comes into sight: below the fold nobody would look for it."""
        row, frame = self._groups[entry.group].rows.get(entry.id), frame_around(self)
        if row is None or frame is None:
            return
        first = row.turn_to_where()

        def settle() -> None:
            frame.ensureWidgetVisible(row, 0, SPACE)
            frame.ensureWidgetVisible(first, 0, SPACE)

        # Once the layout has settled: the row has just grown.
        QTimer.singleShot(0, row, settle)

    def ask_where(self, entry: Contraindication) -> None:
        """Show the map to tap where it is."""
        if self._where is None:
            self._where = Where(self.kit, self.desk.knowledge)
            self._where.chosen.connect(self._on_where_chosen)
            self.column.addWidget(self._where, 1)
        answer = self._answer_to(entry)
        self._asked_where = entry
        self._show_where()
        self._where.ask(self.kit.tr(entry.title), answer.zones if answer else (), self.presenter.draft)
        frame = frame_around(self)
        if frame is not None:
            QTimer.singleShot(0, self._where, lambda: frame.verticalScrollBar().setValue(0))

    def _show_where(self) -> None:
        """Show the map alone, or the questions; only what is seen may ask for height."""
        asked = self._asked_where is not None
        for part in (self._tabs, self._stack):
            part.setVisible(not asked)
        if self._where is not None:
            self._where.setVisible(asked)
            frame = frame_around(self)
            if asked and frame is not None:
                self._where.use_height(frame.viewport().height() - 3 * SPACE)

    def _on_where_chosen(self, zones: tuple[str, ...]) -> None:
        entry, self._asked_where = self._asked_where, None
        answer = self._answer_to(entry) if entry else None
        if entry and answer:
            self._keep((answer.with_(zones=zones, at=self.kit.clock.now()),))
            self.focus_field(f"screening:{entry.id}")

    def _answer_to(self, entry: Contraindication) -> ScreeningAnswer | None:
        answers = self.presenter.draft.consultation.screening
        return next((one for one in answers if one.contraindication == entry.id), None)

    def _zone_name(self, zone: str) -> str:
        known = self.desk.knowledge.zones.get(zone)
        return self.kit.tr(known.name) if known else zone

    def answer_rest_no(self, entries: tuple[Contraindication, ...]) -> None:
        """Record "no" for every question of a group that was read out and has no answer yet.

        A question that the client's file speaks to is left to be answered by itself.
        """
        # The next group comes up under the finger: a double tap must not deny what nobody has read out.
        if self._one_tap.is_same():
            return
        self._one_tap.acted()
        answers = {answer.contraindication: answer for answer in self.presenter.draft.consultation.screening}
        self._record({entry.id: ("no", None) for entry in entries if self._open_to_all(entry, answers)})
        self._go_on()

    def _open_to_all(self, entry: Contraindication, answers: Mapping[str, ScreeningAnswer]) -> bool:
        """Whether one "none applies" may speak for this question as well."""
        known = self._known.get(entry.id)
        if entry.id in answers or self._allergies_on_file(entry):
            return False
        return known is None or known.answer == "no"

    def _on_file(self, entry: Contraindication) -> list[str]:
        """What the client's file says to this question."""
        known = self._known.get(entry.id)
        return [*(known_in_words(self.kit.tr, known) if known and known.facts else ()), *self._allergies_on_file(entry)]

    def _allergies_on_file(self, entry: Contraindication) -> list[str]:
        """Every allergy of the client, for each question on allergies: what they are to is for people to judge."""
        if entry.group != "allergies":
            return []
        tr = self.kit.tr
        allergies = self.presenter.client.allergies
        told = (", ".join(part for part in (one.substance, one.reaction) if part) for one in allergies)
        return [tr("Allergy on file: {allergy}", allergy=one) for one in told]

    def _confirm_known(self) -> None:
        """Record what is known as still so, where nothing was answered today."""
        answered = {answer.contraindication for answer in self.presenter.draft.consultation.screening}
        now = self.kit.clock.now()
        new = tuple(one.confirmed(now) for key, one in self._known.items() if key not in answered)
        self._keep(new)
        gap = self._first_unanswered()
        if gap:
            self._open(gap.group)

    def _record(self, new: dict[str, tuple[str, PartialDate | None]]) -> None:
        now = self.kit.clock.now()
        zones = {one.contraindication: one.zones for one in self.presenter.draft.consultation.screening}
        made = tuple(
            ScreeningAnswer.model_validate(
                {
                    "contraindication": entry,
                    "answer": answer,
                    "ended_on": ended.last_day if ended else None,
                    "ended_precision": ended.precision if ended else Precision.DAY,
                    "zones": zones.get(entry, ()) if answer != "no" else (),
                    "at": now,
                }
            )
            for entry, (answer, ended) in new.items()
        )
        self._keep(made)

    def _keep(self, made: tuple[ScreeningAnswer, ...]) -> None:
        new = {one.contraindication for one in made}
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
        self._group, self._asked_where = group, None
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
        asked: dict[str, tuple[str, list[str]]] = {}
        if self._known:
            asked[KNOWN] = self.kit.tr("As before"), list(self._known)
        for group, title in self._titles.items():
            asked[group] = title, [entry.id for entry in self._asked if entry.group == group]
        answered = {group: sum(one in answers for one in entries) for group, (_, entries) in asked.items()}
        captions = {group: f"{title}  {answered[group]}/{len(asked[group][1])}" for group, (title, _) in asked.items()}
        if captions != self._captions:
            self._captions = captions
            self._tabs.set_options(list(captions.items()))
        for group, (_, entries) in asked.items():
            self._tabs.set_mark(group, "check" if answered[group] == len(entries) else "", "ok")
        self._tabs.set_value(self._group)
