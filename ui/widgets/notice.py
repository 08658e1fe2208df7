"""A sentence across the page that stays until it is dealt with: what happened, and the way out as buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from ui.toolkit.buttons import button
from ui.toolkit.labels import IconMark, label, set_style
from ui.toolkit.theme import Theme

_ICONS = {"stop": "stop", "hold": "warning", "ok": "check", "accent": "info", "raised": "info"}


class Notice(QFrame):
    """One sentence on a tinted ground; hidden while there is nothing to say."""

    def __init__(self, theme: Theme, tone: str = "hold", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._mark = IconMark(theme, _ICONS[tone], self._tint(tone), 24)
        self._mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text = label("", "body", wrap=True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 8, 8, 8)
        self._row.setSpacing(12)
        self._row.addWidget(self._mark)
        self._row.addWidget(self._text, 1)
        self.setMinimumHeight(48)
        set_style(self, "surface", tone)
        self.hide()

    @staticmethod
    def _tint(tone: str) -> str:
        return "muted" if tone == "raised" else tone

    def text(self) -> str:
        """The sentence."""
        return self._text.text()

    def say(self, text: str, tone: str | None = None) -> None:
        """Show this sentence; "" hides the notice."""
        if tone is not None:
            set_style(self, "surface", tone)
            self._mark.show_icon(_ICONS[tone], self._tint(tone))
        self._text.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))

    def add_verb(self, text: str, kind: str = "secondary") -> QPushButton:
        """A button at the sentence's end."""
        made = button(self._theme, text, kind)
        self._row.addWidget(made)
        return made
