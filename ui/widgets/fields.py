"""Entries with a label above, a hint and a finding below; what was typed stays, right or wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar, cast

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QListView, QPlainTextEdit, QVBoxLayout, QWidget

from needlelog.errors import Fault, FaultCode
from needlelog.i18n import Words
from ui.toolkit.labels import IconMark, label, set_style, set_tone
from ui.toolkit.plain import tooltip
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

    def show_finding(self, text: str) -> None:
        """Show a sentence from elsewhere (another field, a rule) below the editor; "" takes it away."""
        self._pinned = text
        self._say(self._fault)

    def be_quiet(self) -> None:
        """Take away what is said to be wrong until the entry is checked again."""
        self._pinned = ""
        self._say(None)

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


def as_typed(text: str) -> Any:
    """The text itself, without blanks at both ends: for fields that take anything."""
    return text.strip()


class LineField(LabelledField[T]):
    """One line."""

    def __init__(
        self,
        theme: Theme,
        words: Words,
        caption: str,
        parse: Callable[[str], T] = as_typed,
        *,
        placeholder: str = "",
        secret: bool = False,
        **options: Any,
    ) -> None:
        editor = QLineEdit()
        editor.setPlaceholderText(placeholder)
        if secret:
            editor.setEchoMode(QLineEdit.EchoMode.Password)
        self._secret = secret
        super().__init__(theme, words, caption, editor, parse, **options)

    @property
    def line(self) -> QLineEdit:
        """The editor."""
        return cast("QLineEdit", self.editor)

    def reveal(self, shown: bool) -> None:
        """Show or hide what is typed into a secret line."""
        hidden = QLineEdit.EchoMode.Password
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown or not self._secret else hidden)


class PhoneField(LineField[T]):
    """A phone number: digits keyboard on touch screens."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.editor.setInputMethodHints(Qt.InputMethodHint.ImhDialableCharactersOnly)


class EmailField(LineField[T]):
    """An e-mail address: no capital letter forced on touch screens."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        hints = Qt.InputMethodHint
        self.editor.setInputMethodHints(hints.ImhEmailCharactersOnly | hints.ImhNoAutoUppercase)


class DateField(LineField[T]):
    """A date typed in any form that ``parse`` reads; ``echo`` repeats it as records show it."""

    def __init__(
        self,
        theme: Theme,
        words: Words,
        caption: str,
        parse: Callable[[str], T],
        echo: Callable[[T], str],
        **options: Any,
    ) -> None:
        options.setdefault("hint", words("Day, month, year, for example 12 3 1988"))
        super().__init__(theme, words, caption, parse, show=echo, echo=echo, **options)
        self.editor.setInputMethodHints(Qt.InputMethodHint.ImhDate)
        self.edited.connect(self._echo_now)

    def _echo_now(self) -> None:
        # A half-typed date is no mistake yet: while typing only the echo of a whole one is shown.
        if self.value() is not None:
            self._say(None)


class ParagraphField(LabelledField[T]):
    """Several lines; Tab goes on, Enter makes a line, Ctrl+Enter goes on."""

    def __init__(
        self,
        theme: Theme,
        words: Words,
        caption: str,
        parse: Callable[[str], T] = as_typed,
        *,
        lines: int = 3,
        placeholder: str = "",
        **options: Any,
    ) -> None:
        editor = _Lines()
        editor.setTabChangesFocus(True)
        editor.setPlaceholderText(placeholder)
        self._lines = lines
        super().__init__(theme, words, caption, editor, parse, **options)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress:
            key = cast("QKeyEvent", event)
            if (
                key.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
                and key.modifiers() & Qt.KeyboardModifier.ControlModifier
            ):
                self._next()
                return True
        if event.type() == QEvent.Type.FontChange:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        self.editor.setMinimumHeight(max(48, self.editor.fontMetrics().lineSpacing() * self._lines + 28))


class _Lines(QPlainTextEdit):
    """Wishes for no more height than its lines; Qt's own wish is the same for two lines and for ten."""

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumHeight())


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
        editor = _StillCombo()
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


class _StillCombo(QComboBox):
    """A combo box that takes Enter as next and no wheel."""

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


class SearchBox(QLineEdit):
    """A search line that asks ``searched`` once typing rests, at once on Enter; Esc empties it."""

    searched = Signal(str)
    entered = Signal()
    """Enter was pressed: open the first hit."""
    moved = Signal(int)
    """Arrow down (+1) or up (-1): move in the list of hits."""
    REST_MS = 120

    def __init__(self, theme: Theme, name: str, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder or name)
        self.setMinimumHeight(48)
        self.setClearButtonEnabled(True)
        self._mark = IconMark(theme, "search", "muted", 24)
        self._mark.setParent(self)
        self._theme = theme
        theme.changed.connect(self._lay_out)
        self._lay_out()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(self.REST_MS)
        self._rest.timeout.connect(self._ask)
        self.textChanged.connect(lambda _: self._rest.start())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask()
            self.entered.emit()
        elif key == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.moved.emit(1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def _ask(self) -> None:
        self._rest.stop()
        self.searched.emit(self.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        side = self._theme.px(24)
        self.setTextMargins(side + 8, 0, 0, 0)
        x = self.width() - side - 12 if self.isRightToLeft() else 12
        self._mark.setGeometry(x, (self.height() - side) // 2, side, side)
