"""Text on the screen in the steps of the type scale."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from ui.toolkit.theme import Theme

ROLES = ("caption", "body", "strong", "lead", "heading", "title", "display", "value")

BREAK = "\u200b"
"""Where a long word, such as a path, may go on in the next line."""


def label(text: str = "", role: str = "body", *, muted: bool = False, wrap: bool = False) -> QLabel:
    """A plain-text label; ``role`` is one of ``ROLES`` (12, 12, 12 bold, 14, 17, 21, 28, 40 pt)."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    if muted:
        made.setProperty("tone", "muted")
    made.setWordWrap(wrap)
    if BREAK in text:
        made.setAccessibleName(spoken(text))
    return made


def spoken(text: str) -> str:
    """``text`` as it is read out: without the places where a line may break."""
    return text.replace(BREAK, "")


def set_tone(widget: QWidget, tone: str) -> None:
    """Colour a label or frame by meaning: ``""``, ``muted``, ``stop``, ``hold``, ``ok`` or ``accent``."""
    set_style(widget, "tone", tone)


def set_style(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at, and let it look again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


class IconMark(QLabel):
    """An icon that stands beside text and says nothing of its own."""

    def __init__(
        self, theme: Theme, name: str, tint: str = "ink", size: int = 24, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._size = size
        self._worn = ("", "")
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self.show_icon(name, tint)

    def show_icon(self, name: str, tint: str) -> None:
        """Show another icon or colour."""
        if (name, tint) == self._worn:
            return
        self._worn = (name, tint)
        self._theme.set_icon(self, name, tint, self._size)
