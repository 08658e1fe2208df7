"""An entry with a label above, a hint and a finding below; what was typed stays, right or wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from needlelog.errors import Fault, FaultCode
from needlelog.i18n import Words
from ui.toolkit.labels import IconMark, label, set_style, set_tone
from ui.toolkit.theme import Theme

T = TypeVar("T")
Editor = QLineEdit | QPlainTextEdit | QComboBox


class LabelledField(QWidget, Generic[T]):
    """A label, an editor, and below it a hint, an echo or the sentence of a finding.

    Checked on leaving the editor, quiet while it is being corrected. ``parse`` turns the text into the value
    and raises ``Fault``; a field that is not ``required`` is None when empty.
    """

    committed = Signal(object)
    """The new value, once it has been checked and differs from the last one."""
    edited = Signal()
    finding_shown = Signal(bool)
    """Whether a sentence about something wrong now stands below the editor."""

    def __init__(
        self,
        theme: Theme,
        words: Words,
        caption: str,
        editor: Editor,
        parse: Callable[[str], T],
        *,
        hint: str = "",
        required: bool = False,
        show: Callable[[T], str] | None = None,
        echo: Callable[[T], str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._caption = caption
        self._parse = parse
        self._show = show or str
        self._echo = echo
        self._hint = hint
        self._required = required
        self._committed: Any = None
        self._fault: Fault | None = None
        self._pinned = ""
        self.editor = editor
        self._label = label(caption if not required else caption + " *", "strong")
        self._label.setBuddy(editor)
        self._below = label(hint, "caption", muted=True, wrap=True)
        self._mark = IconMark(theme, "warning", "stop", 20)
        self._mark.hide()
        self._lay_out()
        editor.setAccessibleName(caption)
        editor.setAccessibleDescription(hint)
        editor.setMinimumHeight(48)
        self.setFocusProxy(editor)
        editor.installEventFilter(self)
        self._connect()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._label)
        column.addWidget(self.editor, 1 if isinstance(self.editor, QPlainTextEdit) else 0)
        below = QHBoxLayout()
        below.setSpacing(6)
        below.addWidget(self._mark)
        below.addWidget(self._below, 1)
        column.addLayout(below)
        if not isinstance(self.editor, QPlainTextEdit):
            column.addStretch(1)
        self._below.setVisible(bool(self._hint) or self._echo is not None)

    def _connect(self) -> None:
        if isinstance(self.editor, QComboBox):
            self.editor.activated.connect(self._typed)
            self.editor.activated.connect(self.commit)
        elif isinstance(self.editor, QPlainTextEdit):
            self.editor.textChanged.connect(self._typed)
        else:
            self.editor.textEdited.connect(self._typed)
            self.editor.returnPressed.connect(self._next)

    # what it holds

    def raw_text(self) -> str:
        """Exactly what stands in the editor."""
        if isinstance(self.editor, QComboBox):
            return self.editor.currentText()
        if isinstance(self.editor, QPlainTextEdit):
            return self.editor.toPlainText()
        return self.editor.text()

    def value(self) -> T | None:
        """The value of what stands there, or None when it is empty or wrong."""
        try:
            return self._read()
        except Fault:
            return None

    def fault(self) -> Fault | None:
        """What is wrong with what stands there, or None."""
        try:
            self._read()
        except Fault as fault:
            return fault
        return None

    def set_value(self, value: T | None) -> None:
        """Show a value that came from elsewhere; nothing is committed."""
        self.set_raw_text("" if value is None else self._show(value))
        self._committed = value

    def set_raw_text(self, text: str) -> None:
        """Put this text into the editor as if it had been stored; nothing is committed."""
        if isinstance(self.editor, QComboBox):
            self.editor.setCurrentIndex(self.editor.findText(text))
        elif isinstance(self.editor, QPlainTextEdit):
            if self.editor.toPlainText() != text:
                self.editor.setPlainText(text)
        elif self.editor.text() != text:
            self.editor.setText(text)
        self._pinned = ""
        self._say(None)

    # checking

    def check(self) -> bool:
        """Check now and show what is wrong; True when nothing is."""
        fault = self.fault()
        self._say(fault)
        return fault is None

    def commit(self) -> bool:
        """Check now and, when the value is right and new, say ``committed``; False when it is wrong."""
        try:
            value = self._read()
        except Fault as fault:
            self._say(fault)
            return False
        self._say(None)
        if value != self._committed:
            self._committed = value
            self.committed.emit(value)
        return True

    def is_marked(self) -> bool:
        """Whether a sentence about something wrong stands below the editor."""
        return not self._mark.isHidden()

    def show_finding(self, text: str) -> None:
        """Show a sentence from elsewhere (another field, a rule) below the editor; "" takes it away."""
        self._pinned = text
        self._say(self._fault)

    def be_quiet(self) -> None:
        """Take away what is said to be wrong until the entry is checked again."""
        self._pinned = ""
        self._say(None)

    def require(self) -> None:
        """Take no empty entry from now on."""
        if not self._required:
            self._required = True
            self._label.setText(self._caption + " *")

    def set_hint(self, hint: str) -> None:
        """Another hint below the editor."""
        self._hint = hint
        self._say(self._fault)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.commit()
        elif event.type() == QEvent.Type.Wheel and not self.editor.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _read(self) -> T | None:
        text = self.raw_text()
        if not text.strip():
            if self._required:
                raise Fault(FaultCode.ENTRY_EMPTY, field=self._caption)
            return None
        try:
            return self._parse(text)
        except Fault as fault:
            raise Fault(fault.code, **({"field": self._caption} | fault.values)) from fault

    def _typed(self) -> None:
        self._pinned = ""
        self._say(None)
        self.edited.emit()

    def _next(self) -> None:
        if self.commit():
            self.focusNextChild()

    def _say(self, fault: Fault | None) -> None:
        self._fault = fault
        wrong = str(self._words.fault(fault)) if fault else self._pinned
        value = None if wrong else self.value()
        text = wrong or (self._echo(value) if self._echo and value is not None else self._hint)
        self._below.setText(text)
        self._below.setVisible(bool(text) or self._echo is not None)
        set_tone(self._below, "stop" if wrong else "muted")
        self._mark.setVisible(bool(wrong))
        set_style(self.editor, "finding", "true" if wrong else "false")
        self.editor.setAccessibleDescription(text)
        self.finding_shown.emit(bool(wrong))


def marked_in(form: QWidget) -> int:
    """How many entries that show in ``form`` are marked as wrong."""
    return sum(1 for field in form.findChildren(LabelledField) if field.is_marked() and field.isVisibleTo(form))


def not_saved_text(words: Words, count: int) -> str:
    """That a form is not saved while ``count`` entries in it are marked."""
    return words.plural(
        "Not saved yet: one entry needs another look. It is marked below.",
        "Not saved yet: {count} entries need another look. They are marked below.",
        count,
    )


def as_typed(text: str) -> Any:
    """The text itself, without blanks at both ends: for fields that take anything."""
    return text.strip()
