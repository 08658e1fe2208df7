"""The program's own mark and the round initials that stand for a practitioner."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.toolkit.labels import label
from ui.toolkit.theme import SPACE, Theme


class _Badge(QWidget):
    """A painted sign that follows the theme."""

    def __init__(self, theme: Theme, size: int) -> None:
        super().__init__()
        self._theme = theme
        self._size = size
        self.setFixedSize(size, size)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)


class _Needle(_Badge):
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("accent"))
        corner = self._size * 0.26
        painter.drawRoundedRect(QRectF(0, 0, self._size, self._size), corner, corner)
        inset = self._size * 0.2
        self._theme.paint_icon(
            painter, "needle", "on_accent", QRectF(inset, inset, self._size - 2 * inset, self._size - 2 * inset)
        )


class BrandMark(QWidget):
    """The sign and the name of the program."""

    def __init__(self, theme: Theme, size: int = 40, role: str = "heading", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE + 4)
        row.addWidget(_Needle(theme, size))
        row.addWidget(label("NeedleLog", role))
        row.addStretch(1)


def initials(name: str) -> str:
    """The first letters of the first and the last word of ``name`` that begin with a letter."""
    words = [word for word in name.split() if word[0].isalpha()]
    picked = words[:1] + words[1:][-1:]
    return "".join(word[0] for word in picked).upper() or "?"


class Initials(_Badge):
    """A practitioner's initials on a disc."""

    def __init__(self, theme: Theme, name: str, size: int = 64) -> None:
        super().__init__(theme, size)
        self._letters = initials(name)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("accent_soft"))
        painter.drawEllipse(self.rect())
        font = self._theme.font(14, bold=True)
        font.setPixelSize(round(self._size * 0.36))
        painter.setFont(font)
        painter.setPen(self._theme.colour("accent"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._letters)
