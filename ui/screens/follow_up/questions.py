"""The questions of one moment: yes or no, a grade on a scale of its own, or words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from needlelog.domain.entry import parse_paragraphs
from needlelog.domain.follow_up import FollowUpForm, RedFlag
from needlelog.domain.value import PARAGRAPHS_LIMIT
from needlelog.knowledge.model import FollowUpQuestion, Knowledge
from needlelog.rules.follow_up import is_asked
from ui.toolkit.kit import Kit
from ui.toolkit.labels import IconMark, label
from ui.toolkit.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.chips import ChipRow, GradeRow
from ui.widgets.paragraph_field import ParagraphField

MARK_PX = 24


class QuestionsCard(Card):
    """One row for each question; ``replied`` at each tap, ``typed`` while words are written."""

    replied = Signal(str, str)
    """The question's id and ``yes``, ``no``, a grade, or "" for the answer taken back."""

    typed = Signal()

    def __init__(self, kit: Kit, knowledge: Knowledge, questions: Sequence[FollowUpQuestion]) -> None:
        super().__init__(kit.tr("Questions"))
        self._kit = kit
        self.body.setSpacing(SPACE)
        self.chips: dict[str, ChipRow] = {}
        self.grades: dict[str, GradeRow] = {}
        self.words: dict[str, ParagraphField[str]] = {}
        self._marks: dict[str, IconMark] = {}
        self._by_grade: list[tuple[FollowUpQuestion, QWidget]] = []
        for question in questions:
            if question.answer == "yes-no":
                row = self._yes_no(question)
                self.add(row)
                if question.asked_from_grade is not None:
                    self._by_grade.append((question, row))
                    row.hide()
            elif question.answer == "grade" and not question.reaction:
                self.add(self._graded(question, knowledge))
            elif question.answer == "words":
                self.add(self._in_words(question))
        if not (self.chips or self.grades or self.words):
            self.hide()

    def _yes_no(self, question: FollowUpQuestion) -> QWidget:
        tr, theme = self._kit.tr, self._kit.theme
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        mark = IconMark(theme, "warning", "stop", MARK_PX)
        mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        # Its place stays free, so that nothing moves under the finger.
        kept = mark.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        mark.setSizePolicy(kept)
        mark.hide()
        self._marks[question.id] = mark
        text = tr(question.text)
        chips = ChipRow(theme, text, [("yes", tr("Yes")), ("no", tr("No"))])
        chips.setFixedWidth(2 * chips.button("yes").sizeHint().width() + 2 * SPACE)
        chips.changed.connect(self._replier(question.id))
        self.chips[question.id] = chips
        row.addWidget(label(text, "body", wrap=True), 1)
        row.addWidget(mark)
        row.addWidget(chips)
        return holder

    def _graded(self, question: FollowUpQuestion, knowledge: Knowledge) -> QWidget:
        tr = self._kit.tr
        text = tr(question.text)
        scale = knowledge.scales[question.scale]
        grades = GradeRow(self._kit.theme, text, [(one.value, tr(one.word)) for one in scale.grades], low=True)
        grades.changed.connect(self._replier(question.id))
        self.grades[question.id] = grades
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label(text, "body", wrap=True))
        column.addWidget(grades)
        return holder

    def _in_words(self, question: FollowUpQuestion) -> QWidget:
        tr = self._kit.tr
        text = tr(question.text)
        field = ParagraphField[str](
            self._kit.theme,
            tr,
            text,
            lambda typed: parse_paragraphs(typed, field=text, limit=PARAGRAPHS_LIMIT),
            lines=2,
        )
        # What is left over in the card belongs to no answer.
        field.editor.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        field.edited.connect(self.typed)
        self.words[question.id] = field
        return field

    def _replier(self, question: str) -> Callable[[object], None]:
        return lambda value: self.replied.emit(question, "" if value is None else str(value))

    def show_form(self, form: FollowUpForm, flags: Sequence[RedFlag]) -> None:
        """Paint the answers; one that is a red flag gets its mark beside it, and what no grade asks for is hidden."""
        for asked, row in self._by_grade:
            row.setVisible(is_asked(asked, form))
        for question, chips in self.chips.items():
            reply = form.reply_to(question)
            chips.set_value(reply.value if reply else None)
        for question, grades in self.grades.items():
            reply = form.reply_to(question)
            grades.set_value(int(reply.value) if reply and reply.value else None)
        red = {flag.key.partition(":")[2] for flag in flags if flag.key.startswith("question:")}
        for question, mark in self._marks.items():
            mark.setVisible(question in red)

    def show_words(self, form: FollowUpForm) -> None:
        """Put what was written before into the fields."""
        for question, field in self.words.items():
            reply = form.reply_to(question)
            field.set_raw_text(reply.words if reply else "")

    def with_words(self, form: FollowUpForm) -> FollowUpForm:
        """The form with what stands in the fields; a field that does not hold is left as it was."""
        for question, field in self.words.items():
            if field.fault() is None:
                form = form.replied(question, words=field.value() or "")
        return form
