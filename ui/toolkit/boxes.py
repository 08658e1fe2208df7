"""The boxes behind the questions: a title, a text, and verbs to answer with."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from needlelog.domain.text import letters
from ui.toolkit.buttons import button
from ui.toolkit.labels import IconMark, label
from ui.toolkit.tab_order import step_focus
from ui.toolkit.theme import SPACE, Theme

EDGE = 1
"""Width in px of the line around a box."""


class QuestionBox(QDialog):
    """A title, a text and verbs. Esc is the last answer that changes nothing."""

    def __init__(self, theme: Theme, parent: QWidget | None, title: str, text: str, icon: str = "") -> None:
        super().__init__(parent)
        self._theme = theme
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.setMinimumWidth(440)
        self.setMaximumWidth(720)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(4 * SPACE, 4 * SPACE, 4 * SPACE, 3 * SPACE)
        outer.setSpacing(3 * SPACE)
        head = QHBoxLayout()
        head.setSpacing(2 * SPACE)
        if icon:
            head.addWidget(IconMark(theme, icon, "hold" if icon == "warning" else "accent", 32))
        self.body = QVBoxLayout()
        self.body.setSpacing(SPACE)
        self.body.addWidget(label(title, "heading", wrap=True))
        if text:
            self.body.addWidget(label(text, "lead", muted=True, wrap=True))
        head.addLayout(self.body, 1)
        outer.addLayout(head, 1)
        self.choices = QHBoxLayout()
        self.choices.setSpacing(1 * SPACE)
        self.choices.addStretch(1)
        outer.addLayout(self.choices)

    def focusNextPrevChild(self, forward: bool) -> bool:
        return step_focus(self, forward) or super().focusNextPrevChild(forward)

    def showEvent(self, event: QShowEvent) -> None:
        # Wrapped lines ask for their height only once the width is known: without this they push the editor together.
        # And three answers in large text ask for more width than the least one set above.
        layout = self.layout()
        if layout:
            width = max(self.width(), layout.totalMinimumSize().width())
            self.resize(width, max(self.height(), layout.totalHeightForWidth(width)))
        super().showEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        # On a dark ground neither a shadow nor every system's frame tells where the box ends.
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(QPen(self._theme.colour("edge"), EDGE))
        painter.drawRect(QRectF(self.rect()).adjusted(EDGE / 2, EDGE / 2, -EDGE / 2, -EDGE / 2))
        painter.end()

    def add_choice(self, text: str, kind: str, *, accepts: bool) -> QPushButton:
        """A button at the right end that closes the box with this answer."""
        made = button(self._theme, text, kind)
        made.clicked.connect(self.accept if accepts else self.reject)
        made.setAutoDefault(True)
        self.choices.addWidget(made)
        return made


class ChoiceBox(QuestionBox):
    """A question answered by a tap on one of a list; where the list is long it scrolls."""

    MOST_PX = 360

    def __init__(
        self, theme: Theme, parent: QWidget | None, title: str, text: str, options: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__(theme, parent, title, text, icon="question")
        self.setMinimumWidth(560)
        self.chosen: str | None = None
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, SPACE, 0)
        column.setSpacing(SPACE // 2)
        for key, name in options:
            made = button(theme, name, "secondary")
            made.setProperty("align", "left")
            made.setAutoDefault(True)  # Enter takes the one that has the focus, not the answer below
            made.clicked.connect(lambda _=False, taken=key: self._take(taken))
            column.addWidget(made)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(title)
        area.setWidget(inside)
        area.setMinimumHeight(min(self.MOST_PX, inside.sizeHint().height() + 2))
        self.body.addWidget(area, 1)

    def _take(self, key: str) -> None:
        self.chosen = key
        self.accept()


class TextBox(QuestionBox):
    """A question answered in writing; the verb wakes up once there is text."""

    def __init__(
        self,
        theme: Theme,
        parent: QWidget | None,
        title: str,
        prompt: str,
        *,
        required: bool,
        phrases: Sequence[str],
        initial: str,
    ) -> None:
        super().__init__(theme, parent, title, "")
        self._required = required
        self._least = 0
        self._verb: QPushButton | None = None
        self.setMinimumWidth(560)
        self._editor = QPlainTextEdit(initial)
        self._editor.setTabChangesFocus(True)
        self._editor.setMinimumHeight(120)
        self._editor.setAccessibleName(prompt)
        self._editor.textChanged.connect(self._wake)
        self.body.addWidget(label(prompt, "body", muted=True, wrap=True))
        self.body.addWidget(self._editor, 1)
        self._short = label("", "caption", muted=True)
        self._short.hide()
        self.body.addWidget(self._short)
        for phrase in phrases:
            chip = button(theme, phrase, "quiet", "plus")
            chip.clicked.connect(lambda _=False, text=phrase: self._add(text))
            chip.setProperty("align", "left")
            self.body.addWidget(chip)
        self._editor.setFocus()

    def add_verb(self, verb: str) -> None:
        """The button that takes the text."""
        self._verb = self.add_choice(verb, "primary", accepts=True)
        self._wake()

    def ask_for(self, least: int, said: str) -> None:
        """Take no text of fewer letters and digits than ``least``; ``said`` stands below the editor."""
        self._least = least
        self._short.setText(said)
        self._short.show()
        self._editor.setAccessibleDescription(said)

    def text(self) -> str:
        """What was written, without blanks at both ends."""
        return self._editor.toPlainText().strip()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        confirm = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if confirm and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if self._verb is not None and self._verb.isEnabled():
                self.accept()
            return
        super().keyPressEvent(event)

    def _add(self, phrase: str) -> None:
        written = self.text()
        self._editor.setPlainText(f"{written} {phrase}" if written else phrase)
        self._editor.moveCursor(self._editor.textCursor().MoveOperation.End)
        self._editor.setFocus()

    def _wake(self) -> None:
        if self._verb is not None:
            enough = bool(self.text()) or not self._required
            self._verb.setEnabled(enough and letters(self.text()) >= self._least)
