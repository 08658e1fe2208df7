"""User text stays text: no label ever reads markup, no button swallows an ampersand."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel


class PlainText(QObject):
    """Event filter for the whole program: every ``QLabel`` shows its text literally from the start."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Polish and isinstance(watched, QLabel):
            watched.setTextFormat(Qt.TextFormat.PlainText)
        return False


def caption(text: str) -> str:
    """``text`` for a button, tab or menu: ``&`` shows as itself and makes no shortcut."""
    return text.replace("&", "&&")


def tooltip(text: str) -> str:
    """``text`` for a tooltip, shown literally: what looks like markup is escaped."""
    if "<" not in text and "&" not in text:
        return text
    from html import escape

    return f"<qt>{escape(text)}</qt>"
