"""One question that is read out, with three answers to tap and a day, past or to come, where one matters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from needlelog.domain.entry import parse_partial_date
from needlelog.domain.partial_date import PartialDate, record_partial_date
from needlelog.domain.series import day_ahead
from ui.screens.session.holding import show_value
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import IconMark, label, set_tone
from ui.toolkit.plain import caption
from ui.toolkit.theme import SPACE
from ui.widgets.chips import ChipRow
from ui.widgets.line_fields import DateField


class QuestionRow(QFrame):
    """A question with No, Yes and Not sure; ``answered`` carries the answer and, if asked, when it ended or begins."""

    answered = Signal(str, object)
    where_wanted = Signal()
    """The zones of something that is bound to an area are to be shown."""

    def __init__(
        self,
        kit: Kit,
        question: str,
        detail: str,
        *,
        answers: tuple[tuple[str, str], ...],
        today: Callable[[], date] | None = None,
        area_bound: bool = False,
        ahead: bool = False,
    ) -> None:
        super().__init__()
        self._kit = kit
        self._answers = tuple(key for key, _ in answers)
        self.setProperty("surface", "row")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE, 0, SPACE)
        column.setSpacing(SPACE // 2)
        row = QHBoxLayout()
        row.setSpacing(SPACE * 2)
        text = QVBoxLayout()
        text.setSpacing(2)
        text.addWidget(label(question, "lead", wrap=True))
        self._on_file = label("", "strong", wrap=True)
        set_tone(self._on_file, "hold")
        self._on_file.hide()
        text.addWidget(self._on_file)
        self._detail = label(detail, "caption", muted=True, wrap=True)
        self._detail.setVisible(False)
        text.addWidget(self._detail)
        self._verdict = label("", "strong", wrap=True)
        self._mark = IconMark(kit.theme, "warning", "hold", 20)
        # A widget, not a bare layout: a layout whose widgets are all hidden would keep the column at no width.
        self._said = QWidget()
        verdict = QHBoxLayout(self._said)
        verdict.setContentsMargins(0, 0, 0, 0)
        verdict.addWidget(self._mark)
        verdict.addWidget(self._verdict, 1)
        text.addWidget(self._said)
        row.addLayout(text, 1)
        self.chips = ChipRow(kit.theme, question, list(answers), clearable=False)
        self._fit()
        kit.theme.changed.connect(self._fit)
        self.chips.changed.connect(self._on_changed)
        row.addWidget(self.chips, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        self._where: QPushButton | None = None
        if area_bound:
            self._where = button(kit.theme, "", "secondary", "pin")
            self._where.clicked.connect(self.where_wanted)
            self._where.hide()
            column.addWidget(self._where, 0, Qt.AlignmentFlag.AlignLeft)
        self._ended: DateField[PartialDate] | None = None
        if today is not None:
            self._ended = self._date_field(today, ahead=ahead)
            column.addWidget(self._ended)
        self.show_verdict("", "")

    def _date_field(self, today: Callable[[], date], *, ahead: bool) -> DateField[PartialDate]:
        tr = self._kit.tr
        past, to_come = tr("It ended on (leave empty if it goes on)"), tr("It begins on (leave empty if nobody knows)")
        caption = to_come if ahead else past

        def parse(text: str) -> PartialDate:
            found = parse_partial_date(text, field=caption, today=today(), future=ahead)
            if ahead:
                day_ahead(found.first_day, today(), caption)
            return found

        field: DateField[PartialDate] = DateField(
            self._kit.theme,
            tr,
            caption,
            parse,
            record_partial_date,
            hint=tr("Day, month or year, for example 12 3 2026, 03/2026 or 2026"),
        )
        field.committed.connect(self._on_ended_committed)
        field.setMaximumWidth(420)
        field.hide()
        return field

    def _fit(self) -> None:
        # The answers stand in one line: a wrapping row asks for the width of its widest chip only.
        widths = [self.chips.button(answer).sizeHint().width() for answer in self._answers]
        self.chips.setFixedWidth(sum(widths) + SPACE * (len(widths) - 1))

    def show_answer(self, answer: str | None, ended: PartialDate | None) -> None:
        """Show what the draft holds, without disturbing a day that is being typed."""
        self.chips.set_value(answer)
        positive = answer in {"yes", "unsure"}
        self._detail.setVisible(positive and bool(self._detail.text()))
        if self._ended is not None:
            self._ended.setVisible(positive)
            show_value(self._ended, ended)

    def show_where(self, zones: Sequence[str]) -> None:
        """Show where it is, by the names of zones; none of them is everywhere. Asked only after a yes."""
        if self._where is None:
            return
        tr = self._kit.tr
        self._where.setVisible(self.chips.value() in {"yes", "unsure"})
        text = tr("Only there: {zones}", zones=", ".join(zones)) if zones else tr("Everywhere: show where")
        self._where.setText(caption(text))
        self._where.setAccessibleName(text)

    def turn_to_where(self) -> QWidget:
        """Put the focus on where it is, if that is asked; what then has to be in sight."""
        if self._where is None or self._where.isHidden():
            return self
        self._where.setFocus()
        return self._where

    def show_on_file(self, text: str) -> None:
        """What the client's file says to this question, so that it is not asked blind; "" for nothing."""
        self._on_file.setText(text)
        self._on_file.setVisible(bool(text))
        self.chips.setAccessibleDescription(text)

    def show_verdict(self, text: str, tone: str) -> None:
        """What the rules say of the answer; "" for nothing. What it says already is not said twice."""
        self._verdict.setText(text)
        if text and self._detail.text() and self._detail.text() in text:
            self._detail.hide()
        self._said.setVisible(bool(text))
        if text:
            set_tone(self._verdict, tone)
            self._mark.show_icon({"stop": "stop", "hold": "hold"}.get(tone, "info"), tone)

    def leaving(self) -> None:
        """Commit a day that is still being typed."""
        if self._ended is not None and not self._ended.isHidden():
            self._ended.commit()

    def _on_ended_committed(self, ended: PartialDate | None) -> None:
        if self.chips.value() in {"yes", "unsure"}:
            self.answered.emit(str(self.chips.value()), ended)

    def _on_changed(self, answer: object) -> None:
        ended = self._ended.value() if self._ended is not None and answer != "no" else None
        self.answered.emit(str(answer), ended)
