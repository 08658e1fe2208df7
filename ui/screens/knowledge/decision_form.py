"""The clinic's own value with its reason, written under the figure it is about; and the way back to ours."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from needlelog.domain.entry import parse_reason
from needlelog.errors import Fault
from needlelog.knowledge.figures import Figure, weighs_less
from needlelog.knowledge.own_values import spoken
from needlelog.services.reference import Reference
from ui.screens.knowledge.meaning import figure_text
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label, set_tone
from ui.toolkit.theme import SPACE
from ui.widgets.chips import ChipRow
from ui.widgets.line_fields import LineField
from ui.widgets.notice import Notice
from ui.widgets.paragraph_field import ParagraphField

REASON_LIMIT = 1000


class DecisionForm(QFrame):
    """Says ``decided`` once the value is kept, ``left`` when it was given up. ``back`` asks for the reason alone."""

    decided = Signal()
    left = Signal()
    grown = Signal()
    """It got its place, or more of it."""

    def __init__(self, kit: Kit, reference: Reference, figure: Figure, *, back: bool) -> None:
        super().__init__()
        self._kit = kit
        self._reference = reference
        self._figure = figure
        self._back = back
        self._ours = reference.ours_at(figure.place)
        self.setProperty("surface", "raised")
        tr, name = kit.tr, kit.tr(figure.kind.name)
        title = tr("Take ours back: {name}", name=name) if back else tr("Our own value: {name}", name=name)
        self.setAccessibleName(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE + SPACE // 2)
        column.addWidget(label(title, "strong", wrap=True))
        ours = figure_text(tr, figure, self._ours)
        says = tr("{ours} counts again.", ours=ours) if back else tr("As shipped: {ours}", ours=ours)
        column.addWidget(label(says, "body", muted=True, wrap=True))
        self.choice: ChipRow | None = None
        self.value: LineField[str] | None = None
        if not back:
            self._add_value(column)
        self.less_careful = label("", "body", wrap=True)
        set_tone(self.less_careful, "hold")
        self.less_careful.hide()
        column.addWidget(self.less_careful)
        self.reason: ParagraphField[str] = ParagraphField(
            kit.theme,
            tr,
            tr("Reason"),
            lambda text: parse_reason(text, field=tr("Reason"), limit=REASON_LIMIT),
            lines=2,
            required=True,
        )
        column.addWidget(self.reason)
        self.notice = Notice(kit.theme, "stop")
        column.addWidget(self.notice)
        column.addLayout(self._buttons())

    def _add_value(self, column: QVBoxLayout) -> None:
        tr, figure = self._kit.tr, self._figure
        unit = tr(figure.kind.unit)
        caption = tr("Our value ({unit})", unit=unit) if unit else tr("Our value")
        if figure.choices:
            levels = [(one, spoken(tr, one)) for one in figure.choices]
            self.choice = ChipRow(self._kit.theme, caption, levels, clearable=False)
            self.choice.set_value(figure.value)
            self.choice.changed.connect(self._weigh)
            column.addWidget(self.choice)
            return
        self.value = LineField(
            self._kit.theme,
            tr,
            caption,
            lambda text: self._reference.check(figure.place, text),
            required=True,
        )
        self.value.line.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self.value.edited.connect(self._weigh)
        column.addWidget(self.value)

    def _buttons(self) -> QHBoxLayout:
        tr, theme = self._kit.tr, self._kit.theme
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        self.save = button(theme, tr("Take ours back") if self._back else tr("Use this value"), "primary")
        self.cancel = button(theme, tr("Cancel"), "secondary")
        self.save.clicked.connect(self.keep)
        self.cancel.clicked.connect(self.left)
        row.addWidget(self.save)
        row.addWidget(self.cancel)
        row.addStretch(1)
        return row

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.grown.emit()

    def start(self) -> None:
        """Take the focus."""
        (self.choice or self.value or self.reason).setFocus()

    @property
    def unsaved(self) -> bool:
        """Whether anything was typed or chosen here."""
        typed = self.value.raw_text().strip() if self.value is not None else ""
        chosen = self.choice is not None and self.choice.value() != self._figure.value
        return bool(typed or chosen or self.reason.raw_text().strip())

    def keep(self) -> bool:
        """Keep the decision; False, with what is wrong said, when it cannot be."""
        self.notice.say("")
        right = [field.check() for field in (self.value, self.reason) if field is not None]
        if not all(right):
            wrong = self.value if self.value is not None and self.value.fault() else self.reason
            wrong.editor.setFocus()
            return False
        reason = self.reason.value() or ""
        try:
            if self._back:
                self._reference.take_back(self._figure.place, reason)
            else:
                self._reference.decide(self._figure.place, self._typed(), reason)
        except Fault as fault:
            self.notice.say(str(self._kit.tr.fault(fault)))
            return False
        self.decided.emit()
        return True

    def _typed(self) -> str:
        if self.choice is not None:
            return str(self.choice.value() or "")
        return self.value.raw_text() if self.value is not None else ""

    def _weigh(self) -> None:
        tr = self._kit.tr
        own = self._typed() if self.choice is not None else (self.value.value() if self.value else None) or ""
        less = weighs_less(self._figure, self._ours, own)
        self.less_careful.setText(tr("Less careful than the value we ship.") if less else "")
        self.less_careful.setVisible(less)
        self.notice.say("")
