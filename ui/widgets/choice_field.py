"""An entry that is chosen from a list by its name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent, QPalette
from PySide6.QtWidgets import QComboBox, QListView, QStyle, QStyleOptionComboBox, QStylePainter

from needlelog.errors import Fault, FaultCode
from needlelog.i18n import Words
from ui.toolkit.plain import tooltip
from ui.toolkit.theme import Theme
from ui.widgets.labelled_field import LabelledField, T


class ChoiceField(LabelledField[T]):
    """One of several by name; the wheel never changes it."""

    def __init__(
        self,
        theme: Theme,
        words: Words,
        caption: str,
        choices: Sequence[tuple[T, str]],
        *,
        placeholder: str = "",
        **options: Any,
    ) -> None:
        editor = StillCombo()
        editor.setPlaceholderText(placeholder or words("Choose"))
        self._choices: list[tuple[T, str]] = []
        super().__init__(theme, words, caption, editor, self._chosen, show=self._name_of, **options)
        self.set_choices(choices)

    @property
    def combo(self) -> QComboBox:
        """The editor."""
        return cast("QComboBox", self.editor)

    def set_choices(self, choices: Sequence[tuple[T, str]]) -> None:
        """Offer these (value, name); keeps the choice where it is still there. The same ones again change nothing."""
        if list(choices) == self._choices:
            return
        held = self._committed
        self._choices = list(choices)
        self.combo.clear()
        self.combo.addItems([name for _, name in self._choices])
        self.set_value(held if any(value == held for value, _ in self._choices) else None)

    def value(self) -> T | None:
        """The chosen value, or None."""
        index = self.combo.currentIndex()
        return self._choices[index][0] if 0 <= index < len(self._choices) else None

    def set_value(self, value: T | None) -> None:
        """Choose the entry with this value; None chooses nothing."""
        index = next((i for i, (known, _) in enumerate(self._choices) if known == value), -1)
        self.combo.setCurrentIndex(index)
        self._committed = value if index >= 0 else None
        self._say(None)

    def _chosen(self, _text: str) -> T:
        chosen = self.value()
        if chosen is None:
            raise Fault(FaultCode.ENTRY_EMPTY)
        return chosen

    def _name_of(self, value: T) -> str:
        return next((name for known, name in self._choices if known == value), "")


MOST_ROWS, LEAST_ROWS = 10, 4
KEPT_BELOW_PX = 96
"""What stands along the foot of a window stays in sight while a list hangs open."""


class StillCombo(QComboBox):
    """A combo box that takes Enter as next and no wheel; its list hangs below it and leaves the window's foot free."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setView(QListView(self))  # the one view whose rows the style sheet can make tall enough to tap
        # A choice that is longer than the field stands whole in the tooltip.
        self.currentTextChanged.connect(lambda text: self.setToolTip(tooltip(text)))

    def wheelEvent(self, event: Any) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
            return
        super().keyPressEvent(event)

    def showPopup(self) -> None:
        window = self.window()
        top = self.mapTo(window, QPoint(0, 0)).y()
        room = max(window.height() - top - self.height() - KEPT_BELOW_PX, top)
        row = max(self.view().sizeHintForRow(0), 1)
        self.setMaxVisibleItems(max(LEAST_ROWS, min(MOST_ROWS, room // row)))
        super().showPopup()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """As Qt does, but what is too long ends in an ellipsis."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        if self.currentIndex() < 0:
            option.palette.setBrush(QPalette.ColorRole.ButtonText, option.palette.placeholderText())
            option.currentText = self.placeholderText()
        box = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        option.currentText = option.fontMetrics.elidedText(
            option.currentText, Qt.TextElideMode.ElideRight, box.width() - 2
        )
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
