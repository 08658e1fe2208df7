"""One question that is read out, with three answers to tap and a day where one matters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from needlelog.domain.entry import parse_date
from needlelog.i18n import record_date
from ui.toolkit.kit import Kit
from ui.toolkit.labels import IconMark, label, set_tone
from ui.toolkit.theme import SPACE
from ui.widgets.chips import ChipRow
from ui.widgets.fields import DateField

ANSWERS_WIDTH = 300


class QuestionRow(QFrame):
    """A question with No, Yes and Not sure; ``answered`` carries the answer and the day it ended, if asked."""

    answered = Signal(str, object)

    def __init__(
        self,
        kit: Kit,
        question: str,
        detail: str,
        *,
        answers: tuple[tuple[str, str], ...],
        today: Callable[[], date] | None = None,
    ) -> None:
        super().__init__()
        self._kit = kit
        self.setProperty("surface", "row")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE, 0, SPACE)
        column.setSpacing(SPACE // 2)
        row = QHBoxLayout()
        row.setSpacing(SPACE * 2)
        text = QVBoxLayout()
        text.setSpacing(2)
        text.addWidget(label(question, "lead", wrap=True))
        self._detail = label(detail, "caption", muted=True, wrap=True)
        self._detail.setVisible(False)
        text.addWidget(self._detail)
        self._verdict = label("", "strong", wrap=True)
        self._mark = IconMark(kit.theme, "warning", "hold", 20)
        verdict = QHBoxLayout()
        verdict.addWidget(self._mark)
        verdict.addWidget(self._verdict, 1)
        text.addLayout(verdict)
        row.addLayout(text, 1)
        self.chips = ChipRow(kit.theme, question, list(answers), clearable=False)
        self.chips.setFixedWidth(round(ANSWERS_WIDTH * kit.theme.scale))
        self.chips.changed.connect(self._on_changed)
        row.addWidget(self.chips, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        self._ended: DateField[date] | None = None
        if today is not None:
            self._ended = self._date_field(today)
            column.addWidget(self._ended)
        self.show_verdict("", "")

    def _date_field(self, today: Callable[[], date]) -> DateField[date]:
        tr = self._kit.tr
        caption = tr("It ended on (leave empty if it goes on)")
        field: DateField[date] = DateField(
            self._kit.theme,
            tr,
            caption,
            lambda text: parse_date(text, field=caption, today=today()),
            record_date,
        )
        field.committed.connect(lambda day: self.answered.emit(str(self.chips.value()), day))
        field.setMaximumWidth(420)
        field.hide()
        return field

    def show_answer(self, answer: str | None, ended_on: date | None) -> None:
        """Show what the draft holds, without disturbing a day that is being typed."""
        self.chips.set_value(answer)
        positive = answer in {"yes", "unsure"}
        self._detail.setVisible(positive and bool(self._detail.text()))
        if self._ended is not None:
            self._ended.setVisible(positive)
            if not self._ended.editor.hasFocus():
                self._ended.set_value(ended_on)

    def show_verdict(self, text: str, tone: str) -> None:
        """What the rules say of the answer; "" for nothing."""
        self._verdict.setText(text)
        self._verdict.setVisible(bool(text))
        self._mark.setVisible(bool(text))
        if text:
            set_tone(self._verdict, tone)
            self._mark.show_icon({"stop": "stop", "hold": "hold"}.get(tone, "info"), tone)

    def leaving(self) -> None:
        """Commit a day that is still being typed."""
        if self._ended is not None and self._ended.isVisible():
            self._ended.commit()

    def _on_changed(self, answer: object) -> None:
        ended = self._ended.value() if self._ended is not None and answer != "no" else None
        self.answered.emit(str(answer), ended)
