"""A sentence that stays until it is dealt with: what happened, in the colour of its meaning, and the way out."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from ui.toolkit.buttons import button
from ui.toolkit.labels import IconMark, label, set_style, spoken
from ui.toolkit.theme import SPACE, Theme

_ICONS = {"stop": "stop", "hold": "warning", "ok": "check", "accent": "info", "raised": "info"}
_TINTS = {"stop": "stop", "hold": "hold", "ok": "ok", "accent": "accent", "raised": "muted"}


class Notice(QFrame):
    """Says one thing: ``stop``, ``hold``, ``ok``, ``accent`` or ``raised``; hidden while there is nothing to say."""

    answered = Signal()
    """The button named ``verb`` was pressed."""

    def __init__(
        self,
        theme: Theme,
        tone: str = "hold",
        verb: str = "",
        *,
        icon: str = "",
        slim: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self._tone = tone
        self._mark: IconMark | None = None
        self._text = label("", "body", wrap=True)
        self._row = QHBoxLayout(self)
        upright = SPACE // 2 if slim else SPACE
        self._row.setContentsMargins(2 * SPACE, upright, SPACE, upright)
        self._row.setSpacing(SPACE + SPACE // 2)
        self._row.addWidget(self._text, 1)
        if not slim:
            self.setMinimumHeight(48)
        if verb:
            self.add_verb(verb).clicked.connect(self.answered)
        set_style(self, "surface", tone)
        self.hide()

    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def say(self, text: str, tone: str | None = None) -> None:
        """Say this, in another colour if named; "" hides it."""
        self._text.setText(text)
        self.setAccessibleName(spoken(text))
        if tone is not None:
            self._tone = tone
            set_style(self, "surface", tone)
        if text:
            self._show_mark()
        self.setVisible(bool(text))

    def _show_mark(self) -> None:
        # Drawn when there is something to say: most notices of a screen never speak.
        icon, tint = self._icon or _ICONS[self._tone], _TINTS[self._tone]
        if self._mark is None:
            self._mark = IconMark(self._theme, icon, tint, 24)
            self._mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._row.insertWidget(0, self._mark)
        else:
            self._mark.show_icon(icon, tint)

    def add_verb(self, text: str, kind: str = "secondary") -> QPushButton:
        """A button at the sentence's end."""
        made = button(self._theme, text, kind)
        self._row.addWidget(made)
        return made
