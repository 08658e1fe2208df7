"""Practitioners as tiles to tap: initials and name."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from needlelog.vault.key_file import KeyHolder
from ui.toolkit.labels import label
from ui.toolkit.theme import SPACE, Theme
from ui.widgets.brand import Initials

_WIDTH = 148


class PractitionerTile(QPushButton):
    """One practitioner; checked while it is they who unlock."""

    def __init__(self, theme: Theme, holder: KeyHolder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.holder = holder
        self.setProperty("kind", "tile")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAccessibleName(holder.name)
        self.setToolTip(holder.name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._width = round(_WIDTH * theme.scale)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, 2 * SPACE, SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        disc = Initials(theme, holder.name, 64)
        column.addWidget(disc, 0, Qt.AlignmentFlag.AlignHCenter)
        self._name = label("", "body", wrap=True)
        self._name.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self._name)
        for part in (disc, self._name):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._fit(self._name, holder.name)

    def sizeHint(self) -> QSize:
        return QSize(self._width, self.layout().heightForWidth(self._width))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _fit(self, shown: QLabel, name: str) -> None:
        # Two lines at most; a word longer than the tile is cut with an ellipsis, the tooltip has it whole.
        metrics = QFontMetrics(shown.font())
        room = self._width - 3 * SPACE
        words = [metrics.elidedText(word, Qt.TextElideMode.ElideRight, room) for word in name.split()]
        text = " ".join(words)
        shown.setText(metrics.elidedText(text, Qt.TextElideMode.ElideRight, 2 * room - 3 * SPACE))


def chosen(tiles: list[PractitionerTile]) -> KeyHolder | None:
    """Whose tile is checked."""
    return next((tile.holder for tile in tiles if tile.isChecked()), None)
