"""A coloured strip or card with a sign, a sentence and at most one answer."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.toolkit.buttons import button
from ui.toolkit.labels import IconMark, label, set_style
from ui.toolkit.theme import SPACE, Theme

_ICONS = {"stop": "warning", "hold": "warning", "ok": "check", "accent": "info", "raised": "info"}
_TINTS = {"stop": "stop", "hold": "hold", "ok": "ok", "accent": "accent", "raised": "muted"}


class Notice(QFrame):
    """Says one thing in the colour of its meaning: ``stop``, ``hold``, ``ok``, ``accent`` or ``raised``."""

    answered = Signal()

    def __init__(
        self,
        theme: Theme,
        tone: str,
        verb: str = "",
        *,
        icon: str = "",
        slim: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self._mark = IconMark(theme, icon or _ICONS[tone], _TINTS[tone], 24)
        self._text = label("", "body", wrap=True)
        row = QHBoxLayout(self)
        upright = 4 if slim else SPACE + 4
        row.setContentsMargins(2 * SPACE, upright, 2 * SPACE, upright)
        row.setSpacing(SPACE + 4)
        row.addWidget(self._mark)
        row.addWidget(self._text, 1)
        self._button = button(theme, verb or "-", "secondary")
        self._button.clicked.connect(self.answered)
        self._button.setVisible(bool(verb))
        row.addWidget(self._button)
        self.setProperty("surface", tone)

    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def say(self, text: str, tone: str | None = None) -> None:
        """Say this, in another colour if named; "" hides it."""
        self._text.setText(text)
        self.setAccessibleName(text)
        if tone is not None:
            set_style(self, "surface", tone)
            self._mark.show_icon(self._icon or _ICONS[tone], _TINTS[tone])
        self.setVisible(bool(text))
