"""Entries of one line: text, secrets, phone numbers, e-mail addresses, dates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from needlelog.i18n import Words
from ui.toolkit.theme import Theme
from ui.widgets.labelled_field import LabelledField, T, as_typed


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
